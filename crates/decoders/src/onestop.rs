//! What `program/onestop` reads: reports, notes of the custody log, entries of the log of keys, letters,
//! and what proves that a mailbox is hers.

mod arrived;

pub use arrived::{letter, report};

use crate::{
    cut::Cut,
    key::{SIGNER, held},
};
use kernel::{Instant, Refusal as _, Secret, Span};
use onestop::{
    Author, Log, Refusal,
    challenge::{self, CHALLENGE_BYTES},
    custody::{Note, Past, Tree},
    evidence::{Announced, Padded},
    ledger::Period,
    recovery::{ClosedKey, takes_back, takes_shares},
};
use seal::{
    custody::Event,
    directory::{Entry, merkle},
    id::{CaseId, FileId, TeamId},
};

const NOW: Instant = Instant::from_millis(1_795_000_000_000);
/// The most rows of a log that are tried.
const ROWS: usize = 40;

pub(crate) fn is_named(refusal: Refusal) {
    let code = refusal.code();
    assert!(code.starts_with("seal.") || code.starts_with("onestop."), "{code}");
}

/// A note for the custody log, and the tree over what is in it.
pub fn note(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let (hours, whole) = (cut.u8(), cut.u8() & 1 == 1);
    let form = cut.field();
    let Ok(event) = Event::read(form) else { return };
    let now =
        Instant::from_millis(i64::try_from(event.at).unwrap_or(0)) + Span::hours(i64::from(hours));
    let by = if event.is_hers() { Author::Herself } else { Author::Device(event.device) };
    let (key, signature) = (SIGNER.public(), held(event.sign(&SIGNER)).to_vec());
    let read = |team, by, signature| Note::read(form.to_vec(), signature, (team, by, &key), now);
    let in_time = hours < 2 && i64::try_from(event.at).is_ok();
    match read(event.team, by, signature.clone()) {
        Ok(note) => {
            assert!(in_time && note.bytes == form);
            let past = Past { last: None, whole };
            let first = note.append(&past).is_ok();
            assert_eq!(first, whole && event.seq == 1 && event.action.number() == 1);
            let again = Past { last: Some(form), whole };
            assert!(note.append(&again).is_ok(), "the same again");
            let before = cut.field();
            if let Err(refusal) = note.append(&Past { last: Some(before), whole }) {
                is_named(refusal);
            }
        }
        Err(refusal) => {
            assert!(!in_time, "{}", refusal.code());
            is_named(refusal);
        }
    }
    assert!(read(TeamId([0xee; 16]), by, signature).is_err() || event.team.0 == [0xee; 16]);
    assert!(read(event.team, by, vec![0; 64]).is_err(), "nobody signed it");
    tree(cut.rest());
}

/// Rows that lie where their bytes say: what is shown of the rest adds up to the root.
fn tree(places: &[u8]) {
    let mut at = 0;
    let rows: Vec<(u64, [u8; 1])> = places
        .iter()
        .take(ROWS)
        .map(|byte| {
            at += u64::from(byte & 3 == 3) + 1;
            (at - 1, [*byte])
        })
        .collect();
    let tree = Tree::over(rows.iter().map(|(place, row)| (*place, row.as_slice())));
    let gap = rows.iter().zip(0..).find(|((place, _), at)| place != at).map(|(_, at)| at);
    assert_eq!(tree.first_gap(), gap);
    let own: Vec<u64> =
        rows.iter().map(|(place, _)| *place).filter(|place| place % 3 == 0).collect();
    let size = tree.len();
    let shown: u64 = tree.rest(size, &own).iter().map(|part| part.count).sum();
    assert_eq!(shown, rows.len() as u64 - own.len() as u64, "all that is there and not one's own");
    assert_eq!(tree.root(size).is_some(), gap.is_none());
    assert_eq!(tree.next_head(None, NOW).is_ok(), gap.is_none());
}

/// Entries for the log of keys: taken one after the other, each proven by the head over all.
pub fn log(bytes: &[u8]) {
    let (mut cut, mut log) = (Cut::new(bytes), Log::default());
    let mut heads = vec![log.head(NOW)];
    while !cut.is_empty() && log.len() < ROWS {
        let (service, entry) = (cut.u8(), cut.field());
        let read = Entry::read(entry);
        let center = read.as_ref().map_or(TeamId([1; 16]), Entry::team);
        for taken in [
            log.take_device(center, entry, NOW).map(Entry::from),
            log.take_team_key(center, service, entry, NOW).map(Entry::from),
        ] {
            match taken {
                Ok(taken) => assert!(read.as_ref() == Ok(&taken)),
                Err(refusal) => is_named(refusal),
            }
        }
        match log.push(entry.to_vec()) {
            Ok(()) => {
                assert!(read.is_ok() && log.has(entry));
                heads.push(log.head(NOW));
            }
            Err(refusal) => is_named(refusal),
        }
    }
    proven(&log, &heads);
}

fn proven(log: &Log, heads: &[seal::directory::Head]) {
    let head = log.head(NOW);
    let millis = held(u64::try_from(NOW.millis()));
    for one in log.current(log.len(), NOW) {
        let proof = log.prove(one.index, log.len());
        assert!(head.take(one.bytes, one.index as u64, &proof, millis).is_ok());
    }
    for one in log.valid_devices(log.len(), NOW) {
        assert!(log.device_ever(one.device.device, log.len()).is_some());
    }
    for old in heads {
        let proof = log.prove_continued(old.size, head.size);
        assert!(merkle::consistent(old.size, &old.root, head.size, &head.root, &proof).is_ok());
    }
}

/// What opens a mailbox for ten minutes, and the numbers that come beside closed bytes.
pub fn session(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let key = Secret::new([5; 32]);
    let mut given = challenge::give(&key, NOW);
    let later = Span::millis(i64::from(cut.u32()) - (1 << 31));
    let length = cut.u64();
    let part = cut.u32();
    numbers(length, part, &mut cut);
    let changed = cut.spoil(&mut given);
    let fresh = later < Span::minutes(10) && later >= Span::seconds(-60);
    assert_eq!(challenge::check(&key, &given, NOW + later).is_ok(), fresh && !changed);
    let free = Cut::new(bytes).exactly::<CHALLENGE_BYTES>();
    // A fuzzer that watches comparisons finds the tag; what it finds must be what was given.
    if challenge::check(&key, &free, NOW).is_ok() {
        let at = i64::try_from(Cut::new(&free).u64()).unwrap_or_default();
        assert_eq!(free, challenge::give(&key, Instant::from_millis(at)), "nobody gave this");
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(period) = text.parse::<Period>() {
        assert_eq!(period.to_string(), text, "one period has one name");
    }
}

fn numbers(length: u64, part: u32, cut: &mut Cut<'_>) {
    let closed = vec![0; usize::from(cut.u16())];
    match Padded::of(length) {
        Ok(padded) => {
            let all: u64 = (0..padded.parts()).filter_map(|part| padded.closed_bytes(part)).sum();
            assert_eq!(all, length + 16 * u64::from(padded.parts()));
            let (case, file) = (CaseId([1; 16]), FileId([2; 16]));
            let one = Announced { case, file, leaf: [3; 32], padded };
            let fits = padded.closed_bytes(part) == Some(closed.len() as u64);
            assert_eq!(one.takes(part, &closed).is_ok(), fits);
        }
        Err(refusal) => is_named(refusal),
    }
    let (newest, epoch) = (cut.u32(), cut.u32());
    let keys: Vec<(u32, u16)> = (0..cut.u8() % 5).map(|_| (cut.u32(), cut.u16())).collect();
    let wraps: Vec<Vec<u8>> =
        keys.iter().map(|(_, length)| vec![0; usize::from(*length)]).collect();
    let keys = keys.iter().zip(&wraps).map(|((epoch, _), wrap)| ClosedKey { epoch: *epoch, wrap });
    let keys: Vec<_> = keys.collect();
    for taken in [takes_shares(newest, epoch, &keys), takes_back(newest, epoch, &keys)] {
        match taken {
            Ok(()) => assert!(newest == epoch && keys.iter().all(|one| one.epoch <= epoch)),
            Err(refusal) => is_named(refusal),
        }
    }
}
