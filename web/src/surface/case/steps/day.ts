// Days and hours of the work, as people at a center say them.

import { localDateOf } from '../../../casework/elapsed';
import type { LocalDate, LocalTime } from '../../../casework/entries';
import { now } from '../../../kernel/clock.svelte';
import { date, dayHour } from '../../../kernel/say';

/** What is kept of a moment: the hour, with the day in front unless it is today's. */
export const dayOf = (at: number): string => dayHour(at, now());

/** The day it is in the city. */
export const today = (zone: string): LocalDate => localDateOf(now(), zone);

/** A minute on the city's clocks, in words. */
export function timeOf(at: LocalTime): string {
  const [day = '', minute = ''] = at.split('T');
  return `${date(day)} ${minute}`;
}
