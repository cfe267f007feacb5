//! Matching, the web server's part: it names the houses, keeps what was left and gives it back to nobody
//! but the matcher. Without `[onestop.matching]` in the pack there is no such thing here.
//!
//! As in one-stop nothing is an event of the journal, nothing is traced, and no address is looked at.

pub mod entry;
pub mod houses;
pub mod redeem;
mod refused;

pub(crate) use refused::Refused;

use crate::{app::App, pack, problem::Turned};
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, request::Parts},
};
use redeem::Redeemer;

/// What matching needs beside the pack.
pub(crate) struct Matching {
    redeemer: Redeemer,
    /// What the page of a report may reach: the city, the issuer and the holders.
    pub(crate) connect: Option<HeaderValue>,
}

impl Matching {
    /// For the houses of a pack.
    pub(crate) fn new(houses: &pack::Matching) -> Self {
        let at = houses.redeem_at.as_ref().unwrap_or(&houses.issuer.origin);
        let origins: Vec<&str> = houses.origins().map(pack::Origin::as_str).collect();
        let policy = crate::headers::page_policy(&format!("'self' {}", origins.join(" ")));
        Self {
            redeemer: Redeemer::new(at.clone(), houses.issuer.receipt_key.0),
            // An origin was read so that it fits; what does not would leave the page with the city alone.
            connect: HeaderValue::from_str(&policy).ok(),
        }
    }
}

impl App {
    /// The houses of this city and what goes with them.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] where matching is off.
    fn matching(&self) -> Result<(&pack::Matching, &Matching), Turned> {
        let on = self.pack().onestop.matching.as_deref().zip(self.inner().matching.as_ref());
        on.ok_or(Turned::NoSuchThing)
    }
}

/// That matching is on. Asked before a body is read: where it is off, there is nothing to be wrong
/// about.
pub struct On;

impl FromRequestParts<App> for On {
    type Rejection = Turned;

    async fn from_request_parts(_parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        app.matching().map(|_on| Self)
    }
}
