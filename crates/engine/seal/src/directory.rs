//! Whose keys the teams' and devices' keys are: entries in a log that is only ever added to, heads
//! signed by the log and by witnesses who would notice a second history.

mod entry;
pub mod merkle;

pub use entry::{DeviceEntry, Entry, Service, TeamKeyEntry};

use crate::{
    Hash, Refusal,
    form::{Form, Reader},
    sign::{self, Signer},
};

/// How many witnesses must have signed a head.
pub const WITNESSES: usize = 2;
/// How old a head may be, in milliseconds: 72 hours.
pub const HEAD_AGE_MS: u64 = 72 * 60 * 60 * 1_000;
/// How far ahead of the reader's clock, in milliseconds: 10 minutes.
pub const HEAD_AHEAD_MS: u64 = 10 * 60 * 1_000;
/// The name of the label log and witnesses sign under.
const HEAD: &str = "head";

/// The state of the log at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries it has.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
    /// Milliseconds UTC.
    pub at: u64,
}

impl Head {
    /// The 49 bytes of the form.
    pub fn bytes(&self) -> Vec<u8> {
        Form::new().u8(1).u64(self.size).bytes(&self.root).u64(self.at).done()
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let head = Self { size: form.u64()?, root: form.bytes()?, at: form.u64()? };
        form.end()?;
        Ok(head)
    }

    /// The log's signature, or a witness's, who signs the same.
    pub fn sign(&self, signer: &Signer) -> [u8; 64] {
        signer.sign(&signed(&self.bytes()))
    }

    /// Checks a signature of it: the log's, or one witness's.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(key, &signed(&self.bytes()), signature)
    }

    /// Takes an entry that this head, taken before, has at `index` (from 0), if it is valid at `now`
    /// (milliseconds UTC). `inclusion` goes from the leaf up.
    ///
    /// # Errors
    /// In this order: [`Refusal::FormBroken`], [`Refusal::EntryNotIncluded`],
    /// [`Refusal::EntryNotValidNow`].
    pub fn take(
        &self,
        entry: &[u8],
        index: u64,
        inclusion: &[Hash],
        now: u64,
    ) -> Result<Entry, Refusal> {
        let read = Entry::read(entry)?;
        merkle::included(&merkle::leaf(entry), index, self.size, &self.root, inclusion)?;
        if read.is_valid_at(now) { Ok(read) } else { Err(Refusal::EntryNotValidNow) }
    }

    /// Whether it is of a time that may be used at `now` (milliseconds UTC).
    pub const fn is_fresh_at(&self, now: u64) -> bool {
        now.saturating_sub(self.at) <= HEAD_AGE_MS && self.at.saturating_sub(now) <= HEAD_AHEAD_MS
    }
}

fn signed(head: &[u8]) -> Vec<u8> {
    Form::labelled(HEAD).bytes(head).done()
}

/// A witness's signature of a head, as it comes along.
#[derive(Clone, Copy)]
pub struct Witnessed<'a> {
    /// The witness's key.
    pub key: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

/// A head as it comes along. Bytes: nothing of it is believed.
#[derive(Clone, Copy)]
pub struct SignedHead<'a> {
    /// The head's form.
    pub head: &'a [u8],
    /// The log's signature of it.
    pub signature: &'a [u8],
    /// The witnesses'.
    pub witnesses: &'a [Witnessed<'a>],
    /// From the head used last to this one; empty where there is none, or it is the same.
    pub consistency: &'a [Hash],
}

/// Everything that comes with an entry. Bytes: nothing of it is believed.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// The entry's form.
    pub entry: &'a [u8],
    /// Its place in the log, from 0.
    pub index: u64,
    /// From the leaf up.
    pub inclusion: &'a [Hash],
    /// The head that has it.
    pub signed: SignedHead<'a>,
}

/// Whom a page believes: keys it was built with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// The log's key.
    pub log_key: [u8; 32],
    /// The witnesses' keys.
    pub witness_keys: Vec<[u8; 32]>,
}

impl Trust {
    /// Takes a head, if everything about it holds at `now` (milliseconds UTC). `used` is the head
    /// taken last; the one returned takes its place.
    ///
    /// # Errors
    /// In this order: [`Refusal::FormBroken`], [`Refusal::HeadNotSigned`],
    /// [`Refusal::TooFewWitnesses`], [`Refusal::HeadOlder`], [`Refusal::HeadsDisagree`],
    /// [`Refusal::HeadTooOld`].
    pub fn take_head(
        &self,
        claim: &SignedHead<'_>,
        used: Option<&Head>,
        now: u64,
    ) -> Result<Head, Refusal> {
        let head = Head::read(claim.head)?;
        self.head_is_signed(claim)?;
        if let Some(used) = used {
            if head.size < used.size || head.at < used.at {
                return Err(Refusal::HeadOlder);
            }
            merkle::consistent(used.size, &used.root, head.size, &head.root, claim.consistency)?;
        }
        if head.is_fresh_at(now) { Ok(head) } else { Err(Refusal::HeadTooOld) }
    }

    /// Takes an entry with its head. For several entries of one head: [`Trust::take_head`], then
    /// [`Head::take`] for each.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], then as [`Trust::take_head`], then as [`Head::take`].
    pub fn take(
        &self,
        claim: &Claim<'_>,
        used: Option<&Head>,
        now: u64,
    ) -> Result<(Entry, Head), Refusal> {
        Entry::read(claim.entry)?;
        let head = self.take_head(&claim.signed, used, now)?;
        let entry = head.take(claim.entry, claim.index, claim.inclusion, now)?;
        Ok((entry, head))
    }

    /// The log's signature and those of enough witnesses, each counted once.
    fn head_is_signed(&self, claim: &SignedHead<'_>) -> Result<(), Refusal> {
        let signed = signed(claim.head);
        sign::verify(&self.log_key, &signed, claim.signature)
            .map_err(|_wrong| Refusal::HeadNotSigned)?;
        let has_signed = |key: &&[u8; 32]| {
            claim.witnesses.iter().any(|witnessed| {
                witnessed.key == key.as_slice()
                    && sign::verify(*key, &signed, witnessed.signature).is_ok()
            })
        };
        let mut known = self.witness_keys.clone();
        known.sort_unstable();
        known.dedup();
        if known.iter().filter(has_signed).count() < WITNESSES {
            return Err(Refusal::TooFewWitnesses);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
