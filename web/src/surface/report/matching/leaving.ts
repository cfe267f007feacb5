// Leaving one name, from the code to the entry. Every step that is done stays done: pressed again,
// after whatever broke, it goes on where it was, with the same tokens and the same bytes.

import { blind, finish, HOLDERS, NEEDED, proven, readAnswer, type Answer, type Asked } from '../../../matching/asked';
import { closeEntry, leftHash, withdrawalHash } from '../../../matching/entry';
import { Refusal } from '../../../matching/refusal';
import { spend, takeToken, type Token } from '../../../matching/token';
import { shuffled, type Chance } from '../../../seal/chance';
import type { Bytes } from '../../../seal/form';
import { fromBase64Of, toBase64 } from '../../../onestop/base64';
import { Problem } from '../../../kernel/send';
import type { LeaveEntry } from '../../../wire';
import type { Doors, Houses } from './houses';
import { withLeft, type Drawn, type Kept, type Left, type NamingKind } from './kept';

/** How far it is. */
export const LEGS = ['code', 'ask', 'close', 'leave'] as const;
/** One of them. */
export type Leg = (typeof LEGS)[number];

/** What she wishes to leave. */
export interface Wish {
  /** Her code, in its one spelling. */
  code: string;
  kind: NamingKind;
  /** The identifier in its one spelling. It leaves the device blinded only. */
  canonical: string;
  /** Her own number: 2, 3 or 5. */
  people: number;
  /** How counsel may reach her, exactly as it will be read. */
  contact: string;
}

/** What is kept in her mailbox, and how it is changed. */
export interface Keeping {
  now: () => number;
  kept: () => Kept;
  /** Kept once it resolves. */
  change: (how: (kept: Kept) => Kept) => Promise<void>;
}

/** Fewer than two holders gave an answer that holds. */
export class TooFew extends Error {
  override readonly name = 'TooFew';

  constructor(
    /** What became of each that was asked. */
    readonly reasons: readonly unknown[],
  ) {
    super('too_few_answers');
  }

  /** The reason she is told: what a wait does not mend comes first. */
  get code(): string {
    const codes = this.reasons.map((one) => (one instanceof Problem || one instanceof Refusal ? one.code : ''));
    const order = ['matching.token_used', 'matching.token_wrong', 'matching.too_many_this_hour', 'proof_wrong', 'matching.issuer_away'];
    return order.find((one) => codes.includes(one)) ?? 'too_few_answers';
  }
}

interface Tokens {
  drawn: Drawn;
  person: Bytes;
  ask: Token;
  leave: Token;
}

const NONCE_BYTES = 32;
/** What the library takes to draw a scalar. */
const BLIND_BYTES = 48;
const ISSUED_BYTES = 96;
const ELEMENT_BYTES = 32;
const PERSON_BYTES = 32;
const ANSWER_BYTES = 97;
const NUMBER_BYTES = 16;
const HOUR_MILLIS = 3_600_000;

function draw(code: string, chance: Chance): Drawn {
  const some = (length: number) => toBase64(chance(length));
  return { code, ask: some(NONCE_BYTES), leave: some(NONCE_BYTES), blinds: [some(BLIND_BYTES), some(BLIND_BYTES), some(BLIND_BYTES)] };
}

/** One name on its way. */
export class Leaving {
  #tokens: Tokens | null = null;
  #known: { of: string; bytes: Bytes } | null = null;
  #left: Left | null = null;

  constructor(
    readonly houses: Houses,
    readonly doors: Doors,
    readonly keeping: Keeping,
    readonly chance: Chance,
  ) {}

  /** Whether it is closed already: what she wishes cannot be changed any more, only sent or taken back. */
  get closed(): boolean {
    return this.#left !== null;
  }

  /** Goes as far as it can; what stands in the way is thrown. */
  async go(wish: Wish, on: (leg: Leg) => void | Promise<void>): Promise<void> {
    if (this.#left === null) {
      await on('code');
      const tokens = await this.#exchange(wish.code);
      await on('ask');
      const known = await this.#ask(tokens, wish.canonical);
      await on('close');
      await this.#close(wish, tokens, known);
    }
    await on('leave');
    await this.#send();
  }

  /** The code for two tokens, each proved. */
  async #exchange(code: string): Promise<Tokens> {
    if (this.#tokens?.drawn.code === code) return this.#tokens;
    const before = this.keeping.kept().drawn;
    const drawn = before?.code === code ? before : draw(code, this.chance);
    // Kept before it goes: an answer that is lost with the page can be asked for again.
    if (drawn !== before) await this.keeping.change((kept) => ({ ...kept, drawn }));
    const asking = blinded(drawn.ask, drawn.blinds[0]);
    const leaving = blinded(drawn.leave, drawn.blinds[1]);
    const issued = await this.doors.tokens({ code, ask: toBase64(asking.blinded), leave: toBase64(leaving.blinded) });
    const { askKey, leaveKey } = this.houses.issuer;
    const take = (asked: Asked, key: Bytes, text: string) => {
      const bytes = fromBase64Of(text, ISSUED_BYTES);
      return takeToken(asked, key, bytes.slice(0, ELEMENT_BYTES), bytes.slice(ELEMENT_BYTES));
    };
    this.#tokens = { drawn, person: fromBase64Of(issued.person, PERSON_BYTES), ask: take(asking, askKey, issued.ask), leave: take(leaving, leaveKey, issued.leave) };
    return this.#tokens;
  }

  /** What the identifier gives, of any two holders. Which two, chance says: none sees all there are. */
  async #ask(tokens: Tokens, canonical: string): Promise<Bytes> {
    if (this.#known?.of === canonical) return this.#known.bytes;
    const seed = fromBase64Of(tokens.drawn.blinds[2], BLIND_BYTES);
    const asked = blind(new TextEncoder().encode(canonical), () => seed);
    const body = JSON.stringify({ blinded: toBase64(asked.blinded), spending: toBase64(spend(tokens.ask, asked.blinded)) });
    const answers: Answer[] = [];
    const reasons: unknown[] = [];
    const ask = async (at: number) => {
      try {
        answers.push(await this.#answer(at, body, asked));
      } catch (reason) {
        reasons.push(reason);
      }
    };
    const order = shuffled(Array.from({ length: HOLDERS }, (_, at) => at), this.chance);
    await Promise.all(order.slice(0, NEEDED).map(ask));
    for (const at of order.slice(NEEDED)) if (answers.length < NEEDED) await ask(at);
    if (answers.length < NEEDED) throw new TooFew(reasons);
    const bytes = finish(asked, this.houses.keys, answers);
    this.#known = { of: canonical, bytes };
    return bytes;
  }

  /** One holder's answer, which has proved itself against that holder's published key. */
  async #answer(at: number, body: string, asked: Asked): Promise<Answer> {
    const answer = readAnswer(fromBase64Of((await this.doors.answer(at, body)).answer, ANSWER_BYTES));
    const key = this.houses.keys[at];
    if (!key || answer.holder !== at + 1) throw new Refusal('proof_wrong');
    proven(asked, key, answer.element, answer.proof);
    return answer;
  }

  /** Closes the entry, and keeps what takes it back before it goes anywhere. */
  async #close(wish: Wish, tokens: Tokens, known: Bytes): Promise<void> {
    const [number, withdrawal] = [this.chance(NUMBER_BYTES), this.chance(NONCE_BYTES)];
    const contact = new TextEncoder().encode(wish.contact);
    const entry = await closeEntry({ number, known, person: tokens.person, people: wish.people, contact }, this.houses.readers, this.chance);
    const hash = withdrawalHash(withdrawal);
    const spending = spend(tokens.leave, leftHash(number, hash, entry));
    const going = JSON.stringify({ number: toBase64(number), withdrawal_hash: toBase64(hash), entry: toBase64(entry), spending: toBase64(spending) } satisfies LeaveEntry);
    const at = Math.floor(this.keeping.now() / HOUR_MILLIS) * HOUR_MILLIS;
    const left: Left = { number: toBase64(number), token: toBase64(withdrawal), kind: wish.kind, people: wish.people, at, going };
    await this.keeping.change((kept) => withLeft({ ...kept, drawn: null }, left));
    this.#left = left;
    known.fill(0);
    this.#known = null;
    this.#tokens = null;
  }

  async #send(): Promise<void> {
    const left = this.#left;
    if (left) await sendAgain(left, this.doors, this.keeping);
  }
}

/** Sends a closed entry, as often as it takes; it is there when this resolves. */
export async function sendAgain(left: Left, doors: Pick<Doors, 'leave'>, keeping: Keeping): Promise<void> {
  if (left.going === null) return;
  await doors.leave(left.going);
  // It is there. Where this cannot be written down, the same bytes are sent once more another day.
  await keeping.change((kept) => withLeft(kept, { ...left, going: null })).catch(() => undefined);
}

/** Takes a name back. It stays in the list, without what took it back. */
export async function takeLeftBack(left: Left, doors: Pick<Doors, 'takeBack'>, keeping: Keeping): Promise<void> {
  if (left.token === null) return;
  await doors.takeBack(left.token);
  await keeping.change((kept) => withLeft(kept, { ...left, token: null, going: null }));
}

function blinded(nonce: string, seed: string): Asked {
  const bytes = fromBase64Of(seed, BLIND_BYTES);
  return blind(fromBase64Of(nonce, NONCE_BYTES), () => bytes);
}
