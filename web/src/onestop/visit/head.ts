// What can be read of a visit before it is opened: until when it is, and how it opens.

import type { Bytes } from '../../seal/form';

const HOUR_MILLIS = 3_600_000;
/** No visit is longer. */
export const VISIT_MILLIS_MAX = 24 * HOUR_MILLIS;
/** Her own words that were not sent stay so long after it; then they go, too. */
export const WORDS_KEPT_MILLIS = 7 * 24 * HOUR_MILLIS;
/** Until when the night is, on the city's clocks. */
const MORNING_HOUR = 9;

/** The server's clock as this device knew it: what it shows is reckoned from there. */
export interface Anchor {
  server: number;
  phone: number;
  speed: number;
}

/** The first record. Nothing in it says who she is, or of whom the rest is. */
export interface Head {
  form: 1;
  /** UTC milliseconds by the server's clock. */
  from: number;
  until: number;
  clock: Anchor;
  /** Of the installation; what her seven words are stretched with. */
  salt: string;
  /** Her passkey's number, where it opens it; `null`: words do. */
  credential: string | null;
  /** The visit's key, closed for her device. */
  key: string;
  /** Of all before it, by her device. */
  signature: string;
}

/** How long a visit may be meant to last. */
export const SPANS = ['short', 'night', 'day'] as const;
export type Span = (typeof SPANS)[number];

/** When a visit ends that begins now; `localHour` is now's on the city's clocks. */
export function endOf(span: Span, now: number, localHour: number): number {
  if (span === 'short') return now + 4 * HOUR_MILLIS;
  if (span === 'day') return now + VISIT_MILLIS_MAX;
  const full = now - (now % HOUR_MILLIS);
  const hours = (MORNING_HOUR - localHour + 24) % 24;
  return full + (hours === 0 ? 24 : hours) * HOUR_MILLIS;
}

/** The time by the server's clock, as the head knows it; never before the latest that was seen. */
export function timeOf({ clock }: Pick<Head, 'clock'>, phone: number, latest = 0): number {
  return Math.max(latest, clock.server + (phone - clock.phone) * clock.speed);
}

/** What may still be kept of a visit at this time. */
export type Lasts = 'all' | 'words' | 'nothing';

export function lasts({ from, until }: Pick<Head, 'from' | 'until'>, now: number): Lasts {
  // An end beyond a day was not made by this page.
  const end = Math.min(until, from + VISIT_MILLIS_MAX);
  return now < end ? 'all' : now < end + WORDS_KEPT_MILLIS ? 'words' : 'nothing';
}

/** The bytes of a head. */
export function headBytes(head: Head): Bytes {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify(head)));
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads a head; `null`: it is none, and nothing that stands beside it can be used. */
export function readHead(bytes: Uint8Array | null): Head | null {
  if (!bytes) return null;
  try {
    const { form, from, until, clock, salt, credential, key, signature } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<keyof Head, unknown>>;
    const { server, phone, speed } = (clock ?? {}) as Partial<Record<keyof Anchor, unknown>>;
    if (form !== 1 || !isNumber(from) || !isNumber(until) || !isNumber(server) || !isNumber(phone) || !isNumber(speed) || speed <= 0) return null;
    if (!isText(salt) || !(credential === null || isText(credential)) || !isText(key) || !isText(signature)) return null;
    return { form, from, until, clock: { server, phone, speed }, salt, credential, key, signature };
  } catch {
    return null;
  }
}

/** A time as it is kept. */
export const timeBytes = (at: number): Bytes => Uint8Array.from(new TextEncoder().encode(String(Math.floor(at))));
export function readTime(bytes: Uint8Array | null): number {
  const read = bytes ? Number(new TextDecoder().decode(bytes)) : 0;
  return Number.isFinite(read) ? read : 0;
}
