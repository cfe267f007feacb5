//! One-stop: sealed reports on their way to the centers she chose, and answers on their way back.
//! Everything here is bytes to the server (`engine/seal/SPEC.md` says which); ids stand in bodies,
//! never in addresses, and no `Idempotency-Key` is needed: a case's number and its hashes are what
//! makes a repeat the same. Moments are cut to the full hour but for `now`.

mod bytes;
mod directory;
mod evidence;
mod ledger;
mod referral;
mod rules;
mod service;
mod shares;
mod work;

pub use bytes::{Bytes, Exact};
pub use directory::{
    CenterItem, CenterService, CenterTakes, DeviceKeyItem, Directory, HeadToWitness, OneStopKeys,
    ReportDoor, SinceHead, TeamKeyItem, WitnessHead, WitnessSignature,
};
pub use evidence::{
    BeginFile, BeginOwnFile, CaseFiles, CustodyDevice, CustodyEvent, CustodyFound, CustodyHead,
    CustodyNote, CustodyRest, DeleteOwnFiles, FileBegun, FilePart, FileState, FindCustody,
    FindOwnCustody, GetOwnPart, GetPart, NoteCustody, NoteOwn, Noted, OwnFiles, PartFound,
    SendOwnPart, SendPart, WhichPart,
};
pub use ledger::{Ledger, ReleaseItem, ReserveRelease, TableSpends};
pub use referral::{
    EndReferral, KeptLetter, LetterMoved, MoveLetters, Referral, ReferralLetter, ReferralState,
    Referrals, SendReferral, WriteLetter,
};
pub use rules::{
    AgeRuleDay, AgeRuleItem, AgeRuleKind, CaseRules, DutyField, DutyItem, DutyTrigger,
    FigureTableItem, TableDimension, TableEvery,
};
pub use service::{Capability, SayService, ServiceAccess, ServiceNow, Services};
pub use shares::{BringBack, ClosedKey, KeyBack, MakeShares, Shares, SharesMade};
pub use work::{
    AnswerKnock, CaseDesk, CaseDevice, FindCase, KeyWrap, KnockItem, Knocks, MoveCase, NewDevice,
    NewTeamKey, OwnWrap, ShareTeamKey, WriteCase,
};

use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/challenge`: to be signed when a mailbox is opened, for ten minutes.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Challenge {
    /// 40 bytes.
    #[schema(value_type = String)]
    pub challenge: Exact<40>,
}

/// `POST /api/onestop/report`: everything she sends, in one request.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// The manifest.
    #[schema(value_type = String)]
    pub manifest: Bytes,
    /// Her signature of it.
    #[schema(value_type = String)]
    pub signature: Bytes,
    /// The twelve compartments, in the order of their kinds.
    pub compartments: Vec<Compartment>,
    /// A knock for each center she chose, none to seven; only to a center's newest key.
    pub knocks: Vec<Knock>,
}

/// One compartment of a report.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Compartment {
    /// The ciphertext.
    #[schema(value_type = String)]
    pub closed: Bytes,
    /// Eight.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
}

/// The sealed note that tells a center of a case.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Knock {
    /// Which center.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// Of its key.
    pub epoch: u32,
    /// The note.
    #[schema(value_type = String)]
    pub knock: Bytes,
}

/// It is kept, since this full hour.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Received {
    /// The full hour.
    #[schema(value_type = i64)]
    pub received_at: Instant,
}

/// `POST /api/onestop/mailbox`, and in what she does to a case: whose mailbox, and that it is hers.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Proof {
    /// What the server calls the mailbox.
    #[schema(value_type = String)]
    pub locator: Exact<32>,
    /// Its signing key.
    #[schema(value_type = String)]
    pub signing_key: Exact<32>,
    /// The challenge as it was given.
    #[schema(value_type = String)]
    pub challenge: Exact<40>,
    /// Label `mailbox-opened`, over locator and challenge.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// What lies in a mailbox. One that nobody uses looks like one that is empty.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Mailbox {
    /// Her cases.
    pub cases: Vec<Case>,
}

/// A case, as whoever may ask for it gets it: all of it, closed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Case {
    /// Its number.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// The manifest of the report.
    #[schema(value_type = String)]
    pub manifest: Bytes,
    /// Her signature of it.
    #[schema(value_type = String)]
    pub signature: Bytes,
    /// The full hour it came in.
    #[schema(value_type = i64)]
    pub received_at: Instant,
    /// The newest version of each of the twelve compartments, in the order of their kinds.
    pub compartments: Vec<Written>,
    /// All messages, the first first.
    pub messages: Vec<Written>,
    /// All entries of the work on it, the first first.
    pub entries: Vec<Written>,
    /// Consents she took back.
    pub withdrawn: Vec<Withdrawn>,
}

/// A version of a compartment, or one of a thread, as it is kept.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Written {
    /// 1 to 14.
    pub kind: u8,
    /// From 1.
    pub version: u32,
    /// The ciphertext.
    #[schema(value_type = String)]
    pub closed: Bytes,
    /// Eight, as they are now.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// The full hour.
    #[schema(value_type = i64)]
    pub written_at: Instant,
    /// The device that wrote it; null: she.
    #[schema(value_type = Option<String>)]
    pub author: Option<Exact<16>>,
    /// Label `amended`; null for what the manifest names.
    #[schema(value_type = Option<String>)]
    pub signature: Option<Bytes>,
    /// How its wraps became what they are, the first first.
    pub moves: Vec<MoveMade>,
}

/// Wraps replaced by others: who did it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MoveMade {
    /// The hash of the wraps before it. After it: those of the next, or those that are there.
    #[schema(value_type = String)]
    pub wraps_before: Exact<32>,
    /// The device; null: she.
    #[schema(value_type = Option<String>)]
    pub author: Option<Exact<16>>,
    /// Label `moved`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// A consent taken back.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Withdrawn {
    /// Its mark.
    #[schema(value_type = String)]
    pub mark: Exact<32>,
    /// As she signed it.
    pub at: u64,
    /// Label `consent-withdrawn`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// A new version of a compartment, or a message.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Writing {
    /// 1 to 14.
    pub kind: u8,
    /// One more than the newest; 1 for the first message.
    pub version: u32,
    /// The ciphertext.
    #[schema(value_type = String)]
    pub closed: Bytes,
    /// Eight.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// Label `amended`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// Other wraps for a version that is kept: one column of the eight is another, the same in all that
/// is moved at once.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    /// 1 to 14.
    pub kind: u8,
    /// The version that is kept.
    pub version: u32,
    /// Eight, seven of them as before.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// Label `moved`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// `POST /api/onestop/mailbox/write`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WriteMailbox {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// What she wrote.
    pub writing: Writing,
}

/// `POST /api/onestop/mailbox/withdraw`: a consent taken back. Everything of the case that is kept is
/// moved with it, messages and entries too; if something came meanwhile (409 `onestop.version_taken`), open the
/// mailbox again and close the rest.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WithdrawConsent {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// The consent's mark.
    #[schema(value_type = String)]
    pub mark: Exact<32>,
    /// When, UTC milliseconds of a full hour: it is kept as it was signed.
    pub at: u64,
    /// Label `consent-withdrawn`.
    #[schema(value_type = String)]
    pub signature: Bytes,
    /// Dummies in that column, for every version the mailbox shows.
    pub moved: Vec<Moved>,
}

/// `POST /api/onestop/mailbox/give`: a reader gets more of a case, or less, or gets it for the first
/// time. Everything of the case that is kept but the notes is moved with it; if something came meanwhile
/// (409 `onestop.version_taken`), open the mailbox again and close the rest.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct GiveConsent {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// Wraps under the new consent in one column, or dummies, for every version the mailbox shows but
    /// the notes.
    pub moved: Vec<Moved>,
    /// The notes anew: whose column it is, and what it may open.
    pub notes: Writing,
    /// Tells the center.
    pub knock: Knock,
}

/// `POST /api/onestop/mailbox/delete`: the case, all of it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DeleteCase {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// Label `mailbox-deleted`, over locator and challenge.
    #[schema(value_type = String)]
    pub deleted_signature: Bytes,
}
