// For the tests: a device's store in memory, with everything a browser's does, and a server that can
// lose what is sent to it.

import { Unreached } from '../../kernel/send';
import type { Bytes } from '../../seal/form';
import { fromBase64 } from '../base64';
import { written, type SampleReport } from '../sample';
import type { Case, Writing } from '../wire';
import type { Store } from './store';

/** A store whose content can be looked at as a thief would. */
export function memoryStore(): Store & { records: Map<string, Bytes>; fail: { next: number } } {
  const records = new Map<string, Bytes>();
  const fail = { next: 0 };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    records,
    fail,
    names: async () => [...records.keys()],
    read: async (name) => records.get(name)?.slice() ?? null,
    async change(puts, removes = []) {
      if (fail.next > 0) {
        fail.next -= 1;
        throw new Error('the page was killed');
      }
      for (const name of removes) records.delete(name);
      for (const [name, bytes] of Object.entries(puts)) records.set(name, bytes.slice());
    },
    clear: async () => records.clear(),
    alone: (act) => {
      const next = turn.then(act, act);
      turn = next.catch(() => undefined);
      return next;
    },
  };
}

/** The server's side of some cases: it keeps what fits, and loses what it is told to. */
export class SampleServer {
  readonly cases = new Map<string, Case>();
  /** The next so many writings are lost: before they arrive, or their answer after; `late` ones arrive with the next. */
  readonly lose = { before: 0, after: 0, late: 0 };
  readonly asked: string[] = [];
  #late: (() => void)[] = [];

  constructor(reports: readonly SampleReport[], private readonly author: string) {
    for (const { sent } of reports) this.cases.set(sent.case, structuredClone(sent));
  }

  find = async (caseId: string): Promise<Case | null> => {
    this.asked.push('find');
    return structuredClone(this.cases.get(caseId) ?? null);
  };

  put = async (caseId: string, writing: Writing): Promise<boolean> => {
    this.asked.push('put');
    if (this.lose.before > 0) {
      this.lose.before -= 1;
      throw new Unreached('before');
    }
    if (this.lose.late > 0) {
      this.lose.late -= 1;
      this.#late.push(() => this.keep(caseId, writing));
      throw new Unreached('late');
    }
    const late = this.#late.splice(0);
    for (const arrive of late) arrive();
    const kept = this.keep(caseId, writing);
    if (this.lose.after > 0) {
      this.lose.after -= 1;
      throw new Unreached('after');
    }
    return kept;
  };

  /** As the server does: the next number, or the very same bytes again. */
  keep(caseId: string, writing: Writing, author = this.author): boolean {
    const found = this.cases.get(caseId);
    if (!found) return false;
    const same = found.entries.find(({ version }) => version === writing.version);
    if (same) return same.closed === writing.closed;
    if (writing.version !== found.entries.length + 1) return false;
    found.entries.push(written(writing, fromBase64(writing.closed), writing.wraps.map(fromBase64), author, fromBase64(writing.signature)));
    return true;
  }
}
