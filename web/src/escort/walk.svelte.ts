// The walk this phone asked for: kept through a reload, followed live, forgotten when it ends.

import { KEEP, read, write } from '../kernel/keep';
import { listen, type Feed } from '../kernel/feed';
import { get, post } from '../kernel/send';
import type { Ask, Asked, CancelReason, ForRequester, Raised, Stage } from '../wire';

interface Kept {
  id: string;
  token: string;
  view: ForRequester;
  /** By the phone's own clock. */
  since: number;
  /** Put away by leaving: the start page does not show it by itself. */
  away?: boolean;
}

const FORGET_AFTER_MILLIS = 12 * 3_600_000;
const ENDED: readonly Stage[] = ['home', 'cancelled', 'refused'];

export function ended(stage: Stage): boolean {
  return ENDED.includes(stage);
}

class Walk {
  view = $state<ForRequester | null>(null);
  live = $state(false);
  /** She left in a hurry; the walk waits behind a plain line. */
  away = $state(false);
  private token: string | null = null;
  private feed: Feed | null = null;

  constructor() {
    const kept = read<Kept>('phone', KEEP.walk);
    if (!kept) return;
    if (Date.now() - kept.since > FORGET_AFTER_MILLIS) {
      write('phone', KEEP.walk, null);
      return;
    }
    this.token = kept.token;
    this.view = kept.view;
    this.away = kept.away === true;
    this.follow();
  }

  /** The bearer of this walk alone, for an alarm raised from it. */
  get bearer(): string | null {
    return this.token;
  }

  async ask(body: Ask, key: string): Promise<ForRequester> {
    const asked = await post<Asked>('/api/escort/requests', body, { key });
    this.token = asked.token ?? null;
    this.take(asked.request);
    if (!ended(asked.request.stage)) this.follow();
    return asked.request;
  }

  async cancel(reason: CancelReason, key: string): Promise<void> {
    if (!this.view) return;
    this.take(await post<ForRequester>(`/api/escort/requests/${this.view.id}/cancel`, { reason }, { token: this.token, key }));
  }

  async trouble(key: string): Promise<Raised | null> {
    if (!this.view) return null;
    return post<Raised>(`/api/escort/requests/${this.view.id}/trouble`, undefined, { token: this.token, key });
  }

  /** Back from leaving: she wants to see it again. */
  resume(): void {
    this.away = false;
    this.save();
  }

  /** It is over, and read. */
  put(): void {
    this.feed?.close();
    this.feed = null;
    this.view = null;
    this.token = null;
    write('phone', KEEP.walk, null);
  }

  private follow(): void {
    this.feed?.close();
    if (!this.view || ended(this.view.stage)) return;
    const path = `/api/escort/requests/${this.view.id}`;
    void get<ForRequester>(path, { token: this.token, retries: 0 }).then(
      (view) => this.take(view),
      (reason: { status?: number }) => {
        if (reason.status === 404 || reason.status === 401) this.put();
      },
    );
    this.feed = listen<ForRequester>({
      path: `${path}/live`,
      token: this.token,
      onEvent: (view) => this.take(view),
      onLive: (live) => (this.live = live),
      onGone: () => (this.live = false),
    });
  }

  private take(view: ForRequester): void {
    if (this.view && this.view.id === view.id && view.number < this.view.number) return;
    const before = this.view?.stage;
    this.view = view;
    if (before && before !== view.stage) navigator.vibrate?.(80);
    if (ended(view.stage)) {
      this.feed?.close();
      this.feed = null;
      write('phone', KEEP.walk, null);
    } else this.save();
  }

  private save(): void {
    if (!this.view || !this.token || ended(this.view.stage)) return;
    const since = read<Kept>('phone', KEEP.walk)?.since ?? Date.now();
    const kept: Kept = { id: this.view.id, token: this.token, view: this.view, since };
    if (this.away) kept.away = true;
    write('phone', KEEP.walk, kept);
  }
}

export const walk = new Walk();
