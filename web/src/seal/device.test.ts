import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import type { Stretch } from './argon';
import { browserChance } from './chance';
import { Device, deviceSeedsOf } from './device';
import { enclose } from './envelope';
import { Mailbox } from './mailbox';
import { isSigned } from './signature';
import { misfits, refusedLater } from './spoilt';
import { TeamKey } from './team';
import { newPhrase } from './words';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Stands for the 64 MiB where they are not what is looked at. */
const quick: Stretch = async (typed, salted) => Uint8Array.from({ length: 32 }, (_, at) => (typed[at % 10] ?? 0) ^ (salted[at % 16] ?? 0));
const phrase = newPhrase(browserChance);
const salt = browserChance(16);

describe('a device', () => {
  test('has the same keys whenever its words are typed, and none of the mailbox of those words', async () => {
    const [device, again] = [await Device.open(phrase, salt, quick), await Device.open(phrase, salt, quick)];
    expect([again.signingKey, again.publicKey]).toEqual([device.signingKey, device.publicKey]);
    const box = await Mailbox.open(phrase, salt, quick);
    expect(device.signingKey).not.toEqual(box.signingKey);
    expect(device.publicKey).not.toEqual(box.publicKey);
    const elsewhere = await Device.open(phrase, browserChance(16), quick);
    expect(device.signingKey).not.toEqual(elsewhere.signingKey);
  });

  test('grows from a passkey, which is wiped and not its root', async () => {
    const prf = browserChance(32);
    const [once, again] = [Uint8Array.from(prf), Uint8Array.from(prf)];
    const device = await Device.ofPasskey(once);
    expect(once.every((byte) => byte === 0)).toBe(true);
    expect((await Device.ofPasskey(again)).signingKey).toEqual(device.signingKey);
    expect((await Device.ofRoot(prf)).signingKey).not.toEqual(device.signingKey);
    for (const wrong of misfits(browserChance(32))) {
      await refusedLater(Device.ofPasskey(wrong), 'key_not_whole');
      await refusedLater(Device.ofRoot(wrong), 'key_not_whole');
    }
  });

  test('signs, opens its team\'s key, and forgets', async () => {
    const device = await Device.ofRoot(browserChance(32));
    const signature = device.sign('amended', salt);
    expect(isSigned(device.signingKey, 'amended', salt, signature)).toBe(true);
    const team = await TeamKey.draw(browserChance);
    const place = { team: browserChance(16), epoch: 2, device: browserChance(16) };
    const closed = await team.closeFor(device.publicKey, place, browserChance);
    expect((await TeamKey.open(device, place, closed)).publicKey).toEqual(team.publicKey);
    const envelope = await enclose(device.publicKey, 'wrap', salt, browserChance(32), browserChance);
    device.forget();
    expect(await device.disclose('wrap', salt, envelope)).toBeNull();
    await refusedLater(TeamKey.open(device, place, closed), 'not_for_you');
  });

  test('shows its seeds to nobody, and wipes its root', async () => {
    const root = browserChance(32);
    const { signSeed, openSeed } = deviceSeedsOf(root);
    const device = await Device.ofRoot(root);
    expect(root.every((byte) => byte === 0)).toBe(true);
    const seen = inspect(device, { depth: 9, showHidden: true, maxArrayLength: null }) + JSON.stringify(device);
    for (const seed of [signSeed, openSeed]) {
      expect(seen).not.toContain(seed.join(', '));
      expect(seen).not.toContain(JSON.stringify(seed).slice(1, -1));
    }
  });
});
