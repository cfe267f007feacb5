// The custody log from a browser: an event noted after what is there, and what is there checked
// against the log's signed head, to the last hash.

import { fromBase64, toBase64 } from '../onestop/base64';
import { Problem } from '../kernel/send';
import { alike } from '../seal/form';
import {
  isHers, readCustodyEvent, reasonHash, signCustodyEvent, signedCustodyEvent, signedCustodyHead, writeCustodyEvent, type Action, type CustodyEvent,
} from '../seal/custody';
import { digest } from '../seal/digest';
import { readEntry, readHead } from '../seal/directory';
import { isIncluded } from '../seal/merkle';
import { isSigned } from '../seal/signature';
import type { Way } from './way';
import type { CustodyFound, CustodyNote } from './wire';

const HOUR_MILLIS = 3_600_000;
const TRIES = 4;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** An event of this piece, the next after those that are there, signed by who does it. */
async function nextNote(way: Way, leaf: Uint8Array, action: Action, reason: string): Promise<CustodyNote> {
  const { events } = await way.found([leaf]);
  const seq = BigInt(events.length + 1);
  const { team, device } = way;
  const at = BigInt(Math.floor(way.now() / HOUR_MILLIS) * HOUR_MILLIS);
  const event = writeCustodyEvent({ seq, leaf, action, team, device, at, reasonHash: reasonHash(reason) });
  return { event: toBase64(event), signature: toBase64(signCustodyEvent(way.signer, event)) };
}

/** Does something with a note that comes after all others; again, if somebody noted something meanwhile. */
export async function noting<T>(way: Way, what: { leaf: Uint8Array; action: Action; reason?: string }, send: (noted: CustodyNote) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const noted = await nextNote(way, what.leaf, what.action, what.reason ?? '');
    try {
      return await send(noted);
    } catch (reason) {
      if (!(reason instanceof Problem) || reason.code !== 'onestop.version_taken' || tried === TRIES) throw reason;
    }
  }
}

/** Notes what was done with a piece of evidence. */
export function note(way: Way, leaf: Uint8Array, action: Action, reason = ''): Promise<void> {
  return noting(way, { leaf, action, reason }, (noted) => way.note(noted));
}

/** An event, and whether it can be believed. */
export interface Shown {
  place: number;
  event: CustodyEvent;
  /** The name of what is wrong with it; `null`: nothing. */
  wrong: 'signature_wrong' | 'device_unproved' | 'not_yet' | null;
}

/** What a check of the log found. */
export interface Checked {
  /** By piece and number. */
  events: Shown[];
  /** What is wrong with the log around them, the first first. */
  wrong: { what: 'head_not_signed' | 'entry_missing' | 'entry_changed' | 'log_changed' | 'event_missing'; place: number }[];
  /** Until when the log is signed: UTC milliseconds; `null`: not yet. */
  signedAt: number | null;
}

/** Whom a check believes. */
export interface Believed {
  /** The log's key. */
  log: Uint8Array;
  /** Her signing key, from the manifest. */
  hers: Uint8Array;
}

/** Checks everything that was found: signatures, numbers without a gap, and the tree to its head. */
export function checkFound(found: CustodyFound, { log, hers }: Believed): Checked {
  const wrong: Checked['wrong'] = [];
  const [newest] = found.heads;
  const head = newest && quietly(() => signedCustodyHead(fromBase64(newest.head), log, fromBase64(newest.signature)));
  if (newest && !head) wrong.push({ what: 'head_not_signed', place: 0 });
  const size = head ? Number(head.size) : 0;
  const devices = devicesOf(found, log);
  const events: Shown[] = [];
  for (const { place, event, signature } of found.events) {
    const read = quietly(() => readCustodyEvent(fromBase64(event)));
    if (!read) {
      wrong.push({ what: 'entry_changed', place });
      continue;
    }
    const key = isHers(read) ? hers : devices.get(`${toBase64(read.team)}:${toBase64(read.device)}`);
    const signed = key && quietly(() => signedCustodyEvent(fromBase64(event), key, fromBase64(signature)));
    events.push({ place, event: read, wrong: !key ? 'device_unproved' : !signed ? 'signature_wrong' : place >= size ? 'not_yet' : null });
    if (key && !signed) wrong.push({ what: 'entry_changed', place });
  }
  wrong.push(...gapsOf(events));
  if (head) wrong.push(...treeWrong(found, size, head.root));
  events.sort((one, other) => one.place - other.place);
  return { events, wrong: wrong.sort((one, other) => one.place - other.place), signedAt: head ? Number(head.at) : null };
}

/** What a check throws is that it does not hold. */
function quietly<T>(check: () => T): T | null {
  try {
    return check();
  } catch {
    return null;
  }
}

/** The devices that are proved by the log of keys: their signing keys, by team and number. */
function devicesOf({ devices, keys_head, keys_signature }: CustodyFound, log: Uint8Array): Map<string, Uint8Array> {
  const proved = new Map<string, Uint8Array>();
  if (!keys_head || !keys_signature || !isSigned(log, 'head', fromBase64(keys_head), fromBase64(keys_signature))) return proved;
  const head = readHead(fromBase64(keys_head));
  for (const { entry, index, proof } of devices) {
    const bytes = fromBase64(entry);
    const read = quietly(() => readEntry(bytes));
    if (read?.form !== 2 || !isIncluded(bytes, BigInt(index), head.size, head.root, proof.map(fromBase64))) continue;
    proved.set(`${toBase64(read.team)}:${toBase64(read.device)}`, read.signingKey);
  }
  return proved;
}

/** Numbers of a piece that are missing between others, said at the place of the next. */
function gapsOf(events: readonly Shown[]): Checked['wrong'] {
  const next = new Map<string, bigint>();
  return events.flatMap(({ place, event }): Checked['wrong'] => {
    const leaf = toBase64(event.leaf);
    const expected = next.get(leaf) ?? 1n;
    next.set(leaf, event.seq + 1n);
    return event.seq === expected ? [] : [{ what: 'event_missing', place }];
  });
}

/** Adds the tree up to its head: a place with nothing in it, or another root. */
function treeWrong({ events, rest }: CustodyFound, size: number, root: Uint8Array): Checked['wrong'] {
  const given = new Map(rest.map(({ from, count, hash }) => [`${from}:${count}`, fromBase64(hash)]));
  const own = new Map(events.map(({ place, event }) => [place, fromBase64(event)]));
  const missing: number[] = [];
  const add = (from: number, count: number): Uint8Array => {
    const known = given.get(`${from}:${count}`);
    if (known) return known;
    if (count <= 1) {
      const event = own.get(from);
      if (!event) missing.push(from);
      return digest(LEAF, event ?? new Uint8Array());
    }
    let half = 1;
    while (half * 2 < count) half *= 2;
    const left = add(from, half);
    return digest(NODE, left, add(from + half, count - half));
  };
  const reckoned = size > 0 ? add(0, size) : root;
  if (missing.length > 0) return missing.slice(0, 1).map((place) => ({ what: 'entry_missing', place }));
  return alike(reckoned, root) ? [] : [{ what: 'log_changed', place: size }];
}
