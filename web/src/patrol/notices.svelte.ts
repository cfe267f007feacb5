// What a patrol noticed reaches the server once, whatever the network does in between: it stays on
// the phone with the time it was noticed until the server has it.

import { KEEP, read, write } from '../kernel/keep';
import { newKey, post, Problem, Unreached } from '../kernel/send';
import type { NoteSighting, PatrolScreen } from '../wire';

interface Waiting {
  key: string;
  body: NoteSighting;
}

const PAUSE_MILLIS = 15_000;

export class Notices {
  waiting = $state<Waiting[]>(read<Waiting[]>('phone', KEEP.notices) ?? []);
  reason = $state<unknown>(null);
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  onAnswer: (screen: PatrolScreen) => void = () => undefined;

  constructor() {
    if (typeof window === 'undefined') return;
    addEventListener('online', () => void this.go());
    if (this.waiting.length > 0) void this.go();
  }

  note(body: NoteSighting): void {
    this.reason = null;
    this.put([...this.waiting, { key: newKey(), body }]);
    void this.go();
  }

  private put(waiting: Waiting[]): void {
    this.waiting = waiting;
    write('phone', KEEP.notices, waiting.length > 0 ? waiting : null);
  }

  private async go(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let one = this.waiting[0]; one; one = this.waiting[0]) {
        const screen = await post<PatrolScreen>('/api/patrol/sightings', one.body, { key: one.key, retries: 0 });
        this.put(this.waiting.slice(1));
        this.onAnswer(screen);
      }
    } catch (problem) {
      const passing = problem instanceof Unreached || (problem instanceof Problem && (problem.status >= 500 || problem.status === 429 || problem.status === 401));
      if (passing) {
        this.timer = setTimeout(() => void this.go(), PAUSE_MILLIS);
      } else {
        // The server will never take this one; the others still go.
        this.reason = problem;
        this.put(this.waiting.slice(1));
        this.timer = setTimeout(() => void this.go(), 0);
      }
    } finally {
      this.busy = false;
    }
  }
}

export const notices = new Notices();
