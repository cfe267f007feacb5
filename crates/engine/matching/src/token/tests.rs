use super::{
    Allowance, Issued, Issuer, Register, TOKENS, Token, TokenAsked, WINDOW_MS, check_blinded,
    check_public, draw_key,
};
use crate::{
    Refusal,
    tests::{dice, flipped, refused},
};
use proptest::prelude::*;

fn issuer() -> Issuer {
    Issuer::of(&[5; 32].map(|b: u8| b), &[6; 32]).unwrap()
}

fn token(seed: u64) -> Token {
    let (issuer, mut rng) = (issuer(), dice(seed));
    let asked = TokenAsked::draw(&mut rng).unwrap();
    let issued = issuer.issue(&mut Allowance::default(), &asked.blinded(), 0, &mut rng).unwrap();
    asked.finish(&issuer.public(), &issued).unwrap()
}

#[test]
fn a_token_is_good_for_one_question_and_for_asking_it_again() {
    let (issuer, mut register, token) = (issuer(), Register::default(), token(1));
    let spending = token.spend(&[1; 32]).unwrap();
    assert_eq!(issuer.redeem(&mut register, &spending, &[1; 32]), Ok(()));
    assert_eq!(issuer.redeem(&mut register, &spending, &[1; 32]), Ok(()));
    assert_eq!(issuer.redeem(&mut register, &spending, &[2; 32]), Err(Refusal::TokenWrong));
    let other = token.spend(&[2; 32]).unwrap();
    assert_eq!(issuer.redeem(&mut register, &other, &[2; 32]), Err(Refusal::TokenUsed));
    for bit in (0..512).step_by(5) {
        let changed = flipped(&spending, bit);
        let refusal = issuer.redeem(&mut register, &changed, &[1; 32]);
        assert_eq!(refusal, Err(Refusal::TokenWrong), "bit {bit}");
    }
    let short = issuer.redeem(&mut register, &spending[1..], &[1; 32]);
    assert_eq!(short, Err(Refusal::FormBroken));
}

#[test]
fn what_was_spent_stays_spent_when_it_is_read_again() {
    let (issuer, mut register, token) = (issuer(), Register::default(), token(1));
    let spending = token.spend(&[1; 32]).unwrap();
    assert_eq!(register.spent_on(&spending), None);
    assert_eq!(issuer.redeem(&mut register, &spending, &[1; 32]), Ok(()));
    let spent = register.spent_on(&spending).unwrap();
    let mut again = Register::of([spent, (spent.0, [9; 32])]);
    assert_eq!(again, register, "of two the first counts");
    let other = token.spend(&[2; 32]).unwrap();
    assert_eq!(issuer.redeem(&mut again, &other, &[2; 32]), Err(Refusal::TokenUsed));
    again.take_back(&spent);
    assert_eq!(issuer.redeem(&mut again, &other, &[2; 32]), Ok(()));
    assert_eq!(again.spent_on(&spending[..31]), None);
}

#[test]
fn the_same_blinded_element_is_the_same_token_again() {
    let (issuer, mut rng) = (issuer(), dice(3));
    let asked = TokenAsked::draw(&mut rng).unwrap();
    let mut tokens = [0, 1].map(|_| {
        let mut thrown_away = Allowance::default();
        let issued = issuer.issue(&mut thrown_away, &asked.blinded(), 0, &mut rng).unwrap();
        let read = Issued::read(&issued.bytes()).unwrap();
        assert_eq!(read, issued);
        asked.finish(&issuer.public(), &read).unwrap().spend(&[1; 32]).unwrap()
    });
    assert_eq!(tokens[0], tokens[1]);
    tokens[0][0] ^= 1;
    assert_ne!(tokens[0], tokens[1]);
    assert_eq!(refused(Issued::read(&[0; 95])), Refusal::FormBroken);
}

#[test]
fn keys_are_drawn_and_read() {
    let (mut rng, one) = (dice(4), draw_key(&mut dice(4)).unwrap());
    assert_eq!(*draw_key(&mut rng).unwrap(), *one);
    assert_ne!(*draw_key(&mut rng).unwrap(), *one);
    let public = Issuer::of(&*one, &[6; 32]).unwrap().public();
    assert_eq!(check_public(&public), Ok(()));
    assert_eq!(check_public(&[0; 32]), Err(Refusal::IdentityElement));
    assert_eq!(check_blinded(&[0xff; 32]), Err(Refusal::ElementBroken));
}

#[test]
fn a_token_of_another_issuer_or_of_none_is_refused() {
    let (issuer, mut rng) = (issuer(), dice(2));
    let asked = TokenAsked::draw(&mut rng).unwrap();
    let strange = Issuer::of(&[7; 32], &[6; 32]).unwrap();
    let issued = strange.issue(&mut Allowance::default(), &asked.blinded(), 0, &mut rng).unwrap();
    assert_eq!(refused(asked.finish(&issuer.public(), &issued)), Refusal::ProofWrong);
    let token = asked.finish(&strange.public(), &issued).unwrap();
    let spending = token.spend(&[1; 32]).unwrap();
    let redeemed = issuer.redeem(&mut Register::default(), &spending, &[1; 32]);
    assert_eq!(redeemed, Err(Refusal::TokenWrong));
    let nothing = Issued { element: [0; 32], ..issued };
    assert_eq!(refused(asked.finish(&strange.public(), &nothing)), Refusal::IdentityElement);
    let mut allowance = Allowance::default();
    let zero = strange.issue(&mut allowance, &[0; 32], 0, &mut rng);
    assert_eq!(refused(zero), Refusal::IdentityElement);
    assert_eq!(allowance, Allowance::default(), "what is no question takes no token");
    assert_eq!(refused(Issuer::of(&[0; 32], &[6; 32])), Refusal::ScalarBroken);
    assert_eq!(refused(Issuer::of(&[5; 32], &[6; 31])), Refusal::FormBroken);
}

#[test]
fn a_person_is_the_same_person_each_time_and_nobody_else() {
    let issuer = issuer();
    let bytes = |known_by: &[u8]| *issuer.person(known_by).unwrap().expose();
    assert_eq!(bytes(b"a"), bytes(b"a"));
    assert_ne!(bytes(b"a"), bytes(b"b"));
    // The key of the tokens changes, and she stays who she is.
    let later = Issuer::of(&[7; 32], &[6; 32]).unwrap();
    assert_eq!(later.person(b"a").unwrap().expose(), &bytes(b"a"));
}

#[test]
fn the_sixth_in_ninety_days_is_refused_whatever_the_clock_does() {
    let mut allowance = Allowance::default();
    for at in 0..TOKENS as i64 {
        assert_eq!(allowance.take(1_000 + at), Ok(()));
    }
    for now in [1_004, 0, i64::MIN, 1_000 + WINDOW_MS - 1] {
        assert_eq!(allowance.take(now), Err(Refusal::NoTokensLeft), "{now}");
    }
    assert_eq!(allowance.take(1_000 + WINDOW_MS), Ok(()));
    assert_eq!(allowance.take(1_000 + WINDOW_MS), Err(Refusal::NoTokensLeft));
}

proptest! {
    #[test]
    fn never_more_than_five_in_any_ninety_days(steps in proptest::collection::vec(0_i64..WINDOW_MS / 2, 1..60)) {
        let (mut allowance, mut now, mut taken) = (Allowance::default(), 0, Vec::new());
        for step in steps {
            now += step;
            if allowance.take(now).is_ok() {
                taken.push(now);
            }
        }
        for window in taken.windows(TOKENS + 1) {
            prop_assert!(window[TOKENS] - window[0] >= WINDOW_MS);
        }
    }
}
