// Reading here and there in a blob: what is near was read along, the rest is left where it is.

const AHEAD_BYTES = 256 * 1024;

/** Bytes that are not there. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** A blob, read where one looks. */
export class Window {
  private from = 0;
  private held: Uint8Array = new Uint8Array();

  constructor(readonly blob: Blob) {}

  /** So many bytes from a place on. */
  async bytes(at: number, length: number): Promise<Uint8Array> {
    if (at < 0 || length < 0 || at + length > this.blob.size) throw new Ended();
    if (at < this.from || at + length > this.from + this.held.length) {
      this.held = new Uint8Array(await this.blob.slice(at, at + Math.max(length, AHEAD_BYTES)).arrayBuffer());
      this.from = at;
    }
    return this.held.subarray(at - this.from, at - this.from + length);
  }

  /** All that was read along from a place on, at least one byte. */
  async along(at: number): Promise<Uint8Array> {
    await this.bytes(at, 1);
    return this.held.subarray(at - this.from);
  }

  /** Two bytes, big-endian. */
  async u16(at: number): Promise<number> {
    const bytes = await this.bytes(at, 2);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint16(0);
  }

  /** Four bytes, big-endian. */
  async u32(at: number): Promise<number> {
    const bytes = await this.bytes(at, 4);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  }

  /** Letters. */
  async text(at: number, length: number): Promise<string> {
    return String.fromCharCode(...(await this.bytes(at, length)));
  }
}
