// What of a visit is on this device, and how it goes. Nothing here opens anything.

import { readHead, readTime, type Head } from './head';
import { DESK, HEAD, isCopy, LATEST, waitingSeqs, type Store } from './store';

export interface Kept {
  head: Head;
  /** Cases that are kept. */
  cases: number;
  /** Whether there is a copy at all; without one only her own words wait. */
  copy: boolean;
  /** Entries that wait. */
  waiting: number;
  /** The latest time that was seen, UTC milliseconds. */
  latest: number;
}

/** What is kept; `null`: nothing that could be opened. */
export async function keptIn(store: Store): Promise<Kept | null> {
  const head = readHead(await store.read(HEAD));
  if (!head) return null;
  const names = await store.names();
  return {
    head, copy: names.includes(DESK), cases: names.filter((name) => isCopy(name) && name !== DESK).length,
    waiting: waitingSeqs(names).length, latest: readTime(await store.read(LATEST)),
  };
}

/** The copy goes; her own words stay until they are sent or she lets them go. */
export async function endCopy(store: Store): Promise<void> {
  await store.alone(async () => {
    const names = await store.names();
    if (waitingSeqs(names).length === 0) await store.clear();
    else await store.change({}, names.filter(isCopy));
  });
}
