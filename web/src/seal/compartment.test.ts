import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { CONTENT_BYTES_MAX, closeCompartment, KIND, KINDS, openCompartment, pad, REPORT_KINDS, THREADS, unpad, type Place } from './compartment';
import { flipped, misfits, refusedLater } from './spoilt';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const place: Place = { caseId: browserChance(16), kind: KIND.incident, version: 2 };
const key = browserChance(32);
const content = new TextEncoder().encode('그날 밤에 있었던 일이에요.');

describe('a compartment', () => {
  test('says only which of seven sizes it has', () => {
    expect(KINDS).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(REPORT_KINDS).toEqual(KINDS.slice(0, 12));
    expect(THREADS).toEqual(KINDS.slice(12));
    const size = (length: number) => pad(new Uint8Array(length)).length / 1024;
    expect([0, 1, 11_700, 16_380].map(size)).toEqual([16, 16, 16, 16]);
    expect([16_381, 32_764, 32_765, 65_532, 524_285, CONTENT_BYTES_MAX].map(size)).toEqual([32, 32, 64, 64, 1024, 1024]);
    expect(() => pad(new Uint8Array(CONTENT_BYTES_MAX + 1))).toThrow('too_long');
  });

  test('opens in its own place, with the content whole', async () => {
    for (const inside of [content, new Uint8Array(), browserChance(40_000)]) {
      const closed = await closeCompartment(key, place, inside);
      expect(await openCompartment(key, place, closed)).toEqual(inside);
      expect(await openCompartment(key, place, closed, 2)).toEqual(inside);
    }
  });

  test('opens nowhere else', async () => {
    const closed = await closeCompartment(key, place, content);
    const others: Place[] = [{ ...place, caseId: browserChance(16) }, { ...place, kind: KIND.health }, { ...place, version: 3 }];
    for (const other of others) await refusedLater(openCompartment(key, other, closed), 'not_for_this_place');
    await refusedLater(openCompartment(browserChance(32), place, closed), 'not_for_this_place');
    for (const wrong of misfits(closed)) await refusedLater(openCompartment(key, place, wrong), 'not_for_this_place');
    for (const wrong of flipped(closed, 80)) await refusedLater(openCompartment(key, place, wrong), 'not_for_this_place');
  });

  test('of an older version is not even tried', async () => {
    const closed = await closeCompartment(key, place, content);
    await refusedLater(openCompartment(key, place, closed, 3), 'older_than_seen');
  });

  test('with numbers that are none is no compartment', async () => {
    const closed = await closeCompartment(key, place, content);
    for (const wrong of [{ kind: 0 }, { kind: 15 }, { version: 0 }, { version: 2 ** 32 }, { caseId: browserChance(15) }]) {
      await refusedLater(openCompartment(key, { ...place, ...wrong } as Place, closed, 1), 'form_broken');
      await refusedLater(closeCompartment(key, { ...place, ...wrong } as Place, content), 'form_broken');
    }
    await refusedLater(openCompartment(key.slice(1), place, closed), 'key_not_whole');
  });

  test('padded in any other way is broken', () => {
    const padded = pad(content);
    expect(unpad(padded)).toEqual(content);
    for (const wrong of [...misfits(padded), padded.slice(0, 4), pad(new Uint8Array(20_000)).slice(0, 16_384)]) {
      expect(() => unpad(wrong)).toThrow('padding_broken');
    }
    // A bit of the length or of the zeros; one of the content is the cipher's to notice.
    for (const wrong of flipped(padded, 500)) {
      const inContent = content.some((byte, at) => wrong[4 + at] !== byte);
      if (!inContent) expect(() => unpad(wrong)).toThrow('padding_broken');
    }
    const larger = new Uint8Array(32 * 1024);
    larger.set(padded);
    expect(() => unpad(larger)).toThrow('padding_broken');
  });
});
