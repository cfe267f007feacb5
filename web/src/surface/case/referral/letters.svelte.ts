// The letters of the center, opened in this browser, and what centers can do now. In memory only:
// locking forgets it.

import { now } from '../../../kernel/clock.svelte';
import { get } from '../../../kernel/send';
import type { LetterContent, LetterPen, OpenedReferral, WireReferral, WireReferrals } from '../../../onestop/letter';
import { LETTER_PURPOSE, type Arrived } from '../../../onestop/referred';
import type { ServiceNow } from '../../../onestop/service';

const parts = () => Promise.all([import('../../../onestop/letter'), import('../../../onestop/referral'), import('../../../onestop/service')]).then(([letter, referral, service]) => ({ letter, referral, service }));

class Letters {
  sent = $state.raw<OpenedReferral[]>([]);
  received = $state.raw<OpenedReferral[]>([]);
  /** What of the referrals that were received holds, by number. */
  arrivals = $state.raw<ReadonlyMap<string, Arrived>>(new Map());
  services = $state.raw<ServiceNow[]>([]);
  /** Hours a center has to answer. */
  answerHours = $state(24);
  known = $state(false);
  failed = $state(false);
  busy = $state(false);
  #running = 0;
  /** How often everything was forgotten: whoever was at work before reads nothing back. */
  #forgotten = 0;
  readonly #known = new Map<string, { is: string; opened: OpenedReferral }>();

  /** Reads what the center sent and got, and what every center can do. */
  async look(pen: LetterPen): Promise<void> {
    const running = (this.#running += 1);
    try {
      const { letter, referral, service } = await parts();
      const [all, services] = await Promise.all([get<WireReferrals>('/api/onestop/referrals'), service.services()]);
      const open = async (some: WireReferrals['sent']) => {
        const opened: OpenedReferral[] = [];
        for (const one of some) opened.push(await this.#opened(one, () => letter.openReferral(one, pen)));
        return opened;
      };
      const [sent, received] = [await open(all.sent), await open(all.received)];
      // Locked meanwhile: what was opened goes nowhere.
      if (running !== this.#running) return;
      const checked = received.filter(({ purpose }) => purpose === LETTER_PURPOSE.referral);
      this.arrivals = new Map(checked.map((one) => [one.referral, referral.arrived(one, pen.center, now())]));
      [this.sent, this.received, this.services, this.answerHours] = [sent, received, services, all.answer_hours];
      [this.known, this.failed] = [true, false];
    } catch {
      if (running === this.#running) this.failed = true;
    }
  }

  /** Opens what is new of a referral: what is as it was, and was believed, stays as it was opened. */
  async #opened(one: WireReferral, open: () => Promise<OpenedReferral>): Promise<OpenedReferral> {
    const is = JSON.stringify([one.state, one.answered_at, one.letters.map(({ number, signature, moves }) => [number, signature, moves.length])]);
    const before = this.#known.get(one.referral);
    if (before?.is === is) return before.opened;
    const forgotten = this.#forgotten;
    const opened = await open();
    if (forgotten === this.#forgotten && opened.letters.every((letter) => letter.is === 'said')) this.#known.set(one.referral, { is, opened });
    return opened;
  }

  /** Writes an answer, and reads again. Whether it went. */
  async answer(open: OpenedReferral, content: LetterContent, pen: LetterPen): Promise<string | null> {
    const forgotten = this.#forgotten;
    this.busy = true;
    try {
      const { letter } = await parts();
      await letter.addLetter(open, content, pen);
      return null;
    } catch (reason) {
      const code = (reason as { code?: unknown }).code;
      return typeof code === 'string' ? code : 'unreached';
    } finally {
      this.busy = false;
      if (forgotten === this.#forgotten) await this.look(pen);
    }
  }

  /** Moves every letter's own wrap to the center's newest key; how many could not be moved. */
  async move(pen: LetterPen): Promise<number> {
    const forgotten = this.#forgotten;
    const { letter } = await parts();
    const { sent, received } = await get<WireReferrals>('/api/onestop/referrals');
    let failed = 0;
    for (const one of [...sent, ...received]) {
      if (forgotten !== this.#forgotten) return failed;
      // One that cannot be moved now does not hold up the others.
      await letter.moveReferral(one, pen).catch(() => (failed += 1));
    }
    if (forgotten === this.#forgotten) await this.look(pen);
    return failed;
  }

  forget(): void {
    this.#running += 1;
    this.#forgotten += 1;
    this.#known.clear();
    this.sent = this.received = [];
    this.services = [];
    this.arrivals = new Map();
    this.known = this.failed = this.busy = false;
  }
}

/** What letters are open in this browser. */
export const letters = new Letters();
