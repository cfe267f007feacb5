// Bytes as they stand in a body: base64url without padding, one text for the same bytes.

import type { Bytes } from '../seal/form';
import { Refusal } from '../seal/refusal';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The value of each letter's code; 255 where no letter stands. */
const VALUES = (() => {
  const values = new Uint8Array(128).fill(255);
  for (const [value, letter] of [...ALPHABET].entries()) values[letter.charCodeAt(0)] = value;
  return values;
})();

/** Writes bytes. By hand: `btoa` wants a string of a character per byte, of a megabyte here. */
export function toBase64(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x3fff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      letters[at++] = ALPHABET.charCodeAt((held >> bits) & 63);
    }
  }
  if (bits > 0) letters[at++] = ALPHABET.charCodeAt((held << (6 - bits)) & 63);
  return new TextDecoder().decode(letters);
}

/** Reads bytes; anything but the one text of them is `form_broken`. */
export function fromBase64(text: string): Bytes {
  if (text.length % 4 === 1) throw new Refusal('form_broken');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let held = 0;
  let bits = 0;
  for (let nth = 0; nth < text.length; nth += 1) {
    const value = VALUES[text.charCodeAt(nth)] ?? 255;
    if (value === 255) throw new Refusal('form_broken');
    held = ((held << 6) | value) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  // Bits beyond the last byte are zero, or a second text would stand for the same bytes.
  if ((held & ((1 << bits) - 1)) !== 0) throw new Refusal('form_broken');
  return bytes;
}

/** Reads bytes of a fixed length. */
export function fromBase64Of(text: string, length: number): Bytes {
  const bytes = fromBase64(text);
  if (bytes.length !== length) throw new Refusal('form_broken');
  return bytes;
}
