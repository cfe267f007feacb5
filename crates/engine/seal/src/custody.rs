//! What happened to a piece of evidence, event by event: each signed by whoever did it, all of them
//! leaves of one tree whose heads the log signs. Who has an export checks it without a network.

use crate::{
    Hash, Refusal,
    directory::{Head, merkle},
    form::{self, Form, Reader},
    id::{DeviceId, TeamId},
    sign::{self, Signer},
};

/// Bytes of an event.
pub const EVENT_BYTES: usize = 114;
/// What the time of an event is a multiple of, in milliseconds: a minute would tell when she came.
pub const HOUR_MS: u64 = 60 * 60 * 1_000;
/// The name of the label events are signed under.
const CUSTODY: &str = "custody";
/// The name of the label the log signs its heads under: no head of the directory is one of these.
const HEAD: &str = "custody-head";

/// What was done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It came in.
    Received = 1,
    /// Somebody opened it.
    Opened = 2,
    /// A copy left the system.
    CopiedOut = 3,
    /// It went to somebody else.
    HandedOver = 4,
    /// It went back to her.
    Returned = 5,
    /// It was deleted.
    Deleted = 6,
    /// A copy without what the file says about device and place was made.
    StrippedCopyMade = 7,
}

impl Action {
    /// All seven, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Opened,
        Self::CopiedOut,
        Self::HandedOver,
        Self::Returned,
        Self::Deleted,
        Self::StrippedCopyMade,
    ];

    /// 1 to 7.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The action of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] outside 1 to 7.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|action| action.number() == number).ok_or(Refusal::FormBroken)
    }
}

/// What the log calls a piece of evidence. Who has the salt and the original can show that it is
/// this one; who has neither learns nothing from it.
pub fn leaf(salt: &[u8; 16], sha256_of_original: &Hash) -> Hash {
    Form::labelled("evidence").bytes(salt).bytes(sha256_of_original).hash()
}

/// The hash of the words somebody gave for it, UTF-8; of nothing, where none were given.
pub fn reason_hash(words: &str) -> Hash {
    form::hash(words.as_bytes())
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which event of this piece of evidence; counts from 1, so that a missing one is noticed. Where
    /// the event stands in the log's tree is another number.
    pub seq: u64,
    /// What the log calls the piece of evidence: [`leaf`].
    pub leaf: Hash,
    /// What was done.
    pub action: Action,
    /// Whose device did it; [`TeamId::HERSELF`] when she did.
    pub team: TeamId,
    /// The device; sixteen zero bytes when she did it, and only then.
    pub device: DeviceId,
    /// Milliseconds UTC, a multiple of [`HOUR_MS`].
    pub at: u64,
    /// Of the words given for it: [`reason_hash`].
    pub reason_hash: Hash,
}

impl Event {
    /// The device of an event that she signed with her mailbox.
    pub const HERS: DeviceId = DeviceId([0; 16]);

    /// The 114 bytes of the form: a leaf of the log before hashing.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a value outside its range.
    pub fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        self.holds()?;
        let form = Form::new()
            .u8(1)
            .u64(self.seq)
            .bytes(&self.leaf)
            .u8(self.action.number())
            .bytes(&self.team.0)
            .bytes(&self.device.0)
            .u64(self.at)
            .bytes(&self.reason_hash);
        Ok(form.done())
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let event = Self {
            seq: form.u64()?,
            leaf: form.bytes()?,
            action: Action::of_number(form.u8()?)?,
            team: TeamId(form.bytes()?),
            device: DeviceId(form.bytes()?),
            at: form.u64()?,
            reason_hash: form.bytes()?,
        };
        form.end()?;
        event.holds().map(|()| event)
    }

    /// Whether she did it, and not a device of a team.
    pub fn is_hers(&self) -> bool {
        self.device == Self::HERS
    }

    /// The signature of who did it: a device, or her mailbox.
    ///
    /// # Errors
    /// As [`Event::bytes`].
    pub fn sign(&self, signer: &Signer) -> Result<[u8; 64], Refusal> {
        Ok(signer.sign(&signed(CUSTODY, &self.bytes()?)))
    }

    /// Reads an event and checks that this key signed it. That the key is the device's, or her
    /// mailbox's, is for who reads to say: from the directory, or from the manifest.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], then [`Refusal::SignatureWrong`].
    pub fn verify(bytes: &[u8], signing_key: &[u8], signature: &[u8]) -> Result<Self, Refusal> {
        let event = Self::read(bytes)?;
        sign::verify(signing_key, &signed(CUSTODY, bytes), signature)?;
        Ok(event)
    }

    /// What must hold between the fields.
    fn holds(&self) -> Result<(), Refusal> {
        let in_range = self.seq > 0
            && (self.team == TeamId::HERSELF) == self.is_hers()
            && self.at.is_multiple_of(HOUR_MS);
        if in_range { Ok(()) } else { Err(Refusal::FormBroken) }
    }
}

/// The log's signature of a head of the custody log. The form is the directory's.
pub fn sign_head(head: &Head, log: &Signer) -> [u8; 64] {
    log.sign(&signed(HEAD, &head.bytes()))
}

/// Reads a head and checks that the log signed it as one of the custody log.
///
/// # Errors
/// [`Refusal::FormBroken`], then [`Refusal::HeadNotSigned`].
pub fn verify_head(bytes: &[u8], log_key: &[u8], signature: &[u8]) -> Result<Head, Refusal> {
    let head = Head::read(bytes)?;
    sign::verify(log_key, &signed(HEAD, bytes), signature)
        .map_err(|_wrong| Refusal::HeadNotSigned)?;
    Ok(head)
}

/// Checks that a head goes on from one that was seen before: nothing taken out, nothing changed.
///
/// # Errors
/// [`Refusal::HeadOlder`] for a smaller size or an earlier time, then [`Refusal::HeadsDisagree`].
pub fn follows(seen: &Head, now: &Head, consistency: &[Hash]) -> Result<(), Refusal> {
    if now.size < seen.size || now.at < seen.at {
        return Err(Refusal::HeadOlder);
    }
    merkle::consistent(seen.size, &seen.root, now.size, &now.root, consistency)
}

/// Checks that an event (its bytes) stands at `index` (from 0) of the log with this head, and reads
/// it. `inclusion` goes from the leaf up.
///
/// # Errors
/// [`Refusal::FormBroken`], then [`Refusal::EntryNotIncluded`].
pub fn included(
    head: &Head,
    event: &[u8],
    index: u64,
    inclusion: &[Hash],
) -> Result<Event, Refusal> {
    let read = Event::read(event)?;
    merkle::included(&merkle::leaf(event), index, head.size, &head.root, inclusion)?;
    Ok(read)
}

fn signed(label: &str, bytes: &[u8]) -> Vec<u8> {
    Form::labelled(label).bytes(bytes).done()
}

#[cfg(test)]
mod tests;
