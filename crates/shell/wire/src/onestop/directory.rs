//! Whom a page believes, whose keys there are, and whether a report can be sent at all.

use super::{Bytes, Exact};
use crate::city::Bilingual;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// `GET /api/onestop/keys`: whom a page believes.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OneStopKeys {
    /// The log's key.
    #[schema(value_type = String)]
    pub log: Exact<32>,
    /// The witnesses' keys.
    #[schema(value_type = Vec<String>)]
    pub witnesses: Vec<Exact<32>>,
}

/// Whether a report can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportDoor {
    /// It can.
    Open,
    /// No center has a key that is valid now, in a head with two witnesses of the last three days.
    Closed,
}

/// What a center does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CenterService {
    /// Listening and advice.
    Counsel,
    /// Medicine.
    Medical,
    /// Law.
    Legal,
    /// A place to stay.
    Shelter,
    /// Police.
    Police,
    /// Counting.
    Figures,
}

/// From whom a center takes what it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CenterTakes {
    /// Reports from women, and referrals.
    Reports,
    /// Referrals from other centers only: she cannot choose it herself.
    Referrals,
}

/// `GET /api/onestop/directory`: the newest head that two witnesses have signed, and what is valid
/// now by it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Directory {
    /// Whether a report can be sent.
    pub door: ReportDoor,
    /// The mailbox salt. It never changes.
    #[schema(value_type = String)]
    pub salt: Exact<16>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// Hours within which a center answers.
    pub answer_within_hours: u16,
    /// Whether names can be left closed here. Where it is false, her page loads and says nothing of it.
    pub matching: bool,
    /// The head; null before the first that is witnessed.
    #[schema(value_type = Option<String>)]
    pub head: Option<Bytes>,
    /// The log's signature of it.
    #[schema(value_type = Option<String>)]
    pub head_signature: Option<Bytes>,
    /// The witnesses'.
    pub witnesses: Vec<WitnessSignature>,
    /// The newest key of each center.
    pub team_keys: Vec<TeamKeyItem>,
    /// The devices of caseworkers.
    pub devices: Vec<DeviceKeyItem>,
    /// Every center of the city, with or without a key.
    pub centers: Vec<CenterItem>,
}

/// A witness's signature of a head.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WitnessSignature {
    /// The witness's key.
    #[schema(value_type = String)]
    pub key: Exact<32>,
    /// The signature.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// A center's key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TeamKeyItem {
    /// Whose.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// The entry.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// Its place in the log, from 0.
    pub index: u64,
    /// From the leaf up.
    #[schema(value_type = Vec<String>)]
    pub proof: Vec<Exact<32>>,
}

/// A caseworker's device.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DeviceKeyItem {
    /// Of which center.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// Which device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// The entry.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// Its place in the log, from 0.
    pub index: u64,
    /// From the leaf up.
    #[schema(value_type = Vec<String>)]
    pub proof: Vec<Exact<32>>,
}

/// A center, as she reads of it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CenterItem {
    /// Its id in the directory.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// Its word in the city's pack (`gwanak-counseling`).
    pub key: String,
    /// What kind of help.
    pub service: CenterService,
    /// Whether it takes reports from women, or only referrals from other centers.
    pub takes: CenterTakes,
    /// What it is called.
    pub name: Bilingual,
    /// What it does for her, in a sentence.
    pub does: Bilingual,
    /// When somebody is there.
    pub hours: Bilingual,
    /// Its number.
    pub phone: String,
}

/// `GET /api/onestop/head`: the newest head there is, for witnesses.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct HeadToWitness {
    /// The head; null while nothing is in the log.
    #[schema(value_type = Option<String>)]
    pub head: Option<Bytes>,
    /// The log's signature of it.
    #[schema(value_type = Option<String>)]
    pub signature: Option<Bytes>,
    /// Those who have signed it.
    pub witnesses: Vec<WitnessSignature>,
    /// From the head of `since` entries to this one.
    #[schema(value_type = Vec<String>)]
    pub consistency: Vec<Exact<32>>,
}

/// `GET /api/onestop/head?since=`: the size of the head that was signed last.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
pub struct SinceHead {
    /// Entries; 0, if left out: none was signed yet.
    #[serde(default)]
    pub since: u64,
}

/// `POST /api/onestop/head/witness`: a witness has signed the newest head.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WitnessHead {
    /// The witness's key.
    #[schema(value_type = String)]
    pub key: Exact<32>,
    /// The signature.
    #[schema(value_type = String)]
    pub signature: Bytes,
}
