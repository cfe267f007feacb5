import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../../seal/chance';
import { Device } from '../../seal/device';
import { fromBase64, toBase64 } from '../base64';
import type { DeskView } from '../desk';
import { sampleCenter, sampleReport, type SampleCenter, type SampleReport } from '../sample';
import { closeRecord, openRecord, padded } from './closed';
import { takeAlong, Visit, type Taking } from './copy';
import { headBytes, readHead } from './head';
import { endCopy, keptIn } from './kept';
import { memoryStore } from './sample';
import { HEAD } from './store';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const FROM = Date.UTC(2026, 10, 27, 12);
let center: SampleCenter;
let reports: SampleReport[];
let store: ReturnType<typeof memoryStore>;
const CANARY = '은하수 카나리아 canary-sentence';

const taking = (more: Partial<Taking> = {}): Taking => ({
  from: FROM, until: FROM + 3_600_000, clock: { server: FROM, phone: 0, speed: 1 }, salt: toBase64(chance(16)), credential: null, waiting: [],
  desk: { view: { center: center.name } as DeskView, keys: {} as never, answer: {} as never, knocks: reports.map(({ item }) => item), city: null },
  cases: reports.map(({ sent }) => sent), ...more,
});
const open = (owner = center.device) => Visit.open(store, owner, chance);

beforeAll(async () => {
  center = await sampleCenter();
  reports = [await sampleReport(center), await sampleReport(center)];
});
beforeEach(async () => {
  store = memoryStore();
  await takeAlong(store, center.device, taking(), chance);
});

describe('what goes along', () => {
  test('opens with her key, case by case, as the server had it', async () => {
    const visit = await open();
    for (const { sent } of reports) expect(await visit.caseOf(sent.case)).toEqual(sent);
    expect(await visit.caseOf(toBase64(chance(16)))).toBeNull();
    expect((await visit.desk())?.cases).toEqual(reports.map(({ sent }) => sent.case));
    expect(await keptIn(store)).toMatchObject({ cases: 2, copy: true, waiting: 0 });
  });

  test('opens with nobody else\'s', async () => {
    await expect(open(await Device.ofRoot(chance(32)))).rejects.toMatchObject({ code: 'not_for_you' });
  });

  test('is hers only if she signed it, with the end she chose', async () => {
    const head = readHead(store.records.get(HEAD)!)!;
    store.records.set(HEAD, headBytes({ ...head, until: head.until + 1 }));
    await expect(open()).rejects.toMatchObject({ name: 'Refusal' });
    // Somebody who knows her public key closes another visit for her: she did not sign it.
    const stranger = await Device.ofRoot(chance(32));
    const forged = { publicKey: center.device.publicKey, signingKey: stranger.signingKey, sign: stranger.sign.bind(stranger), disclose: stranger.disclose.bind(stranger) };
    await takeAlong(store, forged, taking(), chance);
    await expect(open()).rejects.toMatchObject({ code: 'signature_wrong' });
  });

  test('tells a thief how many and how large, in powers of two, and no word', async () => {
    const visit = await open();
    await visit.keep(reports[0]!.sent.case, { entry: 'note', text: CANARY }, 0, FROM);
    const seen = [...store.records].filter(([name]) => name !== HEAD);
    for (const [name, bytes] of seen) expect(Math.log2(bytes.length - 28) % 1, name).toBe(0);
    const all = [...store.records].map(([name, bytes]) => name + new TextDecoder('latin1').decode(bytes)).join('');
    const hidden = [CANARY, reports[0]!.sent.case, reports[0]!.item.id, center.name, center.author.device];
    for (const word of hidden) {
      const utf8 = new TextDecoder('latin1').decode(new TextEncoder().encode(word));
      const utf16 = [...word].map((letter) => String.fromCharCode(letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8)).join('');
      expect(all.includes(utf8), word).toBe(false);
      expect(all.includes(utf16), word).toBe(false);
    }
    // The search itself finds what is there.
    expect(all.includes(readHead(store.records.get(HEAD)!)!.salt)).toBe(true);
  });

  test('cannot be changed, nor one record stand in another\'s place', async () => {
    const visit = await open();
    const [first, second] = [store.records.get('c0')!, store.records.get('c1')!];
    store.records.set('c0', second);
    await expect(visit.caseOf(reports[0]!.sent.case)).rejects.toMatchObject({ code: 'not_for_this_place' });
    first[first.length - 1]! ^= 1;
    store.records.set('c0', first);
    await expect(visit.caseOf(reports[0]!.sent.case)).rejects.toMatchObject({ code: 'not_for_this_place' });
  });

  test('keeps what waited from a visit before, and refuses to lose what it was not told of', async () => {
    const visit = await open();
    await visit.keep(reports[0]!.sent.case, { entry: 'note', text: '하나' }, 0, FROM);
    const waiting = await visit.waiting();
    await expect(takeAlong(store, center.device, taking(), chance)).rejects.toMatchObject({ code: 'older_than_seen' });
    await takeAlong(store, center.device, taking({ waiting }), chance);
    expect(await (await open()).waiting()).toEqual(waiting);
    // The visit before opens none of it any more.
    await expect(visit.waiting()).rejects.toMatchObject({ code: 'not_for_this_place' });
  });

  test('ends: nothing is left, or only her own words', async () => {
    const visit = await open();
    await visit.keep(reports[0]!.sent.case, { entry: 'note', text: '하나' }, 0, FROM);
    await endCopy(store);
    expect([...store.records.keys()].sort()).toEqual(['h', 'o1']);
    expect(await visit.desk()).toBeNull();
    expect(await visit.caseOf(reports[0]!.sent.case)).toBeNull();
    expect(await visit.waiting()).toHaveLength(1);
    await visit.letGo(1);
    await endCopy(store);
    expect(store.records.size).toBe(0);
  });

  test('forgets its key: afterwards it opens nothing', async () => {
    const visit = await open();
    visit.forget();
    await expect(visit.caseOf(reports[0]!.sent.case)).rejects.toMatchObject({ code: 'not_for_this_place' });
  });
});

describe('a record', () => {
  test('is padded to a power of two, and comes back as it was', async () => {
    expect([0, 16_380, 16_381, 100_000].map((length) => padded(new Uint8Array(length)).length)).toEqual([16_384, 16_384, 32_768, 131_072]);
    const key = chance(32);
    const content = { text: '가\u0000\ud800', n: [1, 2] };
    expect(await openRecord(key, 'o1', await closeRecord(key, 'o1', content, chance))).toEqual(content);
    await expect(openRecord(key, 'o1', new Uint8Array(8))).rejects.toMatchObject({ code: 'form_broken' });
  });

  test('of two entries that are kept at once, none is lost', async () => {
    const visit = await open();
    const caseId = reports[0]!.sent.case;
    await Promise.all(['하나', '둘', '셋'].map((text) => visit.keep(caseId, { entry: 'note', text }, 0, FROM)));
    expect((await visit.waiting()).map(({ seq, content }) => [seq, content['text']])).toEqual([[1, '하나'], [2, '둘'], [3, '셋']]);
    expect(fromBase64(caseId)).toHaveLength(16);
  });
});
