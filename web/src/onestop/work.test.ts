import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { withdrawConsent } from '../seal/consent';
import { openKnock, type Knock } from '../seal/knock';
import type { Mailbox } from '../seal/mailbox';
import { amend, nameOf, sealCompartment } from '../seal/report';
import { findColumn } from '../seal/wrap';
import { fromBase64, toBase64 } from './base64';
import { openCase, type Opened } from './case';
import { CASEWORK, CONTACT } from './content';
import type { Directory } from './directory';
import { openCase as openHers } from './mailbox';
import { AT, OPEN, readerOf, sampleCenter, sampleReport, written, type SampleCenter, type SampleReport } from './sample';
import type { Case, Writing, Written } from './wire';
import { closeEntry, closeHers, columnsFor, entryBytes, lastOf, lay, readEntry, workReaders, type Content, type Laying } from './work';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let center: SampleCenter;
let other: SampleCenter;
let report: SampleReport;
let knock: Knock;
const open = (sent: Case) => openCase(sent, knock, readerOf(center, undefined, [center, other]), new Map());
const NOTE: Content = { entry: 'note', text: '오늘 전화했어요' };
const kept = (writing: Writing, author: string | null): Written =>
  written(writing, fromBase64(writing.closed), writing.wraps.map(fromBase64), author, fromBase64(writing.signature));
const pen = () => ({ keys: readerOf(center).keys, device: center.device, keyOf: () => null, chance });

/** An entry signed by whoever says so. */
async function entry(version: number, content: Content, by: Mailbox | SampleCenter): Promise<Written> {
  const place: Place = { caseId: report.caseId, kind: CASEWORK as Kind, version };
  const sealed = await sealCompartment(place, entryBytes(content), report.columns, chance);
  const [signer, author] = 'device' in by ? [by.device, by.author.device] : [by, null];
  return written(place, sealed.closed, sealed.wraps, author, amend(signer, place, nameOf(sealed)));
}

/** A directory that lists one center and its device. */
const listed = (): Directory => ({
  door: 'open', refused: null, salt: new Uint8Array(16), now: AT, answerWithinHours: 24, head: null, devices: [center.author],
  centers: [{
    id: center.id, name64: center.name, key: 'one', service: 'counsel', name: { ko: '', en: '' }, does: { ko: '', en: '' }, hours: { ko: '', en: '' }, phone: '', takes: 'reports',
    entry: { form: 1, team: center.id, epoch: 1, service: 1, publicKey: center.key.publicKey, validFrom: 0n, validTo: 9n },
  }],
});

beforeAll(async () => {
  [center, other] = [await sampleCenter(), await sampleCenter()];
  report = await sampleReport(center);
  knock = await openKnock(center.key, { team: center.id, epoch: 1 }, fromBase64(report.item.knock));
});

describe('an entry', () => {
  test('says what was written, and what is none is kept as it is', () => {
    expect(readEntry(entryBytes(NOTE))).toEqual(NOTE);
    expect(readEntry(new TextEncoder().encode('no JSON'))).toEqual({ entry: '', text: 'no JSON' });
    expect(readEntry(new TextEncoder().encode('{"v":1,"entry":7,"x":1}'))).toEqual({ entry: '', x: 1 });
    expect(readEntry(new Uint8Array())).toEqual({ entry: '' });
  });

  test('is whose signature it bears, whatever it says', async () => {
    const entries = [await entry(1, { ...NOTE, by: 'herself' }, center), await entry(2, { entry: 'plan_confirmed', plan: 1 }, report.she)];
    const opened = await open({ ...report.sent, entries });
    expect(opened.entries).toMatchObject([
      { is: 'laid', version: 1, writtenAt: AT, byHer: false, ownCenter: true, center: center.name, device: center.author.device, entry: { entry: 'note', by: 'herself' } },
      { is: 'laid', version: 2, byHer: true, ownCenter: false, center: null, device: null, entry: { entry: 'plan_confirmed', plan: 1 } },
    ]);
  });

  test('of a center she did not choose, of nobody, or in another\'s name is not shown', async () => {
    const stranger = await entry(1, { entry: 'note', text: '가짜' }, other);
    const asHer = { ...(await entry(2, { entry: 'plan_confirmed', plan: 1, text: '가짜' }, center)), author: null };
    const unsigned = { ...(await entry(3, { entry: 'note', text: '가짜' }, center)), signature: null };
    const opened = await open({ ...report.sent, entries: [stranger, asHer, unsigned] });
    expect(opened.entries).toMatchObject([{ is: 'doubted', why: 'author_unknown' }, { is: 'doubted', why: 'signature_wrong' }, { is: 'doubted' }]);
    expect(JSON.stringify(opened.entries)).not.toContain('가짜');
  });

  test('that is left out is noticed, in between and at the end', async () => {
    const entries = [await entry(1, NOTE, center), await entry(2, NOTE, center)];
    expect((await open({ ...report.sent, entries: entries.slice(1) })).entries).toMatchObject([{ is: 'doubted', version: 1, why: 'message_missing' }, { is: 'laid' }]);
    const seen = new Map<string, number>();
    const reader = readerOf(center);
    await openCase({ ...report.sent, entries }, knock, reader, seen);
    const later = await openCase({ ...report.sent, entries: entries.slice(0, 1) }, knock, reader, seen);
    expect(later.entries.at(-1)).toMatchObject({ is: 'doubted', version: 2, why: 'message_missing' });
    // The next one is not written over the one that is held back.
    expect(lastOf(later.entries)).toBe(2);
  });

  test('is nothing to a center whose consent has no casework', async () => {
    const narrow = await sampleReport(center, [CONTACT] as Kind[]);
    const own = await openKnock(center.key, { team: center.id, epoch: 1 }, fromBase64(narrow.item.knock));
    const opened = await openCase({ ...narrow.sent, entries: [] }, own, readerOf(center), new Map());
    expect(opened.entries).toEqual([]);
  });
});

describe('writing an entry', () => {
  test('closes it for her and for the center, signed by the device', async () => {
    const opened = await open(report.sent);
    const writing = await closeEntry(opened, NOTE, pen());
    expect(writing).toMatchObject({ kind: CASEWORK, version: 1 });
    const place = { caseId: report.caseId, kind: CASEWORK as Kind, version: 1 };
    const wraps = writing.wraps.map(fromBase64);
    expect((await findColumn(report.she, wraps, place, opened.manifest.columns)).column).toBe(opened.places[0]!.column);
    expect((await findColumn(center.key, wraps, place, opened.manifest.columns)).column).toBe(report.column);
    const sent = { ...report.sent, entries: [kept(writing, center.author.device)] };
    expect((await open(sent)).entries).toMatchObject([{ is: 'laid', ownCenter: true, entry: NOTE }]);
    const hers = await openHers(report.she, listed(), sent);
    expect(hers.entries).toMatchObject([{ is: 'laid', byHer: false, ownCenter: false, center: center.name, entry: NOTE }]);
  });

  test('closes it for every center whose consent has the work, unless she took it back', async () => {
    const opened = await open(report.sent);
    const free = [0, 1, 2, 3, 4, 5, 6, 7].find((column) => column !== report.column && column !== opened.places[0]!.column)!;
    const beside = (compartments: number[], ended: number[] = []): Opened => ({ ...opened, ended, places: [...opened.places, { column: free, reader: other.name, compartments }] });
    const laid = (at: Opened) => columnsFor(at, CASEWORK as Kind, pen().keys, (name) => (name === other.name ? other.key.publicKey : null))[free]!.reader;
    expect(laid(beside([CASEWORK]))?.recipient).toEqual(other.id);
    expect(laid(beside([CONTACT]))).toBeNull();
    expect(laid(beside([CASEWORK], [free]))).toBeNull();
  });

  test('she has taken back is known for every column, and only by her word', async () => {
    const [mark] = report.columns.flatMap(({ mark: one }, at) => (at === report.column || at === 0 ? [] : [{ one, at }]));
    const taken = { mark: toBase64(mark!.one), at: AT, signature: toBase64(withdrawConsent(report.she, mark!.one, BigInt(AT))) };
    expect((await open({ ...report.sent, withdrawn: [taken] })).ended).toEqual([mark!.at]);
    const forged = { ...taken, signature: toBase64(withdrawConsent(other.device as never, mark!.one, BigInt(AT))) };
    expect((await open({ ...report.sent, withdrawn: [forged] })).ended).toEqual([]);
  });

  test('as she does it from her mailbox, is hers to every reader', async () => {
    const first = await entry(1, { entry: 'plan', goals: [] }, center);
    const box = await openHers(report.she, listed(), { ...report.sent, entries: [first] });
    expect(workReaders(box)).toEqual([center.name]);
    const writing = await closeHers(report.she, listed(), box, { entry: 'plan_confirmed', plan: 1, base: 1 }, chance);
    expect(writing.version).toBe(2);
    const opened = await open({ ...report.sent, entries: [first, kept(writing, null)] });
    expect(opened.entries.at(-1)).toMatchObject({ is: 'laid', byHer: true, entry: { entry: 'plan_confirmed', plan: 1 } });
  });
});

describe('when somebody else was faster', () => {
  interface At { entries: { is: 'laid'; version: number; entry: Content }[] }
  /** A case in memory where `others` get in before each try. */
  function desk(others: Content[][], lost = false) {
    const kept: Writing[] = [];
    const contents: Content[] = [];
    const now = (): At => ({ entries: contents.map((entry, at) => ({ is: 'laid', version: at + 1, entry })) });
    const how = (): Laying<At> => ({
      at: now(),
      entriesOf: ({ entries }) => entries as never,
      close: (entry, at) => Promise.resolve({ kind: CASEWORK, version: at.entries.length + 1, closed: JSON.stringify(entry), wraps: [], signature: '' }),
      send: (writing) => {
        for (const one of others.shift() ?? []) {
          contents.push(one);
          kept.push({ kind: CASEWORK, version: contents.length, closed: JSON.stringify(one), wraps: [], signature: '' });
        }
        if (writing.version !== contents.length + 1) return Promise.resolve(false);
        contents.push(JSON.parse(writing.closed) as Content);
        kept.push(writing);
        // The answer is lost, and what is sent again finds its place taken: by itself.
        return Promise.resolve(!lost);
      },
      again: () => Promise.resolve({ at: now(), kept: (version) => kept.find((one) => one.version === version)?.closed ?? null }),
    });
    return { how, contents };
  }

  test('what she typed is written after what came, and has seen it', async () => {
    const { how, contents } = desk([[NOTE], [NOTE, NOTE]]);
    expect(await lay({ entry: 'plan', goals: [] }, how())).toBe('sent');
    expect(contents.map(({ entry }) => entry)).toEqual(['note', 'note', 'note', 'plan']);
    expect(contents.at(-1)).toMatchObject({ base: 3 });
  });

  test('two that set the same thing are both kept, and hers does not claim to have seen the other', async () => {
    const { how, contents } = desk([[], [{ entry: 'plan', goals: [], base: 1 }]]);
    expect(await lay({ entry: 'plan', goals: [] }, how())).toBe('sent');
    expect(await lay({ entry: 'plan', goals: [{ id: 'a' }] }, how())).toBe('sent');
    expect(contents.map(({ base }) => base)).toEqual([0, 1, 1]);
  });

  test('a form begun before another\'s was read keeps what it was based on', async () => {
    const { how, contents } = desk([[], []]);
    await lay({ entry: 'plan', goals: [] }, how());
    await lay({ entry: 'plan', goals: [], base: 0 }, how());
    expect(contents.map(({ base }) => base)).toEqual([0, 0]);
  });

  test('nothing is written twice when an answer is lost', async () => {
    const { how, contents } = desk([[]], true);
    expect(await lay(NOTE, how())).toBe('sent');
    expect(contents).toHaveLength(1);
  });

  test('it gives up after a few tries, and says so', async () => {
    const { how, contents } = desk(Array.from({ length: 9 }, () => [NOTE]));
    expect(await lay({ entry: 'plan', goals: [] }, how())).toBe('taken');
    expect(contents.map(({ entry }) => entry)).not.toContain('plan');
  });
});
