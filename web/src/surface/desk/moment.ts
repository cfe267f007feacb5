// When a caller wants to be met, as a clerk types it.

import { hour } from '../../kernel/say';

const MINUTE_MILLIS = 60_000;
const DAY_MINUTES = 1440;

/**
 * `now` or nothing → `undefined`; `+20`, `20분`, `20m` → that many minutes ahead; `23:10` or
 * `2310` → the next time the city's clocks show it; anything else → `null`, not understood.
 */
export function moment(text: string, now: number): number | null | undefined {
  const words = text.trim();
  if (words === '' || /^(now|지금)$/i.test(words)) return undefined;
  const ahead = /^(\+?)(\d{1,3})\s*(분|min|m)?$/.exec(words);
  if (ahead && (ahead[1] || ahead[3])) return Math.round(now + Number(ahead[2]) * MINUTE_MILLIS);
  const clock = /^(\d{1,2}):?(\d{2})$/.exec(words);
  if (!clock || Number(clock[1]) > 24 || Number(clock[2]) > 59) return null;
  const wanted = Number(clock[1]) * 60 + Number(clock[2]);
  const [h = 0, m = 0] = hour(now).split(':').map(Number);
  const wait = (((wanted - (h * 60 + m)) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return Math.floor(now / MINUTE_MILLIS) * MINUTE_MILLIS + wait * MINUTE_MILLIS;
}
