// A center's desk in one caseworker's browser: which keys of the center her device opens, how a
// colleague's device gets them, and what the knocks tell.

import type { Chance } from '../seal/chance';
import type { Device } from '../seal/device';
import { SERVICE, writeEntry, type DeviceEntry, type Service } from '../seal/directory';
import { alike, type Bytes } from '../seal/form';
import { openKnock, type Knock } from '../seal/knock';
import { Refusal } from '../seal/refusal';
import { TeamKey } from '../seal/team';
import type { Bilingual } from '../wire';
import { fromBase64, toBase64 } from './base64';
import { doubtOf, inDanger, openCase, sheWroteLast, type Doubt, type Opened, type Reader, type Seen } from './case';
import { deviceEntry } from './device';
import { centerNamed, deviceNamed, type Directory } from './directory';
import { pseudonymOf, type Pseudonym } from './pseudonym';
import type { Case } from './wire';

/** A device of the center, as the desk lists it. */
export interface DeskDevice {
  device: string;
  entry: string;
  shown_as: string;
  own: boolean;
  /** Whether its seat approves what colleagues plan. */
  supervises?: boolean;
  /** Whether the newest key was closed for it. */
  has_key: boolean;
}

/** `GET /api/onestop/desk`. */
export interface DeskView {
  center: string;
  service: string;
  name: Bilingual;
  /** Of the newest key; 0: none yet. */
  epoch: number;
  devices: DeskDevice[];
  own_wraps: KeyWrap[];
  unanswered: number;
}

/** The center's key of one epoch, closed for one device. */
export interface KeyWrap {
  epoch: number;
  device: string;
  wrap: string;
}

/** One of `GET /api/onestop/knocks`. */
export interface KnockItem {
  id: string;
  epoch: number;
  knock: string;
  received_at: number;
  answered_at: number | null;
}

/** `POST /api/onestop/team-key`. */
export interface NewTeamKey {
  entry: string;
  wraps: { device: string; wrap: string }[];
}

/** A key of the center that this device holds. */
export interface OwnKey {
  epoch: number;
  key: TeamKey;
}

/** A knock, and the case behind it as far as it was opened. */
export interface Row {
  id: string;
  receivedAt: number;
  answeredAt: number | null;
  /** `keyless`: of an epoch whose key this device does not hold. */
  state: 'closed' | 'open' | 'gone' | 'doubted' | 'keyless';
  why: Doubt | null;
  knock: Knock | null;
  caseId: string;
  pseudonym: Pseudonym | null;
  opened: Opened | null;
  danger: boolean;
  wroteLast: boolean;
  /** A case that is gone and whose knock needs no more looking at. */
  away: boolean;
}

const HOUR_MILLIS = 3_600_000;
const KEY_VALID_MILLIS = 400 * 24 * HOUR_MILLIS;

/** Which of the listed devices this key is; `null`: none yet. */
export function ownDevice(view: DeskView, device: Device): DeskDevice | null {
  const center = fromBase64(view.center);
  return view.devices.find((one) => {
    const entry = one.own ? deviceEntry(one.entry, center) : null;
    return entry !== null && alike(entry.signingKey, device.signingKey) && alike(entry.publicKey, device.publicKey);
  }) ?? null;
}

/** The center's keys that were closed for this device, newest first. */
export async function holdKeys(view: DeskView, device: Device, own: DeskDevice): Promise<OwnKey[]> {
  const team = fromBase64(view.center);
  const keys: OwnKey[] = [];
  for (const { epoch, wrap, device: of } of view.own_wraps) {
    if (of !== own.device) continue;
    keys.push({ epoch, key: await TeamKey.open(device, { team, epoch, device: fromBase64(of) }, fromBase64(wrap)) });
  }
  return keys.sort((one, other) => other.epoch - one.epoch);
}

/** Where this device stands: whether it can work, or what it lacks. */
export function standing(view: DeskView, keys: readonly OwnKey[]): 'founding' | 'waiting' | 'desk' {
  if (view.epoch === 0) return 'founding';
  return keys.some(({ epoch }) => epoch === view.epoch) ? 'desk' : 'waiting';
}

/**
 * Whether the key this device holds is the one the directory shows to women. Another one there
 * would mean that somebody else reads what they write.
 */
export function keyDoubt(view: DeskView, keys: readonly OwnKey[], directory: Directory): 'key_differs' | 'key_not_listed' | null {
  const listed = centerNamed(directory, view.center)?.entry;
  if (!listed) return 'key_not_listed';
  const held = keys.find(({ epoch }) => epoch === listed.epoch);
  return held && alike(held.key.publicKey, listed.publicKey) ? null : 'key_differs';
}

/** A new key of the center, closed for these devices. */
export async function newTeamKey(view: DeskView, devices: readonly DeskDevice[], now: number, chance: Chance): Promise<NewTeamKey> {
  const team = fromBase64(view.center);
  const epoch = view.epoch + 1;
  const service = SERVICE[view.service as keyof typeof SERVICE] as Service | undefined;
  if (!service) throw new Refusal('form_broken');
  const key = await TeamKey.draw(chance);
  const from = now - (now % HOUR_MILLIS);
  const entry = writeEntry({ form: 1, team, epoch, service, publicKey: key.publicKey, validFrom: BigInt(from), validTo: BigInt(from + KEY_VALID_MILLIS) });
  const wraps: NewTeamKey['wraps'] = [];
  for (const one of devices) wraps.push({ device: one.device, wrap: toBase64(await closeFor(key, epoch, team, one, chance)) });
  return { entry: toBase64(entry), wraps };
}

/** Every key this device holds, closed for a colleague's: the old ones open the old knocks. */
export async function shareKeys(view: DeskView, keys: readonly OwnKey[], to: DeskDevice, chance: Chance): Promise<KeyWrap[]> {
  const team = fromBase64(view.center);
  const wraps: KeyWrap[] = [];
  for (const { epoch, key } of keys) wraps.push({ epoch, device: to.device, wrap: toBase64(await closeFor(key, epoch, team, to, chance)) });
  return wraps;
}

function closeFor(key: TeamKey, epoch: number, team: Bytes, to: DeskDevice, chance: Chance): Promise<Bytes> {
  const entry: DeviceEntry | null = deviceEntry(to.entry, team);
  const device = fromBase64(to.device);
  if (!entry || !alike(entry.device, device)) throw new Refusal('form_broken');
  return key.closeFor(entry.publicKey, { team, epoch, device }, chance);
}

/** Who reads here, with what the directory proves of authors. */
export function readerOf(view: DeskView, keys: readonly OwnKey[], directory: Directory, now: number, rows: readonly Row[] = []): Reader {
  const knocks = rows.flatMap(({ knock }) => (knock ? [knock] : []));
  return { center: view.center, keys, authors: (device) => deviceNamed(directory, device), now, knocks };
}

/** A knock, opened as far as it goes without its case. */
export async function rowOf(item: KnockItem, view: DeskView, keys: readonly OwnKey[]): Promise<Row> {
  const row: Row = {
    id: item.id, receivedAt: item.received_at, answeredAt: item.answered_at, state: 'closed', why: null,
    knock: null, caseId: '', pseudonym: null, opened: null, danger: false, wroteLast: false, away: false,
  };
  const held = keys.find(({ epoch }) => epoch === item.epoch);
  if (!held) return { ...row, state: 'keyless' };
  try {
    const knock = await openKnock(held.key, { team: fromBase64(view.center), epoch: item.epoch }, fromBase64(item.knock));
    return { ...row, knock, caseId: toBase64(knock.caseId), pseudonym: pseudonymOf(knock.caseId) };
  } catch (reason) {
    return { ...row, state: 'doubted', why: doubtOf(reason) };
  }
}

/**
 * The rows with one of them as it was opened now. Of several knocks of one case the consent she gave last
 * stands: the others are put away, there is nothing more in them.
 */
export function settled(rows: readonly Row[], opened: Row): Row[] {
  const all = rows.map((one) => (one.id === opened.id ? opened : one));
  const newest = new Map<string, Row>();
  for (const row of all) {
    const other = newest.get(row.caseId);
    if (row.state === 'open' && row.knock && (!other?.knock || row.knock.consent.givenAt > other.knock.consent.givenAt)) newest.set(row.caseId, row);
  }
  return all.map((row) => (row.state === 'open' && newest.get(row.caseId)?.id !== row.id ? { ...row, state: 'gone', opened: null, danger: false, wroteLast: false, away: true } : row));
}

/** The row with its case, or without: `null` is one she has deleted. */
export async function openRow(row: Row, sent: Case | null, reader: Reader, seen: Seen): Promise<Row> {
  if (!row.knock) return row;
  // Answered before this visit began: nobody here waits to hear of it. Else it is said once.
  const away = row.away || (row.state === 'closed' && row.answeredAt !== null);
  if (!sent) return { ...row, state: 'gone', opened: null, danger: false, wroteLast: false, away };
  try {
    const opened = await openCase(sent, row.knock, reader, seen);
    return { ...row, state: 'open', why: null, opened, danger: inDanger(opened), wroteLast: sheWroteLast(opened) };
  } catch (reason) {
    return { ...row, state: 'doubted', why: doubtOf(reason), opened: null, danger: false, wroteLast: false };
  }
}
