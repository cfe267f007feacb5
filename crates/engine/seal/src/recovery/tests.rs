use super::*;
use crate::tests::{cuts, dice, flips, key, refused};
use proptest::prelude::*;

const EPOCH: Epoch = Epoch { team: TeamId([1; 16]), number: 3 };

fn shares(epoch: Epoch, seed: u64) -> [Vec<u8>; SHARES] {
    let shares = split(epoch, &key(seed), &mut dice(seed + 100)).ok().unwrap();
    shares.map(|share| share.expose().to_vec())
}

/// The field by its definition: a product without carries, reduced by 0x11b bit by bit.
fn product(a: u8, b: u8) -> u8 {
    let terms = (0..8).filter(|bit| b >> bit & 1 == 1).map(|bit| u16::from(a) << bit);
    let whole = terms.fold(0, |sum, term| sum ^ term);
    let reduce = |rest: u16, bit: u32| rest ^ ((rest >> bit & 1) * (0x11b << (bit - 8)));
    (8..16).rev().fold(whole, reduce) as u8
}

fn quotient(a: u8, b: u8) -> u8 {
    (0..=255).find(|c| product(*c, b) == a).unwrap()
}

#[test]
fn any_two_of_three_and_all_three_give_it_back() {
    let [a, b, c] = shares(EPOCH, 1);
    for some in [vec![&a, &b], vec![&c, &a], vec![&b, &c], vec![&c, &a, &b]] {
        let (epoch, given) = join(&some).ok().unwrap();
        assert_eq!((epoch, given.seed().expose()), (EPOCH, key(1).seed().expose()));
    }
}

#[test]
fn the_line_is_the_one_of_the_definition() {
    let [a, b, _] = shares(EPOCH, 1);
    assert_eq!((a.len(), a[21], b[21]), (62, 1, 2));
    for at in 0..32 {
        let (one, two) = (a[22 + at], b[22 + at]);
        // (1, one) and (2, two): f(0) = one·2/(2-1) + two·1/(1-2), and minus is plus.
        let zero = product(one, quotient(2, 3)) ^ product(two, quotient(1, 3));
        assert_eq!(zero, key(1).seed().expose()[at]);
    }
}

#[test]
fn refusals_come_in_their_order() {
    let [a, b, c] = shares(EPOCH, 1);
    let [other, _, _] = shares(Epoch { number: 4, ..EPOCH }, 1);
    let [another, second, _] = shares(EPOCH, 2);
    assert_eq!(refused(join(&[[0; 0]; 0])), Refusal::TooFewShares);
    assert_eq!(refused(join(&[&a])), Refusal::TooFewShares);
    assert_eq!(refused(join(&[&a, &a])), Refusal::SameShareTwice);
    assert_eq!(refused(join(&[&a, &b, &c, &a])), Refusal::SameShareTwice);
    assert_eq!(refused(join(&[&a, &other])), Refusal::SameShareTwice);
    assert_eq!(refused(join(&[&b, &other])), Refusal::SharesDoNotFit);
    assert_eq!(refused(join(&[&b, &another])), Refusal::SharesDoNotFit);
    assert_eq!(refused(join(&[&a, &second, &c])), Refusal::SharesDoNotFit);
    for broken in cuts(&b) {
        assert_eq!(refused(join(&[&a, &broken])), Refusal::FormBroken);
    }
    for (at, value) in [(0, 0), (0, 2), (21, 0), (21, 4)] {
        let mut broken = b.clone();
        broken[at] = value;
        assert_eq!(refused(join(&[&broken])), Refusal::FormBroken);
    }
}

#[test]
fn every_turned_bit_of_a_share_is_refused() {
    let [a, b, c] = shares(EPOCH, 1);
    for broken in flips(&b) {
        assert!(join(&[&a, &broken]).is_err());
        assert!(join(&[&a, &broken, &c]).is_err());
    }
}

#[test]
fn three_of_which_two_are_changed_alike_are_refused() {
    // On a curve through three points the same change at two of them cancels out at 0.
    let shares = shares(EPOCH, 1);
    for (one, two) in [(0, 1), (0, 2), (1, 2)] {
        for at in 22..62 {
            let mut changed = shares.clone();
            changed[one][at] ^= 0x41;
            changed[two][at] ^= 0x41;
            assert_eq!(refused(join(&changed)), Refusal::SharesDoNotFit);
        }
    }
}

proptest! {
    #[test]
    fn one_share_says_nothing_and_no_bytes_are_too_strange(
        bytes in prop_oneof![any::<Vec<u8>>(), prop::collection::vec(any::<u8>(), 62)],
    ) {
        let [a, _, _] = shares(EPOCH, 1);
        prop_assert!(join(&[&bytes]).is_err());
        prop_assert!(join(&[&a, &bytes]).is_err());
    }
}
