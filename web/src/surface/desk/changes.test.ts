import { expect, test } from 'vitest';
import type { AlarmItem, Board, WalkItem } from '../../wire';
import { changed } from './changes';

const walk = (id: string, urgency: number, asked_at: number): WalkItem => ({ id, urgency, asked_at, stage: 'seen' }) as WalkItem;
const alarm = (id: string, urgency: number, sent_at: number): AlarmItem => ({ id, urgency, sent_at }) as AlarmItem;
const board = (walks: WalkItem[], alarms: AlarmItem[] = []): Board => ({ number: 7, now: 100, walks, alarms, teams: [], watch: {}, tonight: { home: 1 }, self_test: { arrived: true } }) as unknown as Board;

test('a changed row takes the place its urgency and age give it', () => {
  const before = board([walk('a', 2, 10), walk('b', 2, 20), walk('c', 4, 5)]);
  const after = changed(before, { since: 7, number: 9, now: 200, walks: [walk('c', 0, 5), walk('d', 2, 15)] });
  expect(after?.walks.map((one) => one.id)).toEqual(['c', 'a', 'd', 'b']);
  expect(after?.number).toBe(9);
  expect(after?.alarms).toBe(before.alarms);
});

test('among equals of one moment the id decides, as it does on the server', () => {
  const after = changed(board([], [alarm('alm_b', 1, 5)]), { since: 7, number: 8, now: 1, alarms: [alarm('alm_a', 1, 5)] });
  expect(after?.alarms.map((one) => one.id)).toEqual(['alm_a', 'alm_b']);
});

test('what is gone is gone, and nothing else moves', () => {
  const after = changed(board([walk('a', 2, 10), walk('b', 2, 20)]), { since: 7, number: 8, now: 1, gone: ['a'] });
  expect(after?.walks.map((one) => one.id)).toEqual(['b']);
  expect(after?.tonight.home).toBe(1);
});

test('a change of another board is not taken', () => {
  expect(changed(board([]), { since: 6, number: 8, now: 1 })).toBeNull();
  expect(changed(board([]), { since: 8, number: 9, now: 1 })).toBeNull();
});

test('a team that only moved changes nothing else, at the same number', () => {
  const before = board([walk('a', 2, 10)]);
  const after = changed(before, { since: 7, number: 7, now: 3, teams: [] });
  expect(after?.walks).toBe(before.walks);
});
