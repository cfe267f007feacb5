import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND, KINDS, type Kind } from './compartment';
import { HERSELF, PURPOSE, writeConsent } from './consent';
import { Device } from './device';
import type { Signer } from './keys';
import { Mailbox } from './mailbox';
import { amend, layColumns, nameOf, sealCompartment, sealReport, signedManifest, type LaidColumn, type Manifest, type Sealed } from './report';
import { flipped, refused } from './spoilt';
import { withdrawColumn } from './team';
import { checkMoved, checkWritten, signMoved, type Written } from './written';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const caseId = browserChance(16);
let she: Mailbox;
let device: Device;
let columns: LaidColumn[];
let manifest: Manifest;
let first: Written;
let message: Written;

beforeAll(async () => {
  [she, device] = [await Mailbox.ofRoot(browserChance(32)), await Device.ofRoot(browserChance(32))];
  const consent = writeConsent({
    salt: browserChance(16), caseId, recipient: HERSELF, epoch: 0, compartments: KINDS, purposes: [PURPOSE.services, PURPOSE.figures],
    givenAt: 1n, endsAt: 0n, givenBy: 0, channel: 0, language: 'ko', textHash: browserChance(32),
  });
  columns = layColumns(caseId, { mailbox: she, consent }, [], browserChance);
  const report = await sealReport(she, caseId, columns, {}, browserChance);
  manifest = signedManifest(report.manifest, report.signature);
  first = stored(KIND.incident, 1, report.compartments[KIND.incident - 1]!, null);
  message = stored(KIND.message, 1, await sealCompartment({ caseId, kind: KIND.message, version: 1 }, browserChance(9), columns, browserChance), device);
});

function stored(kind: Kind, version: number, sealed: Sealed, author: Signer | null): Written {
  const by = author && { signingKey: author.signingKey, signature: amend(author, { caseId, kind, version }, nameOf(sealed)) };
  return { kind, version, ...sealed, by, moves: [] };
}

/** Other wraps in its place, and the record of it. */
async function moved(one: Written, by: Signer, column: number): Promise<Written> {
  const place = { caseId, kind: one.kind, version: one.version };
  const wraps = await withdrawColumn(one.wraps, place, columns, column, browserChance);
  const { closedHash, wrapsHash: before } = nameOf(one);
  const after = nameOf({ ...one, wraps }).wrapsHash;
  const signature = signMoved(by, place, { closedHash, before, after });
  checkMoved(place, { closedHash, before, after }, by.signingKey, signature);
  return { ...one, wraps, moves: [...one.moves, { before, signingKey: by.signingKey, signature }] };
}

describe('what is stored', () => {
  test('follows from what was signed, however often it was moved', async () => {
    for (const one of [first, message]) {
      checkWritten(manifest, one);
      const once = await moved(one, she, 3);
      checkWritten(manifest, once);
      checkWritten(manifest, await moved(await moved(once, device, 5), she, 3));
    }
  });

  test('has no wraps that no record leads to', async () => {
    for (const one of [first, message]) {
      const thrice = await moved(await moved(await moved(one, she, 1), device, 2), she, 3);
      const [a, b, c] = thrice.moves as [Written['moves'][0], Written['moves'][0], Written['moves'][0]];
      for (const moves of [[], [a], [a, b], [a, c], [b, c], [b, a, c], [a, b, b, c], [a, b, c, c]]) {
        refused(() => checkWritten(manifest, { ...thrice, moves }), 'signature_wrong');
      }
      refused(() => checkWritten(manifest, { ...thrice, wraps: one.wraps }), 'signature_wrong');
      refused(() => checkWritten(manifest, { ...thrice, moves: [a, { ...b, signingKey: she.signingKey }, c] }), 'signature_wrong');
      for (const signature of flipped(b.signature, 16)) refused(() => checkWritten(manifest, { ...thrice, moves: [a, { ...b, signature }, c] }), 'signature_wrong');
      refused(() => checkWritten(manifest, { ...thrice, moves: [a, { ...b, before: browserChance(32) }, c] }), 'signature_wrong');
      refused(() => checkWritten(manifest, { ...thrice, moves: [{ ...a, before: browserChance(31) }, b, c] }), 'form_broken');
    }
  });

  test('is its author\'s, and without one only what the manifest names', () => {
    refused(() => checkWritten(manifest, { ...message, by: null }), 'signature_wrong');
    refused(() => checkWritten(manifest, { ...first, version: 2 }), 'signature_wrong');
    refused(() => checkWritten(manifest, { ...first, kind: KIND.legal }), 'signature_wrong');
    refused(() => checkWritten(manifest, { ...first, by: message.by }), 'form_broken');
    refused(() => checkWritten(manifest, { ...message, version: 2 }), 'signature_wrong');
    refused(() => checkWritten(manifest, { ...message, by: { ...message.by!, signingKey: she.signingKey } }), 'signature_wrong');
    refused(() => checkWritten({ ...manifest, caseId: browserChance(16) }, message), 'signature_wrong');
    refused(() => checkWritten(manifest, { ...message, kind: 15 as Kind }), 'form_broken');
    refused(() => checkWritten(manifest, { ...message, closed: message.closed.slice(1) }), 'form_broken');
    refused(() => checkWritten(manifest, { ...message, wraps: message.wraps.slice(1) }), 'wraps_not_eight');
    for (const closed of flipped(message.closed, 16)) refused(() => checkWritten(manifest, { ...message, closed }), 'signature_wrong');
  });

  test('differs in the moved column only', async () => {
    const once = await moved(first, she, 3);
    expect(once.wraps.filter((wrap, at) => wrap !== first.wraps[at])).toHaveLength(1);
  });
});
