use super::*;
use crate::tests::flipped;
use proptest::prelude::*;

fn leaves(count: usize) -> Vec<Hash> {
    (0..count as u32).map(|at| leaf(&at.to_be_bytes())).collect()
}

/// RFC 6962 §2.1 to the letter: the largest power of two smaller than n.
fn k(n: usize) -> usize {
    (0..32).map(|power| 1 << power).take_while(|k| *k < n).last().unwrap()
}

/// MTH of §2.1.
fn mth(d: &[Hash]) -> Hash {
    match d.len() {
        0 => form::hash(b""),
        1 => d[0],
        n => form::hash(&[&[1][..], &mth(&d[..k(n)]), &mth(&d[k(n)..])].concat()),
    }
}

/// PATH of §2.1.1.
fn path(m: usize, d: &[Hash]) -> Vec<Hash> {
    let n = d.len();
    if n == 1 {
        return Vec::new();
    }
    let (left, right) = d.split_at(k(n));
    if m < k(n) {
        [path(m, left), vec![mth(right)]].concat()
    } else {
        [path(m - k(n), right), vec![mth(left)]].concat()
    }
}

/// SUBPROOF of §2.1.2.
fn subproof(m: usize, d: &[Hash], b: bool) -> Vec<Hash> {
    let n = d.len();
    if m == n {
        return if b { Vec::new() } else { vec![mth(d)] };
    }
    let (left, right) = d.split_at(k(n));
    if m <= k(n) {
        [subproof(m, left, b), vec![mth(right)]].concat()
    } else {
        [subproof(m - k(n), right, false), vec![mth(left)]].concat()
    }
}

#[test]
fn trees_and_proofs_are_those_of_the_rfc() {
    for size in 0..=33 {
        let all = leaves(size);
        let whole = mth(&all);
        assert_eq!(root(&all), whole);
        for index in 0..size {
            let proof = path(index, &all);
            assert_eq!(prove_inclusion(&all, index), proof);
            let (leaf, index, size) = (&all[index], index as u64, size as u64);
            assert_eq!(included(leaf, index, size, &whole, &proof), Ok(()));
        }
        for old in 1..size {
            let proof = subproof(old, &all, true);
            assert_eq!(prove_consistency(&all, old), proof);
            let old_root = mth(&all[..old]);
            assert_eq!(consistent(old as u64, &old_root, size as u64, &whole, &proof), Ok(()));
        }
    }
}

#[test]
fn a_leaf_is_in_its_place_only() {
    for size in 1..=20_usize {
        let all = leaves(size);
        let whole = root(&all);
        for (index, leaf) in all.iter().enumerate() {
            let proof = prove_inclusion(&all, index);
            // The size is signed with the root: one root under another size is another tree.
            for other in 0..=size as u64 + 1 {
                let holds = included(leaf, other, size as u64, &whole, &proof).is_ok();
                assert_eq!(holds, other == index as u64, "{other} for {index} of {size}");
            }
            for wrong in spoiled(&proof) {
                assert!(included(leaf, index as u64, size as u64, &whole, &wrong).is_err());
            }
        }
    }
}

#[test]
fn a_history_is_added_to_only() {
    for size in 1..=20_usize {
        let all = leaves(size);
        let whole = root(&all);
        for old in 0..=size {
            let (proof, old_root) = (prove_consistency(&all, old), root(&all[..old]));
            let holds = |old_root: &Hash, whole: &Hash, proof: &[Hash]| {
                consistent(old as u64, old_root, size as u64, whole, proof).is_ok()
            };
            assert!(holds(&old_root, &whole, &proof));
            assert!(!holds(&[1; 32], &whole, &proof));
            assert!(old == 0 || !holds(&old_root, &[1; 32], &proof));
            for wrong in spoiled(&proof) {
                assert!(!holds(&old_root, &whole, &wrong), "{old} to {size}");
            }
        }
    }
    let (all, fewer) = (leaves(5), leaves(4));
    assert!(consistent(5, &root(&all), 4, &root(&fewer), &[]).is_err());
}

/// The proof with something wrong: one fewer, one more, two exchanged, one bit turned.
fn spoiled(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut wrong = vec![[proof, &[[0; 32]]].concat(), [&[[0; 32]], proof].concat()];
    for at in 0..proof.len() {
        wrong.push([&proof[..at], &proof[at + 1..]].concat());
        let mut turned = proof.to_vec();
        turned[at] = flipped(&turned[at], 77).try_into().unwrap();
        wrong.push(turned);
        let mut exchanged = proof.to_vec();
        exchanged.swap(0, at);
        wrong.extend((at > 0).then_some(exchanged));
    }
    wrong
}

proptest! {
    #[test]
    fn no_numbers_are_too_strange(
        index: u64,
        size in prop_oneof![any::<u64>(), Just(u64::MAX), Just(1 << 63)],
        old: u64,
        proof: Vec<Hash>,
    ) {
        let (leaf, root) = ([1; 32], [2; 32]);
        prop_assert!(included(&leaf, index, size, &root, &proof).is_err());
        prop_assert!(consistent(old, &leaf, size, &root, &proof).is_err());
    }
}
