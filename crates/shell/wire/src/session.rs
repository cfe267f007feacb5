//! Who is signed in. Staff by passkey; tills and team phones are paired devices.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The staff role of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A district desk's dispatcher.
    Dispatcher,
    /// A team of two on a shared phone.
    Team,
    /// A store's till.
    Haven,
    /// A supervisor of all districts.
    Supervisor,
    /// A patrol of two on a shared phone.
    Patrol,
    /// The programme manager of a district.
    Programme,
    /// An analyst of a district's figures.
    Analyst,
    /// The administrator of a district's seats.
    Administrator,
    /// A caseworker of a center of the one-stop network.
    Caseworker,
    /// Somebody at a center that takes referrals only.
    ServicePartner,
    /// A caseworker who also approves what colleagues plan.
    CaseSupervisor,
}

/// `GET /api/session`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// The role, if signed in.
    pub role: Option<Role>,
    /// What to show as "signed in as" (`Gwanak desk`, `team 07`, `CU Sillim`).
    pub shown_as: Option<String>,
    /// The district it belongs to.
    pub district: Option<String>,
    /// Every role of the seat, this one first; `POST /api/session/role` changes to another.
    pub roles: Vec<Role>,
}

/// `POST /api/session/role`: another role of the same seat. The session so far ends.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct TakeRole {
    /// Which.
    pub role: Role,
}

/// `POST /api/session/enroll`: a one-time code printed by `waylight enroll`. For a till or team
/// phone this signs the device in; for a dispatcher the answer holds a passkey challenge.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Enroll {
    /// The code.
    pub code: String,
}

/// The answer: either signed in, or a passkey to make.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Enrolling {
    /// Signed in at once (devices).
    pub session: Option<Session>,
    /// `PublicKeyCredentialCreationOptions` as JSON for `navigator.credentials.create`.
    #[schema(value_type = Option<Object>)]
    pub passkey: Option<serde_json::Value>,
    /// Names the ceremony for `/finish`.
    pub ceremony: Option<String>,
}

/// `POST /api/session/passkey/start`; and `/api/session/confirm/start`, where whoever is signed in
/// shows once more that it is her, before what is sensitive.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PasskeyStarted {
    /// `PublicKeyCredentialRequestOptions` as JSON.
    #[schema(value_type = Object)]
    pub passkey: serde_json::Value,
    /// Names the ceremony for `/finish`.
    pub ceremony: String,
}

/// `POST /api/session/passkey/finish`, `/api/session/confirm/finish` and
/// `/api/session/enroll/finish`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PasskeyFinish {
    /// From the start.
    pub ceremony: String,
    /// The browser's credential as JSON.
    #[schema(value_type = Object)]
    pub credential: serde_json::Value,
}
