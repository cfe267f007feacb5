// From lines to tables. A line is what one case gives to the figures: a few coarse words and random
// bytes. Counting is done in the browser of a center that counts, and in no other place.

import { digest } from '../../seal/digest';
import type { Bytes } from '../../seal/form';
import type { FigureTuple } from '../figures';
import { isMonth } from '../elapsed';
import type { Dimension, FigureTable } from './rules';

const DIMENSIONS: readonly Dimension[] = ['month', 'district', 'type', 'context', 'age_band', 'service'];
const TEXT = new TextEncoder();
/** Before what the digest of a table is made of. */
const FIGURES = TEXT.encode('waylight/onestop/figures');
/** Longest word of a line: codes and slugs are shorter. */
const WORD_LETTERS = 80;

/** What a case gives. */
export interface Line {
  /** 16 random bytes in base64url: nobody who has not read the line can guess what was counted. */
  salt: string;
  /** Always the month; of the rest what some table counts by. */
  values: Partial<Record<Dimension, string>> & { month: string };
}

/** A line as it came to whoever counts. */
export interface LineSent extends Line {
  /** UTC milliseconds of the full hour it came in. */
  sentAt: number;
}

/** The line of a tuple: what the city's tables count by and no more. */
export function lineOf(tuple: FigureTuple, tables: readonly FigureTable[], salt: string): Line {
  const wanted = new Set(tables.flatMap(({ by }) => by));
  const values = DIMENSIONS.flatMap((name): [Dimension, string][] => (name === 'month' || wanted.has(name) ? [[name, tuple[name]]] : []));
  return { salt, values: Object.fromEntries(values) as Line['values'] };
}

/** The line as it is sent, as text. */
export function lineText({ salt, values }: Line): string {
  return JSON.stringify({ v: 1, salt, line: values });
}

/** A line from the text of a letter; `null` for anything else. */
export function readLine(text: string): Line | null {
  try {
    const read = JSON.parse(text) as { v?: unknown; salt?: unknown; line?: Record<string, unknown> } | null;
    const { salt, line } = read ?? {};
    if (read?.v !== 1 || typeof salt !== 'string' || salt === '' || typeof line !== 'object' || line === null) return null;
    const values = DIMENSIONS.flatMap((name): [Dimension, string][] => {
      const value = line[name];
      return typeof value === 'string' && value !== '' && value.length <= WORD_LETTERS ? [[name, value]] : [];
    });
    const month = values.find(([name]) => name === 'month')?.[1];
    return month !== undefined && isMonth(month) ? { salt, values: { ...Object.fromEntries(values), month } } : null;
  } catch {
    return null;
  }
}

/** The period of a table a month lies in: `2026-11`, `2026-Q4` or `2026`. */
export function periodOf({ every }: Pick<FigureTable, 'every'>, month: string): string {
  const year = month.slice(0, 4);
  switch (every) {
    case 'month': return month;
    case 'quarter': return `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
    case 'year': return year;
  }
}

/** The last month of a period. */
function lastMonth(period: string): string {
  const [year = '', rest] = period.split('-');
  if (rest === undefined) return `${year}-12`;
  return rest.startsWith('Q') ? `${year}-${String(Number(rest.slice(1)) * 3).padStart(2, '0')}` : period;
}

/** Whether a period is over on a day: until then lines may still come. */
export function isOver(period: string, today: string): boolean {
  return lastMonth(period) < today.slice(0, 7);
}

/** The lines of a table's period, in an order that does not depend on how they came. A line twice is one. */
export function linesIn<L extends Line>(table: FigureTable, period: string, lines: readonly L[]): L[] {
  const own = lines.filter(({ values }) => periodOf(table, values.month) === period);
  const bySalt = new Map([...own].reverse().map((one) => [one.salt, one]));
  return [...bySalt.values()].sort((one, other) => (one.salt < other.salt ? -1 : 1));
}

/** Every period of a table that has a line, the newest first. */
export function periodsOf(table: FigureTable, lines: readonly Line[]): string[] {
  return [...new Set(lines.map(({ values }) => periodOf(table, values.month)))].sort().reverse();
}

/** A cell that is large enough to be shown. */
export interface Cell {
  /** In the order the table counts by; a line without one is `unknown`. */
  values: string[];
  count: number;
}

/**
 * The cells of a table that are no single people: those of `smallBelow` lines or more. The others are
 * not there at all, also those of none, and no sum is told, or they could be worked out.
 */
export function cellsOf(table: FigureTable, period: string, lines: readonly Line[], smallBelow: number): Cell[] {
  const counted = new Map<string, Cell>();
  for (const { values } of linesIn(table, period, lines)) {
    const named = table.by.map((name) => values[name] ?? 'unknown');
    const cell = counted.get(JSON.stringify(named)) ?? { values: named, count: 0 };
    counted.set(JSON.stringify(named), { ...cell, count: cell.count + 1 });
  }
  return [...counted.values()].filter(({ count }) => count >= smallBelow).sort((one, other) => (one.values.join('\n') < other.values.join('\n') ? -1 : 1));
}

/** What a release is of: over every line that is counted, and what it says. */
export function digestOf(table: FigureTable, period: string, lines: readonly Line[]): Bytes {
  const counted = linesIn(table, period, lines).map(({ salt, values }) => [salt, ...DIMENSIONS.map((name) => values[name] ?? null)]);
  return digest(FIGURES, TEXT.encode(JSON.stringify([table.key, period, counted])));
}

/** The lines that were there when a full hour began: those of a release of that hour. */
export function before(lines: readonly LineSent[], hour: number): LineSent[] {
  return lines.filter(({ sentAt }) => sentAt < hour);
}
