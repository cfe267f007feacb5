import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import { digest } from '../seal/digest';
import type { TeamKeyEntry } from '../seal/directory';
import { TeamKey } from '../seal/team';
import { fromBase64, toBase64 } from './base64';
import { addLetter, drawReferral, LETTER_PURPOSE, moveReferral, openReferral, sendReferral, type LetterPen, type OpenedReferral, type WireKept, type WireLetter, type WireReferral } from './letter';
import { AT, sampleCenter, type SampleCenter } from './sample';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const sent: { path: string; body: Record<string, unknown> }[] = [];
vi.mock('../kernel/send', () => ({ post: (path: string, body: Record<string, unknown>) => { sent.push({ path, body }); return Promise.resolve(undefined); } }));

let counsel: SampleCenter;
let shelter: SampleCenter;
let police: SampleCenter;

beforeAll(async () => {
  [counsel, shelter, police] = [await sampleCenter(), await sampleCenter(), await sampleCenter()];
});

function penOf(center: SampleCenter, keys = [{ epoch: center.epoch, key: center.key }]): LetterPen {
  const all = [counsel, shelter, police];
  return {
    center: center.name, keys, device: center.author.device, signer: center.device, chance,
    authors: (device) => all.find(({ author }) => author.device === device)?.author ?? null,
    keyOf: (name) => {
      const found = all.find((one) => one.name === name);
      return found ? ({ form: 1, team: found.id, epoch: found.epoch, service: 1, publicKey: found.key.publicKey, validFrom: 0n, validTo: 1n } as TeamKeyEntry) : null;
    },
  };
}

const kept = (letter: WireLetter, by: SampleCenter): WireKept => ({ ...letter, device: by.author.device, written_at: AT, moves: [] });

/** A referral from counseling to the shelter, as the server would hand it out. */
async function referred(): Promise<WireReferral> {
  const drawn = drawReferral(chance);
  await sendReferral(LETTER_PURPOSE.referral, shelter.name, { letter: 'referral', told: '방 하나' }, drawn, penOf(counsel));
  const { path, body } = sent.at(-1) ?? { path: '', body: {} };
  expect(path).toBe('/api/onestop/referral');
  expect(body).toMatchObject({ referral: drawn.referral, to: shelter.name, purpose: 1, device: counsel.author.device, end_hash: toBase64(digest(fromBase64(drawn.token))) });
  return { referral: drawn.referral, purpose: 1, from: counsel.name, to: shelter.name, state: 'waiting', sent_at: AT, letters: [kept(body['letter'] as WireLetter, counsel)] };
}

const said = (open: OpenedReferral) => open.letters.map((one) => (one.is === 'said' ? one.content : one.why));

describe('a letter between two centers', () => {
  test('is read by both of them and by no third', async () => {
    const wire = await referred();
    for (const reader of [counsel, shelter]) {
      const open = await openReferral(wire, penOf(reader));
      expect(said(open)).toEqual([{ letter: 'referral', told: '방 하나' }]);
      expect(open.letters[0]).toMatchObject({ own: reader === counsel, writtenAt: AT });
    }
    expect(said(await openReferral(wire, penOf(police)))).toEqual(['not_for_you']);
  });

  test('is answered by the next number, and the answer is read', async () => {
    const wire = await referred();
    await addLetter(await openReferral(wire, penOf(shelter)), { letter: 'answer', state: 'accepted' }, penOf(shelter));
    const letter = sent.at(-1)?.body['letter'] as WireLetter;
    expect(letter.number).toBe(2);
    const open = await openReferral({ ...wire, letters: [...wire.letters, kept(letter, shelter)] }, penOf(counsel));
    expect(said(open)[1]).toEqual({ letter: 'answer', state: 'accepted' });
    expect(open.letters[1]).toMatchObject({ own: false });
    // One that is left out is noticed.
    expect(said(await openReferral({ ...wire, letters: [kept(letter, shelter)] }, penOf(counsel)))[0]).toBe('message_missing');
  });

  test('is not believed from a third center, under another number, or changed', async () => {
    const wire = await referred();
    const [first] = wire.letters;
    if (!first) throw new Error('no letter');
    const as = async (letter: WireKept) => said(await openReferral({ ...wire, letters: [letter] }, penOf(shelter))).at(-1);
    expect(await as({ ...first, device: police.author.device })).toBe('author_unknown');
    expect(await as({ ...first, device: shelter.author.device })).toBe('signature_wrong');
    expect(await as({ ...first, number: 2 })).toBe('signature_wrong');
    const closed = fromBase64(first.closed);
    closed[40] = (closed[40] ?? 0) ^ 1;
    expect(await as({ ...first, closed: toBase64(closed) })).toBe('signature_wrong');
    expect(said(await openReferral({ ...wire, referral: toBase64(chance(16)) }, penOf(shelter)))).toEqual(['signature_wrong']);
  });

  test('moves with its center\'s next key: the old one opens it no more', async () => {
    const wire = await referred();
    const next = { epoch: 2, key: await TeamKey.draw(chance) };
    const old = { epoch: 1, key: shelter.key };
    await moveReferral(wire, penOf(shelter, [next, old]));
    const { path, body } = sent.at(-1) ?? { path: '', body: {} };
    expect(path).toBe('/api/onestop/referral/move');
    const [moved] = body['moved'] as { number: number; wraps: string[]; signature: string }[];
    const [first] = wire.letters;
    if (!moved || !first) throw new Error('nothing moved');
    const move = { wraps_before: toBase64(digest(...first.wraps.map(fromBase64))), author: shelter.author.device, signature: moved.signature };
    const after: WireReferral = { ...wire, letters: [{ ...first, wraps: moved.wraps, moves: [move] }] };
    expect(said(await openReferral(after, penOf(shelter, [next])))).toEqual([{ letter: 'referral', told: '방 하나' }]);
    expect(said(await openReferral(after, penOf(shelter, [old])))).toEqual(['not_for_you']);
    expect(said(await openReferral(after, penOf(counsel)))).toEqual([{ letter: 'referral', told: '방 하나' }]);
    // Whoever moved it has left since: it is still signed by who wrote it, and read.
    const left = { ...penOf(counsel), authors: (device: string) => (device === shelter.author.device ? null : penOf(counsel).authors(device)) };
    expect(said(await openReferral(after, left))).toEqual([{ letter: 'referral', told: '방 하나' }]);
    const wrong: WireReferral = { ...after, letters: [{ ...first, wraps: moved.wraps, moves: [{ ...move, author: counsel.author.device }] }] };
    expect(said(await openReferral(wrong, penOf(counsel)))).toEqual(['signature_wrong']);
    // What has moved stays as it is.
    const before = sent.length;
    await moveReferral(after, penOf(shelter, [next, old]));
    expect(sent).toHaveLength(before);
  });

  test('is not written to a center whose key nobody proves', async () => {
    const pen = { ...penOf(counsel), keyOf: () => null };
    await expect(sendReferral(LETTER_PURPOSE.duty, police.name, { letter: 'duty' }, drawReferral(chance), pen)).rejects.toMatchObject({ code: 'entry_not_valid_now' });
  });
});
