import { expect, test } from 'vitest';
import type { Directory } from '../../../onestop/directory';
import type { OpenCase, Reader } from '../../../onestop/mailbox';
import { hasRoom, othersOf } from './others';

const reader = (column: number, center: string | null, withdrawnAt: number | null = null) => ({ column, center, kinds: [1], withdrawnAt }) as Reader;
const open = (readers: Reader[]) => ({ readers }) as OpenCase;
const center = (name64: string, entry: object | null = {}, takes = 'reports') => ({ name64, entry, takes });

test('offered are centers that take reports, have a key and read nothing now', () => {
  const directory = { centers: [center('reads'), center('taken back'), center('none'), center('keyless', null), center('referrals', {}, 'referrals')] } as unknown as Directory;
  const of = open([reader(0, null), reader(3, 'reads'), reader(5, 'taken back', 1)]);
  expect(othersOf(of, directory).map(({ name64 }) => name64)).toEqual(['taken back', 'none']);
  expect(othersOf(of, null)).toEqual([]);
});

test('eight columns are all there are, and a case whose notes cannot be believed has none to give', () => {
  const all = Array.from({ length: 8 }, (_, column) => reader(column, column === 0 ? null : String(column)));
  expect([hasRoom(open(all)), hasRoom(open(all.slice(1))), hasRoom(open([]))]).toEqual([false, true, false]);
});
