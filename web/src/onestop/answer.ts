// What this center says to her: closed for her and for the center, signed by the caseworker's
// device. And what the center's key leaves behind when somebody has left: every case moves on.

import type { Chance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { digest } from '../seal/digest';
import type { Bytes } from '../seal/form';
import type { Signer } from '../seal/keys';
import { amend, nameOf, sealCompartment } from '../seal/report';
import { moveColumn } from '../seal/team';
import { openWrap } from '../seal/wrap';
import { signMoved } from '../seal/written';
import { checkedWriting, UnknownAuthor } from './author';
import { fromBase64, toBase64 } from './base64';
import { withAny, type HeldKey, type Opened, type Reader } from './case';
import { MESSAGE, writeContent } from './content';
import type { Case, Moved, Writing, Written } from './wire';
import { columnsFor, type KeyOf } from './work';

/** Closes an answer as the next message of the case. */
export async function writeAnswer(opened: Opened, text: string, own: { reader: Reader; device: Signer; keyOf: KeyOf; chance: Chance }): Promise<Writing> {
  const kind = MESSAGE as Kind;
  const columns = columnsFor(opened, kind, own.reader.keys, own.keyOf);
  const place: Place = { caseId: opened.manifest.caseId, kind, version: opened.last + 1 };
  const sealed = await sealCompartment(place, writeContent(MESSAGE, { from: 'center', text }), columns, own.chance);
  return {
    kind, version: place.version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64),
    signature: toBase64(amend(own.device, place, nameOf(sealed))),
  };
}

/** What a case needs so that only the newest key opens it; nothing when it has moved already. */
export async function moveCase(sent: Case, opened: Opened, own: { reader: Reader; device: Signer; chance: Chance }): Promise<Moved[]> {
  const [newest, ...older] = own.reader.keys;
  // What she took back has no wrap of this center any more.
  if (!newest || opened.takenBackAt !== null) return [];
  const all = [...sent.compartments, ...sent.messages, ...sent.entries];
  const covered = all.filter(({ kind }) => opened.consent.compartments.includes(kind as Kind));
  const opens = await Promise.all(covered.map((written) => opensWith(newest, written, opened)));
  if (opens.every(Boolean)) return [];
  const moved: Moved[] = [];
  for (const written of all) moved.push(await moveOne(written, opened, older, newest, own));
  return moved;
}

async function opensWith({ key }: HeldKey, written: Written, { manifest, column }: Opened): Promise<boolean> {
  const place = { caseId: manifest.caseId, kind: written.kind as Kind, version: written.version };
  const found = await openWrap(key, written.wraps.map(fromBase64), place, manifest.columns, column).catch(() => null);
  found?.fill(0);
  return found !== null;
}

async function moveOne(written: Written, opened: Opened, older: readonly HeldKey[], newest: HeldKey, { reader, device, chance }: { reader: Reader; device: Signer; chance: Chance }): Promise<Moved> {
  const { manifest, column, consent } = opened;
  const kind = written.kind as Kind;
  const place = { caseId: manifest.caseId, kind, version: written.version };
  const { closed, wraps } = standing(written, opened, reader);
  const mayOpen = consent.compartments.includes(kind);
  const to = newest.key.publicKey;
  const move = ({ key }: HeldKey) => moveColumn({ from: key, to }, wraps, place, manifest.columns, column, mayOpen, chance);
  // Of one that moved before a break the newest key is the one that opens it: it is closed once more.
  const after = mayOpen ? await withAny([...older, newest], move) : await move(newest);
  const signature = signMoved(device, place, { closedHash: digest(closed), before: digest(...wraps), after: digest(...after) });
  return { kind, version: written.version, wraps: after.map(toBase64), signature: toBase64(signature) };
}

/**
 * What is there before a move, whose signatures hold. Of one who has left, the bytes as they are: they
 * move with the rest, and are doubted afterwards as before.
 */
function standing(written: Written, { manifest }: Opened, { authors }: Reader): { closed: Bytes; wraps: Bytes[] } {
  try {
    return checkedWriting(written, manifest, authors, () => true);
  } catch (reason) {
    if (!(reason instanceof UnknownAuthor)) throw reason;
    return { closed: fromBase64(written.closed), wraps: written.wraps.map(fromBase64) };
  }
}
