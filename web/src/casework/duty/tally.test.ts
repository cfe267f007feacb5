import { describe, expect, it } from 'vitest';
import type { FigureTuple } from '../figures';
import { toBase64 } from '../../onestop/base64';
import { before, cellsOf, digestOf, isOver, lineOf, lineText, linesIn, periodOf, periodsOf, readLine, type LineSent } from './tally';
import type { FigureTable } from './rules';

const CITY: FigureTable = { key: 'city', name: { ko: '도시', en: 'City' }, every: 'quarter', by: ['type'] };
const TUPLE: FigureTuple = { month: '2026-11', district: 'gwanak', type: 'rape', context: 'none', age_band: '18_25', service: 'several' };
const HOUR = 1_795_741_200_000;
const lines = (count: number, type: string, month = '2026-11', from = 0): LineSent[] =>
  Array.from({ length: count }, (_, at) => ({ salt: `${type}${month}${at + from}`, values: { month, type }, sentAt: HOUR }));
const digest = (all: LineSent[], table = CITY, period = '2026-Q4') => toBase64(digestOf(table, period, all));

describe('a line', () => {
  it('says what the tables count by and the month, and nothing else of a case', () => {
    expect(lineOf(TUPLE, [CITY], 'c2FsdA')).toEqual({ salt: 'c2FsdA', values: { month: '2026-11', type: 'rape' } });
    const wider = lineOf(TUPLE, [CITY, { ...CITY, key: 'year', every: 'year', by: ['district', 'type'] }], 'c2FsdA');
    expect(Object.keys(wider.values)).toEqual(['month', 'district', 'type']);
  });

  it('is read as it was sent, and nothing else is one', () => {
    const line = lineOf(TUPLE, [CITY], 'c2FsdA');
    expect(readLine(lineText(line))).toEqual(line);
    for (const text of ['', 'null', '{}', '[]', '{"v":2,"salt":"a","line":{"month":"2026-11"}}', '{"v":1,"salt":"","line":{"month":"2026-11"}}', '{"v":1,"salt":"a","line":{"month":"2026-13"}}', '{"v":1,"salt":"a","line":null}', '{"v":1,"salt":"a","line":{}}']) {
      expect(readLine(text), text).toBeNull();
    }
    // What no table knows does not come along.
    expect(readLine('{"v":1,"salt":"a","line":{"month":"2026-11","name":"누구","type":7}}')).toEqual({ salt: 'a', values: { month: '2026-11' } });
  });
});

describe('a period', () => {
  it('is the one a month lies in', () => {
    expect(periodOf({ every: 'month' }, '2026-11')).toBe('2026-11');
    expect(['01', '03', '04', '09', '10', '12'].map((month) => periodOf({ every: 'quarter' }, `2026-${month}`))).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2026-Q4']);
    expect(periodOf({ every: 'year' }, '2026-11')).toBe('2026');
    expect(periodsOf(CITY, [...lines(1, 'rape', '2026-02'), ...lines(1, 'rape', '2026-11'), ...lines(1, 'rape', '2026-12')])).toEqual(['2026-Q4', '2026-Q1']);
  });

  it('is over on the first day after it', () => {
    expect(isOver('2026-Q3', '2026-09-30')).toBe(false);
    expect(isOver('2026-Q3', '2026-10-01')).toBe(true);
    expect(isOver('2026', '2026-12-31')).toBe(false);
    expect(isOver('2026-11', '2026-12-01')).toBe(true);
  });
});

describe('a table', () => {
  it('shows no cell of few, none of nobody, and counts a line that came twice once', () => {
    const all = [...lines(10, 'rape'), ...lines(9, 'sexual_assault'), ...lines(10, 'rape'), ...lines(30, 'physical_assault', '2026-08')];
    expect(cellsOf(CITY, '2026-Q4', all, 10)).toEqual([{ values: ['rape'], count: 10 }]);
    expect(cellsOf(CITY, '2026-Q3', all, 10)).toEqual([{ values: ['physical_assault'], count: 30 }]);
    expect(linesIn(CITY, '2026-Q4', all)).toHaveLength(19);
  });

  it('counts a line that does not say something as unknown', () => {
    const table: FigureTable = { ...CITY, by: ['type', 'district'] };
    expect(cellsOf(table, '2026-Q4', lines(12, 'rape'), 10)).toEqual([{ values: ['rape', 'unknown'], count: 12 }]);
  });

  it('has a digest of its lines in whatever order they came, and another with one person more or less', () => {
    const all = lines(20, 'rape');
    expect(digest([...all].reverse())).toBe(digest(all));
    expect(digest([...all, ...all])).toBe(digest(all));
    const others = new Set([digest(all.slice(1)), digest([...all, ...lines(1, 'rape', '2026-11', 20)]), digest(all, { ...CITY, key: 'other' }), digest(all.map((one, at) => (at === 0 ? { ...one, values: { ...one.values, type: 'sexual_assault' } } : one)))]);
    expect(others.size).toBe(4);
    expect(others.has(digest(all))).toBe(false);
    // A line of another quarter is not in it.
    expect(digest([...all, ...lines(3, 'rape', '2026-02')])).toBe(digest(all));
  });

  it('is of the lines that came before its hour began', () => {
    const late = lines(1, 'rape', '2026-11', 20).map((one) => ({ ...one, sentAt: HOUR + 3_600_000 }));
    expect(before([...lines(20, 'rape'), ...late], HOUR + 3_600_000)).toHaveLength(20);
    expect(before(lines(20, 'rape'), HOUR)).toEqual([]);
  });
});
