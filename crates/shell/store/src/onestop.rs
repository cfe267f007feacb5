//! One-stop: sealed reports, what is written to them, knocks, and the log of whose keys are whose.
//! Bytes all of it: what they must be is decided before they come here. None of it is an event of
//! the journal, and what is deleted leaves nothing behind ([`Store::scrub`](crate::Store::scrub)).
//! Nothing here has a `Debug`: case numbers and locators are in it.

mod case;
mod custody;
mod evidence;
mod keys;
mod knock;
mod ledger;
mod matching;
mod part;
mod referral;
mod service;
mod shares;

pub use case::{
    KeptWraps, NewestVersion, SealedCase, SealedVersion, WholeCase, Withdrawn, WrapsMove,
};
pub use custody::{CustodyHead, KeptEvent};
pub use evidence::{FilesHeld, SealedFile};
pub use keys::{CaseDevice, KeyWrap, LogHead, WitnessedBy};
pub use knock::SealedKnock;
pub use ledger::KeptRelease;
pub use matching::KeptEntry;
pub use referral::{LetterMove, SealedLetter, SealedReferral, WholeReferral};
pub use service::CenterSaid;
pub use shares::SharedKey;

use crate::Failure;

/// A column of bytes whose length the table holds to.
fn exact<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], Failure> {
    bytes.try_into().map_err(|_length| Failure::row(0, "a column of another length"))
}

/// The same where there may be none.
fn exact_if<const N: usize>(bytes: Option<Vec<u8>>) -> Result<Option<[u8; N]>, Failure> {
    bytes.map(exact).transpose()
}

/// A number the table holds to its range.
fn small<T: TryFrom<i64>>(number: i64) -> Result<T, Failure> {
    T::try_from(number).map_err(|_range| Failure::row(0, "a number out of its range"))
}
