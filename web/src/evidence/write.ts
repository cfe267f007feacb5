// The list of files written anew: a version of kind 10, by her or by a center, for whoever reads it.

import type { Chance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { HERSELF } from '../seal/consent';
import type { Signer } from '../seal/keys';
import type { Mailbox } from '../seal/mailbox';
import { amend, layAgain, nameOf, sealCompartment, type LaidColumn, type Manifest } from '../seal/report';
import { toBase64 } from '../onestop/base64';
import type { HeldKey, Opened } from '../onestop/case';
import { EVIDENCE } from '../onestop/content';
import { centerNamed, type Directory } from '../onestop/directory';
import type { OpenCase } from '../onestop/mailbox';
import type { Writing } from '../onestop/wire';
import { columnsFor, type KeyOf } from '../onestop/work';
import { listBytes, readList, type EvidenceFile, type List } from './list';

const KIND = EVIDENCE as Kind;

/** The list in her mailbox, as far as it could be read; `null`: it is there and cannot be believed. */
export function listOfHers(open: OpenCase): { list: List; version: number } | null {
  const part = open.parts.find(({ kind }) => kind === EVIDENCE);
  if (!part || part.refused !== null || part.author.by === 'unproved') return null;
  return { list: readList(part.content), version: part.version };
}

/** The list as a center reads it; `null`: not for it, or not to be believed. */
export function listOf(opened: Opened): { list: List; version: number } | null {
  const part = opened.parts.get(EVIDENCE);
  return part?.is === 'told' ? { list: readList(part.content), version: part.version } : null;
}

/** A list with these files, those of the same number in their place. */
export function withFiles(list: List, files: readonly EvidenceFile[]): List {
  const kept = list.files.filter(({ id }) => !files.some((one) => one.id === id));
  return { ...list, files: [...kept, ...files] };
}

/** A list without an original and its copies. */
export function withoutPiece(list: List, id: string): List {
  return { ...list, files: list.files.filter((one) => one.id !== id && one.stripped_of !== id) };
}

/** Who reads her files beside herself: centers whose consent has the kind and was not taken back. */
export function fileReaders(open: OpenCase): string[] {
  return open.readers.flatMap(({ center, kinds, withdrawnAt }) => (center !== null && withdrawnAt === null && kinds.includes(EVIDENCE) ? [center] : []));
}

async function closed(manifest: Manifest, version: number, list: List, columns: readonly LaidColumn[], signer: Signer, chance: Chance): Promise<Writing> {
  const place: Place = { caseId: manifest.caseId, kind: KIND, version };
  const sealed = await sealCompartment(place, listBytes(list), columns, chance);
  return { kind: KIND, version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64), signature: toBase64(amend(signer, place, nameOf(sealed))) };
}

/** Closes her list. */
export function closeHerList(she: Mailbox, directory: Directory, open: OpenCase, list: List, version: number, chance: Chance): Promise<Writing> {
  const readers = open.readers.flatMap(({ column, center, kinds, withdrawnAt }) => {
    if (center === null) return [{ column, publicKey: she.publicKey, recipient: HERSELF, compartments: [KIND] }];
    const found = withdrawnAt === null && kinds.includes(EVIDENCE) ? centerNamed(directory, center) : null;
    return found?.entry ? [{ column, publicKey: found.entry.publicKey, recipient: found.id, compartments: [KIND] }] : [];
  });
  return closed(open.manifest, version, list, layAgain(open.manifest.columns, readers), she, chance);
}

/** Closes the list of a center, for her and for every other center that reads it. */
export function closeList(opened: Opened, list: List, version: number, own: { keys: readonly HeldKey[]; device: Signer; keyOf: KeyOf; chance: Chance }): Promise<Writing> {
  return closed(opened.manifest, version, list, columnsFor(opened, KIND, own.keys, own.keyOf), own.device, own.chance);
}
