use super::{Level, Polynomial, Share, join};
use crate::{
    Refusal,
    tests::{flipped, known, person, refused},
};

fn share(phone: &str, level: Level, who: u8) -> Share {
    let known = known(phone);
    Polynomial::of(&known, level).unwrap().share(&known, &person(who)).unwrap()
}

fn shares(level: Level, count: u8) -> Vec<Share> {
    (1..=count).map(|who| share("010-1234-5678", level, who)).collect()
}

fn joined(shares: &[Share]) -> Result<[u8; 32], Refusal> {
    join(&shares.iter().collect::<Vec<_>>()).map(|secret| *secret)
}

#[test]
fn each_level_opens_with_its_people_and_not_with_one_fewer() {
    for level in Level::ALL {
        let secret = *Polynomial::of(&known("01012345678"), level).unwrap().secret().unwrap();
        let all = shares(level, level.people() + 1);
        assert_eq!(joined(&all), Ok(secret));
        assert_eq!(joined(&all[1..]), Ok(secret));
        assert_eq!(joined(&all[2..]), Err(Refusal::TooFewShares));
        assert_eq!(joined(&[]), Err(Refusal::TooFewShares));
    }
    for people in [0, 1, 4, 6] {
        assert_eq!(Level::of(people), Err(Refusal::LevelUnknown));
    }
}

#[test]
fn one_person_twice_is_one_person() {
    let one = share("010-1234-5678", Level::Two, 1);
    let again = share("+82 10 1234 5678", Level::Two, 1);
    assert!(one == again);
    assert_eq!(joined(&[one, again]), Err(Refusal::SameShareTwice));
}

#[test]
fn a_share_that_does_not_fit_is_refused_by_name() {
    let [one, two] = shares(Level::Two, 2).try_into().ok().unwrap();
    let with_two = |bad: Share| joined(&[bad, two.clone()]);
    let other_value = Share { y: two.y, ..one.clone() };
    assert_eq!(with_two(other_value), Err(Refusal::ShareWrong));
    let other_place = Share { x: two.x, ..one.clone() };
    assert_eq!(with_two(other_place), Err(Refusal::ShareWrong));
    assert_eq!(with_two(Share { x: [0; 32], ..one.clone() }), Err(Refusal::ScalarBroken));
    assert_eq!(with_two(Share { y: [255; 32], ..one.clone() }), Err(Refusal::ScalarBroken));
    let commitments = |first| vec![first, one.commitments[1]];
    let changed = |first| Share { commitments: commitments(first), ..one.clone() };
    assert_eq!(with_two(changed([0; 32])), Err(Refusal::IdentityElement));
    assert_eq!(with_two(changed([255; 32])), Err(Refusal::ElementBroken));
    assert_eq!(with_two(changed(one.commitments[1])), Err(Refusal::ShareWrong));
    let short = Share { commitments: vec![one.commitments[0]], ..one.clone() };
    assert_eq!(with_two(short), Err(Refusal::FormBroken));
    // Each good, of two different numbers.
    let other = share("010-1234-5679", Level::Two, 1);
    assert_eq!(joined(&[other, two.clone()]), Err(Refusal::SharesDoNotFit));
    // Good, and of another level.
    let higher = share("010-1234-5678", Level::Three, 1);
    assert_eq!(refused(join(&[&two, &higher])), Refusal::SharesDoNotFit);
    for bit in 0..256 {
        let y = flipped(&one.y, bit).try_into().unwrap();
        let refusal = refused(Share { y, ..one.clone() }.check());
        assert!([Refusal::ShareWrong, Refusal::ScalarBroken].contains(&refusal), "bit {bit}");
    }
}

#[test]
fn other_commitments_are_another_tag_and_can_spoil_nothing() {
    let [one, two] = shares(Level::Two, 2).try_into().ok().unwrap();
    assert_eq!(one.tag(), two.tag());
    let swapped = vec![one.commitments[1], one.commitments[0]];
    assert_ne!(Share { commitments: swapped, ..one.clone() }.tag(), one.tag());
    let at_three = share("010-1234-5678", Level::Three, 1);
    assert_ne!(at_three.tag(), one.tag());
}
