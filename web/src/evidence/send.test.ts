import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sham } from '../onestop/sham';
import { fromBase64, toBase64 } from '../onestop/base64';
import { makeParcel, caseOf } from '../onestop/parcel';
import { browserChance as chance } from '../seal/chance';
import { ACTION } from '../seal/custody';
import { alike } from '../seal/form';
import { Mailbox } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { checkFound, note, noting } from './custody';
import { leafOf } from './entry';
import { Stopped } from './hash';
import { pick, type Picked } from './pick';
import { fetchFile, isSame, sendFile } from './send';
import { ShamFiles } from './sham';
import { jpegWith } from './strip/sample';
import { hersWay, type HerWay } from './way';

// Closing megabytes and a report takes its time where the machine does something else, too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let city: Sham;
let stand: ShamFiles;
let she: Mailbox;
let caseId: string;
let asked: string[];
let way: HerWay;

/** Asks the city in memory, as her page asks the server. */
function answering(path: string, text: string): Response {
  const short = path.replace('/api/onestop/', '');
  asked.push(short);
  const file = /^mailbox\/((?:file|custody).*)$/.exec(short)?.[1];
  const said = file ? stand.answer(file, text) : city.answer(short, text);
  if (said === 'lost') throw new TypeError('fetch failed');
  return said.status === 204 ? new Response(null, { status: 204 }) : new Response(JSON.stringify(said.body), { status: said.status });
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 500 });
  asked = [];
  city = await Sham.found();
  stand = new ShamFiles(city);
  vi.stubGlobal('fetch', (path: string, { body }: { body?: string }) => Promise.resolve().then(() => answering(path, body ?? '')));
  she = await Mailbox.ofRoot(chance(32));
  const parcel = await makeParcel(she, { contents: {}, readings: [], leads: null, language: 'ko', now: city.now }, chance);
  city.answer('report', parcel);
  caseId = caseOf(parcel);
  way = hersWay(she, caseId, () => city.now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const picked = async (bytes: BlobPart, name = 'a.bin'): Promise<Picked> => {
  const one = await pick(new File([bytes], name), city.now, chance);
  if (typeof one === 'string') throw new Error(one);
  return one;
};
const noise = (length: number) => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
};
const believed = () => ({ log: fromBase64(city.keys().log), hers: she.signingKey });

describe('a file on its way', () => {
  test('comes in whole, is noted once, and comes back as it was', async () => {
    const content = noise(2_400_000);
    const { file } = await picked(content);
    const seen: [number, number][] = [];
    await sendFile(way, fromBase64(caseId), file, file, new Blob([content]), (there, of) => void seen.push([there, of]));
    expect(seen).toEqual([[0, 3], [1, 3], [2, 3], [3, 3]]);
    await sendFile(way, fromBase64(caseId), file, file, new Blob([content]));
    expect(stand.events).toHaveLength(1);
    await expect(way.get(file.id, 0)).rejects.toMatchObject({ code: 'onestop.not_noted' });
    await note(way, leafOf(file), ACTION.returned);
    const back = await fetchFile(way, fromBase64(caseId), file);
    // Compared as a whole: byte by byte takes longer than all the rest.
    expect(alike(new Uint8Array(await back.arrayBuffer()), content)).toBe(true);
    const checked = checkFound(await way.found([leafOf(file)]), believed());
    expect(checked.wrong).toEqual([]);
    expect(checked.events.map(({ event }) => event.action)).toEqual([ACTION.received, ACTION.returned]);
  });

  test('goes on where it was cut, and sends no part twice', async () => {
    const content = noise(4_300_000);
    const { file } = await picked(content);
    // Longer than it waits by itself.
    stand.breaks = { after: 2, lost: 6 };
    await expect(sendFile(way, fromBase64(caseId), file, file, new Blob([content]))).rejects.toMatchObject({ code: 'unreached' });
    expect(stand.state(caseId)[0]?.missing).toEqual([2, 3, 4]);
    stand.breaks = null;
    asked.length = 0;
    await sendFile(way, fromBase64(caseId), file, file, new Blob([content]));
    expect(asked.filter((path) => path === 'mailbox/file/part')).toHaveLength(3);
    expect(stand.state(caseId)[0]?.missing).toEqual([]);
  });

  test('is carried over a short break without asking her', async () => {
    const content = noise(2_000_000);
    const { file } = await picked(content);
    stand.breaks = { after: 1, lost: 2 };
    await sendFile(way, fromBase64(caseId), file, file, new Blob([content]));
    expect(stand.state(caseId)[0]?.missing).toEqual([]);
  });

  test('stops when she stops it, between two parts', async () => {
    const content = noise(3_500_000);
    const { file } = await picked(content);
    const controller = new AbortController();
    const sending = sendFile(way, fromBase64(caseId), file, file, new Blob([content]), (there) => {
      if (there === 2) controller.abort();
    }, controller.signal);
    await expect(sending).rejects.toBeInstanceOf(Stopped);
    expect(stand.state(caseId)[0]?.missing).toEqual([2, 3]);
    expect(stand.events).toEqual([]);
  });

  test('is no other file than the one that was begun', async () => {
    const content = noise(100_000);
    const { file } = await picked(content);
    expect(await isSame(file, new Blob([content]))).toBe(true);
    const other = content.slice();
    other[99_999]! ^= 1;
    expect(await isSame(file, new Blob([other]))).toBe(false);
    expect(await isSame(file, new Blob([content.slice(1)]))).toBe(false);
    await expect(sendFile(way, fromBase64(caseId), file, file, new Blob([content.slice(1)]))).rejects.toBeInstanceOf(Refusal);
  });

  test('one that was changed on the server does not open', async () => {
    const { file, content } = await picked(noise(70_000));
    await sendFile(way, fromBase64(caseId), file, file, content);
    await note(way, leafOf(file), ACTION.returned);
    const kept = stand.files.get(file.id)?.parts.get(0);
    kept![40_000]! ^= 1;
    await expect(fetchFile(way, fromBase64(caseId), file)).rejects.toMatchObject({ code: 'part_broken' });
  });
});

describe('what she picks', () => {
  test('of a photo with a place: the original as it is, and a copy without', async () => {
    const { bytes } = jpegWith('Canary-Phone', 1);
    const one = await picked(bytes, 'IMG_0042.jpg');
    expect(one.copy).toBe('made');
    expect(one.tells).toEqual({ place: true, time: true, device: true });
    expect(one.stripped?.file.stripped_of).toBe(one.file.id);
    expect(new Set([one.file, one.stripped!.file].flatMap(({ id, key, salt }) => [id, key, salt])).size).toBe(6);
    await sendFile(way, fromBase64(caseId), one.file, one.file, one.content);
    await sendFile(way, fromBase64(caseId), one.stripped!.file, one.file, one.stripped!.content);
    const { events } = checkFound(await way.found([leafOf(one.file)]), believed());
    expect(events.map(({ event }) => event.action)).toEqual([ACTION.received, ACTION.strippedCopyMade]);
    await note(way, leafOf(one.file), ACTION.returned);
    const copy = new TextDecoder('latin1').decode(await (await fetchFile(way, fromBase64(caseId), one.stripped!.file)).arrayBuffer());
    expect(copy).not.toContain('Canary-Phone');
    const original = await fetchFile(way, fromBase64(caseId), one.file);
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(bytes);
  });

  test('an empty file, one too large and an archive under a photo’s name', async () => {
    expect(await pick(new File([], 'a.jpg'), city.now, chance)).toBe('empty');
    const large = { size: 2 * 1024 ** 3 + 1, name: 'film.mp4' } as File;
    expect(await pick(large, city.now, chance)).toBe('too_large');
    const zip = await picked('PK\x03\x04bomb', '../../photo\u202egpj.jpg');
    expect(zip).toMatchObject({ copy: 'cannot', stripped: null, file: { mime: 'application/zip', name: '../../photo\u202egpj.jpg' } });
  });

  test('a file that cannot be read any more is said so', async () => {
    const away = { size: 5, name: 'a', slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) } as unknown as File;
    expect(await pick(away, city.now, chance)).toBe('unreadable');
  });
});

describe('the custody log, checked', () => {
  const three = async () => {
    const { file, content } = await picked(noise(1_000));
    await sendFile(way, fromBase64(caseId), file, file, content);
    for (let times = 0; times < 2; times += 1) await note(way, leafOf(file), ACTION.returned);
    const other = await picked(noise(1_000));
    await sendFile(way, fromBase64(caseId), other.file, other.file, other.content);
    return leafOf(file);
  };

  test('a row that is gone, changed, or another’s is noticed', async () => {
    const leaf = await three();
    const whole = await way.found([leaf]);
    expect(checkFound(whole, believed()).wrong).toEqual([]);
    const without = (place: number) => ({ ...whole, events: whole.events.filter((one) => one.place !== place) });
    expect(checkFound(without(1), believed()).wrong[0]).toEqual({ what: 'entry_missing', place: 1 });
    expect(checkFound({ ...whole, rest: [] }, believed()).wrong).toEqual([{ what: 'entry_missing', place: 3 }]);
    const changed = structuredClone(whole);
    const bytes = fromBase64(changed.events[1]!.event);
    bytes[100]! ^= 1;
    changed.events[1]!.event = toBase64(bytes);
    expect(checkFound(changed, believed()).wrong[0]).toEqual({ what: 'entry_changed', place: 1 });
    const foreign = structuredClone(whole);
    foreign.rest[0]!.hash = toBase64(chance(32));
    expect(checkFound(foreign, believed()).wrong).toEqual([{ what: 'log_changed', place: 4 }]);
    expect(checkFound(whole, { ...believed(), log: she.signingKey }).wrong[0]?.what).toBe('head_not_signed');
    expect(checkFound(whole, { ...believed(), hers: fromBase64(city.keys().log) }).events[0]?.wrong).toBe('signature_wrong');
  });

  test('deleting is noted, and the file is gone with its copy', async () => {
    const { bytes } = jpegWith('Canary-Phone', 1);
    const one = await picked(bytes, 'a.jpg');
    await sendFile(way, fromBase64(caseId), one.file, one.file, one.content);
    await sendFile(way, fromBase64(caseId), one.stripped!.file, one.file, one.stripped!.content);
    const leaf = leafOf(one.file);
    await noting(way, { leaf, action: ACTION.deleted }, (noted) => way.remove(leaf, noted));
    expect(stand.files.size).toBe(0);
    expect((await way.found([leaf])).events).toHaveLength(3);
  });
});
