//! The programme manager's screen: people, nights, applications, talks owed.

use super::{
    joining::{ApplicationItem, Engagement, Gender},
    night::NightItem,
};
use crate::city::Bilingual;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/crew` and each event of `GET /api/crew/live`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Crew {
    /// Journal number this is true at.
    pub number: u64,
    /// The district.
    pub district: String,
    /// Its name.
    pub name: Bilingual,
    /// Everybody on the roster, by first name.
    pub people: Vec<PersonItem>,
    /// The nights ahead, the next first.
    pub nights: Vec<NightItem>,
    /// The dates a night can be opened for, as the calendar has them: `2026-12-01`.
    pub dates: Vec<String>,
    /// Applications waiting for a step, who has waited longest first.
    pub applications: Vec<ApplicationItem>,
    /// Talks owed, the soonest due first.
    pub debriefs: Vec<DebriefItem>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// Somebody on the roster.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonItem {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she or he is called.
    pub first_name: String,
    /// The number, if one was given.
    pub phone: Option<String>,
    /// As stated.
    pub gender: Gender,
    /// How she or he serves.
    pub engagement: Engagement,
    /// The record check holds until then.
    #[schema(value_type = Option<i64>)]
    pub record_check_until: Option<Instant>,
    /// The training holds until then.
    #[schema(value_type = Option<i64>)]
    pub training_until: Option<Instant>,
    /// What keeps her or him from going out, as message keys, the gravest first.
    pub lacks: Vec<String>,
    /// What runs out soon, as message keys, the soonest first.
    pub soon: Vec<String>,
    /// Has served long enough to go with a newcomer.
    pub veteran: bool,
    /// On duty now.
    pub out: bool,
    /// Minutes on duty since Monday.
    pub week_minutes: u32,
    /// Minutes she or he may still be sent out for this week; absent: no limit.
    pub week_left_minutes: Option<u32>,
    /// When the time of service ends, if it does.
    #[schema(value_type = Option<i64>)]
    pub term_ends_at: Option<Instant>,
}

/// A talk owed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DebriefItem {
    /// The talk.
    #[schema(value_type = String)]
    pub id: Id<id::Debrief>,
    /// To whom.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she or he is called.
    pub first_name: String,
    /// Until when it is owed.
    #[schema(value_type = Option<i64>)]
    pub due_at: Option<Instant>,
    /// When it is arranged for.
    #[schema(value_type = Option<i64>)]
    pub arranged_at: Option<Instant>,
    /// It is late.
    pub overdue: bool,
}

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The criminal record check.
    RecordCheck,
    /// The training.
    Training,
}

/// `POST /api/volunteer/people/{id}/papers`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NotePaper {
    /// Which.
    pub paper: Paper,
    /// It holds to the end of that day: `2027-11-20`.
    pub until: String,
}

/// Why somebody is not sent out for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// A complaint is being looked into.
    Complaint,
    /// The record check showed something.
    RecordCheck,
    /// At her or his own wish.
    OwnWish,
}

/// `POST /api/volunteer/people/{id}/suspend`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Suspend {
    /// Why.
    pub reason: Pause,
}

/// Why hours are put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// The phone failed.
    PhoneFailed,
    /// Going off duty was forgotten.
    ForgotToEnd,
    /// Duty was kept on paper.
    OnPaper,
    /// Nobody was out.
    NotWorked,
}

/// `POST /api/volunteer/people/{id}/hours`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CorrectHours {
    /// When the turn began, as it is credited.
    #[schema(value_type = i64)]
    pub from: Instant,
    /// When it ended in truth; equal to `from` if it does not count.
    #[schema(value_type = i64)]
    pub until: Instant,
    /// Why.
    pub reason: Correction,
}

/// `POST /api/volunteer/debriefs/{id}`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum DebriefStep {
    /// Arrange it.
    Arrange {
        /// When.
        #[schema(value_type = i64)]
        at: Instant,
    },
    /// It was held.
    Hold,
    /// It is not wanted.
    Waive,
}

/// A month of somebody's hours and pay.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// Which month: `2026-11`.
    pub month: String,
    /// Turns of duty that count.
    pub turns: u32,
    /// Minutes worked for pay.
    pub paid_minutes: u32,
    /// Those of them worked between 22:00 and 06:00.
    pub night_minutes: u32,
    /// Minutes worked as a volunteer.
    pub volunteer_minutes: u32,
    /// Minutes of volunteer time earned with reports.
    pub report_minutes: u32,
    /// What the paid minutes earn, in the smallest unit of the city's money.
    pub pay: u64,
    /// Turns that were put right.
    pub corrected: u32,
    /// The turns, the first first.
    pub entries: Vec<TurnItem>,
}

/// A turn of duty as it counts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct TurnItem {
    /// When it began; also what names it.
    #[schema(value_type = i64)]
    pub from: Instant,
    /// Until when it counts.
    #[schema(value_type = i64)]
    pub until: Instant,
    /// How often it was put right.
    pub corrections: u16,
}
