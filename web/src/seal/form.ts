// Bytes in a fixed order, written and read exactly: numbers big-endian, nothing left over, nothing
// missing. Whatever is not of the form is refused as a whole; no reader gives back a part.

import { Refusal, type RefusalCode } from './refusal';

/** Bytes of our own, never a view into memory shared with another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What each label closes off from all other uses of the same key. */
export type Label =
  | 'words' | 'locator' | 'sign' | 'open' | 'mailbox-opened' | 'mailbox-deleted'
  | 'device-root' | 'device-sign' | 'device-open'
  | 'compartment' | 'wrap' | 'consent' | 'consent-given' | 'consent-withdrawn'
  | 'report' | 'amended' | 'moved' | 'knock' | 'head' | 'team-key' | 'recovery' | 'file'
  | 'letter' | 'letter-key' | 'letter-written' | 'letter-moved' | 'custody' | 'custody-head' | 'evidence'
  | 'matching-contact' | 'matching-entry' | 'visit' | 'visit-key';

const U16_MAX = 0xffff;
const U32_MAX = 0xffff_ffff;
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** The label as it stands in bytes: ASCII, without an end mark. */
export function label(name: Label): Bytes {
  return new TextEncoder().encode(`waylight/seal/v1/${name}`);
}

/** One after the other. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two are alike. For what is public: it stops at the first difference. */
export function alike(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** A copy of exactly `length` bytes, or the refusal. */
export function exactly(bytes: Uint8Array, length: number, code: RefusalCode = 'form_broken'): Bytes {
  if (bytes.length !== length) throw new Refusal(code);
  return Uint8Array.from(bytes);
}

/** A whole number within bounds, or the refusal: a number out of range must not wrap around. */
export function within(number: number, least: number, most: number, code: RefusalCode = 'form_broken'): number {
  if (!Number.isInteger(number) || number < least || number > most) throw new Refusal(code);
  return number;
}

/** The number of bytes whose last is the highest, as the curves write theirs. */
export function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** Writes a form. */
export class Writer {
  private readonly parts: Uint8Array[] = [];

  /** One byte. */
  u8(number: number): this {
    return this.raw(Uint8Array.of(within(number, 0, 0xff)));
  }

  /** Two bytes. */
  u16(number: number): this {
    const view = new DataView(new ArrayBuffer(2));
    view.setUint16(0, within(number, 0, U16_MAX));
    return this.raw(new Uint8Array(view.buffer));
  }

  /** Four bytes. */
  u32(number: number): this {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, within(number, 0, U32_MAX));
    return this.raw(new Uint8Array(view.buffer));
  }

  /** Eight bytes; a `bigint`, because a `number` is exact to 53 bits only. */
  u64(number: bigint): this {
    if (number < 0n || number > U64_MAX) throw new Refusal('form_broken');
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, number);
    return this.raw(new Uint8Array(view.buffer));
  }

  /** Bytes whose number the form fixes. */
  fixed(bytes: Uint8Array, length: number): this {
    return this.raw(exactly(bytes, length));
  }

  /** Bytes with their number before them. */
  lengthPrefixed(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): this {
    this.parts.push(bytes);
    return this;
  }

  /** All that was written. */
  bytes(): Bytes {
    return join(...this.parts);
  }
}

/** Reads a form; every step refuses with the same name when the bytes are not there. */
export class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(
    private readonly whole: Uint8Array,
    private readonly code: RefusalCode = 'form_broken',
  ) {
    this.view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  }

  private step(length: number): number {
    if (length > this.whole.length - this.at) this.refuse();
    const from = this.at;
    this.at += length;
    return from;
  }

  /** Refuses: a value was read that the form does not have. */
  refuse(): never {
    throw new Refusal(this.code);
  }

  /** One byte. */
  u8(): number {
    return this.view.getUint8(this.step(1));
  }

  /** Two bytes. */
  u16(): number {
    return this.view.getUint16(this.step(2));
  }

  /** Four bytes. */
  u32(): number {
    return this.view.getUint32(this.step(4));
  }

  /** Eight bytes. */
  u64(): bigint {
    return this.view.getBigUint64(this.step(8));
  }

  /** So many bytes, as a copy. */
  fixed(length: number): Bytes {
    const from = this.step(length);
    return Uint8Array.from(this.whole.subarray(from, from + length));
  }

  /** Bytes with their number before them. */
  lengthPrefixed(): Bytes {
    return this.fixed(this.u32());
  }

  /** A byte that can only be this one. */
  only(byte: number): this {
    if (this.u8() !== byte) this.refuse();
    return this;
  }

  /** Nothing may follow. */
  end(): void {
    if (this.at !== this.whole.length) this.refuse();
  }
}
