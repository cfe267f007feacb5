// WebP: chunks in a RIFF. EXIF and XMP go, with the two bits that say they are there.

import { readExif, TELLS_NOTHING, type Tells } from './exif';
import { Window } from './window';
import type { Stripping } from './strip';

const HEAD_BYTES = 12;
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH']);
/** Of VP8X: EXIF and XMP are there. */
const BESIDE_BITS = 0x08 | 0x04;

/** Takes out what is not the picture. */
export async function stripWebp(blob: Blob): Promise<Stripping> {
  const window = new Window(blob);
  const kept: Blob[] = [];
  let tells: Tells = { ...TELLS_NOTHING };
  const all = 8 + (await little(window, 4));
  await window.bytes(all - 1, 1);
  let more = all < blob.size;
  for (let at = HEAD_BYTES; at < all; ) {
    const name = await window.text(at, 4);
    const length = await little(window, at + 4);
    // A chunk of odd length is followed by one byte more.
    const end = at + 8 + length + (length % 2);
    await window.bytes(Math.min(end, all) - 1, 1);
    if (name === 'EXIF') tells = readExif(withoutName(Uint8Array.from(await window.bytes(at + 8, length)))).tells;
    if (name === 'VP8X') kept.push(new Blob([cleared(Uint8Array.from(await window.bytes(at, 8 + length)))]));
    else if (KEPT.has(name)) kept.push(blob.slice(at, end));
    else more = true;
    at = end;
  }
  const size = kept.reduce((sum, one) => sum + one.size, 4);
  const head = new Uint8Array(HEAD_BYTES);
  head.set([...'RIFF'].map((letter) => letter.charCodeAt(0)));
  new DataView(head.buffer).setUint32(4, size, true);
  head.set([...'WEBP'].map((letter) => letter.charCodeAt(0)), 8);
  return { tells, more, blob: new Blob([head, ...kept], { type: 'image/webp' }) };
}

async function little(window: Window, at: number): Promise<number> {
  const bytes = await window.bytes(at, 4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function cleared(chunk: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  chunk[8] = (chunk[8] ?? 0) & ~BESIDE_BITS;
  return chunk;
}

/** Some programs write JPEG's name for EXIF before it. */
function withoutName(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 ? exif.subarray(6) : exif;
}
