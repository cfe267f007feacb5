// Whose keys are whose, as far as this page can believe it. A server that could slip in a key of
// its own would read everything; so one false entry closes the whole door, and nothing weaker opens.

import { deviceIn, takeHead, teamKeyIn, TEAM_BYTES, type Head, type TeamKeyEntry } from '../seal/directory';
import { DIGEST_BYTES } from '../seal/digest';
import { alike, type Bytes } from '../seal/form';
import { SALT_BYTES } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { SIGNATURE_BYTES, SIGNING_KEY_BYTES } from '../seal/signature';
import type { Bilingual } from '../wire';
import { fromBase64, fromBase64Of } from './base64';
import type { DirectoryAnswer, Keys, ListedCenter, ListedTeamKey } from './wire';

/** A center, with its key if this page believes one. */
export interface Center {
  id: Bytes;
  /** The same in base64url, as bodies and notes name it. */
  name64: string;
  /** A short name of the pack. */
  key: string;
  service: string;
  /** `referrals`: other centers ask it; she cannot choose it herself. */
  takes: 'reports' | 'referrals';
  name: Bilingual;
  does: Bilingual;
  hours: Bilingual;
  phone: string;
  /** The key to close for; `null`: nothing can be closed for this center now. */
  entry: TeamKeyEntry | null;
}

/** A device this page believes to be a center's. */
export interface Device {
  center: string;
  device: string;
  signingKey: Bytes;
}

/**
 * Whether a report can be closed now. `unproved`: the server says so, but what it shows does not
 * prove it; `refused` says what was wrong, for whoever looks after the city.
 */
export type Door = 'open' | 'closed' | 'unproved';

/** The directory as a page uses it. */
export interface Directory {
  door: Door;
  refused: string | null;
  salt: Bytes;
  /** The server's time, UTC milliseconds. */
  now: number;
  answerWithinHours: number;
  centers: Center[];
  devices: Device[];
  head: Head | null;
}

/** What was proved of an answer. */
interface Proved {
  entries: TeamKeyEntry[];
  devices: Device[];
  head: Head | null;
}

/** Reads the answer, and believes of it what is proved. */
export function believe(keys: Keys, answer: DirectoryAnswer): Directory {
  const told = {
    salt: fromBase64Of(answer.salt, SALT_BYTES),
    now: answer.now,
    answerWithinHours: answer.answer_within_hours,
  };
  let proved: Proved = { entries: [], devices: [], head: null };
  let refused: string | null = null;
  try {
    proved = prove(keys, answer);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    refused = reason.code;
  }
  const centers = answer.centers.map((one) => centerOf(one, proved.entries));
  const usable = answer.door === 'open' && centers.some(({ entry, takes }) => entry && takes === 'reports');
  const door: Door = refused !== null ? 'unproved' : usable ? 'open' : 'closed';
  return { door, refused, ...told, centers, devices: proved.devices, head: proved.head };
}

function prove(keys: Keys, answer: DirectoryAnswer): Proved {
  if (answer.head === null || answer.head_signature === null) return { entries: [], devices: [], head: null };
  const trusted = {
    logKey: fromBase64Of(keys.log, SIGNING_KEY_BYTES),
    witnessKeys: keys.witnesses.map((key) => fromBase64Of(key, SIGNING_KEY_BYTES)),
  };
  const now = BigInt(answer.now);
  const signed = {
    head: fromBase64(answer.head),
    signature: fromBase64Of(answer.head_signature, SIGNATURE_BYTES),
    witnesses: answer.witnesses.map(({ key, signature }) => ({ key: fromBase64(key), signature: fromBase64(signature) })),
    // A page keeps nothing between two visits, so there is no older head to be consistent with.
    consistency: [],
  };
  const head = takeHead(signed, trusted, null, now);
  const entries = answer.team_keys.flatMap((listed) => {
    const entry = validNow(() => teamKeyIn(head, bytesOf(listed), now));
    if (!entry) return [];
    // What stands beside the entry is only said; the entry is proved.
    same(listed.center, entry.team);
    return [entry];
  });
  const devices = answer.devices.flatMap((listed): Device[] => {
    const entry = validNow(() => deviceIn(head, bytesOf(listed), now));
    if (!entry) return [];
    same(listed.center, entry.team);
    same(listed.device, entry.device);
    return [{ center: listed.center, device: listed.device, signingKey: Uint8Array.from(entry.signingKey) }];
  });
  return { entries, devices, head };
}

function bytesOf({ entry, index, proof }: ListedTeamKey) {
  return { entry: fromBase64(entry), index: BigInt(index), proof: proof.map((step) => fromBase64Of(step, DIGEST_BYTES)) };
}

/** One whose time is over is left out; anything else that is wrong is wrong with all. */
function validNow<T>(take: () => T): T | null {
  try {
    return take();
  } catch (reason) {
    if (reason instanceof Refusal && reason.code === 'entry_not_valid_now') return null;
    throw reason;
  }
}

function same(said: string, proved: Uint8Array): void {
  if (!alike(fromBase64(said), proved)) throw new Refusal('entry_not_included');
}

function centerOf(listed: ListedCenter & { takes?: string }, entries: readonly TeamKeyEntry[]): Center {
  const id = fromBase64Of(listed.center, TEAM_BYTES);
  const own = entries.filter(({ team }) => alike(team, id));
  const { key, service, name, does, hours, phone } = listed;
  // While a center changes its key two are valid; what is new is closed for the newer one.
  const entry = own.reduce<TeamKeyEntry | null>((newest, one) => (newest && newest.epoch > one.epoch ? newest : one), null);
  // Whatever it is that a later edition says: only who takes reports is offered for one.
  const takes = (listed.takes ?? 'reports') === 'reports' ? 'reports' : 'referrals';
  return { id, name64: listed.center, key, service, takes, name, does, hours, phone, entry };
}

/** The center of this id, if the directory has it. */
export function centerNamed(directory: Directory, name64: string): Center | null {
  return directory.centers.find((one) => one.name64 === name64) ?? null;
}

/** The device that wrote something, if this page believes it to be a center's. */
export function deviceNamed(directory: Directory, device: string): Device | null {
  return directory.devices.find((one) => one.device === device) ?? null;
}
