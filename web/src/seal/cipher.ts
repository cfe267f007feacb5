// ChaCha20-Poly1305 with a nonce that is given: zero where a key closes one thing only, a part's
// number in a file.

import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { exactly, type Bytes } from './form';

/** Bytes of a key. */
export const KEY_BYTES = 32;
/** Bytes of a nonce. */
export const NONCE_BYTES = 12;
/** What closing adds. */
export const TAG_BYTES = 16;

const cipher = new Chacha20Poly1305();

/** Closes; the same key and nonce must never close anything else. */
export async function close(key: Uint8Array, nonce: Uint8Array, place: Uint8Array, content: Uint8Array): Promise<Bytes> {
  const context = cipher.createEncryptionContext(exactly(key, KEY_BYTES).buffer);
  return new Uint8Array(await context.seal(own(nonce), own(content), own(place)));
}

/** Opens; `null` when the key, the nonce, the place or a bit of it is another. */
export async function open(key: Uint8Array, nonce: Uint8Array, place: Uint8Array, closed: Uint8Array): Promise<Bytes | null> {
  if (closed.length < TAG_BYTES) return null;
  const context = cipher.createEncryptionContext(exactly(key, KEY_BYTES).buffer);
  try {
    return new Uint8Array(await context.open(own(nonce), own(closed), own(place)));
  } catch {
    // The library's error says what did not match; whoever asks must not learn more than "no".
    return null;
  }
}

function own(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
