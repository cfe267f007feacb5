// Leaving at once: a cover over the page within a frame, then a neutral page of our own in its
// place, so that "back" finds nothing.
//
// What is forgotten: everything she typed. What is kept: a walk or an alarm under way, because a
// team is on its way to her and losing the page must not strand her. It is marked as put away, so
// that whoever opens the address next sees the plain start page, not the walk.

import { KEEP, read, write } from '../kernel/keep';

const TIMES = 3;
const WITHIN_MILLIS = 5000;

/** Where leaving leads: our own origin, nothing about Waylight on it. */
export const AWAY = '/away';

export function leave(): void {
  const cover = document.createElement('div');
  cover.id = 'cover';
  cover.setAttribute('style', 'position:fixed;inset:0;z-index:2147483647;background:#fff');
  document.documentElement.append(cover);
  document.title = ' ';
  write('tab', KEEP.typed, null);
  const walk = read<Record<string, unknown>>('phone', KEEP.walk);
  if (walk) write('phone', KEEP.walk, { ...walk, away: true });
  location.replace(AWAY);
}

/** Shift three times within five seconds. */
export function listenForShift(act: () => void = leave): () => void {
  let times: number[] = [];
  const up = (event: KeyboardEvent) => {
    if (event.key !== 'Shift') {
      times = [];
      return;
    }
    times = [...times.filter((at) => event.timeStamp - at < WITHIN_MILLIS), event.timeStamp];
    if (times.length >= TIMES) {
      times = [];
      act();
    }
  };
  addEventListener('keyup', up);
  return () => removeEventListener('keyup', up);
}
