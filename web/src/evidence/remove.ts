// Away with a file of hers: noted and deleted in one, with every copy of it.

import type { Mailbox } from '../seal/mailbox';
import { ACTION } from '../seal/custody';
import type { OpenCase } from '../onestop/mailbox';
import { noting } from './custody';
import { leafOf } from './entry';
import { pieces, type EvidenceFile } from './list';
import { hersWay, type HerWay } from './way';
import { listOfHers } from './write';

/** Deletes a piece of evidence on the server. One that never came in whole has nothing to be noted. */
export async function removePiece(way: HerWay, original: EvidenceFile): Promise<void> {
  const leaf = leafOf(original);
  const { events } = await way.found([leaf]);
  if (events.length > 0) await noting(way, { leaf, action: ACTION.deleted }, (noted) => way.remove(leaf, noted));
  else await way.remove(leaf, null);
}

/** The same with all files of a case that is about to be deleted, so that the log says so of each. */
export async function removeAll(she: Mailbox, open: OpenCase, now: () => number): Promise<void> {
  const read = listOfHers(open);
  const way = hersWay(she, open.case64, now);
  for (const { original } of read ? pieces(read.list) : []) await removePiece(way, original);
}
