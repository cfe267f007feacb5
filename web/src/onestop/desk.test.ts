import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import { Device } from '../seal/device';
import { readEntry } from '../seal/directory';
import { toBase64, fromBase64 } from './base64';
import { holdKeys, newTeamKey, openRow, ownDevice, rowOf, settled, shareKeys, standing, type DeskDevice, type DeskView, type OwnKey, type Row } from './desk';
import { deviceEntry, drawWords, entryOf, fingerprint, openByWords } from './device';
import { pseudonymOf } from './pseudonym';
import { AT, readerOf, sampleCenter, sampleReport, type SampleCenter } from './sample';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const centerId = chance(16);
let device: Device;
let colleague: Device;
let own: DeskDevice;
let hers: DeskDevice;
let view: DeskView;

function listed(of: Device, mine: boolean): DeskDevice {
  const entry = entryOf(of, centerId, AT + 1234, chance);
  const read = readEntry(entry) as { device: Uint8Array };
  return { device: toBase64(read.device), entry: toBase64(entry), shown_as: mine ? '가람' : '나래', own: mine, has_key: false };
}

beforeAll(async () => {
  [device, colleague] = [await Device.ofRoot(chance(32)), await Device.ofRoot(chance(32))];
  [own, hers] = [listed(device, true), listed(colleague, false)];
  view = { center: toBase64(centerId), service: 'counsel', name: { ko: '상담', en: 'Counsel' }, epoch: 0, devices: [own, hers], own_wraps: [], unanswered: 0 };
});

describe('a caseworker\'s device', () => {
  test('is found by its keys, and is one of this center only', () => {
    expect(ownDevice(view, device)).toBe(own);
    expect(ownDevice(view, colleague)).toBeNull();
    expect(deviceEntry(own.entry, centerId)?.validFrom).toBe(BigInt(AT));
    expect(deviceEntry(own.entry, chance(16))).toBeNull();
  });

  test('of seven words is the same again, and of none a mailbox', async () => {
    const stretch = async (phrase: Uint8Array) => Uint8Array.from({ length: 32 }, (_, at) => phrase[at % phrase.length] ?? 0);
    const words = drawWords('ko', chance).join(' ');
    const [first, second] = [await openByWords(words, chance(16), stretch), await openByWords(words, chance(16), stretch)];
    expect(first.signingKey).toEqual(second.signingKey);
  });

  test('is read out as four words of its entry, all of it', async () => {
    const stretch = async (phrase: Uint8Array, salt: Uint8Array) => Uint8Array.from([...phrase, ...salt]);
    const words = await fingerprint(own.entry, 'ko', stretch);
    expect(words).toHaveLength(4);
    expect(await fingerprint(own.entry, 'ko', stretch)).toEqual(words);
    const changed = fromBase64(own.entry);
    changed[changed.length - 1]! ^= 1;
    expect(await fingerprint(toBase64(changed), 'ko', stretch)).not.toEqual(words);
  });
});

describe('the center\'s key', () => {
  test('is made, opened, and given to a colleague with all that came before it', async () => {
    expect(standing(view, [])).toBe('founding');
    const first = await newTeamKey(view, [own], AT, chance);
    expect(readEntry(fromBase64(first.entry))).toMatchObject({ form: 1, epoch: 1, service: 1 });
    const one: DeskView = { ...view, epoch: 1, own_wraps: first.wraps.map(({ device: of, wrap }) => ({ epoch: 1, device: of, wrap })) };
    const keys = await holdKeys(one, device, own);
    expect(standing(one, keys)).toBe('desk');
    const second = await newTeamKey(one, [own], AT, chance);
    const two: DeskView = { ...one, epoch: 2, own_wraps: [...one.own_wraps, ...second.wraps.map(({ device: of, wrap }) => ({ epoch: 2, device: of, wrap }))] };
    expect(standing(two, keys)).toBe('waiting');
    const both = await holdKeys(two, device, own);
    expect(both.map(({ epoch }) => epoch)).toEqual([2, 1]);
    const shared = await shareKeys(two, both, hers, chance);
    const seen = await holdKeys({ ...two, own_wraps: shared }, colleague, hers);
    expect(seen.map(({ key }) => key.publicKey)).toEqual(both.map(({ key }) => key.publicKey));
    await expect(holdKeys({ ...two, own_wraps: shared.map((wrap) => ({ ...wrap, device: own.device })) }, device, own)).rejects.toThrow('not_for_you');
    await expect(newTeamKey(view, [{ ...hers, device: own.device }], AT, chance)).rejects.toThrow('form_broken');
  });
});

describe('a knock', () => {
  let center: SampleCenter;
  let keys: OwnKey[];
  let at: DeskView;
  beforeAll(async () => {
    center = await sampleCenter();
    keys = [{ epoch: 1, key: center.key }];
    at = { ...view, center: center.name, epoch: 1 };
  });

  test('gives the case a name that is the same for all, and opens it', async () => {
    const report = await sampleReport(center);
    const row = await rowOf(report.item, at, keys);
    expect(row).toMatchObject({ state: 'closed', caseId: report.sent.case, pseudonym: pseudonymOf(report.caseId) });
    const opened = await openRow(row, report.sent, readerOf(center), new Map());
    expect(opened).toMatchObject({ state: 'open', danger: true, wroteLast: false });
    expect(await openRow(row, null, readerOf(center), new Map())).toMatchObject({ state: 'gone', danger: false, away: false });
    // One that was answered before is not told of again; one that went meanwhile is.
    expect(await openRow({ ...row, answeredAt: AT }, null, readerOf(center), new Map())).toMatchObject({ state: 'gone', away: true });
    expect(await openRow({ ...opened, answeredAt: AT }, null, readerOf(center), new Map())).toMatchObject({ state: 'gone', away: false });
  });

  test('of a consent she gave later stands in the place of the one before, and no other case is touched', async () => {
    const [report, other] = [await sampleReport(center), await sampleReport(center)];
    const rowed = async (of: typeof report, id: string, later: bigint): Promise<Row> => {
      const opened = await openRow(await rowOf(of.item, at, keys), of.sent, readerOf(center), new Map());
      return { ...opened, id, knock: opened.knock && { ...opened.knock, consent: { ...opened.knock.consent, givenAt: opened.knock.consent.givenAt + later } } };
    };
    const [first, second, third] = [await rowed(report, 'first', 0n), await rowed(report, 'second', 1n), await rowed(other, 'third', 0n)];
    const closed: Row = { ...second, state: 'closed', opened: null };
    // Whichever was opened first, the later one stays.
    for (const rows of [[first, closed, third], [closed, third, first]]) {
      const now = settled(rows, second);
      expect(now.map(({ id, state, away }) => [id, state, away]).sort()).toEqual([['first', 'gone', true], ['second', 'open', false], ['third', 'open', false]]);
      expect(now.find(({ id }) => id === 'first')).toMatchObject({ opened: null, danger: false, wroteLast: false });
    }
    expect(settled([closed, first], first).map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  test('of another center, or of a key this device lacks, opens nothing', async () => {
    const report = await sampleReport(await sampleCenter());
    expect(await rowOf(report.item, at, keys)).toMatchObject({ state: 'doubted', why: 'not_for_you', caseId: '' });
    expect(await rowOf({ ...report.item, epoch: 2 }, at, keys)).toMatchObject({ state: 'keyless' });
    expect(await rowOf({ ...report.item, knock: 'AAAA' }, at, keys)).toMatchObject({ state: 'doubted', why: 'wrap_not_whole' });
  });
});

test('a pseudonym is of the case\'s number alone', () => {
  expect(pseudonymOf(new Uint8Array(16))).toEqual({ ko: '하얀 은행나무 10', en: 'white ginkgo 10' });
  expect(pseudonymOf(Uint8Array.from({ length: 16 }, () => 255)).ko).toMatch(/^\S+ \S+ \d\d$/);
});
