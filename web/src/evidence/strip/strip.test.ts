import { describe, expect, test } from 'vitest';
import { readExif } from './exif';
import { gpsTiff, heicWith, jpegWith, pngWith, webpWith } from './sample';
import { strip, strippable } from './strip';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const latin = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const has = (bytes: Uint8Array, text: string) => latin(bytes).includes(text);
const CANARY = 'Canary-Phone-9';

describe('what a camera writes', () => {
  test('is read: place, time, device and which way up', () => {
    expect(readExif(gpsTiff(CANARY, 6))).toEqual({ tells: { place: true, time: true, device: true }, orientation: 6 });
  });
  test('is nothing where it is broken, short, or turns in a circle', () => {
    const whole = gpsTiff(CANARY, 6);
    for (let length = 0; length < whole.length; length += 1) expect(() => readExif(whole.slice(0, length))).not.toThrow();
    const circle = gpsTiff(CANARY, 6);
    new DataView(circle.buffer).setUint32(4, 4);
    expect(() => readExif(circle)).not.toThrow();
  });
});

describe.each([
  ['image/jpeg', jpegWith, 'Exif\0\0'],
  ['image/png', pngWith, 'eXIf'],
  ['image/webp', webpWith, 'EXIF'],
  ['image/heic', heicWith, 'MM\0*'],
] as const)('%s', (mime, make, mark) => {
  test('loses place, time, device and texts, and keeps its picture', async () => {
    const { bytes, picture } = make(CANARY, 1);
    expect(has(bytes, CANARY) && has(bytes, mark), 'the picture says it before').toBe(true);
    const made = await strip(new Blob([bytes]), mime);
    expect(made?.tells).toEqual({ place: true, time: true, device: true });
    expect(made?.more).toBe(true);
    const stripped = await bytesOf(made?.blob ?? new Blob());
    for (const gone of [CANARY, 'xmpmeta', 'behind the end']) expect(has(stripped, gone), gone).toBe(false);
    expect(has(stripped, picture)).toBe(true);
  });
  test('once more there is nothing to take out', async () => {
    const once = await strip(new Blob([make(CANARY, 1).bytes]), mime);
    const twice = await strip(once?.blob ?? new Blob(), mime);
    expect(twice?.tells).toEqual({ place: false, time: false, device: false });
    expect(await bytesOf(twice?.blob ?? new Blob())).toEqual(await bytesOf(once?.blob ?? new Blob()));
  });
  test('cut anywhere it is refused or stripped, and never throws', async () => {
    const { bytes } = make(CANARY, 1);
    for (let length = 0; length < bytes.length; length += 7) {
      const made = await strip(new Blob([bytes.slice(0, length)]), mime);
      if (made) expect(has(await bytesOf(made.blob), CANARY), `cut at ${length}`).toBe(false);
    }
  });
});

test('a picture taken upright stays upright', async () => {
  const made = await strip(new Blob([jpegWith(CANARY, 6).bytes]), 'image/jpeg');
  const stripped = await bytesOf(made?.blob ?? new Blob());
  const at = latin(stripped).indexOf('Exif\0\0');
  expect(at).toBe(6);
  expect(readExif(stripped.slice(at + 6))).toEqual({ tells: { place: false, time: false, device: false }, orientation: 6 });
});

test('what is in the middle of a long picture is read over', async () => {
  const { bytes } = jpegWith(CANARY, 1, 600_000);
  const made = await strip(new Blob([bytes]), 'image/jpeg');
  const stripped = await bytesOf(made?.blob ?? new Blob());
  expect(has(stripped, CANARY) || has(stripped, 'behind the end')).toBe(false);
  expect(stripped.length).toBeGreaterThan(600_000);
  expect([...stripped.slice(-2)]).toEqual([0xff, 0xd9]);
});

test('films, documents and archives are not touched', async () => {
  for (const mime of ['video/mp4', 'application/pdf', 'application/zip', 'image/gif', 'application/octet-stream']) {
    expect(strippable(mime)).toBe(false);
    expect(await strip(new Blob(['x']), mime)).toBeNull();
  }
  // A picture's ending on something else.
  expect(await strip(new Blob(['PK\x03\x04 not a picture']), 'image/jpeg')).toBeNull();
});
