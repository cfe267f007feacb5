// An entry that was written without a network. It knows what its author had read, so that it can be
// laid behind whatever others wrote meanwhile without seeming to have read that, too.

import type { Line } from '../../casework/entries';
import { lastOf, touches, type Content } from '../work';

/** One that waits to be sent. */
export interface Waiting {
  /** Counts up: in this order they go. */
  seq: number;
  /** The case's number, in base64url. */
  caseId: string;
  content: Content;
  /** When she wrote it, UTC milliseconds by the server's clock. */
  at: number;
  /** The highest number that stood in the case and that she had read. */
  prior: number;
  /** Numbers above it that are hers: entries of the same visit that have arrived. */
  mine: number[];
  /** Entries of hers, waiting before it, that she had read. */
  after: number[];
  /** Hashes of what was sent for it, whether an answer came or not. */
  tried: string[];
}

/** Whether its author had read a number. `numberOf`: where those that wait before it stand. */
export function knew({ prior, mine, after }: Waiting, numberOf: ReadonlyMap<number, number> = new Map()): (version: number) => boolean {
  const own = [...mine, ...after.flatMap((seq) => numberOf.get(seq) ?? [])];
  return (version) => version <= prior || own.includes(version);
}

/**
 * The number an entry counts as written after: all there is, or, where somebody set the same thing and
 * its author had not read it, all before that. Then both are kept and a decision is asked for.
 */
export function basedOn(content: Content, known: (version: number) => boolean, entries: readonly Line[]): number {
  const unread = entries.filter((one) => !known(one.version) && (one.is === 'doubted' || touches(content, one.entry)));
  return unread.length === 0 ? lastOf(entries) : Math.min(...unread.map(({ version }) => version)) - 1;
}

/** The entries of a case with those that wait for it behind them, as she reads them meanwhile. */
export function withWaiting(entries: readonly Line[], waiting: readonly Waiting[], by: { center: string; device: string }): Line[] {
  const all = [...entries];
  const numberOf = new Map<number, number>();
  for (const one of waiting) {
    const version = lastOf(all) + 1;
    const base = basedOn(one.content, knew(one, numberOf), all);
    numberOf.set(one.seq, version);
    all.push({ is: 'laid', version, writtenAt: one.at, byHer: false, ownCenter: true, ...by, entry: { ...one.content, base } });
  }
  return all;
}

/**
 * What is known to whoever writes now: `last` is the highest number of the case as it was taken
 * along, and after it come those that wait, in order. A form that was begun earlier (`base`) has read
 * no more than it had then.
 */
export function knowledge(content: Content, last: number, waiting: readonly Waiting[]): Pick<Waiting, 'prior' | 'after'> {
  const base = typeof content['base'] === 'number' ? content['base'] : Number.MAX_SAFE_INTEGER;
  return { prior: Math.min(base, last), after: waiting.filter((_, nth) => last + 1 + nth <= base).map(({ seq }) => seq) };
}
