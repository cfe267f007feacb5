import { expect, test } from 'vitest';
import type { Row } from '../../onestop/desk';
import { inOrder, isEnded, waits } from './order';

const row = (id: string, more: Partial<Row>): Row =>
  ({ id, receivedAt: 0, answeredAt: null, state: 'open', why: null, knock: null, caseId: id, pseudonym: null, opened: null, danger: false, wroteLast: false, away: false, ...more });
const takenBack = { takenBackAt: 5 } as Row['opened'];

test('a knock stands by danger, then by who has waited longest, then by age', () => {
  const rows = [
    row('answered', { answeredAt: 5, receivedAt: 9 }), row('old', { receivedAt: 1 }), row('gone', { state: 'gone', receivedAt: 9 }), row('new', { receivedAt: 2 }),
    row('danger', { danger: true }), row('again', { answeredAt: 5, wroteLast: true, receivedAt: 3 }), row('back', { opened: takenBack, receivedAt: 4 }),
    row('danger answered', { danger: true, answeredAt: 5, receivedAt: 4 }),
  ];
  expect(inOrder(rows).map(({ id }) => id)).toEqual(['danger', 'old', 'new', 'again', 'answered', 'danger answered', 'gone', 'back']);
  expect(rows.filter(waits).map(({ id }) => id)).toEqual(['old', 'new', 'danger', 'again']);
  expect(rows.filter(isEnded).map(({ id }) => id)).toEqual(['gone', 'back']);
});
