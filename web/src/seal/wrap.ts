// A compartment's key, closed for each of the eight columns (SPEC §5). Where nobody may read, a
// dummy stands that looks the same: what is stored says neither how many may read nor what.

import type { Chance } from './chance';
import { KEY_BYTES } from './cipher';
import { placeStart, type Place } from './compartment';
import { DIGEST_BYTES } from './digest';
import { enclose, ENVELOPE_BYTES, publicKeyOf, SEED_BYTES } from './envelope';
import { exactly, label, within, Writer, type Bytes } from './form';
import type { Opener } from './keys';
import { Refusal } from './refusal';

/** Columns of a case. */
export const COLUMNS = 8;
/** Bytes of a wrap. */
export const WRAP_BYTES = ENVELOPE_BYTES;

/** What everybody sees of a column. */
export interface Column {
  /** `H` of its consent, or 32 random bytes. */
  mark: Uint8Array;
}

/** A key and the column it was found in. */
export interface Found {
  key: Bytes;
  column: number;
}

function placeOf(place: Place, column: number, { mark }: Column): Bytes {
  const start = placeStart(new Writer().raw(label('wrap')), place);
  return start.u8(within(column, 0, COLUMNS - 1)).fixed(mark, DIGEST_BYTES).bytes();
}

/** Closes a compartment's key for the reader of a column. */
export async function wrapFor(publicKey: Uint8Array, key: Uint8Array, place: Place, column: number, beside: Column, chance: Chance): Promise<Bytes> {
  return enclose(publicKey, 'wrap', placeOf(place, column, beside), exactly(key, KEY_BYTES), chance);
}

/** The same of a random key, to a public key made for it and forgotten: nobody opens it. */
export async function dummyWrap(place: Place, column: number, beside: Column, chance: Chance): Promise<Bytes> {
  return wrapFor(await publicKeyOf(chance(SEED_BYTES)), chance(KEY_BYTES), place, column, beside, chance);
}

/** Refuses what is not eight whole wraps, before anything is opened. */
export function wholeWraps(wraps: readonly Uint8Array[]): void {
  if (wraps.length !== COLUMNS) throw new Refusal('wraps_not_eight');
  if (wraps.some((wrap) => wrap.length !== WRAP_BYTES)) throw new Refusal('wrap_not_whole');
}

/** Opens the wrap of a column known already. */
export async function openWrap(opener: Opener, wraps: readonly Uint8Array[], place: Place, columns: readonly Column[], column: number): Promise<Bytes> {
  wholeWraps(wraps);
  const wrap = wraps[within(column, 0, COLUMNS - 1)];
  const beside = columns[column];
  if (!wrap || !beside) throw new Refusal('form_broken');
  const key = await opener.disclose('wrap', placeOf(place, column, beside), wrap);
  if (!key) throw new Refusal('not_for_you');
  return key;
}

/** The same with the keys of several epochs, the newest first; `opener` says which of them it was. */
export async function findAmong(openers: readonly Opener[], wraps: readonly Uint8Array[], place: Place, columns: readonly Column[]): Promise<Found & { opener: number }> {
  wholeWraps(wraps);
  for (const [opener, one] of openers.entries()) {
    const found = await findColumn(one, wraps, place, columns).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'not_for_you') return null;
      throw error;
    });
    if (found) return { ...found, opener };
  }
  throw new Refusal('not_for_you');
}

/** Finds the column that opens for this reader by trying all; later the number is known. */
export async function findColumn(opener: Opener, wraps: readonly Uint8Array[], place: Place, columns: readonly Column[]): Promise<Found> {
  wholeWraps(wraps);
  if (columns.length !== COLUMNS) throw new Refusal('form_broken');
  for (const [column, beside] of columns.entries()) {
    const wrap = wraps[column];
    const key = wrap && (await opener.disclose('wrap', placeOf(place, column, beside), wrap));
    if (key) return { key, column };
  }
  throw new Refusal('not_for_you');
}
