import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND, KINDS, openCompartment, REPORT_KINDS, THREADS, type Kind } from './compartment';
import { HERSELF, PURPOSE, writeConsent, type Consent } from './consent';
import { alike } from './form';
import { Mailbox } from './mailbox';
import { Refusal } from './refusal';
import { amend, checkAmended, checkHolds, layAgain, layColumns, nameOf, readManifest, sealCompartment, sealReport, signedManifest, writeManifest, type Hers, type LaidColumn, type SealedReport, type Theirs } from './report';
import { flipped, misfits, refused, refusedLater } from './spoilt';
import { TeamKey } from './team';
import { COLUMNS, findColumn } from './wrap';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const caseId = browserChance(16);
const counsel = browserChance(16);
const contents: Partial<Record<Kind, Uint8Array>> = {
  [KIND.contact]: new TextEncoder().encode('밤 9시 뒤에는 전화하지 마세요.'),
  [KIND.incident]: new TextEncoder().encode('가'.repeat(3_900)),
};
const consentFor = (recipient: Uint8Array, epoch: number, compartments: readonly Kind[]): Consent => ({
  salt: browserChance(16), caseId, recipient, epoch, compartments, purposes: [PURPOSE.services, PURPOSE.figures],
  givenAt: 1n, endsAt: 0n, givenBy: 0, channel: 0, language: 'ko', textHash: browserChance(32),
});

let she: Mailbox;
let team: TeamKey;
let hers: Hers;
let theirs: Theirs;
let columns: LaidColumn[];
let report: SealedReport;
const told: number[] = [];

beforeAll(async () => {
  she = await Mailbox.ofRoot(browserChance(32));
  team = await TeamKey.draw(browserChance);
  hers = { mailbox: she, consent: writeConsent(consentFor(HERSELF, 0, KINDS)) };
  theirs = { entry: { team: counsel, epoch: 7, publicKey: team.publicKey }, consent: writeConsent(consentFor(counsel, 7, [KIND.contact])) };
  columns = layColumns(caseId, hers, [theirs], browserChance);
  report = await sealReport(she, caseId, columns, contents, browserChance, async (share) => void told.push(share));
});

describe('a report', () => {
  test('holds all twelve compartments, filled or not, in the same size', () => {
    expect(report.compartments).toHaveLength(12);
    expect(new Set(report.compartments.map(({ closed }) => closed.length))).toEqual(new Set([16 * 1024 + 16]));
    expect(report.manifest).toHaveLength(2_321);
  });

  test('tells how far it is after each of them', () => {
    expect(told).toHaveLength(12);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBe(1);
    expect(told[0]).toBeGreaterThan(0);
  });

  test('opens for her in every compartment, always in the same column', async () => {
    const manifest = signedManifest(report.manifest, report.signature);
    const found = new Set<number>();
    for (const kind of REPORT_KINDS) {
      const { closed, wraps } = report.compartments[kind - 1]!;
      checkHolds(manifest, kind, closed, wraps);
      const place = { caseId, kind, version: 1 };
      const { key, column } = await findColumn(she, wraps, place, manifest.columns);
      found.add(column);
      expect(await openCompartment(key, place, closed)).toEqual(contents[kind] ?? new Uint8Array());
    }
    expect(found.size).toBe(1);
    expect(columns[[...found][0]!]?.reader?.recipient).toEqual(HERSELF);
  });

  test('opens for a team in what she chose, and in nothing else', async () => {
    for (const kind of REPORT_KINDS) {
      const { closed, wraps } = report.compartments[kind - 1]!;
      const place = { caseId, kind, version: 1 };
      const found = await findColumn(team, wraps, place, columns).catch((error: unknown) => error);
      if (kind === KIND.contact) expect(await openCompartment((found as { key: Uint8Array }).key, place, closed)).toEqual(contents[kind]);
      else expect((found as Refusal).code).toBe('not_for_you');
    }
  });

  test('shows marks that say nothing of who is anybody, and no epochs', () => {
    const { columns: shown } = readManifest(report.manifest);
    expect(shown).toEqual(columns.map(({ mark }) => ({ mark })));
    const nobody = columns.filter(({ reader }) => !reader);
    expect(nobody).toHaveLength(COLUMNS - 2);
    expect(new Set(shown.map(({ mark }) => mark.join())).size).toBe(COLUMNS);
    const consents = columns.flatMap(({ reader }) => (reader ? [reader.compartments] : []));
    expect(consents).toContainEqual([KIND.contact]);
  });

  test('is hers only with every bit as she signed it', () => {
    for (const wrong of flipped(report.manifest, 80)) expect(() => signedManifest(wrong, report.signature)).toThrow(Refusal);
    for (const wrong of flipped(report.signature, 64)) refused(() => signedManifest(report.manifest, wrong), 'signature_wrong');
    for (const wrong of misfits(report.manifest)) refused(() => readManifest(wrong), 'form_broken');
    const manifest = readManifest(report.manifest);
    expect(writeManifest(manifest)).toEqual(report.manifest);
    const { closed, wraps } = report.compartments[0]!;
    refused(() => checkHolds(manifest, KIND.identity, closed, wraps), 'signature_wrong');
    refused(() => checkHolds(manifest, KIND.contact, closed, [wraps[1]!, wraps[0]!, ...wraps.slice(2)]), 'signature_wrong');
    refused(() => checkHolds(manifest, KIND.contact, closed, wraps.slice(1)), 'wraps_not_eight');
    refused(() => checkHolds(manifest, KIND.contact, closed.slice(1), wraps), 'form_broken');
    for (const thread of THREADS) refused(() => checkHolds(manifest, thread, closed, wraps), 'form_broken');
    for (const wrong of flipped(closed, 20)) refused(() => checkHolds(manifest, KIND.contact, wrong, wraps), 'signature_wrong');
  });

  test('gets a later version, signed by its author', async () => {
    const place = { caseId, kind: KIND.notes, version: 2 };
    const sealed = await sealCompartment(place, browserChance(20_000), columns, browserChance);
    const named = nameOf(sealed);
    const signature = amend(she, place, named);
    checkAmended(place, named, she.signingKey, signature);
    for (const other of [{ version: 3 }, { kind: KIND.legal }, { caseId: browserChance(16) }]) {
      refused(() => checkAmended({ ...place, ...other }, named, she.signingKey, signature), 'signature_wrong');
    }
    refused(() => checkAmended({ ...place, version: 0 }, named, she.signingKey, signature), 'form_broken');
    refused(() => checkAmended(place, { closedHash: named.wrapsHash, wrapsHash: named.closedHash }, she.signingKey, signature), 'signature_wrong');
  });
});

describe('columns', () => {
  test('are laid again for what is written later, for the keys there are then', async () => {
    const next = await TeamKey.draw(browserChance);
    const { columns: shown } = readManifest(report.manifest);
    const at = (recipient: Uint8Array) => columns.findIndex(({ reader }) => reader && alike(reader.recipient, recipient));
    const compartments = [KIND.message];
    const readers = [
      { column: at(HERSELF), publicKey: she.publicKey, recipient: HERSELF, compartments },
      { column: at(counsel), publicKey: next.publicKey, recipient: counsel, compartments },
    ];
    const place = { caseId, kind: KIND.message, version: 1 };
    const { closed, wraps } = await sealCompartment(place, contents[KIND.contact]!, layAgain(shown, readers), browserChance);
    for (const reader of [she, next]) {
      const { key } = await findColumn(reader, wraps, place, shown);
      expect(await openCompartment(key, place, closed)).toEqual(contents[KIND.contact]);
    }
    await refusedLater(findColumn(team, wraps, place, shown), 'not_for_you');
    refused(() => layAgain(shown.slice(1), []), 'wraps_not_eight');
    refused(() => layAgain(shown, [readers[0]!, readers[0]!]), 'form_broken');
    for (const column of [-1, 8, 0.5]) refused(() => layAgain(shown, [{ ...readers[0]!, column }]), 'form_broken');
    refused(() => layAgain(shown, [{ ...readers[0]!, publicKey: new Uint8Array(1216).fill(255) }]), 'key_not_whole');
  });

  test('stand in an order that no report shares with all others', () => {
    const places = Array.from({ length: 200 }, () => layColumns(caseId, hers, [], browserChance).findIndex(({ reader }) => reader));
    expect(new Set(places).size).toBe(COLUMNS);
  });

  test('are eight, hers one of them, so that eight teams find no room', () => {
    const teams = (count: number) => Array.from({ length: count }, () => theirs);
    expect(layColumns(caseId, hers, teams(7), browserChance).every(({ reader }) => reader)).toBe(true);
    refused(() => layColumns(caseId, hers, teams(8), browserChance), 'wraps_not_eight');
  });

  test('are never laid for a key that her consent does not name', () => {
    const lay = (one: Theirs, at = caseId) => () => layColumns(at, hers, [one], browserChance);
    refused(lay({ ...theirs, entry: { ...theirs.entry, team: browserChance(16) } }), 'form_broken');
    refused(lay({ ...theirs, entry: { ...theirs.entry, epoch: 8 } }), 'form_broken');
    refused(lay({ ...theirs, consent: hers.consent }), 'form_broken');
    refused(lay(theirs, browserChance(16)), 'form_broken');
    refused(lay({ ...theirs, entry: { ...theirs.entry, publicKey: new Uint8Array(1216).fill(255) } }), 'key_not_whole');
    refused(() => layColumns(caseId, { mailbox: she, consent: theirs.consent }, [], browserChance), 'form_broken');
  });
});
