// The inbox's order: who is in danger first, then who has waited longest, then what is answered, the
// newest first; what she has taken back or deleted stands apart, because there is nobody to answer.

import type { Row } from '../../onestop/desk';

/** Whether she took her consent back or deleted the case. */
export const isEnded = (row: Row): boolean => row.state === 'gone' || (row.opened !== null && row.opened.takenBackAt !== null);

/** Whether somebody waits for this center. */
export const waits = (row: Row): boolean => !isEnded(row) && (row.answeredAt === null || row.wroteLast);

/** The rows in order. */
export function inOrder(rows: readonly Row[]): Row[] {
  const rank = (row: Row) => (isEnded(row) ? 3 : row.danger && waits(row) ? 0 : waits(row) ? 1 : 2);
  const longest = (one: Row, other: Row) => (waits(one) ? one.receivedAt - other.receivedAt : other.receivedAt - one.receivedAt);
  return [...rows].sort((one, other) => rank(one) - rank(other) || longest(one, other));
}
