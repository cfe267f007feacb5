//! The wrist watch of a simulated person: the demo's clock as last heard over HTTP, carried on at
//! its speed, and which seats are played.

use kernel::{Instant, Span};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::{Receiver, Sender, channel};
use wire::demo::DemoNight;

/// What was heard last.
#[derive(Debug)]
pub(super) struct Beat {
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

/// Reads the last beat.
#[derive(Clone, Debug)]
pub(super) struct Watch(Receiver<Arc<Beat>>);

/// A watch set to what was heard, and the hand that sets it again.
pub(super) fn start(night: &DemoNight) -> (Sender<Arc<Beat>>, Watch) {
    let (hand, face) = channel(Arc::new(Beat::heard(night)));
    (hand, Watch(face))
}

/// Sets every watch.
pub(super) fn pass_on(hand: &Sender<Arc<Beat>>, night: &DemoNight) {
    hand.send_replace(Arc::new(Beat::heard(night)));
}

impl Watch {
    /// Now, in the demo's night.
    pub(super) fn now(&self) -> Instant {
        let beat = Arc::clone(&self.0.borrow());
        beat.now()
    }

    /// Whether nobody real sits there.
    pub(super) fn plays(&self, part: &str) -> bool {
        self.0.borrow().played.contains(part)
    }

    /// Waits until it is `at`, however the speed changes, and at least `least` of real time, so
    /// that a fast night does not become a storm of requests.
    pub(super) async fn wait_until(&self, at: Instant, least: Duration) {
        tokio::time::sleep(least).await;
        loop {
            let left = at.since(self.now());
            if left.as_millis() <= 0 {
                return;
            }
            let speed = u64::from(self.0.borrow().speed);
            let real = u64::try_from(left.as_millis()).unwrap_or(0).div_ceil(speed);
            // The clock may be skipped meanwhile: look at it at least once a second.
            tokio::time::sleep(Duration::from_millis(real.clamp(10, 1_000))).await;
        }
    }

    /// Waits this long from now.
    pub(super) async fn wait(&self, span: Span, least: Duration) {
        self.wait_until(self.now() + span, least).await;
    }
}
