import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { stretchHere } from './argon';
import { browserChance } from './chance';
import { CONTENT_BYTES_MAX, closeCompartment, openCompartment, pad, unpad, type Kind, type Place } from './compartment';
import { checkWithdrawn, consentMark, giveConsent, givenConsent, readConsent, withdrawConsent, writeConsent, type Consent } from './consent';
import {
  checkCustodyFollows, custodyEventIn, evidenceLeaf, readCustodyEvent, reasonHash, signCustodyEvent, signedCustodyEvent, signedCustodyHead, writeCustodyEvent, type CustodyEvent,
} from './custody';
import { Device, deviceSeedsOf } from './device';
import { derive, digest } from './digest';
import { checkWitnessed, deviceIn, ENTRY_FORM, entryIn, readEntry, readHead, takeEntry, takeHead, teamKeyIn, type Entry } from './directory';
import { publicKeyOf, wholePublicKey } from './envelope';
import { closeBlob, Layout, openFile, unpadFile } from './file';
import { join, label, Writer, type Bytes } from './form';
import type { Signer } from './keys';
import { checkKnock, checkLaterKnock, openKnock } from './knock';
import { checkKeptLetter, checkLetterMoved, closeLetter, moveLetter, openLetter, signLetter, signLetterMoved, type LetterPlace, type Side } from './letter';
import { checkDeleted, checkOpened, Mailbox, seedsOf, signDeleted, signOpened } from './mailbox';
import { isConsistent, isIncluded, rootOf } from './merkle';
import { joinShares } from './recovery';
import { REFUSALS, Refusal } from './refusal';
import { amend, checkAmended, checkHolds, readManifest, signedManifest, signReport, writeManifest, type Manifest } from './report';
import { sign, signingKeyOf } from './signature';
import { openTeamSeed, TeamKey } from './team';
import { phraseOf, readPhrase, spell, type Language } from './words';
import { findAmong, findColumn, openWrap, type Column } from './wrap';
import { checkMoved, checkWritten, signMoved } from './written';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// What both sides must answer, byte by byte: crates/engine/seal/vectors, whose README says how a
// file is read. Whatever this test does not know, it fails on.

const folder = resolve(import.meta.dirname, '../../../crates/engine/seal/vectors');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = Record<string, Json>;
interface Case extends Fields { name: string; says: string; operation: string }
interface Section { section: string; bytes?: Fields; cases: Case[] }

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** The inputs of one case, each read as what its operation needs it to be. */
class Inputs {
  constructor(private readonly file: Section, private readonly fields: Fields) {}

  private field(name: string): Json {
    const field = this.fields[name];
    if (field === undefined) throw new Error(`${name} is missing`);
    return field;
  }
  text = (name: string) => this.field(name) as string;
  number = (name: string) => this.field(name) as number;
  big = (name: string) => BigInt(this.number(name));
  has = (name: string) => this.field(name) !== null;
  list = (name: string) => this.field(name) as Json[];
  numbers = <T>(name: string) => this.list(name) as T[];
  within = (name: string) => this.list(name).map((fields) => new Inputs(this.file, fields as Fields));
  bytes = (name: string) => this.read(this.field(name));
  many = (name: string) => Promise.all(this.list(name).map((one) => this.read(one)));

  async read(source: Json): Promise<Bytes> {
    if (typeof source === 'string') {
      expect(source).toMatch(/^([0-9a-f]{2})*$/);
      return hex(source);
    }
    const { cut, flip, ...from } = source as Fields;
    let bytes = Uint8Array.from(await this.source(from));
    if (cut !== undefined) bytes = bytes.slice(0, cut as number);
    for (const bit of (flip ?? []) as number[]) bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (0x80 >> (bit & 7));
    return bytes;
  }

  private async source(from: Fields): Promise<Bytes> {
    const kind = Object.keys(from).sort().join(' ');
    if (kind === 'hex') return this.read(from['hex'] as string);
    if (kind === 'join') return join(...(await Promise.all((from['join'] as Json[]).map((one) => this.read(one)))));
    if (kind === 'repeat times') {
      const unit = hex(from['repeat'] as string);
      return Uint8Array.from(Buffer.alloc(unit.length * (from['times'] as number), unit));
    }
    if (kind === 'named') return new Inputs(this.file, this.file.bytes ?? {}).bytes(from['named'] as string);
    if (kind === 'closed' || kind === 'closed part') {
      const named = this.file.cases.find(({ name, operation }) => name === from['closed'] && operation === 'close');
      if (!named) throw new Error(`no case ${String(from['closed'])} that closes`);
      const closed = await closedOf(this.file.section, new Inputs(this.file, named));
      return closed[(from['part'] ?? 0) as number] as Bytes;
    }
    throw new Error(`unknown source: ${kind}`);
  }
}

async function closedOf(section: string, inputs: Inputs): Promise<Bytes[]> {
  if (section === 'compartments') return [await closeCompartment(await inputs.bytes('key'), await placeOf(inputs), await inputs.bytes('content'))];
  const parts: Bytes[] = [];
  for await (const part of closeBlob(await fileOf(inputs), new Blob([await inputs.bytes('content')]))) parts.push(part);
  return parts;
}

const placeOf = async (inputs: Inputs): Promise<Place> => ({ caseId: await inputs.bytes('case'), kind: inputs.number('kind') as Kind, version: inputs.number('version') });
const fileOf = async (inputs: Inputs) => ({ key: await inputs.bytes('key'), caseId: await inputs.bytes('case'), file: await inputs.bytes('file') });
const columnsOf = async (inputs: Inputs): Promise<Column[]> => (await inputs.many('columns')).map((mark) => ({ mark }));

async function signerOf(inputs: Inputs): Promise<Signer> {
  const seed = await inputs.bytes('sign');
  return { signingKey: signingKeyOf(seed), sign: (use, message) => sign(seed, use, message) };
}

async function consentOf(inputs: Inputs): Promise<Consent> {
  return {
    salt: await inputs.bytes('salt'), caseId: await inputs.bytes('case'), recipient: await inputs.bytes('recipient'),
    epoch: inputs.number('epoch'), compartments: inputs.numbers('compartments'), purposes: inputs.numbers('purposes'),
    givenAt: inputs.big('given_at'), endsAt: inputs.big('ends_at'),
    givenBy: inputs.number('given_by') as Consent['givenBy'], channel: inputs.number('channel') as Consent['channel'],
    language: inputs.text('language') as Language, textHash: await inputs.bytes('text_hash'),
  };
}
const fieldsOfConsent = (consent: Consent) => ({
  salt: consent.salt, case: consent.caseId, recipient: consent.recipient, epoch: consent.epoch,
  compartments: consent.compartments, purposes: consent.purposes, given_at: consent.givenAt, ends_at: consent.endsAt,
  given_by: consent.givenBy, channel: consent.channel, language: consent.language, text_hash: consent.textHash,
});
const CONSENT = Object.keys(fieldsOfConsent({} as Consent));

async function manifestOf(inputs: Inputs): Promise<Manifest> {
  const [caseId, locator] = [await inputs.bytes('case'), await inputs.bytes('locator')];
  const [signingKey, publicKey] = [await inputs.bytes('signing_key'), await inputs.bytes('public_key')];
  const compartments = await Promise.all(inputs.within('compartments').map(namedOf));
  return { caseId, locator, signingKey, publicKey, columns: await columnsOf(inputs), compartments };
}
const fieldsOfManifest = (manifest: Manifest) => ({
  case: manifest.caseId, locator: manifest.locator, signing_key: manifest.signingKey, public_key: manifest.publicKey,
  columns: manifest.columns.map(({ mark }) => mark),
  compartments: manifest.compartments.map(({ closedHash, wrapsHash }) => ({ closed_hash: closedHash, wraps_hash: wrapsHash })),
});
const MANIFEST = ['case', 'locator', 'signing_key', 'public_key', 'columns', 'compartments'];
const namedOf = async (inputs: Inputs) => ({ closedHash: await inputs.bytes('closed_hash'), wrapsHash: await inputs.bytes('wraps_hash') });

const fieldsOfEntry = (entry: Entry) => ({
  form: entry.form, team: entry.team,
  ...(entry.form === ENTRY_FORM.teamKey ? { epoch: entry.epoch, service: entry.service } : { device: entry.device, signing_key: entry.signingKey }),
  public_key: entry.publicKey, valid_from: entry.validFrom, valid_to: entry.validTo,
});
const USE = ['log_key', 'witness_keys', 'entry', 'index', 'proof', 'head', 'signature', 'witnesses', 'used', 'consistency', 'now'];

/** Takes the entry, and where it is expected to be of one form, asks the head that has it again. */
async function useOf(inputs: Inputs, entryOf?: typeof entryIn) {
  const witnesses = await Promise.all(inputs.within('witnesses').map(async (one) => ({ key: await one.bytes('key'), signature: await one.bytes('signature') })));
  const signed = { head: await inputs.bytes('head'), signature: await inputs.bytes('signature'), witnesses };
  const trusted = { logKey: await inputs.bytes('log_key'), witnessKeys: await inputs.many('witness_keys') };
  const used = inputs.has('used') ? readHead(await inputs.bytes('used')) : null;
  const included = { entry: await inputs.bytes('entry'), index: inputs.big('index'), proof: await inputs.many('proof') };
  const claim = { ...included, ...signed, consistency: await inputs.many('consistency') };
  const now = inputs.big('now');
  if (!entryOf) return fieldsOfEntry(takeEntry(claim, trusted, used, now).entry);
  return fieldsOfEntry(entryOf(takeHead(claim, trusted, used, now), claim, now));
}

async function mailboxOf(inputs: Inputs) {
  const [{ phrase }, salt] = [readPhrase(inputs.text('words')), await inputs.bytes('salt')];
  const root = await stretchHere(phrase, salt);
  const { locator, signSeed, openSeed } = seedsOf(root);
  const box = await Mailbox.open(phrase, salt, async () => root);
  expect(box.locator).toEqual(locator);
  return { locator, sign: signSeed, open: openSeed, signing_key: box.signingKey, public_key: box.publicKey };
}

async function deviceOf(root: Bytes) {
  const { signSeed, openSeed } = deviceSeedsOf(root);
  const device = await Device.ofRoot(Uint8Array.from(root));
  return { sign: signSeed, open: openSeed, signing_key: device.signingKey, public_key: device.publicKey };
}

async function deviceOfPasskey(prf: Bytes) {
  const device = await Device.ofPasskey(Uint8Array.from(prf));
  const known = await deviceOf(derive(prf, 'device-root'));
  return { ...known, signing_key: device.signingKey, public_key: device.publicKey };
}

async function ownerOf(inputs: Inputs) {
  return { ...(await signerOf(inputs)), locator: await inputs.bytes('locator') };
}
const askedOf = async (inputs: Inputs) =>
  [await inputs.bytes('locator'), await inputs.bytes('challenge'), await inputs.bytes('signing_key'), await inputs.bytes('signature')] as const;

async function knockOf(inputs: Inputs) {
  const key = await TeamKey.ofSeed(await inputs.bytes('private_key'));
  return openKnock(key, { team: await inputs.bytes('team'), epoch: inputs.number('epoch') }, await inputs.bytes('knock'));
}

const movesOf = (inputs: Inputs) => Promise.all(inputs.within('moves').map(async (one) => ({
  before: await one.bytes('wraps_before'), signingKey: await one.bytes('signing_key'), signature: await one.bytes('signature'),
})));
const letterOf = async (inputs: Inputs): Promise<LetterPlace> => ({ referral: await inputs.bytes('referral'), number: inputs.number('number') });
const betweenOf = async (inputs: Inputs) => ({ sender: await inputs.bytes('sender'), receiver: await inputs.bytes('receiver') });
const readerOf = async (inputs: Inputs) => ({ team: await inputs.bytes('team'), epoch: inputs.number('epoch'), opener: await TeamKey.ofSeed(await inputs.bytes('private_key')) });

/** Moves the wrap of one side; the later key opens what the older one did, and opens it no more. */
async function rewrapped(inputs: Inputs) {
  const [place, side, from] = [await letterOf(inputs), inputs.number('side') as Side, await readerOf(inputs)];
  const opener = await TeamKey.ofSeed(await inputs.bytes('to_private_key'));
  const to = { team: await inputs.bytes('to_team'), epoch: inputs.number('to_epoch'), publicKey: opener.publicKey };
  const after = await moveLetter(from, to, await inputs.many('wraps'), place, side, browserChance);
  const bound = join(label('letter'), place.referral, new Writer().u32(place.number).bytes(), to.team, new Writer().u32(to.epoch).bytes());
  await expect(openLetter(place, side, from, after, new Uint8Array())).rejects.toThrow('not_for_you');
  return { key: await opener.disclose('letter-key', bound, after[side]), stays: after[1 - side] };
}

const eventOf = async (inputs: Inputs): Promise<CustodyEvent> => ({
  seq: inputs.big('seq'), leaf: await inputs.bytes('leaf'), action: inputs.number('action') as CustodyEvent['action'],
  team: await inputs.bytes('team'), device: await inputs.bytes('device'), at: inputs.big('at'), reasonHash: await inputs.bytes('reason_hash'),
});
const fieldsOfEvent = ({ reasonHash: hash, ...event }: CustodyEvent) => ({ ...event, reason_hash: hash });

const movedOf = async (inputs: Inputs) => ({ closedHash: await inputs.bytes('closed_hash'), before: await inputs.bytes('wraps_before'), after: await inputs.bytes('wraps_after') });

async function writtenOf(inputs: Inputs) {
  const manifest = readManifest(await inputs.bytes('manifest'));
  const by = inputs.has('signature') ? { signingKey: await inputs.bytes('signing_key'), signature: await inputs.bytes('signature') } : null;
  checkWritten(manifest, {
    kind: inputs.number('kind') as Kind, version: inputs.number('version'),
    closed: await inputs.bytes('closed'), wraps: await inputs.many('wraps'), by, moves: await movesOf(inputs),
  });
  return {};
}

async function openedFile(inputs: Inputs) {
  const parts = await inputs.many('parts');
  const blob = await openFile(await fileOf(inputs), { count: parts.length, part: async (at) => parts[at] as Bytes });
  return { content: new Uint8Array(await blob.arrayBuffer()) };
}

const WRAPS = ['private_key', 'case', 'kind', 'version', 'columns', 'wraps'];
const PLACE = ['case', 'kind', 'version'];
const ASKED = ['locator', 'challenge', 'signing_key', 'signature'];
const MOVED = [...PLACE, 'closed_hash', 'wraps_before', 'wraps_after'];
const LETTER = ['referral', 'number'];
const WRITING = [...LETTER, 'sender', 'receiver', 'wraps', 'closed'];
const MOVEMENT = [...LETTER, 'closed_hash', 'wraps_before', 'wraps_after'];
const EVENT = ['seq', 'leaf', 'action', 'team', 'device', 'at', 'reason_hash'];
const KNOCK = ['private_key', 'team', 'epoch', 'knock'];
const refuseUnless = (right: boolean, code: 'entry_not_included' | 'heads_disagree') => {
  if (!right) throw new Refusal(code);
  return {};
};

/** Every operation of every section: the inputs it takes, and what it gives. */
const OPERATIONS: Record<string, Record<string, [readonly string[], (inputs: Inputs) => Promise<object>]>> = {
  words: {
    write: [['entropy', 'language'], async (inputs) => {
      const phrase = phraseOf(await inputs.bytes('entropy'));
      return { words: spell(phrase, inputs.text('language') as Language).join(' '), phrase };
    }],
    read: [['words'], async (inputs) => ({ ...readPhrase(inputs.text('words')) })],
  },
  mailbox: {
    open: [['words', 'salt'], mailboxOf],
    sign_opened: [['sign', 'locator', 'challenge'], async (inputs) => ({ signature: signOpened(await ownerOf(inputs), await inputs.bytes('challenge')) })],
    opened: [ASKED, async (inputs) => (checkOpened(...(await askedOf(inputs))), {})],
    sign_deleted: [['sign', 'locator', 'challenge'], async (inputs) => ({ signature: signDeleted(await ownerOf(inputs), await inputs.bytes('challenge')) })],
    deleted: [ASKED, async (inputs) => (checkDeleted(...(await askedOf(inputs))), {})],
  },
  device: {
    open: [['words', 'salt'], async (inputs) => {
      const [{ phrase }, salt] = [readPhrase(inputs.text('words')), await inputs.bytes('salt')];
      const root = await stretchHere(phrase, salt);
      const device = await Device.open(phrase, salt, async () => Uint8Array.from(root));
      return { ...(await deviceOf(root)), signing_key: device.signingKey, public_key: device.publicKey };
    }],
    of_root: [['root'], async (inputs) => deviceOf(await inputs.bytes('root'))],
    of_passkey: [['prf'], async (inputs) => deviceOfPasskey(await inputs.bytes('prf'))],
  },
  compartments: {
    pad: [['content'], async (inputs) => ({ padded: pad(await inputs.bytes('content')) })],
    unpad: [['padded'], async (inputs) => ({ content: unpad(await inputs.bytes('padded')) })],
    close: [['key', ...PLACE, 'content'], async (inputs) => {
      const [closed = new Uint8Array()] = await closedOf('compartments', inputs);
      return { length: closed.length, hash: digest(closed) };
    }],
    open: [['key', ...PLACE, 'seen', 'closed'], async (inputs) => ({
      content: await openCompartment(await inputs.bytes('key'), await placeOf(inputs), await inputs.bytes('closed'), inputs.number('seen')),
    })],
  },
  wraps: {
    public: [['private_key'], async (inputs) => ({ public_key: await publicKeyOf(await inputs.bytes('private_key')) })],
    check: [['public_key'], async (inputs) => (wholePublicKey(await inputs.bytes('public_key')), {})],
    find: [WRAPS, async (inputs) => {
      const key = await TeamKey.ofSeed(await inputs.bytes('private_key'));
      return { ...(await findColumn(key, await inputs.many('wraps'), await placeOf(inputs), await columnsOf(inputs))) };
    }],
    find_among: [['private_keys', ...WRAPS.slice(1)], async (inputs) => {
      const keys = await Promise.all((await inputs.many('private_keys')).map((seed) => TeamKey.ofSeed(seed)));
      const { opener, ...found } = await findAmong(keys, await inputs.many('wraps'), await placeOf(inputs), await columnsOf(inputs));
      return { at: opener, ...found };
    }],
    open: [[...WRAPS, 'column'], async (inputs) => {
      const key = await TeamKey.ofSeed(await inputs.bytes('private_key'));
      const wraps = await inputs.many('wraps');
      return { key: await openWrap(key, wraps, await placeOf(inputs), await columnsOf(inputs), inputs.number('column')) };
    }],
  },
  consent: {
    write: [CONSENT, async (inputs) => {
      const consent = writeConsent(await consentOf(inputs));
      return { consent, mark: consentMark(consent) };
    }],
    read: [['consent'], async (inputs) => fieldsOfConsent(readConsent(await inputs.bytes('consent')))],
    sign: [['sign', 'consent'], async (inputs) => ({ signature: giveConsent(await signerOf(inputs), await inputs.bytes('consent')) })],
    given: [['consent', 'signing_key', 'signature'], async (inputs) => {
      const consent = await inputs.bytes('consent');
      givenConsent(consent, await inputs.bytes('signing_key'), await inputs.bytes('signature'));
      return { mark: consentMark(consent) };
    }],
    withdraw: [['sign', 'mark', 'at'], async (inputs) => ({ signature: withdrawConsent(await signerOf(inputs), await inputs.bytes('mark'), inputs.big('at')) })],
    withdrawn: [['mark', 'at', 'signing_key', 'signature'], async (inputs) => {
      checkWithdrawn(await inputs.bytes('mark'), inputs.big('at'), await inputs.bytes('signing_key'), await inputs.bytes('signature'));
      return {};
    }],
  },
  report: {
    write: [MANIFEST, async (inputs) => ({ manifest: writeManifest(await manifestOf(inputs)) })],
    read: [['manifest'], async (inputs) => fieldsOfManifest(readManifest(await inputs.bytes('manifest')))],
    sign: [['sign', 'manifest'], async (inputs) => ({ signature: signReport(await signerOf(inputs), await inputs.bytes('manifest')) })],
    verify: [['manifest', 'signature'], async (inputs) => (signedManifest(await inputs.bytes('manifest'), await inputs.bytes('signature')), {})],
    holds: [['manifest', 'kind', 'closed', 'wraps'], async (inputs) => {
      const manifest = readManifest(await inputs.bytes('manifest'));
      checkHolds(manifest, inputs.number('kind') as Kind, await inputs.bytes('closed'), await inputs.many('wraps'));
      return {};
    }],
    amend: [['sign', ...PLACE, 'closed_hash', 'wraps_hash'], async (inputs) => ({
      signature: amend(await signerOf(inputs), await placeOf(inputs), await namedOf(inputs)),
    })],
    amended: [[...PLACE, 'closed_hash', 'wraps_hash', 'signing_key', 'signature'], async (inputs) => {
      checkAmended(await placeOf(inputs), await namedOf(inputs), await inputs.bytes('signing_key'), await inputs.bytes('signature'));
      return {};
    }],
  },
  written: {
    move: [['sign', ...MOVED], async (inputs) => ({ signature: signMoved(await signerOf(inputs), await placeOf(inputs), await movedOf(inputs)) })],
    moved: [[...MOVED, 'signing_key', 'signature'], async (inputs) => {
      checkMoved(await placeOf(inputs), await movedOf(inputs), await inputs.bytes('signing_key'), await inputs.bytes('signature'));
      return {};
    }],
    verify: [['manifest', 'kind', 'version', 'closed', 'wraps', 'signing_key', 'signature', 'moves'], writtenOf],
  },
  knock: {
    open: [KNOCK, async (inputs) => {
      const { caseId, column, consent, consentBytes, signature } = await knockOf(inputs);
      expect(writeConsent(consent)).toEqual(consentBytes);
      return { case: caseId, column, consent: consentBytes, signature };
    }],
    verify: [[...KNOCK, 'manifest'], async (inputs) => {
      const knock = await knockOf(inputs);
      checkKnock(knock, readManifest(await inputs.bytes('manifest')));
      return {};
    }],
    verify_later: [[...KNOCK, 'manifest'], async (inputs) => {
      checkLaterKnock(await knockOf(inputs), readManifest(await inputs.bytes('manifest')));
      return {};
    }],
  },
  directory: {
    read_entry: [['entry'], async (inputs) => fieldsOfEntry(readEntry(await inputs.bytes('entry')))],
    read_head: [['head'], async (inputs) => ({ ...readHead(await inputs.bytes('head')) })],
    root: [['leaves'], async (inputs) => ({ root: rootOf(await inputs.many('leaves')) })],
    included: [['leaf', 'index', 'size', 'root', 'proof'], async (inputs) => refuseUnless(
      isIncluded(await inputs.bytes('leaf'), inputs.big('index'), inputs.big('size'), await inputs.bytes('root'), await inputs.many('proof')), 'entry_not_included')],
    consistent: [['old_size', 'old_root', 'size', 'root', 'proof'], async (inputs) => refuseUnless(isConsistent(
      { size: inputs.big('old_size'), root: await inputs.bytes('old_root') }, { size: inputs.big('size'), root: await inputs.bytes('root') }, await inputs.many('proof')), 'heads_disagree')],
    use: [USE, (inputs) => useOf(inputs)],
    use_team_key: [USE, (inputs) => useOf(inputs, teamKeyIn)],
    use_device: [USE, (inputs) => useOf(inputs, deviceIn)],
    witnessed: [['head', 'key', 'signature'], async (inputs) => {
      checkWitnessed(await inputs.bytes('head'), await inputs.bytes('key'), await inputs.bytes('signature'));
      return {};
    }],
  },
  team: {
    open: [['private_key', 'team', 'epoch', 'device', 'closed'], async (inputs) => {
      const device = await TeamKey.ofSeed(await inputs.bytes('private_key'));
      const place = { team: await inputs.bytes('team'), epoch: inputs.number('epoch'), device: await inputs.bytes('device') };
      return { seed: await openTeamSeed(device, place, await inputs.bytes('closed')) };
    }],
  },
  recovery: { join: [['shares'], async (inputs) => ({ ...joinShares(await inputs.many('shares')) })] },
  files: {
    layout: [['length'], async (inputs) => {
      const { padded, parts } = new Layout(inputs.number('length'));
      return { padded, parts };
    }],
    close: [['key', 'case', 'file', 'content'], async (inputs) => ({
      parts: (await closedOf('files', inputs)).map((part) => ({ length: part.length, hash: digest(part) })),
    })],
    open: [['key', 'case', 'file', 'parts'], openedFile],
    unpad: [['padded'], async (inputs) => ({ content: unpadFile(await inputs.bytes('padded')) })],
  },
  letters: {
    seal: [[...LETTER, 'sender', 'sender_epoch', 'receiver', 'receiver_epoch', 'public_key', 'content'], async (inputs) => {
      const [{ sender, receiver }, publicKey] = [await betweenOf(inputs), await inputs.bytes('public_key')];
      const ends = [{ team: sender, epoch: inputs.number('sender_epoch'), publicKey }, { team: receiver, epoch: inputs.number('receiver_epoch'), publicKey }] as const;
      return { length: (await closeLetter(await letterOf(inputs), await inputs.bytes('content'), ...ends, browserChance)).closed.length };
    }],
    open: [[...LETTER, 'private_key', 'side', 'team', 'epoch', 'wraps', 'closed'], async (inputs) => ({
      content: await openLetter(await letterOf(inputs), inputs.number('side') as Side, await readerOf(inputs), await inputs.many('wraps'), await inputs.bytes('closed')),
    })],
    sign: [[...WRITING, 'sign'], async (inputs) => ({
      signature: signLetter(await signerOf(inputs), await letterOf(inputs), await betweenOf(inputs), { closed: await inputs.bytes('closed'), wraps: await inputs.many('wraps') }),
    })],
    verify: [[...WRITING, 'signing_key', 'signature', 'moves'], async (inputs) => {
      const by = { signingKey: await inputs.bytes('signing_key'), signature: await inputs.bytes('signature') };
      const kept = { closed: await inputs.bytes('closed'), wraps: await inputs.many('wraps'), by, moves: await movesOf(inputs) };
      checkKeptLetter(await letterOf(inputs), await betweenOf(inputs), kept);
      return {};
    }],
    rewrap: [[...LETTER, 'private_key', 'side', 'team', 'epoch', 'wraps', 'to_private_key', 'to_team', 'to_epoch'], rewrapped],
    move: [[...MOVEMENT, 'sign'], async (inputs) => ({ signature: signLetterMoved(await signerOf(inputs), await letterOf(inputs), await movedOf(inputs)) })],
    moved: [[...MOVEMENT, 'signing_key', 'signature'], async (inputs) => {
      checkLetterMoved(await letterOf(inputs), await movedOf(inputs), await inputs.bytes('signing_key'), await inputs.bytes('signature'));
      return {};
    }],
  },
  custody: {
    leaf: [['salt', 'sha256'], async (inputs) => ({ leaf: evidenceLeaf(await inputs.bytes('salt'), await inputs.bytes('sha256')) })],
    reason: [['words'], async (inputs) => ({ reason_hash: reasonHash(inputs.text('words')) })],
    write: [EVENT, async (inputs) => ({ event: writeCustodyEvent(await eventOf(inputs)) })],
    read: [['event'], async (inputs) => fieldsOfEvent(readCustodyEvent(await inputs.bytes('event')))],
    sign: [['sign', 'event'], async (inputs) => ({ signature: signCustodyEvent(await signerOf(inputs), await inputs.bytes('event')) })],
    signed: [['event', 'signing_key', 'signature'], async (inputs) =>
      fieldsOfEvent(signedCustodyEvent(await inputs.bytes('event'), await inputs.bytes('signing_key'), await inputs.bytes('signature')))],
    head: [['head', 'log_key', 'signature'], async (inputs) => ({ ...signedCustodyHead(await inputs.bytes('head'), await inputs.bytes('log_key'), await inputs.bytes('signature')) })],
    follows: [['seen', 'head', 'consistency'], async (inputs) => {
      checkCustodyFollows(readHead(await inputs.bytes('seen')), readHead(await inputs.bytes('head')), await inputs.many('consistency'));
      return {};
    }],
    included: [['head', 'event', 'index', 'proof'], async (inputs) =>
      fieldsOfEvent(custodyEventIn(readHead(await inputs.bytes('head')), await inputs.bytes('event'), inputs.big('index'), await inputs.many('proof')))],
  },
};

/** Holds what was answered to what was expected, which may be written shorter than it is. */
async function compare(answered: unknown, expected: Json, inputs: Inputs, at: string): Promise<void> {
  if (answered instanceof Uint8Array) {
    const bytes = await inputs.read(expected);
    expect([answered.length, Buffer.compare(answered, bytes)], at).toEqual([bytes.length, 0]);
  } else if (Array.isArray(answered)) {
    expect(answered.length, at).toBe((expected as Json[]).length);
    for (const [place, one] of answered.entries()) await compare(one, (expected as Json[])[place] as Json, inputs, `${at}[${place}]`);
  } else if (typeof answered === 'object' && answered !== null) {
    expect(Object.keys(answered).sort(), at).toEqual(Object.keys(expected as Fields).sort());
    for (const [key, one] of Object.entries(answered)) await compare(one, (expected as Fields)[key] as Json, inputs, `${at}.${key}`);
  } else {
    expect(typeof answered === 'bigint' ? Number(answered) : answered, at).toBe(expected);
  }
}

async function hold(file: Section, one: Case): Promise<void> {
  const known = OPERATIONS[file.section]?.[one.operation];
  if (!known) throw new Error(`unknown operation ${one.operation} of ${file.section}`);
  const [names, run] = known;
  const { name: _name, says: _says, operation: _operation, gives, refused, place, ...fields } = one;
  expect(Object.keys(fields).sort()).toEqual([...names].sort());
  const inputs = new Inputs(file, fields);
  const outcome = await run(inputs).catch((error: unknown) => error);
  if (refused === undefined) {
    if (outcome instanceof Error) throw outcome;
    return compare(outcome, gives as Json, inputs, one.name);
  }
  expect(gives).toBeUndefined();
  expect(REFUSALS).toContain(refused);
  expect(outcome).toBeInstanceOf(Refusal);
  expect([(outcome as Refusal).code, (outcome as Refusal).place]).toEqual([refused, place]);
}

const files = readdirSync(folder).filter((name) => name !== 'README.md');

test('there are vectors to be held to, and none for what is not known here', () => {
  expect(files.sort()).toEqual(Object.keys(OPERATIONS).map((section) => `${section}.json`).sort());
  expect(CONTENT_BYTES_MAX).toBe(1_048_572);
});

describe.each(files)('%s', (name) => {
  const file = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Section;
  test('is the section of its name, with cases each named once', () => {
    expect(`${file.section}.json`).toBe(name);
    expect(Object.keys(file).filter((key) => !['section', 'bytes', 'cases'].includes(key))).toEqual([]);
    expect(file.cases.length).toBeGreaterThan(0);
    expect(new Set(file.cases.map((one) => one.name)).size).toBe(file.cases.length);
  });
  test.each(file.cases.map((one): [string, Case] => [one.name, one]))('%s', (_name, one) => hold(file, one));
});
