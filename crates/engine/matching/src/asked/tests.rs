use super::{Asked, Known};
use crate::{
    Refusal,
    holder::{Answer, HolderKey, HolderNo, Holders},
    identifier::{Identifier, Typed},
    tests::{dice, flipped, holders, refused, whole},
};
use voprf::{Ristretto255, VoprfServer};

fn asked() -> Asked {
    let identifier = Identifier::read(Typed::Phone("010-1234-5678")).unwrap();
    Asked::blind(&identifier, &mut dice(7)).unwrap()
}

/// What the whole key alone gives, by the library.
fn oracle() -> Known {
    let server = VoprfServer::<Ristretto255>::new_with_key(whole().as_bytes()).unwrap();
    Known::from_bytes(&server.evaluate(b"tel:+821012345678").unwrap()).unwrap()
}

fn answer(key: &HolderKey) -> Answer {
    key.answer(&asked().blinded(), &mut dice(8)).unwrap()
}

#[test]
fn any_two_give_what_the_whole_key_gives_and_a_third_changes_nothing() {
    let ([first, second, third], public) = holders();
    let all = [&first, &second, &third].map(answer);
    for pair in [[0, 1], [1, 0], [0, 2], [1, 2]] {
        let given = asked().finish(&public, &pair.map(|at| all[at])).unwrap();
        assert!(given == oracle(), "{pair:?}");
    }
    assert!(asked().finish(&public, &all).unwrap() == oracle());
}

#[test]
fn one_alone_gives_nothing() {
    let ([first, ..], public) = holders();
    let one = answer(&first);
    assert_eq!(refused(asked().finish(&public, &[one])), Refusal::TooFewAnswers);
    assert_eq!(refused(asked().finish(&public, &[])), Refusal::TooFewAnswers);
    assert_eq!(refused(asked().finish(&public, &[one, one])), Refusal::SameHolderTwice);
    let alone = asked().proven(&first.public(), &one.element, &one.proof).unwrap();
    assert!(alone != oracle());
}

#[test]
fn an_answer_proves_whose_key_made_it() {
    let ([first, second, third], public) = holders();
    let good = answer(&first);
    let under_another = Answer { no: third.no(), ..answer(&second) };
    assert_eq!(refused(asked().finish(&public, &[good, under_another])), Refusal::ProofWrong);
    // Another key, proven under itself.
    let strange = HolderKey::of(second.no(), &[3; 32].map(|b: u8| b >> 1)).unwrap();
    assert_eq!(refused(asked().finish(&public, &[good, answer(&strange)])), Refusal::ProofWrong);
    for bit in (0..512).step_by(7) {
        let proof = flipped(&good.proof, bit).try_into().unwrap();
        let changed = Answer { proof, ..good };
        let refusal = refused(asked().finish(&public, &[changed, answer(&second)]));
        assert_eq!(refusal, Refusal::ProofWrong, "bit {bit}");
    }
    let identity = Answer { element: [0; 32], ..good };
    let refusal = refused(asked().finish(&public, &[identity, answer(&second)]));
    assert_eq!(refusal, Refusal::IdentityElement);
    let broken = Answer { element: [255; 32], ..good };
    let refusal = refused(asked().finish(&public, &[broken, answer(&second)]));
    assert_eq!(refusal, Refusal::ElementBroken);
    // An answer to another question.
    let other = Asked::of_input(b"tel:+821012345679", &mut dice(9)).unwrap();
    let other = first.answer(&other.blinded(), &mut dice(8)).unwrap();
    let refusal = refused(asked().finish(&public, &[other, answer(&second)]));
    assert_eq!(refusal, Refusal::ProofWrong);
}

#[test]
fn the_same_number_asked_twice_looks_like_two_questions() {
    let identifier = Identifier::read(Typed::Phone("010-1234-5678")).unwrap();
    let mut rng = dice(10);
    let one = Asked::blind(&identifier, &mut rng).unwrap();
    let two = Asked::blind(&identifier, &mut rng).unwrap();
    assert_ne!(one.blinded(), two.blinded());
}

/// RFC 9497, A.1.2, first example: the key is cut into three, and two of them give its output.
#[test]
fn the_example_of_the_standard_comes_out_of_two_holders() {
    let unhex = |text: &str| -> Vec<u8> {
        let digit = |c: char| c.to_digit(16).unwrap() as u8;
        let digits: Vec<u8> = text.chars().map(digit).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
    };
    let key = unhex("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909");
    let blind = unhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706");
    let blinded = unhex("863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945");
    let output = unhex(
        "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d\
         a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c",
    );
    let key = crate::group::scalar(&key).unwrap();
    let slope = curve25519_dalek::Scalar::from(77_u64);
    let [first, second, third] =
        HolderNo::ALL.map(|no| HolderKey::of(no, (key + slope * no.place()).as_bytes()).unwrap());
    let public = Holders::of([first.public(), second.public(), third.public()]).unwrap();
    let asked = Asked::again(&[0], &blind, &blinded).unwrap();
    let answers = [&first, &third].map(|one| one.answer(&blinded, &mut dice(3)).unwrap());
    let known = asked.finish(&public, &answers).unwrap();
    assert_eq!(known.expose().as_slice(), output);
}
