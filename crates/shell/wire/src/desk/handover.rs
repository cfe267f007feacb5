//! From one shift to the next: what is open, who has it, what the next one must know.

use super::{AlarmItem, DeskWatch, Tonight, WalkItem};
use crate::city::Bilingual;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/desk/handover`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Handover {
    /// Journal number this is true at.
    pub number: u64,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// The desk's district.
    pub name: Bilingual,
    /// Who keeps the watch.
    pub watch: DeskWatch,
    /// Open alarms, the most urgent first.
    pub alarms: Vec<OpenAlarm>,
    /// Open walks, the most urgent first.
    pub walks: Vec<OpenWalk>,
    /// Teams that are out, by when their shift ends.
    pub teams: Vec<TeamOut>,
    /// What the shift before wrote down, the oldest first.
    pub notes: Vec<Note>,
    /// Counts of tonight.
    pub tonight: Tonight,
}

/// An open alarm.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenAlarm {
    /// As in the queue.
    pub alarm: AlarmItem,
    /// The seat that has it in hand; nobody, if absent.
    pub with: Option<String>,
    /// What was done last, as the journal names it.
    pub last: String,
    /// When.
    #[schema(value_type = i64)]
    pub last_at: Instant,
}

/// An open walk.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenWalk {
    /// As in the queue.
    pub walk: WalkItem,
    /// The seat that did something with it last; nobody, if absent.
    pub with: Option<String>,
    /// What happened last, as the journal names it.
    pub last: String,
    /// When.
    #[schema(value_type = i64)]
    pub last_at: Instant,
}

/// A team that is out.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TeamOut {
    /// Its number.
    pub call_sign: String,
    /// When its shift ends.
    #[schema(value_type = i64)]
    pub until: Instant,
    /// Whether it is on a walk.
    pub engaged: bool,
}

/// A note to the next shift.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Its private row.
    #[schema(value_type = String)]
    pub id: Id<id::Private>,
    /// What it says.
    pub text: String,
    /// The seat that wrote it.
    pub by: String,
    /// When.
    #[schema(value_type = i64)]
    pub at: Instant,
    /// When it is forgotten.
    #[schema(value_type = i64)]
    pub until: Instant,
}

/// `POST /api/desk/notes`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LeaveNote {
    /// What the next shift must know; at most 500 letters.
    pub text: String,
}
