// Bodies of the routes of evidence, by the names they have on these pages. Bytes are base64url.

import type { Base64, Proof } from '../onestop/wire';

/** A file that is announced. */
export interface FileBegun {
  file: Base64;
  leaf: Base64;
  padded: number;
}

/** How far a file has come. */
export interface FileState {
  file: Base64;
  parts: number;
  missing: number[];
  begun_at: number;
}

/** An event as it is told. */
export interface CustodyNote {
  event: Base64;
  signature: Base64;
}

/** What the custody log has of some pieces, with all it takes to check it without a network. */
export interface CustodyFound {
  heads: { head: Base64; signature: Base64 }[];
  events: { place: number; event: Base64; signature: Base64 }[];
  rest: { from: number; count: number; hash: Base64 }[];
  devices: { entry: Base64; index: number; proof: Base64[] }[];
  keys_head?: Base64 | null;
  keys_signature?: Base64 | null;
}

/** Whoever asks: she by her mailbox, a caseworker by her session and her device. */
export type Asks = { proof: Proof } | { device: Base64 };
