// Night or day. Night after dusk unless she chose; the desk starts in the night.

import { KEEP, read, write } from './keep';
import { localHour } from './say';
import { serverNow } from './clock.svelte';

export type Theme = 'night' | 'day';

let chosen = $state<Theme | null>(read<Theme>('phone', KEEP.theme));
let shown = $state<Theme>('night');

function put(theme: Theme): void {
  shown = theme;
  document.documentElement.dataset['theme'] = theme;
}

/** Follows the hour (06–18 is day) until somebody chooses. */
export function followHour(always?: Theme): void {
  if (chosen) return put(chosen);
  if (always) return put(always);
  const hour = localHour(serverNow());
  put(hour >= 6 && hour < 18 ? 'day' : 'night');
}

export function theme(): Theme {
  return shown;
}

export function turn(): void {
  chosen = shown === 'night' ? 'day' : 'night';
  write('phone', KEEP.theme, chosen);
  put(chosen);
}
