use super::{Asked, Known};
use crate::{
    Refusal,
    holder::{Answer, HolderKey},
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
