//! The wrist watch of a simulated person: the demo's clock as last heard over HTTP, carried on at
//! its speed, and which seats are played; or the simulated city's timetable.

use crate::city::timetable::Timetable;
use kernel::{Instant, Span};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::{Receiver, Sender, channel};
use wire::demo::DemoNight;

/// What was heard last.
#[derive(Debug)]
pub(crate) struct Beat {
    now: Instant,
    speed: u16,
    heard_at: tokio::time::Instant,
    played: BTreeSet<String>,
}

impl Beat {
    fn heard(night: &DemoNight) -> Self {
        let played = night.parts.iter().filter(|part| part.played);
        Self {
            now: night.clock.now,
            speed: night.clock.speed.max(1),
            heard_at: tokio::time::Instant::now(),
            played: played.map(|part| part.part.clone()).collect(),
        }
    }

    fn now(&self) -> Instant {
        let real = i64::try_from(self.heard_at.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.now + Span::millis(real.saturating_mul(i64::from(self.speed)))
    }
}

/// How often somebody looks when nothing tells her to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// In the demo, where nobody is rung: often enough to seem rung.
    pub(crate) often: Span,
    /// In the simulated city, where news rings: the look that finds what a lost ring did not tell.
    pub(crate) idle: Span,
    /// Real time at least between looks of the demo, so that a fast night is no storm of requests.
    pub(crate) least: Duration,
}

/// Reads the last beat, or the timetable.
#[derive(Clone)]
pub(crate) enum Watch {
    /// A night on the demo's clock.
    Demo(Receiver<Arc<Beat>>),
    /// The simulated city.
    Stepped(Arc<Timetable>),
}

/// A watch set to what was heard, and the hand that sets it again.
pub(super) fn start(night: &DemoNight) -> (Sender<Arc<Beat>>, Watch) {
    let (hand, face) = channel(Arc::new(Beat::heard(night)));
    (hand, Watch::Demo(face))
}

/// Sets every watch.
pub(super) fn pass_on(hand: &Sender<Arc<Beat>>, night: &DemoNight) {
    hand.send_replace(Arc::new(Beat::heard(night)));
}

impl Watch {
    /// Now, in the night.
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Demo(face) => {
                let beat = Arc::clone(&face.borrow());
                beat.now()
            }
            Self::Stepped(timetable) => timetable.now(),
        }
    }

    /// Whether nobody real sits there.
    pub(crate) fn plays(&self, part: &str) -> bool {
        match self {
            Self::Demo(face) => face.borrow().played.contains(part),
            Self::Stepped(_) => true,
        }
    }

    /// Waits until it is `at`, however the speed changes, and at least `least` of real time, so
    /// that a fast night does not become a storm of requests.
    pub(crate) async fn wait_until(&self, at: Instant, least: Duration) {
        let face = match self {
            Self::Demo(face) => face,
            Self::Stepped(timetable) => return timetable.wait_until(at).await,
        };
        tokio::time::sleep(least).await;
        loop {
            let left = at.since(self.now());
            if left.as_millis() <= 0 {
                return;
            }
            let speed = u64::from(face.borrow().speed);
            let real = u64::try_from(left.as_millis()).unwrap_or(0).div_ceil(speed);
            // The clock may be skipped meanwhile: look at it at least once a second.
            tokio::time::sleep(Duration::from_millis(real.clamp(10, 1_000))).await;
        }
    }

    /// Waits this long from now.
    pub(crate) async fn wait(&self, span: Span, least: Duration) {
        self.wait_until(self.now() + span, least).await;
    }

    /// Waits until there may be news for her, or until she means to do something herself.
    pub(crate) async fn news(&self, look: Look, by_herself: Option<Instant>) {
        match self {
            Self::Demo(_) => self.wait(look.often, look.least).await,
            Self::Stepped(timetable) => {
                let latest = timetable.now() + look.idle;
                timetable.listen_until(by_herself.map_or(latest, |at| at.min(latest))).await;
            }
        }
    }

    /// From now on she is rung when something happens to what is called so.
    pub(crate) fn hear(&self, name: &str) {
        if let Self::Stepped(timetable) = self {
            timetable.hear(name);
        }
    }

    /// Rings everybody who hears this name: a telephone on a desk.
    pub(crate) fn ring(&self, name: &str) {
        if let Self::Stepped(timetable) = self {
            timetable.ring(name, timetable.now());
        }
    }
}
