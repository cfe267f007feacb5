//! Asking to join: what an applicant writes and sees, and what a programme manager answers.

use crate::city::Bilingual;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How somebody serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// Part-time, by contract.
    Paid,
    /// For hours that are certified, not paid.
    Volunteer,
}

/// As somebody states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// Neither, or not said.
    Other,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationStage {
    /// Waiting for an answer.
    Applied,
    /// Invited to an interview.
    Invited,
    /// The interview was held.
    Interviewed,
    /// Taken on.
    Accepted,
    /// Not taken on.
    Declined,
    /// Taken back.
    Withdrawn,
}

/// Why somebody is not taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotTakenOn {
    /// All places are taken.
    NoPlace,
    /// Cannot be out in the hours of service.
    Hours,
    /// Did not come to the interview.
    DidNotCome,
    /// The interview spoke against it.
    Interview,
    /// The district's conditions are not met.
    Conditions,
}

/// `POST /api/volunteer/applications`. Everything personal goes into a row that is erased.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Apply {
    /// The district's code.
    pub district: String,
    /// How she or he wants to serve.
    pub engagement: Engagement,
    /// What to call her or him.
    pub first_name: String,
    /// A number to be reached at.
    pub phone: String,
    /// What she or he wants to say; up to 500 letters.
    pub words: Option<String>,
}

/// What an applicant gets: the token opens this application and nothing else.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Applied {
    /// To be kept by the phone.
    pub token: String,
    /// The application.
    pub application: ForApplicant,
}

/// An application as its applicant sees it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ForApplicant {
    /// The application.
    #[schema(value_type = String)]
    pub id: Id<id::Application>,
    /// Journal number this is true at.
    pub number: u64,
    /// Where it stands.
    pub stage: ApplicationStage,
    /// The district asked for.
    pub district: Bilingual,
    /// When it came.
    #[schema(value_type = i64)]
    pub applied_at: Instant,
    /// When the interview is.
    #[schema(value_type = Option<i64>)]
    pub interview_at: Option<Instant>,
    /// Why not, as a message key.
    pub declined: Option<String>,
    /// Once taken on: her or his own page.
    pub door: Option<Door>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// What opens a helper's own page.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Door {
    /// Whom the roster knows her or him as.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// To be kept by the phone.
    pub token: String,
}

/// An application as the programme manager sees it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ApplicationItem {
    /// The application.
    #[schema(value_type = String)]
    pub id: Id<id::Application>,
    /// Where it stands.
    pub stage: ApplicationStage,
    /// How she or he wants to serve.
    pub engagement: Engagement,
    /// What to call her or him; absent once it is forgotten.
    pub first_name: Option<String>,
    /// The number.
    pub phone: Option<String>,
    /// What she or he said.
    pub words: Option<String>,
    /// When it came.
    #[schema(value_type = i64)]
    pub applied_at: Instant,
    /// Since when it waits for its next step.
    #[schema(value_type = i64)]
    pub waiting_since: Instant,
    /// When the interview is.
    #[schema(value_type = Option<i64>)]
    pub interview_at: Option<Instant>,
    /// It has waited long enough that somebody was reminded.
    pub reminded: bool,
}

/// `POST /api/volunteer/applications/{id}/invite`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Invite {
    /// When the interview is.
    #[schema(value_type = i64)]
    pub at: Instant,
}

/// `POST /api/volunteer/applications/{id}/accept`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct TakeOn {
    /// As stated in the interview.
    pub gender: Gender,
    /// What was agreed.
    pub engagement: Engagement,
}

/// `POST /api/volunteer/applications/{id}/decline`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Refuse {
    /// Why.
    pub reason: NotTakenOn,
}
