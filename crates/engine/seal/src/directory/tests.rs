use super::*;
use crate::{
    id::{DeviceId, TeamId},
    tests::{cuts, flips, key, refused, signer},
};
use proptest::prelude::*;

const NOW: u64 = 1_500;

fn team_key(team: u8) -> TeamKeyEntry {
    TeamKeyEntry {
        team: TeamId([team; 16]),
        epoch: 1,
        service: Service::Counsel,
        public_key: key(u64::from(team)).public().bytes(),
        valid_from: 1_000,
        valid_to: 2_000,
    }
}

fn entry(team: u8) -> Entry {
    team_key(team).into()
}

fn device(team: u8) -> DeviceEntry {
    DeviceEntry {
        team: TeamId([team; 16]),
        device: DeviceId([team + 100; 16]),
        signing_key: signer(u64::from(team)).public(),
        public_key: key(u64::from(team)).public().bytes(),
        valid_from: 1_000,
        valid_to: 2_000,
    }
}

/// A log of some entries, and what a page gets of its entry 2.
struct Log {
    entry: Vec<u8>,
    head: Head,
    leaves: Vec<Hash>,
    inclusion: Vec<Hash>,
    signature: [u8; 64],
    witnesses: Vec<([u8; 32], [u8; 64])>,
    consistency: Vec<Hash>,
}

/// Signers: 1 the log, 2 to 4 the witnesses, 5 nobody.
fn log(size: u8, at: u64) -> Log {
    let entries: Vec<Vec<u8>> = (1..=size).map(|team| entry(team).bytes().unwrap()).collect();
    let leaves: Vec<Hash> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
    let head = Head { size: u64::from(size), root: merkle::root(&leaves), at };
    Log {
        entry: entries[2].clone(),
        head,
        inclusion: merkle::prove_inclusion(&leaves, 2),
        leaves,
        signature: head.sign(&signer(1)),
        witnesses: [2, 3].map(|seed| (signer(seed).public(), head.sign(&signer(seed)))).into(),
        consistency: Vec::new(),
    }
}

impl Log {
    /// Signs another head as everybody who should.
    fn signed(mut self, head: Head) -> Self {
        self.head = head;
        self.signature = head.sign(&signer(1));
        self.witnesses =
            [2, 3].map(|seed| (signer(seed).public(), head.sign(&signer(seed)))).into();
        self
    }

    fn taken(&self, used: Option<&Head>, now: u64) -> Result<(Entry, Head), Refusal> {
        self.shown(&self.head.bytes(), used, now)
    }

    fn shown(&self, head: &[u8], used: Option<&Head>, now: u64) -> Result<(Entry, Head), Refusal> {
        let trust = Trust {
            log_key: signer(1).public(),
            witness_keys: [2, 3, 4].map(|seed| signer(seed).public()).into(),
        };
        let witnesses: Vec<Witnessed<'_>> =
            self.witnesses.iter().map(|(key, signature)| Witnessed { key, signature }).collect();
        let signed = SignedHead {
            head,
            signature: &self.signature,
            witnesses: &witnesses,
            consistency: &self.consistency,
        };
        let claim = Claim { entry: &self.entry, index: 2, inclusion: &self.inclusion, signed };
        trust.take(&claim, used, now)
    }
}

#[test]
fn an_entry_is_taken_when_everything_holds() {
    let log = log(5, 100);
    assert_eq!(log.taken(None, NOW), Ok((entry(3), log.head)));
    assert_eq!(log.taken(Some(&log.head), NOW), Ok((entry(3), log.head)));
}

#[test]
fn forms_read_as_they_were_written() {
    let (entry, head) = (entry(1), Head { size: 3, root: [4; 32], at: 5 });
    let bytes = entry.bytes().unwrap();
    assert_eq!((bytes.len(), Entry::read(&bytes)), (1_254, Ok(entry.clone())));
    assert_eq!((head.bytes().len(), Head::read(&head.bytes())), (49, Ok(head)));
    for broken in cuts(&bytes) {
        assert_eq!(Entry::read(&broken), Err(Refusal::FormBroken));
    }
    for broken in cuts(&head.bytes()) {
        assert_eq!(Head::read(&broken), Err(Refusal::FormBroken));
    }
    let wrong: [Entry; 5] = [
        TeamKeyEntry { team: TeamId::HERSELF, ..team_key(1) }.into(),
        TeamKeyEntry { epoch: 0, ..team_key(1) }.into(),
        TeamKeyEntry { valid_to: 1_000, ..team_key(1) }.into(),
        DeviceEntry { team: TeamId::HERSELF, ..device(1) }.into(),
        DeviceEntry { valid_to: 1_000, ..device(1) }.into(),
    ];
    for wrong in wrong {
        assert_eq!(wrong.bytes(), Err(Refusal::FormBroken));
    }
    for number in [0, 7, 255] {
        assert_eq!(Service::of_number(number), Err(Refusal::FormBroken));
    }
}

#[test]
fn an_entry_is_of_one_form_or_the_other() {
    let of_device = Entry::from(device(3));
    let bytes = of_device.bytes().unwrap();
    assert_eq!((bytes.len(), Entry::read(&bytes)), (1_297, Ok(of_device.clone())));
    for broken in cuts(&bytes) {
        assert_eq!(Entry::read(&broken), Err(Refusal::FormBroken));
    }
    for form in [0, 1, 3, 255] {
        let broken = [&[form], &bytes[1..]].concat();
        assert_eq!(Entry::read(&broken), Err(Refusal::FormBroken));
    }
    assert_eq!(of_device.clone().device(), Ok(device(3)));
    assert_eq!(of_device.clone().team_key(), Err(Refusal::FormBroken));
    assert_eq!(entry(3).team_key(), Ok(team_key(3)));
    assert_eq!(entry(3).device(), Err(Refusal::FormBroken));
    assert_eq!((of_device.team(), entry(3).team()), (TeamId([3; 16]), TeamId([3; 16])));
}

#[test]
fn entries_of_both_forms_are_leaves_of_one_log() {
    let entries = [entry(1), device(1).into(), entry(2), device(2).into()];
    let bytes: Vec<Vec<u8>> = entries.iter().map(|entry| entry.bytes().unwrap()).collect();
    let leaves: Vec<Hash> = bytes.iter().map(|entry| merkle::leaf(entry)).collect();
    let head = Head { size: 4, root: merkle::root(&leaves), at: NOW };
    for (at, entry) in entries.iter().enumerate() {
        let proof = merkle::prove_inclusion(&leaves, at);
        let take = |index: u64, now| head.take(&bytes[at], index, &proof, now);
        assert_eq!(take(at as u64, NOW).as_ref(), Ok(entry));
        assert_eq!(take(at as u64 ^ 1, NOW), Err(Refusal::EntryNotIncluded));
        assert_eq!(take(at as u64, 2_000), Err(Refusal::EntryNotValidNow));
    }
}

#[test]
fn a_head_is_signed_by_each_for_herself() {
    let head = log(5, 100).head;
    for seed in [1, 2] {
        let (key, signature) = (signer(seed).public(), head.sign(&signer(seed)));
        assert_eq!(head.verify(&key, &signature), Ok(()));
        let wrong = Err(Refusal::SignatureWrong);
        assert_eq!(Head { at: 101, ..head }.verify(&key, &signature), wrong);
        assert_eq!(head.verify(&signer(3).public(), &signature), wrong);
    }
}

#[test]
fn a_head_has_a_greatest_age_and_is_not_of_the_future() {
    const HOUR: u64 = 3_600_000;
    let at = 1_000 * HOUR;
    let valid = TeamKeyEntry { valid_from: 0, valid_to: u64::MAX, ..team_key(3) };
    let entries = [entry(1), entry(2), valid.into()].map(|entry| entry.bytes().unwrap());
    let leaves = entries.each_ref().map(|entry| merkle::leaf(entry));
    let head = Head { size: 3, root: merkle::root(&leaves), at };
    let inclusion = merkle::prove_inclusion(&leaves, 2);
    let log = Log { entry: entries[2].clone(), inclusion, ..log(3, at) }.signed(head);
    for now in [at - HOUR / 6, at, at + 72 * HOUR] {
        assert_eq!(log.taken(None, now).err(), None);
    }
    let too_old = Some(Refusal::HeadTooOld);
    for now in [0, at - HOUR / 6 - 1, at + 72 * HOUR + 1, u64::MAX] {
        assert_eq!(log.taken(None, now).err(), too_old);
    }
    // After what it is held to, before what is held to it.
    let later = at + 80 * HOUR;
    let older = Head { size: 9, ..head };
    assert_eq!(log.taken(Some(&older), later).err(), Some(Refusal::HeadOlder));
    let other = Head { root: [1; 32], ..head };
    assert_eq!(log.taken(Some(&other), later).err(), Some(Refusal::HeadsDisagree));
    let unproved = Log { inclusion: Vec::new(), ..log_of(&log) };
    assert_eq!(unproved.taken(None, later).err(), too_old);
}

#[test]
fn every_turned_bit_is_refused() {
    let good = log(5, 100);
    for broken in flips(&good.head.bytes()) {
        let refusal = refused(good.shown(&broken, None, NOW));
        assert!(matches!(refusal, Refusal::HeadNotSigned | Refusal::FormBroken));
    }
    for broken in flips(&good.entry) {
        let leaf = merkle::leaf(&broken);
        let Head { size, root, .. } = &good.head;
        assert!(merkle::included(&leaf, 2, *size, root, &good.inclusion).is_err());
    }
    for entry in flips(&good.entry).step_by(197) {
        let refusal = refused(Log { entry, ..log_of(&good) }.taken(None, NOW));
        assert!(matches!(refusal, Refusal::EntryNotIncluded | Refusal::FormBroken));
    }
    for broken in flips(&good.signature) {
        let broken = Log { signature: broken.try_into().unwrap(), ..log_of(&good) };
        assert_eq!(refused(broken.taken(None, NOW)), Refusal::HeadNotSigned);
    }
    for broken in flips(&good.witnesses[1].1) {
        let mut spoiled = log_of(&good);
        spoiled.witnesses[1].1 = broken.try_into().unwrap();
        assert_eq!(refused(spoiled.taken(None, NOW)), Refusal::TooFewWitnesses);
    }
}

fn log_of(log: &Log) -> Log {
    Log {
        entry: log.entry.clone(),
        head: log.head,
        leaves: log.leaves.clone(),
        inclusion: log.inclusion.clone(),
        signature: log.signature,
        witnesses: log.witnesses.clone(),
        consistency: log.consistency.clone(),
    }
}

#[test]
fn two_known_witnesses_sign_each_once() {
    let head = log(5, 100).head;
    let by = |seed: u64| (signer(seed).public(), head.sign(&signer(seed)));
    let with = |witnesses: &[([u8; 32], [u8; 64])]| {
        Log { witnesses: witnesses.to_vec(), ..log(5, 100) }.taken(None, NOW).err()
    };
    let few = Some(Refusal::TooFewWitnesses);
    assert_eq!(with(&[]), few);
    assert_eq!(with(&[by(2)]), few);
    assert_eq!(with(&[by(2), by(2)]), few);
    assert_eq!(with(&[by(2), by(5)]), few);
    assert_eq!(with(&[by(2), by(1)]), few);
    assert_eq!(with(&[by(2), (by(3).0, by(4).1)]), few);
    // A wrong one does not spoil two right ones, even of the same witness.
    assert_eq!(with(&[(by(3).0, by(4).1), by(5), by(4), by(3)]), None);
}

#[test]
fn a_witness_named_twice_is_one() {
    let log = log(5, 100);
    let trust = Trust { log_key: signer(1).public(), witness_keys: vec![signer(2).public(); 2] };
    let (key, signature) = log.witnesses[0];
    let witnessed = Witnessed { key: &key, signature: &signature };
    let signed = SignedHead {
        head: &log.head.bytes(),
        signature: &log.signature,
        witnesses: &[witnessed, witnessed],
        consistency: &[],
    };
    let claim = Claim { entry: &log.entry, index: 2, inclusion: &log.inclusion, signed };
    assert_eq!(trust.take(&claim, None, NOW), Err(Refusal::TooFewWitnesses));
}

#[test]
fn time_and_history_go_one_way() {
    let (before, now) = (log(4, 100), log(6, 200));
    let proof = merkle::prove_consistency(&now.leaves, 4);
    let with = |consistency: &[Hash], used: &Head| {
        Log { consistency: consistency.to_vec(), ..log_of(&now) }.taken(Some(used), NOW).err()
    };
    assert_eq!(with(&proof, &before.head), None);
    let disagree = Some(Refusal::HeadsDisagree);
    assert_eq!(with(&[], &before.head), disagree);
    assert_eq!(with(&proof[1..], &before.head), disagree);
    assert_eq!(with(&proof, &Head { root: [1; 32], ..before.head }), disagree);
    assert_eq!(with(&[], &Head { root: [1; 32], ..now.head }), disagree);
    assert_eq!(with(&proof, &now.head), disagree);
    let older = Some(Refusal::HeadOlder);
    assert_eq!(with(&proof, &Head { size: 7, ..now.head }), older);
    assert_eq!(with(&proof, &Head { at: 201, ..before.head }), older);
}

#[test]
fn an_entry_must_be_in_the_tree_and_valid_now() {
    let good = log(5, 100);
    let missing = Some(Refusal::EntryNotIncluded);
    let other = Log { entry: entry(9).bytes().unwrap(), ..log_of(&good) };
    assert_eq!(other.taken(None, NOW).err(), missing);
    let unproved = Log { inclusion: Vec::new(), ..log_of(&good) };
    assert_eq!(unproved.taken(None, NOW).err(), missing);
    let head = Head { size: 2, ..good.head };
    assert_eq!(log_of(&good).signed(head).taken(None, NOW).err(), missing);
    for (now, refused) in [
        (999, Some(Refusal::EntryNotValidNow)),
        (1_000, None),
        (1_999, None),
        (2_000, Some(Refusal::EntryNotValidNow)),
    ] {
        assert_eq!(good.taken(None, now).err(), refused);
    }
}

fn begins_with((form, rest): (u8, Vec<u8>)) -> Vec<u8> {
    [&[form], rest.as_slice()].concat()
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(
        entry in prop_oneof![
            any::<Vec<u8>>(),
            prop::collection::vec(any::<u8>(), 1_254),
            (1..=2_u8, prop::collection::vec(any::<u8>(), 1_253)).prop_map(begins_with),
            (1..=2_u8, prop::collection::vec(any::<u8>(), 1_296)).prop_map(begins_with),
        ],
        head in prop_oneof![any::<Vec<u8>>(), prop::collection::vec(any::<u8>(), 49)],
    ) {
        if let Ok(read) = Entry::read(&entry) {
            prop_assert_eq!(read.bytes(), Ok(entry));
        }
        if let Ok(read) = Head::read(&head) {
            prop_assert_eq!(read.bytes(), head);
        }
    }
}
