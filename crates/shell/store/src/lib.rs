//! The only crate that knows SQL: one city's journal, and what is kept beside it.
//!
//! Everything that happens in a city is one append-only, totally ordered, hash-chained list of
//! events. [`Store::transact`] is the only way to write: it holds the city's lock, so that order,
//! chain and visibility agree; it appends events ([`Tx::act`]), keeps their projections and
//! deadlines in the same transaction, and answers a retry as it answered the first time
//! ([`Tx::recall`]). Personal data never enters the journal; it lives in private rows
//! ([`Tx::private_put`]) that can be forgotten.

mod db;
mod deadline;
mod failure;
mod idempotency;
mod ids;
mod journal;
mod keys;
mod onestop;
mod open;
mod private;
mod projections;
mod register;
mod staff;
mod transact;

pub use db::Location;
pub use deadline::{Due, Elapsed};
pub use failure::{Failure, Stopped};
pub use idempotency::{KEPT_AT_LEAST, Key, Outcome, Recall};
pub use ids::{new_id, with_ids_of};
pub use journal::{
    Acted, Appended, Context, Loaded, Recorded,
    checkpoint::{CHECKPOINT_EVERY, Checkpoint},
    verify::{Break, Broken, VerifyReport},
};
pub use keys::Keys;
pub use onestop::{
    CaseDevice, CenterSaid, CustodyHead, FilesHeld, KeptEntry, KeptEvent, KeptRelease, KeptWraps,
    KeyWrap, LetterMove, LogHead, NewestVersion, SealedCase, SealedFile, SealedKnock, SealedLetter,
    SealedReferral, SealedVersion, SharedKey, WholeCase, WholeReferral, Withdrawn, WitnessedBy,
    WrapsMove,
};
pub use open::Store;
pub use projections::{Happened, Listed, RebuildReport, TableDigest, WalkCount};
pub use register::{
    Asset, AssetRow, Boundary, Counts, Import, ImportRecord, Imported, QuarantinedRow,
    StreetExtract,
};
pub use staff::{Device, NewDevice, NewSession, Passkey, Session, StaffMember};
pub use transact::Tx;

#[cfg(test)]
mod tests;
