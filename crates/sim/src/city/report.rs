//! What a simulation found: counted from the journal, held against what the people themselves
//! lived through.

use super::chronicle::Chronicle;
use super::diary::Diary;
use super::invariants::Broken;
use kernel::Span;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Three points of a distribution, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Half are no longer.
    pub p50: i64,
    /// Nine of ten are no longer.
    pub p90: i64,
    /// Nineteen of twenty are no longer.
    pub p95: i64,
}

/// What people counted for themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lived {
    /// Walks somebody was told of.
    pub requests: u64,
    /// Homecomings somebody's phone showed or acknowledged.
    pub served: u64,
    /// Walks somebody was turned away from.
    pub refused: u64,
    /// Asks that were turned away before they were asks: too many from one place at once.
    pub not_taken: u64,
    /// Requests that were said again.
    pub said_again: u64,
}

/// The report. What `--json` prints.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Nights lived.
    pub nights: u32,
    /// The seed.
    pub seed: u64,
    /// The commit of the program, where it is known.
    pub commit: String,
    /// How many districts' worth of people asked.
    pub size: f64,
    /// The faults it had.
    pub faults: String,
    /// Districts with a desk.
    pub districts: usize,
    /// Teams on duty a night.
    pub teams: usize,
    /// Invariants that were broken: 0 or 1, since the first ends it.
    pub invariants_broken: u32,
    /// Which, if one was.
    pub broken: Option<Broken>,
    /// Walks asked for, those turned away among them.
    pub requests: u64,
    /// Walks that ended at her door.
    pub served: u64,
    /// The share of those taken that ended at her door.
    pub served_share: f64,
    /// Turned away, by reason.
    pub refused: BTreeMap<String, u64>,
    /// Taken and not served, by reason.
    pub unmet: BTreeMap<String, u64>,
    /// The share of promises that were kept: they met by then. Walks called off by her before the
    /// promised time are no promises.
    pub promises_kept: f64,
    /// How many promises that is of.
    pub promises: u64,
    /// From asking by the page to a person's seeing it.
    pub ack_s: Spread,
    /// From asking to the first offer.
    pub assigned_s: Spread,
    /// From asking, or from when she wanted to be met, to meeting.
    pub wait_s: Spread,
    /// Alarms raised by people.
    pub alarms: u64,
    /// From an alarm to a person's seeing it.
    pub alarm_ack_s: Spread,
    /// How unevenly walks were spread over teams: Gini coefficient of walks brought home for each
    /// turn of duty. 0: all alike.
    pub load_gini: f64,
    /// What people counted.
    pub lived: Lived,
    /// How often the server was killed and started again.
    pub restarts: u64,
    /// Requests that reached the service.
    pub served_requests: u64,
    /// Events in the journal.
    pub events: u64,
    /// The hash the journal ends in.
    pub head: String,
    /// The last events before an invariant was broken, names and ids only.
    pub last_events: Vec<String>,
}

/// Measures that are gathered night by night.
#[derive(Debug, Default)]
pub(super) struct Tally {
    requests: u64,
    served: u64,
    refused: BTreeMap<String, u64>,
    unmet: BTreeMap<String, u64>,
    kept: u64,
    promises: u64,
    ack: Vec<Span>,
    assigned: Vec<Span>,
    wait: Vec<Span>,
    alarms: u64,
    alarm_ack: Vec<Span>,
    lived: Lived,
}

fn spread(mut spans: Vec<Span>) -> Spread {
    spans.sort();
    let point = |share: f64| {
        let at = ((spans.len() as f64 * share).ceil() as usize).max(1) - 1;
        spans.get(at).map_or(0, |span| span.as_seconds())
    };
    Spread { p50: point(0.5), p90: point(0.9), p95: point(0.95) }
}

/// The Gini coefficient of these loads; 0 where there is nothing to share.
fn gini(mut loads: Vec<f64>) -> f64 {
    loads.sort_by(f64::total_cmp);
    let (count, sum) = (loads.len() as f64, loads.iter().sum::<f64>());
    if sum <= 0.0 {
        return 0.0;
    }
    let ranked: f64 = loads.iter().enumerate().map(|(at, load)| (at as f64 + 1.0) * load).sum();
    (2.0 * ranked / (count * sum) - (count + 1.0) / count).max(0.0)
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { rounded(part as f64 / whole as f64) }
}

impl Tally {
    /// Counts a night that is over.
    pub(super) fn night(&mut self, chronicle: &Chronicle, diary: &Diary) {
        for walk in chronicle.walks.values() {
            self.requests += 1;
            if let Some(reason) = &walk.turned_away {
                *self.refused.entry(reason.clone()).or_default() += 1;
                continue;
            }
            match (&walk.home_at, &walk.cancelled) {
                (Some(_), _) => self.served += 1,
                (None, Some((_, reason))) => *self.unmet.entry(reason.clone()).or_default() += 1,
                (None, None) => *self.unmet.entry("unfinished".to_owned()).or_default() += 1,
            }
            if let Some(promised) = walk.promised {
                let called_off = walk.cancelled.as_ref().is_some_and(|(at, _)| *at < promised);
                if !called_off {
                    self.promises += 1;
                    self.kept += u64::from(walk.met_at.is_some_and(|met| met <= promised));
                }
            }
            if walk.channel == "web" {
                self.ack.extend(walk.seen_at.map(|seen| seen.since(walk.asked_at)));
            }
            if walk.channel != "walk_up" {
                self.assigned.extend(walk.offered_at.map(|at| at.since(walk.asked_at)));
                self.wait.extend(walk.waited());
            }
        }
        for alarm in chronicle.alarms.values().filter(|alarm| !alarm.test) {
            self.alarms += 1;
            self.alarm_ack.extend(alarm.seen_at.map(|seen| seen.since(alarm.raised_at)));
        }
        let lived = diary.walks.values();
        self.lived.requests += diary.walks.len() as u64;
        self.lived.served += lived.clone().filter(|walk| walk.home).count() as u64;
        self.lived.refused += lived.filter(|walk| walk.turned_away.is_some()).count() as u64;
        self.lived.not_taken += diary.not_taken.values().sum::<u64>();
        self.lived.said_again += diary.said_again;
    }

    /// The report of all nights counted, with the teams of the last.
    pub(super) fn report(self, chronicle: &Chronicle) -> Report {
        let out = chronicle.teams.values().filter(|team| team.duties > 0);
        let loads = out.map(|team| f64::from(team.walked) / f64::from(team.duties));
        let taken = self.requests - self.refused.values().sum::<u64>();
        Report {
            requests: self.requests,
            served: self.served,
            served_share: share(self.served, taken),
            refused: self.refused,
            unmet: self.unmet,
            promises_kept: share(self.kept, self.promises),
            promises: self.promises,
            ack_s: spread(self.ack),
            assigned_s: spread(self.assigned),
            wait_s: spread(self.wait),
            alarms: self.alarms,
            alarm_ack_s: spread(self.alarm_ack),
            load_gini: rounded(gini(loads.collect())),
            lived: self.lived,
            events: chronicle.number,
            ..Report::default()
        }
    }
}

fn by_reason(reasons: &BTreeMap<String, u64>) -> String {
    let mut text = String::new();
    for (reason, count) in reasons {
        let comma = if text.is_empty() { "" } else { ", " };
        let _infallible = write!(text, "{comma}{count} {}", reason.replace('_', " "));
    }
    if text.is_empty() { "nobody".to_owned() } else { text }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        let line = |spread: Spread| {
            format!("half within {} s, 90 % {} s, 95 % {} s", spread.p50, spread.p90, spread.p95)
        };
        writeln!(
            f,
            "{} nights, seed {}, commit {}, faults {}: {} districts, {} teams a night",
            self.nights, self.seed, self.commit, self.faults, self.districts, self.teams
        )?;
        writeln!(
            f,
            "requests      {} ({} turned away: {})",
            self.requests,
            self.refused.values().sum::<u64>(),
            by_reason(&self.refused)
        )?;
        writeln!(
            f,
            "served        {} ({} of those taken)",
            self.served,
            percent(self.served_share)
        )?;
        writeln!(f, "not served    {}", by_reason(&self.unmet))?;
        writeln!(f, "promises      {} of {} kept", percent(self.promises_kept), self.promises)?;
        writeln!(f, "seen          {}", line(self.ack_s))?;
        writeln!(f, "assigned      {}", line(self.assigned_s))?;
        writeln!(f, "met           {}", line(self.wait_s))?;
        writeln!(f, "alarms        {}, seen {}", self.alarms, line(self.alarm_ack_s))?;
        writeln!(f, "load          Gini {:.3}", self.load_gini)?;
        writeln!(
            f,
            "people say    {} requests, {} home, {} turned away, {} not taken, {} said again",
            self.lived.requests,
            self.lived.served,
            self.lived.refused,
            self.lived.not_taken,
            self.lived.said_again
        )?;
        writeln!(
            f,
            "journal       {} events, {} restarts, ends in {}",
            self.events, self.restarts, self.head
        )?;
        match &self.broken {
            None => write!(f, "invariants    none broken"),
            Some(broken) => {
                write!(f, "BROKEN        {}: {}; {}", broken.invariant, broken.says, broken.what)?;
                self.last_events.iter().try_for_each(|event| write!(f, "\n    {event}"))
            }
        }
    }
}

#[cfg(test)]
mod tests;
