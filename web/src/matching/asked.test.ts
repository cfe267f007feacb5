import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { describe, expect, test, vi } from 'vitest';
import { browserChance } from '../seal/chance';
import { blind, finish, holdersOf, readAnswer, type Answer } from './asked';
import { Fn, Point } from './group';
import { REFUSALS, Refusal } from './refusal';
import { askToken, spend, takeToken } from './token';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000 });

const { voprf } = ristretto255_oprf;
const input = new TextEncoder().encode('tel:+821012345678');
const whole = 1_234_567n;
const shares = [1n, 2n, 3n].map((at) => Fn.toBytes(Fn.add(whole, Fn.mul(89n, at))));
const keys = shares.map((share) => Point.BASE.multiply(Fn.fromBytes(share)).toBytes());

function answer(blinded: Uint8Array, holder: number): Answer {
  const made = voprf.blindEvaluate(shares[holder - 1] as Uint8Array, keys[holder - 1] as Uint8Array, blinded);
  return readAnswer(Uint8Array.of(holder, ...made.evaluated, ...made.proof));
}

const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as Refusal).code;
  }
  return 'taken';
};

describe('a question to three holders', () => {
  const holders = holdersOf(keys);

  test('any two give what the whole key gives', () => {
    // The library's own client against one server with the whole key.
    const alone = voprf.blind(input);
    const key = Point.BASE.multiply(whole).toBytes();
    const made = voprf.blindEvaluate(Fn.toBytes(whole), key, alone.blinded);
    const oracle = voprf.finalize(input, alone.blind, made.evaluated, alone.blinded, key, made.proof);
    for (const pair of [[1, 2], [2, 1], [1, 3], [2, 3]]) {
      const asked = blind(input, browserChance);
      expect(finish(asked, holders, pair.map((holder) => answer(asked.blinded, holder)))).toEqual(Uint8Array.from(oracle));
    }
  });

  test('one alone, one twice, or one under the name of another give nothing', () => {
    const asked = blind(input, browserChance);
    const one = answer(asked.blinded, 1);
    expect(codeOf(() => finish(asked, holders, [one]))).toBe('too_few_answers');
    expect(codeOf(() => finish(asked, holders, [one, one]))).toBe('same_holder_twice');
    expect(codeOf(() => finish(asked, holders, [one, { ...answer(asked.blinded, 2), holder: 3 }]))).toBe('proof_wrong');
  });

  test('two questions of one number do not look alike', () => {
    expect(blind(input, browserChance).blinded).not.toEqual(blind(input, browserChance).blinded);
  });
});

test('a token is spent for one question, and the next mark is another', () => {
  const asked = askToken(browserChance);
  const made = voprf.blindEvaluate(shares[0] as Uint8Array, keys[0] as Uint8Array, asked.blinded);
  const token = takeToken(asked, keys[0] as Uint8Array, made.evaluated, made.proof);
  const [one, two] = [spend(token, new Uint8Array(32).fill(1)), spend(token, new Uint8Array(32).fill(2))];
  expect(one.length).toBe(64);
  expect(one.slice(0, 32)).toEqual(two.slice(0, 32));
  expect(one.slice(32)).not.toEqual(two.slice(32));
});

test('whatever comes in, a name of the specification comes out', () => {
  const asked = blind(input, browserChance);
  const lengths = [0, 1, 31, 32, 33, 64, 96, 97, 98];
  const some = <T>(things: readonly T[]) => things[(browserChance(1)[0] ?? 0) % things.length] as T;
  const garbage = () => some([browserChance, (length: number) => new Uint8Array(length), (length: number) => new Uint8Array(length).fill(255)])(some(lengths));
  for (let round = 0; round < 100; round += 1) {
    const bytes = garbage();
    if (bytes.length > 0 && round % 2 === 0) bytes[0] = 1 + (round % 3);
    const codes = [
      codeOf(() => holdersOf([garbage(), garbage(), garbage()])),
      codeOf(() => readAnswer(bytes)),
      codeOf(() => finish(asked, holdersOf(keys), [{ holder: 1, element: garbage(), proof: garbage() }, answer(asked.blinded, 2)])),
      codeOf(() => takeToken(asked, garbage(), garbage(), garbage())),
    ];
    for (const code of codes) expect([...REFUSALS, 'taken']).toContain(code);
  }
});
