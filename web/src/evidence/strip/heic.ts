// HEIC: boxes. What stands beside the picture is an item of its own, whose bytes are overwritten with
// zeros where they stand; nothing else moves. A file that keeps it in another way is left as it is.

import { readExif, TELLS_NOTHING, type Tells } from './exif';
import { Window } from './window';
import type { Stripping } from './strip';

/** Other boxes beside these may hold a film, or anything. */
const PLAIN = new Set(['ftyp', 'meta', 'mdat', 'free', 'skip']);

interface Box {
  name: string;
  /** Where its content begins. */
  from: number;
  to: number;
}

/** Somewhere in the file. */
interface Stretch {
  from: number;
  length: number;
}

/** Overwrites what is not the picture. */
export async function stripHeic(blob: Blob): Promise<Stripping> {
  const window = new Window(blob);
  const boxes = await boxesIn(window, 0, blob.size);
  const meta = boxes.find(({ name }) => name === 'meta');
  if (!meta || boxes.some(({ name }) => !PLAIN.has(name))) throw new Error('not a plain picture');
  const inside = await boxesIn(window, meta.from + 4, meta.to);
  const [items, places] = [inside.find(({ name }) => name === 'iinf'), inside.find(({ name }) => name === 'iloc')];
  if (!items || !places) throw new Error('no items');
  const beside = await itemsBeside(window, items);
  const stretches = await placesOf(window, places, [...beside.keys()]);
  let tells: Tells = { ...TELLS_NOTHING };
  for (const { item, from, length } of stretches) {
    // Four bytes say where in the item TIFF begins.
    if (beside.get(item) === 'Exif' && length > 4) {
      const bytes = Uint8Array.from(await window.bytes(from, length));
      tells = readExif(bytes.subarray(4 + new DataView(bytes.buffer).getUint32(0))).tells;
    }
  }
  return { tells, more: stretches.length > 0, blob: overwritten(blob, stretches) };
}

async function boxesIn(window: Window, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at < to; ) {
    const short = await window.u32(at);
    const name = await window.text(at + 4, 4);
    const long = short === 1;
    const length = long ? (await window.u32(at + 8)) * 2 ** 32 + (await window.u32(at + 12)) : short === 0 ? to - at : short;
    if (length < (long ? 16 : 8) || at + length > to) throw new Error('a box that does not fit');
    boxes.push({ name, from: at + (long ? 16 : 8), to: at + length });
    at += length;
  }
  return boxes;
}

/** The items that are EXIF or XMP, by their numbers. */
async function itemsBeside(window: Window, { from, to }: Box): Promise<Map<number, string>> {
  const version = (await window.bytes(from, 1))[0] ?? 0;
  const found = new Map<number, string>();
  for (const entry of await boxesIn(window, from + (version === 0 ? 6 : 8), to)) {
    const of = (await window.bytes(entry.from, 1))[0] ?? 0;
    if (entry.name !== 'infe' || of < 2) throw new Error('an item of an old form');
    const number = of === 2 ? await window.u16(entry.from + 4) : await window.u32(entry.from + 4);
    const type = await window.text(entry.from + (of === 2 ? 8 : 10), 4);
    if (type === 'Exif' || type === 'mime' || type === 'uri ') found.set(number, type);
  }
  return found;
}

/** Where these items stand in the file. */
async function placesOf(window: Window, { from, to }: Box, wanted: readonly number[]): Promise<(Stretch & { item: number })[]> {
  const version = (await window.bytes(from, 1))[0] ?? 0;
  const sizes = await window.u16(from + 4);
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const number = async (at: number, bytes: number) => {
    let value = 0;
    for (const byte of await window.bytes(at, bytes)) value = value * 256 + byte;
    return value;
  };
  const wide = version === 2 ? 4 : 2;
  const count = await number(from + 6, wide);
  const found: (Stretch & { item: number })[] = [];
  let at = from + 6 + wide;
  for (let nth = 0; nth < count; nth += 1) {
    const item = await number(at, wide);
    at += wide;
    const method = version === 0 ? 0 : (await number(at, 2)) & 15;
    at += (version === 0 ? 0 : 2) + 2;
    const base = await number(at, baseBytes);
    at += baseBytes;
    const extents = await number(at, 2);
    at += 2;
    for (let extent = 0; extent < extents; extent += 1) {
      at += indexBytes;
      const stretch = { item, from: base + (await number(at, offsetBytes)), length: await number(at + offsetBytes, lengthBytes) };
      at += offsetBytes + lengthBytes;
      if (!wanted.includes(item)) continue;
      // Elsewhere than in the file itself, or to its very end: nothing is guessed.
      if (method !== 0 || stretch.length === 0 || at > to) throw new Error('an item that stands elsewhere');
      found.push(stretch);
    }
  }
  if (wanted.some((item) => !found.some((one) => one.item === item))) throw new Error('an item that stands nowhere');
  return found;
}

function overwritten(blob: Blob, stretches: readonly Stretch[]): Blob {
  const kept: Blob[] = [];
  let at = 0;
  for (const { from, length } of [...stretches].sort((one, other) => one.from - other.from)) {
    if (from < at || from + length > blob.size) throw new Error('items that overlap');
    kept.push(blob.slice(at, from), new Blob([new Uint8Array(length)]));
    at = from + length;
  }
  kept.push(blob.slice(at));
  return new Blob(kept, { type: 'image/heic' });
}
