// What a visit keeps on the device: closed records under short names that say nothing. How many there
// are and how large, whoever takes the device can count; nothing else.

import type { Bytes } from '../../seal/form';

/** What stands before everything is opened: until when, and with which key it opens. */
export const HEAD = 'h';
/** The latest hour this device has seen: a clock that is turned back wins nothing. */
export const LATEST = 't';
/** The desk: the center, its keys closed for her device, the knocks. */
export const DESK = 'd';
const CASE = 'c';
const WAITING = 'o';

/** The record of the nth case. */
export const caseName = (nth: number): string => `${CASE}${nth}`;
/** The record of an entry that waits, by its number in the order of writing. */
export const waitingName = (seq: number): string => `${WAITING}${seq}`;

/** Whether a record is of the copy: what ends with the visit, unlike her own words. */
export const isCopy = (name: string): boolean => name === DESK || name.startsWith(CASE);
/** The numbers of what waits, in order. */
export function waitingSeqs(names: readonly string[]): number[] {
  return names.filter((name) => name.startsWith(WAITING)).map((name) => Number(name.slice(WAITING.length))).sort((one, other) => one - other);
}

/** Where records are kept. */
export interface Store {
  names(): Promise<string[]>;
  read(name: string): Promise<Bytes | null>;
  /** Writes and removes all of it, or nothing. */
  change(puts: Readonly<Record<string, Bytes>>, removes?: readonly string[]): Promise<void>;
  /** Removes everything, and that there was anything. */
  clear(): Promise<void>;
  /** Nobody else, in no other window, changes anything meanwhile. */
  alone<T>(act: () => Promise<T>): Promise<T>;
}
