//! Her browser and a caseworker's, with the seal in Rust in the place of the page's.

use crate::city::{Answer, City, Phone};
use axum::http::StatusCode;
use rand::{SeedableRng, rngs::ChaCha20Rng};
use rand_core::Rng;
use seal::{
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{self, Kind, Place, Version},
    consent::{Channel, Compartments, Consent, GivenBy, Purpose},
    device::Device,
    directory::{
        Claim, DeviceEntry, Entry, Head, Service, SignedHead, TeamKeyEntry, Trust, Witnessed,
    },
    id::{CaseId, DeviceId, TeamId},
    key::{PrivateKey, PublicKey},
    knock::Knock,
    laid::Laid,
    mailbox::{Asked, Mailbox, Proof, Salt},
    report::{Amended, Manifest, Sealed},
    secret::Seed,
    sign::Signer,
    team::Epoch,
    words::{Language, Phrase},
    wrap::Wraps,
    written::{Authored, Move, Moved, Written},
};
use serde_json::{Value, json};
use wire::onestop::Bytes;

pub const NOBODY: Phone = Phone { cookie: None, bearer: None };

/// Bytes as they travel.
pub fn text(bytes: impl AsRef<[u8]>) -> Value {
    json!(Bytes(bytes.as_ref().to_vec()))
}

/// Bytes that arrived.
pub fn bytes(text: &Value) -> Vec<u8> {
    serde_json::from_value::<Bytes>(text.clone()).unwrap_or_else(|_| panic!("{text} is no bytes")).0
}

pub fn exact<const N: usize>(text: &Value) -> [u8; N] {
    bytes(text).try_into().unwrap()
}

pub fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

pub async fn directory(city: &City) -> Value {
    city.get(&NOBODY, "/api/onestop/directory").await.ok().body
}

pub async fn post(city: &City, verb: &str, body: Value) -> Answer {
    city.post(&NOBODY, &format!("/api/onestop/{verb}"), body).await
}

/// The team key of a center after every proof a page makes, with whom it may believe.
pub async fn looked_up(city: &City, team: TeamId) -> Option<TeamKeyEntry> {
    let keys = city.get(&NOBODY, "/api/onestop/keys").await.ok().body;
    let witness_keys = keys["witnesses"].as_array().unwrap().iter().map(exact).collect();
    let trust = Trust { log_key: exact(&keys["log"]), witness_keys };
    let directory = directory(city).await;
    let mut listed = directory["team_keys"].as_array().unwrap().iter();
    let listed = listed.find(|one| exact::<16>(&one["center"]) == team.0)?;
    let signed = directory["witnesses"].as_array().unwrap().iter();
    let signed: Vec<_> = signed.map(|one| (bytes(&one["key"]), bytes(&one["signature"]))).collect();
    let witnesses: Vec<_> =
        signed.iter().map(|(key, signature)| Witnessed { key, signature }).collect();
    let proof: Vec<[u8; 32]> = listed["proof"].as_array().unwrap().iter().map(exact).collect();
    let (entry, head) = (bytes(&listed["entry"]), bytes(&directory["head"]));
    let signature = bytes(&directory["head_signature"]);
    let claim = Claim {
        entry: &entry,
        index: listed["index"].as_u64().unwrap(),
        inclusion: &proof,
        signed: SignedHead {
            head: &head,
            signature: &signature,
            witnesses: &witnesses,
            consistency: &[],
        },
    };
    let (entry, _) = trust.take(&claim, None, city.clock_millis() as u64).unwrap();
    Some(entry.team_key().unwrap())
}

/// She.
pub struct Her {
    pub mailbox: Mailbox,
    pub words: [String; 7],
    rng: ChaCha20Rng,
}

/// What she sent, as her page knew it.
pub struct Sent {
    pub manifest: Manifest,
    pub columns: Columns,
    /// Hers, then those of the centers.
    pub places: Vec<ColumnNo>,
    pub body: Value,
}

/// A center she chose, and what it may read.
pub struct Chosen {
    pub key: TeamKeyEntry,
    pub kinds: Vec<Kind>,
}

impl Her {
    pub async fn begins(city: &City, seed: u64) -> Self {
        let mut rng = chance(seed);
        let phrase = Phrase::draw(&mut rng);
        let words = phrase.words(Language::Korean).map(|word| word.to_string());
        let salt = Salt(exact(&directory(city).await["salt"]));
        Self { mailbox: Mailbox::open(&phrase, salt).ok().unwrap(), words, rng }
    }

    pub fn consent(
        &mut self,
        case: CaseId,
        recipient: TeamId,
        epoch: u32,
        kinds: &[Kind],
    ) -> Consent {
        Consent {
            salt: drawn(&mut self.rng),
            case,
            recipient,
            epoch,
            compartments: kinds.iter().copied().collect::<Compartments>(),
            purposes: [Purpose::Services, Purpose::Figures].into_iter().collect(),
            given_at: 1_795_000_000_000,
            ends_at: 0,
            given_by: GivenBy::Herself,
            channel: Channel::InWriting,
            language: Language::Korean,
            text_hash: [0; 32],
        }
    }

    /// Closes a report: what happened stands in the incident.
    pub fn reports(&mut self, what: &str, chosen: &[Chosen]) -> Sent {
        let case = CaseId(drawn(&mut self.rng));
        let hers = self.consent(case, TeamId::HERSELF, 0, &Kind::ALL);
        let theirs: Vec<Consent> = chosen
            .iter()
            .map(|one| self.consent(case, one.key.team, one.key.epoch, &one.kinds))
            .collect();
        let key = |one: &Chosen| PublicKey::from_bytes(&one.key.public_key).unwrap();
        let given = [(hers, self.mailbox.key().public())].into_iter();
        let given = given.chain(theirs.iter().cloned().zip(chosen.iter().map(key)));
        let laid = Laid::draw(given.collect(), &mut self.rng).ok().unwrap();
        let content =
            |kind| if kind == Kind::Incident { what.as_bytes() } else { &b"{\"v\":1}"[..] };
        let parcel = laid.seal(&self.mailbox, case, &theirs, content, &mut self.rng).ok().unwrap();
        let compartments: Vec<_> = parcel
            .compartments
            .iter()
            .map(|one| json!({ "closed": text(&one.bytes), "wraps": wrapped(&one.wraps) }))
            .collect();
        let knock = |(of, knock): &(Epoch, Vec<u8>)| json!({ "center": text(of.team.0), "epoch": of.number, "knock": text(knock) });
        let knocks: Vec<_> = parcel.knocks.iter().map(knock).collect();
        let body = json!({
            "manifest": text(parcel.manifest.bytes()), "signature": text(parcel.signature),
            "compartments": compartments, "knocks": knocks,
        });
        let places = laid.readers().map(|(no, _)| no).collect();
        let (manifest, columns) = (parcel.manifest, *laid.columns());
        Sent { manifest, columns, places, body }
    }

    /// A proof for a challenge asked for now.
    pub async fn proof(&self, city: &City) -> Value {
        self.proof_as(city, &self.mailbox.signer()).await
    }

    /// The same by another signing key.
    pub async fn proof_as(&self, city: &City, signer: &Signer) -> Value {
        let challenge = city.get(&NOBODY, "/api/onestop/challenge").await.ok().body;
        let challenge = exact(&challenge["challenge"]);
        let locator = self.mailbox.locator();
        let signature = Proof { locator, challenge }.sign(Asked::Opened, signer);
        json!({
            "locator": text(locator), "signing_key": text(signer.public()),
            "challenge": text(challenge), "signature": text(signature),
        })
    }

    /// Opens her mailbox.
    pub async fn opens(&self, city: &City) -> Answer {
        post(city, "mailbox", self.proof(city).await).await
    }

    pub async fn deletes(&self, city: &City, case: CaseId) -> Answer {
        let proof = self.proof(city).await;
        let (locator, challenge) = (self.mailbox.locator(), exact(&proof["challenge"]));
        let signed = Proof { locator, challenge }.sign(Asked::Deleted, &self.mailbox.signer());
        let body =
            json!({ "proof": proof, "case": text(case.0), "deleted_signature": text(signed) });
        post(city, "mailbox/delete", body).await
    }

    /// Closes a message, or a version, for herself and the keys of these columns.
    pub fn writes(
        &mut self,
        sent: &Sent,
        at: (Kind, u32),
        what: &str,
        readers: &[(ColumnNo, &PublicKey)],
    ) -> Value {
        let own = self.mailbox.key().public();
        let mut all = vec![(sent.places[0], &own)];
        all.extend_from_slice(readers);
        let case = sent.manifest.case;
        let signer = self.mailbox.signer();
        writing(case, &sent.columns, at, what, &all, &signer, &mut self.rng)
    }

    /// Dummies in a column, for everything a case holds.
    pub fn closes(&mut self, sent: &Sent, column: ColumnNo, case: &Value) -> Vec<Value> {
        let versions = |of: &str| case[of].as_array().unwrap().clone();
        let all = ["compartments", "messages", "entries"].into_iter().flat_map(versions);
        all.map(|one| {
            let place = place(sent.manifest.case, &one);
            let wraps = wraps(&one);
            let after = wraps.withdrawn(&place, &sent.columns, column, &mut self.rng).unwrap();
            moved(&place, &one, &after, &self.mailbox.signer())
        })
        .collect()
    }
}

pub fn wrapped(wraps: &Wraps) -> Vec<Value> {
    wraps.each().iter().map(text).collect()
}

pub fn place(case: CaseId, written: &Value) -> Place {
    let kind = Kind::of_number(written["kind"].as_u64().unwrap() as u8).unwrap();
    let version = Version::of_number(written["version"].as_u64().unwrap() as u32).unwrap();
    Place { case, kind, version }
}

pub fn wraps(written: &Value) -> Wraps {
    let each: Vec<_> = written["wraps"].as_array().unwrap().iter().map(bytes).collect();
    Wraps::of(&each).unwrap()
}

/// A move from the wraps that are there to others.
pub fn moved(place: &Place, written: &Value, after: &Wraps, signer: &Signer) -> Value {
    let before = wraps(written);
    let closed_hash = Sealed::of(&bytes(&written["closed"]), &before).unwrap().closed_hash;
    let moved = Moved { place: *place, closed_hash, before: before.hash(), after: after.hash() };
    json!({
        "kind": written["kind"], "version": written["version"], "wraps": wrapped(after),
        "signature": text(moved.sign(signer)),
    })
}

fn writing(
    case: CaseId,
    columns: &Columns,
    (kind, version): (Kind, u32),
    what: &str,
    readers: &[(ColumnNo, &PublicKey)],
    signer: &Signer,
    rng: &mut ChaCha20Rng,
) -> Value {
    let place = Place { case, kind, version: Version::of_number(version).unwrap() };
    let closed = compartment::close(&place, what.as_bytes(), rng).ok().unwrap();
    let mut all = [None; COLUMNS];
    for (no, key) in readers {
        all[usize::from(no.number())] = Some(*key);
    }
    let wraps = Wraps::close(&place, columns, all, &closed.key, rng).unwrap();
    let sealed = Sealed::of(&closed.bytes, &wraps).unwrap();
    json!({
        "kind": kind.number(), "version": version, "closed": text(&closed.bytes),
        "wraps": wrapped(&wraps), "signature": text(Amended { place, sealed }.sign(signer)),
    })
}

/// What a reader opens of one thing written, after every check; `None`: it is not for her.
pub fn read(
    manifest: &Manifest,
    written: &Value,
    key: &PrivateKey,
    devices: &Value,
) -> Option<String> {
    let key_of = |author: &Value| match author {
        Value::Null => manifest.signing_key.to_vec(),
        device => {
            let mut listed = devices.as_array().unwrap().iter();
            let listed = listed.find(|one| one["device"] == *device).unwrap();
            let entry = Entry::read(&bytes(&listed["entry"])).unwrap().device().unwrap();
            entry.signing_key.to_vec()
        }
    };
    let place = place(manifest.case, written);
    let (closed, wraps) = (bytes(&written["closed"]), wraps(written));
    let author = written["signature"]
        .is_string()
        .then(|| (key_of(&written["author"]), bytes(&written["signature"])));
    let moves: Vec<_> = written["moves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (exact::<32>(&one["wraps_before"]), key_of(&one["author"]), bytes(&one["signature"]))
        })
        .collect();
    let moves: Vec<_> = moves
        .iter()
        .map(|(before, key, signature)| Move { before: *before, by: Authored { key, signature } })
        .collect();
    let by = author.as_ref().map(|(key, signature)| Authored { key, signature });
    let whole = Written { place, closed: &closed, wraps: &wraps, by, moves: &moves };
    whole.verify(manifest).unwrap();
    let (_, content_key) = wraps.find(key, &place, &manifest.columns).ok()?;
    let content = compartment::open(&content_key, &place, None, &closed).ok().unwrap();
    Some(String::from_utf8(content.expose().to_vec()).unwrap())
}

/// A caseworker at her center, with her device and the center's key.
pub struct Worker {
    pub phone: Phone,
    pub team: TeamId,
    pub device: Device,
    pub id: DeviceId,
    pub epoch: u32,
    pub key: PrivateKey,
    rng: ChaCha20Rng,
}

impl Worker {
    /// Signs in and registers a device.
    pub async fn registers(city: &City, part: &str, seed: u64) -> Self {
        let mut rng = chance(seed);
        let phone = city.seat(part).await;
        let desk = city.get(&phone, "/api/onestop/desk").await.ok().body;
        let worker = Self {
            phone,
            team: TeamId(exact(&desk["center"])),
            device: Device::of_root(&Seed::draw(&mut rng)).ok().unwrap(),
            id: DeviceId(drawn(&mut rng)),
            epoch: desk["epoch"].as_u64().unwrap() as u32,
            key: PrivateKey::draw(&mut rng).unwrap(),
            rng,
        };
        let entry = json!({ "entry": text(worker.entry(city, 30)) });
        let registered = worker.post(city, "device", entry).await;
        assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.body);
        worker
    }

    /// Her device's entry, valid for so many days.
    pub fn entry(&self, city: &City, days: u64) -> Vec<u8> {
        let now = city.clock_millis() as u64;
        let entry = DeviceEntry {
            team: self.team,
            device: self.id,
            signing_key: self.device.signer().public(),
            public_key: self.device.key().public().bytes(),
            valid_from: now,
            valid_to: now + days * 86_400_000,
        };
        Entry::from(entry).bytes().unwrap()
    }

    /// The center's key of an epoch as an entry.
    pub fn key_entry(&self, city: &City, epoch: u32, service: Service) -> Vec<u8> {
        let now = city.clock_millis() as u64;
        let entry = TeamKeyEntry {
            team: self.team,
            epoch,
            service,
            public_key: self.key.public().bytes(),
            valid_from: now,
            valid_to: now + 30 * 86_400_000,
        };
        Entry::from(entry).bytes().unwrap()
    }

    /// The center's key of an epoch, closed for a device.
    pub fn closed_for(&mut self, epoch: u32, device: DeviceId, key: &PublicKey) -> Vec<u8> {
        let epoch = Epoch { team: self.team, number: epoch };
        epoch.close(&self.key, device, key, &mut self.rng).unwrap().to_vec()
    }

    /// Makes the center's next key, closed for her own device.
    pub async fn makes_key(&mut self, city: &City, service: Service) {
        self.key = PrivateKey::draw(&mut self.rng).unwrap();
        let own = self.device.key().public();
        let wrap = self.closed_for(self.epoch + 1, self.id, &own);
        let body = json!({
            "entry": text(self.key_entry(city, self.epoch + 1, service)),
            "wraps": [{ "device": text(self.id.0), "wrap": text(wrap) }],
        });
        let made = self.post(city, "team-key", body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        self.epoch += 1;
    }

    /// Signs in and opens the center: a device and its first key.
    pub async fn founds(city: &City, part: &str, service: Service, seed: u64) -> Self {
        let mut worker = Self::registers(city, part, seed).await;
        worker.makes_key(city, service).await;
        worker
    }

    pub async fn post(&self, city: &City, verb: &str, body: Value) -> Answer {
        city.post(&self.phone, &format!("/api/onestop/{verb}"), body).await
    }

    /// What has knocked, opened.
    pub async fn knocks(&self, city: &City) -> Vec<(Value, Knock)> {
        let knocks = city.get(&self.phone, "/api/onestop/knocks").await.ok().body;
        let knocks = knocks["knocks"].as_array().unwrap().clone();
        let open = |one: Value| {
            let epoch = Epoch { team: self.team, number: one["epoch"].as_u64().unwrap() as u32 };
            let knock = Knock::open(epoch, &self.key, &bytes(&one["knock"])).ok().unwrap();
            (one, knock)
        };
        knocks.into_iter().map(open).collect()
    }

    /// The one knock there is, as it is kept and opened.
    pub async fn knock(&self, city: &City) -> (Value, Knock) {
        let mut knocks = self.knocks(city).await;
        assert_eq!(knocks.len(), 1);
        knocks.remove(0)
    }

    pub async fn finds(&self, city: &City, case: CaseId) -> Answer {
        self.post(city, "case", json!({ "case": text(case.0) })).await
    }

    /// Writes to a case, for her and for her own center.
    pub fn writes(
        &mut self,
        manifest: &Manifest,
        at: (Kind, u32),
        what: &str,
        readers: &[(ColumnNo, &PublicKey)],
    ) -> Value {
        let signer = self.device.signer();
        let writing =
            writing(manifest.case, &manifest.columns, at, what, readers, &signer, &mut self.rng);
        json!({
            "case": text(manifest.case.0), "device": text(self.id.0), "writing": writing,
        })
    }

    /// Moves her center's column of everything that is for it to its newest key.
    pub fn moves(
        &mut self,
        manifest: &Manifest,
        case: &Value,
        column: ColumnNo,
        from: &PrivateKey,
    ) -> Value {
        let signer = self.device.signer();
        let versions = |of: &str| case[of].as_array().unwrap().clone();
        let all = ["compartments", "messages", "entries"].into_iter().flat_map(versions);
        let moved: Vec<_> = all
            .map(|one| {
                let place = place(manifest.case, &one);
                let (before, to) = (wraps(&one), self.key.public());
                let columns = &manifest.columns;
                let after = before
                    .moved(&place, columns, column, from, &to, &mut self.rng)
                    .or_else(|_dummy| before.withdrawn(&place, columns, column, &mut self.rng));
                moved(&place, &one, &after.unwrap(), &signer)
            })
            .collect();
        json!({ "case": text(manifest.case.0), "device": text(self.id.0), "moved": moved })
    }
}

/// A head somebody shows.
pub fn head(text: &Value) -> Head {
    Head::read(&bytes(text)).unwrap()
}
