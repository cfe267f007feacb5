// One thing of a case that is set again and again: the intake, the plan, an appointment. An entry
// replaces what its author had read; what two people set without reading each other stands side by
// side until somebody decides, and nothing is lost.

import type { Common } from './entries';

/** Whose an entry is, as its signature proves it. */
export type Author = { is: 'she' } | { is: 'center'; center: string; device: string; own: boolean };

/** An entry with its place in the case. */
export interface Kept<E> {
  version: number;
  /** UTC milliseconds of a full hour. */
  writtenAt: number;
  by: Author;
  entry: E;
}

/** A thing of a case. */
export interface Slot<E> {
  /** What holds; `null`: nothing yet. With rivals: the latest, undecided. */
  now: Kept<E> | null;
  /** Set without having read `now`, nor read by it. */
  rivals: Kept<E>[];
  /** Replaced, in order. */
  before: Kept<E>[];
}

export function emptySlot<E>(): Slot<E> {
  return { now: null, rivals: [], before: [] };
}

/** The number an entry was written after: never its own or a later one. None said: it had read nothing. */
export function baseOf({ version, entry }: Kept<Common>): number {
  return Math.max(0, Math.min(entry.base ?? 0, version - 1));
}

/** The slot with one more entry, which comes after all that stand in it. */
export function put<E extends Common>(slot: Slot<E>, kept: Kept<E>): Slot<E> {
  const base = baseOf(kept);
  const heads = slot.now ? [...slot.rivals, slot.now] : [];
  // The same said twice needs no decision.
  const replaced = heads.filter((head) => head.version <= base || alikeEntries(head.entry, kept.entry));
  return { now: kept, rivals: heads.filter((head) => !replaced.includes(head)), before: [...slot.before, ...replaced] };
}

/** Everything that stands undecided, in order; empty: nothing to decide. */
export function undecided<E>(slot: Slot<E>): Kept<E>[] {
  return slot.rivals.length > 0 && slot.now ? [...slot.rivals, slot.now] : [];
}

/** Text that is the same for the same value, whatever the order of its fields. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}

/** Whether two say the same, apart from what they were written after. */
export function alikeEntries(one: Common, other: Common): boolean {
  return differences(one, other).length === 0;
}

/** The fields two entries differ in. */
export function differences(one: Common, other: Common): string[] {
  const [of, than] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = [...new Set([...Object.keys(of), ...Object.keys(than)])].sort();
  return names.filter((name) => name !== 'base' && canonical(of[name]) !== canonical(than[name]));
}
