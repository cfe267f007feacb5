// Bodies of the routes of evidence, by the names they have on these pages. Bytes are base64url.

import type { Base64, Proof } from '../onestop/wire';

export type { CustodyFound, CustodyNote, FileBegun, FileState } from '../wire';

/** Whoever asks: she by her mailbox, a caseworker by her session and her device. */
export type Asks = { proof: Proof } | { device: Base64 };
