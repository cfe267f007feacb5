//! A report as it arrives: whole or refused, new or the same again.

use crate::{Receipt, Refusal};
use seal::{
    compartment::Kind,
    id::TeamId,
    knock::KNOCK_BYTES,
    report::{Manifest, Sealed},
    wrap::Wraps,
};

/// How many centers she can choose: one column of the eight is hers.
const KNOCKS: usize = 7;

/// A compartment of a report.
pub struct Part {
    /// Which.
    pub kind: Kind,
    /// The ciphertext.
    pub closed: Vec<u8>,
    /// Its eight wraps.
    pub wraps: Wraps,
    /// The hashes of both.
    pub sealed: Sealed,
}

/// A knock, as it arrives.
pub struct Knock {
    /// At which center.
    pub center: TeamId,
    /// Of its key.
    pub epoch: u32,
    /// The note.
    pub note: Vec<u8>,
}

/// A report that is whole: signed, and the bytes are those that were signed. It has no `Debug`: it
/// holds a case's number and a locator.
pub struct Report {
    /// What she signed.
    pub manifest: Manifest,
    /// Its bytes.
    pub manifest_bytes: Vec<u8>,
    /// Her signature.
    pub signature: Vec<u8>,
    /// The twelve, in the order of their kinds.
    pub parts: Vec<Part>,
    /// None to seven, each at another center.
    pub knocks: Vec<Knock>,
}

/// What is kept already.
pub struct Known<'a> {
    /// The manifest of the case of this number, if there is one.
    pub manifest: Option<&'a [u8]>,
    /// The signing key of this mailbox, if it has a case.
    pub signing_key: Option<&'a [u8]>,
}

impl Report {
    /// Reads a report and checks everything that can be checked without opening it.
    ///
    /// # Errors
    /// The seal's refusals: `form_broken`, `signature_wrong`, `wraps_not_eight`, `wrap_not_whole`.
    pub fn read<W: AsRef<[u8]>>(
        manifest_bytes: Vec<u8>,
        signature: Vec<u8>,
        parts: Vec<(Vec<u8>, Vec<W>)>,
        knocks: Vec<Knock>,
    ) -> Result<Self, Refusal> {
        let manifest = Manifest::verify(&manifest_bytes, &signature)?;
        if parts.len() != Kind::OF_REPORT.len() {
            return Err(seal::Refusal::FormBroken.into());
        }
        let part = |(kind, (closed, wraps)): (Kind, (Vec<u8>, Vec<W>))| {
            let wraps = Wraps::of(&wraps)?;
            manifest.holds(kind, &closed, &wraps)?;
            let sealed = Sealed::of(&closed, &wraps)?;
            Ok(Part { kind, closed, wraps, sealed })
        };
        let parts = Kind::OF_REPORT.into_iter().zip(parts).map(part);
        let parts = parts.collect::<Result<Vec<_>, Refusal>>()?;
        if knocks.iter().any(|knock| knock.note.len() != KNOCK_BYTES) {
            return Err(seal::Refusal::WrapNotWhole.into());
        }
        let mut centers: Vec<_> = knocks.iter().map(|knock| knock.center).collect();
        centers.sort_unstable();
        centers.dedup();
        if knocks.len() > KNOCKS || centers.len() != knocks.len() {
            return Err(seal::Refusal::FormBroken.into());
        }
        Ok(Self { manifest, manifest_bytes, signature, parts, knocks })
    }

    /// Whether to keep it. The same again is the same whatever has become of the centers' keys.
    ///
    /// # Errors
    /// [`Refusal::CaseTaken`], [`Refusal::MailboxTaken`], [`Refusal::KeyNotCurrent`] unless
    /// `current` says of each center that this is its key now.
    pub fn receive(
        &self,
        known: &Known<'_>,
        current: impl Fn(TeamId, u32) -> bool,
    ) -> Result<Receipt, Refusal> {
        match known.manifest {
            Some(manifest) if manifest == self.manifest_bytes => return Ok(Receipt::Same),
            Some(_another) => return Err(Refusal::CaseTaken),
            None => {}
        }
        if known.signing_key.is_some_and(|key| key != self.manifest.signing_key) {
            return Err(Refusal::MailboxTaken);
        }
        if self.knocks.iter().any(|knock| !current(knock.center, knock.epoch)) {
            return Err(Refusal::KeyNotCurrent);
        }
        Ok(Receipt::New)
    }
}
