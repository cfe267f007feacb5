// How every desk fares, told again whenever it changes; and one district's board while it is open.

import { now, setClock } from '../../kernel/clock.svelte';
import { listen, type Feed } from '../../kernel/feed';
import { get } from '../../kernel/send';
import { sitting } from '../../session/session.svelte';
import type { Bilingual, Board, CityBoard } from '../../wire';

const STALE_MILLIS = 5000;

class Oversight {
  city = $state.raw<CityBoard | null>(null);
  open = $state<string | null>(null);
  board = $state.raw<Board | null>(null);
  reason = $state<unknown>(null);
  private lostAt = $state<number | null>(null);
  private feed: Feed | null = null;

  start(): () => void {
    this.feed = listen<CityBoard>({
      path: '/api/desk/city/live',
      onEvent: (city) => {
        this.city = city;
        setClock(city.now);
        if (this.open) void this.look();
      },
      onLive: (live) => {
        if (live) this.lostAt = null;
        else this.lostAt ??= Date.now();
      },
      onGone: () => void sitting.look(),
    });
    return () => this.feed?.close();
  }

  /** For how long nothing has been heard, if that is long enough to say so. */
  get stale(): number | null {
    void now();
    const lost = this.lostAt === null ? 0 : Date.now() - this.lostAt;
    return lost > STALE_MILLIS ? lost : null;
  }

  async see(code: string | null): Promise<void> {
    if (this.open !== code) this.board = null;
    this.open = code;
    this.reason = null;
    if (code) await this.look();
  }

  private async look(): Promise<void> {
    const code = this.open;
    if (!code) return;
    try {
      const board = await get<Board>(`/api/desk/city/${code}`);
      if (this.open === code) this.board = board;
    } catch (reason) {
      if (this.open === code) this.reason = reason;
    }
  }

  name(code: string): Bilingual {
    return this.city?.districts.find((row) => row.code === code)?.name ?? { ko: code, en: code };
  }
}

export const oversight = new Oversight();
