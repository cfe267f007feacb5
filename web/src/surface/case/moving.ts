// Takes one case along to the center's newest key.

import type { Reader } from '../../onestop/case';
import type { DeskDevice, Row } from '../../onestop/desk';
import type { Device } from '../../seal/device';
import { parts } from './parts';
import { post, server } from './ways';

/** A request holds two megabytes: a hundred versions and more. */
const MOVED_AT_ONCE = 100;

/** Who moves. `here`: whether the page is still unlocked. */
export interface Mover {
  reader: Reader;
  device: Device;
  own: DeskDevice;
  here: () => boolean;
}

/** Moves what the newest key does not open yet; whether all of it could be read. A case that is gone needs no moving. */
export async function moveCase(row: Row, { reader, device, own, here }: Mover): Promise<boolean> {
  const { desk, answer, chance } = await parts();
  const sent = await server.find(row.caseId);
  if (!here() || !sent) return true;
  const now = await desk.openRow(row, sent, reader, server.seen);
  const moved = now.opened ? await answer.moveCase(sent, now.opened, { reader, device, chance }) : [];
  for (let at = 0; at < moved.length; at += MOVED_AT_ONCE) await post('/api/onestop/case/move', { case: row.caseId, device: own.device, moved: moved.slice(at, at + MOVED_AT_ONCE) });
  return now.opened !== null;
}
