// What stands in the evidence compartment (kind 10): which files there are, what they are called, and
// the keys that open them. The server has the closed parts under a number, and none of this.

import { fromBase64 } from '../onestop/base64';
import type { Bytes } from '../seal/form';

/** A file of a case. Bytes are base64url. */
export interface EvidenceFile {
  /** Its number, 16 bytes. */
  id: string;
  /** As it was called where it came from: to be shown, never to be used as a path. */
  name: string;
  /** Bytes of its content. */
  size: number;
  /** By its first bytes, not by its name. */
  mime: string;
  /** Of the content, 32 bytes. */
  sha256: string;
  /** With it the custody log calls the file, 16 bytes. */
  salt: string;
  /** What opens its parts, 32 bytes. */
  key: string;
  /** Of a copy without place and device: the number of the original. */
  stripped_of?: string;
  /** UTC milliseconds of a full hour. */
  added_at?: number;
}

/** What is written into kind 10. */
export interface Evidence {
  files?: EvidenceFile[];
}

/** A list as it was read: with what another edition of the page may have put there. */
export interface List {
  files: EvidenceFile[];
  /** Entries this page does not understand. They are written again as they were. */
  others: unknown[];
}

/** The most content a file may have, as the seal says. Not asked there: a page that shows a list need not carry it. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;
const MIME = /^[a-z]+\/[a-z0-9.+-]{1,60}$/;

const isBytes = (value: unknown, length: number): value is string => {
  if (typeof value !== 'string') return false;
  try {
    return fromBase64(value).length === length;
  } catch {
    return false;
  }
};

function isFile(one: unknown): one is EvidenceFile {
  const { id, name, size, mime, sha256, salt, key, stripped_of, added_at } = (one ?? {}) as Partial<Record<keyof EvidenceFile, unknown>>;
  return (
    isBytes(id, 16) && isBytes(sha256, 32) && isBytes(salt, 16) && isBytes(key, 32) && typeof name === 'string' &&
    typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && size <= FILE_BYTES_MAX && typeof mime === 'string' && MIME.test(mime) &&
    (stripped_of === undefined || isBytes(stripped_of, 16)) && (added_at === undefined || typeof added_at === 'number')
  );
}

/** Reads a list; an empty compartment has none. A number that stands there twice counts once. */
export function readList(content: Record<string, unknown> | null): List {
  const all: unknown[] = Array.isArray(content?.['files']) ? content['files'] : [];
  const list: List = { files: [], others: [] };
  for (const one of all) {
    if (!isFile(one)) list.others.push(one);
    else if (!list.files.some(({ id }) => id === one.id)) list.files.push(one);
  }
  return list;
}

/** The bytes of a list. */
export function listBytes({ files, others }: List): Bytes {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify({ v: 1, files: [...files, ...others] })));
}

/** The originals, each with its copy without place and device if there is one. */
export function pieces({ files }: List): { original: EvidenceFile; stripped: EvidenceFile | null }[] {
  return files.filter(({ stripped_of }) => !stripped_of).map((original) => ({ original, stripped: files.find((one) => one.stripped_of === original.id) ?? null }));
}
