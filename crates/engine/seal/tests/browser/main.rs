//! A report that the browser's side made (web/src/seal/fixture.test.ts writes it), taken as a server
//! takes it and opened as its readers open it: what both sides agree on is not only in single forms.
#![expect(clippy::unwrap_used, reason = "a test all through")]

use seal::{
    Refusal,
    compartment::{self, Kind, Place, Version},
    device::Device,
    id::TeamId,
    key::PrivateKey,
    knock::Knock,
    mailbox::{Asked, Mailbox, Proof, Salt},
    report::Manifest,
    secret::Seed,
    team::Epoch,
    words::Phrase,
    wrap::Wraps,
    written::{Authored, Move, Written},
};
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("report.json")).unwrap()
}

/// The bytes of base64url without padding.
fn bytes(value: &Value) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in value.as_str().unwrap().bytes() {
        let six = LETTERS.iter().position(|known| *known == letter).unwrap();
        (held, bits) = (held << 6 | six as u32, bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}

fn exactly<const N: usize>(value: &Value) -> [u8; N] {
    bytes(value).try_into().unwrap()
}

fn seed(value: &Value) -> Seed {
    Seed::from_bytes(&bytes(value)).ok().unwrap()
}

fn wraps(value: &Value) -> Wraps {
    let wraps: Vec<Vec<u8>> = value.as_array().unwrap().iter().map(bytes).collect();
    Wraps::of(&wraps).unwrap()
}

fn manifest(fixture: &Value) -> Manifest {
    let report = &fixture["report"];
    Manifest::verify(&bytes(&report["manifest"]), &bytes(&report["signature"])).unwrap()
}

fn mailbox(fixture: &Value) -> Mailbox {
    let (phrase, _) = Phrase::read(fixture["words"].as_str().unwrap()).ok().unwrap();
    Mailbox::open(&phrase, Salt(exactly(&fixture["salt"]))).ok().unwrap()
}

fn team_key(fixture: &Value) -> PrivateKey {
    PrivateKey::of(seed(&fixture["team_seed"])).ok().unwrap()
}

/// What a reader gets of one compartment of the report.
fn read(fixture: &Value, reader: &PrivateKey, kind: Kind) -> Result<Vec<u8>, Refusal> {
    let manifest = manifest(fixture);
    let stored = &fixture["report"]["compartments"][usize::from(kind.number() - 1)];
    let place = Place { case: manifest.case, kind, version: Version::FIRST };
    let (_, key) = wraps(&stored["wraps"]).find(reader, &place, &manifest.columns)?;
    let content = compartment::open(&key, &place, None, &bytes(&stored["closed"]))?;
    Ok(content.expose().to_vec())
}

#[test]
fn a_server_takes_it() {
    let fixture = fixture();
    let manifest = manifest(&fixture);
    let compartments = fixture["report"]["compartments"].as_array().unwrap();
    assert_eq!(compartments.len(), Kind::OF_REPORT.len());
    for (kind, stored) in Kind::OF_REPORT.into_iter().zip(compartments) {
        let (closed, wraps) = (bytes(&stored["closed"]), wraps(&stored["wraps"]));
        assert_eq!(manifest.holds(kind, &closed, &wraps), Ok(()));
    }
    let challenge = exactly(&fixture["challenge"]);
    let proof = Proof { locator: manifest.locator, challenge };
    for (asked, signature) in [(Asked::Opened, "opened"), (Asked::Deleted, "deleted")] {
        let signature = bytes(&fixture[signature]);
        assert_eq!(proof.verify(asked, &manifest.signing_key, &signature), Ok(()));
    }
}

#[test]
fn her_words_and_the_teams_key_open_what_each_may() {
    let fixture = fixture();
    let (manifest, mailbox, team) = (manifest(&fixture), mailbox(&fixture), team_key(&fixture));
    assert_eq!(manifest.locator, mailbox.locator());
    assert_eq!(manifest.signing_key, mailbox.signer().public());

    let knock = &fixture["report"]["knocks"][0];
    let number = knock["epoch"].as_u64().unwrap() as u32;
    let epoch = Epoch { team: TeamId(exactly(&knock["center"])), number };
    let knock = Knock::open(epoch, &team, &bytes(&knock["knock"])).ok().unwrap();
    assert_eq!((knock.case(), knock.verify(&manifest)), (manifest.case, Ok(())));

    for kind in Kind::OF_REPORT {
        let written = fixture["contents"][kind.number().to_string()].as_str().unwrap_or_default();
        let content = Ok(written.as_bytes().to_vec());
        assert_eq!(read(&fixture, mailbox.key(), kind), content);
        let allowed = knock.consent.compartments.has(kind);
        let answer = if allowed { content } else { Err(Refusal::NotForYou) };
        assert_eq!(read(&fixture, &team, kind), answer);
    }
}

#[test]
fn the_answer_is_its_devices_and_was_moved_by_her() {
    let fixture = fixture();
    let (manifest, mailbox, message) = (manifest(&fixture), mailbox(&fixture), &fixture["message"]);
    let device = Device::of_root(&seed(&fixture["device_root"])).ok().unwrap().signer().public();
    assert_eq!(device.to_vec(), bytes(&fixture["signing_key"]));
    let (closed, now) = (bytes(&message["closed"]), wraps(&message["wraps"]));
    let (signature, record) = (bytes(&message["signature"]), &message["moves"][0]);
    let moved = bytes(&record["signature"]);
    let by = Authored { key: &manifest.signing_key, signature: &moved };
    let moves = [Move { before: exactly(&record["wraps_before"]), by }];
    let place = Place { case: manifest.case, kind: Kind::Message, version: Version::FIRST };
    let by = Some(Authored { key: &device, signature: &signature });
    let written = Written { place, closed: &closed, wraps: &now, by, moves: &moves };
    assert_eq!(written.verify(&manifest), Ok(()));
    let forgotten = Written { moves: &[], ..written };
    assert_eq!(forgotten.verify(&manifest), Err(Refusal::SignatureWrong));
    let before = wraps(&message["wraps_written"]);
    let first = Written { moves: &[], wraps: &before, ..written };
    assert_eq!(first.verify(&manifest), Ok(()));

    let (columns, team) = (&manifest.columns, team_key(&fixture));
    let (_, key) = now.find(mailbox.key(), &place, columns).ok().unwrap();
    let content = compartment::open(&key, &place, None, &closed).ok().unwrap();
    assert_eq!(content.expose(), fixture["answer"].as_str().unwrap().as_bytes());
    assert!(before.find(&team, &place, columns).is_ok());
    assert_eq!(now.find(&team, &place, columns).err(), Some(Refusal::NotForYou));
}
