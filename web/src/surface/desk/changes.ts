// What a desk knows, told by changes. The rows keep the order the server answers in: by urgency,
// then by how long it has been waiting, then by id, as `wire/desk.rs` says.

import type { AlarmItem, Board, BoardChange, WalkItem } from '../../wire';

function order(a: { urgency: number; id: string }, b: { urgency: number; id: string }, since: number): number {
  return a.urgency - b.urgency || since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
const alarms = (a: AlarmItem, b: AlarmItem): number => order(a, b, a.sent_at - b.sent_at);
const walks = (a: WalkItem, b: WalkItem): number => order(a, b, a.asked_at - b.asked_at);

function merged<T extends { id: string }>(before: T[], put: T[] | undefined, gone: Set<string>, by?: (a: T, b: T) => number): T[] {
  const fresh = new Map((put ?? []).map((one) => [one.id, one]));
  if (fresh.size === 0 && !before.some((one) => gone.has(one.id))) return before;
  const kept = before.filter((one) => !gone.has(one.id)).map((one) => {
    const other = fresh.get(one.id);
    fresh.delete(one.id);
    return other ?? one;
  });
  const all = [...kept, ...fresh.values()];
  return by ? all.sort(by) : all;
}

/** The board after a change; nothing if it is not this board that was changed. */
export function changed(board: Board, change: BoardChange): Board | null {
  if (change.since !== board.number) return null;
  const gone = new Set(change.gone ?? []);
  return {
    ...board,
    number: change.number,
    now: change.now,
    alarms: merged(board.alarms, change.alarms, gone, alarms),
    walks: merged(board.walks, change.walks, gone, walks),
    teams: merged(board.teams, change.teams, gone, (a, b) => (a.call_sign < b.call_sign ? -1 : a.call_sign > b.call_sign ? 1 : 0)),
    watches: change.watches ?? board.watches,
    sightings: change.sightings ?? board.sightings,
    watch: change.watch ?? board.watch,
    self_test: change.self_test ?? board.self_test,
    tonight: change.tonight ?? board.tonight,
  };
}
