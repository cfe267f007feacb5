//! One report through the house: closed on her device, kept by who cannot read it, opened by whom she
//! chose, moved when somebody leaves, taken back.
#![expect(clippy::unwrap_used, reason = "a test all through")]

use rand::{SeedableRng, rngs::ChaCha20Rng};
use rand_core::Rng;
use seal::{
    Refusal,
    columns::{COLUMNS, Column, ColumnNo, Columns},
    compartment::{self, Kind, Place, Version},
    consent::{Channel, Compartments, Consent, GivenBy, Purpose, Withdrawal},
    directory::{Claim, Entry, Head, Service, Trust, Witnessed, merkle},
    id::{CaseId, DeviceId, TeamId},
    key::{PrivateKey, PublicKey},
    mailbox::{Mailbox, Salt},
    recovery,
    report::{Manifest, Sealed},
    secret::Seed,
    sign::Signer,
    team::Epoch,
    words::{Language, Phrase},
    wrap::Wraps,
};

const NOW: u64 = 1_795_000_000_000;

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// A team with one member's device and its entry in a directory of its own.
struct Team {
    epoch: Epoch,
    key: PrivateKey,
    device: (DeviceId, PrivateKey),
    kept_on_device: Vec<u8>,
}

impl Team {
    fn found(rng: &mut ChaCha20Rng) -> Self {
        let epoch = Epoch { team: TeamId(drawn(rng)), number: 1 };
        let (key, reader) = (PrivateKey::draw(rng).unwrap(), PrivateKey::draw(rng).unwrap());
        let device = DeviceId(drawn(rng));
        let kept = epoch.close(&key, device, &reader.public(), rng).unwrap();
        Self { epoch, key, device: (device, reader), kept_on_device: kept.to_vec() }
    }

    /// What the page has of it, after every proof.
    fn looked_up(&self, rng: &mut ChaCha20Rng) -> Entry {
        let [log, one, two] = [(); 3].map(|()| Signer::of(&Seed::draw(rng)));
        let entry = Entry {
            team: self.epoch.team,
            epoch: self.epoch.number,
            service: Service::Counsel,
            public_key: self.key.public().bytes(),
            valid_from: NOW - 1,
            valid_to: NOW + 1,
        };
        let leaves = [merkle::leaf(b"another"), merkle::leaf(&entry.bytes().unwrap())];
        let head = Head { size: 2, root: merkle::root(&leaves), at: NOW };
        let (first, second) = (one.public(), two.public());
        let (by_first, by_second) = (head.sign(&one), head.sign(&two));
        let claim = Claim {
            entry: &entry.bytes().unwrap(),
            index: 1,
            inclusion: &merkle::prove_inclusion(&leaves, 1),
            head: &head.bytes(),
            signature: &head.sign(&log),
            witnesses: &[
                Witnessed { key: &first, signature: &by_first },
                Witnessed { key: &second, signature: &by_second },
            ],
            consistency: &[],
        };
        let trust = Trust { log_key: log.public(), witness_keys: vec![first, second] };
        trust.take(&claim, None, NOW).unwrap().0
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
    fn read(&self, reader: &PrivateKey, kind: Kind, columns: &Columns) -> Result<Vec<u8>, Refusal> {
        let (place, closed, wraps) = self.of(kind);
        let (_, key) = wraps.find(reader, &place, columns)?;
        compartment::open(&key, &place, None, closed).map(|content| content.expose().to_vec())
    }
}

/// Her consents: one for herself, one for the team, for what happened and how to reach her.
fn consents(team: &Entry, case: CaseId, rng: &mut ChaCha20Rng) -> [Consent; 2] {
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
    let chosen = [Kind::Contact, Kind::Incident].into_iter().collect();
    [
        consent(TeamId::HERSELF, 0, Kind::ALL.into_iter().collect()),
        consent(team.team, team.epoch, chosen),
    ]
}

fn sent(
    mailbox: &Mailbox,
    team: &Entry,
    rng: &mut ChaCha20Rng,
) -> (Kept, [Consent; 2], Vec<ColumnNo>) {
    let case = CaseId(drawn(rng));
    let consents = consents(team, case, rng);
    let readers = [0, 1].map(|at| {
        let consent = &consents[at];
        Column { epoch: consent.epoch, mark: consent.mark().unwrap() }
    });
    let (columns, places) = Columns::draw(&readers, &[team.epoch], rng).unwrap();
    let keys = [mailbox.key().public(), PublicKey::from_bytes(&team.public_key).unwrap()];
    let compartments: Vec<(Kind, Vec<u8>, Wraps)> = Kind::ALL
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
    let entry = team.looked_up(rng);
    let (kept, consents, places) = sent(&mailbox, &entry, rng);

    // The server takes it: signature, sizes, counts, hashes.
    let signature = kept.manifest.sign(&mailbox.signer());
    let taken = Manifest::verify(&kept.manifest.bytes(), &signature).unwrap();
    for (kind, closed, wraps) in &kept.compartments {
        taken.holds(*kind, closed, &Wraps::of_joined(wraps.joined()).unwrap()).unwrap();
    }

    // She reads everything, the team what she allowed, from the key its device keeps.
    let (device, reader) = &team.device;
    let key = team.epoch.open(*device, reader, &team.kept_on_device).ok().unwrap();
    assert!(key.public().bytes() == entry.public_key);
    for kind in Kind::ALL {
        let content = Ok(format!("{kind:?}").into_bytes());
        assert_eq!(kept.read(mailbox.key(), kind, &taken.columns), content);
        let allowed = consents[1].compartments.has(kind);
        let answer = if allowed { content } else { Err(Refusal::NotForYou) };
        assert_eq!(kept.read(&key, kind, &taken.columns), answer);
    }

    // Somebody leaves: the case moves to a new epoch, and the old key opens nothing any more.
    let next = PrivateKey::draw(rng).unwrap();
    let to = (&next.public(), 2);
    let no = places[1];
    let columns = taken.columns.moved(no, 2);
    let moved = |(kind, closed, wraps): &(Kind, Vec<u8>, Wraps), rng: &mut ChaCha20Rng| {
        let (place, ..) = kept.of(*kind);
        let moved = wraps.moved(&place, &taken.columns, no, &key, to, rng);
        let moved = moved.or_else(|_dummy| wraps.withdrawn(&place, &columns, no, rng)).unwrap();
        assert!(moved.each()[usize::from(no.number())] != wraps.each()[usize::from(no.number())]);
        (*kind, closed.clone(), moved)
    };
    let compartments = kept.compartments.iter().map(|one| moved(one, rng)).collect();
    let kept = Kept { manifest: kept.manifest.clone(), compartments };
    assert_eq!(kept.read(&next, Kind::Incident, &columns), Ok(b"Incident".to_vec()));
    assert_eq!(kept.read(&next, Kind::Legal, &columns), Err(Refusal::NotForYou));
    assert_eq!(kept.read(&key, Kind::Incident, &columns), Err(Refusal::NotForYou));
    assert!(kept.read(mailbox.key(), Kind::Incident, &columns).is_ok());

    // The team loses its devices: two of three shares give the key back.
    let epoch = Epoch { number: 2, ..team.epoch };
    let [first, _, third] = recovery::split(epoch, &next, rng).ok().unwrap();
    let (found, given) = recovery::join(&[third.expose(), first.expose()]).ok().unwrap();
    assert_eq!(found, epoch);
    assert!(kept.read(&given, Kind::Contact, &columns).is_ok());

    // She takes it back.
    let withdrawal = Withdrawal { mark: consents[1].mark().unwrap(), at: NOW };
    let signature = withdrawal.sign(&mailbox.signer());
    withdrawal.verify(&taken.signing_key, &signature).unwrap();
    let compartments = kept
        .compartments
        .iter()
        .map(|(kind, closed, wraps)| {
            let (place, ..) = kept.of(*kind);
            (*kind, closed.clone(), wraps.withdrawn(&place, &columns, no, rng).unwrap())
        })
        .collect();
    let kept = Kept { manifest: kept.manifest.clone(), compartments };
    assert_eq!(kept.read(&next, Kind::Incident, &columns), Err(Refusal::NotForYou));
    assert!(kept.read(mailbox.key(), Kind::Incident, &columns).is_ok());
}
