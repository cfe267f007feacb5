// A real picture as the browser draws one, with what a phone's camera would write beside it.

import type { Page } from '@playwright/test';
import { jpegWith } from '../src/evidence/strip/sample';

/** What stands for a phone's name in it: searched for afterwards. */
export const CAMERA = 'Canary-Phone-9';

/** A JPEG of 64 by 64 pixels with a place, a time and a device in its EXIF. */
export async function photo(page: Page): Promise<Buffer<ArrayBuffer>> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    const paint = canvas.getContext('2d');
    for (let at = 0; paint && at < 64; at += 8) {
      paint.fillStyle = `hsl(${at * 5} 80% 50%)`;
      paint.fillRect(at, 0, 8, 64);
    }
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'));
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
  });
  // Behind the picture's first block, where phones write it.
  const { bytes } = jpegWith(CAMERA, 6);
  const exif = bytes.slice(20, 20 + 2 + ((bytes[22] ?? 0) << 8) + (bytes[23] ?? 0));
  const first = 4 + ((drawn[4] ?? 0) << 8) + (drawn[5] ?? 0);
  return Buffer.from([...drawn.slice(0, first), ...exif, ...drawn.slice(first)]);
}
