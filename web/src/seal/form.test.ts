import { describe, expect, test } from 'vitest';
import { browserChance, below, shuffled } from './chance';
import { label, Reader, Writer } from './form';
import { Refusal } from './refusal';

describe('a form', () => {
  const bytes = new Writer().u8(1).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0fn).lengthPrefixed(Uint8Array.of(9, 9)).bytes();

  test('is written with its first byte first', () => {
    expect(Buffer.from(bytes).toString('hex')).toBe('0102030405060708090a0b0c0d0e0f000000020909');
    expect(Buffer.from(label('wrap')).toString()).toBe('waylight/seal/v1/wrap');
  });

  test('is read back to its last byte', () => {
    const reader = new Reader(bytes);
    expect([reader.u8(), reader.u16(), reader.u32(), reader.u64()]).toEqual([1, 0x0203, 0x04050607, 0x08090a0b0c0d0e0fn]);
    expect(reader.lengthPrefixed()).toEqual(Uint8Array.of(9, 9));
    reader.end();
  });

  test('is refused when a byte is missing or left over', () => {
    const read = (from: Uint8Array) => () => {
      const reader = new Reader(from);
      reader.fixed(15);
      reader.lengthPrefixed();
      reader.end();
    };
    read(bytes)();
    for (let length = 0; length < bytes.length; length += 1) expect(read(bytes.subarray(0, length))).toThrow(Refusal);
    expect(read(Uint8Array.of(...bytes, 0))).toThrow(Refusal);
  });

  test('never wraps a number around', () => {
    const writer = new Writer();
    for (const number of [-1, 1.5, 256, Number.NaN]) expect(() => writer.u8(number)).toThrow(Refusal);
    expect(() => writer.u16(0x1_0000)).toThrow(Refusal);
    expect(() => writer.u32(0x1_0000_0000)).toThrow(Refusal);
    for (const number of [-1n, 1n << 64n]) expect(() => writer.u64(number)).toThrow(Refusal);
    expect(() => writer.fixed(new Uint8Array(3), 4)).toThrow(Refusal);
  });
});

describe('chance', () => {
  test('makes no order likelier than another', () => {
    const seen = new Map<string, number>();
    for (let times = 0; times < 6000; times += 1) {
      const order = shuffled([1, 2, 3], browserChance).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    // 1,000 of each; ten standard deviations are 290.
    for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(290);
  });

  test('draws again where the last bytes would favor the first numbers', () => {
    const given = [255, 252, 251];
    expect(below(7, () => Uint8Array.of(given.shift() ?? 0))).toBe(251 % 7);
    expect(given).toEqual([]);
  });
});
