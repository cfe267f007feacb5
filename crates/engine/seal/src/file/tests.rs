use super::*;
use crate::tests::{dice, flipped, refused};
use proptest::prelude::*;

const PLACE: Place = Place { case: CaseId([1; 16]), file: FileId([2; 16]) };

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[test]
fn a_file_of_parts_opens_whole_and_in_any_order() {
    let key = FileKey::draw(&mut dice(1));
    for length in [0, 1, 65_528, 65_529, (1 << 20) - 8, (1 << 20) - 7, (3 << 20) + 5] {
        let content = content(length);
        let parts = close(&key, &PLACE, &content).ok().unwrap();
        assert!(open(&key, &PLACE, &parts).is_ok_and(|found| found.expose() == content));
        let layout = Layout::of(length as u64).unwrap();
        let count = parts.len() as u64;
        assert_eq!(layout.parts(), count);
        for part in (0..count).rev() {
            let Range { start, end } = layout.content(part);
            let closed = &parts[part as usize];
            let opened = open_part(&key, &PLACE, part, count, closed).ok().unwrap();
            let piece = layout.piece(part, opened.expose()).ok().unwrap();
            assert_eq!(piece.expose(), &content[start as usize..end as usize]);
        }
    }
}

#[test]
fn a_missing_exchanged_repeated_or_cut_part_is_refused() {
    let key = FileKey::draw(&mut dice(1));
    let parts = close(&key, &PLACE, &content((2 << 20) + 9)).ok().unwrap();
    let [a, b, c] = parts.as_slice() else { panic!("{} parts", parts.len()) };
    let short = c[..c.len() - 1].to_vec();
    let wrong: [&[&Vec<u8>]; 8] =
        [&[], &[a], &[a, b], &[a, c], &[b, a, c], &[a, a, c], &[a, b, c, c], &[a, b, &short]];
    for parts in wrong {
        assert_eq!(refused(open(&key, &PLACE, parts)), Refusal::PartBroken);
    }
    let elsewhere =
        [Place { case: CaseId([9; 16]), ..PLACE }, Place { file: FileId([9; 16]), ..PLACE }];
    for place in elsewhere {
        assert_eq!(refused(open(&key, &place, &parts)), Refusal::PartBroken);
    }
    let other = FileKey::draw(&mut dice(2));
    assert_eq!(refused(open(&other, &PLACE, &parts)), Refusal::PartBroken);
    assert_eq!(refused(open_part(&key, &PLACE, 3, 3, c)), Refusal::PartBroken);
}

#[test]
fn a_piece_of_another_length_is_not_closed() {
    let (key, layout) = (FileKey::draw(&mut dice(1)), Layout::of(10).unwrap());
    for (part, piece) in [(0, content(9)), (0, content(11)), (1, Vec::new())] {
        assert_eq!(refused(layout.close(&key, &PLACE, part, &piece)), Refusal::PartBroken);
    }
}

#[test]
fn padding_that_says_anything_is_refused() {
    let mut padded = [&3_u64.to_be_bytes()[..], b"abc"].concat();
    padded.resize(64 << 10, 0);
    assert!(unpad(&padded).is_ok_and(|found| found.expose() == b"abc"));
    for bit in [11 * 8, 30_000 * 8 + 3, (64 << 10) * 8 - 1] {
        assert_eq!(refused(unpad(&flipped(&padded, bit))), Refusal::PaddingBroken);
    }
    // Lengths beyond the end, and beyond what a file may have.
    for bit in [0, 20, 40, 46] {
        assert_eq!(refused(unpad(&flipped(&padded, bit))), Refusal::PaddingBroken);
    }
    let larger = [&padded[..], &[0; 2_048]].concat();
    for broken in [&larger[..], &padded[1..], &padded[..7], &[]] {
        assert_eq!(refused(unpad(broken)), Refusal::PaddingBroken);
    }
}

#[test]
fn half_a_gigabyte_is_the_most() {
    let most = Layout::of(512 << 20).unwrap();
    assert_eq!((most.padded(), most.parts()), (528 << 20, 528));
    assert_eq!(Layout::of((512 << 20) + 1), Err(Refusal::TooLong));
    assert_eq!(Layout::of(u64::MAX), Err(Refusal::TooLong));
}

/// Padmé as its paper has it, with floating numbers.
fn padme_by_the_paper(length: u64) -> u64 {
    let e = (length as f64).log2().floor();
    let s = e.log2().floor() + 1.0;
    let z = e - s;
    let mask = 2_f64.powf(z) as u64 - 1;
    (length + mask) & !mask
}

proptest! {
    #[test]
    fn padding_is_the_papers_and_wastes_little(length in 0..=CONTENT_BYTES) {
        let padded = Layout::of(length).unwrap().padded();
        let whole = (length + 8).max(64 << 10);
        prop_assert_eq!(padded, padme_by_the_paper(whole));
        prop_assert!(padded >= whole && (padded - whole) * 100 <= whole * 12);
    }

    #[test]
    fn the_pieces_of_a_layout_are_the_content(length in 0..=CONTENT_BYTES) {
        let layout = Layout::of(length).unwrap();
        let mut next = 0;
        for part in 0..layout.parts() {
            let Range { start, end } = layout.content(part);
            prop_assert_eq!(start, next);
            next = end;
        }
        prop_assert_eq!(next, length);
    }

    #[test]
    fn a_turned_bit_is_refused(bit: prop::sample::Index, length in 0..70_000_usize) {
        let key = FileKey::draw(&mut dice(1));
        let parts = close(&key, &PLACE, &content(length)).ok().unwrap();
        let broken = flipped(&parts[0], bit.index(parts[0].len() * 8));
        prop_assert!(open(&key, &PLACE, &[broken]).err() == Some(Refusal::PartBroken));
    }

    #[test]
    fn no_bytes_are_too_strange(parts: Vec<Vec<u8>>, padded: Vec<u8>) {
        prop_assert!(open(&FileKey::draw(&mut dice(1)), &PLACE, &parts).is_err());
        prop_assert!(unpad(&padded).is_err());
    }
}
