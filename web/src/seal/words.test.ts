import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { Refusal } from './refusal';
import { flipped, misfits } from './spoilt';
import { newPhrase, phraseOf, readPhrase, spell, type Language } from './words';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const refusal = (act: () => unknown): Refusal => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return error as Refusal;
  }
  throw new Error('it was taken');
};
const code = (typed: string) => refusal(() => readPhrase(typed)).code;

describe('seven words', () => {
  test('come back as the phrase they were, in either language and any writing', () => {
    for (let times = 0; times < 200; times += 1) {
      const phrase = newPhrase(browserChance);
      for (const language of ['ko', 'en'] as const) {
        const words = spell(phrase, language);
        expect(words).toHaveLength(7);
        for (const typed of [words.join(' '), ` ${words.join('\u3000\n')}\t`, words.join(' ').normalize('NFD'), words.join(' ').toUpperCase()]) {
          expect(readPhrase(typed)).toEqual({ phrase, language });
        }
      }
    }
  });

  test('are made of the first 70 bits only', () => {
    const random = browserChance(9);
    const other = Uint8Array.from(random);
    other[8] = (other[8] as number) ^ 3;
    expect(phraseOf(other)).toEqual(phraseOf(random));
    other[8] = (other[8] as number) ^ 4;
    expect(phraseOf(other)).not.toEqual(phraseOf(random));
  });

  test('one wrong among them is noticed in 127 of 128 cases', () => {
    const words = spell(phraseOf(new Uint8Array(9)), 'en');
    // Every fifth of the 2,048: enough to tell 127 of 128 from 63 of 64 and 255 of 256.
    const some = english.filter((_, at) => at % 5 === 3);
    let unnoticed = 0;
    for (let place = 0; place < 7; place += 1) {
      for (const wrong of some) {
        if (wrong === words[place]) continue;
        try {
          readPhrase(words.map((word, at) => (at === place ? wrong : word)).join(' '));
          unnoticed += 1;
        } catch (error) {
          expect((error as Refusal).code).toBe('words_do_not_fit');
        }
      }
    }
    // The phrase is always the same one, so this is a count and no chance: about 22 of 2,870.
    expect(unnoticed / (7 * some.length)).toBeGreaterThan(1 / 256);
    expect(unnoticed / (7 * some.length)).toBeLessThan(1 / 64);
  });

  test('are refused by the name of what is wrong with them', () => {
    const phrase = newPhrase(browserChance);
    const [ko, en] = [spell(phrase, 'ko'), spell(phrase, 'en')];
    expect(code('')).toBe('not_seven_words');
    expect(code(en.slice(1).join(' '))).toBe('not_seven_words');
    expect(code([...en, en[0]].join(' '))).toBe('not_seven_words');
    expect(code([...ko.slice(0, 3), ...en.slice(3)].join(' '))).toBe('two_languages');
    const unknown = refusal(() => readPhrase(en.map((word, at) => (at === 4 ? 'waylight' : word)).join(' ')));
    expect([unknown.code, unknown.place]).toEqual(['unknown_word', 5]);
  });

  test('are not spelled for bytes that are no phrase', () => {
    const phrase = newPhrase(browserChance);
    for (const language of ['ko', 'en'] satisfies Language[]) {
      for (const bytes of misfits(phrase)) expect(refusal(() => spell(bytes, language)).code).toBe('words_do_not_fit');
    }
    let taken = 0;
    for (const bytes of flipped(phrase)) {
      try {
        spell(bytes, 'en');
        taken += 1;
      } catch (error) {
        expect((error as Refusal).code).toBe('words_do_not_fit');
      }
    }
    // A flip of one of the 70 bits fits by chance once in 128; none of the last ten can.
    expect(taken).toBeLessThan(8);
  });
});
