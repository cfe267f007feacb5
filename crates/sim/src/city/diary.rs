//! What the people themselves experienced: written down from what arrived on their phones, never
//! from the journal. What was acknowledged to somebody must be in the journal; what the journal
//! counts must not be less than what people lived through.

use super::chronicle::Chronicle;
use crate::night::line::{Parcel, Pass, Reply};
use kernel::Instant;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A walk as its requester, its team and its desk were told of it.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    /// What she was promised.
    pub promised: Option<Instant>,
    /// She was turned away.
    pub turned_away: Option<String>,
    /// Somebody's phone said that she is home.
    pub home: bool,
}

/// Something that was acknowledged: these words must stand in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The walk's or alarm's id.
    pub of: String,
    /// Any of these events must have happened to it.
    pub steps: &'static [&'static str],
}

/// What people lived through.
#[derive(Debug, Default)]
pub struct Diary {
    /// Walks by id.
    pub walks: BTreeMap<String, Lived>,
    /// Alarms by id.
    pub alarms: BTreeSet<String>,
    /// Everything acknowledged so far.
    pub acknowledged: Vec<Acknowledged>,
    /// How many of these have been found in the journal.
    pub found: usize,
    /// Asks that were turned away before they reached the journal, by the problem's code.
    pub not_taken: BTreeMap<String, u64>,
    /// Requests that had to be said again.
    pub said_again: u64,
}

/// What a step that was answered with success must have left in the journal.
fn steps(verb: &str) -> Option<&'static [&'static str]> {
    Some(match verb {
        "accept" => &["accepted"],
        "decline" => &["declined", "lapsed", "stood_down"],
        "set-off" => &["set_off"],
        "arrive" => &["arrived"],
        "meet" => &["met"],
        "walk" => &["walking_started"],
        "home" => &["arrived_home"],
        "cancel" => &["cancelled"],
        "offer" => &["offered"],
        "acknowledge" => &["seen"],
        "close" => &["closed"],
        "retract" => &["retracted", "closed"],
        _ => return None,
    })
}

impl Diary {
    /// Writes down what arrived.
    pub(super) fn note(&mut self, parcel: &Parcel, reply: &Reply) {
        let path = parcel.path.split('?').next().unwrap_or_default();
        let body = || serde_json::from_slice::<Value>(&reply.body).unwrap_or(Value::Null);
        let good = (200..300).contains(&reply.status);
        match (parcel.write.is_some(), path) {
            (true, "/api/escort/requests" | "/api/escort/calls") if good => {
                self.asked(&body()["request"]);
            }
            (true, "/api/escort/requests" | "/api/escort/calls") => {
                let code = body()["code"].as_str().unwrap_or("unreadable").to_owned();
                *self.not_taken.entry(code).or_default() += 1;
            }
            (true, "/api/escort/walk-ups") if good => {
                if let Some(walk) = body()["walk"]["id"].as_str() {
                    self.walks.entry(walk.to_owned()).or_default();
                    self.acknowledge(walk, &["met"]);
                }
            }
            (true, "/api/alarm/alarms") if good => {
                if let Some(alarm) = body()["alarm"]["id"].as_str() {
                    self.alarms.insert(alarm.to_owned());
                    self.acknowledge(alarm, &["raised"]);
                }
            }
            (true, _) if good => self.stepped(path),
            (false, _) if good && matches!(parcel.pass, Pass::Bearer(_)) => {
                self.looked(&body());
            }
            _ => {}
        }
    }

    fn acknowledge(&mut self, of: &str, steps: &'static [&'static str]) {
        self.acknowledged.push(Acknowledged { of: of.to_owned(), steps });
    }

    fn asked(&mut self, request: &Value) {
        let Some(walk) = request["id"].as_str() else { return };
        let lived = self.walks.entry(walk.to_owned()).or_default();
        lived.promised = request["meet_by"].as_i64().map(Instant::from_millis).or(lived.promised);
        lived.turned_away = request["refused_code"].as_str().map(str::to_owned);
        let taken = lived.turned_away.is_none();
        self.acknowledge(walk, if taken { &["asked"] } else { &["turned_away"] });
    }

    /// A step of a walk or an alarm: `/api/escort/requests/esc_…/accept`.
    fn stepped(&mut self, path: &str) {
        let mut parts = path.rsplit('/');
        let (Some(verb), Some(of)) = (parts.next(), parts.next()) else { return };
        let Some(steps) = steps(verb) else { return };
        self.acknowledge(of, steps);
        if verb == "home" {
            self.walks.entry(of.to_owned()).or_default().home = true;
        }
    }

    fn looked(&mut self, view: &Value) {
        let Some(walk) = view["id"].as_str().filter(|id| id.starts_with("esc_")) else { return };
        let lived = self.walks.entry(walk.to_owned()).or_default();
        lived.home |= view["stage"] == "home";
    }

    /// The first acknowledged thing the journal does not hold. Each is looked for once, as soon as
    /// it was acknowledged: the journal takes nothing back.
    pub fn missing(&mut self, chronicle: &Chronicle) -> Option<Acknowledged> {
        while let Some(one) = self.acknowledged.get(self.found) {
            let walk = chronicle.walks.get(&one.of).map(|walk| &walk.steps);
            let told = walk.or_else(|| chronicle.alarms.get(&one.of).map(|alarm| &alarm.steps));
            let kept = told.is_some_and(|told| one.steps.iter().any(|step| told.contains(*step)));
            if !kept {
                return Some(one.clone());
            }
            self.found += 1;
        }
        None
    }

    /// A promise on a phone that is not the journal's.
    pub fn other_promise(&self, chronicle: &Chronicle) -> Option<String> {
        let last = self.acknowledged.last().filter(|one| one.steps == ["asked"])?;
        let (lived, told) = (self.walks.get(&last.of)?, chronicle.walks.get(&last.of)?);
        // A walk that has ended by the time its ask is repeated promises nothing any more.
        (told.stage.live() && lived.promised != told.promised).then(|| last.of.clone())
    }
}

#[cfg(test)]
mod tests;
