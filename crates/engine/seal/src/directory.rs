//! Whose keys the teams' keys are: entries in a log that is only ever added to, heads signed by the
//! log and by witnesses who would notice a second history.

pub mod merkle;

use crate::{
    Hash, Refusal,
    form::{Form, Reader},
    id::TeamId,
    key::PUBLIC_BYTES,
    sign::{self, Signer},
};

/// How many witnesses must have signed a head.
pub const WITNESSES: usize = 2;
/// The name of the label log and witnesses sign under.
const HEAD: &str = "head";

/// What a team does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Listening and advice.
    Counsel = 1,
    /// Medicine.
    Medical = 2,
    /// Law.
    Legal = 3,
    /// A place to stay.
    Shelter = 4,
    /// Police.
    Police = 5,
    /// Counting.
    Figures = 6,
}

impl Service {
    /// All six, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Counsel, Self::Medical, Self::Legal, Self::Shelter, Self::Police, Self::Figures];

    /// 1 to 6.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The service of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] outside 1 to 6.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|s| s.number() == number).ok_or(Refusal::FormBroken)
    }
}

/// One epoch's key of one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Never [`TeamId::HERSELF`].
    pub team: TeamId,
    /// 1 or more.
    pub epoch: u32,
    /// What the team does.
    pub service: Service,
    /// Bytes here: who closes for it reads it as a key.
    pub public_key: [u8; PUBLIC_BYTES],
    /// Milliseconds UTC; valid from then on.
    pub valid_from: u64,
    /// Milliseconds UTC, later; not valid any more from then on.
    pub valid_to: u64,
}

impl Entry {
    /// The 1,254 bytes of the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a value outside its range.
    pub fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        self.holds()?;
        let form = Form::new()
            .u8(1)
            .bytes(&self.team.0)
            .u32(self.epoch)
            .u8(self.service.number())
            .bytes(&self.public_key)
            .u64(self.valid_from)
            .u64(self.valid_to);
        Ok(form.done())
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let entry = Self {
            team: TeamId(form.bytes()?),
            epoch: form.u32()?,
            service: Service::of_number(form.u8()?)?,
            public_key: form.bytes()?,
            valid_from: form.u64()?,
            valid_to: form.u64()?,
        };
        form.end()?;
        entry.holds().map(|()| entry)
    }

    fn holds(&self) -> Result<(), Refusal> {
        let in_range =
            self.team != TeamId::HERSELF && self.epoch > 0 && self.valid_from < self.valid_to;
        if in_range { Ok(()) } else { Err(Refusal::FormBroken) }
    }
}

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

/// Everything that comes with an entry. Bytes: nothing of it is believed.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// The entry's form.
    pub entry: &'a [u8],
    /// Its place in the log, from 0.
    pub index: u64,
    /// From the leaf up.
    pub inclusion: &'a [Hash],
    /// The head's form.
    pub head: &'a [u8],
    /// The log's signature of it.
    pub signature: &'a [u8],
    /// The witnesses'.
    pub witnesses: &'a [Witnessed<'a>],
    /// From the head used last to this one; empty where there is none, or it is the same.
    pub consistency: &'a [Hash],
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
    /// Takes an entry, if everything about it holds at `now` (milliseconds UTC). `used` is the head
    /// taken last; the one returned takes its place.
    ///
    /// # Errors
    /// In this order: [`Refusal::FormBroken`], [`Refusal::HeadNotSigned`],
    /// [`Refusal::TooFewWitnesses`], [`Refusal::HeadOlder`], [`Refusal::HeadsDisagree`],
    /// [`Refusal::EntryNotIncluded`], [`Refusal::EntryNotValidNow`].
    pub fn take(
        &self,
        claim: &Claim<'_>,
        used: Option<&Head>,
        now: u64,
    ) -> Result<(Entry, Head), Refusal> {
        let entry = Entry::read(claim.entry)?;
        let head = Head::read(claim.head)?;
        self.head_is_signed(claim)?;
        if let Some(used) = used {
            if head.size < used.size || head.at < used.at {
                return Err(Refusal::HeadOlder);
            }
            merkle::consistent(used.size, &used.root, head.size, &head.root, claim.consistency)?;
        }
        let leaf = merkle::leaf(claim.entry);
        merkle::included(&leaf, claim.index, head.size, &head.root, claim.inclusion)?;
        if now < entry.valid_from || entry.valid_to <= now {
            return Err(Refusal::EntryNotValidNow);
        }
        Ok((entry, head))
    }

    /// The log's signature and those of enough witnesses, each counted once.
    fn head_is_signed(&self, claim: &Claim<'_>) -> Result<(), Refusal> {
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
