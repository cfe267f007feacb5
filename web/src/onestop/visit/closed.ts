// Records, closed with the key of one visit: padded, so that their length says little, and bound to
// their name, so that none can stand in another's place.

import type { Chance } from '../../seal/chance';
import { close, NONCE_BYTES, open, TAG_BYTES } from '../../seal/cipher';
import { join, label, Reader, Writer, type Bytes } from '../../seal/form';
import { Refusal } from '../../seal/refusal';

/** The smallest record; each further size is twice the one before. */
const LEAST_BYTES = 16 * 1024;
const LENGTH_BYTES = 4;

/** Padded to the next power of two. */
export function padded(content: Uint8Array): Bytes {
  let size = LEAST_BYTES;
  while (size < LENGTH_BYTES + content.length) size *= 2;
  const whole = new Uint8Array(size);
  whole.set(new Writer().lengthPrefixed(content).bytes());
  return whole;
}

const placeOf = (name: string): Bytes => join(label('visit'), new TextEncoder().encode(name));

/** Closes a record. The nonce is drawn: a visit closes some hundred records, none of them twice alike. */
export async function closeRecord(key: Uint8Array, name: string, content: unknown, chance: Chance): Promise<Bytes> {
  const nonce = chance(NONCE_BYTES);
  return join(nonce, await close(key, nonce, placeOf(name), padded(new TextEncoder().encode(JSON.stringify(content)))));
}

/** What a record says; one that was changed or moved is refused. */
export async function openRecord<T>(key: Uint8Array, name: string, closed: Uint8Array): Promise<T> {
  if (closed.length < NONCE_BYTES + TAG_BYTES + LENGTH_BYTES) throw new Refusal('form_broken');
  const whole = await open(key, closed.subarray(0, NONCE_BYTES), placeOf(name), closed.subarray(NONCE_BYTES));
  if (!whole) throw new Refusal('not_for_this_place');
  return JSON.parse(new TextDecoder().decode(new Reader(whole, 'padding_broken').lengthPrefixed())) as T;
}
