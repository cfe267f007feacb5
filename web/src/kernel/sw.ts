// The service worker: what a frightened person needs must open without a network. It keeps the
// citizen's page, the page to leave to, the city's numbers and the haven list. It never keeps
// anything private: no request with a token passes through it, nothing but the two public
// documents below is stored from `/api`, and of the scripts only the citizen's page's own. Whoever
// wrote a report on this phone, or worked on one, has nothing of those pages in its caches.

/// <reference lib="webworker" />

declare const self: ServiceWorkerGlobalScope;
declare const PRECACHE: string[];
/** Scripts and styles the citizen's page may load. A worker of an older edition knows no newer name. */
declare const KEPT: string[];
declare const EDITION: string;

const PAGES = `pages-${EDITION}`;
const LETTERS = 'letters';
const PUBLIC = 'public';
/** The only answers of the interface that are kept: the same for everybody. */
const OFFLINE = ['/api/city', '/api/haven/near'];
const PATIENCE_MILLIS = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(PAGES)
      .then((cache) => cache.addAll(PRECACHE.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        // A visit's cache is the caseworker's page's own; that page takes it away.
        if (name !== PAGES && name !== LETTERS && name !== PUBLIC && !name.startsWith('visit-')) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

/** The network if it answers soon, else what is kept. */
async function fresh(request: Request, name: string, key: string): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match(key);
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok) await cache.put(key, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  const late = new Promise<Response>((done) => setTimeout(() => done(kept.clone()), PATIENCE_MILLIS));
  return Promise.race([asked.catch(() => kept.clone()), late]);
}

/** What is kept, else the network, keeping it: for files whose name carries a hash. */
async function fixed(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.headers.has('authorization')) return;
  if (OFFLINE.includes(url.pathname) && url.search === '') {
    event.respondWith(fresh(request, PUBLIC, url.pathname));
    return;
  }
  // What empties the browser's cache is for the browser itself, past any worker.
  if (['/api/', '/tiles/', '/unkept/', '/away/forget'].some((folder) => url.pathname.startsWith(folder))) return;
  if (request.mode === 'navigate') {
    if (url.pathname === '/' || url.pathname === '/away') event.respondWith(fresh(request, PAGES, url.pathname));
    return;
  }
  if (url.pathname.startsWith('/assets/')) {
    const letters = url.pathname.endsWith('.woff2');
    if (letters || KEPT.includes(url.pathname)) event.respondWith(fixed(request, letters ? LETTERS : PAGES));
    return;
  }
  event.respondWith(caches.open(PAGES).then((cache) => cache.match(request)).then((kept) => kept ?? fetch(request)));
});

export {};
