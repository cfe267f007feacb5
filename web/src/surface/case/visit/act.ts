// What is done with a visit: prepared while the desk is open, gone on with where there is no network,
// and brought home.

import { lastOf, type Content } from '../../../onestop/work';
import { clockSpeed, serverNow, setClock } from '../../../kernel/clock.svelte';
import { get } from '../../../kernel/send';
import { localHour } from '../../../kernel/say';
import type { Road } from '../../../onestop/visit/carry';
import type { Owner, Taking, Visit } from '../../../onestop/visit/copy';
import { endOf, type Span } from '../../../onestop/visit/head';
import { withWaiting } from '../../../onestop/visit/waiting';
import type { Case } from '../../../onestop/wire';
import type { Device } from '../../../seal/device';
import type { City } from '../../../wire';
import { parts } from '../parts';
import { put, server, type Ways } from '../ways';
import { sitting } from '../../../session/session.svelte';
import { AT_CENTER, work, type Row } from '../work.svelte';
import { putThere } from './kit';
import { visit } from './visit.svelte';

/** One sender among all windows of this browser. */
const SENDING = 'v-send';

/** Whose device it is that writes, as the case will show it. */
interface By {
  center: string;
  device: string;
}

/** The desk as it was taken along. */
function waysOf(opened: Visit, desk: NonNullable<Awaited<ReturnType<Visit['desk']>>>, by: () => By): Ways {
  return {
    desk: async () => ({ view: desk.view, keys: desk.keys, answer: desk.answer }),
    knocks: async () => desk.knocks,
    find: (caseId) => opened.caseOf(caseId),
    async shown(row) {
      if (!row.opened) return row;
      const waiting = (await opened.waiting()).filter(({ caseId }) => caseId === row.caseId);
      return { ...row, opened: { ...row.opened, entries: withWaiting(row.opened.entries, waiting, by()) } };
    },
    async keep(row: Row, content: Content) {
      const taken = await opened.caseOf(row.caseId);
      if (!taken) throw new Error('the case did not go along');
      await opened.keep(row.caseId, content, lastOf(taken.entries), serverNow());
      await visit.count();
    },
    seen: new Map(),
  };
}

/** Goes on with what was taken along; `false`: it is another's, or there is none. */
export async function goAway(device: Device): Promise<boolean> {
  if (!visit.opened && !(await visit.unlock(device))) return false;
  const [opened, here] = [visit.opened, visit.here];
  const desk = await opened?.desk();
  if (!opened || !here || !desk) return false;
  setClock(visit.now(), here.head.clock.speed);
  visit.city = desk.city;
  await work.go(waysOf(opened, desk, () => ({ center: desk.view.center, device: work.own?.device ?? '' })), device);
  return true;
}

/** Looks whether there is a network again; if so, back to the server. `false`: there is none. */
export async function goHome(): Promise<boolean> {
  await sitting.look();
  if (sitting.unreached) return false;
  const device = work.key();
  if (device && sitting.has(AT_CENTER)) await work.go(server, device);
  // Half-written forms wait behind the lock for her key.
  else work.lock('home');
  return true;
}

/** Takes these cases along. Fails whole: then nothing is kept that was not there before. */
export async function prepare(rows: readonly Row[], span: Span): Promise<void> {
  const [device, known] = [work.key(), work.directory];
  if (!device || !known) return;
  const { base64, chance } = await parts();
  const { takeAlong } = await import('../../../onestop/visit/copy');
  // What waits from a visit before goes over into this one.
  if (visit.here && !(await visit.unlock(device))) throw new Error('another\'s visit is on this device');
  // A browser that is short of space throws away what it was not asked to keep.
  await navigator.storage?.persist?.().catch(() => false);
  const before = visit.here?.copy ?? false;
  let taken = false;
  try {
    await putThere();
    const [sight, all, city] = await Promise.all([server.desk(), server.knocks(), get<City>('/api/city')]);
    const [knocks, cases]: [typeof all, Case[]] = [[], []];
    for (const row of rows) {
      const [item, sent] = [all.find(({ id }) => id === row.id), await server.find(row.caseId)];
      if (!item || !sent) continue;
      knocks.push(item);
      cases.push(sent);
    }
    const from = serverNow();
    const taking: Taking = {
      from, until: endOf(span, from, localHour(from)), clock: { server: from, phone: Date.now(), speed: clockSpeed() },
      salt: base64.toBase64(known.salt), credential: work.passkey && base64.toBase64(work.passkey),
      desk: { ...sight, knocks, city }, cases, waiting: (await visit.opened?.waiting()) ?? [],
    };
    await takeAlong(visit.store, device, taking, chance);
    taken = true;
    await opens(device, cases);
  } catch (reason) {
    if (taken || !before) await visit.end();
    throw reason;
  }
}

/** It is prepared once it opens, every case of it; not before. */
async function opens(device: Owner, cases: readonly Case[]): Promise<void> {
  if (!(await visit.unlock(device))) throw new Error('what was taken along does not open');
  for (const one of cases) if (!(await visit.opened?.caseOf(one.case))) throw new Error('what was taken along does not open');
  visit.ended = null;
}

/** The desk is open, with a network: what waits goes, and what may not be kept any more is let go. */
export async function comeHome(): Promise<void> {
  const device = work.key();
  if (!device || work.away || !visit.here) return;
  if (!visit.opened && !(await visit.unlock(device))) return;
  if (work.phase === 'waiting') {
    // The center has another key, and this device was not given it.
    visit.stuck = new Map(visit.waiting.map(({ seq }) => [seq, 'no_key']));
    return lose('no_key');
  }
  await letGone();
  await send();
}

async function lose(why: 'no_key' | 'seat_ended'): Promise<void> {
  if (!visit.here?.copy) return;
  await visit.end();
  visit.ended = why;
}

/** Cases she deleted or took back do not stay on this device. */
async function letGone(): Promise<void> {
  for (const row of work.rows) if (row.state === 'gone' || (row.opened && row.opened.takenBackAt !== null)) await visit.opened?.dropCase(row.caseId);
  await visit.count();
}

/** Sends what waits, in order. Pressed twice, or in two windows, it runs once. */
export async function send(): Promise<void> {
  const opened = visit.opened;
  if (!opened || visit.sending || work.away || work.phase !== 'desk' || visit.waiting.length === 0) return;
  const road = await roadOf(opened);
  if (!road) return;
  visit.sending = true;
  const before = visit.arrived;
  const { carry } = await import('../../../onestop/visit/carry');
  try {
    await navigator.locks.request(SENDING, { ifAvailable: true }, async (turn) => {
      if (turn) await carry(opened, road, (carried) => void visit.told(carried));
    });
  } finally {
    visit.sending = false;
  }
  await visit.count();
  if ([...visit.stuck.values()].includes('seat_ended')) await lose('seat_ended');
  if ([...visit.stuck.values()].includes('signed_out')) void sitting.look();
  await visit.tidy();
  if (visit.arrived > before) await work.inbox(true);
}

async function roadOf(opened: Visit): Promise<Road | null> {
  const [pen, view, directory, taken] = [await work.pen(), work.view, work.directory, await opened.desk()];
  if (!pen || !view || !directory) return null;
  const { desk, laying, chance } = await parts();
  const { openCase } = await import('../../../onestop/case');
  const reader = desk.readerOf(view, work.keys, directory, serverNow(), work.rows);
  const keyOf = (center: string) => pen.keyOf(center)?.publicKey ?? null;
  const knockOf = async (caseId: string) => {
    const row = work.rows.find((one) => one.caseId === caseId && one.knock !== null);
    const item = taken?.knocks[taken.cases.indexOf(caseId)];
    return row?.knock ?? (item ? (await desk.rowOf(item, view, work.keys)).knock : null);
  };
  return {
    find: server.find,
    async open(sent) {
      const knock = await knockOf(sent.case);
      return knock && openCase(sent, knock, reader, server.seen);
    },
    close: (at, content) => laying.closeEntry(at, content, { keys: pen.keys, device: pen.signer, keyOf, chance }),
    put: (caseId, writing) => put(caseId, pen.device, writing),
    now: serverNow,
  };
}
