// A file, closed part by part so that a 512 MiB film needs the memory of one part, can be sent in
// any order and taken up after a break (SPEC §9).

import { close, KEY_BYTES, open } from './cipher';
import { CASE_BYTES } from './compartment';
import { exactly, label, within, Writer, type Bytes } from './form';
import { Refusal } from './refusal';

/** Bytes of a file's id. */
export const FILE_BYTES = 16;
/** Bytes of a part before it is closed; the last may be shorter. */
export const PART_BYTES = 1024 * 1024;
/** The most content a file may have. */
export const FILE_CONTENT_BYTES_MAX = 512 * PART_BYTES;

const LENGTH_BYTES = 8;
const LEAST_BYTES = 64 * 1024;

/** Which file it is. A new key for every content: the nonces repeat with the parts. */
export interface FilePlace {
  key: Uint8Array;
  caseId: Uint8Array;
  file: Uint8Array;
}

/** How a content of some length lies in its parts. */
export class Layout {
  /** Bytes of all parts together before they are closed. */
  readonly padded: number;
  /** How many parts. */
  readonly parts: number;

  constructor(
    /** Bytes of the content. */
    readonly length: number,
  ) {
    within(length, 0, FILE_CONTENT_BYTES_MAX, 'too_long');
    this.padded = padmeOf(Math.max(LEAST_BYTES, LENGTH_BYTES + length));
    this.parts = Math.ceil(this.padded / PART_BYTES);
  }

  /** The layout that the first of so many opened parts tells. */
  static told(first: Uint8Array, parts: number): Layout {
    if (first.length < LENGTH_BYTES) throw new Refusal('padding_broken');
    const length = new DataView(first.buffer, first.byteOffset).getBigUint64(0);
    if (length > BigInt(FILE_CONTENT_BYTES_MAX)) throw new Refusal('padding_broken');
    const layout = new Layout(Number(length));
    if (layout.parts !== parts) throw new Refusal('padding_broken');
    return layout;
  }

  /** Bytes of a part before it is closed. */
  bytesOf(part: number): number {
    return Math.min(PART_BYTES, this.padded - part * PART_BYTES);
  }

  /** From where to where the content stands in a part, which may be nowhere. */
  contentOf(part: number): { from: number; to: number } {
    const inside = (at: number) => Math.min(this.length, Math.max(0, at - LENGTH_BYTES));
    return { from: inside(part * PART_BYTES), to: inside((part + 1) * PART_BYTES) };
  }

  /** One part before it is closed, around its piece of the content. */
  around(part: number, piece: Uint8Array): Bytes {
    const { from, to } = this.contentOf(part);
    if (piece.length !== to - from) throw new Refusal('part_broken');
    const plain = new Uint8Array(this.bytesOf(part));
    if (part === 0) plain.set(new Writer().u64(BigInt(this.length)).bytes());
    plain.set(piece, part === 0 ? LENGTH_BYTES : 0);
    return plain;
  }

  /** The piece of the content in an opened part, if all around it is as it must be. */
  pieceIn(part: number, opened: Uint8Array): Bytes {
    const { from, to } = this.contentOf(part);
    const start = part === 0 ? LENGTH_BYTES : 0;
    const end = start + to - from;
    if (opened.length !== this.bytesOf(part)) throw new Refusal('padding_broken');
    if (opened.subarray(end).some((byte) => byte !== 0)) throw new Refusal('padding_broken');
    return Uint8Array.from(opened.subarray(start, end));
  }
}

/** Padmé (Nikitin and others 2019): a length keeps its leading bits only, so few files are alone in theirs. */
function padmeOf(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(length / step) * step;
}

function nonceOf(part: number, parts: number): Bytes {
  return new Writer().u8(part === parts - 1 ? 1 : 0).raw(new Uint8Array(3)).u64(BigInt(part)).bytes();
}

function boundTo({ caseId, file }: FilePlace, parts: number): Bytes {
  return new Writer().raw(label('file')).fixed(caseId, CASE_BYTES).fixed(file, FILE_BYTES).u64(BigInt(parts)).bytes();
}

function closePiece(place: FilePlace, layout: Layout, part: number, piece: Uint8Array): Promise<Bytes> {
  const key = exactly(place.key, KEY_BYTES, 'key_not_whole');
  return close(key, nonceOf(part, layout.parts), boundTo(place, layout.parts), layout.around(part, piece));
}

/** One part of a blob, closed: any of them, again if need be. The rest of the blob is not read. */
export async function closePart(place: FilePlace, content: Blob, part: number): Promise<Bytes> {
  const layout = new Layout(content.size);
  const { from, to } = layout.contentOf(within(part, 0, layout.parts - 1, 'part_broken'));
  return closePiece(place, layout, part, new Uint8Array(await content.slice(from, to).arrayBuffer()));
}

/** Every part of a blob in order. */
export async function* closeBlob(place: FilePlace, content: Blob): AsyncGenerator<Bytes, void, undefined> {
  const { parts } = new Layout(content.size);
  for (let part = 0; part < parts; part += 1) yield closePart(place, content, part);
}

/**
 * Every part of a stream in order. Its length stands at the beginning, so it has to be known: a
 * stream that turns out longer or shorter is refused.
 */
export async function* closeStream(place: FilePlace, content: ReadableStream<Uint8Array>, length: number): AsyncGenerator<Bytes, void, undefined> {
  const layout = new Layout(length);
  const source = new Pieces(content);
  try {
    for (let part = 0; part < layout.parts; part += 1) {
      const { from, to } = layout.contentOf(part);
      yield await closePiece(place, layout, part, await source.take(to - from));
    }
    await source.end();
  } finally {
    await source.leave();
  }
}

/** Takes so many bytes at a time from a stream, which gives them as it likes. */
class Pieces {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader();
  }

  async take(length: number): Promise<Bytes> {
    const taken = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (this.rest.length === 0) {
        const { done, value } = await this.reader.read();
        if (done) throw new Refusal('part_broken');
        this.rest = value;
      }
      const next = this.rest.subarray(0, length - filled);
      taken.set(next, filled);
      filled += next.length;
      this.rest = this.rest.subarray(next.length);
    }
    return taken;
  }

  /** Nothing may follow. */
  async end(): Promise<void> {
    while (this.rest.length === 0) {
      const { done, value } = await this.reader.read();
      if (done) return;
      this.rest = value;
    }
    throw new Refusal('part_broken');
  }

  /** Lets a camera or a download stop that nobody reads any more. */
  async leave(): Promise<void> {
    await this.reader.cancel().catch(() => undefined);
  }
}

/** One part, opened: still with the length before the content and the zeros after it. */
export async function openPart(place: FilePlace, closed: Uint8Array, part: number, parts: number): Promise<Bytes> {
  within(part, 0, parts - 1, 'part_broken');
  const key = exactly(place.key, KEY_BYTES, 'key_not_whole');
  const plain = await open(key, nonceOf(part, parts), boundTo(place, parts), closed);
  if (!plain) throw new Refusal('part_broken');
  return plain;
}

/** Where the parts of a file come from. */
export interface Parts {
  /** How many there are. */
  count: number;
  /** The closed bytes of one, when its turn comes. */
  part(at: number): Promise<Uint8Array>;
}

/**
 * Opens a whole file. Nothing is handed on until the last part has proved right; the browser keeps
 * what a blob is made of on disk, so that one part at a time is in memory.
 */
export async function openFile(place: FilePlace, parts: Parts): Promise<Blob> {
  if (parts.count < 1 || !Number.isSafeInteger(parts.count)) throw new Refusal('part_broken');
  let layout: Layout | undefined;
  let broken: unknown;
  const pieces: Blob[] = [];
  for (let part = 0; part < parts.count; part += 1) {
    const opened = await openPart(place, await parts.part(part), part, parts.count);
    // Every part is opened before the layout of any is judged, as where all are in memory.
    if (broken) continue;
    try {
      layout ??= Layout.told(opened, parts.count);
      pieces.push(new Blob([layout.pieceIn(part, opened)]));
    } catch (error) {
      broken = error;
    }
  }
  if (broken) throw broken;
  return new Blob(pieces);
}

/** The content of a padded file that is in memory whole. */
export function unpadFile(padded: Uint8Array): Bytes {
  const count = Math.ceil(padded.length / PART_BYTES);
  const layout = Layout.told(padded, count);
  const content = new Uint8Array(layout.length);
  for (let part = 0; part < count; part += 1) {
    const { from } = layout.contentOf(part);
    content.set(layout.pieceIn(part, padded.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)), from);
  }
  return content;
}
