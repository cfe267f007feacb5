// The hash of a file, read piece by piece: the browser never holds all of it.

import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../seal/form';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Something was stopped by whoever began it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** SHA-256 of a blob. `progress` hears how much is read, 0 to 1, and is waited for. */
export async function hashOf(blob: Blob, progress?: (share: number) => void | Promise<void>, signal?: AbortSignal): Promise<Bytes> {
  const hash = sha256.create();
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    if (signal?.aborted) throw new Stopped();
    hash.update(new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer()));
    await progress?.(Math.min(1, (at + PIECE_BYTES) / blob.size));
  }
  return Uint8Array.from(hash.digest());
}
