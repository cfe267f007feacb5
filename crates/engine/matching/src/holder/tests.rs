use super::{Answer, HolderKey, HolderNo, Holders};
use crate::{
    Refusal,
    tests::{dice, holders, refused, whole},
};
use curve25519_dalek::{Scalar, constants::RISTRETTO_BASEPOINT_POINT as BASE};
use proptest::prelude::*;

#[test]
fn nothing_but_an_element_is_answered() {
    let ([first, ..], _) = holders();
    let answer = |blinded: &[u8]| refused(first.answer(blinded, &mut dice(1)));
    assert_eq!(answer(&[0; 32]), Refusal::IdentityElement);
    assert_eq!(answer(&[255; 32]), Refusal::ElementBroken);
    assert_eq!(answer(&[1; 31]), Refusal::ElementBroken);
    assert_eq!(answer(&[0; 33]), Refusal::ElementBroken);
    assert_eq!(answer(&[]), Refusal::ElementBroken);
}

#[test]
fn a_key_is_a_scalar_and_not_zero() {
    let of = |bytes: &[u8]| refused(HolderKey::of(HolderNo::ALL[0], bytes));
    assert_eq!(of(&[0; 32]), Refusal::ScalarBroken);
    assert_eq!(of(&[255; 32]), Refusal::ScalarBroken);
    assert_eq!(of(&[1; 31]), Refusal::ScalarBroken);
    for number in [0, 4, 255] {
        assert_eq!(HolderNo::of(number), Err(Refusal::HolderUnknown));
    }
}

#[test]
fn three_public_keys_are_taken_only_when_they_are_of_one_key() {
    let ([first, second, third], holders) = holders();
    let keys = [first.public(), second.public(), third.public()];
    assert_eq!(holders.keys(), &keys);
    assert_eq!(Holders::of([keys[0], keys[1], keys[1]]), Err(Refusal::HoldersDoNotFit));
    assert_eq!(Holders::of([keys[1], keys[0], keys[2]]), Err(Refusal::HoldersDoNotFit));
    assert_eq!(Holders::of([[0; 32], keys[1], keys[2]]), Err(Refusal::IdentityElement));
    assert_eq!(Holders::of([[255; 32], keys[1], keys[2]]), Err(Refusal::ElementBroken));
    // On a line through the identity at zero: the whole key would be none.
    let slope = Scalar::from(5_u64);
    let none = [1_u64, 2, 3].map(|at| (BASE * (slope * Scalar::from(at))).compress().to_bytes());
    assert_eq!(Holders::of(none), Err(Refusal::HoldersDoNotFit));
    // And a line that is none: all three hold the whole key.
    assert!(Holders::of([(BASE * whole()).compress().to_bytes(); 3]).is_ok());
}

proptest! {
    #[test]
    fn an_answer_is_read_whole_or_not_at_all(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        match Answer::read(&bytes) {
            Ok(answer) => prop_assert_eq!(answer.bytes(), bytes),
            Err(refusal) => prop_assert!([Refusal::FormBroken, Refusal::HolderUnknown].contains(&refusal)),
        }
    }
}
