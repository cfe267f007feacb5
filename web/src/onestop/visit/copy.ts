// What goes along on a visit: the desk and the chosen cases as the server keeps them, closed once more
// for her own device, and beside them the entries she writes meanwhile.

import type { Chance } from '../../seal/chance';
import { KEY_BYTES } from '../../seal/cipher';
import { enclose } from '../../seal/envelope';
import type { Bytes } from '../../seal/form';
import type { Opener, Signer } from '../../seal/keys';
import { Refusal } from '../../seal/refusal';
import { isSigned } from '../../seal/signature';
import type { City } from '../../wire';
import { fromBase64, toBase64 } from '../base64';
import type { DeskView, KnockItem } from '../desk';
import type { Case, DirectoryAnswer, Keys } from '../wire';
import type { Content } from '../work';
import { closeRecord, openRecord } from './closed';
import { headBytes, readHead, type Head } from './head';
import { caseName, DESK, HEAD, waitingName, waitingSeqs, type Store } from './store';
import { knowledge, type Waiting } from './waiting';

/** Her device: it opens the visit's key, and signs what stands before it. */
export type Owner = Opener & Signer & { readonly publicKey: Bytes };

/** The desk as it was taken along. */
export interface TakenDesk {
  view: DeskView;
  keys: Keys;
  answer: DirectoryAnswer;
  /** The knocks of the cases that go along; the nth case is the nth knock's. */
  knocks: KnockItem[];
  cases: string[];
  city: City | null;
}

/** What a visit begins with. */
export interface Taking extends Pick<Head, 'from' | 'until' | 'clock' | 'salt' | 'credential'> {
  desk: Omit<TakenDesk, 'cases'>;
  cases: readonly Case[];
  /** What waits from a visit before. */
  waiting: readonly Waiting[];
}

type Unsigned = Omit<Head, 'key' | 'signature'>;
const placeOf = ({ form, from, until, clock: { server, phone, speed }, salt, credential }: Unsigned): Bytes =>
  Uint8Array.from(new TextEncoder().encode(JSON.stringify([form, from, until, server, phone, speed, salt, credential])));
const signedOf = (head: Unsigned & Pick<Head, 'key'>): Bytes => Uint8Array.from([...placeOf(head), ...new TextEncoder().encode(head.key)]);

/** Puts everything in its place, whole or not at all, in the place of whatever was there. */
export async function takeAlong(store: Store, owner: Owner, taking: Taking, chance: Chance): Promise<void> {
  const { from, until, clock, salt, credential, cases, waiting } = taking;
  const key = chance(KEY_BYTES);
  const unsigned: Unsigned = { form: 1, from, until, clock, salt, credential };
  const closed = { ...unsigned, key: toBase64(await enclose(owner.publicKey, 'visit-key', placeOf(unsigned), key, chance)) };
  const head: Head = { ...closed, signature: toBase64(owner.sign('visit', signedOf(closed))) };
  const desk: TakenDesk = { ...taking.desk, cases: cases.map((one) => one.case) };
  const puts: Record<string, Bytes> = { [HEAD]: headBytes(head), [DESK]: await closeRecord(key, DESK, desk, chance) };
  for (const [nth, one] of cases.entries()) puts[caseName(nth)] = await closeRecord(key, caseName(nth), one, chance);
  for (const one of waiting) puts[waitingName(one.seq)] = await closeRecord(key, waitingName(one.seq), one, chance);
  key.fill(0);
  await store.alone(async () => {
    const stale = (await store.names()).filter((name) => !Object.hasOwn(puts, name));
    // What was written after the list of what waits was read stays what it was: it could not be opened any more.
    if (stale.some((name) => waitingSeqs([name]).length > 0)) throw new Refusal('older_than_seen');
    await store.change(puts, stale);
  });
}

/** A visit that was opened with her key. */
export class Visit {
  readonly #store: Store;
  readonly #key: Bytes;
  readonly #chance: Chance;

  private constructor(store: Store, readonly head: Head, key: Bytes, chance: Chance) {
    this.#store = store;
    this.#key = key;
    this.#chance = chance;
  }

  /** Opens it. `not_for_you`: with another key. */
  static async open(store: Store, owner: Owner, chance: Chance): Promise<Visit> {
    const head = readHead(await store.read(HEAD));
    if (!head) throw new Refusal('form_broken');
    const key = await owner.disclose('visit-key', placeOf(head), fromBase64(head.key));
    if (!key || key.length !== KEY_BYTES) throw new Refusal('not_for_you');
    // Whoever knows her public key can close something for her; nobody else signs for her.
    if (!isSigned(owner.signingKey, 'visit', signedOf(head), fromBase64(head.signature))) throw new Refusal('signature_wrong');
    return new Visit(store, head, key, chance);
  }

  /** Wipes the key; afterwards it opens nothing any more. */
  forget(): void {
    this.#key.fill(0);
  }

  async #read<T>(name: string): Promise<T | null> {
    const closed = await this.#store.read(name);
    return closed ? openRecord<T>(this.#key, name, closed) : null;
  }
  #closed(name: string, content: unknown): Promise<Bytes> {
    return closeRecord(this.#key, name, content, this.#chance);
  }

  /** The desk; `null`: the copy has ended. */
  desk(): Promise<TakenDesk | null> {
    return this.#read<TakenDesk>(DESK);
  }

  /** A case that went along; `null`: it did not, or may not be kept any more. */
  async caseOf(caseId: string): Promise<Case | null> {
    const nth = (await this.desk())?.cases.indexOf(caseId) ?? -1;
    return nth < 0 ? null : this.#read<Case>(caseName(nth));
  }

  /** What waits, in order. */
  async waiting(): Promise<Waiting[]> {
    const all: Waiting[] = [];
    for (const seq of waitingSeqs(await this.#store.names())) {
      const one = await this.item(seq);
      if (one) all.push(one);
    }
    return all;
  }

  item(seq: number): Promise<Waiting | null> {
    return this.#read<Waiting>(waitingName(seq));
  }

  /** Keeps an entry until it can be sent. `last`: the highest number of the case as it went along. */
  async keep(caseId: string, content: Content, last: number, at: number): Promise<void> {
    await this.#store.alone(async () => {
      const all = await this.waiting();
      const seq = (all.at(-1)?.seq ?? 0) + 1;
      const known = knowledge(content, last, all.filter((one) => one.caseId === caseId));
      const one: Waiting = { seq, caseId, content, at, ...known, mine: [], tried: [] };
      await this.#store.change({ [waitingName(seq)]: await this.#closed(waitingName(seq), one) });
    });
  }

  /** Notes what is about to be sent for it; `false`: it waits no more, so nothing may be sent. */
  async trying(seq: number, hash: string): Promise<boolean> {
    return this.#store.alone(async () => {
      const one = await this.item(seq);
      if (!one) return false;
      const noted: Waiting = { ...one, tried: [...one.tried, hash] };
      await this.#store.change({ [waitingName(seq)]: await this.#closed(waitingName(seq), noted) });
      return true;
    });
  }

  /**
   * It stands in the case under this number: it waits no more, those after it know where it stands,
   * and the case as it is now takes the place of the one that went along. All of it, or nothing.
   */
  async landed(seq: number, version: number, sent: Case): Promise<void> {
    await this.#store.alone(async () => {
      const puts: Record<string, Bytes> = {};
      for (const one of await this.waiting()) {
        if (!one.after.includes(seq)) continue;
        const told: Waiting = { ...one, after: one.after.filter((other) => other !== seq), mine: [...one.mine, version] };
        puts[waitingName(one.seq)] = await this.#closed(waitingName(one.seq), told);
      }
      const nth = (await this.desk())?.cases.indexOf(sent.case) ?? -1;
      const name = caseName(nth);
      if (nth >= 0 && (await this.#store.names()).includes(name)) puts[name] = await this.#closed(name, sent);
      await this.#store.change(puts, [waitingName(seq)]);
    });
  }

  /** She lets her words go. */
  async letGo(seq: number): Promise<void> {
    await this.#store.alone(() => this.#store.change({}, [waitingName(seq)]));
  }

  /** A case that may not be kept any more. */
  async dropCase(caseId: string): Promise<void> {
    await this.#store.alone(async () => {
      const nth = (await this.desk())?.cases.indexOf(caseId) ?? -1;
      if (nth >= 0) await this.#store.change({}, [caseName(nth)]);
    });
  }
}
