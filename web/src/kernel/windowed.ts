// Which rows of a long list are worth having in the page: those in view and a margin. Rows may
// be of any height, since text may be of any size; a row not measured yet is taken to be as high
// as those that were.

/** The upper edge of each row, and after the last the height of all. */
export function edges(heights: readonly number[]): number[] {
  const tops = [0];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}

/** The row at a height, by halving. */
export function rowAt(tops: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The rows from `from` up to and without `to` that touch the view or the margin around it. */
export function touching(tops: readonly number[], top: number, height: number, margin: number): { from: number; to: number } {
  const rows = tops.length - 1;
  if (rows <= 0) return { from: 0, to: 0 };
  return { from: rowAt(tops, top - margin), to: Math.min(rows, rowAt(tops, top + height + margin) + 1) };
}

/** Where to scroll so that a row is in view, moving as little as possible. */
export function revealing(tops: readonly number[], row: number, top: number, height: number): number {
  const upper = tops[row] ?? 0;
  const lower = tops[row + 1] ?? upper;
  if (upper < top) return upper;
  if (lower > top + height) return Math.max(0, lower - height);
  return top;
}
