// Where the desk reads from and writes to: the server, or what was taken along on a visit.

import { get, post as posted, Problem } from '../../kernel/send';
import type { Seen } from '../../onestop/case';
import type { DeskView, KnockItem, Row } from '../../onestop/desk';
import type { Case, DirectoryAnswer, Keys } from '../../onestop/wire';
import type { Content } from '../../onestop/work';

/** A case is half a megabyte, and a center's line may be slow. */
const PATIENCE_MILLIS = 60_000;

export interface Ways {
  /** The desk, and the directory with the keys it is checked by. */
  desk: () => Promise<{ view: DeskView; keys: Keys; answer: DirectoryAnswer }>;
  knocks: () => Promise<KnockItem[]>;
  /** A case as it is; `null`: it is not there. */
  find: (caseId: string) => Promise<Case | null>;
  /** The row with what waits for its case. */
  shown: (row: Row) => Promise<Row>;
  /** Keeps an entry until there is a network; `null`: there is one. */
  keep: ((row: Row, content: Content) => Promise<void>) | null;
  /** What was opened this way before: nothing older is believed. In memory only. */
  seen: Seen;
}

export const post = <T>(path: string, body: unknown) => posted<T>(path, body, { patience: PATIENCE_MILLIS });

/** Puts a writing in its place; `false`: the place was taken. */
export async function put(caseId: string, device: string, writing: object): Promise<boolean> {
  try {
    await post('/api/onestop/case/write', { case: caseId, device, writing });
    return true;
  } catch (problem) {
    // Whatever else is refused is said: a case that is full does not take a second try.
    if (problem instanceof Problem && problem.code === 'onestop.version_taken') return false;
    throw problem;
  }
}

/** The server. */
export const server: Ways = {
  async desk() {
    const [view, keys, answer] = await Promise.all([get<DeskView>('/api/onestop/desk'), get<Keys>('/api/onestop/keys'), get<DirectoryAnswer>('/api/onestop/directory')]);
    return { view, keys, answer };
  },
  knocks: async () => (await get<{ knocks: KnockItem[] }>('/api/onestop/knocks')).knocks,
  async find(caseId) {
    try {
      return await post<Case>('/api/onestop/case', { case: caseId });
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) return null;
      throw problem;
    }
  },
  shown: async (row) => row,
  keep: null,
  seen: new Map(),
};
