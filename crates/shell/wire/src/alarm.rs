//! A call for help now.

use crate::city::{Bilingual, LatLon};
use crate::escort::{Escalation, Happened};
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How urgent. A citizen's hold is always `help_now`; a till chooses after its hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Come and look.
    ComeAndLook,
    /// Someone is sheltering here.
    Sheltering,
    /// Help now; grade not (yet) chosen.
    HelpNow,
    /// Police now.
    PoliceNow,
}

/// Where a place came from. All candidates are kept, never one confident dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LocationSource {
    /// The phone's satellite fix.
    Gps,
    /// The phone's network estimate.
    Network,
    /// Typed or chosen by her.
    Typed,
    /// The meeting place or route of the walk this came from.
    Walk,
    /// The store the till stands in.
    Haven,
}

/// One candidate for where she is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LocationCandidate {
    /// Where.
    pub at: LatLon,
    /// Radius in metres, if the source knows it.
    pub accuracy_m: Option<u32>,
    /// Where this comes from.
    pub source: LocationSource,
    /// When it was true, by the server's clock as the phone knows it.
    #[schema(value_type = i64)]
    pub seen_at: Instant,
    /// Words, if typed; up to 200 characters.
    #[serde(default)]
    pub words: Option<String>,
}

/// `POST /api/alarm/alarms`: sent at once, by anybody, without sign-in. A signed-in team or till
/// raises as itself.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Raise {
    /// When the hold was completed on the phone; kept when it is sent later.
    #[schema(value_type = i64)]
    pub first_at: Instant,
    /// What is known of where, possibly nothing.
    #[serde(default)]
    pub locations: Vec<LocationCandidate>,
    /// Silent by default; loud by choice.
    #[serde(default = "yes")]
    pub silent: bool,
    /// The till's grade; `help_now` otherwise.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// The walk it comes from, with that request's bearer token in `Authorization`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub escort: Option<Id<id::Escort>>,
    /// The PIN she set for "I pressed by mistake", if she set one (4–8 digits).
    #[serde(default)]
    pub pin: Option<String>,
    /// The PIN that looks the same and means "I am forced to call this off", if she set one.
    #[serde(default)]
    pub duress_pin: Option<String>,
}

const fn yes() -> bool {
    true
}

/// The answer to a raise.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Raised {
    /// Bearer token of this alarm alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What she sees.
    pub alarm: ForSender,
}

/// The sender's view: sent, seen, and no more than she needs. Identical in shape and size for a
/// plain and a duress retraction.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ForSender {
    /// The alarm.
    #[schema(value_type = String)]
    pub id: Id<id::Alarm>,
    /// Journal number this view is true at.
    pub number: u64,
    /// When the server had it.
    #[schema(value_type = i64)]
    pub sent_at: Instant,
    /// When a person at a desk acknowledged it.
    #[schema(value_type = Option<i64>)]
    pub seen_at: Option<Instant>,
    /// When it was retracted by the sender; it stays visible at the desk.
    #[schema(value_type = Option<i64>)]
    pub retracted_at: Option<Instant>,
    /// When a person closed it.
    #[schema(value_type = Option<i64>)]
    pub closed_at: Option<Instant>,
    /// How far it has travelled unseen.
    pub escalated: Escalation,
    /// Whether retracting will ask for a PIN.
    pub pin_set: bool,
    /// The grade.
    pub grade: Grade,
}

/// `POST /api/alarm/alarms/{id}/retract`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Retract {
    /// Her PIN, if she set one.
    #[serde(default)]
    pub pin: Option<String>,
}

/// `POST /api/alarm/alarms/{id}/locations`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct AddLocations {
    /// More candidates.
    pub locations: Vec<LocationCandidate>,
}

/// `POST /api/alarm/alarms/{id}/grade`: the till says what it is after the hold.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Regrade {
    /// The grade.
    pub grade: Grade,
}

/// How an alarm ended; mandatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A team, store or desk helped.
    Helped,
    /// Handed to the police.
    Police,
    /// Handed to an ambulance.
    Medical,
    /// She says she is fine; nobody went.
    Fine,
    /// Found or reached; help was declined.
    Declined,
    /// Pressed by mistake, confirmed by a person.
    Mistake,
    /// The device, not a person.
    DeviceFault,
    /// Nobody could be found.
    NotFound,
    /// A drill or test.
    Test,
}

/// `POST /api/alarm/alarms/{id}/close`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Close {
    /// How it ended.
    pub outcome: Outcome,
}

/// Who raised it, as a desk may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RaisedBy {
    /// Somebody with the citizen's page.
    Citizen,
    /// A team.
    Team {
        /// Its number.
        call_sign: String,
    },
    /// A store's till.
    Haven {
        /// The store.
        name: String,
        /// Its address.
        address: String,
        /// Its phone.
        phone: Option<String>,
    },
}

/// The desk's view of an alarm.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct AlarmForDesk {
    /// The sender's own view.
    pub alarm: ForSender,
    /// Who.
    pub by: RaisedBy,
    /// When the phone says it was pressed (later sending keeps the first time).
    #[schema(value_type = i64)]
    pub first_at: Instant,
    /// Retracted under duress: treat as still going on.
    pub duress: bool,
    /// Loud or silent.
    pub silent: bool,
    /// All candidates for where, newest first, with source, accuracy and age.
    pub locations: Vec<LocationCandidate>,
    /// Registered place names near the best candidate.
    pub near: Vec<Bilingual>,
    /// The walk it came from.
    #[schema(value_type = Option<String>)]
    pub escort: Option<Id<id::Escort>>,
    /// Who acknowledged it.
    pub seen_by: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Everything that happened, oldest first.
    pub history: Vec<Happened>,
}

/// Something that serves now when the thing asked for does not.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ServesNow {
    /// Which.
    pub kind: ServesNowKind,
    /// What it is called.
    pub name: Bilingual,
    /// A number to call, if there is one.
    pub phone: Option<String>,
    /// Where, if it is a place.
    pub at: Option<LatLon>,
    /// Walking minutes, if it is a place.
    pub walk_minutes: Option<u16>,
    /// When it opens, if not now.
    #[schema(value_type = Option<i64>)]
    pub opens_at: Option<Instant>,
}

/// Kinds of what serves now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServesNowKind {
    /// An open, ready haven.
    Haven,
    /// A police box or station.
    Police,
    /// The phone desk.
    DeskPhone,
    /// The emergency number.
    Emergency,
    /// The walk home itself, at its next opening.
    WalkLater,
}
