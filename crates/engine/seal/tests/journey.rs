//! One report through the house: closed on her device, kept by who cannot read it, opened by whom she
//! chose, answered, moved when somebody leaves, taken back.
#![expect(clippy::unwrap_used, reason = "a test all through")]

use rand::{SeedableRng, rngs::ChaCha20Rng};
use rand_core::Rng;
use seal::{
    Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{self, Kind, Place, Version},
    consent::{Channel, Compartments, Consent, GivenBy, Purpose, Withdrawal},
    device::Device,
    directory::{
        DeviceEntry, Entry, Head, Service, SignedHead, TeamKeyEntry, Trust, Witnessed, merkle,
    },
    id::{CaseId, DeviceId, TeamId},
    key::{PrivateKey, PublicKey},
    knock::Knock,
    mailbox::{Mailbox, Salt},
    recovery,
    report::{Amended, Manifest, Sealed},
    secret::Seed,
    sign::Signer,
    team::Epoch,
    words::{Language, Phrase},
    wrap::Wraps,
    written::{Authored, Move, Moved, Written},
};

const NOW: u64 = 1_795_000_000_000;

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// A team with one member's device, and their entries in a directory of its own.
struct Team {
    epoch: Epoch,
    key: PrivateKey,
    device: (DeviceId, Device),
    kept_on_device: Vec<u8>,
}

impl Team {
    fn found(rng: &mut ChaCha20Rng) -> Self {
        let epoch = Epoch { team: TeamId(drawn(rng)), number: 1 };
        let key = PrivateKey::draw(rng).unwrap();
        let (device, keys) =
            (DeviceId(drawn(rng)), Device::of_root(&Seed::draw(rng)).ok().unwrap());
        let kept = epoch.close(&key, device, &keys.key().public(), rng).unwrap();
        Self { epoch, key, device: (device, keys), kept_on_device: kept.to_vec() }
    }

    /// What the page has of it, after every proof.
    fn looked_up(&self, rng: &mut ChaCha20Rng) -> (TeamKeyEntry, DeviceEntry) {
        let [log, one, two] = [(); 3].map(|()| Signer::of(&Seed::draw(rng)));
        let (team, valid_from, valid_to) = (self.epoch.team, NOW - 1, NOW + 1);
        let (device, keys) = &self.device;
        let key = Entry::TeamKey(TeamKeyEntry {
            team,
            epoch: self.epoch.number,
            service: Service::Counsel,
            public_key: self.key.public().bytes(),
            valid_from,
            valid_to,
        });
        let member = Entry::Device(DeviceEntry {
            team,
            device: *device,
            signing_key: keys.signer().public(),
            public_key: keys.key().public().bytes(),
            valid_from,
            valid_to,
        });
        let entries = [key.bytes().unwrap(), member.bytes().unwrap()];
        let leaves = entries.each_ref().map(|entry| merkle::leaf(entry));
        let head = Head { size: 2, root: merkle::root(&leaves), at: NOW };
        let (first, second) = (one.public(), two.public());
        let (by_first, by_second) = (head.sign(&one), head.sign(&two));
        let signed = SignedHead {
            head: &head.bytes(),
            signature: &head.sign(&log),
            witnesses: &[
                Witnessed { key: &first, signature: &by_first },
                Witnessed { key: &second, signature: &by_second },
            ],
            consistency: &[],
        };
        let trust = Trust { log_key: log.public(), witness_keys: vec![first, second] };
        let head = trust.take_head(&signed, None, NOW).unwrap();
        let [key, member] = [0, 1].map(|at| {
            let proof = merkle::prove_inclusion(&leaves, at);
            head.take(&entries[at], at as u64, &proof, NOW).unwrap()
        });
        (key.team_key().unwrap(), member.device().unwrap())
    }
}

/// What the server keeps of a report.
struct Kept {
    manifest: Manifest,
    compartments: Vec<(Kind, Vec<u8>, Wraps)>,
}

impl Kept {
    fn of(&self, kind: Kind) -> (Place, &[u8], &Wraps) {
        let place = Place { case: self.manifest.case, kind, version: Version::FIRST };
        let (_, closed, wraps) = self.compartments.iter().find(|(k, ..)| *k == kind).unwrap();
        (place, closed, wraps)
    }

    /// What a reader gets of one compartment.
    fn read(&self, reader: &PrivateKey, kind: Kind) -> Result<Vec<u8>, Refusal> {
        let (place, closed, wraps) = self.of(kind);
        let (_, key) = wraps.find(reader, &place, &self.manifest.columns)?;
        compartment::open(&key, &place, None, closed).map(|content| content.expose().to_vec())
    }
}

/// Her consents: one for herself, one for the team, for what happened and how to reach her.
fn consents(team: &TeamKeyEntry, case: CaseId, rng: &mut ChaCha20Rng) -> [Consent; 2] {
    let mut consent = |recipient, epoch, kinds: Compartments| Consent {
        salt: drawn(rng),
        case,
        recipient,
        epoch,
        compartments: kinds,
        purposes: [Purpose::Services, Purpose::Figures].into_iter().collect(),
        given_at: NOW,
        ends_at: 0,
        given_by: GivenBy::Herself,
        channel: Channel::InWriting,
        language: Language::Korean,
        text_hash: [0; 32],
    };
    let chosen = [Kind::Contact, Kind::Incident, Kind::Message].into_iter().collect();
    [
        consent(TeamId::HERSELF, 0, Kind::ALL.into_iter().collect()),
        consent(team.team, team.epoch, chosen),
    ]
}

fn sent(
    mailbox: &Mailbox,
    team: &TeamKeyEntry,
    rng: &mut ChaCha20Rng,
) -> (Kept, [Consent; 2], Vec<ColumnNo>) {
    let case = CaseId(drawn(rng));
    let consents = consents(team, case, rng);
    let marks = consents.each_ref().map(|consent| consent.mark().unwrap());
    let (columns, places) = Columns::draw(&marks, rng).unwrap();
    let keys = [mailbox.key().public(), PublicKey::from_bytes(&team.public_key).unwrap()];
    let compartments: Vec<(Kind, Vec<u8>, Wraps)> = Kind::OF_REPORT
        .into_iter()
        .map(|kind| {
            let place = Place { case, kind, version: Version::FIRST };
            let content = format!("{kind:?}");
            let closed = compartment::close(&place, content.as_bytes(), rng).ok().unwrap();
            let mut readers = [None; COLUMNS];
            for ((no, key), consent) in places.iter().zip(&keys).zip(&consents) {
                let may = consent.compartments.has(kind);
                readers[usize::from(no.number())] = may.then_some(key);
            }
            let wraps = Wraps::close(&place, &columns, readers, &closed.key, rng).unwrap();
            (kind, closed.bytes, wraps)
        })
        .collect();
    let sealed: Vec<Sealed> =
        compartments.iter().map(|(_, closed, wraps)| Sealed::of(closed, wraps).unwrap()).collect();
    let manifest = Manifest {
        case,
        locator: mailbox.locator(),
        signing_key: mailbox.signer().public(),
        public_key: mailbox.key().public().bytes(),
        columns,
        compartments: sealed.try_into().unwrap(),
    };
    (Kept { manifest, compartments }, consents, places)
}

#[test]
fn a_report_is_read_by_whom_she_chose_and_by_nobody_else() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let mailbox = Mailbox::open(&Phrase::draw(rng), Salt([1; 16])).ok().unwrap();
    let team = Team::found(rng);
    let (entry, _) = team.looked_up(rng);
    let (kept, consents, places) = sent(&mailbox, &entry, rng);

    // The server takes it: signature, sizes, counts, hashes.
    let signature = kept.manifest.sign(&mailbox.signer());
    let taken = Manifest::verify(&kept.manifest.bytes(), &signature).unwrap();
    for (kind, closed, wraps) in &kept.compartments {
        taken.holds(*kind, closed, &Wraps::of_joined(wraps.joined()).unwrap()).unwrap();
    }

    // The team opens its knock with the key its device keeps, and knows its column.
    let (device, keys) = &team.device;
    let key = team.epoch.open(*device, keys.key(), &team.kept_on_device).ok().unwrap();
    assert!(key.public().bytes() == entry.public_key);
    let signature = consents[1].sign(&mailbox.signer()).unwrap();
    let knock = Knock { column: places[1], consent: consents[1].clone(), signature };
    let knock = knock.close(&PublicKey::from_bytes(&entry.public_key).unwrap(), rng).unwrap();
    let knock = Knock::open(team.epoch, &key, &knock).ok().unwrap();
    assert_eq!((knock.case(), knock.verify(&taken)), (taken.case, Ok(())));

    // She reads everything, the team what she allowed.
    for kind in Kind::OF_REPORT {
        let content = Ok(format!("{kind:?}").into_bytes());
        assert_eq!(kept.read(mailbox.key(), kind), content);
        let allowed = knock.consent.compartments.has(kind);
        let answer = if allowed { content } else { Err(Refusal::NotForYou) };
        assert_eq!(kept.read(&key, kind), answer);
    }

    // The team loses its devices: two of three shares give the key back.
    let [first, _, third] = recovery::split(team.epoch, &key, rng).ok().unwrap();
    let (found, given) = recovery::join(&[third.expose(), first.expose()]).ok().unwrap();
    assert_eq!(found, team.epoch);
    assert!(kept.read(&given, Kind::Contact).is_ok());
}

/// Wraps replaced, with the record of it.
fn replaced(
    place: Place,
    closed: &[u8],
    old: &Wraps,
    new: &Wraps,
    by: &Signer,
) -> (Moved, [u8; 64]) {
    let closed_hash = Sealed::of(closed, old).unwrap().closed_hash;
    let moved = Moved { place, closed_hash, before: old.hash(), after: new.hash() };
    (moved, moved.sign(by))
}

#[test]
fn what_is_answered_moved_and_taken_back_is_followed_to_its_authors() {
    let rng = &mut ChaCha20Rng::seed_from_u64(2);
    let mailbox = Mailbox::open(&Phrase::draw(rng), Salt([1; 16])).ok().unwrap();
    let team = Team::found(rng);
    let (entry, member) = team.looked_up(rng);
    let (kept, consents, places) = sent(&mailbox, &entry, rng);
    let (manifest, no) = (&kept.manifest, places[1]);
    let columns = &manifest.columns;

    // The team answers: the first message of the case, closed for her and for itself.
    let place = Place { case: manifest.case, kind: Kind::Message, version: Version::FIRST };
    let closed = compartment::close(&place, b"answer", rng).ok().unwrap();
    let keys = [
        PublicKey::from_bytes(&manifest.public_key).unwrap(),
        PublicKey::from_bytes(&entry.public_key).unwrap(),
    ];
    let mut readers = [None; COLUMNS];
    for (no, key) in places.iter().zip(&keys) {
        readers[usize::from(no.number())] = Some(key);
    }
    let first = Wraps::close(&place, columns, readers, &closed.key, rng).unwrap();
    let device = team.device.1.signer();
    let amended = Amended { place, sealed: Sealed::of(&closed.bytes, &first).unwrap() };
    let answer = amended.sign(&device);

    // Somebody leaves: what the team reads moves to a new epoch, and the old key opens nothing more.
    let next = PrivateKey::draw(rng).unwrap();
    let second = first.moved(&place, columns, no, &team.key, &next.public(), rng).unwrap();
    let (moved, by_device) = replaced(place, &closed.bytes, &first, &second, &device);
    assert_eq!(second.find(&team.key, &place, columns).err(), Some(Refusal::NotForYou));
    let (at, found, _) = second.find_among(&[&next, &team.key], &place, columns).ok().unwrap();
    assert_eq!((at, found), (0, no));

    // She takes it back: a dummy stands in the column.
    let withdrawal = Withdrawal { mark: columns.at(no), at: NOW };
    let signature = withdrawal.sign(&mailbox.signer());
    assert_eq!(consents[1].mark(), Ok(withdrawal.mark));
    withdrawal.verify(&manifest.signing_key, &signature).unwrap();
    let third = second.withdrawn(&place, columns, no, rng).unwrap();
    let (withdrawn, by_her) = replaced(place, &closed.bytes, &second, &third, &mailbox.signer());
    assert_eq!(third.find(&next, &place, columns).err(), Some(Refusal::NotForYou));

    // She opens the answer, and whoever reads sees that it is the device's and who moved it.
    let of_device = |signature| Authored { key: &member.signing_key, signature };
    let by_her = Authored { key: &manifest.signing_key, signature: &by_her };
    let moves = [
        Move { before: moved.before, by: of_device(&by_device) },
        Move { before: withdrawn.before, by: by_her },
    ];
    let by = Some(of_device(&answer));
    let written = Written { place, closed: &closed.bytes, wraps: &third, by, moves: &moves };
    assert_eq!(written.verify(manifest), Ok(()));
    let forgotten = Written { moves: &moves[..1], ..written };
    assert_eq!(forgotten.verify(manifest), Err(Refusal::SignatureWrong));
    let (_, key) = third.find(mailbox.key(), &place, columns).ok().unwrap();
    let content = compartment::open(&key, &place, None, &closed.bytes).ok().unwrap();
    assert_eq!(content.expose(), b"answer");
}

#[test]
fn a_whole_case_moves_to_the_next_key_and_is_taken_back_whole() {
    let rng = &mut ChaCha20Rng::seed_from_u64(3);
    let mailbox = Mailbox::open(&Phrase::draw(rng), Salt([1; 16])).ok().unwrap();
    let team = Team::found(rng);
    let (entry, _) = team.looked_up(rng);
    let (kept, _, places) = sent(&mailbox, &entry, rng);
    let (no, next) = (places[1], PrivateKey::draw(rng).unwrap());

    // Every wrap of the team's column becomes another, dummies too: what stays would show them.
    let columns = kept.manifest.columns;
    let moved = |(kind, closed, wraps): &(Kind, Vec<u8>, Wraps), rng: &mut ChaCha20Rng| {
        let (place, ..) = kept.of(*kind);
        let moved = wraps.moved(&place, &columns, no, &team.key, &next.public(), rng);
        let moved = moved.or_else(|_dummy| wraps.withdrawn(&place, &columns, no, rng)).unwrap();
        assert!(moved.each()[usize::from(no.number())] != wraps.each()[usize::from(no.number())]);
        (*kind, closed.clone(), moved)
    };
    let compartments = kept.compartments.iter().map(|one| moved(one, rng)).collect();
    let kept = Kept { manifest: kept.manifest.clone(), compartments };
    assert_eq!(kept.read(&next, Kind::Incident), Ok(b"Incident".to_vec()));
    assert_eq!(kept.read(&next, Kind::Legal), Err(Refusal::NotForYou));
    assert_eq!(kept.read(&team.key, Kind::Incident), Err(Refusal::NotForYou));
    assert!(kept.read(mailbox.key(), Kind::Incident).is_ok());

    // She takes it back.
    let withdrawn = |(kind, closed, wraps): &(Kind, Vec<u8>, Wraps), rng: &mut ChaCha20Rng| {
        let (place, ..) = kept.of(*kind);
        (*kind, closed.clone(), wraps.withdrawn(&place, &columns, no, rng).unwrap())
    };
    let compartments = kept.compartments.iter().map(|one| withdrawn(one, rng)).collect();
    let kept = Kept { manifest: kept.manifest.clone(), compartments };
    assert_eq!(kept.read(&next, Kind::Incident), Err(Refusal::NotForYou));
    assert!(kept.read(mailbox.key(), Kind::Incident).is_ok());
}
