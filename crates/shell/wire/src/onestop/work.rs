//! What a caseworker's browser asks and is told: keys, devices, knocks, cases.

use super::{Bytes, CenterService, Exact, Moved, Writing};
use crate::city::Bilingual;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/desk`: the center, and whose devices have its key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseDesk {
    /// The center's id in the directory.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// What kind of help.
    pub service: CenterService,
    /// What it is called.
    pub name: Bilingual,
    /// Of its newest key; 0: it has none yet.
    pub epoch: u32,
    /// Its devices that are valid now.
    pub devices: Vec<CaseDevice>,
    /// The center's keys, closed for one's own devices, the newest first.
    pub own_wraps: Vec<OwnWrap>,
    /// Knocks nobody has answered.
    pub unanswered: u32,
}

/// A device of the center.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseDevice {
    /// Which.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Its entry of the directory.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// The seat it belongs to.
    pub shown_as: String,
    /// Whether it is of the seat signed in.
    pub own: bool,
    /// Whether that seat approves what colleagues plan.
    pub supervises: bool,
    /// Whether the center's newest key is closed for it.
    pub has_key: bool,
}

/// A center's key, closed for one's own device.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnWrap {
    /// Of the key.
    pub epoch: u32,
    /// Which device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The wrap.
    #[schema(value_type = String)]
    pub wrap: Bytes,
}

/// `POST /api/onestop/device`: one's own device, into the log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NewDevice {
    /// An entry of form 2.
    #[schema(value_type = String)]
    pub entry: Bytes,
}

/// A center's key, closed for a device.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct KeyWrap {
    /// Which device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The wrap.
    #[schema(value_type = String)]
    pub wrap: Bytes,
}

/// `POST /api/onestop/team-key`: the center's next key, into the log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NewTeamKey {
    /// An entry of form 1; its epoch is the last one's and 1.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// Closed for the center's devices: one's own at least.
    pub wraps: Vec<KeyWrap>,
}

/// `POST /api/onestop/team-key/share`: a key closed for one more device of the center.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ShareTeamKey {
    /// Of the key.
    pub epoch: u32,
    /// Which device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The wrap.
    #[schema(value_type = String)]
    pub wrap: Bytes,
}

/// `GET /api/onestop/knocks`: the center's, unanswered ones first, then the newest first.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Knocks {
    /// They say nothing of whose case it is until they are opened.
    pub knocks: Vec<KnockItem>,
}

/// A knock as it is kept.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct KnockItem {
    /// Drawn when it was kept; it says nothing.
    #[schema(value_type = String)]
    pub id: Exact<8>,
    /// Of the center's key.
    pub epoch: u32,
    /// The note.
    #[schema(value_type = String)]
    pub knock: Bytes,
    /// The full hour it came in.
    #[schema(value_type = i64)]
    pub received_at: Instant,
    /// The full hour it was answered.
    #[schema(value_type = Option<i64>)]
    pub answered_at: Option<Instant>,
}

/// `POST /api/onestop/knocks/answered`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct AnswerKnock {
    /// Which.
    #[schema(value_type = String)]
    pub id: Exact<8>,
}

/// `POST /api/onestop/case`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct FindCase {
    /// Its number, from a knock.
    #[schema(value_type = String)]
    pub case: Exact<16>,
}

/// `POST /api/onestop/case/write`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WriteCase {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// What was written.
    pub writing: Writing,
}

/// `POST /api/onestop/case/move`: the center's column, closed for its next key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MoveCase {
    /// Which case.
    #[schema(value_type = String)]
    pub case: Exact<16>,
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// What was moved.
    pub moved: Vec<Moved>,
}
