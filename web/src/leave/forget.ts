// What the browser itself has kept of this origin's pages, thrown away.

/** Answers with `Clear-Site-Data: "cache"`, and nothing else. */
const FORGET = '/away/forget';

/**
 * Asks the browser to empty its cache for this origin. The cache only: cookies and storage hold a walk
 * under way, the language, and the session of whoever works here. Pages of reports are never cached;
 * this is for what a browser keeps against what it was told, and for its copies of the others. Nobody
 * waits for it, because emptying may take a browser seconds.
 */
export function forgetCache(): void {
  // Without credentials a browser ignores the header.
  fetch(FORGET, { cache: 'no-store', credentials: 'same-origin', keepalive: true }).catch(() => undefined);
}
