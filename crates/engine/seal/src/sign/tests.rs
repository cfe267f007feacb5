use super::*;
use crate::tests::{cuts, flips, refused, signer};
use curve25519_dalek::{
    EdwardsPoint, Scalar, constants::ED25519_BASEPOINT_TABLE, constants::EIGHT_TORSION,
};
use sha2::{Digest, Sha512};

fn reduced(parts: &[&[u8]]) -> Scalar {
    let mut hasher = Sha512::new();
    for part in parts {
        hasher.update(part);
    }
    Scalar::from_bytes_mod_order_wide(&hasher.finalize().into())
}

/// A signature by somebody who knows the equation: `a` and `r` as scalars, `torsion` added to A and R.
fn made(message: &[u8], on_key: EdwardsPoint, on_nonce: EdwardsPoint) -> ([u8; 32], [u8; 64]) {
    let (a, r) = (reduced(&[b"a"]), reduced(&[b"r"]));
    let key = (&a * ED25519_BASEPOINT_TABLE + on_key).compress().to_bytes();
    let nonce = (&r * ED25519_BASEPOINT_TABLE + on_nonce).compress().to_bytes();
    let s = r + reduced(&[&nonce, &key, message]) * a;
    let signature = [nonce, s.to_bytes()].concat();
    (key, signature.try_into().unwrap())
}

#[test]
fn what_was_signed_is_taken_and_nothing_near_it() {
    let (signer, message) = (signer(1), b"signed".as_slice());
    let (key, signature) = (signer.public(), signer.sign(message));
    assert_eq!(verify(&key, message, &signature), Ok(()));
    for wrong in flips(&signature).chain(cuts(&signature)) {
        assert_eq!(verify(&key, message, &wrong), Err(Refusal::SignatureWrong));
    }
    for wrong in flips(&key).chain(cuts(&key)) {
        assert_eq!(verify(&wrong, message, &signature), Err(Refusal::SignatureWrong));
    }
    for wrong in flips(message) {
        assert_eq!(verify(&key, &wrong, &signature), Err(Refusal::SignatureWrong));
    }
}

#[test]
fn a_signature_has_one_spelling_and_needs_no_cofactor() {
    let (message, none) = (b"signed".as_slice(), EIGHT_TORSION[0]);
    let (key, good) = made(message, none, none);
    assert_eq!(verify(&key, message, &good), Ok(()));
    for torsion in &EIGHT_TORSION[1..] {
        let (key, signature) = made(message, none, *torsion);
        assert_eq!(refused(verify(&key, message, &signature)), Refusal::SignatureWrong);
        // A small-order key and nonce with S = 0 sign anything, where they are let in.
        let small = torsion.compress().to_bytes();
        let signature = [small, [0; 32]].concat();
        assert_eq!(refused(verify(&small, message, &signature)), Refusal::SignatureWrong);
    }
    // S + the order of the group.
    let order = -Scalar::ONE;
    let (mut more, mut carry) = (good, 1_u16);
    for (byte, add) in more[32..].iter_mut().zip(order.to_bytes()) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry as u8;
        carry >>= 8;
    }
    assert_eq!(refused(verify(&key, message, &more)), Refusal::SignatureWrong);
}

#[test]
fn only_numbers_below_the_prime_are_keys() {
    let mut prime = [0xff; 32];
    (prime[0], prime[31]) = (0xed, 0x7f);
    assert!(!is_canonical(&prime));
    prime[31] = 0xff;
    assert!(!is_canonical(&prime));
    prime[0] = 0xec;
    assert!(is_canonical(&prime));
    assert!(is_canonical(&[0; 32]));
}
