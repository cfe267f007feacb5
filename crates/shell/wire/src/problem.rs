//! Errors as people meet them (RFC 9457).

use crate::alarm::ServesNow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `application/problem+json`. `code` is a key of both catalogues (dots become hyphens), so the
/// screen can say it in her language together with what to do next.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Stable code: `escort.offer-lapsed`, `request.not-understood`, `store.unavailable`.
    pub code: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// One English sentence for logs and developers; never contains what the person typed.
    pub title: String,
    /// The field that was not understood, if one was (`home.lat`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Who was first, when somebody else was (`desk 2`): a seat, never a person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What still works now, when the thing asked for does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serves_now: Vec<ServesNow>,
}
