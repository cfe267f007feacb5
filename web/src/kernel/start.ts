// What every surface does first: words, the city's numbers and clock, the theme, the letters.

import type { City } from '../wire';
import { setClock } from './clock.svelte';
import { get } from './send';
import { liveIn } from './say';
import { followHour, type Theme } from './theme.svelte';

/** Reads the city; the service worker's copy when offline. */
export async function openCity(always?: Theme): Promise<City> {
  const city = await get<City>('/api/city');
  liveIn(city.zone);
  // A copy read offline carries an old clock; a phone's own is closer then.
  if (navigator.onLine !== false) setClock(city.now, city.demo ? undefined : 1);
  followHour(always);
  return city;
}

/** Loads the typeface once nothing else waits. */
export function loadLetters(): void {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving) return;
  const later = typeof requestIdleCallback === 'function' ? requestIdleCallback : (act: () => void) => setTimeout(act, 500);
  // Without a network they do not come; the phone's own letters go on serving.
  const go = () => later(() => void import('./letters').catch(() => undefined));
  if (document.readyState === 'complete') go();
  else addEventListener('load', go, { once: true });
}
