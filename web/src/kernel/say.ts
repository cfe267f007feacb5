// Times and lengths as people say them: relative and absolute, units spelled out.

import { language, t } from './lang.svelte';

let zone = 'Asia/Seoul';

/** Sets the city's time zone. */
export function liveIn(iana: string): void {
  zone = iana;
}

/** `22:43`, on the city's clocks. */
export function hour(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone, hourCycle: 'h23' }).format(at);
}

/** Beyond this, an hour alone could be taken for today's. */
const SOON_MILLIS = 12 * 3_600_000;

/** `22:43`; with the day in front when it is half a day or more away. */
export function dayHour(at: number, now: number): string {
  if (Math.abs(at - now) < SOON_MILLIS) return hour(at);
  const named = new Intl.DateTimeFormat(language(), { weekday: 'short', month: 'numeric', day: 'numeric', timeZone: zone }).format(at);
  return `${named} ${hour(at)}`;
}

/** The hour of day (0–23) and minutes in the city. */
export function localHour(at: number): number {
  return Number(hour(at).slice(0, 2));
}

/** How long: `8 s`, `3 min`, `2 h`. Never negative. */
export function span(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return t('say-seconds', { n: seconds });
  if (seconds < 3600) return t('say-minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return t('say-hours', { n: Math.floor(seconds / 3600) });
  return t('say-days', { n: Math.floor(seconds / 86_400) });
}

/** `3 min · 22:43`. */
export function both(at: number, now: number): string {
  return now >= at ? `${t('say-ago', { span: span(now - at) })} · ${dayHour(at, now)}` : `${t('say-in', { span: span(at - now) })} · ${dayHour(at, now)}`;
}

/** Minutes of a walk, at least one. */
export function minutes(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

/** Metres, rounded as far as they are worth knowing. */
export function metres(length: number): string {
  return length < 1000 ? `${Math.round(length)} m` : `${(length / 1000).toFixed(1)} km`;
}

/** A registry date, `2019-06-05`, as people write it. */
export function date(iso: string): string {
  const parsed = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return iso;
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(parsed);
}

/** Straight metres between two points (haversine), for lists read without a network. */
export function straight(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}
