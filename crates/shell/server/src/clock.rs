//! The clock of a city: real, stepped by a test, or the adjustable night of the demo. With
//! `main`, the only place that reads the machine's clock.

use futures::future::BoxFuture;
use kernel::{Instant, Span};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// What time it is, and how to wait for a moment.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Instant;
    /// Completes when it may be `at` or later. It may complete early (a demo's clock was skipped,
    /// a test stepped): callers look at [`Clock::now`] again.
    fn wait_until(&self, at: Instant) -> BoxFuture<'static, ()>;
}

fn machine_now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock everything else is given")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn real_span(span: Span, speed: u16) -> Duration {
    // Rounded up, so that a waiter never wakes a fraction too early and spins.
    let millis = u64::try_from(span.as_millis()).unwrap_or(0);
    Duration::from_millis(millis.div_ceil(u64::from(speed.max(1))))
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealClock;

/// The longest single wait: the machine's clock may be set while we wait.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

impl Clock for RealClock {
    fn now(&self) -> Instant {
        machine_now()
    }

    fn wait_until(&self, at: Instant) -> BoxFuture<'static, ()> {
        let wait = real_span(at.since(self.now()), 1).min(LOOK_AGAIN);
        Box::pin(tokio::time::sleep(wait))
    }
}

/// A clock that stands still until it is stepped.
#[derive(Debug)]
pub struct SteppedClock {
    now: AtomicI64,
    stepped: watch::Sender<i64>,
}

impl SteppedClock {
    /// Standing at this moment.
    pub fn at(start: Instant) -> Self {
        Self { now: AtomicI64::new(start.millis()), stepped: watch::Sender::new(start.millis()) }
    }

    /// Moves on.
    pub fn step(&self, span: Span) {
        let now = self.now.fetch_add(span.as_millis(), Ordering::SeqCst) + span.as_millis();
        self.stepped.send_replace(now);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> Instant {
        Instant::from_millis(self.now.load(Ordering::SeqCst))
    }

    fn wait_until(&self, at: Instant) -> BoxFuture<'static, ()> {
        let mut stepped = self.stepped.subscribe();
        Box::pin(async move {
            // The sender lives in the clock; when it is dropped nobody waits any more.
            let _gone = stepped.wait_for(|now| *now >= at.millis()).await;
        })
    }
}

/// The demo's night: runs faster than the machine's clock, may be skipped ahead, never back.
#[derive(Debug)]
pub struct DemoClock {
    pace: Mutex<Pace>,
    changed: watch::Sender<()>,
}

#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Where the night stood when the pace was last changed.
    from: Instant,
    /// The machine's clock at that moment.
    since: Instant,
    speed: u16,
}

impl Pace {
    fn now(self) -> Instant {
        let real = machine_now().since(self.since).as_millis().max(0);
        self.from + Span::millis(real.saturating_mul(i64::from(self.speed)))
    }
}

impl DemoClock {
    /// A night that begins at `start` and runs at `speed` demo seconds per real second (1–60).
    pub fn starting(start: Instant, speed: u16) -> Self {
        let pace = Pace { from: start, since: machine_now(), speed: speed.clamp(1, 60) };
        Self { pace: Mutex::new(pace), changed: watch::Sender::new(()) }
    }

    /// Demo seconds per real second.
    pub fn speed(&self) -> u16 {
        self.pace().speed
    }

    /// Changes the speed, kept within 1 to 60.
    pub fn set_speed(&self, speed: u16) {
        self.change(|pace| pace.speed = speed.clamp(1, 60));
    }

    /// Skips ahead; a moment already past changes nothing.
    pub fn skip_to(&self, at: Instant) {
        self.change(|pace| pace.from = pace.from.max(at));
    }

    fn pace(&self) -> Pace {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Pace)) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.from = pace.now();
        pace.since = machine_now();
        change(&mut pace);
        drop(pace);
        self.changed.send_replace(());
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Instant {
        self.pace().now()
    }

    fn wait_until(&self, at: Instant) -> BoxFuture<'static, ()> {
        let pace = self.pace();
        let wait = real_span(at.since(pace.now()), pace.speed).min(LOOK_AGAIN);
        let mut changed = self.changed.subscribe();
        Box::pin(async move {
            let _either = tokio::time::timeout(wait, changed.changed()).await;
        })
    }
}

#[cfg(test)]
mod tests;
