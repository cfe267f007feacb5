import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { Device } from './device';
import { digest } from './digest';
import {
  checkKeptLetter, closeLetter, hashOfLetterWraps, moveLetter, openLetter, openLetterAmong, SIDE, signLetter, signLetterMoved,
  type LetterFor, type LetterPlace, type LetterReader, type SealedLetter,
} from './letter';
import { flipped, misfits, refused, refusedLater } from './spoilt';
import { TeamKey } from './team';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const place: LetterPlace = { referral: browserChance(16), number: 3 };
const content = new TextEncoder().encode('{"v":1,"ask":"오늘 밤 머물 곳"}');
const team = async (epoch: number, id: Uint8Array = browserChance(16)): Promise<LetterReader & LetterFor> => {
  const opener = await TeamKey.draw(browserChance);
  return { team: id, epoch, opener, publicKey: opener.publicKey };
};
let [sender, receiver, stranger]: (LetterReader & LetterFor)[] = [];
let device: Device;
let letter: SealedLetter;
const own = () => ({ sender: sender!.team, receiver: receiver!.team });

beforeAll(async () => {
  [sender, receiver, stranger] = [await team(2), await team(5), await team(1)];
  device = await Device.ofRoot(browserChance(32));
  letter = await closeLetter(place, content, sender, receiver, browserChance);
});

describe('a letter', () => {
  test('opens for both teams of its referral, and in its place only', async () => {
    const { closed, wraps } = letter;
    expect(await openLetter(place, SIDE.sender, sender!, wraps, closed)).toEqual(content);
    expect(await openLetter(place, SIDE.receiver, receiver!, wraps, closed)).toEqual(content);
    await refusedLater(openLetter(place, SIDE.receiver, sender!, wraps, closed), 'not_for_you');
    await refusedLater(openLetter(place, SIDE.sender, stranger!, wraps, closed), 'not_for_you');
    await refusedLater(openLetter({ ...place, number: 4 }, SIDE.sender, sender!, wraps, closed), 'not_for_you');
    await refusedLater(openLetter({ ...place, referral: browserChance(16) }, SIDE.sender, sender!, wraps, closed), 'not_for_you');
    await refusedLater(openLetter(place, SIDE.sender, { ...sender!, epoch: 3 }, wraps, closed), 'not_for_you');
    for (const wrong of flipped(closed, 12)) await refusedLater(openLetter(place, SIDE.sender, sender!, wraps, wrong), 'not_for_this_place');
    for (const wrong of flipped(wraps[0], 12)) await refusedLater(openLetter(place, SIDE.sender, sender!, [wrong, wraps[1]], closed), 'not_for_you');
    for (const wrong of misfits(wraps[1])) await refusedLater(openLetter(place, SIDE.sender, sender!, [wraps[0], wrong], closed), 'wrap_not_whole');
    for (const wrong of [[], [wraps[0]], [...wraps, wraps[0]]]) await refusedLater(openLetter(place, SIDE.sender, sender!, wrong, closed), 'form_broken');
  });

  test('is found with the keys of several epochs', async () => {
    const { closed, wraps } = letter;
    const newest = await team(3, sender!.team);
    expect(await openLetterAmong(place, SIDE.sender, [newest, sender!], wraps, closed)).toEqual({ content, reader: 1 });
    await refusedLater(openLetterAmong(place, SIDE.sender, [newest, stranger!], wraps, closed), 'not_for_you');
    await refusedLater(openLetterAmong(place, SIDE.sender, [newest, sender!], wraps, closed.slice(1)), 'not_for_this_place');
  });

  test('is between two teams with keys', async () => {
    const nobody = { ...sender!, team: new Uint8Array(16) };
    for (const [one, two] of [[sender!, sender!], [nobody, receiver!], [sender!, nobody], [{ ...sender!, epoch: 0 }, receiver!]] as const) {
      await refusedLater(closeLetter(place, content, one, two, browserChance), 'form_broken');
    }
    await refusedLater(closeLetter({ ...place, number: 0 }, content, sender!, receiver!, browserChance), 'form_broken');
    await refusedLater(closeLetter(place, new Uint8Array(1024 * 1024), sender!, receiver!, browserChance), 'too_long');
  });

  test('is of the device that wrote it', () => {
    const signature = signLetter(device, place, own(), letter);
    const by = { signingKey: device.signingKey, signature };
    const kept = { ...letter, by, moves: [] };
    checkKeptLetter(place, own(), kept);
    refused(() => checkKeptLetter({ ...place, number: 4 }, own(), kept), 'signature_wrong');
    refused(() => checkKeptLetter(place, { sender: own().receiver, receiver: own().sender }, kept), 'signature_wrong');
    refused(() => checkKeptLetter(place, own(), { ...kept, wraps: [letter.wraps[1], letter.wraps[0]] }), 'signature_wrong');
    for (const wrong of flipped(signature, 40)) refused(() => checkKeptLetter(place, own(), { ...kept, by: { ...by, signature: wrong } }), 'signature_wrong');
    for (const wrong of misfits(letter.closed)) refused(() => checkKeptLetter(place, own(), { ...kept, closed: wrong }), 'form_broken');
    refused(() => signLetter(device, place, { sender: own().sender, receiver: own().sender }, letter), 'form_broken');
  });
});

describe('when somebody leaves', () => {
  test('a side moves to its next key, the other stays, and the record is followed', async () => {
    const { closed, wraps } = letter;
    const next = await team(3, sender!.team);
    const after = await moveLetter(sender!, next, wraps, place, SIDE.sender, browserChance);
    expect(after[1]).toEqual(wraps[1]);
    expect(await openLetter(place, SIDE.sender, next, after, closed)).toEqual(content);
    await refusedLater(openLetter(place, SIDE.sender, sender!, after, closed), 'not_for_you');
    expect(await openLetter(place, SIDE.receiver, receiver!, after, closed)).toEqual(content);
    const theirs = await team(9, receiver!.team);
    const last = await moveLetter(receiver!, theirs, after, place, SIDE.receiver, browserChance);
    expect(last[0]).toEqual(after[0]);
    const [closedHash, hashes] = [digest(closed), [wraps, after, last].map(hashOfLetterWraps)];
    const record = (at: number) => {
      const moved = { closedHash, before: hashes[at]!, after: hashes[at + 1]! };
      return { before: moved.before, signingKey: device.signingKey, signature: signLetterMoved(device, place, moved) };
    };
    const by = { signingKey: device.signingKey, signature: signLetter(device, place, own(), letter) };
    const check = (now: readonly Uint8Array[], moves: ReturnType<typeof record>[]) => checkKeptLetter(place, own(), { closed, wraps: now, by, moves });
    check(after, [record(0)]);
    check(last, [record(0), record(1)]);
    refused(() => check(last, []), 'signature_wrong');
    refused(() => check(last, [record(1)]), 'signature_wrong');
    refused(() => check(last, [record(0)]), 'signature_wrong');
    refused(() => check(after, [record(0), record(1)]), 'signature_wrong');
    refused(() => check(last, [record(1), record(0)]), 'signature_wrong');
  });

  test('it moves to a later key of the same team only', async () => {
    const move = (to: LetterFor) => moveLetter(sender!, to, letter.wraps, place, SIDE.sender, browserChance);
    for (const to of [{ ...sender!, epoch: 2 }, { ...sender!, epoch: 1 }, { ...receiver!, epoch: 9 }]) await refusedLater(move(to), 'form_broken');
    await refusedLater(moveLetter({ ...stranger!, team: sender!.team }, { ...sender!, epoch: 3 }, letter.wraps, place, SIDE.sender, browserChance), 'not_for_you');
  });
});
