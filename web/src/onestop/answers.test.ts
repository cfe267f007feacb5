import { describe, expect, test } from 'vitest';
import { bytesOf, contentsOf, daysOf, kindsOf, leading, noAnswers, possible, todayIn, whenOf, type Day } from './answers';
import { CONTACT, IDENTITY, INCIDENT, NOTES } from './content';

const day = (year: number, month: number, date: number, known: Day['known'] = 'day'): Day => ({ known, year, month, day: date });
const today = { year: 2026, month: 11, day: 27 };

describe('a day', () => {
  test('is today\'s in the city, not the phone\'s or UTC\'s', () => {
    const justBeforeMidnight = Date.UTC(2026, 10, 27, 14, 59, 59);
    expect(todayIn('Asia/Seoul', justBeforeMidnight)).toEqual(today);
    expect(todayIn('Asia/Seoul', justBeforeMidnight + 1_000)).toEqual({ ...today, day: 28 });
    expect(todayIn('UTC', justBeforeMidnight + 1_000)).toEqual(today);
  });

  test('that has not come, or that no calendar has, cannot be chosen', () => {
    expect(possible(day(2026, 11, 27), today)).toEqual(day(2026, 11, 27));
    expect(possible(day(2026, 11, 28), today)).toEqual(day(2026, 11, 0));
    expect(possible(day(2026, 12, 1), today)).toEqual(day(2026, 0, 0));
    expect(possible(day(2027, 1, 1), today)).toEqual(day(0, 0, 0));
    expect(possible(day(2024, 2, 29), today)).toEqual(day(2024, 2, 29));
    expect(possible(day(2025, 2, 29), today)).toEqual(day(2025, 2, 0));
    expect(possible(day(1900, 2, 29), today)).toEqual(day(1900, 2, 0));
    expect(possible(day(1900, 1, 1), today)).toEqual(day(1900, 1, 1));
    expect(possible(day(1899, 12, 31), today)).toEqual(day(0, 0, 0));
    expect(daysOf({ year: 2000, month: 2 }, today)).toBe(29);
  });

  test('says no more than she knows', () => {
    expect(whenOf(day(2026, 2, 3))).toEqual({ known: 'day', date: '2026-02-03' });
    expect(whenOf(day(2026, 2, 0))).toEqual({ known: 'month', date: '2026-02' });
    expect(whenOf(day(2026, 2, 3, 'month'))).toEqual({ known: 'month', date: '2026-02' });
    expect(whenOf(day(2026, 0, 0))).toEqual({ known: 'no', date: '2026' });
    expect(whenOf(day(2026, 2, 3, 'no'))).toEqual({ known: 'no' });
    expect(whenOf(day(0, 0, 0, null))).toBeUndefined();
  });
});

describe('answers', () => {
  test('become only what was answered', () => {
    expect(contentsOf(noAnswers(), 'ko')).toEqual({});
    expect(contentsOf({ ...noAnswers(), happened: '밤에' }, 'ko')).toEqual({ [INCIDENT]: { happened: '밤에' } });
    expect(contentsOf({ ...noAnswers(), wants: ['keep_record'] }, 'ko')).toEqual({ [NOTES]: { wants: ['keep_record'] } });
    expect(contentsOf({ ...noAnswers(), called: '달' }, 'en')).toEqual({ [IDENTITY]: { called: '달', language: 'en' } });
  });

  test('leave out what another answer made meaningless', () => {
    const number = { ...noAnswers(), reachWhere: '010', digital: ['deepfake' as const] };
    expect(contentsOf({ ...number, reach: 'mailbox', place: 'home' }, 'ko')).toEqual({ [CONTACT]: { reach: 'mailbox' }, [INCIDENT]: { place: 'home' } });
    expect(contentsOf({ ...number, reach: 'phone', place: 'online' }, 'ko')).toEqual({ [CONTACT]: { reach: 'phone', where: '010' }, [INCIDENT]: { place: 'online', digital: ['deepfake'] } });
  });

  test('are counted in the bytes that are closed', () => {
    expect([bytesOf('abc'), bytesOf('가나'), bytesOf('\n'), bytesOf('\u0000'), bytesOf('\ud800'), bytesOf('😀')]).toEqual([3, 6, 2, 6, 6, 4]);
  });
});

describe('who reads', () => {
  test('is led by the first that counsels, else by the first', () => {
    const service = (center: string) => (center.startsWith('c') ? 'counsel' : 'medical');
    const of = (...centers: string[]) => leading(centers.map((center) => ({ center, kinds: [] })), service);
    expect([of('m1', 'c1', 'c2'), of('m1', 'm2'), of()]).toEqual(['c1', 'm1', null]);
  });

  test('is what she ticked, and for the leading center what its work needs', () => {
    expect(kindsOf({ center: 'x', kinds: [INCIDENT, CONTACT] }, false)).toEqual([1, 3]);
    expect(kindsOf({ center: 'x', kinds: [] }, false)).toEqual([]);
    expect(kindsOf({ center: 'x', kinds: [INCIDENT] }, true)).toEqual([3, 5, 6, 7, 11, 13, 14]);
  });
});
