// Invented lines of an invented case, for tests.

import type { Entry, Line } from './entries';
import type { People } from './fold';

export const HOUR = 3_600_000;
/** 2026-11-27, 09:00 in Seoul. */
export const START = Date.UTC(2026, 10, 27, 0);
export const ZONE = 'Asia/Seoul';
export const CENTER = 'center-a';

/** Two caseworkers, one of them with two devices, a supervisor, and a supervisor of another center. */
export const PEOPLE: Readonly<Record<string, { person: string; supervises: boolean }>> = {
  haneul: { person: 'haneul', supervises: false },
  'haneul-2': { person: 'haneul', supervises: true },
  bada: { person: 'bada', supervises: false },
  sol: { person: 'sol', supervises: true },
  elsewhere: { person: 'elsewhere', supervises: true },
};
export const people: People = (device) => PEOPLE[device] ?? null;

/** Who writes: `she`, or a device. */
export type Writer = 'she' | keyof typeof PEOPLE | 'stranger';

/** A case that grows line by line, an hour each. */
export class SampleCase {
  readonly lines: Line[] = [];

  /** Writes an entry as it comes out of the seal; `base` is the last line unless it says otherwise. */
  write(by: Writer, entry: Entry | { entry: string; [field: string]: unknown }, at = START + this.lines.length * HOUR): number {
    const version = this.lines.length + 1;
    const byHer = by === 'she';
    const center = byHer ? null : by === 'elsewhere' ? 'center-b' : CENTER;
    this.lines.push({
      is: 'laid', version, writtenAt: at, byHer, ownCenter: center === CENTER, center, device: byHer ? null : by,
      entry: { base: version - 1, ...entry } as { entry: string; [field: string]: unknown },
    });
    return version;
  }

  /** A line nobody can believe. */
  doubt(): number {
    const version = this.lines.length + 1;
    this.lines.push({ is: 'doubted', version, writtenAt: START, why: 'signature_wrong' });
    return version;
  }
}

/** Random numbers that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
