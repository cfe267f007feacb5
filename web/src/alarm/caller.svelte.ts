// The caller as components see it: the same object the page started with, made reactive.

import { listen, type Feed } from '../kernel/feed';
import type { ForSender } from '../wire';
import { Caller, type Call } from './raise';

class Calling {
  call = $state.raw<Call | null>(null);
  live = $state(false);
  readonly caller: Caller;
  private feed: Feed | null = null;
  private feeding = '';

  constructor(caller: Caller) {
    this.caller = caller;
    const take = () => {
      this.call = caller.call ? { ...caller.call } : null;
      this.follow();
    };
    caller.subscribe(take);
    take();
  }

  private follow(): void {
    const alarm = this.call?.alarm;
    const wanted = alarm && !alarm.closed_at ? alarm.id : '';
    if (wanted === this.feeding) return;
    this.feeding = wanted;
    this.feed?.close();
    this.feed = null;
    this.caller.watch(wanted !== '');
    if (!wanted) return;
    this.feed = listen<ForSender>({
      path: `/api/alarm/alarms/${wanted}/live`,
      token: this.call?.token,
      onEvent: (view) => this.caller.know(view),
      onLive: (live) => (this.live = live),
      onGone: () => (this.live = false),
    });
  }
}

/** The one caller of this page: the citizen's page has made it already, others make it here. */
export const calling = new Calling(typeof window !== 'undefined' && window.waylight ? window.waylight.caller : new Caller());
