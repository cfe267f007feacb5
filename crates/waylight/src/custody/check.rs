//! Everything that can be said of a custody file by itself and the log's key.

use seal::{
    Hash,
    custody::{self, Event, verify_head},
    directory::{Entry, Head, merkle},
    id::{DeviceId, TeamId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    io::Read,
};
use wire::onestop::{CustodyEvent, CustodyFound, Exact};

/// A custody file.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct CustodyFile {
    waylight: String,
    v: u8,
    /// Her signing key; without it what she did is checked by the tree alone.
    pub(super) hers: Option<Exact<32>>,
    /// By which the log's name of a piece is reckoned.
    pub(super) pieces: Vec<Piece>,
    /// The words given for what was done.
    pub(super) reasons: Vec<String>,
    pub(super) found: CustodyFound,
}

/// A piece of evidence.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Piece {
    pub(super) salt: Exact<16>,
    pub(super) sha256: Exact<32>,
}

impl CustodyFile {
    /// What was found, of no case.
    pub(super) fn of(found: CustodyFound) -> Self {
        let (waylight, pieces, reasons) = ("custody".to_owned(), Vec::new(), Vec::new());
        Self { waylight, v: 1, hers: None, pieces, reasons, found }
    }

    /// Whether this program reads it.
    pub(super) fn is_known(&self) -> bool {
        self.waylight == "custody" && self.v == 1
    }
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// A head is not signed by this log.
    HeadNotSigned,
    /// The row is gone.
    Missing,
    /// It is no event, or not the one that was signed.
    Changed,
    /// No device of the log of keys has signed it.
    DeviceUnproved,
    /// Before it, an event of the same piece is missing.
    OneBeforeItMissing,
    /// One that is not shown here, before this place, was changed.
    ChangedBefore,
    /// It stood in a file kept from before, and is not here.
    WasHereBefore,
}

/// An entry that is wrong, by its number in the log, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Wrong {
    /// Its number.
    pub(super) entry: u64,
    /// What is wrong.
    pub(super) what: What,
}

impl fmt::Display for Wrong {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.entry;
        match self.what {
            What::HeadNotSigned => write!(into, "a head is not signed by this log"),
            What::Missing => write!(into, "entry {entry} is gone"),
            What::Changed => write!(into, "entry {entry} was changed"),
            What::DeviceUnproved => write!(into, "entry {entry} is signed by no known device"),
            What::OneBeforeItMissing => {
                write!(into, "before entry {entry} one of the same piece is missing")
            }
            What::ChangedBefore => write!(into, "an entry before {entry} was changed"),
            What::WasHereBefore => write!(into, "entry {entry} stood here before, and does not"),
        }
    }
}

/// What a check says.
#[derive(Serialize)]
pub(super) struct Report {
    /// Whether nothing is wrong.
    pub(super) whole: bool,
    /// The first that is.
    pub(super) first_wrong: Option<Wrong>,
    /// All that is, the first first.
    pub(super) wrong: Vec<Wrong>,
    /// Entries shown.
    pub(super) entries: usize,
    /// Of them, those no head is signed over yet.
    pub(super) not_signed_yet: usize,
    /// Of them, those of hers whose signature could not be checked: her key is not in the file.
    pub(super) not_checked: usize,
    /// Entries of the whole log under its newest head.
    pub(super) log_entries: u64,
    /// The hour of that head, UTC milliseconds.
    pub(super) signed_at: Option<u64>,
    /// Events whose reason is in the file's words.
    pub(super) reasons: BTreeMap<u64, String>,
    /// Files that were compared: which piece of the file each is, from 1.
    pub(super) evidence: Vec<Compared>,
    #[serde(skip)]
    pieces: Vec<Piece>,
}

/// A file that was compared.
#[derive(Serialize)]
pub(super) struct Compared {
    file: String,
    piece: Option<usize>,
}

impl Report {
    /// Says which piece a file is.
    pub(super) fn compare(&mut self, file: String, hash: Hash) {
        let piece = self.pieces.iter().position(|piece| piece.sha256.0 == hash);
        self.evidence.push(Compared { file, piece: piece.map(|at| at + 1) });
    }
}

/// The hash of what is read, in pieces.
pub(super) fn hash_of(mut content: impl Read) -> std::io::Result<Hash> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            return Ok(hasher.finalize().into());
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Checks a custody file: heads, signatures, numbers without a gap, and the tree.
pub(super) fn check(file: &CustodyFile, log_key: &[u8; 32], earlier: &[CustodyFile]) -> Report {
    let found = &file.found;
    let mut wrong = BTreeSet::new();
    let heads = heads(found, log_key, &mut wrong);
    let newest = heads.last().copied();
    let size = newest.map_or(0, |head| head.size);
    let devices = devices(found, log_key);
    let hers = file.hers.map(|key| key.0);
    let mut not_checked = 0;
    let mut next: HashMap<Hash, u64> = HashMap::new();
    let mut reasons = BTreeMap::new();
    let mut events: Vec<&CustodyEvent> = found.events.iter().collect();
    events.sort_by_key(|one| one.place);
    for one in &events {
        let entry = one.place.saturating_add(1);
        let Ok(event) = Event::read(&one.event.0) else {
            wrong.insert(Wrong { entry, what: What::Changed });
            continue;
        };
        let key = if event.is_hers() { hers } else { devices.get(&whose(&event)).copied() };
        match key {
            Some(key) if Event::verify(&one.event.0, &key, &one.signature.0).is_err() => {
                wrong.insert(Wrong { entry, what: What::Changed });
            }
            Some(_) => {}
            None if event.is_hers() => not_checked += 1,
            None => {
                wrong.insert(Wrong { entry, what: What::DeviceUnproved });
            }
        }
        let expected = next.insert(event.leaf, event.seq.saturating_add(1)).unwrap_or(1);
        if event.seq != expected {
            wrong.insert(Wrong { entry, what: What::OneBeforeItMissing });
        }
        let said =
            file.reasons.iter().find(|words| custody::reason_hash(words) == event.reason_hash);
        if let Some(words) = said.filter(|words| !words.is_empty()) {
            reasons.insert(entry, words.clone());
        }
    }
    tree(found, &heads, &mut wrong);
    for before in earlier {
        kept(found, before, &mut wrong);
    }
    let wrong: Vec<Wrong> = wrong.into_iter().collect();
    Report {
        whole: wrong.is_empty(),
        first_wrong: wrong.first().copied(),
        entries: events.len(),
        not_signed_yet: events.iter().filter(|one| one.place >= size).count(),
        not_checked,
        log_entries: size,
        signed_at: newest.map(|head| head.at),
        reasons,
        evidence: Vec::new(),
        pieces: file.pieces.clone(),
        wrong,
    }
}

const fn whose(event: &Event) -> (TeamId, DeviceId) {
    (event.team, event.device)
}

/// The heads that this log has signed, the smallest first.
fn heads(found: &CustodyFound, log_key: &[u8; 32], wrong: &mut BTreeSet<Wrong>) -> Vec<Head> {
    let mut heads = Vec::new();
    for one in &found.heads {
        match verify_head(&one.head.0, log_key, &one.signature.0) {
            Ok(head) => heads.push(head),
            Err(_not) => {
                wrong.insert(Wrong { entry: 0, what: What::HeadNotSigned });
            }
        }
    }
    heads.sort_by_key(|head| head.size);
    heads
}

/// The signing keys of the devices that the log of keys has.
fn devices(found: &CustodyFound, log_key: &[u8; 32]) -> HashMap<(TeamId, DeviceId), [u8; 32]> {
    let signed = found.keys_head.as_ref().zip(found.keys_signature.as_ref());
    let head = signed.and_then(|(head, signature)| {
        let read = Head::read(&head.0).ok()?;
        read.verify(log_key, &signature.0).ok().map(|()| read)
    });
    let Some(head) = head else { return HashMap::new() };
    let proved = found.devices.iter().filter_map(|one| {
        let entry = Entry::read(&one.entry.0).ok()?.device().ok()?;
        let steps: Vec<Hash> = one.proof.iter().map(|step| step.0).collect();
        let leaf = merkle::leaf(&one.entry.0);
        merkle::included(&leaf, one.index, head.size, &head.root, &steps).ok()?;
        Some(((entry.team, entry.device), entry.signing_key))
    });
    proved.collect()
}

/// Adds the tree up: a place with nothing in it is gone; where all are there and the sum is another,
/// the first head that does not fit says before which entry one was changed.
fn tree(found: &CustodyFound, heads: &[Head], wrong: &mut BTreeSet<Wrong>) {
    let Some(newest) = heads.last() else { return };
    let own: BTreeMap<u64, Hash> =
        found.events.iter().map(|one| (one.place, merkle::leaf(&one.event.0))).collect();
    let rest = found.rest.iter().map(|one| ((one.from, one.count), one.hash.0));
    let rest: HashMap<(u64, u64), Hash> = rest.collect();
    let mut missing = Vec::new();
    let root = add(0, newest.size, &own, &rest, &mut missing);
    if !missing.is_empty() {
        let gone = |place: &u64| Wrong { entry: place + 1, what: What::Missing };
        wrong.extend(missing.iter().map(gone));
        return;
    }
    let fits = |head: &Head, root: Option<Hash>| root == Some(head.root);
    if fits(newest, root) {
        return;
    }
    // One of those that are shown may have been named already: then it is that one.
    if wrong.iter().any(|one| one.what == What::Changed && one.entry <= newest.size) {
        return;
    }
    let whole = found.rest.is_empty();
    let prefix = |head: &&Head| {
        let mut missing = Vec::new();
        whole && !fits(head, add(0, head.size, &own, &rest, &mut missing))
    };
    let first = heads.iter().find(prefix).unwrap_or(newest);
    wrong.insert(Wrong { entry: first.size + 1, what: What::ChangedBefore });
}

/// The root over places from `from` on, so many; notes the places that nothing is known of.
fn add(
    from: u64,
    count: u64,
    own: &BTreeMap<u64, Hash>,
    rest: &HashMap<(u64, u64), Hash>,
    missing: &mut Vec<u64>,
) -> Option<Hash> {
    if let Some(hash) = rest.get(&(from, count)) {
        return Some(*hash);
    }
    if count <= 1 {
        let leaf = own.get(&from).copied();
        if leaf.is_none() && missing.len() < MISSING_NAMED {
            missing.push(from);
        }
        return leaf;
    }
    // A file that says its log is endless is read no further than it names anything.
    if missing.len() >= MISSING_NAMED {
        return None;
    }
    let half = 1 << (count - 1).ilog2();
    let left = add(from, half, own, rest, missing);
    let right = add(from + half, count - half, own, rest, missing);
    left.zip(right).map(|(left, right)| node(&left, &right))
}

/// So many missing entries are named.
const MISSING_NAMED: usize = 100;

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// What stood in a file from before stands here, too.
fn kept(found: &CustodyFound, before: &CustodyFile, wrong: &mut BTreeSet<Wrong>) {
    let now: BTreeMap<u64, &CustodyEvent> =
        found.events.iter().map(|one| (one.place, one)).collect();
    for one in &before.found.events {
        if now.get(&one.place).is_none_or(|there| there.event.0 != one.event.0) {
            wrong.insert(Wrong { entry: one.place.saturating_add(1), what: What::WasHereBefore });
        }
    }
}
