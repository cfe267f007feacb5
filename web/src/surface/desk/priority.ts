// What is urgent at a desk, in the order it is answered: each has a shape, a word and a tone of its
// own, and a color that is never alone. The colors keep apart for eyes that mix red and green
// (Okabe and Ito 2008: vermilion, orange, sky blue).

import type { AlarmItem, WalkItem } from '../../wire';

export type Item = { kind: 'alarm'; id: string; alarm: AlarmItem } | { kind: 'walk'; id: string; walk: WalkItem };

export const PRIORITIES = ['alarm', 'unseen', 'overdue', 'calm'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface Look {
  /** An outline in a box of 24. */
  path: string;
  /** What is drawn over it, so that shapes differ inside too. */
  mark?: string;
  filled: boolean;
  /** The custom property of its color. */
  color: `--${string}`;
  /** The message with its word. */
  word: string;
}

export const LOOKS: Record<Priority, Look> = {
  alarm: { path: 'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z', mark: 'M11 6h2v8h-2zM11 16h2v2h-2z', filled: true, color: '--alarm', word: 'desk-alarm' },
  unseen: { path: 'M12 2 22 12 12 22 2 12z', filled: true, color: '--unseen', word: 'desk-ask' },
  overdue: { path: 'M12 3 22 21H2z', mark: 'M11 10h2v5h-2zM11 17h2v2h-2z', filled: false, color: '--overdue', word: 'desk-overdue' },
  calm: { path: 'M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16z', filled: false, color: '--edge', word: 'desk-under-way' },
};

export interface Sound {
  /** Hertz, one after the other. */
  notes: readonly number[];
  /** How long each lasts. */
  note_ms: number;
  /** From one beginning to the next. */
  every_ms: number;
}

/** Three rising notes, two falling ones, one low one: told apart by their number alone. */
export const SOUNDS: Record<Exclude<Priority, 'calm'>, Sound> = {
  alarm: { notes: [740, 932, 1175], note_ms: 180, every_ms: 3000 },
  unseen: { notes: [659, 523], note_ms: 220, every_ms: 6000 },
  overdue: { notes: [330], note_ms: 420, every_ms: 12_000 },
};

/** The server's order is the truth: 0 nobody has seen it, 1 it took too long. */
export function priorityOf(item: Item): Priority {
  if (item.kind === 'alarm') return 'alarm';
  return item.walk.urgency === 0 ? 'unseen' : item.walk.urgency === 1 ? 'overdue' : 'calm';
}

/** Whether somebody still has to take it in hand; until then it sounds. */
export function waits(item: Item): boolean {
  return item.kind === 'alarm' ? item.alarm.seen_at == null : item.walk.urgency < 2;
}

/** A mute is for one item, and ends by itself. */
export const MUTE_MILLIS = 60_000;

/** What sounds, the worst first: what waits and is not muted at the moment. */
export function sounding(items: readonly Item[], mutedUntil: Readonly<Record<string, number>>, at: number): Item[] {
  const loud = items.filter((item) => waits(item) && (mutedUntil[item.id] ?? 0) <= at);
  return loud.sort((a, b) => PRIORITIES.indexOf(priorityOf(a)) - PRIORITIES.indexOf(priorityOf(b)));
}
