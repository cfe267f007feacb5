// Asking the one-stop routes. No cookie goes along, no key, no token, nothing is kept; what is asked
// stands in the body. An answer is waited for long, because a phone on a bad network sends slowly.

import { once } from '../kernel/send';

const PATIENCE_MILLIS = 90_000;

const bare = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const;

/** Reads. */
export function ask<T>(path: string): Promise<T> {
  return once<T>(`/api/onestop/${path}`, { ...bare, headers: { Accept: 'application/json' } }, { patience: PATIENCE_MILLIS });
}

/** Tells. A text goes as it is, so that the same bytes go twice. */
export function tell<T>(path: string, body: unknown): Promise<T> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return once<T>(`/api/onestop/${path}`, { ...bare, method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }, { patience: PATIENCE_MILLIS });
}
