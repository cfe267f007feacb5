// PNG: chunks. Kept are those of the picture and of its colors; texts, times and EXIF go, and whatever
// stands behind its end.

import { readExif, TELLS_NOTHING, type Tells } from './exif';
import { Window } from './window';
import type { Stripping } from './strip';

const SIGNATURE_BYTES = 8;
/** Length, name and check beside a chunk's content. */
const AROUND_BYTES = 12;
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs', 'hIST', 'acTL', 'fcTL', 'fdAT']);

/** Takes out what is not the picture. */
export async function stripPng(blob: Blob): Promise<Stripping> {
  const window = new Window(blob);
  const kept: Blob[] = [blob.slice(0, SIGNATURE_BYTES)];
  let tells: Tells = { ...TELLS_NOTHING };
  let more = false;
  for (let at = SIGNATURE_BYTES; ; ) {
    const length = await window.u32(at);
    const name = await window.text(at + 4, 4);
    const end = at + AROUND_BYTES + length;
    await window.bytes(end - 1, 1);
    if (name === 'eXIf') tells = readExif(Uint8Array.from(await window.bytes(at + 8, length))).tells;
    if (name === 'tIME') tells = { ...tells, time: true };
    if (KEPT.has(name)) kept.push(blob.slice(at, end));
    else more = true;
    at = end;
    if (name === 'IEND') {
      more ||= end < blob.size;
      return { tells, more, blob: new Blob(kept, { type: 'image/png' }) };
    }
  }
}
