//! What goes wrong in a simulated night, planned from the seed: networks that lose and repeat,
//! phones that fall silent or tell the wrong time, ten times the asks at once, a server that is
//! killed in the middle of whatever it is doing.

use crate::chance::Chance;
use kernel::{Instant, Span};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Which faults a simulation has. Read from `loss,kill`, `all` or `none`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each fault is there or not, in any mixture")]
pub struct Faults {
    /// Requests are lost on the way, or their answers on the way back; phones say them again with
    /// the same key.
    pub loss: bool,
    /// A request arrives twice at once.
    pub duplicate: bool,
    /// A team's phone is without network for minutes.
    pub silence: bool,
    /// Phones' clocks are minutes wrong.
    pub skew: bool,
    /// Ten minutes of the night are ten times as busy.
    pub burst: bool,
    /// The server is killed at some await of a write, or of what follows it by itself, and starts
    /// again on what it had stored.
    pub kill: bool,
}

/// The text names no faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no fault: there are loss, duplicate, silence, skew, burst, kill, all and none")]
pub struct NoFault(String);

impl Faults {
    /// All of them.
    pub const ALL: Self =
        Self { loss: true, duplicate: true, silence: true, skew: true, burst: true, kill: true };

    fn named(self) -> [(&'static str, bool); 6] {
        [
            ("loss", self.loss),
            ("duplicate", self.duplicate),
            ("silence", self.silence),
            ("skew", self.skew),
            ("burst", self.burst),
            ("kill", self.kill),
        ]
    }
}

impl FromStr for Faults {
    type Err = NoFault;

    fn from_str(text: &str) -> Result<Self, NoFault> {
        let mut faults = Self::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "all" => faults = Self::ALL,
                "none" => faults = Self::default(),
                "loss" => faults.loss = true,
                "duplicate" => faults.duplicate = true,
                "silence" => faults.silence = true,
                "skew" => faults.skew = true,
                "burst" => faults.burst = true,
                "kill" => faults.kill = true,
                other => return Err(NoFault(other.to_owned())),
            }
        }
        Ok(faults)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there: Vec<&str> =
            self.named().into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect();
        if there.is_empty() { f.write_str("none") } else { f.write_str(&there.join(",")) }
    }
}

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It arrives and is answered.
    Arrives,
    /// It never arrives.
    LostBefore,
    /// It arrives; the answer does not.
    LostAfter,
    /// It arrives twice at once.
    Twice,
    /// The server is killed at this await of it.
    Killed(u32),
}

/// The share of requests that are lost, on each way.
const LOST: f64 = 0.02;
/// The share of writes that arrive twice.
const TWICE: f64 = 0.03;
/// Mean time between kills.
const BETWEEN_KILLS_S: f64 = 25.0 * 60.0;
/// Awaits after which a kill comes at the latest. Most writes have fewer than twenty.
const AWAITS: usize = 24;
/// How wrong a phone's clock is at most.
pub(super) const SKEW: Span = Span::minutes(12);
/// How many times as busy a burst is.
const BURST: f64 = 10.0;
/// The share of teams whose phone falls silent in a night.
const SILENT: f64 = 0.25;

/// One night's plan of faults.
#[derive(Debug)]
pub(super) struct Plan {
    faults: Faults,
    chance: Chance,
    next_kill: Instant,
    burst_from: Instant,
    silences: BTreeMap<String, (Instant, Instant)>,
}

impl Plan {
    /// The plan of the night that begins at `from` and has asks for `open`.
    pub(super) fn of(
        faults: Faults,
        seed: u64,
        from: Instant,
        open: Span,
        teams: &[String],
    ) -> Self {
        let mut chance = Chance::of(seed ^ from.millis().unsigned_abs(), "faults");
        let length_s = open.as_seconds().max(1) as f64;
        let moment =
            |chance: &mut Chance| from + Span::seconds(chance.between(0.0, length_s) as i64);
        let mut silences = BTreeMap::new();
        for team in teams {
            if chance.happens(SILENT) {
                let begins = moment(&mut chance);
                let lasts = Span::seconds(chance.between(90.0, 480.0) as i64);
                silences.insert(team.clone(), (begins, begins + lasts));
            }
        }
        let burst_from = moment(&mut chance);
        let next_kill = from + Span::seconds(chance.waiting_s(BETWEEN_KILLS_S) as i64);
        Self { faults, chance, next_kill, burst_from, silences }
    }

    /// A plan in which nothing goes wrong.
    pub(super) fn none(from: Instant) -> Self {
        Self::of(Faults::default(), 0, from, Span::hours(1), &[])
    }

    /// What becomes of a request of this owner.
    pub(super) fn fate(&mut self, owner: &str, writes: bool, now: Instant) -> Fate {
        let silent = |(from, until): &(Instant, Instant)| (*from..*until).contains(&now);
        if self.faults.silence && self.silences.get(owner).is_some_and(silent) {
            return Fate::LostBefore;
        }
        if self.faults.kill && writes && now >= self.next_kill {
            self.next_kill = self.kill_after(now);
            return Fate::Killed(self.chance.below(AWAITS) as u32);
        }
        if self.faults.loss {
            match self.chance.unit() {
                share if share < LOST => return Fate::LostBefore,
                share if share < 2.0 * LOST => return Fate::LostAfter,
                _ => {}
            }
        }
        if self.faults.duplicate && writes && self.chance.happens(TWICE) {
            return Fate::Twice;
        }
        Fate::Arrives
    }

    /// Whether the server is killed while it carries news onward, and at which await.
    pub(super) fn killed_carrying(&mut self, now: Instant) -> Option<u32> {
        // Every third kill meets what goes on by itself.
        if !(self.faults.kill && now >= self.next_kill && self.chance.happens(0.3)) {
            return None;
        }
        self.next_kill = self.kill_after(now);
        Some(self.chance.below(3 * AWAITS) as u32)
    }

    fn kill_after(&mut self, now: Instant) -> Instant {
        now + Span::seconds(self.chance.waiting_s(BETWEEN_KILLS_S) as i64)
    }

    /// How many times as busy it is in the ten minutes that begin at `piece`.
    pub(super) fn rush(&self, piece: Instant) -> f64 {
        let within = self.burst_from.since(piece);
        let here = within >= Span::ZERO && within < crate::night::outing::PIECE;
        if self.faults.burst && here { BURST } else { 1.0 }
    }
}

#[cfg(test)]
mod tests;
