//! What a thief of the whole machine finds: files, write-ahead log, temporary files, the log, and the
//! memory of the running server, core dump included, after a report, a photograph, an entry of the
//! work, a message and a letter to another center were sent with words that stand nowhere else.

use crate::{
    browser::{Chosen, Her, Sent, Worker, chance, looked_up, post, text},
    city::City,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use seal::{
    compartment::Kind,
    custody::leaf,
    directory::Service,
    file::{self, Layout, Place},
    id::{FileId, ReferralId},
    key::PublicKey,
    letter::{LetterPlace, Written, close},
    secret::FileKey,
    team::Epoch,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::Path,
    process::{Command, Stdio},
};

const TOLD: &str = "카나리아사백 지난 화요일 밤 신림역 뒤 골목";
const FILE_NAME: &str = "canary-IMG_20261124_2231.heic";
/// What a camera writes into a photograph.
const CAMERA: &str = "Exif Canary-Camera-9876 37.4842N 126.9297E";
const LETTER: &str = "카나리아육백 오늘 밤 방 하나 부탁드려요";
const ENTRY: &str = "카나리아오백 다음 주 목요일 두 시에 쉼터";
/// In pieces of this size memory is read.
const PIECE: usize = 1 << 20;

/// How a text may stand in memory or on disk: as it is, as JSON escapes it, in UTF-16, in base64 at
/// each of the three places it may begin at.
fn spellings(text: &str) -> Vec<(String, Vec<u8>)> {
    let escaped = text.encode_utf16().fold(String::new(), |mut escaped, unit| {
        // Writing to a string cannot fail.
        let _ = write!(escaped, "\\u{unit:04x}");
        escaped
    });
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all = vec![
        (format!("{text:?} as it is"), text.as_bytes().to_vec()),
        (format!("{text:?} escaped"), escaped.into_bytes()),
        (format!("{text:?} in UTF-16"), utf16),
    ];
    for skipped in 0..3 {
        let part = &text.as_bytes()[skipped..];
        let whole = part.len() / 3 * 3;
        all.push((
            format!("in base64 from {skipped}"),
            STANDARD.encode(&part[..whole]).into_bytes(),
        ));
    }
    all
}

/// What is looked for, and by which two bytes each of it begins: hundreds of megabytes are gone through
/// by a program that nobody has optimized.
struct Needles {
    all: Vec<(String, Vec<u8>)>,
    begins: Vec<bool>,
}

impl Needles {
    fn of(all: Vec<(String, Vec<u8>)>) -> Self {
        let mut begins = vec![false; 1 << 16];
        for (_, needle) in &all {
            begins[usize::from(needle[0]) << 8 | usize::from(needle[1])] = true;
        }
        Self { all, begins }
    }

    /// Notes which of them are in these bytes.
    fn look(&self, bytes: &[u8], found: &mut [bool]) {
        let mut before = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let pair = before << 8 | usize::from(*byte);
            before = usize::from(*byte);
            if !self.begins[pair] || at == 0 {
                continue;
            }
            for ((_, needle), found) in self.all.iter().zip(found.iter_mut()) {
                *found = *found || bytes[at - 1..].starts_with(needle);
            }
        }
    }
}

/// What of the needles is in a reader, piece by piece, each overlapping the next.
fn searched(mut bytes: impl Read, needles: &Needles, found: &mut [bool]) -> u64 {
    let overlap = needles.all.iter().map(|(_, needle)| needle.len()).max().unwrap_or(1);
    let (mut kept, mut piece, mut all) = (Vec::new(), vec![0; PIECE], 0);
    let nothing = vec![0; PIECE + overlap];
    while let Ok(count @ 1..) = bytes.read(&mut piece) {
        all += count as u64;
        kept.extend_from_slice(&piece[..count]);
        // Most of a process's memory was never written to.
        if kept != nothing[..kept.len()] {
            needles.look(&kept, found);
        }
        kept.drain(..kept.len().saturating_sub(overlap));
    }
    all
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// The memory a process may write to, searched where it lies: the rest is its program. `None` where
/// this machine does not let one process read another's.
fn memory(pid: u32, needles: &Needles, found: &mut [bool]) -> Option<u64> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut all = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, allowed) = (words.next()?, words.next()?);
        if !allowed.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-')?;
        let from = u64::from_str_radix(from, 16).ok()?;
        let length = u64::from_str_radix(to, 16).ok()? - from;
        memory.seek(SeekFrom::Start(from)).ok()?;
        all += searched((&mut memory).take(length), needles, found);
    }
    Some(all)
}

/// A core dump of the running process by `gcore`; `None` where there is none, or it may not.
fn core(pid: u32, folder: &Path) -> Option<std::path::PathBuf> {
    let dumped = Command::new("gcore")
        .args(["-o", folder.join("core").to_str()?, &pid.to_string()])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let path = folder.join(format!("core.{pid}"));
    (dumped.status.success() && path.exists()).then_some(path)
}

/// Said aloud at a desk, a failure in CI.
fn skipped(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    eprintln!("SKIPPED: {why}");
}

/// Looks through everything for these words.
fn look(city: &City, folder: &Path, log: &[String], needles: &Needles) -> Vec<String> {
    let mut hits = Vec::new();
    let mut note = |place: &str, found: &[bool]| {
        for ((spelling, _), _) in needles.all.iter().zip(found).filter(|(_, found)| **found) {
            hits.push(format!("{spelling} in {place}"));
        }
    };
    let nothing = || vec![false; needles.all.len()];
    for root in [&city.dir, &city.temporary] {
        for path in files(root) {
            let mut found = nothing();
            searched(File::open(&path).unwrap(), needles, &mut found);
            note(&path.display().to_string(), &found);
        }
    }
    let mut found = nothing();
    searched(log.join("\n").as_bytes(), needles, &mut found);
    note("the log", &found);
    let mut found = nothing();
    match memory(city.pid(), needles, &mut found) {
        Some(bytes) => assert!(bytes > 1 << 20, "a server has more memory than {bytes} bytes"),
        None => skipped("this machine lets nobody read another process's memory"),
    }
    note("memory", &found);
    match core(city.pid(), folder) {
        Some(path) => {
            let mut found = nothing();
            searched(File::open(&path).unwrap(), needles, &mut found);
            fs::remove_file(&path).unwrap();
            note("the core dump", &found);
        }
        // The memory it is written from was searched above, so a machine without gdb loses nothing.
        None => eprintln!("SKIPPED: no core dump: gcore is missing or may not"),
    }
    hits
}

/// She adds a photograph, as her browser closes it.
async fn adds_a_photograph(city: &City, her: &Her, sent: &Sent) {
    let mut rng = chance(21);
    let number = [9; 16];
    let place = Place { case: sent.manifest.case, file: FileId(number) };
    let key = FileKey::draw(&mut rng);
    let content = [CAMERA.as_bytes(), &[7; 5_000]].concat();
    let parts = file::close(&key, &place, &content).ok().unwrap();
    let hash = Sha256::digest(&content).into();
    let padded = Layout::of(content.len() as u64).unwrap().padded();
    let begun =
        json!({ "file": text(number), "leaf": text(leaf(&number, &hash)), "padded": padded });
    let part = json!({ "file": text(number), "part": 0, "closed": text(&parts[0]) });
    for (verb, name, what) in [("begin", "begun", begun), ("part", "sent", part)] {
        let proof = her.proof(city).await;
        let body = json!({ "proof": proof, "case": text(sent.manifest.case.0), name: what });
        post(city, &format!("mailbox/file/{verb}"), body).await.ok();
    }
}

/// The center refers her to another.
async fn refers(city: &City, counsel: &Worker, other: &Worker) {
    let referral = ReferralId([5; 16]);
    let place = LetterPlace::of(referral, 1).unwrap();
    let of = |one: &Worker| (Epoch { team: one.team, number: one.epoch }, one.key.public());
    let ((from, own), (to, theirs)) = (of(counsel), of(other));
    let says = format!("{{\"v\":1,\"letter\":\"referral\",\"ask\":\"{LETTER}\"}}");
    let letter =
        close(&place, says.as_bytes(), (from, &own), (to, &theirs), &mut chance(22)).unwrap();
    let written =
        Written::of(place, counsel.team, other.team, &letter.closed, &letter.wraps).unwrap();
    let wraps: Vec<_> = letter.wraps.each().iter().map(text).collect();
    let body = json!({
        "device": text(counsel.id.0), "referral": text(referral.0), "purpose": 1,
        "to": text(other.team.0), "end_hash": text(Sha256::digest([7; 32])),
        "letter": {
            "number": 1, "closed": text(&letter.closed), "wraps": wraps,
            "signature": text(written.sign(&counsel.device.signer())),
        },
    });
    counsel.post(city, "referral", body).await.ok();
}

#[tokio::test]
async fn no_word_of_hers_is_in_files_log_memory_or_core_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let city = City::start(folder.path(), "debug");
    let part = city.part("counseling").await;
    let mut counsel = Worker::founds(&city, &part, Service::Counsel, 11).await;
    // Not a seed of the demo's: its invented people have their words in memory, to be shown.
    let mut her = Her::begins(&city, 9_017).await;
    let key = looked_up(&city, counsel.team).await.unwrap();
    let what = format!("{{\"v\":1,\"happened\":\"{TOLD}\",\"file\":\"{FILE_NAME}\"}}");
    let kinds = vec![Kind::Incident, Kind::Message, Kind::Casework];
    let report = her.reports(&what, &[Chosen { key, kinds }]);
    post(&city, "report", report.body.clone()).await.ok();
    let own = PublicKey::from_bytes(&report.manifest.public_key).unwrap();
    let (theirs, hers) = (counsel.key.public(), report.places[0]);
    let readers = [(hers, &own), (report.places[1], &theirs)];
    let entry = format!("{{\"v\":1,\"entry\":\"note\",\"text\":\"{ENTRY}\"}}");
    for kind in [Kind::Casework, Kind::Message] {
        let writing = counsel.writes(&report.manifest, (kind, 1), &entry, &readers);
        counsel.post(&city, "case/write", writing).await.ok();
    }
    adds_a_photograph(&city, &her, &report).await;
    let part = city.part("hospital").await;
    let hospital = Worker::founds(&city, &part, Service::Medical, 12).await;
    refers(&city, &counsel, &hospital).await;
    her.opens(&city).await.ok();
    counsel.finds(&city, report.manifest.case).await.ok();

    let log = city.lines();
    let words = her.words.join(" ");
    let hers = [
        TOLD,
        "신림역 뒤 골목",
        FILE_NAME,
        "Canary-Camera-9876",
        ENTRY,
        LETTER,
        "카나리아",
        &words,
    ];
    let mut needles: Vec<_> = hers.into_iter().flat_map(spellings).collect();
    // The same search finds what is there: the case's number on the disk, the folder's name in memory.
    needles.push(("there: the number".to_owned(), report.manifest.case.0.to_vec()));
    let folder_name = city.dir.display().to_string().into_bytes();
    needles.push(("there: the folder".to_owned(), folder_name));
    let hits = look(&city, folder.path(), &log, &Needles::of(needles));
    let (there, hers): (Vec<_>, Vec<_>) =
        hits.into_iter().partition(|hit| hit.starts_with("there: "));
    assert!(hers.is_empty(), "{hers:#?}");
    assert!(there.iter().any(|hit| hit.contains("city.sqlite")), "{there:?}");
    let memory = File::open(format!("/proc/{}/mem", city.pid())).is_ok();
    assert_eq!(there.iter().any(|hit| hit.ends_with("in memory")), memory, "{there:?}");
}
