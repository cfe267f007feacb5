//! What one-stop keeps in memory: keys derived from the city's, and the log of keys as a cache of
//! the database, which is asked each time whether there is more.

use crate::{
    app::App,
    asks::Asks,
    auth::keyed::tag,
    pack::{Center, Service, Takes},
    problem::Turned,
};
use ::onestop::{
    Log,
    log::Door,
    rules::{
        OPENING_AGAIN_SECONDS, OPENINGS_IN_60_MINUTES, REPORT_AGAIN_SECONDS, REPORTS_IN_60_MINUTES,
    },
};
use kernel::{Id, Instant, Secret, id};
use seal::{
    Hash,
    directory::{Head, WITNESSES},
    id::TeamId,
    secret::Seed,
    sign::Signer,
};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Failure, Keys, LogHead, Store};

/// The proofs of the first so many entries.
type Proofs = (usize, Arc<Vec<Vec<Hash>>>);

/// Keys, cache and counts of one-stop. No `Debug`.
pub(crate) struct Onestop {
    /// The log signs its heads with it.
    pub(super) log_key: Signer,
    /// Tags challenges.
    pub(super) challenge_key: Secret<[u8; 32]>,
    /// The mailbox salt.
    pub(super) salt: [u8; 16],
    count_key: Secret<[u8; 32]>,
    reports: Asks<id::Private>,
    openings: Asks<id::Private>,
    log: Mutex<Arc<Log>>,
    proofs: Mutex<Option<Proofs>>,
}

/// A key derived from the city's, as a seed.
fn seed(key: &Secret<[u8; 32]>) -> Result<Seed, Failure> {
    // Every 32 bytes are one.
    Seed::from_bytes(key.expose()).map_err(|_never| Failure::Sealed)
}

/// The key a secret grows into: the log's, or a witness's of the demo.
pub(super) fn signer(key: &Secret<[u8; 32]>) -> Result<Signer, Failure> {
    Ok(Signer::of(&seed(key)?))
}

impl Onestop {
    /// Everything that follows from the city's keys.
    pub(crate) fn new(keys: &Keys) -> Result<Self, Failure> {
        // With another salt every phrase would open nothing: it is made of what never changes.
        let mut salt = [0; 16];
        salt.copy_from_slice(&keys.derive("onestop mailbox salt").expose()[..16]);
        Ok(Self {
            log_key: signer(&keys.derive("onestop log"))?,
            challenge_key: keys.derive("onestop challenge"),
            salt,
            count_key: keys.derive("onestop counts"),
            reports: Asks::new(REPORTS_IN_60_MINUTES, REPORT_AGAIN_SECONDS),
            openings: Asks::new(OPENINGS_IN_60_MINUTES, OPENING_AGAIN_SECONDS),
            log: Mutex::default(),
            proofs: Mutex::default(),
        })
    }

    /// Counts a report of this mailbox. Not of an address: a hospital's has many women behind it,
    /// and nobody's network is looked at.
    pub(super) fn takes_report(&self, locator: &[u8; 32], now: Instant) -> Result<(), Turned> {
        let taken = self.reports.take(self.counted(locator), now);
        if taken { Ok(()) } else { Err(Turned::TooMany(Vec::new())) }
    }

    /// Counts an opening of this mailbox, whether there is one or not.
    pub(super) fn takes_opening(&self, locator: &[u8; 32], now: Instant) -> Result<(), Turned> {
        let taken = self.openings.take(self.counted(locator), now);
        if taken { Ok(()) } else { Err(Turned::TooMany(Vec::new())) }
    }

    /// What a mailbox is counted by: nothing that could be laid beside the database.
    fn counted(&self, locator: &[u8; 32]) -> Id<id::Private> {
        let tag = tag(&self.count_key, &[locator]);
        let mut bits = [0; 16];
        bits.copy_from_slice(&tag[..16]);
        Id::from_bits(u128::from_be_bytes(bits))
    }

    /// The log, with whatever has come since.
    async fn log(&self, store: &Store) -> Result<Arc<Log>, Failure> {
        let known = Arc::clone(&self.log.lock().unwrap_or_else(PoisonError::into_inner));
        let more = store.log_from(known.len() as u64).await?;
        if more.is_empty() {
            return Ok(known);
        }
        let log = Arc::new(extended(Log::clone(&known), more)?);
        let mut kept = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < log.len() {
            *kept = Arc::clone(&log);
        }
        Ok(log)
    }

    /// The proofs of the first `size` entries, in their order.
    pub(super) fn proofs(&self, log: &Log, size: usize) -> Arc<Vec<Vec<Hash>>> {
        let mut kept = self.proofs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, proofs)) = kept.as_ref()
            && *of == size
        {
            return Arc::clone(proofs);
        }
        let proofs = Arc::new((0..size).map(|index| log.prove(index, size)).collect());
        *kept = Some((size, Arc::clone(&proofs)));
        proofs
    }
}

/// A log with more entries.
pub(super) fn extended(mut log: Log, more: Vec<Vec<u8>>) -> Result<Log, Failure> {
    for entry in more {
        // What was taken reads; what does not was changed behind our back.
        log.push(entry).map_err(|_changed| Failure::Sealed)?;
    }
    Ok(log)
}

/// The log as it stands, and the newest head that enough witnesses have signed.
pub(crate) struct Known {
    /// Every entry.
    pub log: Arc<Log>,
    /// The newest head.
    pub newest: Option<LogHead>,
    /// The newest one that pages take.
    pub witnessed: Option<(Head, LogHead)>,
}

impl Known {
    /// How many entries the witnessed head is over.
    pub fn size(&self) -> usize {
        self.witnessed.as_ref().map_or(0, |(_, kept)| usize::try_from(kept.size).unwrap_or(0))
    }

    /// The witnessed head.
    pub fn head(&self) -> Option<&Head> {
        self.witnessed.as_ref().map(|(head, _)| head)
    }
}

/// A center as the directory names it.
pub(crate) fn team_of(center: Id<id::Center>) -> TeamId {
    TeamId(center.bits().to_be_bytes())
}

/// A service's number in the directory.
pub(super) const fn number_of(service: Service) -> u8 {
    use seal::directory::Service as Sealed;
    match service {
        Service::Counsel => Sealed::Counsel.number(),
        Service::Medical => Sealed::Medical.number(),
        Service::Legal => Sealed::Legal.number(),
        Service::Shelter => Sealed::Shelter.number(),
        Service::Police => Sealed::Police.number(),
        Service::Figures => Sealed::Figures.number(),
    }
}

impl App {
    pub(crate) fn onestop(&self) -> &Onestop {
        &self.inner().onestop
    }

    /// The log and its heads, as the database has them now.
    pub(crate) async fn keys_known(&self) -> Result<Known, Failure> {
        let heads = self.store().log_heads().await?;
        let log = self.onestop().log(self.store()).await?;
        let newest = heads.first().cloned();
        let enough = |kept: &LogHead| {
            let trusted = &self.pack().onestop.witnesses;
            let known = |by: &&store::WitnessedBy| trusted.contains(&by.witness);
            kept.witnesses.iter().filter(known).count() >= WITNESSES
        };
        let read = |kept: LogHead| Head::read(&kept.head).ok().map(|head| (head, kept));
        let witnessed = heads.into_iter().find(enough).and_then(read);
        Ok(Known { log, newest, witnessed })
    }

    /// Whether this is a center of the city.
    pub(super) fn is_center(&self, team: TeamId) -> bool {
        self.pack().center(Id::from_bits(u128::from_be_bytes(team.0))).is_some()
    }

    /// Whether this is a center of the city that takes reports.
    fn takes_reports(&self, team: TeamId) -> bool {
        let center = self.pack().center(Id::from_bits(u128::from_be_bytes(team.0)));
        center.is_some_and(|one| one.takes() == Takes::Reports)
    }

    /// The center, which whoever works for it has been let in by.
    pub(super) fn own_center(&self, center: Id<id::Center>) -> Result<&Center, Turned> {
        self.pack().center(center).ok_or(Turned::NoSuchThing)
    }

    /// Whether a report can be sent.
    pub(super) fn door(&self, known: &Known, now: Instant) -> Door {
        known.log.door(known.head(), |team| self.takes_reports(team), now)
    }

    /// Whether a knock at this center is for the key it has now.
    pub(super) fn is_current(&self, known: &Known, team: TeamId, epoch: u32, now: Instant) -> bool {
        let believed = known.log.believed(known.head(), now);
        let newest = believed.iter().find(|one| one.key.team == team);
        self.takes_reports(team) && newest.is_some_and(|one| one.key.epoch == epoch)
    }
}

/// Checks that a proof of a mailbox is hers and fresh.
pub(super) fn proven(app: &App, proof: &wire::onestop::Proof, now: Instant) -> Result<(), Turned> {
    ::onestop::challenge::check(&app.onestop().challenge_key, &proof.challenge.0, now)?;
    let about = (proof.locator.0, proof.challenge.0);
    let asked = seal::mailbox::Asked::Opened;
    Ok(::onestop::case::is_hers(asked, about, &proof.signing_key.0, &proof.signature.0)?)
}
