use super::*;
use crate::tests::{dice, flips, key, refused, signer};

const SENDER: Epoch = Epoch { team: TeamId([1; 16]), number: 3 };
const RECEIVER: Epoch = Epoch { team: TeamId([2; 16]), number: 7 };
const REFERRAL: ReferralId = ReferralId([8; 16]);

fn place(number: u32) -> LetterPlace {
    LetterPlace::of(REFERRAL, number).unwrap()
}

fn letter() -> Letter {
    let (sender, receiver) = (key(1).public(), key(2).public());
    close(&place(1), b"asked", (SENDER, &sender), (RECEIVER, &receiver), &mut dice(5)).ok().unwrap()
}

fn written(letter: &Letter) -> Written {
    Written::of(place(1), SENDER.team, RECEIVER.team, &letter.closed, &letter.wraps).unwrap()
}

#[test]
fn both_sides_open_a_letter_and_nobody_else() {
    let Letter { closed, wraps } = letter();
    let opened = |at: u32, side, epoch, by: u64| {
        let content = open(&place(at), side, (epoch, &key(by)), &wraps, &closed)?;
        Ok(content.expose().to_vec())
    };
    assert_eq!(opened(1, Side::Sender, SENDER, 1), Ok(b"asked".to_vec()));
    assert_eq!(opened(1, Side::Receiver, RECEIVER, 2), Ok(b"asked".to_vec()));
    let not = Err(Refusal::NotForYou);
    assert_eq!(opened(1, Side::Receiver, SENDER, 1), not);
    assert_eq!(opened(1, Side::Sender, SENDER, 3), not);
    assert_eq!(opened(2, Side::Sender, SENDER, 1), not);
    assert_eq!(opened(1, Side::Sender, Epoch { number: 4, ..SENDER }, 1), not);
    assert_eq!(opened(1, Side::Sender, RECEIVER, 1), not);
    let elsewhere = LetterPlace::of(ReferralId([9; 16]), 1).unwrap();
    let other = open(&elsewhere, Side::Sender, (SENDER, &key(1)), &wraps, &closed);
    assert_eq!(refused(other), Refusal::NotForYou);
}

#[test]
fn no_two_letters_share_a_key() {
    let (sender, receiver) = (key(1).public(), key(2).public());
    let mut rng = dice(9);
    let mut one = || {
        let ends = ((SENDER, &sender), (RECEIVER, &receiver));
        close(&place(1), b"asked", ends.0, ends.1, &mut rng).ok().unwrap()
    };
    let (first, second) = (one(), one());
    assert_ne!(first.closed, second.closed);
    let mixed = open(&place(1), Side::Sender, (SENDER, &key(1)), &second.wraps, &first.closed);
    assert_eq!(refused(mixed), Refusal::NotForThisPlace);
}

#[test]
fn a_letter_is_between_two_teams_with_keys_and_has_a_number() {
    let (one, two) = (key(1).public(), key(2).public());
    let close = |sender: Epoch, receiver: Epoch, content: &[u8]| {
        close(&place(1), content, (sender, &one), (receiver, &two), &mut dice(5)).map(|_| ())
    };
    let broken = Err(Refusal::FormBroken);
    let herself = Epoch { team: TeamId::HERSELF, number: 1 };
    assert_eq!(close(SENDER, Epoch { number: 9, ..SENDER }, b""), broken);
    assert_eq!(close(herself, RECEIVER, b""), broken);
    assert_eq!(close(SENDER, herself, b""), broken);
    assert_eq!(close(Epoch { number: 0, ..SENDER }, RECEIVER, b""), broken);
    assert_eq!(close(SENDER, Epoch { number: 0, ..RECEIVER }, b""), broken);
    assert_eq!(close(SENDER, RECEIVER, &vec![0; 1 << 20]), Err(Refusal::TooLong));
    assert_eq!(LetterPlace::of(REFERRAL, 0), Err(Refusal::FormBroken));
    assert_eq!(Side::of_number(2), Err(Refusal::FormBroken));
    for side in Side::ALL {
        assert_eq!(Side::of_number(side.number()), Ok(side));
    }
}

#[test]
fn wraps_are_two_and_whole() {
    let Letter { wraps, .. } = letter();
    let joined = wraps.joined();
    assert_eq!(LetterWraps::of_joined(joined), Ok(wraps.clone()));
    assert_eq!(LetterWraps::of(wraps.each()), Ok(wraps.clone()));
    assert_eq!(LetterWraps::of_joined(&joined[1..]), Err(Refusal::WrapNotWhole));
    assert_eq!(LetterWraps::of_joined(&joined[..WRAP_BYTES]), Err(Refusal::FormBroken));
    assert_eq!(LetterWraps::of(&[[0; 7]; 3]), Err(Refusal::FormBroken));
    assert_eq!(LetterWraps::of(&[[0; 7]; 2]), Err(Refusal::WrapNotWhole));
}

#[test]
fn a_turned_bit_of_a_letter_opens_for_nobody() {
    let Letter { closed, wraps } = letter();
    for broken in flips(&wraps.each()[0]).step_by(97) {
        let broken = LetterWraps::of(&[broken.as_slice(), &wraps.each()[1]]).unwrap();
        let opened = |side, epoch, by| open(&place(1), side, (epoch, &key(by)), &broken, &closed);
        assert_eq!(refused(opened(Side::Sender, SENDER, 1)), Refusal::NotForYou);
        assert!(opened(Side::Receiver, RECEIVER, 2).is_ok(), "the other's is its own");
    }
    for broken in flips(&closed).step_by(4_099) {
        let opened = open(&place(1), Side::Sender, (SENDER, &key(1)), &wraps, &broken);
        assert_eq!(refused(opened), Refusal::NotForThisPlace);
    }
}

#[test]
fn a_letter_is_of_the_device_that_wrote_it() {
    let letter = letter();
    let signature = written(&letter).sign(&signer(7));
    let by = |seed: u64| written(&letter).verify(&signer(seed).public(), &signature);
    assert_eq!(by(7), Ok(()));
    let wrong = Err(Refusal::SignatureWrong);
    assert_eq!(by(8), wrong);
    let other = |place, sender, receiver| {
        let written = Written::of(place, sender, receiver, &letter.closed, &letter.wraps).unwrap();
        written.verify(&signer(7).public(), &signature)
    };
    assert_eq!(other(place(2), SENDER.team, RECEIVER.team), wrong);
    assert_eq!(other(place(1), RECEIVER.team, SENDER.team), wrong);
    assert_eq!(other(place(1), SENDER.team, TeamId([9; 16])), wrong);
    for broken in flips(&signature) {
        assert_eq!(written(&letter).verify(&signer(7).public(), &broken), wrong);
    }
    let of = |closed: &[u8], receiver| {
        Written::of(place(1), SENDER.team, receiver, closed, &letter.wraps).map(|_| ())
    };
    let broken = Err(Refusal::FormBroken);
    assert_eq!(of(&letter.closed[1..], RECEIVER.team), broken);
    assert_eq!(of(b"", RECEIVER.team), broken);
    assert_eq!(of(&letter.closed, SENDER.team), broken);
    assert_eq!(of(&letter.closed, TeamId::HERSELF), broken);
}

/// The letter after each side's key has moved on: the wraps of each step, the first as written.
fn steps(letter: &Letter) -> [LetterWraps; 3] {
    let mut rng = dice(11);
    let first = letter.wraps.clone();
    let to = (Epoch { number: 4, ..SENDER }, &key(4).public());
    let second = first.moved(&place(1), Side::Sender, (SENDER, &key(1)), to, &mut rng).unwrap();
    let to = (Epoch { number: 9, ..RECEIVER }, &key(5).public());
    let third = second.moved(&place(1), Side::Receiver, (RECEIVER, &key(2)), to, &mut rng);
    [first, second, third.unwrap()]
}

#[test]
fn a_side_moves_to_its_teams_next_key_and_the_other_stays() {
    let letter = letter();
    let [first, second, third] = steps(&letter);
    let opened = |wraps: &LetterWraps, side, epoch, by: u64| {
        open(&place(1), side, (epoch, &key(by)), wraps, &letter.closed).is_ok()
    };
    let (sender, receiver) = (Epoch { number: 4, ..SENDER }, Epoch { number: 9, ..RECEIVER });
    assert!(opened(&second, Side::Sender, sender, 4) && !opened(&second, Side::Sender, SENDER, 1));
    assert_eq!(first.each()[1], second.each()[1]);
    assert!(opened(&second, Side::Receiver, RECEIVER, 2));
    assert_eq!(second.each()[0], third.each()[0]);
    assert!(opened(&third, Side::Receiver, receiver, 5));
    assert!(!opened(&third, Side::Receiver, RECEIVER, 2));
    let moved = |from: (Epoch, u64), to: Epoch| {
        let to = (to, &key(4).public());
        first.moved(&place(1), Side::Sender, (from.0, &key(from.1)), to, &mut dice(1)).map(|_| ())
    };
    let broken = Err(Refusal::FormBroken);
    assert_eq!(moved((SENDER, 1), SENDER), broken);
    assert_eq!(moved((SENDER, 1), Epoch { number: 2, ..SENDER }), broken);
    assert_eq!(moved((SENDER, 1), receiver), broken);
    assert_eq!(moved((SENDER, 3), sender), Err(Refusal::NotForYou));
}

#[test]
fn what_is_there_is_followed_from_what_was_written() {
    let letter = letter();
    let closed_hash = form::hash(&letter.closed);
    let steps = steps(&letter);
    let [first, second, third] = steps.each_ref().map(LetterWraps::hash);
    let moved = |before, after, by: u64| {
        let signature =
            Moved { place: place(1), closed_hash, before, after }.sign(&signer(by)).to_vec();
        (before, signer(by).public(), signature)
    };
    let records = [moved(first, second, 7), moved(second, third, 8)];
    let signature = written(&letter).sign(&signer(7));
    let verify = |order: &[usize], wraps: &LetterWraps, number: u32| {
        let moves: Vec<Move<'_>> = order
            .iter()
            .filter_map(|at| records.get(*at))
            .map(|(before, key, signature)| Move {
                before: *before,
                by: Authored { key, signature },
            })
            .collect();
        let by = Authored { key: &signer(7).public(), signature: &signature };
        let (sender, receiver) = (SENDER.team, RECEIVER.team);
        let (place, closed) = (place(number), letter.closed.as_slice());
        Kept { place, sender, receiver, closed, wraps, by, moves: &moves }.verify()
    };
    let [written, between, now] = &steps;
    assert_eq!(verify(&[], written, 1), Ok(()));
    assert_eq!(verify(&[0], between, 1), Ok(()));
    assert_eq!(verify(&[0, 1], now, 1), Ok(()));
    let wrong = Err(Refusal::SignatureWrong);
    for (order, wraps) in [
        (&[][..], now),
        (&[1], now),
        (&[0], now),
        (&[0, 1], between),
        (&[1, 0], now),
        (&[0, 0, 1], now),
        (&[0, 1, 1], now),
    ] {
        assert_eq!(verify(order, wraps, 1), wrong);
    }
    assert_eq!(verify(&[0, 1], now, 2), wrong);
}
