//! The seats of a district: where each is signed in, what is paired, and how it is ended. Never a
//! person's name: a seat is shown as what it is (`Gwanak desk 2`, `team 07`, `CU Sillim`).

use crate::session::Role;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/seats`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SeatList {
    /// The district.
    pub district: String,
    /// The seats the reader looks after, her own among them.
    pub seats: Vec<SeatItem>,
    /// Whether she may open new ones.
    pub may_open: bool,
    /// Minutes since a passkey was shown after which a change asks for it again.
    pub reauth_minutes: u16,
    /// Now.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// A seat.
#[expect(clippy::struct_excessive_bools, reason = "what it is, and what this reader may do to it")]
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SeatItem {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Person>,
    /// What is shown of it.
    pub shown_as: String,
    /// What one can sign in to it as.
    pub roles: Vec<Role>,
    /// Whether it is a phone or till paired by a code.
    pub device: bool,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Where it is signed in, newest first.
    pub sessions: Vec<SessionItem>,
    /// Until when a code that nobody has used yet lets somebody in.
    #[schema(value_type = Option<i64>)]
    pub code_until: Option<Instant>,
    /// Whether the reader may make a code for it.
    pub may_pair: bool,
    /// Whether the reader may change its roles.
    pub may_change: bool,
    /// Whether the reader may close it.
    pub may_close: bool,
}

/// A place where a seat is signed in: a browser, or a paired device.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SessionItem {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Session>,
    /// As what.
    pub role: Option<Role>,
    /// The paired device it belongs to, if it does.
    #[schema(value_type = Option<String>)]
    pub device: Option<Id<id::Device>>,
    /// Since when.
    #[schema(value_type = i64)]
    pub since: Instant,
    /// When it was last heard of; up to five minutes late.
    #[schema(value_type = i64)]
    pub seen_at: Instant,
    /// When it ends by itself.
    #[schema(value_type = i64)]
    pub ends_at: Instant,
    /// Whether the reader looks through it now.
    pub this: bool,
}

/// `POST /api/seats/{id}/end`: every session and unused code of a seat.
#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct EndSeat {
    /// Its passkeys too: what she signs in with is lost. Getting in again takes a code.
    #[serde(default)]
    pub passkeys: bool,
}

/// `POST /api/seats/{id}/roles`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SetRoles {
    /// Every role from now on. A session of a role that is gone ends.
    pub roles: Vec<Role>,
}

/// `POST /api/seats`: a new seat in the district, with its first code.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenSeat {
    /// What is shown of it: a seat, no name (`Gwanak desk 2`).
    pub shown_as: String,
    /// What one signs in to it as. Teams and stores come by the roster.
    pub roles: Vec<Role>,
}

/// A one-time code, shown once.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SeatCode {
    /// The seat it opens.
    #[schema(value_type = String)]
    pub seat: Id<id::Person>,
    /// What is shown of the seat.
    pub shown_as: String,
    /// The code, for `POST /api/session/enroll`.
    pub code: String,
    /// Until when it lets somebody in, once.
    #[schema(value_type = i64)]
    pub good_until: Instant,
}
