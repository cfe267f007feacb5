// What happened to a piece of evidence, event by event (SPEC §11): each signed by whoever did it, all
// of them leaves of one tree whose heads the log signs.

import { DIGEST_BYTES, digest } from './digest';
import { HERSELF } from './consent';
import { DEVICE_BYTES, readHead, TEAM_BYTES, type Head } from './directory';
import { alike, exactly, label, Reader, Writer, within, type Bytes } from './form';
import type { Signer } from './keys';
import { isConsistent, isIncluded } from './merkle';
import { Refusal } from './refusal';
import { isSigned } from './signature';

/** What was done with a piece of evidence, by its number. */
export const ACTION = { received: 1, opened: 2, copiedOut: 3, handedOver: 4, returned: 5, deleted: 6, strippedCopyMade: 7 } as const;
/** The number of an action. */
export type Action = (typeof ACTION)[keyof typeof ACTION];

/** Bytes of an event. */
export const EVENT_BYTES = 114;
/** Bytes of the salt a piece of evidence is called by in the log. */
export const EVIDENCE_SALT_BYTES = 16;
/** What the time of an event is a multiple of: a minute would tell when she came. */
export const HOUR_MS = 3_600_000n;
/** The device, and the team, of an event she signed with her mailbox. */
export const HER_DEVICE: Bytes = new Uint8Array(DEVICE_BYTES);

/** One event. */
export interface CustodyEvent {
  /**
   * Which event of this piece of evidence; counts from 1, so that a missing one is noticed. Where the
   * event stands in the log's tree is another number.
   */
  seq: bigint;
  /** What the log calls the piece of evidence: `evidenceLeaf`. */
  leaf: Uint8Array;
  action: Action;
  /** Whose device did it; `HERSELF` when she did. */
  team: Uint8Array;
  /** The device; `HER_DEVICE` when she did it, and only then. */
  device: Uint8Array;
  /** UTC milliseconds, a multiple of `HOUR_MS`. */
  at: bigint;
  /** Of the words given for it: `reasonHash`. */
  reasonHash: Uint8Array;
}

const FORM = 1;

/**
 * What the log calls a piece of evidence. Who has the salt and the original can show that it is this
 * one; who has neither learns nothing from it.
 */
export function evidenceLeaf(salt: Uint8Array, sha256OfOriginal: Uint8Array): Bytes {
  return digest(label('evidence'), exactly(salt, EVIDENCE_SALT_BYTES), exactly(sha256OfOriginal, DIGEST_BYTES));
}

/** The hash of the words somebody gave for it; of nothing, where none were given. */
export function reasonHash(words: string): Bytes {
  return digest(new TextEncoder().encode(words));
}

/** The 114 bytes of an event: a leaf of the log before hashing. */
export function writeCustodyEvent(event: CustodyEvent): Bytes {
  const bytes = new Writer()
    .u8(FORM)
    .u64(event.seq)
    .fixed(event.leaf, DIGEST_BYTES)
    .u8(event.action)
    .fixed(event.team, TEAM_BYTES)
    .fixed(event.device, DEVICE_BYTES)
    .u64(event.at)
    .fixed(event.reasonHash, DIGEST_BYTES)
    .bytes();
  // Reading it back holds what is written to the same rules as what arrives.
  readCustodyEvent(bytes);
  return bytes;
}

/** An event from its bytes; anything out of its range is refused as `form_broken`. */
export function readCustodyEvent(bytes: Uint8Array): CustodyEvent {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const event: CustodyEvent = {
    seq: reader.u64(),
    leaf: reader.fixed(DIGEST_BYTES),
    action: within(reader.u8(), ACTION.received, ACTION.strippedCopyMade) as Action,
    team: reader.fixed(TEAM_BYTES),
    device: reader.fixed(DEVICE_BYTES),
    at: reader.u64(),
    reasonHash: reader.fixed(DIGEST_BYTES),
  };
  reader.end();
  if (event.seq === 0n || alike(event.team, HERSELF) !== isHers(event) || event.at % HOUR_MS !== 0n) reader.refuse();
  return event;
}

/** Whether she did it, and not a device of a team. */
export function isHers({ device }: Pick<CustodyEvent, 'device'>): boolean {
  return alike(device, HER_DEVICE);
}

/** Signs an event, which must be one, as a device or as her mailbox. */
export function signCustodyEvent(signer: Signer, event: Uint8Array): Bytes {
  readCustodyEvent(event);
  return signer.sign('custody', event);
}

/**
 * An event this key has signed. That the key is the device's, or her mailbox's, is for who reads to
 * say: from the directory, or from the manifest. Refused: `form_broken`, `signature_wrong`.
 */
export function signedCustodyEvent(event: Uint8Array, signingKey: Uint8Array, signature: Uint8Array): CustodyEvent {
  const read = readCustodyEvent(event);
  if (!isSigned(signingKey, 'custody', event, signature)) throw new Refusal('signature_wrong');
  return read;
}

/** A head the log has signed as one of the custody log. Refused: `form_broken`, `head_not_signed`. */
export function signedCustodyHead(head: Uint8Array, logKey: Uint8Array, signature: Uint8Array): Head {
  const read = readHead(head);
  if (!isSigned(logKey, 'custody-head', head, signature)) throw new Refusal('head_not_signed');
  return read;
}

/** Passes only if a head goes on from one seen before. Refused: `head_older`, `heads_disagree`. */
export function checkCustodyFollows(seen: Head, now: Head, consistency: readonly Uint8Array[]): void {
  if (now.size < seen.size || now.at < seen.at) throw new Refusal('head_older');
  if (!isConsistent(seen, now, consistency)) throw new Refusal('heads_disagree');
}

/** The event that stands at `index` (from 0) of the log with this head. Refused: `form_broken`, `entry_not_included`. */
export function custodyEventIn(head: Head, event: Uint8Array, index: bigint, proof: readonly Uint8Array[]): CustodyEvent {
  const read = readCustodyEvent(event);
  if (!isIncluded(event, index, head.size, head.root, proof)) throw new Refusal('entry_not_included');
  return read;
}
