//! What is closed: opened as what it was, or refused, whatever was done to it on the way.

use crate::{
    cut::Cut,
    key::{PUBLIC, READER, dice, held, is_named},
};
use seal::{
    Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{self, Kind, PADDED_BYTES, Place, Version},
    envelope::{EXTRA_BYTES, close_all, open_all},
    file::{self as evidence, Layout},
    id::{CaseId, DeviceId, FileId, ReferralId, TeamId},
    key::{PrivateKey, PublicKey},
    knock::{KNOCK_BYTES, Knock},
    letter::{LetterPlace, LetterWraps, Side},
    secret::{ContentKey, FileKey, Seed},
    team::Epoch,
    wrap::{WRAP_BYTES, Wraps},
};
use std::sync::LazyLock;

const CASE: CaseId = CaseId([1; 16]);
const TEAM: TeamId = TeamId([2; 16]);
const EPOCH: Epoch = Epoch { team: TEAM, number: 3 };
const PLACE: Place = Place { case: CASE, kind: Kind::Incident, version: Version::FIRST };

/// Eight wraps of a key that the reader may open in column 5.
static WRAPPED: LazyLock<(Columns, [u8; 32], Wraps)> = LazyLock::new(|| {
    let (columns, mut rng) = (Columns::new([[7; 32]; COLUMNS]), dice(3));
    let key = ContentKey::draw(&mut rng);
    let mut readers = [None; COLUMNS];
    readers[5] = Some(&*PUBLIC);
    let wraps = held(Wraps::close(&PLACE, &columns, readers, &key, &mut rng));
    (columns, *key.expose(), wraps)
});

/// Wraps as they come: one by one or joined, of a case or of a letter; then the envelope around each.
pub fn wraps(bytes: &[u8]) {
    match Wraps::of_joined(bytes) {
        Ok(wraps) => assert!(wraps.joined() == bytes && Wraps::of(wraps.each()) == Ok(wraps)),
        Err(refusal) => {
            let whole = bytes.len().is_multiple_of(WRAP_BYTES);
            let right = if whole { Refusal::WrapsNotEight } else { Refusal::WrapNotWhole };
            assert_eq!(refusal, right);
        }
    }
    match LetterWraps::of_joined(bytes) {
        Ok(wraps) => assert!(wraps.joined() == bytes && LetterWraps::of(wraps.each()) == Ok(wraps)),
        Err(refusal) => is_named(refusal),
    }
    one_by_one(bytes);
    opened(bytes);
}

/// As many as the first byte says, each as long as its length says.
fn one_by_one(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let parts: Vec<&[u8]> = (0..cut.u8() % 12).map(|_| cut.field()).collect();
    let whole = parts.iter().all(|part| part.len() == WRAP_BYTES);
    assert_eq!(Wraps::of(&parts).is_ok(), whole && parts.len() == COLUMNS);
    assert_eq!(LetterWraps::of(&parts).is_ok(), whole && parts.len() == Side::ALL.len());
}

/// Real wraps with some bits turned: the key that was closed, or none.
fn opened(bytes: &[u8]) {
    let (columns, key, wraps) = &*WRAPPED;
    let mut cut = Cut::new(bytes);
    let mut joined = wraps.joined().to_vec();
    let changed = cut.spoil(&mut joined);
    let wraps = held(Wraps::of_joined(&joined));
    match wraps.open(&READER, &PLACE, columns, ColumnNo::ALL[5]) {
        Ok(opened) => assert!(opened.expose() == key),
        Err(refusal) => assert!(changed && refusal == Refusal::NotForYou),
    }
    assert!(wraps.open(&READER, &PLACE, columns, ColumnNo::ALL[4]).is_err(), "a dummy");
    if open_all(&READER, "wrap", &[], bytes).is_ok() {
        unreachable!("nobody closed this");
    }
    let device = DeviceId([4; 16]);
    if let Err(refusal) = EPOCH.open(device, &READER, bytes) {
        is_named(refusal);
    }
}

/// A public key as it comes.
pub fn key(bytes: &[u8]) {
    match PublicKey::from_bytes(bytes) {
        Ok(key) => {
            assert_eq!(key.bytes(), bytes, "one key has one form");
            let closed = held(close_all(&key, "fuzz", b"here", b"what", &mut dice(4)));
            assert_eq!(closed.len(), EXTRA_BYTES + 4);
            assert!(open_all(&READER, "fuzz", b"here", &closed).is_ok() == (key == *PUBLIC));
        }
        Err(refusal) => assert_eq!(refusal, Refusal::KeyNotWhole),
    }
    match Seed::from_bytes(bytes) {
        Ok(seed) => assert!(held(PrivateKey::of(seed)).seed().expose() == bytes),
        Err(refusal) => assert_eq!(refusal, Refusal::KeyNotWhole),
    }
}

/// A knock: as it comes, and what may stand inside of one that opens.
pub fn knock(bytes: &[u8]) {
    if let Err(refusal) = Knock::open(EPOCH, &READER, bytes) {
        is_named(refusal);
    }
    // What EPOCH is bound to: the team and the number.
    let bound = [&EPOCH.team.0[..], &EPOCH.number.to_be_bytes()].concat();
    let closed = held(close_all(&PUBLIC, "knock", &bound, bytes, &mut dice(5)));
    match Knock::open(EPOCH, &READER, &closed) {
        Ok(knock) => {
            let column = [knock.column.number()];
            let consent = held(knock.consent.bytes());
            let inside = [&knock.case().0[..], &column, &consent, &knock.signature].concat();
            assert_eq!(inside, bytes, "one knock has one form");
            assert!(knock.consent.recipient == EPOCH.team && knock.consent.epoch == EPOCH.number);
            let again = held(knock.close(&PUBLIC, &mut dice(6)));
            assert_eq!(again.len(), KNOCK_BYTES);
            assert!(held(Knock::open(EPOCH, &READER, &again)) == knock);
        }
        Err(refusal) => is_named(refusal),
    }
}

/// The padding of a compartment, and a compartment or a letter with its bits turned.
pub fn content(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let (length, size, stray) = (cut.u32(), cut.below(PADDED_BYTES.len() + 1), cut.u16());
    let said = cut.field();
    let mut padded = [&length.to_be_bytes()[..], said].concat();
    padded.resize(PADDED_BYTES.get(size).copied().unwrap_or(usize::from(stray)), 0);
    if let Some(byte) = padded.get_mut(usize::from(stray)) {
        *byte |= cut.u8();
    }
    match compartment::unpad(&padded) {
        Ok(content) => {
            let again = held(compartment::pad(content.expose()));
            assert!(again.expose() == padded, "one content has one padding");
        }
        Err(refusal) => assert_eq!(refusal, Refusal::PaddingBroken),
    }
    let mut closed = held(compartment::close(&PLACE, said, &mut dice(7)));
    let changed = cut.spoil(&mut closed.bytes);
    match compartment::open(&closed.key, &PLACE, None, &closed.bytes) {
        Ok(content) => assert!(!changed && content.expose() == said),
        Err(refusal) => assert!(changed && refusal == Refusal::NotForThisPlace),
    }
    numbers(length, stray);
}

/// Numbers that say which.
fn numbers(long: u32, short: u16) {
    let [number, ..] = short.to_be_bytes();
    assert_eq!(Kind::of_number(number).is_ok(), (1..=14).contains(&number));
    assert_eq!(ColumnNo::of_number(number).is_ok(), number < 8);
    assert_eq!(Side::of_number(number).is_ok(), number < 2);
    assert_eq!(Version::of_number(long).is_ok(), long > 0);
    assert_eq!(LetterPlace::of(ReferralId([8; 16]), long).is_ok(), long > 0);
}

/// A file of the evidence: how it lies, its padding, and parts with their bits turned or in another order.
pub fn file(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let (length, stray, size) = (cut.u64(), cut.u16(), cut.u32() % (1 << 18));
    laid_out(length);
    let said = cut.field();
    let mut padded = [&length.to_be_bytes()[..], said].concat();
    padded.resize(size as usize, 0);
    if let Some(byte) = padded.get_mut(usize::from(stray)) {
        *byte |= cut.u8();
    }
    match evidence::unpad(&padded) {
        Ok(content) => assert!(content.expose().len() as u64 == length),
        Err(refusal) => assert_eq!(refusal, Refusal::PaddingBroken),
    }
    let place = evidence::Place { case: CASE, file: FileId([9; 16]) };
    let key = FileKey::draw(&mut dice(8));
    let mut parts = held(evidence::close(&key, &place, said));
    let changed = parts.iter_mut().any(|part| cut.spoil(part));
    match evidence::open(&key, &place, &parts) {
        Ok(content) => assert!(!changed && content.expose() == said),
        Err(refusal) => assert!(changed && refusal == Refusal::PartBroken),
    }
    assert!(evidence::open_part(&key, &place, length, u64::from(stray), bytes).is_err());
}

fn laid_out(length: u64) {
    let Ok(layout) = Layout::of(length) else {
        assert!(length > evidence::CONTENT_BYTES);
        return;
    };
    let needed = (length + 8).max(65_536);
    assert!((needed..=needed / 8 * 9).contains(&layout.padded()), "at most an eighth longer");
    let parts = 0..layout.parts();
    assert_eq!(
        parts.map(|part| layout.content(part)).map(|r| r.end - r.start).sum::<u64>(),
        length
    );
    assert!(layout.content(layout.parts()).is_empty());
}
