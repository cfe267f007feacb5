import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { stretchHere, stretchInScript, type Stretch } from './argon';
import { browserChance } from './chance';
import { enclose } from './envelope';
import { checkDeleted, checkOpened, Mailbox, seedsOf, signDeleted, signOpened } from './mailbox';
import { Refusal } from './refusal';
import { isSigned } from './signature';
import { flipped, misfits, refused } from './spoilt';
import { newPhrase } from './words';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const phrase = newPhrase(browserChance);
const salt = browserChance(16);
/** Stands for the 64 MiB where they are not what is looked at. */
const quick: Stretch = async (typed, salted) => Uint8Array.from({ length: 32 }, (_, at) => (typed[at % 10] ?? 0) ^ (salted[at % 16] ?? 0));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a mailbox', () => {
  test('has the same root with and without WebAssembly', async () => {
    expect(await stretchInScript(phrase, salt)).toEqual(await stretchHere(phrase, salt));
  });

  test('is another one under another salt', async () => {
    const [one, other] = [await Mailbox.open(phrase, salt, quick), await Mailbox.open(phrase, browserChance(16), quick)];
    expect(one.locator).not.toEqual(other.locator);
    expect(one.signingKey).not.toEqual(other.signingKey);
    expect(one.publicKey).not.toEqual(other.publicKey);
  });

  test('signs and opens with what its words give', async () => {
    const box = await Mailbox.open(phrase, salt, quick);
    const message = browserChance(50);
    const signature = box.sign('report', message);
    expect(isSigned(box.signingKey, 'report', message, signature)).toBe(true);
    expect(isSigned(box.signingKey, 'amended', message, signature)).toBe(false);
    const place = browserChance(9);
    const key = browserChance(32);
    const envelope = await enclose(box.publicKey, 'wrap', place, key, browserChance);
    expect(await box.disclose('wrap', place, envelope)).toEqual(key);
    expect(await box.disclose('team-key', place, envelope)).toBeNull();
    box.forget();
    expect(await box.disclose('wrap', place, envelope)).toBeNull();
  });

  test('shows its seeds to nobody, and wipes its root', async () => {
    const root = await quick(phrase, salt);
    const { signSeed, openSeed } = seedsOf(root);
    const box = await Mailbox.ofRoot(root);
    expect(root.every((byte) => byte === 0)).toBe(true);
    const seen = inspect(box, { depth: 9, showHidden: true, maxArrayLength: null }) + JSON.stringify(box) + JSON.stringify(structuredClone({ ...box }));
    for (const seed of [signSeed, openSeed]) {
      expect(seen).not.toContain(hex(seed));
      expect(seen).not.toContain(seed.join(', '));
      expect(JSON.stringify(box)).not.toContain(JSON.stringify(seed).slice(1, -1));
    }
  });

  test('proves that it is opened, and that a case is deleted, each for itself', async () => {
    const box = await Mailbox.open(phrase, salt, quick);
    const challenge = browserChance(40);
    const opened = signOpened(box, challenge);
    const deleted = signDeleted(box, challenge);
    checkOpened(box.locator, challenge, box.signingKey, opened);
    checkDeleted(box.locator, challenge, box.signingKey, deleted);
    refused(() => checkOpened(box.locator, challenge, box.signingKey, deleted), 'signature_wrong');
    refused(() => checkDeleted(box.locator, challenge, box.signingKey, opened), 'signature_wrong');
    for (const wrong of flipped(challenge, 40)) refused(() => checkOpened(box.locator, wrong, box.signingKey, opened), 'signature_wrong');
    for (const wrong of flipped(box.locator, 32)) refused(() => checkDeleted(wrong, challenge, box.signingKey, deleted), 'signature_wrong');
    for (const wrong of misfits(challenge)) {
      refused(() => signOpened(box, wrong), 'form_broken');
      refused(() => checkDeleted(box.locator, wrong, box.signingKey, deleted), 'form_broken');
    }
  });

  test('is not opened with what is no phrase or no salt', async () => {
    for (const [typed, salted] of [[phrase.slice(1), salt], [phrase, salt.slice(1)], [new Uint8Array(), salt]] as const) {
      await expect(Mailbox.open(typed, salted, quick)).rejects.toBeInstanceOf(Refusal);
    }
  });
});
