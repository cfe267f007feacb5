use super::{Batch, batch};
use crate::{
    Refusal,
    entry::EntryNo,
    level::Level,
    tests::{entry, key},
};
use std::collections::BTreeSet;

const PHONE: &str = "010-1234-5678";

fn run(entries: &[(EntryNo, Vec<u8>)]) -> Batch {
    batch(&key(100), entries, &BTreeSet::new())
}

/// Level and entries of each opening.
fn openings(batch: &Batch) -> Vec<(Level, Vec<u8>)> {
    let people = |people: &[super::ForCounsel]| people.iter().map(|one| one.number.0[0]).collect();
    batch.openings.iter().map(|one| (one.level, people(&one.people))).collect()
}

#[test]
fn nobody_is_in_an_opening_of_fewer_than_she_accepted() {
    let two = entry(1, PHONE, 1, Level::Two);
    let also_two = entry(2, PHONE, 2, Level::Two);
    let three = entry(3, PHONE, 3, Level::Three);
    let five = entry(5, PHONE, 5, Level::Five);
    assert_eq!(openings(&run(&[two.clone(), three.clone(), five.clone()])), []);
    let both = run(&[two.clone(), also_two.clone(), five.clone()]);
    assert_eq!(openings(&both), [(Level::Two, vec![1, 2])]);
    // The larger opening holds the smaller.
    let all = run(&[five, three, also_two, two]);
    assert_eq!(openings(&all), [(Level::Three, vec![1, 2, 3])]);
    assert_eq!(all.refused, []);
}

#[test]
fn five_open_five_and_others_stay_closed() {
    let mut entries: Vec<_> = (1..=4).map(|who| entry(who, PHONE, who, Level::Five)).collect();
    entries.push(entry(9, "010-1234-5679", 9, Level::Two));
    assert_eq!(openings(&run(&entries)), []);
    entries.push(entry(5, PHONE, 5, Level::Five));
    assert_eq!(openings(&run(&entries)), [(Level::Five, vec![1, 2, 3, 4, 5])]);
}

#[test]
fn one_person_who_files_twice_stays_one_and_the_later_counts() {
    let (first, later) = (entry(1, PHONE, 1, Level::Two), entry(2, PHONE, 1, Level::Two));
    assert_eq!(run(&[first.clone(), later.clone()]), run(&[]));
    let other = entry(3, PHONE, 3, Level::Two);
    let opened = run(&[first, later, other]);
    assert_eq!(openings(&opened), [(Level::Two, vec![2, 3])]);
}

#[test]
fn what_came_out_does_not_come_out_again_until_somebody_is_new() {
    let entries: Vec<_> = (1..=2).map(|who| entry(who, PHONE, who, Level::Two)).collect();
    let told: BTreeSet<EntryNo> = entries.iter().map(|(number, _)| *number).collect();
    assert_eq!(openings(&batch(&key(100), &entries, &told)), []);
    let more = [entries, vec![entry(3, PHONE, 3, Level::Two)]].concat();
    assert_eq!(openings(&batch(&key(100), &more, &told)), [(Level::Two, vec![1, 2, 3])]);
}

#[test]
fn what_is_no_entry_is_named_and_stands_in_nobodys_way() {
    let good: Vec<_> = (1..=2).map(|who| entry(who, PHONE, who, Level::Two)).collect();
    let (moved, twice) = ((EntryNo([7; 16]), good[0].1.clone()), entry(8, PHONE, 8, Level::Two));
    let garbage = (EntryNo([9; 16]), vec![0; 4_593]);
    let all = [good, vec![moved, garbage, twice.clone(), twice]].concat();
    let run = run(&all);
    assert_eq!(openings(&run), [(Level::Two, vec![1, 2])]);
    let refused = [
        (EntryNo([7; 16]), Refusal::NotForYou),
        (EntryNo([9; 16]), Refusal::NotForYou),
        (EntryNo([8; 16]), Refusal::EntryTwice),
        (EntryNo([8; 16]), Refusal::EntryTwice),
    ];
    assert_eq!(run.refused, refused);
}

#[test]
fn whoever_cannot_be_asked_is_nobody() {
    use crate::tests::{dice, known, person, readers};
    use seal::envelope::{close_all, open_all};
    let good = entry(1, PHONE, 1, Level::Two);
    // A share that fits, around a contact that its wrap does not open: the last byte of the body.
    let number = EntryNo([2; 16]);
    let (known, person, readers) = (known(PHONE), person(2), readers());
    let closed =
        crate::entry::close(number, &known, &person, Level::Two, b"", &readers, &mut dice(6));
    let inside = open_all(&key(100), "matching-entry", &number.0, &closed.unwrap()).unwrap();
    let spoilt = crate::tests::flipped(&inside, inside.len() * 8 - 1);
    let spoilt = close_all(&readers.matcher, "matching-entry", &number.0, &spoilt, &mut dice(7));
    let run = run(&[good, (number, spoilt.unwrap())]);
    assert_eq!(openings(&run), []);
    assert_eq!(run.refused, [(number, Refusal::ContactDoesNotOpen)]);
}
