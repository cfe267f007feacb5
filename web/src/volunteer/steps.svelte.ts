// A team's steps reach the server in order, each once, whatever the network does in between.

import { KEEP, read, write } from '../kernel/keep';
import { newKey, post, Problem, Unreached } from '../kernel/send';
import type { TeamScreen } from '../wire';

interface Step {
  path: string;
  body?: unknown;
  key: string;
  /** What the screen says meanwhile. */
  shows?: string;
}

const LONGEST_PAUSE_MILLIS = 10_000;

class Steps {
  waiting = $state<Step[]>(read<Step[]>('phone', KEEP.steps) ?? []);
  reason = $state<unknown>(null);
  /** The last try did not get through. */
  stuck = $state(false);
  private busy = false;
  private pause = 500;
  private timer: ReturnType<typeof setTimeout> | undefined;
  onAnswer: (screen: TeamScreen) => void = () => undefined;

  constructor() {
    if (typeof window === 'undefined') return;
    addEventListener('online', () => this.hurry());
    if (this.waiting.length > 0) this.hurry();
  }

  /** Takes a step: it shows at once, and is told as soon as there is a network. */
  take(path: string, body?: unknown, shows?: string): void {
    const step: Step = { path, key: newKey() };
    if (body !== undefined) step.body = body;
    if (shows !== undefined) step.shows = shows;
    this.reason = null;
    this.put([...this.waiting, step]);
    this.hurry();
  }

  hurry(): void {
    clearTimeout(this.timer);
    this.pause = 500;
    void this.go();
  }

  /** The stage the last waiting step of a walk leads to, before the server has answered. */
  shows(walk: string | undefined): string | null {
    return this.waiting.findLast((step) => step.shows && walk && step.path.includes(walk))?.shows ?? null;
  }

  private put(steps: Step[]): void {
    this.waiting = steps;
    write('phone', KEEP.steps, steps.length > 0 ? steps : null);
  }

  private async go(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let step = this.waiting[0]; step; step = this.waiting[0]) {
        const answer = await post<TeamScreen | undefined>(step.path, step.body, { key: step.key, retries: 0 });
        this.put(this.waiting.slice(1));
        this.stuck = false;
        if (answer && 'duty' in answer) this.onAnswer(answer);
      }
    } catch (reason) {
      if (reason instanceof Unreached || (reason instanceof Problem && (reason.status >= 500 || reason.status === 429))) {
        this.stuck = true;
        this.timer = setTimeout(() => void this.go(), this.pause);
        this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MILLIS);
      } else {
        // The server said no: what followed from this step is void too. The feed shows the truth.
        this.reason = reason;
        this.put([]);
      }
    } finally {
      this.busy = false;
    }
  }
}

export const steps = new Steps();
