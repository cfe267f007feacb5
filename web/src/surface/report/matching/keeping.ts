// Her mailbox as the place where what takes a name back is kept. It is written as she, for herself; a
// second page of hers may have written meanwhile, whose names stay.

import { Problem } from '../../../kernel/send';
import { readContent } from '../../../onestop/content';
import type { OpenCase } from '../../../onestop/mailbox';
import type { Writing } from '../../../onestop/wire';
import { visit } from '../visit.svelte';
import { closeKept, keeping, keptBytes, KEPT_KIND, keptOf, NOTHING_KEPT, type Kept } from './kept';
import type { Keeping } from './leaving';

/** So often another page may be faster. */
const TRIES = 4;

/** Nothing can be kept: there is no case that could, or none that may be believed. */
export class NowhereToKeep extends Error {
  readonly code = 'nowhere_to_keep';
}

/** A case as it is once this was written. */
function written(open: OpenCase, writing: Writing, kept: Kept, now: number): OpenCase {
  const { kind, version } = writing;
  const content = readContent(keptBytes(kept));
  return {
    ...open,
    parts: open.parts.map((one) => (one.kind === kind ? { ...one, version, writtenAt: now, content, author: { by: 'herself' }, refused: null } : one)),
    wire: {
      ...open.wire,
      compartments: open.wire.compartments.map((one) =>
        one.kind === kind ? { ...one, version, closed: writing.closed, wraps: writing.wraps, author: null, signature: writing.signature, moves: [], written_at: now } : one),
    },
  };
}

/** Changes what is kept, in the case that keeps it. */
async function change(how: (kept: Kept) => Kept): Promise<void> {
  const { she, directory } = visit;
  const kit = await visit.open();
  for (let tried = 0; tried < TRIES; tried += 1) {
    const open = keeping(visit.cases);
    if (!she || !directory || !open) throw new NowhereToKeep();
    const kept = how(keptOf(open));
    const writing = await closeKept(she, open, kept, kit.browserChance);
    try {
      await kit.sendEntry(she, open.case64, writing);
    } catch (reason) {
      if (!(reason instanceof Problem) || reason.code !== 'onestop.version_taken') throw reason;
      visit.cases = await kit.readMailbox(she, directory);
      // The answer to a first try may have been lost on the way: then what stands there is hers.
      if (!visit.cases.some(({ wire }) => wire.compartments.some(({ kind, closed }) => kind === KEPT_KIND && closed === writing.closed))) continue;
      return;
    }
    visit.cases = visit.cases.map((one) => (one.case64 === open.case64 ? written(open, writing, kept, visit.now()) : one));
    return;
  }
  throw new NowhereToKeep();
}

/** What is kept in the mailbox that is open. */
export const hers: Keeping = {
  now: () => visit.now(),
  kept: () => {
    const open = keeping(visit.cases);
    return open ? keptOf(open) : NOTHING_KEPT;
  },
  change,
};

/** Whether there is a case that can keep it. */
export const canKeep = (): boolean => keeping(visit.cases) !== null;
