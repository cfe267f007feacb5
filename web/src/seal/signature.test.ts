import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { join, label, littleEndian, type Bytes } from './form';
import { isSigned, sign, signingKeyOf } from './signature';
import { flipped, misfits } from './spoilt';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
/** Of order eight: what a signer may add to hide in the cofactor. */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const little = (number: bigint): Bytes => Uint8Array.from({ length: 32 }, (_, at) => Number((number >> BigInt(8 * at)) & 0xffn));

describe('a signature', () => {
  const seed = browserChance(32);
  const key = signingKeyOf(seed);
  const message = browserChance(40);
  const signature = sign(seed, 'report', message);

  test('holds for its key, its use and its bytes', () => {
    expect(isSigned(key, 'report', message, signature)).toBe(true);
    expect(isSigned(key, 'consent-given', message, signature)).toBe(false);
    for (const wrong of flipped(message, 40)) expect(isSigned(key, 'report', wrong, signature)).toBe(false);
    for (const wrong of flipped(signature, 128)) expect(isSigned(key, 'report', message, wrong)).toBe(false);
    for (const wrong of [...misfits(signature)]) expect(isSigned(key, 'report', message, wrong)).toBe(false);
    for (const wrong of misfits(key)) expect(isSigned(wrong, 'report', message, signature)).toBe(false);
  });

  test('has one spelling only', () => {
    const again = join(signature.subarray(0, 32), little(littleEndian(signature.subarray(32)) + ORDER));
    expect(isSigned(key, 'report', message, again)).toBe(false);
  });

  test('of a key that fits every message is none', () => {
    // With A and R of small order and S of 0 the equation holds for whatever was said.
    for (const small of [Point.ZERO, TORSION, TORSION.double()]) {
      for (const r of [Point.ZERO, TORSION]) {
        for (let tries = 0; tries < 8; tries += 1) {
          const said = browserChance(tries + 1);
          expect(isSigned(Uint8Array.from(small.toBytes()), 'report', said, join(r.toBytes(), little(0n)))).toBe(false);
        }
      }
    }
  });

  test('that holds only times the cofactor is none', () => {
    const secret = littleEndian(browserChance(32)) % ORDER;
    const nonce = littleEndian(browserChance(32)) % ORDER;
    const own = Uint8Array.from(Point.BASE.multiply(secret).toBytes());
    const r = Point.BASE.multiply(nonce).add(TORSION).toBytes();
    const signed = join(label('report'), message);
    const challenge = littleEndian(sha512(join(r, own, signed))) % ORDER;
    const forged = join(r, little((nonce + challenge * secret) % ORDER));
    // The library's strict mode takes it: this is what the second equation is for.
    expect(ed25519.verify(forged, signed, own, { zip215: false })).toBe(true);
    expect(isSigned(own, 'report', message, forged)).toBe(false);
  });
});
