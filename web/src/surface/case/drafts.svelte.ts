// Forms that were begun and not sent. They live in this page's memory and nowhere else. A lock by
// itself leaves them for whoever opens the page again with the same key, for one hour; a lock by key,
// leaving, or another's key throws them away.

/** So long a form that was begun outlives a lock. */
const KEPT_MILLIS = 60 * 60_000;

/** A form as far as it is filled. */
export interface Draft<T> {
  value: T;
  /** The number of the last entry there was when it was begun: what its words are based on. */
  readonly base: number;
}

class Drafts {
  #kept = new Map<string, Draft<unknown>>();
  /** What each form said when it was begun: one that says no more is nothing to keep. */
  #begun = new Map<string, string>();
  #locked: { device: string; at: number } | null = null;
  /** How many forms wait behind the lock. */
  waiting = $state(0);

  /** The draft of a form of a case; a new one where there is none. */
  of<T>(caseId: string, form: string, base: number, begin: () => T): Draft<T> {
    const name = `${caseId}:${form}`;
    const there = this.#kept.get(name) as Draft<T> | undefined;
    if (there) return there;
    const draft = $state({ value: begin(), base });
    this.#kept.set(name, draft);
    this.#begun.set(name, JSON.stringify(draft.value));
    return draft;
  }

  has(caseId: string, form: string): boolean {
    return this.#kept.has(`${caseId}:${form}`);
  }

  /** The form was sent, or she let it go. */
  drop(caseId: string, form: string): void {
    this.#kept.delete(`${caseId}:${form}`);
  }

  /** The page locked by itself: what was begun waits for this device. */
  lock(device: string, at: number): void {
    this.#locked = { device, at };
    this.waiting = [...this.#kept].filter(([name, { value }]) => JSON.stringify(value) !== this.#begun.get(name)).length;
  }

  /** A device has opened the page: its own forms are there, another's are gone. */
  open(device: string, at: number): void {
    if (this.#locked && (this.#locked.device !== device || at - this.#locked.at > KEPT_MILLIS)) this.#kept.clear();
    this.#locked = null;
    this.waiting = 0;
  }

  /** Looks whether what waits has waited too long. */
  age(at: number): void {
    if (this.#locked && at - this.#locked.at > KEPT_MILLIS) this.forget();
  }

  forget(): void {
    this.#kept.clear();
    this.#locked = null;
    this.waiting = 0;
  }
}

/** What was begun on this page. */
export const drafts = new Drafts();
