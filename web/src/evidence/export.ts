// The custody of a case as a file: `waylight custody verify` checks it on a machine without a network.
// No name of a file stands in it, and no number of the case.

import { toBase64 } from '../onestop/base64';
import type { EvidenceFile } from './list';
import type { CustodyFound } from './wire';

/** A custody file. */
export interface CustodyFile {
  waylight: 'custody';
  v: 1;
  /** Her signing key: what she did is signed by it. */
  hers: string;
  /** By which the log's name of a piece is reckoned from the original. */
  pieces: { salt: string; sha256: string }[];
  /** The words given for what was done. */
  reasons: string[];
  found: CustodyFound;
}

/** The text of a custody file. */
export function custodyFile(found: CustodyFound, originals: readonly EvidenceFile[], hers: Uint8Array, reasons: readonly string[]): string {
  const file: CustodyFile = {
    waylight: 'custody', v: 1, hers: toBase64(hers),
    pieces: originals.map(({ salt, sha256 }) => ({ salt, sha256 })), reasons: [...new Set(reasons)], found,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
