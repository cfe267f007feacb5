// What a file is, by its first bytes. Its name and what the system says of it may be wrong, and are
// not asked.

/** Bytes that are looked at. */
export const SNIFFED_BYTES = 64;

const OTHER = 'application/octet-stream';

/** Beginnings that are always at the same place. */
const BEGINNINGS: readonly [at: number, bytes: string, mime: string][] = [
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, '%PDF-', 'application/pdf'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, 'PK\x05\x06', 'application/zip'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio/mpeg'],
  [0, 'OggS', 'audio/ogg'],
];

/** Of files in boxes: what the first one says they are. */
const BRANDS: Partial<Record<string, string>> = {
  heic: 'image/heic', heix: 'image/heic', heim: 'image/heic', heis: 'image/heic', mif1: 'image/heic', msf1: 'image/heic', hevc: 'image/heic', avif: 'image/avif',
  'qt  ': 'video/quicktime', 'M4A ': 'audio/mp4', 'M4B ': 'audio/mp4',
};

const text = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** The kind of a file whose first bytes these are. */
export function mimeOf(first: Uint8Array): string {
  for (const [at, bytes, mime] of BEGINNINGS) if (text(first, at, at + bytes.length) === bytes) return mime;
  if (text(first, 0, 4) === 'RIFF') {
    const form = text(first, 8, 12);
    return form === 'WEBP' ? 'image/webp' : form === 'WAVE' ? 'audio/wav' : form === 'AVI ' ? 'video/x-msvideo' : OTHER;
  }
  if (text(first, 4, 8) === 'ftyp') return BRANDS[text(first, 8, 12)] ?? 'video/mp4';
  return OTHER;
}

/** The same of a blob. */
export async function sniff(blob: Blob): Promise<string> {
  return mimeOf(new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer()));
}

/** How this page can show it, from memory and without running anything of it. */
export function shows(mime: string): 'image' | 'video' | 'audio' | null {
  if (['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'].includes(mime)) return 'image';
  if (['video/mp4', 'video/quicktime', 'video/webm'].includes(mime)) return 'video';
  return mime.startsWith('audio/') ? 'audio' : null;
}
