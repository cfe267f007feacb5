import { describe, expect, test } from 'vitest';
import { browserChance } from '../seal/chance';
import { refused } from '../seal/spoilt';
import { fromBase64, fromBase64Of, toBase64 } from './base64';

describe('base64url', () => {
  test('writes what the platform writes, of every length to 70 and of a megabyte', () => {
    for (const length of [...Array.from({ length: 70 }, (_, at) => at), 65_536]) {
      const bytes = browserChance(length);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(Buffer.from(fromBase64(toBase64(bytes))).equals(bytes)).toBe(true);
    }
    const long = new Uint8Array(1_048_592).fill(0xa7);
    // Compared as a whole: byte by byte takes the test runner seconds.
    expect(Buffer.from(fromBase64(toBase64(long))).equals(long)).toBe(true);
  });

  test('reads only the one text of the bytes', () => {
    expect(fromBase64('')).toEqual(new Uint8Array());
    expect(fromBase64('-_8')).toEqual(Uint8Array.of(0xfb, 0xff));
    for (const wrong of ['A', 'AB=', 'AA==', 'A+', 'A/', ' AA', 'AAé', '-_9', 'AB', '가나']) refused(() => fromBase64(wrong), 'form_broken');
    refused(() => fromBase64Of('AAAA', 2), 'form_broken');
    expect(fromBase64Of('AAAA', 3)).toHaveLength(3);
  });
});
