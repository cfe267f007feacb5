//! Beats, rounds and sightings, as patrols, desks and programme managers see them.

use crate::city::{Bilingual, LatLon};
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SightingKind {
    /// A lamp gives no light.
    LampOut,
    /// A camera hangs down, is covered or gone.
    CameraBroken,
    /// A bell does not ring, or is gone.
    BellBroken,
    /// A sign is gone.
    SignMissing,
    /// The ground is broken, dug up or icy.
    Ground,
    /// Something hides what is behind it.
    Hidden,
    /// An empty building stands open.
    EmptyBuilding,
    /// People gather and drink.
    Crowd,
    /// Somebody is followed or bothered.
    Harassment,
    /// Somebody needs help.
    PersonInNeed,
    /// Cries, blows.
    Violence,
    /// Something else.
    Other,
}

/// Where a sighting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SightingStage {
    /// Noted; nobody has it in hand.
    Noted,
    /// Handed over; the other side has not said that it has it.
    HandedOver,
    /// The other side has it.
    InHand,
    /// Closed.
    Closed,
}

/// What became of a sighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SightingOutcome {
    /// Repaired.
    Repaired,
    /// Seen to.
    SeenTo,
    /// An alarm took its place.
    Alarm,
    /// Police or ambulance took over.
    TakenOver,
    /// Nothing was there any more.
    NothingThere,
    /// Somebody had noted it before.
    KnownAlready,
}

/// Whom to hand something to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandTo {
    /// The desk.
    Desk,
    /// The register of what stands in the street.
    Register,
}

/// A beat.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct BeatItem {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Beat>,
    /// A registered place near its middle.
    pub near: Bilingual,
    /// Its streets.
    pub streets: u32,
    /// Their metres, of those the map still knows.
    pub length_m: u32,
    /// Streets the map no longer knows.
    pub unknown: u32,
    /// Share of its metres walked in the last week, in percent; absent without known streets.
    pub week_percent: Option<u8>,
}

/// `POST /api/patrol/beats`: the streets around a place.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct DrawBeat {
    /// The registered place in its middle.
    #[schema(value_type = String)]
    pub around: Id<id::Place>,
    /// Metres in a straight line within which both ends of a street lie.
    pub radius_m: u16,
}

/// `POST /api/patrol/rounds`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct StartRound {
    /// Which beat.
    #[schema(value_type = String)]
    pub beat: Id<id::Beat>,
    /// Where the patrol stands; used for the proposal and not kept.
    pub at: Option<LatLon>,
    /// Minutes it has.
    pub minutes: u16,
}

/// `POST /api/patrol/rounds/{id}/end`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EndRound {
    /// Walked to its end, or broken off.
    pub finished: bool,
    /// The streets that were walked.
    pub segments: Vec<u64>,
}

/// A street of a beat.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StreetItem {
    /// Its number on the map.
    pub segment: u64,
    /// Its metres.
    pub length_m: u32,
    /// `[lon, lat]`.
    pub geometry: Vec<[f64; 2]>,
}

/// A round under way, with the way proposed when it began.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RoundView {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Round>,
    /// Which beat.
    #[schema(value_type = String)]
    pub beat: Id<id::Beat>,
    /// When it began.
    #[schema(value_type = i64)]
    pub started_at: Instant,
    /// The beat's streets, of those the map knows.
    pub streets: Vec<StreetItem>,
    /// The streets proposed, in the order they are walked.
    pub proposal: Vec<u64>,
    /// Metres of the proposal.
    pub proposal_m: u32,
}

/// `GET /api/patrol` and the answer to every act of a patrol: the whole screen.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PatrolScreen {
    /// Journal number this is true at.
    pub number: u64,
    /// What is shown of the seat.
    pub shown_as: String,
    /// First names of the two.
    pub first_names: Vec<String>,
    /// What keeps the two from going out, as message keys.
    pub lacks: Vec<String>,
    /// The district's beats.
    pub beats: Vec<BeatItem>,
    /// The round under way.
    pub round: Option<RoundView>,
    /// What the patrol has noted and nobody has closed, the newest first.
    pub sightings: Vec<SightingItem>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// `POST /api/patrol/sightings`: taken without network too, and sent later under the same key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NoteSighting {
    /// What.
    pub kind: SightingKind,
    /// A registered thing or place it is at.
    #[schema(value_type = Option<String>)]
    pub place: Option<Id<id::Place>>,
    /// Where, if at none; kept in a row that is erased.
    pub at: Option<LatLon>,
    /// Words; kept in the same row. Up to 300 letters.
    pub words: Option<String>,
    /// On which round.
    #[schema(value_type = Option<String>)]
    pub round: Option<Id<id::Round>>,
    /// When, by the phone's clock.
    #[schema(value_type = i64)]
    pub first_at: Instant,
}

/// A sighting on a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SightingItem {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Sighting>,
    /// What.
    pub kind: SightingKind,
    /// Where it stands.
    pub stage: SightingStage,
    /// Who has it, or should.
    pub with: Option<HandTo>,
    /// A registered place at or near it.
    pub near: Option<Bilingual>,
    /// Where, for a desk.
    pub at: Option<LatLon>,
    /// Words, for a desk.
    pub words: Option<String>,
    /// When it was noticed.
    #[schema(value_type = i64)]
    pub first_at: Instant,
    /// When it last moved or was last asked about.
    #[schema(value_type = i64)]
    pub asked_at: Instant,
}

/// `POST /api/patrol/sightings/{id}/hand-over`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct HandSightingOver {
    /// To whom.
    pub to: HandTo,
}

/// `POST /api/patrol/sightings/{id}/close`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CloseSighting {
    /// What became of it.
    pub outcome: SightingOutcome,
}
