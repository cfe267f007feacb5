// A copy of a picture without what cameras and programs write beside it: place, time, device. Made in
// the browser, before anything leaves it. What is in the picture stays in the picture.

import { stripHeic } from './heic';
import { stripJpeg } from './jpeg';
import { stripPng } from './png';
import { stripWebp } from './webp';
import type { Tells } from './exif';

/** A picture without what stood beside it. */
export interface Stripping {
  /** What stood there. */
  tells: Tells;
  /** Whether anything was taken out. */
  more: boolean;
  blob: Blob;
}

const WAYS: Partial<Record<string, (blob: Blob) => Promise<Stripping>>> = { 'image/jpeg': stripJpeg, 'image/png': stripPng, 'image/webp': stripWebp, 'image/heic': stripHeic };

/** Whether this kind of file can be stripped at all. */
export function strippable(mime: string): boolean {
  return WAYS[mime] !== undefined;
}

/** The copy; `null` where this kind cannot be stripped, or this file is not as its kind says. */
export async function strip(blob: Blob, mime: string): Promise<Stripping | null> {
  try {
    return (await WAYS[mime]?.(blob)) ?? null;
  } catch {
    // A broken picture, or one of a form this page does not know. The original is kept, and it is said.
    return null;
  }
}
