//! What proves something: trees, signatures, shares. Proven as what it was, or refused.

use crate::{
    cut::Cut,
    key::{READER, SIGNER, dice, held, is_named},
};
use seal::{
    Hash, Refusal,
    directory::{Head, SignedHead, Trust, Witnessed, merkle},
    id::TeamId,
    recovery::{Share, join, split},
    secret::Seed,
    sign::Signer,
    team::Epoch,
};
use std::sync::LazyLock;

/// Leaves of the largest tree that is tried.
const LEAVES: usize = 70;

static LEAF: LazyLock<Vec<Hash>> =
    LazyLock::new(|| (0..LEAVES).map(|at| merkle::leaf(&at.to_be_bytes())).collect());

/// Proofs of the tree: every true one holds, and what was done to it does not; and any bytes at all.
pub fn proof(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let size = cut.below(LEAVES) + 1;
    let (index, since) = (cut.below(size), cut.below(size + 1));
    let (all, old) = (&LEAF[..size], &LEAF[..since]);
    let root = merkle::root(all);
    let mut inclusion = merkle::prove_inclusion(all, index);
    let mut consistency = merkle::prove_consistency(all, since);
    let leaf = LEAF[index];
    let included =
        |proof: &[Hash]| merkle::included(&leaf, index as u64, size as u64, &root, proof);
    let consistent = |proof: &[Hash]| {
        merkle::consistent(since as u64, &merkle::root(old), size as u64, &root, proof)
    };
    assert!(included(&inclusion).is_ok() && consistent(&consistency).is_ok());
    let mut free = Cut::new(bytes);
    anything(&mut free);
    match cut.u8() % 4 {
        0 => inclusion.push(cut.exactly()),
        1 => consistency.push(cut.exactly()),
        2 => {
            let changed = cut.spoil(consistency.as_flattened_mut());
            assert_eq!(consistent(&consistency).is_ok(), !changed);
            return;
        }
        _ => {
            let changed = cut.spoil(inclusion.as_flattened_mut());
            assert_eq!(included(&inclusion).is_ok(), !changed);
            return;
        }
    }
    assert!(included(&inclusion).is_err() || consistent(&consistency).is_err(), "one is too long");
}

/// Sizes, roots and proofs that nobody made.
fn anything(cut: &mut Cut<'_>) {
    let (index, size, old) = (cut.u64(), cut.u64(), cut.u64());
    let (leaf, root, before) = (cut.exactly(), cut.exactly(), cut.exactly());
    let mut steps = Vec::new();
    while !cut.is_empty() {
        steps.push(cut.exactly());
    }
    if merkle::included(&leaf, index, size, &root, &steps).is_ok() {
        assert!(index < size && steps.len() <= 64);
    }
    if merkle::consistent(old, &before, size, &root, &steps).is_ok() {
        assert!(old <= size && steps.len() <= 65);
    }
}

/// Signatures and keys as they come, and a head with its witnesses.
pub fn signature(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let head = Head { size: cut.u64(), root: cut.exactly(), at: cut.u64() };
    let (mut key, mut signature) = (SIGNER.public(), head.sign(&SIGNER));
    if cut.u8() == 0 {
        // Whoever has not the key signs nothing, whatever the key is.
        let (key, signature) = (cut.field(), cut.field());
        if let Err(refusal) = head.verify(key, signature) {
            assert_eq!(refusal, Refusal::SignatureWrong);
        }
        return;
    }
    witnessed(&head, cut.u8());
    let changed = if cut.u8() & 1 == 0 { cut.spoil(&mut signature) } else { cut.spoil(&mut key) };
    assert_eq!(head.verify(&key, &signature).is_ok(), !changed, "one signature has one spelling");
}

/// A head that was signed by those whose bits are set: two who are known, or it is not taken.
fn witnessed(head: &Head, who: u8) {
    let seed = |number: u8| held(Seed::from_bytes(&[number; 32]));
    let witnesses: Vec<Signer> = (1..=4).map(|number| Signer::of(&seed(number))).collect();
    let trust = Trust {
        log_key: SIGNER.public(),
        // The fourth is nobody we know.
        witness_keys: witnesses.iter().take(3).map(Signer::public).collect(),
    };
    let keys: Vec<_> = witnesses.iter().map(|one| (one.public(), head.sign(one))).collect();
    let signed = |at: usize| who >> (at * 2) & 1 == 1;
    let of = |at: usize| &keys[at];
    let mut claims: Vec<Witnessed<'_>> = (0..4)
        .filter(|at| signed(*at))
        .map(|at| Witnessed { key: &of(at).0, signature: &of(at).1 })
        .collect();
    // Some of them twice: they count once.
    claims.extend(
        (0..4)
            .filter(|at| who >> (at * 2 + 1) & 1 == 1 && signed(*at))
            .map(|at| Witnessed { key: &of(at).0, signature: &of(at).1 }),
    );
    let (form, by_log) = (head.bytes(), head.sign(&SIGNER));
    let claim =
        SignedHead { head: &form, signature: &by_log, witnesses: &claims, consistency: &[] };
    let enough = (0..3).filter(|at| signed(*at)).count() >= 2;
    assert_eq!(trust.take_head(&claim, None, head.at).is_ok(), enough);
}

/// Three shares of one key.
static SHARES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let epoch = Epoch { team: TeamId([2; 16]), number: 3 };
    held(split(epoch, &READER, &mut dice(9))).map(|share| share.expose().to_vec())
});

/// Shares of a center's key: as they come, and some of three with their bits turned.
pub fn share(bytes: &[u8]) {
    match Share::read(bytes) {
        Ok(share) => assert_eq!(*share.expose(), bytes, "one share has one form"),
        Err(refusal) => assert_eq!(refusal, Refusal::FormBroken),
    }
    let mut cut = Cut::new(bytes);
    let mut shares: Vec<Vec<u8>> =
        (0..cut.u8() % 5).map(|_| SHARES[cut.below(SHARES.len())].clone()).collect();
    let which = cut.u8() as usize;
    let count = shares.len();
    let changed = count > 0 && cut.spoil(&mut shares[which % count]);
    match join(&shares) {
        Ok((_, key)) => {
            assert!(key.seed().expose() == READER.seed().expose(), "another key than was shared");
            assert!(!changed && count >= 2);
        }
        Err(refusal) => is_named(refusal),
    }
    // Two, of which nobody knows whose they are.
    let mut free = Cut::new(bytes);
    if let Err(refusal) = join(&[free.field(), free.field()]) {
        is_named(refusal);
    }
}
