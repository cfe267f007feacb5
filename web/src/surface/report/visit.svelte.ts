// One visit of one person: where she is, what she has written, whom she chose. All of it is memory
// of this page; there is no second copy, and `stop` throws it away.

import { CHOOSABLE, kindsOf, leading, noAnswers, todayIn, type Answers, type Choice, type Choosable, type Today } from '../../onestop/answers';
import type { Center, Directory } from '../../onestop/directory';
import type { OpenCase } from '../../onestop/mailbox';
import type { DirectoryAnswer, Keys, Received } from '../../onestop/wire';
import type { Mailbox } from '../../seal/mailbox';
import { serverNow, setClock } from '../../kernel/clock.svelte';
import { language, named } from '../../kernel/lang.svelte';
import { picked } from './evidence/picked.svelte';

type Kit = typeof import('../../onestop/hers');

export const QUESTIONS = ['danger', 'happened', 'when', 'daytime', 'where', 'who', 'wants', 'reach', 'called'] as const;
export type Question = (typeof QUESTIONS)[number];
export type Screen =
  | 'look' | 'before' | 'questions' | 'files' | Question | 'centers' | 'readers' | 'preview' | 'words' | 'practice' | 'send' | 'sent' | 'stopped'
  | 'return' | 'box' | 'calls' | 'name' | 'threats';

/** How far sending is. */
export type Leg = 'key' | 'seal' | 'send' | 'there';

class Visit {
  screen = $state<Screen>('look');
  answers = $state<Answers>(noAnswers());
  choices = $state<Choice[]>([]);
  directory = $state.raw<Directory | null>(null);
  /** Nothing could be asked of the server: whether the door is open is not known. */
  unreached = $state(false);
  zone = $state('Asia/Seoul');
  /** The phrase of her seven words, once they are made or typed. */
  phrase = $state.raw<Uint8Array<ArrayBuffer> | null>(null);
  practiced = $state(false);
  leg = $state<Leg>('key');
  share = $state(0);
  failed = $state.raw<unknown>(null);
  busy = $state(false);
  receivedAt = $state(0);
  /** Nobody but she reads what was sent. */
  alone = $state(false);
  cases = $state.raw<OpenCase[]>([]);
  /** Whether this city has names left closed: nothing of it is loaded before that is said. */
  matching = $state(false);
  /** What she is about to leave, once that was loaded: thrown away with everything else. */
  naming: { clear: () => void } | null = null;
  kit: Kit | null = null;
  she: Mailbox | null = null;
  /** The number of the case that was sent, in base64url: its files follow it. */
  sentCase: string | null = null;
  /** What leaves this device, made once. */
  #parcel: string | null = null;

  /** Where this page is opened: the bar does not show it. */
  readonly address = typeof location === 'undefined' ? '' : `${location.host}/report`;

  go(screen: Screen): void {
    this.screen = screen;
  }

  async open(): Promise<Kit> {
    this.kit ??= await import('../../onestop/hers');
    return this.kit;
  }

  /** Asks whose keys are whose. Whatever cannot be proved closes the door. */
  async look(): Promise<void> {
    this.unreached = false;
    try {
      const kit = await this.open();
      const [keys, answer] = await Promise.all([kit.ask<Keys>('keys'), kit.ask<DirectoryAnswer>('directory')]);
      this.directory = kit.believe(keys, answer);
      this.matching = answer.matching;
      // A phone's own clock may be years off; what she signs bears the city's hour.
      setClock(answer.now);
    } catch {
      this.unreached = this.directory === null;
    }
  }

  today(): Today {
    return todayIn(this.zone, this.now());
  }

  /** The city's time, as the directory told it or as this page knows it. */
  now(): number {
    return serverNow();
  }

  center(name64: string): Center | null {
    return this.directory?.centers.find((one) => one.name64 === name64) ?? null;
  }

  nameOf(name64: string | null): string {
    const center = name64 === null ? null : this.center(name64);
    return center ? named(center.name) : '';
  }

  get leads(): string | null {
    return leading(this.choices.filter(({ center }) => this.center(center)?.entry), (center) => this.center(center)?.service ?? '');
  }

  /** Whether the center that leads may give a line without a name to the figures. */
  counted = $state(false);
  /** Centers whose readings she has set herself. */
  #set = new Set<string>();

  /** Chooses a center or lets it go. The one that leads begins with everything, the others with nothing. */
  choose(center: string, chosen: boolean): void {
    this.choices = chosen ? [...this.choices, { center, kinds: [] }] : this.choices.filter((one) => one.center !== center);
    if (!chosen) this.#set.delete(center);
    const leads = this.leads;
    this.choices = this.choices.map((one) => (this.#set.has(one.center) ? one : { ...one, kinds: one.center === leads ? [...CHOOSABLE] : [] }));
  }

  /** Lets a center read one kind, or not. */
  let(center: string, kind: Choosable, may: boolean): void {
    this.#set.add(center);
    this.choices = this.choices.map((one) =>
      one.center === center ? { ...one, kinds: CHOOSABLE.filter((each) => (each === kind ? may : one.kinds.includes(each))) } : one);
  }

  /** Who would read what: centers that get something. */
  readings(): { center: Center; kinds: number[]; counted: boolean }[] {
    return this.choices.flatMap((choice) => {
      const center = this.center(choice.center);
      const leads = choice.center === this.leads;
      const kinds = kindsOf(choice, leads);
      return center?.entry && kinds.length > 0 ? [{ center, kinds, counted: leads && this.counted && this.counts }] : [];
    });
  }

  /** Whether there is a center that counts, and does nothing else. */
  get counts(): boolean {
    return this.directory?.centers.some(({ service, entry }) => service === 'figures' && entry !== null) ?? false;
  }

  /** Seven new words, unless there are some already. */
  async makeWords(): Promise<void> {
    const kit = await this.open();
    this.phrase ??= kit.newPhrase(kit.browserChance);
  }

  words(): string[] {
    return this.phrase && this.kit ? this.kit.spell(this.phrase, language()) : [];
  }

  /** Opens the mailbox of the words, in a worker where there is one. */
  async openMailbox(phrase: Uint8Array, salt: Uint8Array): Promise<Mailbox> {
    const { Mailbox, stretchHere } = await this.open();
    return Mailbox.open(phrase, salt).catch(() => Mailbox.open(phrase, salt, stretchHere));
  }

  /** Closes the report if it is not closed yet, and sends it. Once more sends the same bytes. */
  async send(contents: Parameters<Kit['makeParcel']>[1]['contents'], texts: ReadonlyMap<string, string>): Promise<void> {
    const { directory, phrase } = this;
    if (!directory || directory.door !== 'open' || !phrase || this.busy) return;
    this.busy = true;
    this.failed = null;
    try {
      const kit = await this.open();
      if (this.#parcel === null) {
        this.leg = 'key';
        this.she ??= await this.openMailbox(phrase, directory.salt);
        this.leg = 'seal';
        const readings = this.readings().flatMap(({ center, kinds, counted }) =>
          center.entry ? [{ center: { ...center, entry: center.entry }, kinds, counted, text: texts.get(center.name64) ?? '' }] : []);
        const draft = { contents, readings, leads: this.leads, language: language(), now: this.now() };
        this.#parcel = await kit.makeParcel(this.she, draft, kit.browserChance, async (share) => {
          this.share = share;
          // A moment for the page: the bar moves, and "leave" is heard.
          await new Promise((done) => setTimeout(done));
        });
      }
      this.leg = 'send';
      this.receivedAt = (await kit.tell<Received>('report', this.#parcel)).received_at;
      this.leg = 'there';
      this.alone = this.readings().length === 0;
      this.sentCase = kit.caseOf(this.#parcel);
      this.#parcel = null;
      this.answers = noAnswers();
      this.choices = [];
      this.counted = false;
      this.screen = 'sent';
    } catch (reason) {
      this.failed = reason;
    } finally {
      this.busy = false;
    }
  }

  /** Whether something has been sent or may have been: going back would make it two. */
  get sealed(): boolean {
    return this.busy || this.#parcel !== null;
  }

  /** A key of a center was changed meanwhile: what is closed for the old one is thrown away. */
  async closeAgain(): Promise<void> {
    this.#parcel = null;
    this.share = 0;
    this.failed = null;
    await this.look();
  }

  /** Throws everything away and forgets the keys. */
  stop(screen: Screen = 'stopped'): void {
    this.she?.forget();
    this.phrase?.fill(0);
    this.she = null;
    this.phrase = null;
    this.#parcel = null;
    this.answers = noAnswers();
    this.choices = [];
    this.#set.clear();
    this.cases = [];
    this.sentCase = null;
    picked.clear();
    this.naming?.clear();
    this.practiced = false;
    this.failed = null;
    this.share = 0;
    this.leg = 'key';
    this.screen = screen;
  }
}

export const visit = new Visit();
