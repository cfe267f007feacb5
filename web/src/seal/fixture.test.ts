import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { stretchHere } from './argon';
import type { Chance } from './chance';
import { KIND, KINDS, type Kind } from './compartment';
import { HERSELF, PURPOSE, writeConsent } from './consent';
import { Device } from './device';
import { digest } from './digest';
import { alike, Writer, type Bytes } from './form';
import { knockFor } from './knock';
import { Mailbox, signDeleted, signOpened } from './mailbox';
import { amend, layAgain, layColumns, nameOf, sealCompartment, sealReport, type LaidColumn, type Sealed } from './report';
import { TeamKey, withdrawColumn } from './team';
import { phraseOf, spell } from './words';
import { signMoved } from './written';

// A report made here, which the Rust side opens (crates/engine/seal/tests/browser). Its chance is
// drawn from a counter, so that it is the same every time, and this test holds the committed file
// to what is made today. `SEAL_WRITE=1 npx vitest run src/seal/fixture.test.ts` writes it anew.

vi.setConfig({ testTimeout: 240_000 });

const path = resolve(import.meta.dirname, '../../../crates/engine/seal/tests/browser/report.json');

/** The same bits every time: hashes of a counter. */
function counted(name: string): Chance {
  let count = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const block = digest(new TextEncoder().encode(name), new Writer().u32(count++).bytes());
      bytes.set(block.subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  };
}

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const utf8 = (text: string) => new TextEncoder().encode(text);
const sent = ({ closed, wraps }: Sealed) => ({ closed: b64(closed), wraps: wraps.map(b64) });

const CONTENTS: Partial<Record<Kind, string>> = {
  [KIND.contact]: '밤 9시 뒤에는 전화하지 마세요.',
  [KIND.incident]: '그날 밤에 있었던 일이에요.',
  [KIND.notes]: 'notes',
};
const ANSWER = '읽었습니다. 내일 뵐까요?';
const AT = 1_795_441_205_000n;

interface People {
  she: Mailbox;
  team: TeamKey;
  device: Device;
  place: { team: Bytes; epoch: number };
}

async function reportOf({ she, team, place }: People, caseId: Bytes, chance: Chance) {
  const consentFor = (recipient: Uint8Array, epoch: number, compartments: readonly Kind[]) => writeConsent({
    salt: chance(16), caseId, recipient, epoch, compartments, purposes: [PURPOSE.services, PURPOSE.figures],
    givenAt: AT, endsAt: 0n, givenBy: 0, channel: 0, language: 'ko', textHash: digest(utf8('the text she was shown')),
  });
  const hers = { mailbox: she, consent: consentFor(HERSELF, 0, KINDS) };
  const theirs = { entry: { ...place, publicKey: team.publicKey }, consent: consentFor(place.team, place.epoch, [KIND.contact, KIND.incident, KIND.message]) };
  const columns = layColumns(caseId, hers, [theirs], chance);
  const contents = Object.fromEntries(Object.entries(CONTENTS).map(([kind, text]) => [kind, utf8(text)]));
  const report = await sealReport(she, caseId, columns, contents, chance);
  const { knock } = await knockFor(she, columns, theirs, chance);
  return { report, columns, knock };
}

/** An answer by the team's device, with the team's column taken back by her afterwards. */
async function answerOf({ she, team, device, place }: People, caseId: Bytes, columns: readonly LaidColumn[], chance: Chance) {
  const at = { caseId, kind: KIND.message, version: 1 };
  const columnOf = (recipient: Uint8Array) => columns.findIndex(({ reader }) => reader !== null && alike(reader.recipient, recipient));
  const [hers, theirs] = [columnOf(HERSELF), columnOf(place.team)];
  const compartments = [KIND.message];
  const laid = layAgain(columns, [
    { column: hers, publicKey: she.publicKey, recipient: HERSELF, compartments },
    { column: theirs, publicKey: team.publicKey, recipient: place.team, compartments },
  ]);
  const sealed = await sealCompartment(at, utf8(ANSWER), laid, chance);
  const { closedHash, wrapsHash: before } = nameOf(sealed);
  const wraps = await withdrawColumn(sealed.wraps, at, columns, theirs, chance);
  const after = nameOf({ ...sealed, wraps }).wrapsHash;
  return {
    closed: b64(sealed.closed), wraps: wraps.map(b64), wraps_written: sealed.wraps.map(b64),
    signature: b64(amend(device, at, { closedHash, wrapsHash: before })),
    moves: [{ wraps_before: b64(before), author: null, signature: b64(signMoved(she, at, { closedHash, before, after })) }],
  };
}

async function made() {
  const chance = counted('a browser\'s report');
  const phrase = phraseOf(chance(9));
  const salt = chance(16);
  const root = await stretchHere(phrase, salt);
  const [teamSeed, deviceRoot, place] = [chance(32), chance(32), { team: chance(16), epoch: 3 }];
  const people = { she: await Mailbox.ofRoot(root), team: await TeamKey.ofSeed(teamSeed), device: await Device.ofRoot(Uint8Array.from(deviceRoot)), place };
  const [caseId, challenge] = [chance(16), chance(40)];
  const { report, columns, knock } = await reportOf(people, caseId, chance);
  return {
    says: 'A report as a browser makes it, with the keys that open it: test keys. Written by web/src/seal/fixture.test.ts.',
    words: spell(phrase, 'ko').join(' '), salt: b64(salt),
    team_seed: b64(teamSeed), device_root: b64(deviceRoot), signing_key: b64(people.device.signingKey),
    contents: CONTENTS, answer: ANSWER,
    challenge: b64(challenge), opened: b64(signOpened(people.she, challenge)), deleted: b64(signDeleted(people.she, challenge)),
    report: {
      manifest: b64(report.manifest), signature: b64(report.signature),
      compartments: report.compartments.map(sent),
      knocks: [{ center: b64(place.team), epoch: place.epoch, knock: b64(knock) }],
    },
    message: await answerOf(people, caseId, columns, chance),
  };
}

test('the committed report is what a browser makes today', async () => {
  const text = `${JSON.stringify(await made(), null, 1)}\n`;
  if (process.env['SEAL_WRITE']) writeFileSync(path, text);
  // Not by `toBe`: what differs may be half a megabyte.
  expect(readFileSync(path, 'utf8') === text).toBe(true);
});
