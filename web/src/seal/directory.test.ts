import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import {
  checkWitnessed, deviceIn, ENTRY_FORM, entryIn, HEAD_AGE_MS, HEAD_AHEAD_MS, SERVICE, readEntry, readHead, takeEntry, takeHead, teamKeyIn, writeEntry, writeHead,
  type Claim, type DeviceEntry, type Head, type Listed, type TeamKeyEntry,
} from './directory';
import { digest } from './digest';
import { join } from './form';
import { isConsistent, isIncluded, rootOf } from './merkle';
import { Refusal } from './refusal';
import { sign, signingKeyOf } from './signature';
import { flipped, misfits, refused } from './spoilt';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// The proofs as RFC 6962 §2.1 makes them, slow and obvious: PATH(m, D[n]) and SUBPROOF(m, D[n], b).
const split = (n: number) => 2 ** (Math.ceil(Math.log2(n)) - 1);
function path(m: number, leaves: Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k ? [...path(m, leaves.slice(0, k)), rootOf(leaves.slice(k))] : [...path(m - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}
function subproof(m: number, leaves: Uint8Array[], known: boolean): Uint8Array[] {
  if (m === leaves.length) return known ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  if (m <= k) return [...subproof(m, leaves.slice(0, k), known), rootOf(leaves.slice(k))];
  return [...subproof(m - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
}
const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => digest(Uint8Array.of(at)));

describe('the tree', () => {
  test('proves every leaf of every size to 20, and no other', () => {
    for (let size = 1; size <= 20; size += 1) {
      const leaves = leavesOf(size);
      const root = rootOf(leaves);
      for (let at = 0; at < size; at += 1) {
        const proof = path(at, leaves);
        const proves = (leaf: Uint8Array, index: number, width: number, steps: Uint8Array[]) => isIncluded(leaf, BigInt(index), BigInt(width), root, steps);
        expect(proves(leaves[at]!, at, size, proof), `${at} of ${size}`).toBe(true);
        expect(proves(digest(), at, size, proof)).toBe(false);
        expect(proves(leaves[at]!, size, size, proof)).toBe(false);
        if (size > 1) expect(proves(leaves[at]!, (at + 1) % size, size, proof)).toBe(false);
        expect(proves(leaves[at]!, at, size, [...proof, root])).toBe(false);
        expect(proves(leaves[at]!, at, size, proof.slice(1))).toBe(size === 1);
      }
    }
  });

  test('proves that every size to 20 grew out of every smaller one, and no other', () => {
    for (let size = 1; size <= 20; size += 1) {
      const leaves = leavesOf(size);
      const now = { size: BigInt(size), root: rootOf(leaves) };
      for (let before = 1; before <= size; before += 1) {
        const old = { size: BigInt(before), root: rootOf(leaves.slice(0, before)) };
        const proof = subproof(before, leaves, true);
        expect(isConsistent(old, now, proof), `${before} to ${size}`).toBe(true);
        expect(isConsistent({ ...old, root: digest() }, now, proof)).toBe(false);
        expect(isConsistent(old, { ...now, root: digest() }, proof)).toBe(false);
        expect(isConsistent(old, now, [...proof, old.root])).toBe(false);
        if (proof.length > 0) expect(isConsistent(old, now, proof.slice(1))).toBe(false);
        if (before < size) expect(isConsistent(now, old, proof)).toBe(false);
      }
      expect(isConsistent({ size: 0n, root: digest() }, now, [])).toBe(true);
      expect(isConsistent({ size: 0n, root: now.root }, now, [])).toBe(false);
    }
    expect(isConsistent({ size: 0n, root: digest() }, { size: 0n, root: browserChance(32) }, [])).toBe(false);
  });

  test('believes no step that is cut at another place', () => {
    // 3 to 4: both roots are a node over what the proof says stands left. With steps of any length
    // the same 64 bytes can be cut in two ways, and an old root be "led" to a new one.
    const leaves = leavesOf(4);
    const [left, right] = [rootOf(leaves.slice(0, 2)), rootOf(leaves.slice(2))];
    const now = { size: 4n, root: rootOf(leaves) };
    expect(isConsistent({ size: 2n, root: left }, now, [right])).toBe(true);
    const old = { size: 2n, root: new Uint8Array() };
    expect(isConsistent(old, now, [join(left, right)])).toBe(false);
    expect(isIncluded(leaves[0]!, 0n, 2n, left, [join(digest(Uint8Array.of(0), leaves[1]!), new Uint8Array(1))])).toBe(false);
    expect(isIncluded(leaves[0]!, 0n, 1n, digest(Uint8Array.of(0), leaves[0]!), [new Uint8Array()])).toBe(false);
  });

  test('of a size nobody can have is refused without delay', () => {
    const huge = (1n << 64n) - 1n;
    expect(isIncluded(digest(), huge - 1n, huge, digest(), [])).toBe(false);
    expect(isConsistent({ size: huge - 1n, root: digest() }, { size: huge, root: digest() }, [])).toBe(false);
  });
});

const NOW = 1_795_441_205_000n;
const entry: TeamKeyEntry = {
  form: ENTRY_FORM.teamKey, team: browserChance(16), epoch: 1, service: SERVICE.counsel, publicKey: browserChance(1216), validFrom: NOW - 5n, validTo: NOW + 5n,
};
const bytes = writeEntry(entry);
const [log, first, second, stranger] = [1, 2, 3, 4].map(() => browserChance(32)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const trusted = { logKey: signingKeyOf(log), witnessKeys: [signingKeyOf(first), signingKeyOf(second)] };
const witness = (seed: Uint8Array, head: Uint8Array) => ({ key: signingKeyOf(seed), signature: sign(seed, 'head', head) });

const device: DeviceEntry = {
  form: ENTRY_FORM.device, team: entry.team, device: browserChance(16), signingKey: browserChance(32), publicKey: browserChance(1216), validFrom: NOW - 5n, validTo: NOW + 5n,
};

function claimAt(index: number, size: number, at = NOW, usedSize = 0): Claim {
  const leaves: Uint8Array[] = leavesOf(size);
  leaves[index] = bytes;
  const head = writeHead({ size: BigInt(size), root: rootOf(leaves), at });
  return {
    entry: bytes, index: BigInt(index), proof: path(index, leaves), head, signature: sign(log, 'head', head),
    witnesses: [witness(first, head), witness(second, head)], consistency: usedSize ? subproof(usedSize, leaves, true) : [],
  };
}

describe('the directory', () => {
  test('gives an entry that the log has and two witnesses saw', () => {
    expect(takeEntry(claimAt(2, 5), trusted, null, NOW)).toEqual({ entry, head: readHead(claimAt(2, 5).head) });
    const { head } = takeEntry(claimAt(2, 5), trusted, null, NOW);
    expect(takeEntry(claimAt(2, 9, NOW + 1n, 5), trusted, head, NOW).entry).toEqual(entry);
    expect(takeEntry({ ...claimAt(2, 5), consistency: [] }, trusted, head, NOW).entry).toEqual(entry);
  });

  test('gives none that is not in it', () => {
    const claim = claimAt(2, 5);
    for (const wrong of flipped(bytes, 60)) expect(() => takeEntry({ ...claim, entry: wrong }, trusted, null, NOW)).toThrow(Refusal);
    refused(() => takeEntry({ ...claim, index: 3n }, trusted, null, NOW), 'entry_not_included');
    const spoilt = [...flipped(claim.proof[0]!, 32)].map((step) => [step, ...claim.proof.slice(1)]);
    for (const proof of spoilt) refused(() => takeEntry({ ...claim, proof }, trusted, null, NOW), 'entry_not_included');
  });

  test('believes no head that log and witnesses have not signed', () => {
    const claim = claimAt(2, 5);
    refused(() => takeEntry({ ...claim, signature: sign(stranger, 'head', claim.head) }, trusted, null, NOW), 'head_not_signed');
    for (const wrong of flipped(claim.signature, 64)) refused(() => takeEntry({ ...claim, signature: wrong }, trusted, null, NOW), 'head_not_signed');
    const [one] = claim.witnesses;
    for (const witnesses of [[], [one!], [one!, one!], [one!, witness(stranger, claim.head)], [one!, { key: signingKeyOf(second), signature: one!.signature }]]) {
      refused(() => takeEntry({ ...claim, witnesses }, trusted, null, NOW), 'too_few_witnesses');
    }
    const twice = { logKey: trusted.logKey, witnessKeys: [trusted.witnessKeys[0]!, trusted.witnessKeys[0]!] };
    refused(() => takeEntry(claim, twice, null, NOW), 'too_few_witnesses');
  });

  test('never goes back, and never tells two histories', () => {
    const used: Head = takeEntry(claimAt(2, 5), trusted, null, NOW).head;
    refused(() => takeEntry(claimAt(2, 4), trusted, used, NOW), 'head_older');
    refused(() => takeEntry(claimAt(2, 5, NOW - 1n), trusted, used, NOW), 'head_older');
    refused(() => takeEntry(claimAt(3, 5), trusted, used, NOW), 'heads_disagree');
    refused(() => takeEntry(claimAt(3, 9, NOW, 5), trusted, used, NOW), 'heads_disagree');
    refused(() => takeEntry({ ...claimAt(2, 9, NOW, 5), consistency: [] }, trusted, used, NOW), 'heads_disagree');
  });

  test('gives a key only while it is valid', () => {
    for (const now of [NOW - 6n, NOW + 5n]) refused(() => takeEntry(claimAt(2, 5), trusted, null, now), 'entry_not_valid_now');
    for (const now of [NOW - 5n, NOW + 4n]) expect(takeEntry(claimAt(2, 5), trusted, null, now).entry).toEqual(entry);
  });

  test('has entries and heads of exactly one form', () => {
    expect(bytes).toHaveLength(1_254);
    expect(readEntry(bytes)).toEqual(entry);
    for (const wrong of misfits(bytes)) refused(() => readEntry(wrong), 'form_broken');
    for (const wrong of misfits(claimAt(0, 1).head)) refused(() => readHead(wrong), 'form_broken');
    for (const wrong of [{ service: 7 }, { service: 0 }, { epoch: 0 }, { team: new Uint8Array(16) }, { validTo: entry.validFrom }]) {
      refused(() => writeEntry({ ...entry, ...wrong } as TeamKeyEntry), 'form_broken');
    }
    for (const wrong of [{ team: new Uint8Array(16) }, { device: browserChance(15) }, { signingKey: browserChance(33) }, { validTo: entry.validFrom }]) {
      refused(() => writeEntry({ ...device, ...wrong }), 'form_broken');
    }
    const ofDevice = writeEntry(device);
    expect(ofDevice).toHaveLength(1_297);
    expect(readEntry(ofDevice)).toEqual(device);
    for (const wrong of misfits(ofDevice)) refused(() => readEntry(wrong), 'form_broken');
    for (const form of [0, 3, 255]) refused(() => readEntry(Uint8Array.of(form, ...bytes.slice(1))), 'form_broken');
    refused(() => readEntry(Uint8Array.of(2, ...bytes.slice(1))), 'form_broken');
    refused(() => readEntry(Uint8Array.of(1, ...ofDevice.slice(1))), 'form_broken');
  });

  test('has keys of teams and of devices in one tree, and gives each for what it is', () => {
    const leaves = [bytes, writeEntry(device)];
    const head = { size: 2n, root: rootOf(leaves), at: NOW };
    const at = (place: number): Listed => ({ entry: leaves[place]!, index: BigInt(place), proof: path(place, leaves) });
    const [ofTeam, ofDevice] = [at(0), at(1)];
    expect(teamKeyIn(head, ofTeam, NOW)).toEqual(entry);
    expect(deviceIn(head, ofDevice, NOW)).toEqual(device);
    refused(() => deviceIn(head, ofTeam, NOW), 'form_broken');
    refused(() => teamKeyIn(head, ofDevice, NOW), 'form_broken');
    refused(() => entryIn(head, { ...ofDevice, index: 0n }, NOW), 'entry_not_included');
    refused(() => entryIn(head, ofDevice, NOW + 5n), 'entry_not_valid_now');
  });

  test('takes no head that is too old or of the future', () => {
    const claim = claimAt(2, 5);
    for (const now of [NOW + HEAD_AGE_MS, NOW - HEAD_AHEAD_MS]) expect(takeHead(claim, trusted, null, now).at).toBe(NOW);
    for (const now of [NOW + HEAD_AGE_MS + 1n, NOW - HEAD_AHEAD_MS - 1n, 0n]) refused(() => takeHead(claim, trusted, null, now), 'head_too_old');
    refused(() => takeEntry({ ...claim, proof: [] }, trusted, null, NOW + HEAD_AGE_MS + 1n), 'head_too_old');
    const used = { size: 9n, root: claim.proof[0]!, at: NOW };
    refused(() => takeHead(claim, trusted, used, NOW + HEAD_AGE_MS + 1n), 'head_older');
  });

  test('knows each signature of a head for itself', () => {
    const { head, witnesses } = claimAt(2, 5);
    checkWitnessed(head, witnesses[0]!.key, witnesses[0]!.signature);
    refused(() => checkWitnessed(head, witnesses[1]!.key, witnesses[0]!.signature), 'signature_wrong');
    refused(() => checkWitnessed(claimAt(2, 6).head, witnesses[0]!.key, witnesses[0]!.signature), 'signature_wrong');
    for (const wrong of misfits(head)) refused(() => checkWitnessed(wrong, witnesses[0]!.key, witnesses[0]!.signature), 'form_broken');
  });
});
