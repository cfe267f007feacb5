//! Where something was noticed and in which words: one sealed row for each sighting, erased some
//! time after it is closed.

use crate::{app::App, problem::Turned};
use ::patrol::{Sighting, sighting::Spot};
use kernel::{Id, Instant, Point, Secret, Span, id};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use wire::city::LatLon;

/// The kind of the row.
pub const NOTICE: &str = "patrol.sighting";
/// Letters a patrol may write.
const WORDS_LETTERS: usize = 300;
/// How long a row of a sighting is kept that nobody closes; a sealed row needs some date.
const KEPT: Span = Span::days(365);

/// Where and in which words. Has no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Notice {
    /// Where, if at no registered thing.
    pub at: Option<LatLon>,
    /// The words.
    pub words: Option<String>,
}

impl Notice {
    /// Takes what was told.
    ///
    /// # Errors
    /// Names the field that is no place or too long.
    pub fn of(at: Option<LatLon>, words: Option<String>) -> Result<Self, Turned> {
        let wrong = |field: &str| Turned::NotUnderstood(Some(field.to_owned()));
        if at.is_some_and(|at| Point::new(at.lat, at.lon).is_none()) {
            return Err(wrong("at"));
        }
        let words = words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        if words.as_ref().is_some_and(|words| words.chars().count() > WORDS_LETTERS) {
            return Err(wrong("words"));
        }
        Ok(Self { at, words })
    }

    /// Keeps it, if there is anything to keep.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        now: Instant,
    ) -> Result<Option<Id<id::Private>>, Failure> {
        if self.at.is_none() && self.words.is_none() {
            return Ok(None);
        }
        let bytes = serde_json::to_vec(self).map_err(Failure::Unwritable)?;
        tx.private_put(NOTICE, &Secret::new(bytes), now + KEPT).await.map(Some)
    }
}

impl App {
    /// What is still known of a sighting.
    pub(crate) async fn notice(&self, sighting: &Sighting) -> Result<Notice, Failure> {
        let row = match sighting.spot {
            Some(Spot::Private(row)) => Some(row),
            _ => sighting.attached.first().copied(),
        };
        match row {
            Some(row) => self.notice_in(row).await,
            None => Ok(Notice::default()),
        }
    }

    /// What a row still says.
    pub(crate) async fn notice_in(&self, row: Id<id::Private>) -> Result<Notice, Failure> {
        let bytes = self.store().private_get(row, NOTICE, self.now()).await?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(bytes.expose()).ok()).unwrap_or_default())
    }
}
