// The page's own files on a device that has a visit prepared: a worker whose scope is this page, and
// what it keeps. Put there when she prepares, taken away when the visit ends.

const WORKER = '/visit.js';
const SCOPE = '/case';
const CACHES = 'visit-';

async function ours(): Promise<ServiceWorkerRegistration | null> {
  const all = await navigator.serviceWorker.getRegistrations();
  return all.find(({ scope }) => new URL(scope).pathname === SCOPE) ?? null;
}

/** Puts the files there, so that the page opens without a network. Fails whole. */
export async function putThere(): Promise<void> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: 'none' });
  const worker = registration.installing ?? registration.waiting;
  if (worker) await activated(worker);
  if (!registration.active) throw new Error('the page could not be kept');
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((done, failed) => {
    const look = () => {
      if (worker.state === 'activated') done();
      if (worker.state === 'redundant') failed(new Error('the page could not be kept'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** Takes all of it away. */
export async function putAway(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(CACHES)) await caches.delete(name);
  await (await ours())?.unregister();
}
