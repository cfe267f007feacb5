// Sending a file: closed part by part, as many as the server does not have yet. A break costs the part
// that was on the way; the rest goes on where it was, now or with the words another day.

import { fromBase64, toBase64 } from '../onestop/base64';
import { Problem, Unreached } from '../kernel/send';
import { alike } from '../seal/form';
import { ACTION } from '../seal/custody';
import { closePart, Layout, openFile } from '../seal/file';
import { Refusal } from '../seal/refusal';
import { note } from './custody';
import { leafOf } from './entry';
import { hashOf, Stopped } from './hash';
import type { EvidenceFile } from './list';
import type { Way } from './way';

/** How far it is: parts there, parts at all. */
export type Progress = (there: number, of: number) => void | Promise<void>;

/** How often a part is tried again before she is asked, and how long is waited before each. */
const WAITS_MILLIS = [500, 2_000, 5_000];

const placeOf = (file: EvidenceFile, caseId: Uint8Array) => ({ key: fromBase64(file.key), caseId, file: fromBase64(file.id) });

/** What may be only a bad moment of the network. */
function passes(reason: unknown): boolean {
  return reason instanceof Unreached || (reason instanceof Problem && (reason.status >= 502 || reason.status === 429));
}

async function patiently<T>(act: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    if (signal?.aborted) throw new Stopped();
    try {
      return await act();
    } catch (reason) {
      const millis = WAITS_MILLIS[tried];
      if (millis === undefined || !passes(reason)) throw reason;
      await new Promise((done) => setTimeout(done, millis));
    }
  }
}

/** Sends what is missing of a file, and notes that it came in, or that the copy was made. */
export async function sendFile(way: Way, caseId: Uint8Array, file: EvidenceFile, original: EvidenceFile, content: Blob, progress?: Progress, signal?: AbortSignal): Promise<void> {
  if (content.size !== file.size) throw new Refusal('part_broken');
  const { padded, parts } = new Layout(content.size);
  const leaf = leafOf(original);
  await patiently(() => way.begin({ file: file.id, leaf: toBase64(leaf), padded }), signal);
  const missing = await patiently(async () => (await way.state()).find((one) => one.file === file.id)?.missing ?? [], signal);
  let there = parts - missing.length;
  await progress?.(there, parts);
  for (const part of missing) {
    const closed = await closePart(placeOf(file, caseId), content, part);
    await patiently(() => way.part(file.id, part, closed), signal);
    there += 1;
    await progress?.(there, parts);
  }
  await noteSent(way, file, leaf);
}

/** What is there is noted once, however often it is sent. */
async function noteSent(way: Way, file: EvidenceFile, leaf: Uint8Array): Promise<void> {
  const { events } = await way.found([leaf]);
  const action = file.stripped_of ? ACTION.strippedCopyMade : ACTION.received;
  // The action's place in an event: after form, number and piece.
  const noted = events.some(({ event }) => fromBase64(event)[41] === action);
  if (!noted) await note(way, leaf, action);
}

/** Whether this is the file that was begun: before the rest of it goes on. */
export async function isSame(file: EvidenceFile, content: Blob, progress?: (share: number) => void | Promise<void>, signal?: AbortSignal): Promise<boolean> {
  return content.size === file.size && alike(await hashOf(content, progress, signal), fromBase64(file.sha256));
}

/** Fetches a file, opens it and checks that it is what was sent. What for was noted before. */
export async function fetchFile(way: Way, caseId: Uint8Array, file: EvidenceFile, progress?: Progress, signal?: AbortSignal): Promise<Blob> {
  const { parts } = new Layout(file.size);
  const opened = await openFile(placeOf(file, caseId), {
    count: parts,
    part: async (at) => {
      const closed = await patiently(() => way.get(file.id, at), signal);
      await progress?.(at + 1, parts);
      return closed;
    },
  });
  if (!(await isSame(file, opened, undefined, signal))) throw new Refusal('part_broken');
  return new Blob([opened], { type: file.mime });
}
