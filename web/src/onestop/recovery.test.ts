import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import { Device } from '../seal/device';
import { readEntry } from '../seal/directory';
import { splitSeed } from '../seal/recovery';
import { TeamKey } from '../seal/team';
import { fromBase64, toBase64 } from './base64';
import { holdKeys, openRow, rowOf, shareKeys, type DeskDevice, type DeskView, type OwnKey } from './desk';
import { entryOf } from './device';
import { bringBack, closeOlder, givesBack, isShare, keyOf, makeShares, missing, openOlder, SHARE_WORDS, shareOfWords, toTell, wordsOfShare, type Share } from './recovery';
import { AT, readerOf, sampleCenter, sampleReport, saying, type SampleCenter } from './sample';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let center: SampleCenter;
let older: OwnKey;
let newest: OwnKey;
let view: DeskView;
let shares: Share[];

const desk = (of: SampleCenter, epoch: number): DeskView =>
  ({ center: of.name, service: 'counsel', name: { ko: '상담', en: 'Counsel' }, epoch, devices: [], own_wraps: [], unanswered: 0 });

beforeAll(async () => {
  center = await sampleCenter();
  older = { epoch: 1, key: center.key };
  newest = { epoch: 2, key: await TeamKey.draw(chance) };
  view = desk(center, 2);
  shares = makeShares(view, newest, chance).map((share) => shareOfWords(wordsOfShare(share, 'ko').join(' '), center.id) as Share);
});

describe('a share on paper', () => {
  test('reads in either language, numbered and broken into lines as people copy it', () => {
    const [bytes] = makeShares(view, newest, chance);
    for (const language of ['ko', 'en'] as const) {
      const words = wordsOfShare(bytes!, language);
      expect(words).toHaveLength(SHARE_WORDS);
      const copied = words.map((word, at) => `${at + 1}. ${word.normalize('NFD').toUpperCase()}`).join('\n');
      expect(shareOfWords(copied, center.id)).toEqual({ bytes, epoch: 2, number: 1 });
    }
  });

  test('is not read when a word is unknown, missing, of the other language or not the right one', () => {
    const words = wordsOfShare(shares[0]!.bytes, 'en');
    expect(shareOfWords(' ', center.id)).toEqual({ is: 'none' });
    expect(shareOfWords(words.with(4, 'lantern-post').join(' '), center.id)).toEqual({ is: 'unknown_word', place: 5 });
    expect(shareOfWords(words.slice(1).join(' '), center.id)).toEqual({ is: 'count', words: SHARE_WORDS - 1 });
    expect(shareOfWords(words.with(0, wordsOfShare(shares[0]!.bytes, 'ko')[0]!).join(' '), center.id)).toEqual({ is: 'two_languages' });
    // 14 bits: of many wrong words and swaps hardly one passes; of these none may.
    const swapped = words.with(1, words[2]!).with(2, words[1]!);
    for (const wrong of [words.with(9, words[9] === 'abandon' ? 'ability' : 'abandon'), swapped]) {
      if (wrong.join() !== words.join()) expect(shareOfWords(wrong.join(' '), center.id)).toEqual({ is: 'words_do_not_fit' });
    }
  });

  test('is of one center: another center’s words do not fit', () => {
    expect(shareOfWords(wordsOfShare(shares[0]!.bytes, 'ko').join(' '), chance(16))).toEqual({ is: 'words_do_not_fit' });
  });
});

describe('the key of a center', () => {
  test('comes back from any two of three, and from no one', async () => {
    for (const two of [[0, 1], [0, 2], [2, 1]]) {
      expect(await givesBack(two.map((at) => shares[at]!), newest), two.join()).toBeNull();
    }
    expect(missing([])).toEqual({ more: 2, numbers: [1, 2, 3] });
    expect(missing([shares[1]!])).toEqual({ more: 1, numbers: [1, 3] });
    expect(missing([shares[1]!, shares[1]!]).more).toBe(1);
    expect(missing([shares[0]!, shares[2]!])).toEqual({ more: 0, numbers: [2] });
    expect(await keyOf([shares[1]!])).toBe('too_few_shares');
    expect(await keyOf([shares[1]!, shares[1]!])).toBe('same_share_twice');
  });

  test('does not come back from shares of two makings, and not as another key', async () => {
    const again = makeShares(view, newest, chance).map((share) => shareOfWords(wordsOfShare(share, 'ko').join(' '), center.id) as Share);
    expect(await keyOf([shares[0]!, again[1]!])).toBe('shares_do_not_fit');
    expect(await givesBack([again[0]!, again[1]!], newest)).toBeNull();
    const foreign = splitSeed(center.id, 2, chance(32), chance).map((share) => shareOfWords(wordsOfShare(share, 'en').join(' '), center.id) as Share);
    expect(isShare(foreign[0]!)).toBe(true);
    expect(await givesBack([foreign[0]!, foreign[1]!], newest)).toBe('another_key');
  });

  test('brings the older ones along, so that nobody who knocked before is lost', async () => {
    const report = await sampleReport(center);
    const closed = await closeOlder(view, [newest, older], chance);
    expect(closed.map(({ epoch }) => epoch)).toEqual([1]);
    const back = await keyOf([shares[0]!, shares[2]!]);
    if (typeof back === 'string') throw new Error(back);
    const { keys, lost } = await openOlder(view, back, closed);
    expect([keys.map(({ epoch }) => epoch), lost]).toEqual([[2, 1], 0]);
    // Closed for a device of its own, they open there, and the old knock with them.
    const device = await Device.ofRoot(chance(32));
    const entry = entryOf(device, center.id, AT, chance);
    const own: DeskDevice = { device: toBase64((readEntry(entry) as { device: Uint8Array }).device), entry: toBase64(entry), shown_as: '가람', own: true, has_key: false };
    const wraps = bringBack(own.device, back.epoch, await shareKeys(view, keys, own, chance)).wraps.map((one) => ({ ...one, device: own.device }));
    const held = await holdKeys({ ...view, own_wraps: wraps }, device, own);
    expect((await rowOf(report.item, view, held)).state).toBe('closed');
    expect((await rowOf(report.item, view, held.slice(0, 1))).state).toBe('keyless');
  });

  test('leaves out an older key that somebody spoilt, and counts it', async () => {
    const [closed] = await closeOlder(view, [newest, older], chance);
    const wrap = fromBase64(closed!.wrap);
    wrap[1_150]! ^= 1;
    const found = await openOlder(view, newest, [{ epoch: 1, wrap: toBase64(wrap) }]);
    expect([found.keys.map(({ epoch }) => epoch), found.lost]).toEqual([[2], 1]);
  });
});

describe('the notice', () => {
  test('is due in every case that was there, once, and not in one that came later or was taken back before', async () => {
    const report = await sampleReport(center);
    const reader = readerOf(center);
    const view1 = desk(center, 1);
    const open = async (messages: typeof report.sent.messages) =>
      openRow(await rowOf(report.item, view1, [older]), { ...report.sent, messages }, reader, new Map());
    const row = await open([]);
    const notice = '알려 드려요';
    const sorted = (one: typeof row, backAt: number, barred = false) => {
      const { told, waiting, barred: held } = toTell([one], backAt, () => notice, () => barred);
      return [told.length, waiting.length, held.length];
    };
    expect(sorted(row, AT)).toEqual([0, 1, 0]);
    expect(sorted(row, AT, true)).toEqual([0, 0, 1]);
    expect(sorted(row, AT - 1)).toEqual([0, 0, 0]);
    expect(sorted({ ...row, opened: { ...row.opened!, takenBackAt: AT } }, AT)).toEqual([0, 0, 0]);
    expect(sorted(await open([await saying(report, 1, 'center', notice, center)]), AT)).toEqual([1, 0, 0]);
    // Her own words are no notice, whatever they are.
    expect(sorted(await open([await saying(report, 1, 'herself', notice)]), AT)).toEqual([0, 1, 0]);
  });
});
