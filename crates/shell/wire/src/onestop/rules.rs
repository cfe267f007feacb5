//! The dated rules the centers work by, as browsers read them: nothing of a case is ever sent to
//! have a rule applied to it.

use super::CenterService;
use crate::city::Bilingual;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/rules`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseRules {
    /// SHA-256 of what they all say, 64 hexadecimal digits: which rules a step was taken by.
    pub hash: String,
    /// Who counts as a child or youth, in the pack's order.
    pub age_rules: Vec<AgeRuleItem>,
    /// What the law asks to be told, in the pack's order.
    pub duties: Vec<DutyItem>,
    /// The tables a case's lines are for.
    pub tables: Vec<FigureTableItem>,
}

/// How an age is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum AgeRuleKind {
    /// Under 19, except from 1 January of the year they turn 19.
    #[serde(rename = "under_19_until_its_year")]
    Under19UntilItsYear,
    /// Under 19 on the day.
    #[serde(rename = "under_19")]
    Under19,
}

/// A rule of age between two days.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AgeRuleItem {
    /// The same through its changes.
    pub key: String,
    /// What the law calls who it means.
    pub name: Bilingual,
    /// How it counts.
    pub kind: AgeRuleKind,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// First day it no longer holds; null: none is known.
    pub until: Option<String>,
    /// Law and article.
    pub source: String,
    /// Who answers for it.
    pub confirmed_by: String,
}

/// On which day an age is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgeRuleDay {
    /// The day it happened.
    Incident,
    /// Today.
    Today,
}

/// What must be true for a duty to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyTrigger {
    /// The duty's rule of age says yes.
    Age,
    /// Rape or sexual assault, or pictures taken, spread or faked.
    SexualOffense,
    /// A caregiver did it.
    ByCaregiver,
    /// She lives with a disability.
    Disability,
}

/// What a packet can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyField {
    /// What to call her.
    Called,
    /// Her year of birth.
    BirthYear,
    /// Her sex.
    Sex,
    /// The type by the intake.
    IncidentType,
    /// As much of the day as is known.
    IncidentDate,
    /// What kind of place.
    IncidentPlace,
    /// What those who did it are to her.
    Relationship,
    /// How she may be reached without harm.
    SafeContact,
    /// Whether she knows of it.
    Told,
    /// Which center reports.
    Reporter,
}

/// A duty to report between two days.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DutyItem {
    /// The same through its changes.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// What she is told before.
    pub tells: Bilingual,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// First day it no longer holds; null: none is known.
    pub until: Option<String>,
    /// Law and article.
    pub source: String,
    /// Who answers for it.
    pub confirmed_by: String,
    /// All must be true.
    pub triggers: Vec<DutyTrigger>,
    /// The key of the rule of age, if age is among them.
    pub age_rule: Option<String>,
    /// On which day the age is looked at.
    pub age_on: AgeRuleDay,
    /// The services it binds.
    pub binds: Vec<CenterService>,
    /// The id of the center that is told.
    #[schema(value_type = String)]
    pub receiver: super::Exact<16>,
    /// Hours from knowing to telling; null: at once.
    pub deadline_hours: Option<u16>,
    /// What is told, and nothing else.
    pub fields: Vec<DutyField>,
}

/// How often a table is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableEvery {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
}

/// What a line says, and a table counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableDimension {
    /// The month.
    Month,
    /// The district.
    District,
    /// The type by the intake.
    Type,
    /// The context.
    Context,
    /// The band of her age.
    AgeBand,
    /// The service.
    Service,
}

/// A table of figures.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FigureTableItem {
    /// For ever.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// How often it is told of.
    pub every: TableEvery,
    /// What a line for it says, and nothing else.
    pub by: Vec<TableDimension>,
}
