// For the tests: a city's one-stop that runs in memory, with keys of its own: a log, two witnesses,
// three centers, a caseworker's device. It checks what the server checks and can be told to lie.

import { browserChance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { Device } from '../seal/device';
import { ENTRY_FORM, SERVICE, writeEntry, writeHead } from '../seal/directory';
import { digest } from '../seal/digest';
import { alike, type Bytes } from '../seal/form';
import { openKnock } from '../seal/knock';
import { checkDeleted, checkOpened } from '../seal/mailbox';
import { rootOf } from '../seal/merkle';
import { amend, checkHolds, layAgain, nameOf, sealCompartment, signedManifest } from '../seal/report';
import { sign, signingKeyOf } from '../seal/signature';
import { TeamKey } from '../seal/team';
import { findColumn } from '../seal/wrap';
import { openCompartment } from '../seal/compartment';
import { fromBase64, toBase64 } from './base64';
import { CASEWORK, columnsOf, MESSAGE, NOTES, readContent, writeContent } from './content';
import type { Case, DirectoryAnswer, Keys, KnockWire, MailboxDelete, MailboxGive, MailboxWithdraw, MailboxWrite, Proof, Report, Written } from './wire';

/** The proof that the leaf at `index` is in the tree (RFC 6962 §2.1.1), slow and obvious. */
export function pathTo(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const half = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return index < half
    ? [...pathTo(index, leaves.slice(0, half)), rootOf(leaves.slice(half))]
    : [...pathTo(index - half, leaves.slice(half)), rootOf(leaves.slice(0, half))];
}

const YEAR_MILLIS = 365 * 86_400_000;
const HOUR_MILLIS = 3_600_000;
const CENTERS = [
  { key: 'sillim-counsel', service: 'counsel', ko: '신림 상담소', en: 'Sillim counseling', does: { ko: '이야기를 듣고 함께 다음을 정해요.', en: 'Listens, and decides with you what comes next.' }, phone: '02-000-0001' },
  { key: 'sillim-hospital', service: 'medical', ko: '신림 병원', en: 'Sillim hospital', does: { ko: '치료하고 검사해요.', en: 'Treats and examines.' }, phone: '02-000-0002' },
  { key: 'sillim-police', service: 'police', ko: '신림 경찰서 여성청소년과', en: 'Sillim police, women and youth', does: { ko: '신고를 받아 수사해요.', en: 'Takes a report and investigates.' }, phone: '02-000-0003' },
] as const;

/** What was asked, and what a server would say to it. */
export interface Said {
  status: number;
  body: unknown;
}

const refused = (status: number, code: string): Said => ({ status, body: { code, status, title: code } });

export class Sham {
  readonly salt = browserChance(16);
  readonly logSeed = browserChance(32);
  readonly witnessSeeds = [browserChance(32), browserChance(32)];
  readonly ids = CENTERS.map(() => browserChance(16));
  readonly deviceId = browserChance(16);
  door: 'open' | 'closed' = 'open';
  cases: { case: Case; locator: string; sent: string }[] = [];
  knocks: KnockWire[] = [];
  /** Bodies as they came, for whoever counts bytes. */
  sent: string[] = [];

  private constructor(
    readonly now: number,
    readonly teams: readonly TeamKey[],
    readonly device: Device,
  ) {}

  static async found(now = Date.now()): Promise<Sham> {
    const teams: TeamKey[] = [];
    for (const _ of CENTERS) teams.push(await TeamKey.draw(browserChance));
    return new Sham(now, teams, await Device.ofRoot(browserChance(32)));
  }

  keys(): Keys {
    return { log: toBase64(signingKeyOf(this.logSeed)), witnesses: this.witnessSeeds.map((seed) => toBase64(signingKeyOf(seed))) };
  }

  directory(): DirectoryAnswer {
    const valid = { validFrom: BigInt(this.now - YEAR_MILLIS), validTo: BigInt(this.now + YEAR_MILLIS) };
    const entries = this.teams.map((team, at) =>
      writeEntry({ form: ENTRY_FORM.teamKey, team: this.ids[at] as Bytes, epoch: at + 1, service: SERVICE[CENTERS[at]?.service ?? 'counsel'], publicKey: team.publicKey, ...valid }));
    const { signingKey, publicKey } = this.device;
    entries.push(writeEntry({ form: ENTRY_FORM.device, team: this.ids[0] as Bytes, device: this.deviceId, signingKey, publicKey, ...valid }));
    const head = writeHead({ size: BigInt(entries.length), root: rootOf(entries), at: BigInt(this.now - HOUR_MILLIS) });
    const listed = (at: number) => ({ entry: toBase64(entries[at] as Bytes), index: at, proof: pathTo(at, entries).map(toBase64) });
    return {
      door: this.door,
      salt: toBase64(this.salt),
      now: this.now,
      answer_within_hours: 24,
      matching: false,
      head: toBase64(head),
      head_signature: toBase64(sign(this.logSeed, 'head', head)),
      witnesses: this.witnessSeeds.map((seed) => ({ key: toBase64(signingKeyOf(seed)), signature: toBase64(sign(seed, 'head', head)) })),
      team_keys: this.ids.map((center, at) => ({ center: toBase64(center), ...listed(at) })),
      devices: [{ center: toBase64(this.ids[0] as Bytes), device: toBase64(this.deviceId), ...listed(this.ids.length) }],
      centers: CENTERS.map(({ key, service, ko, en, does, phone }, at) => ({
        center: toBase64(this.ids[at] as Bytes), key, service, takes: 'reports', name: { ko, en }, does, hours: { ko: '하루 종일', en: 'day and night' }, phone,
      })),
    };
  }

  /** What the server would answer. */
  answer(path: string, text: string): Said {
    const body: unknown = text === '' ? null : JSON.parse(text);
    switch (path) {
      case 'keys': return { status: 200, body: this.keys() };
      case 'directory': return { status: 200, body: this.directory() };
      case 'challenge': return { status: 200, body: { challenge: toBase64(browserChance(40)) } };
      case 'report': return this.#report(body as Report, text);
      case 'mailbox': return this.#mailbox(body as Proof);
      case 'mailbox/write': return this.#write(body as MailboxWrite);
      case 'mailbox/withdraw': return this.#withdraw(body as MailboxWithdraw);
      case 'mailbox/give': return this.#give(body as MailboxGive);
      case 'mailbox/delete': return this.#delete(body as MailboxDelete);
      default: return refused(404, 'request.no-such-thing');
    }
  }

  #hour(): number {
    return Math.floor(this.now / HOUR_MILLIS) * HOUR_MILLIS;
  }

  #report(report: Report, text: string): Said {
    const manifest = signedManifest(fromBase64(report.manifest), fromBase64(report.signature));
    const id = toBase64(manifest.caseId);
    this.sent.push(text);
    const there = this.cases.find((one) => one.case.case === id);
    if (there) return there.sent === text ? { status: 200, body: { received_at: there.case.received_at } } : refused(409, 'onestop.case_taken');
    const received_at = this.#hour();
    const compartments = report.compartments.map((one, at): Written => {
      checkHolds(manifest, (at + 1) as Kind, fromBase64(one.closed), one.wraps.map(fromBase64));
      return { kind: at + 1, version: 1, ...one, written_at: received_at, author: null, signature: null, moves: [] };
    });
    const { manifest: bytes, signature } = report;
    this.cases.push({ locator: toBase64(manifest.locator), sent: text, case: { case: id, manifest: bytes, signature, received_at, compartments, messages: [], entries: [], withdrawn: [] } });
    this.knocks.push(...report.knocks);
    return { status: 201, body: { received_at } };
  }

  #proved({ locator, signing_key, challenge, signature }: Proof): void {
    checkOpened(fromBase64(locator), fromBase64(challenge), fromBase64(signing_key), fromBase64(signature));
  }

  #mailbox(proof: Proof): Said {
    this.#proved(proof);
    return { status: 200, body: { cases: this.cases.filter(({ locator }) => locator === proof.locator).map((one) => one.case) } };
  }

  #of(proof: Proof, id: string): Case {
    this.#proved(proof);
    const found = this.cases.find((one) => one.locator === proof.locator && one.case.case === id);
    if (!found) throw new Error('no such case');
    return found.case;
  }

  #write({ proof, case: id, writing }: MailboxWrite): Said {
    const found = this.#of(proof, id);
    if (writing.kind < MESSAGE) return this.#writeAgain(found, writing);
    const thread = writing.kind === CASEWORK ? found.entries : found.messages;
    const there = thread.find(({ version }) => version === writing.version);
    if (there && there.closed !== writing.closed) return refused(409, 'onestop.version_taken');
    if (!there) thread.push({ ...writing, written_at: this.#hour(), author: null, moves: [] });
    return { status: 200, body: { received_at: this.#hour() } };
  }

  /** A later version of one of the twelve: it takes the place of the one before. */
  #writeAgain(found: Case, writing: MailboxWrite['writing']): Said {
    const at = found.compartments.findIndex(({ kind }) => kind === writing.kind);
    if (found.compartments[at]?.version !== writing.version - 1) return refused(409, 'onestop.version_taken');
    found.compartments[at] = { ...writing, written_at: this.#hour(), author: null, moves: [] };
    return { status: 200, body: { received_at: this.#hour() } };
  }

  #withdraw({ proof, case: id, mark, at, signature, moved }: MailboxWithdraw): Said {
    const found = this.#of(proof, id);
    const all = [...found.compartments, ...found.messages, ...found.entries];
    if (moved.length !== all.length || at % HOUR_MILLIS !== 0) return refused(409, 'onestop.version_taken');
    for (const one of moved) {
      const written = all.find(({ kind, version }) => kind === one.kind && version === one.version);
      if (!written) return refused(409, 'onestop.version_taken');
      written.moves.push({ wraps_before: toBase64(digest(...written.wraps.map(fromBase64))), author: null, signature: one.signature });
      written.wraps = one.wraps;
    }
    found.withdrawn.push({ mark, at, signature });
    return { status: 200, body: { received_at: this.#hour() } };
  }

  #give({ proof, case: id, moved, notes, knock }: MailboxGive): Said {
    const found = this.#of(proof, id);
    if (found.compartments[NOTES - 1]?.version === notes.version) return { status: 200, body: { received_at: this.#hour() } };
    const all = [...found.compartments.filter(({ kind }) => kind !== NOTES), ...found.messages, ...found.entries];
    if (moved.length !== all.length) return refused(409, 'onestop.version_taken');
    for (const one of moved) {
      const written = all.find(({ kind, version }) => kind === one.kind && version === one.version);
      if (!written) return refused(409, 'onestop.version_taken');
      written.moves.push({ wraps_before: toBase64(digest(...written.wraps.map(fromBase64))), author: null, signature: one.signature });
      written.wraps = one.wraps;
    }
    this.knocks.push(knock);
    return this.#writeAgain(found, notes);
  }

  #delete({ proof, case: id, deleted_signature }: MailboxDelete): Said {
    this.#of(proof, id);
    checkDeleted(fromBase64(proof.locator), fromBase64(proof.challenge), fromBase64(proof.signing_key), fromBase64(deleted_signature));
    this.cases = this.cases.filter((one) => one.case.case !== id);
    return { status: 204, body: null };
  }

  /** What a center reads of a case: the contents of a kind, or `null` where it may not. */
  async reads(center: number, kind: number): Promise<Record<string, unknown> | null> {
    const found = this.cases.at(-1)?.case;
    const team = this.teams[center];
    if (!found || !team) return null;
    const manifest = signedManifest(fromBase64(found.manifest), fromBase64(found.signature));
    const written = found.compartments[kind - 1];
    if (!written) return null;
    const place: Place = { caseId: manifest.caseId, kind: kind as Kind, version: written.version };
    const opened = await findColumn(team, written.wraps.map(fromBase64), place, manifest.columns).catch(() => null);
    return opened && readContent(await openCompartment(opened.key, place, fromBase64(written.closed)));
  }

  /** The first center opens its knock and answers, signed by its device or by a stranger's. */
  async reply(text: string, stranger = false): Promise<void> {
    const found = this.cases.at(-1)?.case;
    const team = this.teams[0];
    const id = this.ids[0];
    const knock = this.knocks.findLast(({ center }) => center === toBase64(id as Bytes));
    if (!found || !team || !id || !knock) throw new Error('nothing to answer');
    const { column } = await openKnock(team, { team: id, epoch: knock.epoch }, fromBase64(knock.knock));
    const manifest = signedManifest(fromBase64(found.manifest), fromBase64(found.signature));
    const notes = columnsOf(await this.reads(0, NOTES));
    const hers = notes.find(({ reader }) => reader === 'herself');
    if (!hers) throw new Error('the notes name no column of hers');
    const readers = [
      { column: hers.column, publicKey: Uint8Array.from(manifest.publicKey), recipient: new Uint8Array(16), compartments: [MESSAGE as Kind] },
      { column, publicKey: team.publicKey, recipient: id, compartments: [MESSAGE as Kind] },
    ];
    const place: Place = { caseId: manifest.caseId, kind: MESSAGE as Kind, version: found.messages.length + 1 };
    const sealed = await sealCompartment(place, writeContent(MESSAGE, { from: 'center', text }), layAgain(manifest.columns, readers), browserChance);
    const author = stranger ? await Device.ofRoot(browserChance(32)) : this.device;
    found.messages.push({
      kind: MESSAGE, version: place.version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64), written_at: this.#hour(),
      author: toBase64(stranger ? browserChance(16) : this.deviceId), signature: toBase64(amend(author, place, nameOf(sealed))), moves: [],
    });
  }

  /** Whether a key is one of those the directory lists. */
  has(publicKey: Uint8Array): boolean {
    return this.teams.some((team) => alike(team.publicKey, publicKey));
  }
}
