//! What is known of where she is, and the PINs she set: sealed rows, gone after some days.

use crate::{app::App, story::Story};
use ::alarm::Alarm;
use kernel::{Id, Instant, Secret, Span, id};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use subtle::ConstantTimeEq;
use wire::alarm::LocationCandidate;

/// The kind of the rows.
const KIND: &str = "alarm.locations";
/// Candidates taken from one message; a phone has two or three.
const MOST: usize = 16;
/// Letters of a typed place.
const WORDS: usize = 200;

/// One message's worth of what is known. Has no `Debug`.
#[derive(Default, Serialize, Deserialize)]
pub struct Told {
    /// Where she may be.
    pub locations: Vec<LocationCandidate>,
    /// Her PIN for "by mistake", as a keyed hash.
    #[serde(default)]
    pin: Option<[u8; 32]>,
    /// Her PIN for "I am made to", as a keyed hash.
    #[serde(default)]
    duress: Option<[u8; 32]>,
}

/// What a typed PIN means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It was a mistake.
    Mistake,
    /// She is made to say so.
    Duress,
    /// Neither.
    Wrong,
}

fn hash(key: &Secret<[u8; 32]>, alarm: Id<id::Alarm>, pin: &str) -> [u8; 32] {
    crate::auth::keyed::tag(key, &[&alarm.bits().to_be_bytes(), pin.trim().as_bytes()])
}

impl Told {
    /// What a message told; what is no place on earth is left out, since nothing may keep an
    /// alarm from landing.
    pub fn of(locations: Vec<LocationCandidate>) -> Self {
        let locations = locations
            .into_iter()
            .filter(|one| kernel::Point::new(one.at.lat, one.at.lon).is_some())
            .take(MOST)
            .map(|mut one| {
                one.words = one.words.map(|words| words.chars().take(WORDS).collect());
                one
            })
            .collect();
        Self { locations, pin: None, duress: None }
    }

    /// With the PINs she set. Two equal ones cannot be told apart: then the forced one counts,
    /// because the other mistake costs more.
    pub fn with_pins(
        mut self,
        key: &Secret<[u8; 32]>,
        alarm: Id<id::Alarm>,
        pin: Option<&str>,
        duress: Option<&str>,
    ) -> Self {
        let kept = |pin: Option<&str>| {
            pin.filter(|pin| !pin.trim().is_empty()).map(|pin| hash(key, alarm, pin))
        };
        (self.pin, self.duress) = (kept(pin), kept(duress));
        self
    }

    fn is_empty(&self) -> bool {
        self.locations.is_empty() && self.pin.is_none() && self.duress.is_none()
    }

    /// Whether taking it back asks for a PIN.
    pub const fn pin_set(&self) -> bool {
        self.pin.is_some() || self.duress.is_some()
    }

    /// What a typed PIN means. Both are always compared, each in constant time.
    pub fn meaning(
        &self,
        key: &Secret<[u8; 32]>,
        alarm: Id<id::Alarm>,
        typed: Option<&str>,
    ) -> Meaning {
        let typed = hash(key, alarm, typed.unwrap_or_default());
        let none = [0_u8; 32];
        let is_pin = self.pin.as_ref().unwrap_or(&none).ct_eq(&typed);
        let is_duress = self.duress.as_ref().unwrap_or(&none).ct_eq(&typed);
        if bool::from(is_duress) {
            Meaning::Duress
        } else if bool::from(is_pin) || !self.pin_set() {
            Meaning::Mistake
        } else {
            Meaning::Wrong
        }
    }

    /// Keeps it, if there is anything to keep.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        app: &App,
        now: Instant,
    ) -> Result<Option<Id<id::Private>>, Failure> {
        if self.is_empty() {
            return Ok(None);
        }
        let bytes = Secret::new(serde_json::to_vec(self).map_err(Failure::Unwritable)?);
        let hours = app.pack().rules.server.forget_alarm_after_hours;
        tx.private_put(KIND, &bytes, now + Span::hours(hours.into())).await.map(Some)
    }
}

impl App {
    /// Everything still known of an alarm's sender: all candidates, and the PINs of the raising.
    pub(crate) async fn told_of(&self, alarm: &Story<Alarm>) -> Result<Told, Failure> {
        let mut all = Told::default();
        for row in &alarm.state.locations {
            let Some(bytes) = self.store().private_get(*row, KIND, self.now()).await? else {
                continue;
            };
            let Ok(told) = serde_json::from_slice::<Told>(bytes.expose()) else { continue };
            all.locations.extend(told.locations);
            // PINs are set with the first press; nobody who holds the phone later changes them.
            if !all.pin_set() {
                (all.pin, all.duress) = (told.pin, told.duress);
            }
        }
        all.locations.sort_by_key(|one| std::cmp::Reverse(one.seen_at));
        Ok(all)
    }
}
