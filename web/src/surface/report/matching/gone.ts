// A case is about to be deleted: names left from it are taken back first. Once it is gone, nobody has
// what takes them back.

import type { OpenCase } from '../../../onestop/mailbox';
import { takeBack } from './houses';
import { keptOf } from './kept';

/** Takes all of them back. What cannot be taken back now keeps the case from being deleted. */
export async function takeAllBack(open: OpenCase): Promise<void> {
  for (const { token } of keptOf(open).left) if (token !== null) await takeBack(token);
}
