use super::{ENTRY_BYTES, EntryNo, Opened, Withdrawal, close, first_opens, second_reads};
use crate::{
    Refusal,
    level::Level,
    tests::{dice, entry, flipped, key, known, person, readers, refused},
};
use seal::envelope::close_all;
use std::collections::BTreeSet;

#[test]
fn every_entry_has_the_same_number_of_bytes() {
    for level in Level::ALL {
        for contact in [&b""[..], &[b'a'; 510]] {
            let number = EntryNo([1; 16]);
            let (known, person) = (known("010-1234-5678"), person(1));
            let closed = close(number, &known, &person, level, contact, &readers(), &mut dice(1));
            assert_eq!(closed.unwrap().len(), ENTRY_BYTES);
        }
    }
    assert_eq!(ENTRY_BYTES, 4_593);
    let (known, person) = (known("010-1234-5678"), person(1));
    let (readers, number) = (readers(), EntryNo([1; 16]));
    let closed = close(number, &known, &person, Level::Two, &[0; 511], &readers, &mut dice(1));
    assert_eq!(refused(closed), Refusal::TooLong);
}

#[test]
fn an_entry_opens_for_the_matcher_under_its_own_number_only() {
    let (number, closed) = entry(1, "010-1234-5678", 1, Level::Two);
    assert!(Opened::open(number, &key(100), &closed).is_ok());
    let open = |number, seed, closed: &[u8]| refused(Opened::open(number, &key(seed), closed));
    assert_eq!(open(EntryNo([2; 16]), 100, &closed), Refusal::NotForYou);
    assert_eq!(open(number, 101, &closed), Refusal::NotForYou);
    assert_eq!(open(number, 100, &closed[1..]), Refusal::NotForYou);
    assert_eq!(open(number, 100, &[]), Refusal::NotForYou);
    for bit in (0..closed.len() * 8).step_by(997) {
        assert_eq!(open(number, 100, &flipped(&closed, bit)), Refusal::NotForYou, "bit {bit}");
    }
}

#[test]
fn what_opens_and_is_no_entry_is_refused() {
    let number = EntryNo([1; 16]);
    let sealed = |inside: &[u8]| {
        let to = key(100).public();
        close_all(&to, "matching-entry", &number.0, inside, &mut dice(3)).unwrap()
    };
    for inside in [vec![], vec![2; 3_457], vec![1; 3_456], vec![1; 3_458]] {
        let refusal = refused(Opened::open(number, &key(100), &sealed(&inside)));
        assert_eq!(refusal, Refusal::FormBroken, "{}", inside.len());
    }
    let mut zeros = vec![0; 3_457];
    zeros[0] = 1;
    let refusal = refused(Opened::open(number, &key(100), &sealed(&zeros)));
    assert_eq!(refusal, Refusal::ScalarBroken);
}

#[test]
fn a_level_below_hers_looks_like_any_other_and_opens_for_nobody() {
    let (number, closed) = entry(1, "010-1234-5678", 1, Level::Three);
    let (other, closed_other) = entry(2, "010-1234-5678", 2, Level::Two);
    let hers = Opened::open(number, &key(100), &closed).unwrap();
    let others = Opened::open(other, &key(100), &closed_other).unwrap();
    let same: Vec<bool> =
        hers.slots.iter().zip(&others.slots).map(|((a, _), (b, _))| a.tag() == b.tag()).collect();
    assert_eq!(same, [false, true, true]);
    // Nothing in one entry tells which of its levels are of chance: no two points are alike.
    for opened in [&hers, &others] {
        let points: BTreeSet<[u8; 32]> = opened.slots.iter().map(|(share, _)| share.x).collect();
        assert_eq!(points.len(), 3);
    }
}

#[test]
fn both_of_counsel_are_needed_in_their_order() {
    let (number, closed) = entry(1, "010-1234-5678", 1, Level::Two);
    let opened = Opened::open(number, &key(100), &closed).unwrap();
    let known = known("010-1234-5678");
    let secret = crate::level::Polynomial::of(&known, Level::Two).unwrap().secret().unwrap();
    let for_counsel = opened.for_counsel(Level::Two, &secret).unwrap();
    assert_eq!(refused(first_opens(number, &key(102), &for_counsel)), Refusal::NotForYou);
    assert_eq!(refused(first_opens(EntryNo([9; 16]), &key(101), &for_counsel)), Refusal::NotForYou);
    assert_eq!(refused(second_reads(number, &key(102), &for_counsel)), Refusal::NotForYou);
    let inner = first_opens(number, &key(101), &for_counsel).unwrap();
    assert_eq!(refused(second_reads(number, &key(101), &inner)), Refusal::NotForYou);
    let contact = second_reads(number, &key(102), &inner).unwrap();
    assert_eq!(contact.as_slice(), b"person 1, entry 1");
    let refusal = refused(opened.for_counsel(Level::Three, &secret));
    assert_eq!(refusal, Refusal::ContactDoesNotOpen);
    let refusal = refused(opened.for_counsel(Level::Two, &[1; 32]));
    assert_eq!(refusal, Refusal::ContactDoesNotOpen);
}

#[test]
fn a_contact_is_padded_as_it_must_be() {
    let number = EntryNo([1; 16]);
    let place = [number.0.as_slice(), &[2]].concat();
    let read = |inside: &[u8]| {
        let to = key(102).public();
        let sealed = close_all(&to, "matching-contact", &place, inside, &mut dice(4)).unwrap();
        second_reads(number, &key(102), &sealed)
    };
    let mut good = vec![0; 512];
    good[1] = 1;
    good[2] = b'a';
    assert_eq!(read(&good).unwrap().as_slice(), b"a");
    let mut dirty = good.clone();
    dirty[3] = 1;
    let mut long = good.clone();
    long[0] = 2;
    for bad in [dirty, long, good[..511].to_vec(), [good.as_slice(), &[0]].concat()] {
        assert_eq!(refused(read(&bad)), Refusal::PaddingBroken);
    }
}

#[test]
fn what_takes_an_entry_back_is_its_own() {
    let mut rng = dice(5);
    let (one, two) = (Withdrawal::draw(&mut rng), Withdrawal::draw(&mut rng));
    assert_ne!(one.hash(), two.hash());
    assert!(Withdrawal::read(one.expose()).unwrap().hash() == one.hash());
    assert_eq!(refused(Withdrawal::read(&[0; 31])), Refusal::FormBroken);
}
