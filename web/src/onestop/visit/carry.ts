// Bringing what waited to the cases: in order, each once. Nothing counts as sent before it is seen in
// the case. What was sent for an entry is noted before it goes, and a number is given up only when
// something else stands there; so a first try that was lost on the way, and arrives late, is either
// seen or too late, and never stands there twice.

import { Unreached, Problem } from '../../kernel/send';
import { digest } from '../../seal/digest';
import { Refusal } from '../../seal/refusal';
import { fromBase64, toBase64 } from '../base64';
import { UnknownAuthor } from '../author';
import type { Opened } from '../case';
import { barredFrom, type Barred } from './barred';
import type { Case, Writing } from '../wire';
import type { Content } from '../work';
import type { Visit } from './copy';
import { basedOn, knew, type Waiting } from './waiting';

/**
 * Why an entry does not go. `later`: as soon as there is a network; `crowded`: others write just now;
 * `no_key`: the center has a key that this device was not given yet. Anything else: the server's code.
 */
export type Stuck = 'later' | 'crowded' | 'gone' | 'no_key' | 'signed_out' | 'seat_ended' | 'doubted' | Barred | (string & {});
/** After these nothing else would go either. */
const ENDS: readonly Stuck[] = ['later', 'signed_out', 'seat_ended'];

/** What became of one. */
export interface Carried {
  seq: number;
  stuck: Stuck | null;
}

/** How cases are reached. */
export interface Road {
  /** The case as it is now; `null`: it is not there. */
  find: (caseId: string) => Promise<Case | null>;
  /** Opened; `null`: of a key this device does not have. */
  open: (sent: Case) => Promise<Opened | null>;
  close: (at: Opened, content: Content) => Promise<Writing>;
  /** `false`: the number was taken. */
  put: (caseId: string, writing: Writing) => Promise<boolean>;
  /** UTC milliseconds, by the server's clock. */
  now: () => number;
}

/** So often somebody may be faster, and once more to see that it arrived. */
const TRIES = 5;

const hashOf = (closed: string): string => toBase64(digest(fromBase64(closed)));

/** Sends everything that waits, and tells of each as it goes. Without a network it stops, and goes on the next time. */
export async function carry(visit: Visit, road: Road, tell: (carried: Carried) => void): Promise<void> {
  for (const { seq } of await visit.waiting()) {
    const stuck = await carryOne(visit, seq, road).catch(stuckBy);
    tell({ seq, stuck });
    if (stuck && ENDS.includes(stuck)) return;
  }
}

async function carryOne(visit: Visit, seq: number, road: Road): Promise<Stuck | null> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    // Read after the case in every round: what another window did meanwhile is seen in one of the two.
    const asked = await visit.item(seq);
    if (!asked) return null;
    const sent = await road.find(asked.caseId);
    const one = await visit.item(seq);
    if (!one) return null;
    if (!sent) {
      await visit.dropCase(one.caseId);
      return 'gone';
    }
    const there = sent.entries.find(({ closed }) => one.tried.includes(hashOf(closed)));
    if (there) {
      await visit.landed(seq, there.version, sent);
      return null;
    }
    const stuck = await put(visit, one, sent, road);
    if (stuck) return stuck;
  }
  return 'crowded';
}

async function put(visit: Visit, one: Waiting, sent: Case, road: Road): Promise<Stuck | null> {
  const at = await road.open(sent);
  if (!at) return 'no_key';
  const barred = barredFrom(at, road.now());
  if (barred) {
    // She took it back: what went along is not ours to keep.
    if (barred !== 'no_column') await visit.dropCase(one.caseId);
    return barred;
  }
  const writing = await road.close(at, { ...one.content, base: basedOn(one.content, knew(one), at.entries) });
  // Noted first: were it noted after, a page that is killed between the two would send it twice.
  if (await visit.trying(one.seq, hashOf(writing.closed))) await road.put(one.caseId, writing);
  return null;
}

function stuckBy(reason: unknown): Stuck {
  if (reason instanceof Unreached) return 'later';
  if (reason instanceof Problem) {
    if (reason.status >= 500 || reason.status === 429) return 'later';
    if (reason.status === 401) return 'signed_out';
    if (reason.code === 'onestop.device_not_valid') return 'seat_ended';
    return reason.status === 404 ? 'gone' : reason.code;
  }
  if (reason instanceof Refusal || reason instanceof UnknownAuthor) return 'doubted';
  throw reason;
}
