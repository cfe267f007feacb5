// The alarm leaves the phone: sent at once, kept until the server has it, sent once.
// Part of the page itself (see `surface/citizen/first.ts`), so it may import nothing large.

import { KEEP, read, write } from '../kernel/keep';
import type { ForSender, Grade, LocationCandidate, Raise, Raised } from '../wire';

/** How far a call has come, as the screen says it. */
export type Reach =
  /** On its way. */ | 'sending'
  /** Nothing has come back: say so, offer the phone, keep trying. */ | 'unsent'
  /** The server has it. */ | 'sent';

export interface Call {
  key: string;
  raise: Raise;
  bearer?: string;
  reach: Reach;
  token?: string;
  alarm?: ForSender;
  /** Taken back before it was sent, or while nothing came back: told as soon as possible. */
  retract?: { key: string; pin?: string };
  /** Places found after the press, not yet told. */
  found?: LocationCandidate[];
  /** The last try to take it back was refused (a wrong PIN). */
  refused?: boolean;
}

export interface Pressed {
  escort?: string | undefined;
  bearer?: string | undefined;
  grade?: Grade | undefined;
  locations?: LocationCandidate[] | undefined;
}

interface Pins {
  pin?: string;
  duress_pin?: string;
  loud?: boolean;
}

const SHOW_UNSENT_AFTER_MILLIS = 2500;
const GIVE_UP_ONE_TRY_MILLIS = 8000;
const LONGEST_PAUSE_MILLIS = 8000;
const LOOK_AGAIN_MILLIS = 2000;

function key(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The server's time as this tab last heard it. */
export function pressedAt(): number {
  const known = read<{ server: number; phone: number; speed: number }>('tab', KEEP.clock);
  return Math.round(known ? known.server + (Date.now() - known.phone) * known.speed : Date.now());
}

/** One device's call for help: at most one under way. */
export class Caller {
  call: Call | null = read<Call>('phone', KEEP.alarm);
  private readonly listeners = new Set<() => void>();
  private busy = false;
  private pause = 500;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watched = false;

  constructor() {
    addEventListener('online', () => this.hurry());
    if (this.call && (this.call.reach !== 'sent' || this.call.retract || this.call.found)) this.hurry();
    else if (this.call) this.lookLater();
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A full screen has opened and reads the live feed itself. */
  watch(on: boolean): void {
    this.watched = on;
    if (!on) this.lookLater();
  }

  /** The hold was completed: send first, ask later. */
  press(how: Pressed = {}): void {
    const open = this.call && !this.call.alarm?.closed_at && !this.call.alarm?.retracted_at && !this.call.retract;
    if (this.call && open) {
      // A second hold on an open call does not make a second call, it only hurries the first.
      if (how.grade) void this.grade(how.grade);
      this.hurry();
      this.changed();
      return;
    }
    const pins = read<Pins>('phone', KEEP.pins) ?? {};
    const raise: Raise = { first_at: pressedAt(), locations: how.locations ?? [], silent: pins.loud !== true };
    if (how.grade) raise.grade = how.grade;
    if (how.escort) raise.escort = how.escort;
    if (pins.pin) raise.pin = pins.pin;
    if (pins.duress_pin) raise.duress_pin = pins.duress_pin;
    this.call = { key: key(), raise, reach: 'sending' };
    if (how.bearer) this.call.bearer = how.bearer;
    this.changed();
    this.hurry();
    this.findOut();
  }

  /** Takes an alarm the server made by another road (`trouble`) as this device's own. */
  adopt(raised: Raised): void {
    this.call = { key: key(), raise: { first_at: raised.alarm.sent_at, locations: [], silent: true }, reach: 'sent', alarm: raised.alarm };
    if (raised.token) this.call.token = raised.token;
    this.changed();
    this.lookLater();
    this.findOut();
  }

  /** A newer view, from the live feed. */
  know(alarm: ForSender): void {
    if (!this.call || (this.call.alarm && alarm.number < this.call.alarm.number)) return;
    this.call.alarm = alarm;
    this.changed();
  }

  /** "I pressed by mistake." The alarm stays visible at the desk. */
  retract(pin?: string): void {
    if (!this.call) return;
    this.call.retract = { key: key(), ...(pin ? { pin } : {}) };
    this.call.refused = false;
    this.changed();
    this.hurry();
  }

  /** The till says what it is, after the hold. */
  async grade(grade: Grade): Promise<void> {
    const call = this.call;
    if (!call) return;
    call.raise.grade = grade;
    this.changed();
    if (call.alarm) {
      const answer = await this.tell(`/api/alarm/alarms/${call.alarm.id}/grade`, { grade }, key());
      if (answer?.ok) this.know((await answer.json()) as ForSender);
    }
  }

  /** Forgets the call on this phone: it is over, or she put the page away. */
  forget(): void {
    clearTimeout(this.timer);
    this.call = null;
    this.changed();
  }

  /** Tries now, whatever the pause was. */
  hurry(): void {
    clearTimeout(this.timer);
    this.pause = 500;
    void this.go();
  }

  private changed(): void {
    write('phone', KEEP.alarm, this.call);
    for (const listener of this.listeners) listener();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.go(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MILLIS);
  }

  private async go(): Promise<void> {
    const call = this.call;
    if (!call || this.busy) return;
    this.busy = true;
    try {
      if (call.reach !== 'sent') await this.send(call);
      if (call.reach === 'sent' && call.found) await this.tellPlaces(call);
      if (call.reach === 'sent' && call.retract) await this.takeBack(call);
    } finally {
      this.busy = false;
    }
    if (this.call !== call) return this.call ? this.hurry() : undefined;
    if (call.reach !== 'sent' || call.retract || call.found) this.later();
    else this.lookLater();
  }

  private async send(call: Call): Promise<void> {
    const slow = setTimeout(() => this.unsent(call), navigator.onLine === false ? 0 : SHOW_UNSENT_AFTER_MILLIS);
    const answer = await this.tell('/api/alarm/alarms', call.raise, call.key, call.bearer);
    clearTimeout(slow);
    if (answer?.ok) {
      const raised = (await answer.json()) as Raised;
      call.reach = 'sent';
      call.alarm = raised.alarm;
      if (raised.token) call.token = raised.token;
      if (this.call === call) this.changed();
      return;
    }
    if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408) {
      // Something in it was not understood (an old walk, a strange PIN): send the bare call.
      call.key = key();
      call.raise = { first_at: call.raise.first_at, locations: [], silent: call.raise.silent };
      delete call.bearer;
    }
    this.unsent(call);
  }

  private unsent(call: Call): void {
    if (call.reach === 'sent' || this.call !== call) return;
    call.reach = 'unsent';
    this.changed();
  }

  private async tellPlaces(call: Call): Promise<void> {
    if (!call.alarm || !call.found) return;
    const told = call.found;
    const answer = await this.tell(`/api/alarm/alarms/${call.alarm.id}/locations`, { locations: told }, key());
    if (!answer || answer.status >= 500) return;
    if (call.found === told) delete call.found;
    if (this.call === call) this.changed();
  }

  private async takeBack(call: Call): Promise<void> {
    if (!call.alarm || !call.retract) return;
    const { key: once, pin } = call.retract;
    const answer = await this.tell(`/api/alarm/alarms/${call.alarm.id}/retract`, pin ? { pin } : {}, once);
    if (!answer || answer.status >= 500 || answer.status === 429) return;
    delete call.retract;
    if (answer.ok) {
      call.alarm = (await answer.json()) as ForSender;
      call.refused = false;
    } else call.refused = true;
    if (this.call === call) this.changed();
  }

  private async tell(path: string, body: unknown, once: string, bearer?: string): Promise<Response | null> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), GIVE_UP_ONE_TRY_MILLIS);
    const token = bearer ?? this.call?.token;
    try {
      return await fetch(path, {
        method: 'POST',
        keepalive: true,
        cache: 'no-store',
        signal: limit.signal,
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': once, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Until the full screen reads the feed: has a person seen it? */
  private lookLater(): void {
    clearTimeout(this.timer);
    if (!this.call?.alarm || this.call.alarm.closed_at || this.watched) return;
    this.timer = setTimeout(() => void this.look(), LOOK_AGAIN_MILLIS);
  }

  private async look(): Promise<void> {
    const call = this.call;
    if (!call?.alarm || this.watched) return;
    try {
      const headers: Record<string, string> = call.token ? { Authorization: `Bearer ${call.token}` } : {};
      const answer = await fetch(`/api/alarm/alarms/${call.alarm.id}`, { headers, cache: 'no-store' });
      if (answer.ok && this.call === call) this.know((await answer.json()) as ForSender);
      if (answer.status === 404 || answer.status === 401) return;
    } catch {
      // Offline: what is on screen stays true, with its times.
    }
    this.lookLater();
  }

  /** Where she is, found after the call has left. Refused or unknown is an answer too. */
  private findOut(): void {
    if (!('geolocation' in navigator)) return;
    const call = this.call;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const candidate: LocationCandidate = {
          at: { lat: coords.latitude, lon: coords.longitude },
          accuracy_m: Math.round(coords.accuracy),
          // Browsers do not say which; a wide radius is never a satellite fix.
          source: coords.accuracy <= 100 ? 'gps' : 'network',
          seen_at: pressedAt(),
        };
        if (!call || this.call !== call) return;
        // The body of a call under way never changes (its key promises that): places found later
        // follow it.
        call.found = [candidate, ...(call.found ?? [])].slice(0, 8);
        this.changed();
        if (call.reach === 'sent') this.hurry();
      },
      () => undefined,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 15_000 },
    );
  }
}
