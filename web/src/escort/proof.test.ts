import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import words from '../../../lang/proof-words.json';
import { proof } from './proof';

interface Vector { secret: string; unix_s: number; index: number; number: number; ko: string; en: string }
const file = resolve(import.meta.dirname, '../../../crates/program/escort/vectors/proof.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[];
const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

describe('the mutual proof', () => {
  test('there are vectors to be held to', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(20);
    expect(words.length).toBe(256);
  });

  test.each(vectors)('shows $ko $number / $en at second $unix_s, as the team\'s phone does', async (vector) => {
    for (const language of ['ko', 'en'] as const) {
      const shown = await proof(base64url(vector.secret), vector.unix_s * 1000 + 999, words, language);
      expect(shown.word).toBe(vector[language]);
      expect(shown.number).toBe(String(vector.number));
    }
  });

  test('a pair stands for one minute', async () => {
    const secret = base64url('00'.repeat(32));
    const shown = await proof(secret, 1_795_441_205_000, words);
    expect(shown.until).toBe(1_795_441_260_000);
    const before = await proof(secret, shown.until - 1, words);
    const after = await proof(secret, shown.until, words);
    expect([before.word, before.number]).toEqual([shown.word, shown.number]);
    expect([after.word, after.number]).not.toEqual([shown.word, shown.number]);
  });
});
