//! What is known of the person: one sealed row for each walk, gone hours after its end.

use crate::{app::App, problem::Turned};
use ::escort::Request;
use kernel::{Id, Instant, Secret, Span, id};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use wire::escort::Home;

/// The kind of the row with name, number and home.
pub const REQUESTER: &str = "escort.requester";
/// The kind of the row with the secret both sides prove themselves with.
pub const PROOF: &str = "escort.proof";

/// Letters a name may have.
const NAME_LETTERS: usize = 40;
/// Letters her words for her home may have.
const HOME_LETTERS: usize = 200;
/// Digits and signs a phone number may have.
const PHONE_LETTERS: usize = 20;

/// Name, number and home. Has no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Requester {
    /// What to call her.
    pub first_name: Option<String>,
    /// Her number.
    pub phone: Option<String>,
    /// Where to.
    pub home: Option<Home>,
}

impl Requester {
    /// Takes what was typed; what is empty counts as not given.
    ///
    /// # Errors
    /// Names the field that is too long or no place.
    pub fn of(
        first_name: Option<String>,
        phone: Option<String>,
        home: Option<Home>,
    ) -> Result<Self, Turned> {
        let wrong = |field: &str| Turned::NotUnderstood(Some(field.to_owned()));
        let text = |text: Option<String>, most: usize, field: &str| {
            let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            match text {
                Some(text) if text.chars().count() > most => Err(wrong(field)),
                text => Ok(text),
            }
        };
        if let Some(home) = &home {
            if kernel::Point::new(home.at.lat, home.at.lon).is_none() {
                return Err(wrong("home.at"));
            }
            if home.words.chars().count() > HOME_LETTERS {
                return Err(wrong("home.words"));
            }
        }
        Ok(Self {
            first_name: text(first_name, NAME_LETTERS, "first_name")?,
            phone: text(phone, PHONE_LETTERS, "phone")?,
            home,
        })
    }

    fn is_empty(&self) -> bool {
        self.first_name.is_none() && self.phone.is_none() && self.home.is_none()
    }

    /// Keeps it, if there is anything to keep. Until the walk has ended nobody knows when it will;
    /// a row of a walk that never ends goes after the wanted time and the kept hours all the same.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        app: &App,
        wanted_at: Instant,
    ) -> Result<Option<Id<id::Private>>, Failure> {
        if self.is_empty() {
            return Ok(None);
        }
        let bytes = serde_json::to_vec(self).map_err(Failure::Unwritable)?;
        let erase_at = app.pack().rules.escort.erase_at(wanted_at + Span::hours(24));
        tx.private_put(REQUESTER, &Secret::new(bytes), erase_at).await.map(Some)
    }
}

impl App {
    /// What is still known of the person of a walk; all fields empty once it is forgotten.
    pub(crate) async fn requester(&self, walk: &Request) -> Result<Requester, Failure> {
        let Some(row) = walk.private else { return Ok(Requester::default()) };
        let bytes = self.store().private_get(row, REQUESTER, self.now()).await?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(bytes.expose()).ok()).unwrap_or_default())
    }

    /// The secret of the mutual proof, once a team has accepted and until the walk is over.
    pub(crate) async fn proof_secret(&self, walk: &Request) -> Result<Option<String>, Failure> {
        use ::escort::Stage as S;
        let compares = matches!(walk.stage, S::Accepted | S::OnTheWay | S::Arrived | S::Met);
        let row = walk.assigned.and_then(|assigned| assigned.proof).filter(|_| compares);
        let Some(row) = row else { return Ok(None) };
        let bytes = self.store().private_get(row, PROOF, self.now()).await?;
        Ok(bytes.map(|bytes| crate::auth::bearer::base64url(bytes.expose())))
    }
}
