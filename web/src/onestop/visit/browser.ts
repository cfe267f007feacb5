// The store as a browser keeps it: one database, made when a visit is prepared and gone when it ends.

import type { Bytes } from '../../seal/form';
import { HEAD, type Store } from './store';

/** A name that says nothing to whoever lists what this browser keeps. */
const NAME = 'v';
const TURN = 'v';

/** Whether this browser has all that a visit takes. */
export function canTakeAlong(): boolean {
  return typeof indexedDB !== 'undefined' && typeof caches !== 'undefined' && typeof navigator !== 'undefined' && 'serviceWorker' in navigator && 'locks' in navigator;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error('the store did not answer'));
  });
}

/** Opens the database; where there is none, `null`, and none is made. */
function opened(make: boolean): Promise<IDBDatabase | null> {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    let none = false;
    request.onupgradeneeded = () => {
      if (make) request.result.createObjectStore(NAME);
      else {
        none = true;
        request.transaction?.abort();
      }
    };
    request.onsuccess = () => {
      // Another window ends the visit: it does not wait for this one.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => (none ? done(null) : failed(request.error ?? new Error('the store did not open')));
  });
}

/** The store of this browser. */
export function browserStore(): Store {
  /** One opening for each act: between two acts another window may have removed it all. */
  async function within<T>(make: boolean, act: (all: IDBDatabase) => Promise<T>, none: T): Promise<T> {
    const all = await opened(make);
    if (!all) return none;
    try {
      return await act(all);
    } finally {
      all.close();
    }
  }
  return {
    names: () => within(false, async (all) => (await asked(all.transaction(NAME).objectStore(NAME).getAllKeys())).map(String), []),
    read: (name) => within<Bytes | null>(false, async (all) => ((await asked(all.transaction(NAME).objectStore(NAME).get(name))) as Bytes | undefined) ?? null, null),
    async change(puts, removes = []) {
      // Only what begins a visit makes room for one: another window may have ended it meanwhile.
      const kept = await within(
        Object.hasOwn(puts, HEAD),
        (all) =>
          new Promise<boolean>((done, failed) => {
            // Written through before it counts as kept: she may walk out of reach the next second.
            const change = all.transaction(NAME, 'readwrite', { durability: 'strict' });
            change.oncomplete = () => done(true);
            change.onabort = change.onerror = () => failed(change.error ?? new Error('nothing was kept'));
            const records = change.objectStore(NAME);
            for (const name of removes) records.delete(name);
            for (const [name, bytes] of Object.entries(puts)) records.put(bytes, name);
          }),
        false,
      );
      if (!kept && Object.keys(puts).length > 0) throw new Error('the visit has ended');
    },
    async clear() {
      await within(
        false,
        (all) =>
          new Promise<void>((done, failed) => {
            const change = all.transaction(NAME, 'readwrite', { durability: 'strict' });
            change.oncomplete = () => done();
            change.onabort = change.onerror = () => failed(change.error ?? new Error('nothing was removed'));
            change.objectStore(NAME).clear();
          }),
        undefined,
      );
      await asked(indexedDB.deleteDatabase(NAME));
    },
    alone: (act) => navigator.locks.request(TURN, act) as ReturnType<typeof act>,
  };
}
