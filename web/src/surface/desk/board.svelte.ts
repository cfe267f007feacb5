// The desk's board: one list, alarms first, told whole and then by changes. What is selected, what is
// muted, what is stale.

import { now, setClock } from '../../kernel/clock.svelte';
import { listen, type Feed } from '../../kernel/feed';
import { get, newKey, post } from '../../kernel/send';
import type { AlarmForDesk, Board, BoardChange, ForDesk } from '../../wire';
import { sitting } from '../../session/session.svelte';
import { changed } from './changes';
import { MUTE_MILLIS, PRIORITIES, priorityOf, sounding, waits, type Item, type Priority } from './priority';

/** A board that has not been renewed for this long may be wrong: say so across the top. */
const STALE_MILLIS = 30_000;

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
    this.feed = listen<Board>({
      path: '/api/desk/live',
      onEvent: (board) => this.take(board),
      onChange: (change) => {
        const board = this.board && changed(this.board, change as BoardChange);
        // One was missed: the feed begins again with a whole board.
        if (board) this.take(board);
        else this.feed?.again();
      },
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
    const before = this.board;
    this.board = board;
    setClock(board.now);
    const fresh = (list: { id: string }[] | undefined) => JSON.stringify(list?.find((one) => one.id === this.selected));
    if (this.selected && before && (fresh(before.walks) !== fresh(board.walks) || fresh(before.alarms) !== fresh(board.alarms))) void this.read();
  }

  /** The whole queue, as the server ordered it. */
  all = $derived<Item[]>([
    ...(this.board?.alarms ?? []).map((alarm): Item => ({ kind: 'alarm', id: alarm.id, alarm })),
    ...(this.board?.walks ?? []).map((walk): Item => ({ kind: 'walk', id: walk.id, walk })),
  ]);

  /** The queue, narrowed by what was typed into "find". */
  items = $derived.by<Item[]>(() => {
    const { all } = this;
    const words = this.finding.trim().toLowerCase();
    if (!words) return all;
    return all.filter((item) => JSON.stringify(item).toLowerCase().includes(words));
  });

  /** How much of each waits for somebody. */
  waiting = $derived.by<Record<Priority, number>>(() => {
    const count = Object.fromEntries(PRIORITIES.map((one) => [one, 0])) as Record<Priority, number>;
    for (const item of this.all) if (waits(item)) count[priorityOf(item)] += 1;
    return count;
  });

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

  /** Opens the first of what was found. */
  first(): void {
    const item = this.items[0];
    if (item) void this.open(item.id);
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

  /** Space: takes in hand what is open, or the worst that waits for somebody. */
  async acknowledge(): Promise<void> {
    const list = this.all.filter(waits);
    const worst = [...list].sort((a, b) => PRIORITIES.indexOf(priorityOf(a)) - PRIORITIES.indexOf(priorityOf(b)))[0];
    const chosen = list.find((item) => item.id === this.selected);
    // What is open on the desk, unless an alarm waits and it is none.
    const item = chosen && (chosen.kind === 'alarm' || worst?.kind !== 'alarm') ? chosen : worst;
    if (!item) return;
    // Opening is what makes a request seen.
    if (item.kind === 'walk' && item.walk.urgency === 0) return this.open(item.id);
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

  /** Mutes what is open on the desk if it sounds, or else what sounds worst: one item, for a minute. */
  mute(): void {
    const loud = this.sounding;
    const item = loud.find((one) => one.id === this.selected) ?? loud[0];
    if (item) this.muted = { ...this.muted, [item.id]: Date.now() + MUTE_MILLIS };
  }

  /** How long an item stays muted, milliseconds; 0 if it is not. */
  mutedFor(id: string): number {
    const until = this.muted[id];
    if (until === undefined) return 0;
    void now();
    return Math.max(0, until - Date.now());
  }

  /** What should sound, the worst first. */
  get sounding(): Item[] {
    void now();
    return sounding(this.all, this.muted, Date.now());
  }

  /** A district by what it is called. */
  district(code: string) {
    return this.board?.districts.find((one) => one.code === code)?.name ?? { ko: code, en: code };
  }
}

export const desk = new Desk();
