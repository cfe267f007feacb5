// Which consent stands in which column now. The manifest says it of those that came with the report;
// of a later one the notes do, which nobody but she may write.

import { DIGEST_BYTES } from '../seal/digest';
import type { Column } from '../seal/wrap';
import { fromBase64Of } from './base64';
import type { ColumnNote } from './content';

/** The columns with the marks of the consents that stand in them now. A mark that is none changes nothing. */
export function laidColumns(columns: readonly Column[], notes: readonly ColumnNote[]): Column[] {
  return columns.map((column, at) => {
    const mark = notes.find((one) => one.column === at)?.mark;
    return mark === undefined ? column : { mark: markOf(mark) ?? column.mark };
  });
}

function markOf(text: string): Uint8Array | null {
  try {
    return fromBase64Of(text, DIGEST_BYTES);
  } catch {
    return null;
  }
}
