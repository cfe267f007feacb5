//! Files of the evidence, part by part, and what was done with them. The server is told lengths that
//! files are rounded to and salted hashes; names, types and keys stand closed in the case.

use super::{Bytes, Exact, Proof};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A file that is announced.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FileBegun {
    /// Its number, drawn where it was closed.
    #[schema(value_type = String)]
    pub file: Exact<16>,
    /// What the custody log calls the original.
    #[schema(value_type = String)]
    pub leaf: Exact<32>,
    /// Bytes of all parts before they were closed: a length that files are rounded to.
    pub padded: u64,
}

/// A part of a file, closed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FilePart {
    /// Of which file.
    #[schema(value_type = String)]
    pub file: Exact<16>,
    /// From 0.
    pub part: u32,
    /// The bytes.
    #[schema(value_type = String)]
    pub closed: Bytes,
}

/// Which part.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct WhichPart {
    /// Of which file.
    #[schema(value_type = String)]
    pub file: Exact<16>,
    /// From 0.
    pub part: u32,
}

/// An event of the custody log as it is told: an entry of what somebody did, signed by her or him.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CustodyNote {
    /// Its form.
    #[schema(value_type = String)]
    pub event: Bytes,
    /// Label `custody`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// `POST /api/onestop/mailbox/file/begin`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct BeginOwnFile {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// The file.
    pub begun: FileBegun,
}

/// `POST /api/onestop/mailbox/file/part`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SendOwnPart {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// The part.
    pub sent: FilePart,
}

/// `POST /api/onestop/mailbox/file/state`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnFiles {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
}

/// `POST /api/onestop/mailbox/file/get`: after it was noted that it went back to her.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct GetOwnPart {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// Which part.
    pub wanted: WhichPart,
}

/// `POST /api/onestop/mailbox/file/delete`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DeleteOwnFiles {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// What the custody log calls the original: it goes with every copy of it.
    #[schema(value_type = String)]
    pub leaf: Exact<32>,
    /// That it was deleted; null for one that never came in whole.
    pub noted: Option<CustodyNote>,
}

/// `POST /api/onestop/mailbox/custody`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NoteOwn {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// What she did.
    pub noted: CustodyNote,
}

/// `POST /api/onestop/mailbox/custody/find`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FindOwnCustody {
    /// That the mailbox is hers.
    pub proof: Proof,
    /// What the log calls the pieces.
    #[schema(value_type = Vec<String>)]
    pub leaves: Vec<Exact<32>>,
}

/// `POST /api/onestop/case/file/begin`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct BeginFile {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The file.
    pub begun: FileBegun,
}

/// `POST /api/onestop/case/file/part`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SendPart {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The part.
    pub sent: FilePart,
}

/// `POST /api/onestop/case/file/get`: after it was noted, by the same device, why.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct GetPart {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Which part.
    pub wanted: WhichPart,
}

/// `POST /api/onestop/case/custody`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NoteCustody {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// What was done.
    pub noted: CustodyNote,
}

/// `POST /api/onestop/case/custody/find`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FindCustody {
    /// What the log calls the pieces.
    #[schema(value_type = Vec<String>)]
    pub leaves: Vec<Exact<32>>,
}

/// A case's files, as far as they have come.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseFiles {
    /// In no order.
    pub files: Vec<FileState>,
}

/// How far a file has come.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FileState {
    /// Its number.
    #[schema(value_type = String)]
    pub file: Exact<16>,
    /// How many parts it has.
    pub parts: u32,
    /// Those that are not here.
    pub missing: Vec<u32>,
    /// The full hour it was begun.
    #[schema(value_type = i64)]
    pub begun_at: Instant,
}

/// A part of a file as it lies here.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PartFound {
    /// The bytes.
    #[schema(value_type = String)]
    pub closed: Bytes,
}

/// Where an event was noted.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Noted {
    /// Which event of this piece of evidence it is, from 1.
    pub seq: u64,
}

/// What the custody log has of some pieces, with all it takes to check it without a network: the
/// events, a hash for everything between them, the newest head, and whose devices signed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CustodyFound {
    /// The newest head, or all of them in an export of the whole log; the newest first.
    pub heads: Vec<CustodyHead>,
    /// The events asked for, by their places.
    pub events: Vec<CustodyEvent>,
    /// The rest of the log up to the newest head.
    pub rest: Vec<CustodyRest>,
    /// The devices that signed.
    pub devices: Vec<CustodyDevice>,
    /// The head of the log of keys that the devices are proved to.
    #[schema(value_type = Option<String>)]
    pub keys_head: Option<Bytes>,
    /// The log's signature of it, label `head`.
    #[schema(value_type = Option<String>)]
    pub keys_signature: Option<Bytes>,
}

/// A head of the custody log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CustodyHead {
    /// Its form.
    #[schema(value_type = String)]
    pub head: Bytes,
    /// Label `custody-head`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// An event of the custody log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CustodyEvent {
    /// Its place in the log, from 0.
    pub place: u64,
    /// Its form.
    #[schema(value_type = String)]
    pub event: Bytes,
    /// Label `custody`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// A stretch of the log that is about other pieces.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct CustodyRest {
    /// The first place.
    pub from: u64,
    /// How many places.
    pub count: u64,
    /// The root of the tree over them.
    #[schema(value_type = String)]
    pub hash: Exact<32>,
}

/// A device that signed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CustodyDevice {
    /// Its entry in the log of keys.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// The entry's place there.
    pub index: u64,
    /// From the entry up.
    #[schema(value_type = Vec<String>)]
    pub proof: Vec<Exact<32>>,
}
