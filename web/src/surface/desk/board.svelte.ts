// The desk's board: one list, alarms first. What is selected, what is muted, what is stale.

import { now, serverNow, setClock } from '../../kernel/clock.svelte';
import { listen, type Feed } from '../../kernel/feed';
import { get, newKey, post } from '../../kernel/send';
import type { AlarmForDesk, AlarmItem, Board, ForDesk, WalkItem } from '../../wire';
import { sitting } from '../../session/session.svelte';

export type Item = { kind: 'alarm'; id: string; alarm: AlarmItem } | { kind: 'walk'; id: string; walk: WalkItem };

/** A board that has not been renewed for this long may be wrong: say so across the top. */
const STALE_MILLIS = 30_000;
const MUTE_MILLIS = 60_000;

class Desk {
  board = $state.raw<Board | null>(null);
  live = $state(false);
  /** When the feed was last known alive, by this machine's clock. */
  heardAt = $state(Date.now());
  lostAt = $state<number | null>(null);
  selected = $state<string | null>(null);
  incident = $state.raw<ForDesk | null>(null);
  alarm = $state.raw<AlarmForDesk | null>(null);
  reason = $state<unknown>(null);
  finding = $state('');
  muted = $state<Record<string, number>>({});
  private feed: Feed | null = null;

  start(): () => void {
    void get<Board>('/api/desk/board').then((board) => this.take(board), (reason: unknown) => (this.reason = reason));
    this.feed = listen<Board>({
      path: '/api/desk/live',
      onEvent: (board) => this.take(board),
      onLive: (live) => {
        this.live = live;
        if (live) {
          this.heardAt = Date.now();
          this.lostAt = null;
        } else this.lostAt ??= Date.now();
      },
      onGone: () => void sitting.look(),
    });
    return () => this.feed?.close();
  }

  private take(board: Board): void {
    if (this.board && board.number < this.board.number) return;
    const before = this.board;
    this.board = board;
    setClock(board.now);
    const fresh = (list: { id: string }[] | undefined) => JSON.stringify(list?.find((one) => one.id === this.selected));
    if (this.selected && before && (fresh(before.walks) !== fresh(board.walks) || fresh(before.alarms) !== fresh(board.alarms))) void this.read();
  }

  /** The whole queue, as the server ordered it, narrowed by what was typed into "find". */
  get items(): Item[] {
    if (!this.board) return [];
    const all: Item[] = [
      ...this.board.alarms.map((alarm): Item => ({ kind: 'alarm', id: alarm.id, alarm })),
      ...this.board.walks.map((walk): Item => ({ kind: 'walk', id: walk.id, walk })),
    ];
    const words = this.finding.trim().toLowerCase();
    if (!words) return all;
    return all.filter((item) => JSON.stringify(item).toLowerCase().includes(words));
  }

  /** Stale: the feed is broken off, and has been for a while. */
  get stale(): boolean {
    void now();
    return this.lostAt !== null && Date.now() - this.lostAt > 3000 && Date.now() - this.heardAt > STALE_MILLIS / 6;
  }

  get selfTestFailed(): boolean {
    const test = this.board?.self_test;
    if (!test) return false;
    // Not yet run since the start is not a failure; an old one is.
    if (test.at == null) return false;
    return !test.arrived || now() - test.at > 180_000;
  }

  move(by: number): void {
    const list = this.items;
    if (list.length === 0) return;
    const at = list.findIndex((item) => item.id === this.selected);
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by))];
    if (next) void this.open(next.id);
  }

  /** Opening an item is what makes it seen. */
  async open(id: string): Promise<void> {
    if (this.selected !== id) {
      this.incident = null;
      this.alarm = null;
    }
    this.selected = id;
    this.reason = null;
    await this.read();
  }

  async read(): Promise<void> {
    const id = this.selected;
    if (!id) return;
    try {
      if (id.startsWith('alm_')) {
        const alarm = await get<AlarmForDesk>(`/api/alarm/alarms/${id}/for-desk`);
        if (this.selected === id) this.alarm = alarm;
      } else {
        const incident = await get<ForDesk>(`/api/escort/requests/${id}/for-desk`);
        if (this.selected === id) this.incident = incident;
      }
    } catch (reason) {
      if (this.selected === id) this.reason = reason;
    }
  }

  /** Space: takes on the selected alarm, or the worst one nobody has taken on. */
  async acknowledge(): Promise<void> {
    const list = this.items;
    const chosen = list.find((item) => item.id === this.selected && item.kind === 'alarm' && item.alarm.seen_at == null);
    const worst = list.find((item) => item.kind === 'alarm' && item.alarm.seen_at == null);
    const walk = list.find((item) => item.id === this.selected && item.kind === 'walk' && item.walk.stage === 'sent') ?? list.find((item) => item.kind === 'walk' && item.walk.stage === 'sent');
    const item = chosen ?? worst ?? walk;
    if (!item) return;
    await this.act(async () => {
      if (item.kind === 'alarm') {
        const alarm = await post<AlarmForDesk>(`/api/alarm/alarms/${item.id}/acknowledge`, undefined, { key: newKey() });
        this.selected = item.id;
        this.alarm = alarm;
        this.incident = null;
      } else {
        const incident = await post<ForDesk>(`/api/escort/requests/${item.id}/see`, undefined, { key: newKey() });
        this.selected = item.id;
        this.incident = incident;
        this.alarm = null;
      }
    });
  }

  /** Does something, keeping the refusal where the desk can read it. */
  async act(what: () => Promise<void>): Promise<boolean> {
    this.reason = null;
    try {
      await what();
      return true;
    } catch (reason) {
      this.reason = reason;
      return false;
    }
  }

  mute(id: string): void {
    this.muted = { ...this.muted, [id]: Date.now() + MUTE_MILLIS };
  }

  /** Alarms that should sound: nobody has taken them on, and they are not muted. */
  get sounding(): AlarmItem[] {
    void now();
    return (this.board?.alarms ?? []).filter((alarm) => alarm.seen_at == null && (this.muted[alarm.id] ?? 0) < Date.now());
  }

  /** Age of a position now: what the server said, plus what has passed since. */
  age(seconds: number): number {
    void now();
    return seconds + Math.max(0, (serverNow() - (this.board?.now ?? serverNow())) / 1000);
  }
}

export const desk = new Desk();
