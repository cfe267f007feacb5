// How one case gives its line to the figures: only with her consent for it, once, and written into
// the case before it leaves, so that she can see it and nobody sends it twice.

import type { FiguresSent } from '../entries';
import { tupleOf, type Countable, type FigureTuple, type NoFigure } from '../figures';
import type { CaseState } from '../fold';
import { lineOf, lineText, type Line } from './tally';
import type { FigureTable } from './rules';

/** A line on its way. */
export interface FigureOut {
  /** 16 random bytes in base64url: never the case's number. */
  referral: string;
  endToken: string;
  /** What is sent, byte for byte. */
  content: string;
}

/** What would leave, or why nothing does. `no_tables`: this city counts nothing. */
export function figureOf(countable: Countable, tables: readonly FigureTable[], zone: string, now: number): { tuple: FigureTuple; line: Omit<Line, 'salt'> } | { none: NoFigure | 'no_tables' } {
  if (tables.length === 0) return { none: 'no_tables' };
  const found = tupleOf(countable, zone, now);
  return 'none' in found ? found : { tuple: found.tuple, line: { values: lineOf(found.tuple, tables, '').values } };
}

/** The line of a tuple with fresh bytes, as it is sent. */
export function figureOut(tuple: FigureTuple, tables: readonly FigureTable[], drawn: { referral: string; endToken: string; salt: string }): FigureOut {
  return { referral: drawn.referral, endToken: drawn.endToken, content: lineText(lineOf(tuple, tables, drawn.salt)) };
}

/** The entry of a line that leaves. */
export function figuring(tuple: FigureTuple, out: FigureOut): FiguresSent {
  return { entry: 'figures_sent', tuple, referral: out.referral, content: out.content, end_token: out.endToken };
}

/** The lines of a case that were written down to be sent, the newest first. */
export function figuresIn({ figures }: Pick<CaseState, 'figures'>): FigureOut[] {
  return figures.flatMap(({ entry }) => {
    const { referral, content, end_token: endToken } = entry;
    return referral !== undefined && content !== undefined && endToken !== undefined ? [{ referral, endToken, content }] : [];
  }).reverse();
}
