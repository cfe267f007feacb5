import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from '../seal/chance';
import { TeamKey } from '../seal/team';
import { ENTRY_FORM, readEntry, SERVICE, writeEntry } from '../seal/directory';
import { sign, signingKeyOf } from '../seal/signature';
import { fromBase64, toBase64 } from './base64';
import { believe, centerNamed, deviceNamed } from './directory';
import { Sham } from './sham';
import type { DirectoryAnswer } from './wire';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let city: Sham;
let told: DirectoryAnswer;
const shut = (answer: DirectoryAnswer, keys = city.keys()) => {
  const { door, refused, centers, devices } = believe(keys, answer);
  expect(centers.every(({ entry }) => entry === null)).toBe(true);
  expect(devices).toEqual([]);
  return [door, refused];
};

beforeAll(async () => {
  city = await Sham.found();
  told = city.directory();
});

describe('the directory', () => {
  test('of a city whose log two witnesses have seen opens the door', () => {
    const directory = believe(city.keys(), told);
    expect([directory.door, directory.refused, directory.answerWithinHours]).toEqual(['open', null, 24]);
    expect(directory.centers.map(({ entry }) => entry?.epoch)).toEqual([1, 2, 3]);
    expect(directory.centers.every(({ entry }) => entry && city.has(entry.publicKey))).toBe(true);
    const device = deviceNamed(directory, toBase64(city.deviceId));
    expect(device?.signingKey).toEqual(city.device.signingKey);
    expect(centerNamed(directory, device?.center ?? '')?.key).toBe('sillim-counsel');
  });

  test('with a false key is believed in nothing', async () => {
    const other = await TeamKey.draw(browserChance);
    const entry = readEntry(fromBase64(told.team_keys[0]!.entry));
    const service = SERVICE.counsel;
    const forged = writeEntry({ form: ENTRY_FORM.teamKey, team: city.ids[0]!, epoch: 1, service, publicKey: other.publicKey, validFrom: entry.validFrom, validTo: entry.validTo });
    const slipped = { ...told, team_keys: [{ ...told.team_keys[0]!, entry: toBase64(forged) }, ...told.team_keys.slice(1)] };
    expect(shut(slipped)).toEqual(['unproved', 'entry_not_included']);
    const relabeled = { ...told, team_keys: [{ ...told.team_keys[0]!, center: told.centers[1]!.center }] };
    expect(shut(relabeled)).toEqual(['unproved', 'entry_not_included']);
    const device = { ...told, devices: [{ ...told.devices[0]!, device: toBase64(browserChance(16)) }] };
    expect(shut(device)).toEqual(['unproved', 'entry_not_included']);
  });

  test('that one witness alone has seen is not believed', () => {
    expect(shut({ ...told, witnesses: told.witnesses.slice(1) })).toEqual(['unproved', 'too_few_witnesses']);
    expect(shut({ ...told, witnesses: [told.witnesses[0]!, told.witnesses[0]!] })).toEqual(['unproved', 'too_few_witnesses']);
    const stranger = browserChance(32);
    const head = fromBase64(told.head!);
    const signed = { key: toBase64(signingKeyOf(stranger)), signature: toBase64(sign(stranger, 'head', head)) };
    expect(shut({ ...told, witnesses: [told.witnesses[0]!, signed] })).toEqual(['unproved', 'too_few_witnesses']);
    expect(shut({ ...told, head_signature: toBase64(sign(stranger, 'head', head)) })).toEqual(['unproved', 'head_not_signed']);
  });

  test('that is three days old is not believed', () => {
    const days = 72 * 3_600_000;
    expect(shut({ ...told, now: told.now + days })).toEqual(['unproved', 'head_too_old']);
    expect(believe(city.keys(), { ...told, now: told.now + days - 3_600_000 }).door).toBe('open');
  });

  test('leaves the door closed where it says so, or has no key that is valid', () => {
    expect(believe(city.keys(), { ...told, door: 'closed' }).door).toBe('closed');
    expect(shut({ ...told, head: null, head_signature: null })).toEqual(['closed', null]);
    expect(believe(city.keys(), { ...told, team_keys: [] }).door).toBe('closed');
    expect(shut({ ...told, head: 'not bytes!' })).toEqual(['unproved', 'form_broken']);
  });
});
