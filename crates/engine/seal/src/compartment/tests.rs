use super::*;
use crate::tests::{dice, flipped, place, refused};
use proptest::prelude::*;

#[test]
fn every_size_of_content_has_the_smallest_padding_and_one_more_is_refused() {
    let mut length = 0;
    for size in PADDED_BYTES {
        for length in [length, size - LENGTH_BYTES] {
            let content = vec![9; length];
            let padded = pad(&content).ok().unwrap();
            assert_eq!(padded.expose().len(), size);
            assert!(unpad(padded.expose()).is_ok_and(|found| found.expose() == content));
        }
        length = size - LENGTH_BYTES + 1;
    }
    assert_eq!(refused(pad(&vec![0; length])), Refusal::TooLong);
}

#[test]
fn padding_that_says_anything_is_refused() {
    let padded = pad(b"content").ok().unwrap();
    let padded = padded.expose();
    for bit in 0..32 {
        // A shorter length leaves content in the padding, and one beyond the end is none. A longer one
        // is another content that ends in zeros: only who holds the key can have written it.
        let is_content = (8..=8_192).contains(&(1_u32 << (31 - bit)));
        assert_eq!(unpad(&flipped(padded, bit)).is_ok(), is_content, "bit {bit}");
    }
    for bit in (4 + 7) * 8..padded.len() * 8 {
        assert_eq!(refused(unpad(&flipped(padded, bit))), Refusal::PaddingBroken);
    }
    let larger = [padded, &vec![0; padded.len()]].concat();
    for broken in [&larger[..], &padded[..padded.len() - 1], &padded[..3], &[]] {
        assert_eq!(refused(unpad(broken)), Refusal::PaddingBroken);
    }
    assert_eq!(refused(unpad(&[0xff; 16 << 10])), Refusal::PaddingBroken);
}

#[test]
fn what_is_closed_opens_in_its_place_only() {
    let here = place();
    let Closed { bytes, key } = close(&here, b"content", &mut dice(1)).ok().unwrap();
    assert!(open(&key, &here, None, &bytes).is_ok_and(|found| found.expose() == b"content"));
    let elsewhere = [
        Place { case: CaseId([8; 16]), ..here },
        Place { kind: Kind::Legal, ..here },
        Place { version: Version::of_number(2).unwrap(), ..here },
    ];
    for place in elsewhere {
        assert_eq!(refused(open(&key, &place, None, &bytes)), Refusal::NotForThisPlace);
    }
    let other = ContentKey::draw(&mut dice(2));
    assert_eq!(refused(open(&other, &here, None, &bytes)), Refusal::NotForThisPlace);
    for bytes in [&bytes[..bytes.len() - 1], &bytes[1..], &[]] {
        assert_eq!(refused(open(&key, &here, None, bytes)), Refusal::NotForThisPlace);
    }
}

#[test]
fn an_old_version_is_not_even_opened() {
    let (first, second) = (place(), Version::of_number(2).unwrap());
    let Closed { bytes, key } = close(&first, b"old", &mut dice(1)).ok().unwrap();
    let opened = |seen| open(&key, &first, seen, &bytes);
    assert!(opened(Some(Version::FIRST)).is_ok());
    assert_eq!(refused(opened(Some(second))), Refusal::OlderThanSeen);
    assert_eq!(refused(open(&key, &first, Some(second), b"")), Refusal::OlderThanSeen);
}

#[test]
fn kinds_and_versions_outside_their_range_are_no_such_thing() {
    for number in 0..=u8::MAX {
        assert_eq!(Kind::of_number(number).is_ok(), (1..=14).contains(&number));
    }
    assert_eq!(Version::of_number(0), Err(Refusal::FormBroken));
    // All are of a report but the threads, which come later.
    let (report, threads) = Kind::ALL.split_at(12);
    assert_eq!((report, threads), (&Kind::OF_REPORT[..], &[Kind::Message, Kind::Casework][..]));
    assert!(Kind::ALL.into_iter().all(|kind| kind.is_thread() == threads.contains(&kind)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_turned_bit_is_refused(seed: u64, bit: prop::sample::Index, length in 0..20_000_usize) {
        let Closed { bytes, key } = close(&place(), &vec![1; length], &mut dice(seed)).ok().unwrap();
        prop_assert!(open(&key, &place(), None, &bytes).is_ok());
        let broken = flipped(&bytes, bit.index(bytes.len() * 8));
        prop_assert!(open(&key, &place(), None, &broken).err() == Some(Refusal::NotForThisPlace));
    }

    #[test]
    fn no_bytes_are_too_strange(bytes: Vec<u8>) {
        prop_assert!(unpad(&bytes).is_err());
        prop_assert!(open(&ContentKey::draw(&mut dice(1)), &place(), None, &bytes).is_err());
    }
}
