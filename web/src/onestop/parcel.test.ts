import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance, type Chance } from '../seal/chance';
import { PURPOSE } from '../seal/consent';
import { digest } from '../seal/digest';
import { openKnock } from '../seal/knock';
import { Mailbox } from '../seal/mailbox';
import { readManifest } from '../seal/report';
import { kindsOf, LEADING } from './answers';
import { fromBase64 } from './base64';
import { CONTACT, INCIDENT, NOTES } from './content';
import { believe, type Directory } from './directory';
import { closeMessage, deleteCase, openCase, readMailbox, sendMessage, withdraw, type OpenCase } from './mailbox';
import { makeParcel, type Draft } from './parcel';
import { Sham } from './sham';
import type { Case, Report } from './wire';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let city: Sham;
let directory: Directory;
let she: Mailbox;
/** The same stream of chance again, so that a parcel can be made twice. */
const chanceOf = (seed: number): Chance => {
  let drawn = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) bytes.set(digest(Uint8Array.of(seed, drawn & 255, drawn >> 8, at >> 5)).subarray(0, Math.min(32, length - at)), at);
    drawn += 1;
    return bytes;
  };
};
const draft = (happened: string): Draft => {
  const [counsel, medical] = directory.centers;
  const reading = (center: Directory['centers'][number], kinds: number[]) => ({ center: { ...center, entry: center.entry! }, kinds, text: `I agree: ${center.key}` });
  return {
    contents: { [INCIDENT]: { happened }, [CONTACT]: { reach: 'mailbox' }, [NOTES]: { wants: ['counsel'] } },
    readings: [reading(counsel!, kindsOf({ center: counsel!.name64, kinds: [CONTACT, INCIDENT] }, true)), reading(medical!, [CONTACT])],
    leads: counsel!.name64,
    language: 'ko',
    now: city.now,
  };
};
const open = async (): Promise<OpenCase> => (await readMailbox(she, directory))[0]!;

beforeAll(async () => {
  city = await Sham.found();
  directory = believe(city.keys(), city.directory());
  she = await Mailbox.ofRoot(browserChance(32));
  vi.stubGlobal('fetch', async (asked: string, how?: { body?: string }) => {
    const { status, body } = city.answer(asked.replace('/api/onestop/', ''), how?.body ?? '');
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
});

describe('a parcel', () => {
  test('made of the same chance is the same bytes, and says how far it is', async () => {
    const shares: number[] = [];
    const first = await makeParcel(she, draft('밤에'), chanceOf(1), (share) => void shares.push(share));
    expect(await makeParcel(she, draft('밤에'), chanceOf(1))).toBe(first);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((one, other) => one - other)).toEqual(shares);
    expect(await makeParcel(she, draft('밤에'), chanceOf(2))).not.toBe(first);
  });

  test('has the same size whether she wrote 200 letters or 3,900', async () => {
    const [short, long] = [await makeParcel(she, draft('가'.repeat(200)), browserChance), await makeParcel(she, draft('가'.repeat(3_900)), browserChance)];
    expect(long.length).toBe(short.length);
    const report = JSON.parse(long) as Report;
    expect([report.compartments.length, report.knocks.length]).toEqual([12, 2]);
  });

  test('lets a center count her only where she ticked it', async () => {
    for (const counted of [true, false]) {
      const { knocks } = JSON.parse(await makeParcel(she, { ...draft('밤에'), readings: draft('밤에').readings.map((one, at) => ({ ...one, counted: counted && at === 0 })) }, browserChance)) as Report;
      const [first, second] = await Promise.all(knocks.map(({ epoch, knock }, at) => openKnock(city.teams[at]!, { team: directory.centers[at]!.id, epoch }, fromBase64(knock))));
      expect(first!.consent.purposes).toEqual(counted ? [PURPOSE.services, PURPOSE.figures] : [PURPOSE.services]);
      expect(second!.consent.purposes).toEqual([PURPOSE.services]);
    }
  });

  test('sent twice is one case, and opens for whom she chose in what she chose', async () => {
    const text = await makeParcel(she, draft('골목에서'), browserChance);
    expect(city.answer('report', text).status).toBe(201);
    expect(city.answer('report', text).status).toBe(200);
    expect(city.cases).toHaveLength(1);
    expect(await city.reads(0, INCIDENT)).toEqual({ happened: '골목에서' });
    expect(await city.reads(1, CONTACT)).toEqual({ reach: 'mailbox' });
    expect(await city.reads(1, INCIDENT)).toBeNull();
    expect(await city.reads(2, CONTACT)).toBeNull();
  });
});

describe('a mailbox', () => {
  test('shows her what she sent and who may read it', async () => {
    const found = await open();
    expect(found.parts.map(({ refused }) => refused)).toEqual(Array.from({ length: 12 }, () => null));
    expect(found.parts[INCIDENT - 1]).toMatchObject({ author: { by: 'herself' }, content: { happened: '골목에서' } });
    expect(found.leads).toBe(directory.centers[0]!.name64);
    const counsel = found.readers.find(({ center }) => center === found.leads);
    expect(counsel?.kinds).toEqual([CONTACT, INCIDENT, NOTES, ...LEADING].sort((one, other) => one - other));
    expect(found.readers).toHaveLength(3);
  });

  test('says who answered only where a device of a chosen center has signed', async () => {
    await city.reply('내일 만나요');
    await city.reply('이 번호로 전화하세요', true);
    const { messages, missing } = await open();
    expect(messages.map(({ author, content }) => [author.by, content?.['text']])).toEqual([['center', '내일 만나요'], ['unproved', '이 번호로 전화하세요']]);
    expect(missing).toBe(false);
    city.cases[0]!.case.messages.pop();
  });

  test('takes what she writes, once, however often it is sent', async () => {
    const closed = await closeMessage(she, directory, await open(), '고마워요', browserChance);
    await sendMessage(she, closed);
    await sendMessage(she, closed);
    const { messages } = await open();
    expect(messages.map(({ author, content }) => [author.by, content?.['text']])).toEqual([['center', '내일 만나요'], ['herself', '고마워요']]);
  });

  test('refuses swapped wraps, another case\'s bytes and a broken signature, each by itself', async () => {
    const spoil = async (change: (one: Case) => void) => {
      const copy = structuredClone(city.cases[0]!.case);
      change(copy);
      return openCase(she, directory, copy);
    };
    const swapped = await spoil(({ compartments: [, , incident] }) => incident!.wraps.reverse());
    expect(swapped.parts[INCIDENT - 1]).toMatchObject({ refused: 'signature_wrong', content: null, author: { by: 'unproved' } });
    expect(swapped.parts[CONTACT - 1]?.refused).toBeNull();
    const moved = await spoil(({ compartments }) => Object.assign(compartments[INCIDENT - 1]!, { closed: compartments[CONTACT - 1]!.closed }));
    expect(moved.parts[INCIDENT - 1]?.refused).toBe('signature_wrong');
    const unsigned = await spoil(({ messages }) => (messages[0]!.signature = messages[1]!.signature));
    expect(unsigned.messages.map(({ refused }) => refused)).toEqual(['signature_wrong', null]);
    const dropped = await spoil(({ messages }) => messages.shift());
    expect(dropped.missing).toBe(true);
    await expect(spoil((one) => (one.signature = one.signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))))).rejects.toMatchObject({ code: 'signature_wrong' });
  });

  test('takes a consent back: that center opens nothing more, she everything', async () => {
    const before = await open();
    const counsel = before.readers.find(({ center }) => center === before.leads)!;
    await withdraw(she, before, counsel, city.now, browserChance);
    expect(await city.reads(0, INCIDENT)).toBeNull();
    expect(await city.reads(1, CONTACT)).toEqual({ reach: 'mailbox' });
    const after = await open();
    expect(after.parts.every(({ refused }) => refused === null)).toBe(true);
    expect(after.messages.every(({ refused }) => refused === null)).toBe(true);
    expect(after.readers.find(({ center }) => center === before.leads)?.withdrawnAt).not.toBeNull();
    expect(after.manifest.columns).toEqual(readManifest(fromBase64(after.wire.manifest)).columns);
  });

  test('is empty once she deleted it, like one nobody ever used', async () => {
    await deleteCase(she, (await open()).case64);
    expect(await readMailbox(she, directory)).toEqual([]);
    expect(await readMailbox(await Mailbox.ofRoot(browserChance(32)), directory)).toEqual([]);
  });
});
