import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { closeCompartment, openCompartment, unpad, type Kind, type Place } from './compartment';
import { checkWithdrawn, givenConsent, readConsent, type Consent } from './consent';
import { checkCustodyFollows, custodyEventIn, readCustodyEvent, signedCustodyEvent, signedCustodyHead } from './custody';
import { Device } from './device';
import { checkWitnessed, readEntry, readHead, takeEntry } from './directory';
import { wholePublicKey } from './envelope';
import { closePart, openFile, openPart, unpadFile } from './file';
import type { Bytes } from './form';
import { checkKnock, openKnock } from './knock';
import { checkKeptLetter, checkLetterMoved, closeLetter, moveLetter, openLetter, signLetter, type LetterPlace, type Side } from './letter';
import { checkDeleted, checkOpened } from './mailbox';
import { joinShares, splitSeed } from './recovery';
import { REFUSALS, Refusal } from './refusal';
import { checkAmended, checkHolds, layAgain, readManifest, signedManifest } from './report';
import { isSigned } from './signature';
import { TeamKey } from './team';
import { readPhrase, spell } from './words';
import { findColumn, openWrap, wrapFor } from './wrap';
import { checkMoved, checkWritten } from './written';

vi.setConfig({ testTimeout: 120_000 });

/** Bytes of a length that a form has, or nearly has, or of none. */
const LENGTHS = [0, 1, 7, 15, 16, 31, 32, 33, 49, 61, 62, 63, 64, 65, 113, 114, 1168, 1216, 1254, 1297, 1330, 2321, 65_536];
const some = <T>(things: readonly T[]): T => things[(browserChance(1)[0] ?? 0) % things.length] as T;

function garbage(): Bytes {
  const bytes = some([browserChance, (length: number) => new Uint8Array(length), (length: number) => new Uint8Array(length).fill(255)])(some(LENGTHS));
  // With the first byte every form has, so that reading gets further.
  if (bytes.length > 0 && some([true, false])) bytes[0] = some([1, 2]);
  return bytes;
}
const several = () => Array.from({ length: some([0, 1, 2, 3, 8, 9]) }, garbage);
const number = () => some([0, 1, 2, 7, 8, 12, 13, 14, 15, -1, 0.5, Number.NaN, 2 ** 32, 2 ** 53, Infinity]);
const big = () => some([0n, 1n, 5n, -1n, 1n << 64n, (1n << 64n) - 1n]);
const place = (): Place => ({ caseId: some([garbage(), browserChance(16)]), kind: number() as Kind, version: number() });
const columns = () => Array.from({ length: some([7, 8]) }, () => ({ mark: some([garbage(), browserChance(32)]) }));
const text = () => some(['', '\ud800 \udc00 a b c d e', 'abandon '.repeat(7), '\0'.repeat(9), '가격 '.repeat(7), '\ufeff'.repeat(7), 'a '.repeat(100_000)]);
const filePlace = () => ({ key: garbage(), caseId: garbage(), file: garbage() });

const key = TeamKey.draw(browserChance);
const manifest = () => readManifest(Uint8Array.of(1, ...browserChance(2320)));
const by = () => ({ signingKey: garbage(), signature: garbage() });
const letterPlace = (): LetterPlace => ({ referral: some([garbage(), browserChance(16)]), number: number() });
const side = () => ({ team: some([garbage(), browserChance(16)]), epoch: number(), publicKey: garbage() });
const pair = () => some([several(), [new Uint8Array(1168), new Uint8Array(1168)]]);
const head = () => ({ size: big(), root: garbage(), at: big() });
const consent = () => some([garbage(), browserChance(113)]);

const READERS: Record<string, () => unknown> = {
  readPhrase: () => readPhrase(text()),
  spell: () => spell(garbage(), some(['ko', 'en'])),
  readConsent: () => readConsent(garbage()),
  givenConsent: () => givenConsent(garbage(), garbage(), garbage()),
  checkWithdrawn: () => checkWithdrawn(garbage(), big(), garbage(), garbage()),
  readManifest: () => readManifest(garbage()),
  signedManifest: () => signedManifest(garbage(), garbage()),
  checkHolds: () => checkHolds(manifest(), number() as Kind, garbage(), several()),
  checkAmended: () => checkAmended(place(), { closedHash: garbage(), wrapsHash: garbage() }, garbage(), garbage()),
  checkMoved: () => checkMoved(place(), { closedHash: garbage(), before: garbage(), after: garbage() }, garbage(), garbage()),
  checkWritten: () => checkWritten(manifest(), {
    kind: number() as Kind, version: number(), closed: some([garbage(), new Uint8Array(16_400)]),
    wraps: some([several(), Array.from({ length: 8 }, () => new Uint8Array(1168))]),
    by: some([null, by()]), moves: some([[], [{ ...by(), before: some([garbage(), browserChance(32)]) }]]),
  }),
  openKnock: async () => openKnock(await key, { team: some([garbage(), browserChance(16)]), epoch: number() }, garbage()),
  openKnockInside: async () => openKnock({ disclose: async () => browserChance(194) }, { team: browserChance(16), epoch: 1 }, new Uint8Array(1330)),
  checkKnock: () => checkKnock({ caseId: garbage(), column: number(), consent: {} as Consent, consentBytes: consent(), signature: garbage() }, manifest()),
  checkOpened: () => checkOpened(garbage(), some([garbage(), browserChance(40)]), garbage(), garbage()),
  checkDeleted: () => checkDeleted(garbage(), some([garbage(), browserChance(40)]), garbage(), garbage()),
  ofPasskey: () => Device.ofPasskey(Uint8Array.from(garbage())),
  layAgain: () => layAgain(columns(), [{ column: number(), publicKey: garbage(), recipient: garbage(), compartments: [] }]),
  checkWitnessed: () => checkWitnessed(garbage(), garbage(), garbage()),
  readEntry: () => readEntry(garbage()),
  readHead: () => readHead(garbage()),
  takeEntry: () => takeEntry(
    { entry: garbage(), index: big(), proof: several(), head: garbage(), signature: garbage(), witnesses: [{ key: garbage(), signature: garbage() }], consistency: several() },
    { logKey: garbage(), witnessKeys: several() }, some([null, { size: big(), root: garbage(), at: big() }]), big()),
  isSigned: () => isSigned(garbage(), 'head', garbage(), garbage()),
  wholePublicKey: () => wholePublicKey(garbage()),
  unpad: () => unpad(garbage()),
  unpadFile: () => unpadFile(garbage()),
  joinShares: () => joinShares(several()),
  splitSeed: () => splitSeed(garbage(), number(), garbage(), browserChance),
  closeCompartment: () => closeCompartment(garbage(), place(), garbage()),
  openCompartment: () => openCompartment(garbage(), place(), garbage(), number()),
  findColumn: async () => findColumn(await key, several(), place(), columns()),
  openWrap: async () => openWrap(await key, several(), place(), columns(), number()),
  wrapFor: () => wrapFor(garbage(), garbage(), place(), number(), { mark: garbage() }, browserChance),
  openTeamKey: async () => TeamKey.open(await key, { team: garbage(), epoch: number(), device: garbage() }, garbage()),
  closePart: () => closePart(filePlace(), new Blob([Uint8Array.from(garbage())]), number()),
  openPart: () => openPart(filePlace(), garbage(), number(), number()),
  closeLetter: () => closeLetter(letterPlace(), garbage(), side(), side(), browserChance),
  openLetter: async () => openLetter(letterPlace(), number() as Side, { ...side(), opener: await key }, pair(), garbage()),
  openLetterInside: () => openLetter({ referral: browserChance(16), number: 1 }, 1, { ...side(), epoch: 1, team: browserChance(16), opener: { disclose: async () => browserChance(32) } }, pair(), garbage()),
  moveLetter: async () => moveLetter({ ...side(), opener: await key }, side(), pair(), letterPlace(), number() as Side, browserChance),
  signLetter: () => signLetter({ signingKey: garbage(), sign: () => garbage() }, letterPlace(), { sender: garbage(), receiver: garbage() }, { closed: garbage(), wraps: pair() }),
  checkKeptLetter: () => checkKeptLetter(letterPlace(), { sender: garbage(), receiver: garbage() }, {
    closed: some([garbage(), new Uint8Array(16_400)]), wraps: pair(), by: by(), moves: some([[], [{ ...by(), before: some([garbage(), browserChance(32)]) }]]),
  }),
  checkLetterMoved: () => checkLetterMoved(letterPlace(), { closedHash: garbage(), before: garbage(), after: garbage() }, garbage(), garbage()),
  readCustodyEvent: () => readCustodyEvent(garbage()),
  signedCustodyEvent: () => signedCustodyEvent(garbage(), garbage(), garbage()),
  signedCustodyHead: () => signedCustodyHead(garbage(), garbage(), garbage()),
  checkCustodyFollows: () => checkCustodyFollows(head(), head(), several()),
  custodyEventIn: () => custodyEventIn(head(), garbage(), big(), several()),
  openFile: () => openFile(filePlace(), { count: number(), part: async () => garbage() }),
};

describe('whatever arrives', () => {
  test.each(Object.entries(READERS))('%s answers it, or refuses by a name, and throws nothing else', async (_name, read) => {
    for (let times = 0; times < 120; times += 1) {
      const outcome = await (async () => read())().catch((error: unknown) => error);
      if (!(outcome instanceof Error)) continue;
      expect(outcome, outcome.stack).toBeInstanceOf(Refusal);
      expect(REFUSALS).toContain((outcome as Refusal).code);
    }
  });

  test('a refusal carries its name and nothing of what was read', () => {
    const refusal = new Refusal('unknown_word', 3);
    expect({ ...refusal }).toEqual({ name: 'Refusal', code: 'unknown_word', place: 3 });
    expect(refusal.message).toBe('unknown_word');
    expect(new Set(REFUSALS).size).toBe(REFUSALS.length);
  });
});
