use super::check::{Piece, What};
use super::*;
use seal::{
    custody::{Action, Event, leaf, reason_hash, sign_head},
    directory::{DeviceEntry, Entry, Head, merkle},
    id::{DeviceId, TeamId},
    secret::Seed,
    sign::Signer,
};
use wire::onestop::{
    Bytes, CustodyDevice, CustodyEvent, CustodyFound, CustodyHead, CustodyRest, Exact,
};

const HOUR: u64 = 1_795_000_000_000 / 3_600_000 * 3_600_000;

fn signer(seed: u8) -> Signer {
    Signer::of(&Seed::from_bytes(&[seed; 32]).ok().unwrap())
}

struct Stage {
    log: Signer,
    her: Signer,
    worker: Signer,
    events: Vec<CustodyEvent>,
}

impl Stage {
    /// One piece: she sends it, a caseworker opens it, copies it out, opens it again; and another
    /// woman's between.
    fn new() -> Self {
        let mut stage =
            Self { log: signer(1), her: signer(2), worker: signer(3), events: Vec::new() };
        stage.says(1, 7, Action::Received, true, "");
        stage.says(1, 8, Action::Received, true, "");
        stage.says(2, 7, Action::Opened, false, "");
        stage.says(3, 7, Action::CopiedOut, false, "for the court");
        stage.says(4, 7, Action::Opened, false, "");
        stage
    }

    fn says(&mut self, seq: u64, piece: u8, action: Action, hers: bool, why: &str) {
        let event = Event {
            seq,
            leaf: leaf(&[piece; 16], &[piece; 32]),
            action,
            team: if hers { TeamId::HERSELF } else { TeamId([5; 16]) },
            device: if hers { Event::HERS } else { DeviceId([6; 16]) },
            at: HOUR,
            reason_hash: reason_hash(why),
        };
        let by = if hers { &self.her } else { &self.worker };
        self.events.push(CustodyEvent {
            place: self.events.len() as u64,
            event: Bytes(event.bytes().unwrap()),
            signature: Bytes(event.sign(by).unwrap().to_vec()),
        });
    }

    fn head(&self, size: usize) -> CustodyHead {
        let leaves: Vec<_> =
            self.events.iter().take(size).map(|one| merkle::leaf(&one.event.0)).collect();
        let head = Head { size: size as u64, root: merkle::root(&leaves), at: HOUR };
        let signature = Bytes(sign_head(&head, &self.log).to_vec());
        CustodyHead { head: Bytes(head.bytes()), signature }
    }

    /// As a center saves it: the other woman's event is a hash.
    fn file(&self) -> CustodyFile {
        let entry = Entry::from(DeviceEntry {
            team: TeamId([5; 16]),
            device: DeviceId([6; 16]),
            signing_key: self.worker.public(),
            public_key: [9; 1_216],
            valid_from: HOUR,
            valid_to: HOUR + 1,
        });
        let entry = entry.bytes().unwrap();
        let keys = Head { size: 1, root: merkle::root(&[merkle::leaf(&entry)]), at: HOUR };
        let foreign = &self.events[1];
        let mut file = CustodyFile::of(CustodyFound {
            heads: vec![self.head(5)],
            events: self.events.iter().filter(|one| one.place != 1).cloned().collect(),
            rest: vec![CustodyRest {
                from: 1,
                count: 1,
                hash: Exact(merkle::leaf(&foreign.event.0)),
            }],
            devices: vec![CustodyDevice { entry: Bytes(entry), index: 0, proof: Vec::new() }],
            keys_head: Some(Bytes(keys.bytes())),
            keys_signature: Some(Bytes(keys.sign(&self.log).to_vec())),
        });
        file.hers = Some(Exact(self.her.public()));
        file.pieces = vec![Piece { salt: Exact([7; 16]), sha256: Exact([7; 32]) }];
        file.reasons = vec!["for the court".to_owned()];
        file
    }

    /// The whole log with a head after each entry, as who keeps the database prints it.
    fn whole(&self) -> CustodyFile {
        let mut file = self.file();
        file.hers = None;
        file.found.events.clone_from(&self.events);
        file.found.rest.clear();
        file.found.heads = (1..=5).rev().map(|size| self.head(size)).collect();
        file
    }

    fn first(&self, file: &CustodyFile) -> Option<(u64, What)> {
        check(file, &self.log.public(), &[]).first_wrong.map(|one| (one.entry, one.what))
    }
}

#[test]
fn a_file_as_it_was_saved_is_whole() {
    let stage = Stage::new();
    let mut report = check(&stage.file(), &stage.log.public(), &[]);
    assert!(report.whole, "{:?}", report.wrong);
    assert_eq!((report.entries, report.log_entries, report.signed_at), (4, 5, Some(HOUR)));
    assert_eq!(report.reasons.get(&4).map(String::as_str), Some("for the court"));
    report.compare("a".to_owned(), [7; 32]);
    report.compare("b".to_owned(), [8; 32]);
    let said = serde_json::to_value(&report).unwrap();
    assert_eq!(said["evidence"][0]["piece"], 1);
    assert_eq!(said["evidence"][1]["piece"], serde_json::Value::Null);
    let text = serde_json::to_string(&stage.file()).unwrap();
    assert!(check(&serde_json::from_str(&text).unwrap(), &stage.log.public(), &[]).whole);
    let whole = check(&stage.whole(), &stage.log.public(), &[]);
    assert!(whole.whole && whole.not_checked == 2);
}

#[test]
fn an_entry_that_is_gone_is_named() {
    let stage = Stage::new();
    let mut file = stage.file();
    file.found.events.retain(|one| one.place != 2);
    assert_eq!(stage.first(&file), Some((3, What::Missing)));
    let mut cut = stage.file();
    cut.found.events.retain(|one| one.place != 4);
    assert_eq!(stage.first(&cut), Some((5, What::Missing)), "the last one, too");
    let mut foreign = stage.file();
    foreign.found.rest.clear();
    assert_eq!(stage.first(&foreign), Some((2, What::Missing)), "another woman's, too");
}

#[test]
fn an_entry_that_was_changed_is_named() {
    let stage = Stage::new();
    for (byte, entry) in [(45, 1), (100, 3), (9, 4)] {
        let mut file = stage.file();
        let place = entry - 1;
        let one = file.found.events.iter_mut().find(|one| one.place == place).unwrap();
        one.event.0[byte] ^= 1;
        assert_eq!(stage.first(&file).map(|(entry, _)| entry), Some(entry), "byte {byte}");
    }
    let mut file = stage.file();
    file.found.events[1].signature.0[3] ^= 1;
    assert_eq!(stage.first(&file), Some((3, What::Changed)));
    // Signed anew by a key that no log knows.
    let mut forged = Stage::new();
    forged.worker = signer(9);
    forged.events.truncate(2);
    forged.says(2, 7, Action::Opened, false, "");
    let mut file = stage.file();
    file.found.events[1] = forged.events[2].clone();
    assert_eq!(stage.first(&file), Some((3, What::Changed)));
    let mut unknown = stage.file();
    unknown.found.devices.clear();
    assert_eq!(stage.first(&unknown), Some((3, What::DeviceUnproved)));
    // Another woman's, known by its hash only.
    let mut foreign = stage.file();
    foreign.found.rest[0].hash.0[0] ^= 1;
    assert_eq!(stage.first(&foreign), Some((6, What::ChangedBefore)));
}

#[test]
fn in_the_whole_log_the_first_head_that_does_not_fit_says_where() {
    let stage = Stage::new();
    let mut file = stage.whole();
    // Hers, whose key is not in the file: only the tree knows.
    file.found.events[1].event.0[100] ^= 1;
    assert_eq!(stage.first(&file), Some((3, What::ChangedBefore)));
}

#[test]
fn numbers_of_a_piece_leave_none_out_even_when_the_tree_does_not_yet_know() {
    let stage = Stage::new();
    let mut file = stage.file();
    file.found.heads = vec![stage.head(2)];
    file.found.events.retain(|one| one.place != 2);
    assert_eq!(stage.first(&file), Some((4, What::OneBeforeItMissing)));
}

#[test]
fn another_logs_head_and_one_kept_from_before_are_noticed() {
    let stage = Stage::new();
    let report = check(&stage.file(), &signer(8).public(), &[]);
    assert_eq!(report.first_wrong.unwrap().what, What::HeadNotSigned);
    // The last entry cut off, with every head that knew it: only an earlier file still does.
    let mut cut = stage.file();
    cut.found.heads = vec![stage.head(4)];
    cut.found.events.retain(|one| one.place != 4);
    assert!(check(&cut, &stage.log.public(), &[]).whole);
    let report = check(&cut, &stage.log.public(), &[stage.file()]);
    let first = report.first_wrong.unwrap();
    assert_eq!((first.entry, first.what), (5, What::WasHereBefore));
}

#[test]
fn a_file_that_lies_about_its_length_ends_nowhere_else() {
    let stage = Stage::new();
    let mut file = stage.file();
    let head = Head { size: u64::MAX, root: [1; 32], at: HOUR };
    let signature = Bytes(sign_head(&head, &stage.log).to_vec());
    file.found.heads = vec![CustodyHead { head: Bytes(head.bytes()), signature }];
    assert!(!check(&file, &stage.log.public(), &[]).whole);
}

#[test]
fn a_file_is_hashed_as_it_is_read() {
    let content = vec![7; (2 << 20) + 5];
    let hash = hash_of(content.as_slice()).unwrap();
    assert_eq!(hash, <[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(&content)));
}

/// A city's database with this log in it, a head signed over all of it.
async fn database(stage: &Stage, dir: &Path) -> store::Store {
    let keys = store::Keys::open_or_create(dir).unwrap();
    let location = store::Location::Sqlite(dir.to_owned());
    let store = store::Store::open(location, keys, "gwanak").await.unwrap();
    let head = stage.head(5);
    store
        .transact("test::custody", async |tx| {
            for one in &stage.events {
                tx.custody_append(&one.event.0, &one.signature.0).await?;
            }
            let kept = store::CustodyHead {
                size: 5,
                head: head.head.0.clone(),
                signature: head.signature.0.clone(),
            };
            tx.custody_head_put(&kept).await
        })
        .await
        .unwrap();
    store
}

async fn sql(dir: &Path, text: &'static str) {
    use sqlx::Connection;
    let url = format!("sqlite://{}", dir.join("city.sqlite").display());
    let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
    sqlx::query(text).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

/// What a check says of the log as the database has it now.
async fn first_of(stage: &Stage, store: &store::Store) -> Option<(u64, What)> {
    let mut file = CustodyFile::of(server::whole_custody(store).await.unwrap());
    file.hers = Some(Exact(stage.her.public()));
    // This database has no log of keys; whose the device is comes from the stage's.
    let known = stage.file().found;
    file.found.devices = known.devices;
    file.found.keys_head = known.keys_head;
    file.found.keys_signature = known.keys_signature;
    stage.first(&file)
}

#[tokio::test]
async fn a_row_deleted_in_sql_is_found_by_its_number() {
    let stage = Stage::new();
    let dir = tempfile::tempdir().unwrap();
    let store = database(&stage, dir.path()).await;
    assert_eq!(first_of(&stage, &store).await, None);
    sql(dir.path(), "delete from onestop_custody where place = 2").await;
    assert_eq!(first_of(&stage, &store).await, Some((3, What::Missing)));
    // The numbers of those after it closed up, as if it had never been.
    sql(dir.path(), "update onestop_custody set place = place - 1 where place = 3").await;
    sql(dir.path(), "update onestop_custody set place = place - 1 where place = 4").await;
    assert_eq!(first_of(&stage, &store).await, Some((3, What::OneBeforeItMissing)));
    store.close().await;
}

#[tokio::test]
async fn a_row_changed_in_sql_is_found_by_its_number() {
    let stage = Stage::new();
    let dir = tempfile::tempdir().unwrap();
    let store = database(&stage, dir.path()).await;
    // "Copied out" becomes "opened", as somebody else of the center has noted it.
    let text = "update onestop_custody set event = \
                (select event from onestop_custody where place = 4) where place = 3";
    sql(dir.path(), text).await;
    assert_eq!(first_of(&stage, &store).await, Some((4, What::Changed)));
    store.close().await;
}

#[tokio::test]
async fn the_last_row_deleted_in_sql_is_found_and_its_place_is_not_given_again() {
    let stage = Stage::new();
    let dir = tempfile::tempdir().unwrap();
    let store = database(&stage, dir.path()).await;
    sql(dir.path(), "delete from onestop_custody where place = 4").await;
    assert_eq!(first_of(&stage, &store).await, Some((5, What::Missing)));
    let one = &stage.events[4];
    let again = store.transact("test::again", async |tx| {
        tx.custody_append(&one.event.0, &one.signature.0).await
    });
    assert_eq!(again.await.unwrap(), 5);
    assert_eq!(first_of(&stage, &store).await, Some((5, What::Missing)));
    store.close().await;
}
