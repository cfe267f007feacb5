use super::*;
use crate::{
    compartment::{Kind, Version},
    id::CaseId,
    tests::{columns, cuts, dice, flips, key, place, refused},
};
use proptest::prelude::*;

fn no(number: u8) -> ColumnNo {
    ColumnNo::of_number(number).unwrap()
}

/// Wraps that two may open: the reader of seed 3 in column 3, that of seed 6 in column 6.
fn wraps() -> (Wraps, ContentKey) {
    let (three, six) = (key(3).public(), key(6).public());
    let mut readers = [None; COLUMNS];
    (readers[3], readers[6]) = (Some(&three), Some(&six));
    let content = ContentKey::draw(&mut dice(1));
    let wraps = Wraps::close(&place(), &columns(), readers, &content, &mut dice(99));
    (wraps.ok().unwrap(), content)
}

#[test]
fn each_reader_finds_her_column_and_nobody_else_finds_any() {
    let (wraps, content) = wraps();
    for seed in [3, 6] {
        let (found, opened) = wraps.find(&key(seed), &place(), &columns()).ok().unwrap();
        assert_eq!((u64::from(found.number()), opened.expose()), (seed, content.expose()));
    }
    for seed in [0, 1, 2, 4, 5, 7] {
        assert_eq!(refused(wraps.find(&key(seed), &place(), &columns())), Refusal::NotForYou);
    }
}

#[test]
fn a_reader_of_several_epochs_is_told_which_key_it_was() {
    let (wraps, content) = wraps();
    let [newest, middle, oldest] = [9, 6, 3].map(key);
    let (at, found, opened) =
        wraps.find_among(&[&newest, &middle, &oldest], &place(), &columns()).ok().unwrap();
    assert_eq!((at, found, opened.expose()), (1, no(6), content.expose()));
    let (at, found, _) = wraps.find_among(&[&newest, &oldest], &place(), &columns()).ok().unwrap();
    assert_eq!((at, found), (1, no(3)));
    for keys in [vec![], vec![&newest]] {
        let refusal = refused(wraps.find_among(&keys, &place(), &columns()));
        assert_eq!(refusal, Refusal::NotForYou);
    }
}

#[test]
fn another_place_column_or_consent_does_not_open() {
    let (wraps, _) = wraps();
    let (reader, here) = (key(3), place());
    let elsewhere = [
        Place { case: CaseId([8; 16]), ..here },
        Place { kind: Kind::Legal, ..here },
        Place { version: Version::of_number(2).unwrap(), ..here },
    ];
    for place in elsewhere {
        assert_eq!(refused(wraps.find(&reader, &place, &columns())), Refusal::NotForYou);
    }
    let mut marks = ColumnNo::ALL.map(|no| columns().at(no));
    marks[3][31] ^= 1;
    assert_eq!(refused(wraps.find(&reader, &here, &Columns::new(marks))), Refusal::NotForYou);
    let mut exchanged = *wraps.each();
    exchanged.swap(3, 4);
    let exchanged = Wraps::of(&exchanged).unwrap();
    assert_eq!(refused(exchanged.find(&reader, &here, &columns())), Refusal::NotForYou);
}

#[test]
fn every_turned_bit_of_a_wrap_is_refused() {
    let (wraps, _) = wraps();
    let reader = key(3);
    for broken in flips(&wraps.each()[3]) {
        let broken = wraps.with(no(3), broken.as_slice().try_into().unwrap()).unwrap();
        let opened = broken.open(&reader, &place(), &columns(), no(3));
        assert_eq!(refused(opened), Refusal::NotForYou);
    }
}

#[test]
fn wraps_are_eight_and_whole() {
    let (wraps, _) = wraps();
    let each = wraps.each();
    assert_eq!(Wraps::of(&each[..7]), Err(Refusal::WrapsNotEight));
    assert_eq!(Wraps::of(&[&each[..], &each[..1]].concat()), Err(Refusal::WrapsNotEight));
    let mut broken: Vec<&[u8]> = each.iter().map(<[u8; WRAP_BYTES]>::as_slice).collect();
    broken[5] = &broken[5][..WRAP_BYTES - 1];
    assert_eq!(Wraps::of(&broken), Err(Refusal::WrapNotWhole));
    assert_eq!(Wraps::of(&broken[..7]), Err(Refusal::WrapsNotEight));
    assert_eq!(Wraps::of_joined(wraps.joined()), Ok(wraps.clone()));
    let joined = wraps.joined();
    assert_eq!(Wraps::of_joined(&joined[1..]), Err(Refusal::WrapNotWhole));
    assert_eq!(Wraps::of_joined(&joined[WRAP_BYTES..]), Err(Refusal::WrapsNotEight));
}

#[test]
fn a_moved_column_opens_with_the_new_key_only_and_the_others_stay() {
    let (wraps, content) = wraps();
    let (old, new) = (key(3), key(33));
    let to = &new.public();
    let moved = wraps.moved(&place(), &columns(), no(3), &old, to, &mut dice(5)).ok().unwrap();
    let (found, opened) = moved.find(&new, &place(), &columns()).ok().unwrap();
    assert_eq!((found, opened.expose()), (no(3), content.expose()));
    assert_eq!(refused(moved.find(&old, &place(), &columns())), Refusal::NotForYou);
    assert!(moved.find(&key(6), &place(), &columns()).is_ok());
    for other in ColumnNo::ALL.into_iter().filter(|other| *other != no(3)) {
        assert_eq!(moved.at(other), wraps.at(other));
    }
    // A dummy does not open with any key.
    let dummy = wraps.moved(&place(), &columns(), no(2), &old, to, &mut dice(5));
    assert_eq!(refused(dummy), Refusal::NotForYou);
}

#[test]
fn a_withdrawn_column_opens_no_more() {
    let (wraps, _) = wraps();
    let after = wraps.withdrawn(&place(), &columns(), no(3), &mut dice(5)).unwrap();
    assert_eq!(refused(after.find(&key(3), &place(), &columns())), Refusal::NotForYou);
    assert!(after.find(&key(6), &place(), &columns()).is_ok());
}

#[test]
fn a_key_that_is_none_cannot_be_closed_for() {
    let bytes = key(1).public().bytes();
    assert!(PublicKey::from_bytes(&bytes).is_ok());
    for broken in cuts(&bytes).skip(1_200).chain([vec![0xff; bytes.len()]]) {
        assert_eq!(refused(PublicKey::from_bytes(&broken)), Refusal::KeyNotWhole);
    }
    // Of small order: zero, one, and one below the prime.
    let mut below = [0xff; 32];
    (below[0], below[31]) = (0xec, 0x7f);
    let mut one = [0; 32];
    one[0] = 1;
    for half in [[0; 32], one, below] {
        let broken = [&bytes[..bytes.len() - 32], &half].concat();
        assert_eq!(refused(PublicKey::from_bytes(&broken)), Refusal::KeyNotWhole);
    }
    assert_eq!(refused(ContentKey::from_bytes(&[0; 31])), Refusal::KeyNotWhole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_are_too_strange(bytes: Vec<u8>, filled in any::<u8>()) {
        prop_assert!(PublicKey::from_bytes(&bytes).is_err());
        prop_assert!(Wraps::of_joined(&bytes).is_err());
        let all = Wraps::of(&[[filled; WRAP_BYTES]; COLUMNS]).unwrap();
        prop_assert!(all.find(&key(1), &place(), &columns()).is_err());
    }
}

#[test]
fn a_column_laid_anew_opens_under_its_later_consent_only_and_the_others_as_before() {
    let (wraps, content) = wraps();
    let (mark, reader) = ([0x77; 32], key(3));
    let later = columns().with(no(3), mark);
    let lay = |to: Option<&PublicKey>| {
        wraps.laid(&place(), (no(3), &mark), to, &content, &mut dice(5)).ok().unwrap()
    };
    let laid = lay(Some(&reader.public()));
    let opened = laid.open(&reader, &place(), &later, no(3)).ok().unwrap();
    assert_eq!(opened.expose(), content.expose());
    assert_eq!(refused(laid.open(&reader, &place(), &columns(), no(3))), Refusal::NotForYou);
    assert_eq!(refused(wraps.open(&reader, &place(), &later, no(3))), Refusal::NotForYou);
    let nothing = lay(None);
    assert_eq!(refused(nothing.open(&reader, &place(), &later, no(3))), Refusal::NotForYou);
    for after in [&laid, &nothing] {
        let pairs = wraps.each().iter().zip(after.each());
        let changed: Vec<_> =
            pairs.enumerate().filter(|(_, (one, other))| one != other).map(|(at, _)| at).collect();
        assert_eq!(changed, [3]);
        assert!(after.open(&key(6), &place(), &later, no(6)).is_ok());
    }
}
