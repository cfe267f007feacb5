// Bodies of the one-stop routes. Bytes are base64url without padding (`Base64`), moments UTC
// milliseconds cut to the full hour where they are kept. Ids stand in bodies, never in addresses.

import type { Bilingual } from '../wire';

/** Bytes in base64url. */
export type Base64 = string;

/** `GET /api/onestop/keys`: whom a page believes. */
export interface Keys {
  log: Base64;
  witnesses: Base64[];
}

/** A witness's signature of the head. */
export interface Witnessed {
  key: Base64;
  signature: Base64;
}

/** A center's key and its proof. */
export interface ListedTeamKey {
  center: Base64;
  entry: Base64;
  index: number;
  proof: Base64[];
}

/** A device of a center and its proof. */
export interface ListedDevice extends ListedTeamKey {
  device: Base64;
}

/** What a center is, in words for people. */
export interface ListedCenter {
  center: Base64;
  /** A short name of the pack: `gwanak-counseling`. */
  key: string;
  service: 'counsel' | 'medical' | 'legal' | 'shelter' | 'police' | (string & {});
  name: Bilingual;
  does: Bilingual;
  hours: Bilingual;
  phone: string;
}

/** `GET /api/onestop/directory`. */
export interface DirectoryAnswer {
  door: 'open' | 'closed';
  salt: Base64;
  now: number;
  answer_within_hours: number;
  head: Base64 | null;
  head_signature: Base64 | null;
  witnesses: Witnessed[];
  team_keys: ListedTeamKey[];
  devices: ListedDevice[];
  centers: ListedCenter[];
}

/** `GET /api/onestop/challenge`. */
export interface Challenge {
  challenge: Base64;
}

/** A closed compartment with its eight wraps. */
export interface SealedWire {
  closed: Base64;
  wraps: Base64[];
}

/** Tells one center, and nobody else, that a case is for it. */
export interface KnockWire {
  center: Base64;
  epoch: number;
  knock: Base64;
}

/** `POST /api/onestop/report`. */
export interface Report {
  manifest: Base64;
  signature: Base64;
  /** By kind, from 1; always twelve. */
  compartments: SealedWire[];
  /** 0 to 7. */
  knocks: KnockWire[];
}

/** When something was taken in. */
export interface Received {
  received_at: number;
}

/** That somebody holds the mailbox's key now. */
export interface Proof {
  locator: Base64;
  signing_key: Base64;
  challenge: Base64;
  signature: Base64;
}

/** One version of a compartment, or one message, as its author sends it. */
export interface Writing extends SealedWire {
  kind: number;
  version: number;
  /** Label `amended`. */
  signature: Base64;
}

/** Wraps replaced, and by whom. */
export interface Moved {
  kind: number;
  version: number;
  wraps: Base64[];
  /** Label `moved`. */
  signature: Base64;
}

/** A replacement of wraps that has happened. */
export interface MoveMade {
  wraps_before: Base64;
  author: Base64 | null;
  signature: Base64;
}

/** One version of a compartment, or one message, as it is kept. */
export interface Written extends SealedWire {
  kind: number;
  version: number;
  written_at: number;
  /** `null`: she; else the device. */
  author: Base64 | null;
  /** `null` for version 1 of a report: its manifest is signed. */
  signature: Base64 | null;
  moves: MoveMade[];
}

/** A consent taken back. */
export interface WithdrawnWire {
  mark: Base64;
  at: number;
  signature: Base64;
}

/** All of a case that is kept. */
export interface Case {
  case: Base64;
  manifest: Base64;
  signature: Base64;
  received_at: number;
  compartments: Written[];
  messages: Written[];
  withdrawn: WithdrawnWire[];
}

/** `POST /api/onestop/mailbox`. */
export interface MailboxAnswer {
  cases: Case[];
}

/** `POST /api/onestop/mailbox/write`. */
export interface MailboxWrite {
  proof: Proof;
  case: Base64;
  writing: Writing;
}

/** `POST /api/onestop/mailbox/withdraw`. */
export interface MailboxWithdraw {
  proof: Proof;
  case: Base64;
  mark: Base64;
  at: number;
  signature: Base64;
  moved: Moved[];
}

/** `POST /api/onestop/mailbox/delete`. */
export interface MailboxDelete {
  proof: Proof;
  case: Base64;
  /** Label `mailbox-deleted`. */
  deleted_signature: Base64;
}
