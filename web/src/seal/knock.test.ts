import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND, KINDS } from './compartment';
import { HERSELF, PURPOSE, writeConsent, type Consent } from './consent';
import type { Bytes } from './form';
import { checkKnock, KNOCK_BYTES, knockFor, openKnock, type Knock } from './knock';
import { Mailbox } from './mailbox';
import { layColumns, type Hers, type LaidColumn, type Manifest, type Theirs } from './report';
import { flipped, misfits, refused, refusedLater } from './spoilt';
import { TeamKey } from './team';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const caseId = browserChance(16);
const place = { team: browserChance(16), epoch: 3 };
const consentFor = (recipient: Uint8Array, epoch: number, more: Partial<Consent> = {}) => writeConsent({
  salt: browserChance(16), caseId, recipient, epoch, compartments: [KIND.contact, KIND.message], purposes: [PURPOSE.services],
  givenAt: 1n, endsAt: 0n, givenBy: 0, channel: 0, language: 'ko', textHash: browserChance(32), ...more,
});

let she: Mailbox;
let team: TeamKey;
let hers: Hers;
let theirs: Theirs;
let columns: LaidColumn[];
let manifest: Manifest;
let knock: Bytes;
let opened: Knock;

beforeAll(async () => {
  she = await Mailbox.ofRoot(browserChance(32));
  team = await TeamKey.draw(browserChance);
  hers = { mailbox: she, consent: consentFor(HERSELF, 0, { compartments: KINDS, purposes: [PURPOSE.services, PURPOSE.figures] }) };
  theirs = { entry: { ...place, publicKey: team.publicKey }, consent: consentFor(place.team, place.epoch) };
  columns = layColumns(caseId, hers, [theirs], browserChance);
  const { locator, signingKey, publicKey } = she;
  manifest = { caseId, locator, signingKey, publicKey, columns: columns.map(({ mark }) => ({ mark })), compartments: [] };
  ({ knock } = await knockFor(she, columns, theirs, browserChance));
  opened = await openKnock(team, place, knock);
});

describe('a knock', () => {
  test('says to the team which case is for it, and which column', () => {
    expect(knock).toHaveLength(KNOCK_BYTES);
    expect(KNOCK_BYTES).toBe(1330);
    expect(opened.caseId).toEqual(caseId);
    expect(columns[opened.column]?.reader?.recipient).toEqual(place.team);
    expect(opened.consentBytes).toEqual(theirs.consent);
    expect(opened.consent.compartments).toEqual([KIND.contact, KIND.message]);
    checkKnock(opened, manifest);
  });

  test('has the same length whatever she chose', async () => {
    const wide = { ...theirs, consent: consentFor(place.team, place.epoch, { compartments: KINDS, purposes: [0, 1, 2, 3, 4, 5, 6], endsAt: 9n }) };
    const sealed = await knockFor(she, layColumns(caseId, hers, [wide], browserChance), wide, browserChance);
    expect(sealed.knock).toHaveLength(KNOCK_BYTES);
    expect([sealed.team, sealed.epoch]).toEqual([place.team, place.epoch]);
  });

  test('opens for no other key, team or epoch, and changed by no bit', async () => {
    await refusedLater(openKnock(she, place, knock), 'not_for_you');
    await refusedLater(openKnock(team, { ...place, epoch: 4 }, knock), 'not_for_you');
    await refusedLater(openKnock(team, { ...place, team: browserChance(16) }, knock), 'not_for_you');
    for (const wrong of flipped(knock, 40)) await refusedLater(openKnock(team, place, wrong), 'not_for_you');
    for (const wrong of [...misfits(knock), knock.slice(0, 1168)]) await refusedLater(openKnock(team, place, wrong), 'wrap_not_whole');
  });

  test('is of the case, the column and the mailbox its manifest says', () => {
    refused(() => checkKnock(opened, { ...manifest, caseId: browserChance(16) }), 'form_broken');
    refused(() => checkKnock({ ...opened, column: (opened.column + 1) % 8 }, manifest), 'form_broken');
    refused(() => checkKnock({ ...opened, column: 8 }, manifest), 'form_broken');
    refused(() => checkKnock({ ...opened, consentBytes: consentFor(place.team, place.epoch) }, manifest), 'form_broken');
    refused(() => checkKnock(opened, { ...manifest, signingKey: browserChance(32) }), 'signature_wrong');
    for (const signature of flipped(opened.signature, 32)) refused(() => checkKnock({ ...opened, signature: Uint8Array.from(signature) }, manifest), 'signature_wrong');
  });

  test('is made for nobody whose column was not laid, and never for herself', async () => {
    const other = { ...theirs, consent: consentFor(place.team, place.epoch) };
    await refusedLater(knockFor(she, columns, other, browserChance), 'form_broken');
    const wrongKey = { ...theirs, entry: { ...theirs.entry, epoch: 4 } };
    await refusedLater(knockFor(she, columns, wrongKey, browserChance), 'form_broken');
    const herself = { entry: { team: HERSELF, epoch: 0, publicKey: she.publicKey }, consent: hers.consent };
    await refusedLater(knockFor(she, columns, herself, browserChance), 'form_broken');
  });
});
