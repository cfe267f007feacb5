//! The tree of RFC 6962 §2.1, and its two proofs, verified as RFC 9162 §2.1 does: without
//! recursion, for any size a number can have.

use crate::{Hash, Refusal, form};
use sha2::{Digest, Sha256};

/// The hash of a leaf.
pub fn leaf(entry: &[u8]) -> Hash {
    form::hash(&[&[0], entry].concat())
}

/// The hash of a node.
fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The root of the tree over these hashes of leaves; of none, the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => form::hash(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// How many of `size` leaves (2 or more) are left of the root: the largest power of two below.
const fn split(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

/// Proves that the leaf at `index` is in the tree: its siblings from the leaf up. Empty for an index
/// outside.
pub fn prove_inclusion(leaves: &[Hash], index: usize) -> Vec<Hash> {
    let (mut part, mut at) = (leaves, index);
    let mut proof = Vec::new();
    while part.len() > 1 && at < part.len() {
        let (left, right) = part.split_at(split(part.len()));
        if at < left.len() {
            proof.push(root(right));
            part = left;
        } else {
            proof.push(root(left));
            at -= left.len();
            part = right;
        }
    }
    proof.reverse();
    proof
}

/// Proves that the tree of the first `old_size` leaves became the tree of all. Empty for the same
/// tree, for none, and for a size beyond.
pub fn prove_consistency(leaves: &[Hash], old_size: usize) -> Vec<Hash> {
    let (mut part, mut old) = (leaves, old_size);
    let mut proof = Vec::new();
    if old == 0 || old >= part.len() {
        return proof;
    }
    // While the old tree is a left edge of the new one, its root is known to who verifies.
    let mut known = true;
    while old < part.len() {
        let (left, right) = part.split_at(split(part.len()));
        if old <= left.len() {
            proof.push(root(right));
            part = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            part = right;
            known = false;
        }
    }
    if !known {
        proof.push(root(part));
    }
    proof.reverse();
    proof
}

/// Checks that a leaf is the one at `index` of the tree of `size` with this root.
///
/// # Errors
/// [`Refusal::EntryNotIncluded`].
pub fn included(
    leaf: &Hash,
    index: u64,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), Refusal> {
    let refused = Refusal::EntryNotIncluded;
    if index >= size {
        return Err(refused);
    }
    // Where the leaf stands, and where the last one does, level by level.
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(refused);
        }
        if at & 1 == 1 || at == last {
            hash = node(sibling, &hash);
            // The last of an odd level has no sibling there: it rises unchanged.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(refused) }
}

/// Checks that the tree of `old_size` with `old_root` became the tree of `size` with `root` by adding
/// only.
///
/// # Errors
/// [`Refusal::HeadsDisagree`].
pub fn consistent(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), Refusal> {
    let refused = Refusal::HeadsDisagree;
    let holds = if old_size > size {
        false
    } else if old_size == size {
        proof.is_empty() && old_root == root
    } else if old_size == 0 {
        // Every log began with nothing.
        proof.is_empty() && *old_root == form::hash(&[])
    } else {
        added_to(old_size, old_root, size, proof).is_some_and(|whole| whole == *root)
    };
    if holds { Ok(()) } else { Err(refused) }
}

/// The root the new tree must have, if the proof leads to the old root on the way.
fn added_to(old_size: u64, old_root: &Hash, size: u64, proof: &[Hash]) -> Option<Hash> {
    let (first, rest) =
        if old_size.is_power_of_two() { (old_root, proof) } else { proof.split_first()? };
    let (mut at, mut last) = (old_size - 1, size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            old = node(sibling, &old);
            new = node(sibling, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node(&new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0 && old == *old_root).then_some(new)
}

#[cfg(test)]
mod tests;
