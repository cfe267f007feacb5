use super::*;
use crate::tests::dice;

#[test]
fn readers_stand_where_they_were_drawn_and_every_place_is_as_likely() {
    let readers = [[1; 32], [2; 32]];
    let mut counted = [[0_u32; COLUMNS]; 2];
    let mut rng = dice(1);
    for _ in 0..8_000 {
        let (columns, places) = Columns::draw(&readers, &mut rng).unwrap();
        assert_ne!(places[0], places[1]);
        for (reader, place) in places.iter().enumerate() {
            assert_eq!(columns.at(*place), readers[reader]);
            counted[reader][usize::from(place.number())] += 1;
        }
    }
    // 1,000 each; five standard deviations are 150.
    assert!(counted.iter().flatten().all(|times| (850..1_150).contains(times)), "{counted:?}");
}

#[test]
fn marks_of_nobody_are_all_different() {
    let (columns, places) = Columns::draw(&[], &mut dice(1)).unwrap();
    assert!(places.is_empty());
    let marks: std::collections::BTreeSet<Hash> = columns.iter().map(|(_, mark)| mark).collect();
    assert_eq!(marks.len(), COLUMNS);
}

#[test]
fn nine_readers_are_too_many() {
    assert!(Columns::draw(&[[1; 32]; 8], &mut dice(1)).is_ok());
    assert_eq!(Columns::draw(&[[1; 32]; 9], &mut dice(1)), Err(Refusal::WrapsNotEight));
}
