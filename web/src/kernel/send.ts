// Asking and telling the server. Every POST carries an idempotency key made once, so that a
// retry can never become a second request.

import type { ProblemBody, ServesNow } from '../wire';

/** The server said no, in a code both catalogues know. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly servesNow: ServesNow[];
  readonly by: string | null;

  constructor(body: Pick<ProblemBody, 'code' | 'status'> & Partial<ProblemBody>) {
    super(body.title ?? body.code);
    this.code = body.code;
    this.status = body.status;
    this.servesNow = body.serves_now ?? [];
    this.by = body.by ?? null;
  }
}

/** Nothing came back: no network, or no server. */
export class Unreached extends Error {
  readonly code = 'unreached';
}

export interface Sending {
  token?: string | null | undefined;
  key?: string;
  signal?: AbortSignal;
  /** How often to try again when nothing or a passing fault comes back; 2 unless told. */
  retries?: number;
  /** How long one try may take, milliseconds; 10,000 unless told. */
  patience?: number;
}

const wait = (millis: number) => new Promise((done) => setTimeout(done, millis));

/** A key for one act of one person. */
export function newKey(): string {
  // `randomUUID` exists only in secure contexts; a desk on a plain-HTTP test address must work too.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One try, and no second: whoever asks knows what a repeat would mean. */
export async function once<T>(path: string, init: RequestInit, how: Sending): Promise<T> {
  const limit = AbortSignal.timeout(how.patience ?? 10_000);
  const signal = how.signal ? AbortSignal.any([limit, how.signal]) : limit;
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, signal, cache: 'no-store' });
  } catch (reason) {
    if (how.signal?.aborted) throw reason;
    throw new Unreached(String(reason));
  }
  if (answer.status === 204) return undefined as T;
  const text = await answer.text().catch(() => '');
  // Some answers are their status alone.
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  let body: Partial<ProblemBody> = {};
  try {
    body = JSON.parse(text) as ProblemBody;
  } catch {
    // A proxy's error page; the status says enough.
  }
  throw new Problem({ ...body, code: body.code ?? `status.${answer.status}`, status: answer.status });
}

function passing(reason: unknown): boolean {
  return reason instanceof Unreached || (reason instanceof Problem && (reason.status >= 502 || reason.status === 429));
}

async function patiently<T>(path: string, init: RequestInit, how: Sending): Promise<T> {
  const retries = how.retries ?? 2;
  for (let tried = 0; ; tried += 1) {
    try {
      return await once<T>(path, init, how);
    } catch (reason) {
      if (tried >= retries || !passing(reason)) throw reason;
      await wait(300 * 2 ** tried + Math.random() * 200);
    }
  }
}

function headers(how: Sending, more: Record<string, string> = {}): Record<string, string> {
  return { Accept: 'application/json', ...(how.token ? { Authorization: `Bearer ${how.token}` } : {}), ...more };
}

export function get<T>(path: string, how: Sending = {}): Promise<T> {
  return patiently<T>(path, { headers: headers(how) }, how);
}

export function post<T>(path: string, body: unknown = undefined, how: Sending = {}): Promise<T> {
  const more: Record<string, string> = { 'Idempotency-Key': how.key ?? newKey() };
  if (body !== undefined) more['Content-Type'] = 'application/json';
  const init: RequestInit = { method: 'POST', headers: headers(how, more) };
  if (body !== undefined) init.body = JSON.stringify(body);
  return patiently<T>(path, init, how);
}

export function remove(path: string, how: Sending = {}): Promise<void> {
  const more = { 'Idempotency-Key': how.key ?? newKey() };
  return patiently<void>(path, { method: 'DELETE', headers: headers(how, more) }, how);
}

/** Query text from what is set. */
export function query(parts: Record<string, string | number | boolean | null | undefined>): string {
  const set = Object.entries(parts).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
}
