// What a camera writes beside a picture (EXIF, which is TIFF inside): which way up it is, where and
// when it was taken, and by which device.

/** What a picture gives away beside what it shows. */
export interface Tells {
  place: boolean;
  time: boolean;
  device: boolean;
}

/** What is read of EXIF. */
export interface Exif {
  tells: Tells;
  /** 1 to 8; 1: as it stands. */
  orientation: number;
}

export const TELLS_NOTHING: Tells = { place: false, time: false, device: false };

const TAG = { make: 0x010f, model: 0x0110, orientation: 0x0112, software: 0x0131, dateTime: 0x0132, exif: 0x8769, gps: 0x8825, original: 0x9003, serial: 0xa431, lens: 0xa434 };
const ENTRY_BYTES = 12;
const DIRECTORIES_MAX = 8;

/** Reads a TIFF block; one that is broken tells nothing, and is taken out all the same. */
export function readExif(tiff: Uint8Array): Exif {
  const found: Exif = { tells: { ...TELLS_NOTHING }, orientation: 1 };
  if (tiff.length < 8) return found;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const waiting = [view.getUint32(4, little)];
  for (let read = 0; read < DIRECTORIES_MAX && waiting.length > 0; read += 1) {
    const at = waiting.shift() ?? 0;
    if (at < 8 || at + 2 > tiff.length) continue;
    const count = view.getUint16(at, little);
    for (let nth = 0; nth < count; nth += 1) {
      const entry = at + 2 + nth * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.length) break;
      note(found, view.getUint16(entry, little), view.getUint32(entry + 8, little), view.getUint16(entry + 8, little), waiting);
    }
  }
  return found;
}

function note(found: Exif, tag: number, offset: number, short: number, waiting: number[]): void {
  if (tag === TAG.gps) found.tells.place = true;
  if (tag === TAG.dateTime || tag === TAG.original) found.tells.time = true;
  if ([TAG.make, TAG.model, TAG.software, TAG.serial, TAG.lens].includes(tag)) found.tells.device = true;
  if (tag === TAG.orientation && short >= 1 && short <= 8) found.orientation = short;
  if (tag === TAG.exif) waiting.push(offset);
}

/** A TIFF block that says which way up a picture is, and nothing else. */
export function onlyOrientation(orientation: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, 0x4d4d);
  view.setUint16(2, 42);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, TAG.orientation);
  view.setUint16(12, 3);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return new Uint8Array(view.buffer);
}
