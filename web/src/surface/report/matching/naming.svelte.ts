// What she is about to leave, while she decides. All of it is memory of this page; leaving the page or
// stopping throws it away, but for what is kept closed in her mailbox.

import { CONTACT_BYTES_MAX } from '../../../matching/entry';
import { canonical, type Typed } from '../../../matching/identifier';
import { LEVELS } from '../../../matching/level';
import { Refusal } from '../../../matching/refusal';
import { browserChance } from '../../../seal/chance';
import { t } from '../../../kernel/lang.svelte';
import { visit } from '../visit.svelte';
import { readCode } from './code';
import { askHouses, doorsOf, takeBack, type Houses } from './houses';
import { hers } from './keeping';
import type { Left, NamingKind } from './kept';
import { Leaving, LEGS, sendAgain, takeLeftBack, TooFew, type Leg, type Wish } from './leaving';

/** Screens of leaving a name, in their order. */
export const STEPS = ['about', 'who', 'people', 'reach', 'code', 'over', 'going', 'left'] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];
/** How many people, herself among them. */
export const PEOPLE = LEVELS;
export type People = (typeof LEVELS)[number];

/** A site that has no rule of its own. */
export const ELSEWHERE = 'elsewhere';

const encoder = new TextEncoder();

class Naming {
  step = $state<Step>('about');
  kind = $state<NamingKind | null>(null);
  phone = $state('');
  platform = $state('instagram');
  site = $state('');
  handle = $state('');
  plate = $state('');
  name = $state('');
  born = $state('');
  workplace = $state('');
  people = $state<People | null>(null);
  where = $state('');
  when = $state('');
  words = $state('');
  code = $state('');
  leg = $state<Leg>('code');
  busy = $state(false);
  failed = $state.raw<unknown>(null);
  houses = $state.raw<Houses | null>(null);
  /** The houses could not be asked, or their keys are not of one key. */
  unproved = $state.raw<unknown>(null);
  #leaving: Leaving | null = null;

  constructor() {
    visit.naming = this;
  }

  /** Asks whose keys are whose, once. */
  async open(): Promise<void> {
    if (this.houses) return;
    this.unproved = null;
    try {
      this.houses = await askHouses();
    } catch (reason) {
      this.unproved = reason;
    }
  }

  go(step: Step): void {
    this.step = step;
  }

  /** What she typed, of the kind she chose. */
  #typed(): Typed | null {
    switch (this.kind) {
      case 'phone': return this.phone.trim() === '' ? null : { kind: 'phone', text: this.phone };
      case 'handle': return this.handle.trim() === '' ? null : { kind: 'handle', platform: this.platform === ELSEWHERE ? this.site : this.platform, text: this.handle };
      case 'plate': return this.plate.trim() === '' ? null : { kind: 'plate', text: this.plate };
      case 'person': return this.name.trim() === '' ? null : { kind: 'person', name: this.name, born: bornOf(this.born), workplace: this.workplace };
      case null: return null;
    }
  }

  /** The one spelling of it, or why there is none; nothing while nothing is typed. */
  get spelled(): { is: 'spelled'; canonical: string } | { is: 'refused'; code: string } | null {
    const typed = this.#typed();
    if (!typed) return null;
    try {
      return { is: 'spelled', canonical: canonical(typed) };
    } catch (reason) {
      if (reason instanceof Refusal) return { is: 'refused', code: reason.code };
      throw reason;
    }
  }

  get canonical(): string | null {
    return this.spelled?.is === 'spelled' ? this.spelled.canonical : null;
  }

  /** How counsel may reach her, exactly as they will read it: on one line, whatever she typed. */
  get contact(): string {
    const lines = [['where', this.where], ['when', this.when], ['words', this.words]] as const;
    return lines.flatMap(([field, said]) => (said.trim() === '' ? [] : [`${t(`matching-contact-${field}`)}: ${said.trim().replaceAll(/\s+/g, ' ')}`])).join(' / ');
  }

  /** How many bytes too long it is; 0 if it fits. */
  get beyond(): number {
    return Math.max(0, encoder.encode(this.contact).length - CONTACT_BYTES_MAX);
  }

  /** Her code in its one spelling; the one of a try that broke off, if she types none. */
  get spelledCode(): string | null {
    return this.code.trim() === '' ? (hers.kept().drawn?.code ?? null) : readCode(this.code);
  }

  get wish(): Wish | null {
    const { spelledCode: code, kind, canonical: spelled, people } = this;
    const whole = code !== null && kind !== null && spelled !== null && people !== null && this.where.trim() !== '' && this.beyond === 0;
    return whole ? { code, kind, canonical: spelled, people, contact: this.contact } : null;
  }

  /** Whether it is closed: then it can be sent or taken back, and not be changed. */
  get closed(): boolean {
    return this.#leaving?.closed ?? false;
  }

  /** Leaves it, or goes on leaving it. Pressed twice it is one. */
  async leave(): Promise<void> {
    const { wish, houses } = this;
    if (this.busy || !wish || !houses) return;
    this.busy = true;
    this.failed = null;
    this.go('going');
    this.#leaving ??= new Leaving(houses, doorsOf(houses), hers, browserChance);
    try {
      await this.#leaving.go(wish, async (leg) => {
        this.leg = leg;
        // A moment for the page: the step is shown, and "leave" is heard.
        await new Promise((done) => setTimeout(done));
      });
      this.#leaving = null;
      this.empty();
      this.go('left');
    } catch (reason) {
      this.failed = reason;
    } finally {
      this.busy = false;
    }
  }

  /** Sends one again that nobody said had come. */
  async sendAgain(left: Left): Promise<void> {
    const houses = this.houses ?? (await askHouses());
    await sendAgain(left, doorsOf(houses), hers);
    this.#leaving = null;
  }

  /** Takes one back. */
  async takeBack(left: Left): Promise<void> {
    await takeLeftBack(left, { takeBack }, hers);
    this.#leaving = null;
  }

  /** What she typed is gone. */
  empty(): void {
    this.phone = this.site = this.handle = this.plate = this.name = this.born = this.workplace = this.where = this.when = this.words = this.code = '';
    this.kind = null;
    this.people = null;
    this.failed = null;
    this.leg = 'code';
  }

  /** Everything is thrown away. */
  clear(): void {
    this.empty();
    this.#leaving = null;
    this.houses = null;
    this.unproved = null;
    this.step = 'about';
  }
}

/** A year as it is typed; anything else is none. */
function bornOf(text: string): number {
  const typed = text.normalize('NFKC').trim().replace(/년$/, '');
  return /^\d{4}$/.test(typed) ? Number(typed) : 0;
}

/** What stands in the way, by the end of its key in the catalogue. */
export function refusalOf(reason: unknown): string {
  const code = reason instanceof TooFew ? reason.code : ((reason as { code?: unknown } | null)?.code ?? '');
  return typeof code === 'string' ? code.replace(/^matching\./, '').replaceAll(/[._]/g, '-') : '';
}

export { LEGS };
export const naming = new Naming();
