// A visit on this device, as the page shows it: until when, how many cases, what waits. What it opened
// is in memory only and goes with the lock.

import { browserStore, canTakeAlong } from '../../../onestop/visit/browser';
import type { Carried, Stuck } from '../../../onestop/visit/carry';
import type { Owner, Visit } from '../../../onestop/visit/copy';
import { lasts, timeBytes, timeOf } from '../../../onestop/visit/head';
import { endCopy, keptIn, type Kept } from '../../../onestop/visit/kept';
import { LATEST } from '../../../onestop/visit/store';
import type { Waiting } from '../../../onestop/visit/waiting';
import type { City } from '../../../wire';
import { putAway } from './kit';

/** Why a copy is gone. */
export type Ended = 'done' | 'time' | 'signed_out' | 'no_key' | 'seat_ended';

class Visiting {
  /** What is on this device; `null`: nothing. */
  here = $state.raw<Kept | null>(null);
  /** What waits, as far as it was opened, in order. */
  waiting = $state.raw<readonly Waiting[]>([]);
  /** Why some of it did not go. */
  stuck = $state.raw<ReadonlyMap<number, Stuck>>(new Map());
  sending = $state(false);
  /** How many have arrived since the page was opened. */
  arrived = $state(0);
  ended = $state<Ended | null>(null);
  /** Whether what is here belongs to another key than the one that is open. */
  foreign = $state(false);
  opened = $state.raw<Visit | null>(null);
  /** The city's telephone numbers and clocks, as they were taken along. */
  city = $state.raw<City | null>(null);
  readonly store = browserStore();

  /** Looks what is here, and lets go what has had its time. */
  async look(): Promise<void> {
    if (!canTakeAlong()) return;
    const found = await keptIn(this.store).catch(() => null);
    if (!found) {
      this.here = null;
      // What nothing stands before can be opened by nobody.
      if ((await this.store.names().catch(() => [])).length > 0) await this.#gone();
      return;
    }
    const now = timeOf(found.head, Date.now(), found.latest);
    const stays = lasts(found.head, now);
    if (stays === 'nothing' || (stays === 'words' && found.waiting === 0)) {
      this.ended = 'time';
      return this.#gone();
    }
    if (stays === 'words' && found.copy) {
      this.ended = 'time';
      await this.end();
      return;
    }
    if (now > found.latest + 60_000) await this.store.change({ [LATEST]: timeBytes(now) }).catch(() => undefined);
    this.here = found;
  }

  /** Looks again as soon as the time is over. */
  age(): void {
    if (this.here?.copy && lasts(this.here.head, this.now()) !== 'all') void this.look();
  }

  /** The time by the clock the visit goes by, UTC milliseconds. */
  now(): number {
    return this.here ? timeOf(this.here.head, Date.now(), this.here.latest) : Date.now();
  }

  /** Opens what is here with her key; `false`: it is another's. */
  async unlock(owner: Owner): Promise<boolean> {
    const [{ Visit }, { browserChance }] = await Promise.all([import('../../../onestop/visit/copy'), import('../../../seal/chance')]);
    try {
      const visit = await Visit.open(this.store, owner, browserChance);
      this.opened?.forget();
      this.opened = visit;
      this.foreign = false;
      await this.count();
      return true;
    } catch (reason) {
      if ((reason as Error).name !== 'Refusal') throw reason;
      this.foreign = true;
      return false;
    }
  }

  /** Reads again what waits. */
  async count(): Promise<void> {
    this.waiting = (await this.opened?.waiting()) ?? [];
    this.here = await keptIn(this.store);
  }

  /** Forgets what was opened; what is closed stays. */
  lock(): void {
    this.opened?.forget();
    this.opened = null;
    this.waiting = [];
    this.stuck = new Map();
    this.foreign = false;
  }

  async told({ seq, stuck }: Carried): Promise<void> {
    const all = new Map(this.stuck);
    if (stuck) all.set(seq, stuck);
    else {
      all.delete(seq);
      this.arrived += 1;
    }
    this.stuck = all;
    await this.count();
  }

  /** She lets her own words go. */
  async letGo(seq: number): Promise<void> {
    await this.opened?.letGo(seq);
    await this.count();
    await this.tidy();
  }

  /** Where neither a copy nor a word is left, nothing is. */
  async tidy(): Promise<void> {
    if (this.here && !this.here.copy && this.here.waiting === 0) await this.#gone();
  }

  /** Ends the visit: the copy goes, and the page's files. What waits stays, unless it is let go, too. */
  async end(words = false): Promise<void> {
    if (words) return this.#gone();
    await endCopy(this.store);
    await putAway();
    this.here = await keptIn(this.store);
    if (!this.here) this.lock();
  }

  async #gone(): Promise<void> {
    await this.store.clear();
    await putAway();
    this.here = null;
    this.lock();
  }
}

/** What was taken along. */
export const visit = new Visiting();
