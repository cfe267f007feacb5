// From what she picked on her device to an entry of the list: what it is, its hash, and for a picture
// a copy that does not say where it was taken. Nothing leaves the device here.

import type { Chance } from '../seal/chance';
import { FILE_CONTENT_BYTES_MAX } from '../seal/file';
import { newFile } from './entry';
import { hashOf } from './hash';
import type { EvidenceFile } from './list';
import { sniff } from './sniff';
import { strip, strippable, type Stripping } from './strip/strip';
import { TELLS_NOTHING, type Tells } from './strip/exif';

/** Why a file cannot be taken. */
export type Not = 'empty' | 'too_large' | 'unreadable';

/** A file with what goes of it. */
export interface Picked {
  file: EvidenceFile;
  content: Blob;
  /** The copy without place and device, if one could be made and differs. */
  stripped: { file: EvidenceFile; content: Blob } | null;
  /** What stands beside the picture. */
  tells: Tells;
  /** `whole`: there was nothing to take out. `cannot`: this kind keeps what it says. */
  copy: 'made' | 'whole' | 'cannot';
}

/** Reads a file that was picked. */
export async function pick(content: File, now: number, chance: Chance, progress?: (share: number) => void | Promise<void>, signal?: AbortSignal): Promise<Picked | Not> {
  if (content.size === 0) return 'empty';
  if (content.size > FILE_CONTENT_BYTES_MAX) return 'too_large';
  try {
    const mime = await sniff(content);
    const sha256 = await hashOf(content, progress, signal);
    const file = newFile({ name: content.name, size: content.size, mime, sha256, now }, chance);
    const made: Stripping | null = strippable(mime) ? await strip(content, mime) : null;
    if (!made?.more) return { file, content, stripped: null, tells: made?.tells ?? TELLS_NOTHING, copy: made ? 'whole' : 'cannot' };
    const copied = newFile({ name: content.name, size: made.blob.size, mime, sha256: await hashOf(made.blob, undefined, signal), now, strippedOf: file.id }, chance);
    return { file, content, stripped: { file: copied, content: made.blob }, tells: made.tells, copy: 'made' };
  } catch (reason) {
    // A file that is on a card that was taken out, or in a cloud that is not reached.
    if (reason instanceof DOMException) return 'unreadable';
    throw reason;
  }
}
