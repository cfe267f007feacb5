// JPEG (ITU T.81): segments, then the picture. Kept are those without which it would look otherwise;
// what cameras and programs write beside it goes, and whatever stands behind its end.

import { onlyOrientation, readExif, TELLS_NOTHING, type Exif } from './exif';
import { Window } from './window';
import type { Stripping } from './strip';

const MARKER = { soi: 0xd8, eoi: 0xd9, sos: 0xda, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee, app15: 0xef, comment: 0xfe };
/** Before a marker may stand as many of these as one likes. */
const FILL = 0xff;
const EXIF = 'Exif\0\0';
/** JFIF's own block, when no small picture stands in it. */
const JFIF_BYTES = 16;

/** A marker that stands alone, without a length: restarts, and one that means nothing. */
const alone = (marker: number) => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;

/** Takes out what is not the picture. */
export async function stripJpeg(blob: Blob): Promise<Stripping> {
  const window = new Window(blob);
  const kept: Blob[] = [blob.slice(0, 2)];
  let exif: Exif = { tells: TELLS_NOTHING, orientation: 1 };
  let more = false;
  for (let at = 2; ; ) {
    const marker = await markerAt(window, at);
    if (marker === MARKER.eoi) {
      kept.push(blob.slice(at, at + 2));
      more ||= at + 2 < blob.size;
      break;
    }
    if (alone(marker) || marker === FILL) {
      at += marker === FILL ? 1 : 2;
      continue;
    }
    const end = at + 2 + (await window.u16(at + 2));
    if (marker === MARKER.app1 && (await isText(window, at + 4, end, EXIF))) exif = readExif(Uint8Array.from(await window.bytes(at + 10, end - at - 10)));
    if (await isPicture(window, marker, at, end)) kept.push(blob.slice(at, end));
    else more = true;
    at = marker === MARKER.sos ? await scanEnd(window, end) : end;
    if (marker === MARKER.sos) kept.push(blob.slice(end, at));
  }
  if (exif.orientation !== 1) kept.splice(1, 0, orientationSegment(exif.orientation));
  return { tells: exif.tells, more, blob: new Blob(kept, { type: 'image/jpeg' }) };
}

async function markerAt(window: Window, at: number): Promise<number> {
  const [first, marker] = await window.bytes(at, 2);
  if (first !== 0xff || marker === undefined || marker === 0) throw new Error('not a marker');
  return marker;
}

async function isText(window: Window, at: number, end: number, text: string): Promise<boolean> {
  return at + text.length <= end && (await window.text(at, text.length)) === text;
}

/** Whether a segment is of the picture: tables, frames, colors. */
async function isPicture(window: Window, marker: number, at: number, end: number): Promise<boolean> {
  if (marker === MARKER.comment) return false;
  if (marker < MARKER.app0 || marker > MARKER.app15) return true;
  // JFIF without a small picture in it, the profile of the colors, and how they are coded.
  if (marker === MARKER.app0) return end - at - 2 === JFIF_BYTES && (await isText(window, at + 4, end, 'JFIF\0'));
  if (marker === MARKER.app2) return isText(window, at + 4, end, 'ICC_PROFILE\0');
  return marker === MARKER.app14 && isText(window, at + 4, end, 'Adobe');
}

/** Where the next marker after a scan stands. In a scan, 0xff is followed by zero or by a restart. */
async function scanEnd(window: Window, from: number): Promise<number> {
  for (let at = from; ; ) {
    const bytes = await window.along(at);
    for (let nth = 0; nth < bytes.length - 1; nth += 1) {
      const next = bytes[nth + 1] ?? 0;
      if (bytes[nth] === 0xff && next !== 0 && next !== 0xff && !alone(next)) return at + nth;
    }
    at += Math.max(1, bytes.length - 1);
    await window.bytes(at, 2);
  }
}

/** Without it, a picture taken upright would lie on its side. */
function orientationSegment(orientation: number): Blob {
  const tiff = onlyOrientation(orientation);
  const head = Uint8Array.of(0xff, MARKER.app1, 0, 2 + EXIF.length + tiff.length, ...[...EXIF].map((letter) => letter.charCodeAt(0)));
  return new Blob([head, tiff]);
}
