// Whether a center may still write down its work, as her consent stands now.

import type { Opened } from '../case';
import { CASEWORK } from '../content';

/** Why it may not. */
export type Barred = 'taken_back' | 'not_for_us' | 'no_column' | 'ended';

/** Why this center cannot write at this time; `null`: it can. */
export function barredFrom(opened: Opened, now: number): Barred | null {
  if (opened.takenBackAt !== null) return 'taken_back';
  const { compartments, endsAt } = opened.consent;
  if (!(compartments as readonly number[]).includes(CASEWORK)) return 'not_for_us';
  if (endsAt !== 0n && BigInt(Math.floor(now)) >= endsAt) return 'ended';
  return opened.places.some(({ reader }) => reader === 'herself') ? null : 'no_column';
}
