// Whom she could still give something of a case to.

import type { Center, Directory } from '../../../onestop/directory';
import type { OpenCase } from '../../../onestop/mailbox';

/** Readers a case has room for, she among them: one column each, and one taken back stays taken. */
const READERS = 8;

/** Whether one more center can get a column. */
export function hasRoom(open: OpenCase): boolean {
  return open.readers.length > 0 && open.readers.length < READERS;
}

/** Centers that take reports and have a key, and read nothing of this case now. */
export function othersOf(open: OpenCase, directory: Directory | null): Center[] {
  const now = open.readers.flatMap(({ center, withdrawnAt }) => (withdrawnAt === null && center !== null ? [center] : []));
  return (directory?.centers ?? []).filter(({ name64, entry, takes }) => entry !== null && takes === 'reports' && !now.includes(name64));
}
