// The worker of a visit: it lets the caseworker's page open where there is no network, on a device that
// has a visit prepared. Its scope is that page; no other page of ours passes through it. It keeps the
// page's own files and nothing else: no answer of the interface, nothing anybody wrote. When the visit
// ends the page takes it away, with all that it kept.

/// <reference lib="webworker" />

declare const self: ServiceWorkerGlobalScope;
/** The page, and every script and style it may load. */
declare const FILES: string[];
declare const EDITION: string;

/** Caches that begin so are a visit's; the citizen's worker leaves them alone. */
const VISIT = 'visit-';
const KEPT = `${VISIT}${EDITION}`;
const PAGE = '/case';
/** A line that is there and carries nothing is no network. */
const PATIENCE_MILLIS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((cache) => cache.addAll(FILES.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith(VISIT) && name !== KEPT) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(KEPT)).match(path, { ignoreVary: true });
}

/** The page from the network if it comes soon, else the one that is kept. */
async function page(request: Request): Promise<Response> {
  const own = await kept(PAGE);
  if (!own) return fetch(request);
  const asked = fetch(request).then((answer) => (answer.status < 500 ? answer : own.clone()));
  const late = new Promise<Response>((done) => setTimeout(() => done(own.clone()), PATIENCE_MILLIS));
  return Promise.race([asked.catch(() => own.clone()), late]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === PAGE || pathname === `${PAGE}/`) event.respondWith(page(request));
    return;
  }
  // Their names carry a hash of what is in them.
  if (FILES.includes(pathname)) event.respondWith(kept(pathname).then((own) => own ?? fetch(request)));
});

export {};
