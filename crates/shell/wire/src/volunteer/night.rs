//! A night of a district: who has signed up, who goes with whom, who is missing.

use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A night ahead.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NightItem {
    /// The night.
    #[schema(value_type = String)]
    pub id: Id<id::Shift>,
    /// When teams go out.
    #[schema(value_type = i64)]
    pub starts_at: Instant,
    /// When they come back.
    #[schema(value_type = i64)]
    pub ends_at: Instant,
    /// People it needs at least.
    pub crew_min: u16,
    /// People still needed for that.
    pub missing: u16,
    /// Who has signed up, the first first.
    pub crew: Vec<CrewSeat>,
    /// The teams made of them.
    pub teams: Vec<NightTeam>,
    /// Whose place is to be taken.
    pub calls: Vec<CallItem>,
}

/// Somebody of a crew.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of her, alone")]
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CrewSeat {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she or he is called.
    pub first_name: String,
    /// Checked in.
    pub here: bool,
    /// Noted as not having come.
    pub absent: bool,
    /// The place is offered to a colleague.
    pub swap: bool,
    /// In a team.
    pub paired: bool,
}

/// A team of a night.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NightTeam {
    /// Which.
    #[schema(value_type = String)]
    pub team: Id<id::Team>,
    /// The two.
    #[schema(value_type = Vec<String>)]
    pub members: Vec<Id<id::Person>>,
    /// What they are called.
    pub first_names: Vec<String>,
    /// Both have checked in.
    pub ready: bool,
}

/// A replacement is called for.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CallItem {
    /// Whose place.
    #[schema(value_type = String)]
    pub missing: Id<id::Person>,
    /// What she or he is called.
    pub first_name: String,
    /// Until when.
    #[schema(value_type = i64)]
    pub until: Instant,
}

/// `POST /api/volunteer/nights`: the hours are the calendar's.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct OpenNight {
    /// The date it begins on: `2026-12-01`.
    pub date: String,
    /// People it needs at least.
    pub crew_min: u16,
}

/// Two people proposed as a team, or made one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Two {
    /// The two.
    #[schema(value_type = Vec<String>)]
    pub members: [Id<id::Person>; 2],
}

/// `GET /api/volunteer/nights/{id}/proposal`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PairingProposal {
    /// The teams, those of a veteran and a newcomer first.
    pub teams: Vec<ProposedTeam>,
    /// Who is left, with the reason.
    pub alone: Vec<LeftOver>,
}

/// Two people who could go together.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ProposedTeam {
    /// The two.
    #[schema(value_type = Vec<String>)]
    pub members: Vec<Id<id::Person>>,
    /// What they are called.
    pub first_names: Vec<String>,
}

/// Somebody in no team.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LeftOver {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she or he is called.
    pub first_name: String,
    /// Why, as a message key.
    pub why: String,
}

/// Which team of a night.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct WhichTeam {
    /// The team.
    #[schema(value_type = String)]
    pub team: Id<id::Team>,
}

/// Whom of a night's crew.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct WhichPerson {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
}

/// Why a night does not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallOffReason {
    /// Storm, snow, heat.
    Weather,
    /// Too few people.
    CrewTooSmall,
    /// An order of the city.
    Order,
}

/// `POST /api/volunteer/nights/{id}/call-off`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CallOff {
    /// Why.
    pub reason: CallOffReason,
}
