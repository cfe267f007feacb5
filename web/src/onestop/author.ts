// Who wrote something, and who has changed its wraps since (a consent taken back, a center's key
// moved). Nobody is an author because the server says so.

import type { Place } from '../seal/compartment';
import { digest } from '../seal/digest';
import { checkMoves, type Mover } from '../seal/moved';
import { Refusal } from '../seal/refusal';
import { checkAmended, checkNames, type Manifest } from '../seal/report';
import { fromBase64 } from './base64';
import type { Written } from './wire';

/** A caseworker's device, as the directory lists it. */
export interface Author {
  /** The center's id, in base64url. */
  center: string;
  signingKey: Uint8Array;
}

/** The author of a device's id, or `null` when the directory knows none. */
export type Authors = (device: string) => Author | null;
