use super::*;
use seal::directory::HEAD_AGE_MS;

const NOW: u64 = 1_795_000_000_000;

struct Stage {
    folder: tempfile::TempDir,
    log: Signer,
    leaves: Vec<seal::Hash>,
}

impl Stage {
    fn new() -> Self {
        let log = Signer::of(&Seed::from_bytes(&[7; 32]).ok().unwrap());
        let stage = Self { folder: tempfile::tempdir().unwrap(), log, leaves: Vec::new() };
        new(&stage.at("key")).unwrap();
        begin(&stage.at("memory.json"), &URL_SAFE_NO_PAD.encode(stage.log.public())).unwrap();
        stage
    }

    fn at(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// The log grows by one entry; what it answers to whoever has signed `since` entries.
    fn grown(&mut self, entry: &[u8], since: usize) -> HeadToWitness {
        self.leaves.push(merkle::leaf(entry));
        let size = self.leaves.len() as u64;
        let head = Head { size, root: merkle::root(&self.leaves), at: NOW };
        let consistency = merkle::prove_consistency(&self.leaves, since);
        HeadToWitness {
            signature: Some(head.sign(&self.log).to_vec().into()),
            head: Some(head.bytes().into()),
            witnesses: Vec::new(),
            consistency: consistency.into_iter().map(Exact).collect(),
        }
    }

    fn sign(&self, asked: &HeadToWitness, now: u64) -> Result<WitnessHead> {
        let now = Instant::from_millis(now as i64);
        sign(&self.at("key"), &self.at("memory.json"), asked, now)
    }

    fn since(&self) -> u64 {
        signed_last(&remembered(&self.at("memory.json")).unwrap())
            .unwrap()
            .map_or(0, |head| head.size)
    }
}

fn refused(signed: Result<WitnessHead>) -> String {
    format!("{:#}", signed.err().unwrap())
}

#[test]
fn heads_that_continue_one_another_are_signed_and_remembered() {
    let mut stage = Stage::new();
    for (entry, since) in [(&b"first"[..], 0), (b"second", 1), (b"third", 2)] {
        assert_eq!(stage.since(), since as u64);
        let asked = stage.grown(entry, since);
        let signed = stage.sign(&asked, NOW).unwrap();
        let head = Head::read(asked.head.as_ref().unwrap().as_ref()).unwrap();
        head.verify(&signed.key.0, signed.signature.as_ref()).unwrap();
    }
    assert_eq!(stage.since(), 3);
}

#[test]
fn a_second_history_is_not_signed_and_what_was_signed_stays_remembered() {
    let mut stage = Stage::new();
    let asked = stage.grown(b"first", 0);
    stage.sign(&asked, NOW).unwrap();
    stage.leaves = vec![merkle::leaf(b"another first")];
    let asked = stage.grown(b"second", 1);
    assert!(refused(stage.sign(&asked, NOW)).contains("heads_disagree"));
    assert_eq!(stage.since(), 1);
    // Nor is the first one, told again with another root.
    stage.leaves.clear();
    let asked = stage.grown(b"a third first", 0);
    assert!(refused(stage.sign(&asked, NOW)).contains("heads_disagree"));
}

#[test]
fn a_head_of_another_log_an_old_one_and_none_are_not_signed() {
    let mut stage = Stage::new();
    let asked = stage.grown(b"first", 0);
    let late = stage.sign(&asked, NOW + HEAD_AGE_MS + 1);
    assert!(refused(late).contains("head_too_old"));
    let by_another = Signer::of(&Seed::from_bytes(&[8; 32]).ok().unwrap());
    let head = Head::read(asked.head.as_ref().unwrap().as_ref()).unwrap();
    let forged =
        HeadToWitness { signature: Some(head.sign(&by_another).to_vec().into()), ..asked.clone() };
    assert!(refused(stage.sign(&forged, NOW)).contains("head_not_signed"));
    let none = HeadToWitness { head: None, ..asked };
    assert!(refused(stage.sign(&none, NOW)).contains("no head yet"));
    assert_eq!(stage.since(), 0);
}

#[test]
fn a_key_and_a_memory_are_never_written_over() {
    let stage = Stage::new();
    let key = fs::read(stage.at("key")).unwrap();
    assert!(new(&stage.at("key")).is_err());
    assert!(begin(&stage.at("memory.json"), &URL_SAFE_NO_PAD.encode([9; 32])).is_err());
    assert_eq!(fs::read(stage.at("key")).unwrap(), key);
}
