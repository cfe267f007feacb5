use super::*;
use crate::{
    compartment::{self, Version},
    secret::ContentKey,
    tests::{columns, cuts, dice, flips, key, place, refused, signer},
};
use proptest::prelude::*;

fn wraps(seed: u64) -> Wraps {
    let content = ContentKey::draw(&mut dice(seed));
    Wraps::close(&place(), &columns(), [None; 8], &content, &mut dice(seed)).ok().unwrap()
}

fn manifest(incident: Sealed) -> Manifest {
    let mut compartments = [Sealed { closed_hash: [6; 32], wraps_hash: [7; 32] }; 12];
    compartments[2] = incident;
    Manifest {
        case: place().case,
        locator: [3; 32],
        signing_key: signer(1).public(),
        public_key: key(1).public().bytes(),
        columns: columns(),
        compartments,
    }
}

const NOTHING: Sealed = Sealed { closed_hash: [0; 32], wraps_hash: [0; 32] };

#[test]
fn what_is_written_reads_the_same_and_every_turned_bit_is_refused() {
    let manifest = manifest(NOTHING);
    let (bytes, signature) = (manifest.bytes(), manifest.sign(&signer(1)));
    assert_eq!(bytes.len(), 2_321);
    assert_eq!(Manifest::verify(&bytes, &signature), Ok(manifest));
    for broken in cuts(&bytes) {
        assert_eq!(Manifest::read(&broken), Err(Refusal::FormBroken));
    }
    for broken in flips(&bytes) {
        assert!(Manifest::verify(&broken, &signature).is_err());
    }
    for broken in flips(&signature) {
        assert_eq!(Manifest::verify(&bytes, &broken), Err(Refusal::SignatureWrong));
    }
}

#[test]
fn only_the_bytes_it_names_are_held() {
    let closed = compartment::close(&place(), b"content", &mut dice(1)).ok().unwrap().bytes;
    let (kind, wraps, others) = (place().kind, wraps(1), wraps(2));
    let manifest = manifest(Sealed::of(&closed, &wraps).unwrap());
    assert_eq!(manifest.holds(kind, &closed, &wraps), Ok(()));
    let wrong = Err(Refusal::SignatureWrong);
    assert_eq!(manifest.holds(Kind::Legal, &closed, &wraps), wrong);
    assert_eq!(manifest.holds(kind, &closed, &others), wrong);
    assert_eq!(manifest.holds(kind, &crate::tests::flipped(&closed, 9), &wraps), wrong);
    let broken = Err(Refusal::FormBroken);
    assert_eq!(manifest.holds(kind, &closed[1..], &wraps), broken);
    assert_eq!(manifest.holds(kind, &[], &wraps), broken);
    assert_eq!(manifest.holds(Kind::Message, &closed, &wraps), broken);
}

#[test]
fn a_later_version_is_its_authors() {
    let place = Place { version: Version::of_number(2).unwrap(), ..place() };
    let amended = Amended { place, sealed: NOTHING };
    let signature = amended.sign(&signer(1));
    let key = signer(1).public();
    assert_eq!(amended.verify(&key, &signature), Ok(()));
    let third = Place { version: Version::of_number(3).unwrap(), ..place };
    let wrong = [
        Amended { place: third, ..amended },
        Amended { place: Place { kind: Kind::Legal, ..place }, ..amended },
        Amended { sealed: Sealed { wraps_hash: [1; 32], ..NOTHING }, ..amended },
        Amended { sealed: Sealed { closed_hash: [1; 32], ..NOTHING }, ..amended },
    ];
    for wrong in wrong {
        assert_eq!(refused(wrong.verify(&key, &signature)), Refusal::SignatureWrong);
    }
    let other = signer(2).public();
    assert_eq!(refused(amended.verify(&other, &signature)), Refusal::SignatureWrong);
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(
        bytes in prop_oneof![any::<Vec<u8>>(), prop::collection::vec(any::<u8>(), 2_321)],
    ) {
        if let Ok(manifest) = Manifest::read(&bytes) {
            prop_assert_eq!(manifest.bytes(), bytes);
        }
    }
}
