use super::*;
use crate::{
    compartment::{self, Kind, Version},
    id::CaseId,
    secret::ContentKey,
    tests::{columns, dice, flips, key, place, signer},
};

const HERS: u64 = 1;
const DEVICE: u64 = 2;

fn wraps(seed: u64) -> Wraps {
    let content = ContentKey::draw(&mut dice(seed));
    Wraps::close(&place(), &columns(), [None; 8], &content, &mut dice(seed)).ok().unwrap()
}

fn closed() -> Vec<u8> {
    compartment::close(&place(), b"content", &mut dice(1)).ok().unwrap().bytes
}

/// Names this for what happened.
fn manifest(incident: Sealed) -> Manifest {
    let mut compartments = [Sealed { closed_hash: [6; 32], wraps_hash: [7; 32] }; 12];
    compartments[2] = incident;
    Manifest {
        case: place().case,
        locator: [3; 32],
        signing_key: signer(HERS).public(),
        public_key: key(1).public().bytes(),
        columns: columns(),
        compartments,
    }
}

/// What was signed, before it is lent to a [`Written`].
struct Kept {
    manifest: Manifest,
    place: Place,
    closed: Vec<u8>,
    wraps: Wraps,
    by: Option<([u8; 32], [u8; 64])>,
    moves: Vec<(Hash, [u8; 32], [u8; 64])>,
}

impl Kept {
    fn verify(&self) -> Result<(), Refusal> {
        let moves: Vec<Move<'_>> = self
            .moves
            .iter()
            .map(|(before, key, signature)| Move {
                before: *before,
                by: Authored { key, signature },
            })
            .collect();
        let by = self.by.as_ref().map(|(key, signature)| Authored { key, signature });
        let (closed, wraps) = (self.closed.as_slice(), &self.wraps);
        Written { place: self.place, closed, wraps, by, moves: &moves }.verify(&self.manifest)
    }

    /// The first of the report, as she sent it.
    fn first() -> Self {
        let (closed, wraps) = (closed(), wraps(1));
        let manifest = manifest(Sealed::of(&closed, &wraps).unwrap());
        Self { manifest, place: place(), closed, wraps, by: None, moves: Vec::new() }
    }

    /// A version somebody wrote later.
    fn later(kind: Kind, version: u32, author: u64) -> Self {
        let place = Place { kind, version: Version::of_number(version).unwrap(), ..place() };
        let mut kept = Self { place, ..Self::first() };
        let sealed = Sealed::of(&kept.closed, &kept.wraps).unwrap();
        let signature = Amended { place, sealed }.sign(&signer(author));
        kept.by = Some((signer(author).public(), signature));
        kept
    }

    /// Moved on by somebody to other wraps.
    fn moved(mut self, author: u64, to: u64) -> Self {
        let closed_hash = Sealed::of(&self.closed, &self.wraps).unwrap().closed_hash;
        let (before, after) = (self.wraps.hash(), wraps(to).hash());
        let moved = Moved { place: self.place, closed_hash, before, after };
        let signature = moved.sign(&signer(author));
        self.moves.push((before, signer(author).public(), signature));
        self.wraps = wraps(to);
        self
    }
}

#[test]
fn what_is_there_is_followed_from_what_was_signed() {
    assert_eq!(Kept::first().verify(), Ok(()));
    assert_eq!(Kept::first().moved(HERS, 2).verify(), Ok(()));
    assert_eq!(Kept::first().moved(HERS, 2).moved(DEVICE, 3).moved(HERS, 4).verify(), Ok(()));
    for (kind, version) in [(Kind::Incident, 2), (Kind::Message, 1), (Kind::Message, 9)] {
        let later = || Kept::later(kind, version, DEVICE);
        assert_eq!(later().verify(), Ok(()));
        assert_eq!(later().moved(DEVICE, 2).moved(HERS, 3).verify(), Ok(()));
    }
}

#[test]
fn other_wraps_without_a_record_are_refused() {
    let wrong = Err(Refusal::SignatureWrong);
    let other = |kept: Kept| Kept { wraps: wraps(9), ..kept };
    assert_eq!(other(Kept::first()).verify(), wrong);
    assert_eq!(other(Kept::first().moved(HERS, 2)).verify(), wrong);
    assert_eq!(other(Kept::later(Kind::Message, 1, DEVICE)).verify(), wrong);
    // A record is missing, at the beginning, in the middle or at the end; or they are exchanged.
    let moved = || Kept::first().moved(HERS, 2).moved(DEVICE, 3).moved(HERS, 4);
    for missing in 0..3 {
        let mut kept = moved();
        kept.moves.remove(missing);
        assert_eq!(kept.verify(), wrong);
    }
    for (one, two) in [(0, 1), (1, 2), (0, 2)] {
        let mut kept = moved();
        kept.moves.swap(one, two);
        assert_eq!(kept.verify(), wrong);
    }
    // One twice.
    let mut kept = moved();
    kept.moves.insert(1, kept.moves[1]);
    assert_eq!(kept.verify(), wrong);
}

#[test]
fn a_record_is_of_one_place_and_one_author() {
    let wrong = Err(Refusal::SignatureWrong);
    let moved = || Kept::later(Kind::Message, 3, DEVICE).moved(DEVICE, 2);
    let mut kept = moved();
    let signature = kept.moves[0].2;
    for broken in flips(&signature) {
        kept.moves[0].2 = broken.try_into().unwrap();
        assert_eq!(kept.verify(), wrong);
    }
    let mut other = moved();
    other.moves[0].1 = signer(HERS).public();
    assert_eq!(other.verify(), wrong);
    // Signed for another place.
    let mut other = Kept::later(Kind::Message, 4, DEVICE);
    (other.moves, other.wraps) = (moved().moves, wraps(2));
    assert_eq!(other.verify(), wrong);
}

#[test]
fn only_what_the_manifest_names_has_no_author() {
    let signed = Kept::later(Kind::Incident, 1, DEVICE);
    assert_eq!(signed.verify(), Err(Refusal::FormBroken));
    let unsigned = Kept { by: None, ..Kept::later(Kind::Message, 1, DEVICE) };
    assert_eq!(unsigned.verify(), Err(Refusal::SignatureWrong));
    let unsigned = Kept { by: None, ..Kept::later(Kind::Incident, 2, DEVICE) };
    assert_eq!(unsigned.verify(), Err(Refusal::SignatureWrong));
    let other = Kept { by: signed.by, ..Kept::later(Kind::Incident, 2, DEVICE) };
    assert_eq!(other.verify(), Err(Refusal::SignatureWrong));
    let kind = Kept { place: Place { kind: Kind::Legal, ..place() }, ..Kept::first() };
    assert_eq!(kind.verify(), Err(Refusal::SignatureWrong));
    let elsewhere = Place { case: CaseId([9; 16]), ..place() };
    assert_eq!(Kept { place: elsewhere, ..Kept::first() }.verify(), Err(Refusal::FormBroken));
    let short = Kept { closed: closed()[1..].to_vec(), ..Kept::first() };
    assert_eq!(short.verify(), Err(Refusal::FormBroken));
}
