// Merkle trees as in RFC 6962 §2.1, each rule as the RFC defines it: by halving at the largest
// power of two. Proofs are read from their end, which is the outermost step.

import { DIGEST_BYTES, digest } from './digest';
import { alike, type Bytes } from './form';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

function node(left: Uint8Array, right: Uint8Array): Bytes {
  return digest(NODE, left, right);
}

/** The largest power of two below a size of at least two. */
function half(size: bigint): bigint {
  return 1n << BigInt((size - 1n).toString(2).length - 1);
}

/** Steps of any other length could be cut so that two histories hash alike. */
const areHashes = (proof: readonly Uint8Array[]) => proof.every((step) => step.length === DIGEST_BYTES);

/** The root over leaves, each whole. */
export function rootOf(leaves: readonly Uint8Array[]): Bytes {
  const [only] = leaves;
  if (only === undefined) return digest();
  if (leaves.length === 1) return digest(LEAF, only);
  const left = Number(half(BigInt(leaves.length)));
  return node(rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

/** Whether the leaf stands at `index` of the tree with this size and root. */
export function isIncluded(leaf: Uint8Array, index: bigint, size: bigint, root: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (index < 0n || index >= size || !areHashes(proof)) return false;
  const steps = [...proof];
  const climb = (at: bigint, width: bigint): Bytes | null => {
    if (width === 1n) return digest(LEAF, leaf);
    const beside = steps.pop();
    if (!beside) return null;
    const left = half(width);
    const below = at < left ? climb(at, left) : climb(at - left, width - left);
    if (!below) return null;
    return at < left ? node(below, beside) : node(beside, below);
  };
  const reckoned = climb(index, size);
  return reckoned !== null && steps.length === 0 && alike(reckoned, root);
}

interface Tree {
  size: bigint;
  root: Uint8Array;
}

/** Whether the new tree begins with all of the old one: nothing was taken out or changed. */
export function isConsistent(old: Tree, now: Tree, proof: readonly Uint8Array[]): boolean {
  if (old.size > now.size || !areHashes(proof)) return false;
  if (old.size === now.size) return proof.length === 0 && alike(old.root, now.root);
  if (old.size === 0n) return proof.length === 0 && alike(old.root, digest());
  const steps = [...proof];
  // Both roots over the same part, reckoned from the proof; `whole` while the old tree is all of it.
  const climb = (before: bigint, width: bigint, whole: boolean): [Uint8Array, Uint8Array] | null => {
    if (before === width) {
      const same = whole ? old.root : steps.pop();
      return same ? [same, same] : null;
    }
    const beside = steps.pop();
    if (!beside) return null;
    const left = half(width);
    if (before <= left) {
      const below = climb(before, left, whole);
      return below && [below[0], node(below[1], beside)];
    }
    const below = climb(before - left, width - left, false);
    return below && [node(beside, below[0]), node(beside, below[1])];
  };
  const reckoned = climb(old.size, now.size, true);
  return reckoned !== null && steps.length === 0 && alike(reckoned[0], old.root) && alike(reckoned[1], now.root);
}
