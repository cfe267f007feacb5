//! What the journal tells, read a second time: a plain account of walks, alarms, teams and their
//! papers that shares no code with the aggregates, so that one can be held against the other.

use kernel::{Instant, Span};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use store::Recorded;

/// How many events are told when something is broken.
const TOLD: usize = 50;

/// Where a walk stands, as its last steps say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of the programme")]
pub enum Stage {
    Sent,
    Seen,
    Offered,
    Accepted,
    OnTheWay,
    Arrived,
    Met,
    Walking,
    Home,
    Cancelled,
    TurnedAway,
}

impl Stage {
    /// Whether somebody still has to do something.
    pub fn live(self) -> bool {
        !matches!(self, Self::Home | Self::Cancelled | Self::TurnedAway)
    }
}

/// A walk as the journal tells it.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Where it stands.
    pub stage: Stage,
    /// `web`, `phone` or `walk_up`.
    pub channel: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When she wants to be met.
    pub wanted_at: Instant,
    /// What she was promised.
    pub promised: Option<Instant>,
    /// Why she was turned away.
    pub turned_away: Option<String>,
    /// When a person first saw it.
    pub seen_at: Option<Instant>,
    /// When it was first offered.
    pub offered_at: Option<Instant>,
    /// When they met.
    pub met_at: Option<Instant>,
    /// When she was home.
    pub home_at: Option<Instant>,
    /// When and why it was called off.
    pub cancelled: Option<(Instant, String)>,
    /// The team that was asked or has it.
    pub team: Option<String>,
    /// The walk the team was said to have to the meeting point.
    pub walk_seconds: i64,
    /// How long the walk home may take.
    pub expected_minutes: i64,
    /// When anything last happened.
    pub last_at: Instant,
    /// Every event's name.
    pub steps: BTreeSet<String>,
    /// A step that cannot follow the one before it.
    pub astray: Option<String>,
}

/// An alarm as the journal tells it.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// When it reached us.
    pub raised_at: Instant,
    /// When a person first saw it.
    pub seen_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// When anything last happened.
    pub last_at: Instant,
    /// A self-test's, seen by nobody.
    pub test: bool,
    /// Every event's name.
    pub steps: BTreeSet<String>,
}

/// A team as the journal tells it.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// The two.
    pub members: Vec<String>,
    /// The walk it is reserved for.
    pub engaged: Option<String>,
    /// How often it came on duty.
    pub duties: u32,
    /// Walks it brought home.
    pub walked: u32,
}

/// A volunteer's papers as the journal tells them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Papers {
    /// The record check holds until then.
    pub record_check_until: Option<Instant>,
    /// The training holds until then.
    pub training_until: Option<Instant>,
    /// Not to be sent out.
    pub suspended: bool,
}

/// Everything the journal has told.
#[derive(Debug, Default)]
pub struct Chronicle {
    /// The number of the last event read.
    pub number: u64,
    /// Walks by id.
    pub walks: BTreeMap<String, Walk>,
    /// The live ones.
    pub live: BTreeSet<String>,
    /// Alarms by id.
    pub alarms: BTreeMap<String, Alarm>,
    /// Alarms that are not closed, but for self-tests.
    pub open: BTreeSet<String>,
    /// Teams by id.
    pub teams: BTreeMap<String, Team>,
    /// Papers by person.
    pub papers: BTreeMap<String, Papers>,
    /// Walks offered to somebody whose papers do not hold, and by whom.
    pub unscreened: Vec<String>,
    /// Events that happened before the one before them.
    pub backward: Vec<String>,
    /// Events that hold a letter no id or code has: a name, an address.
    pub personal: Vec<String>,
    /// The last events, names and ids only.
    pub last: VecDeque<String>,
    last_at: Option<Instant>,
}

fn text(fields: &Value, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn moment(fields: &Value, name: &str) -> Option<Instant> {
    fields.get(name).and_then(Value::as_i64).map(Instant::from_millis)
}

/// The prefix under which ids of a stream are printed, for those people have something to do with.
pub(super) fn prefix(stream: &str) -> Option<&'static str> {
    Some(match stream {
        "escort.request" => "esc",
        "alarm.alarm" => "alm",
        "volunteer.team" => "tem",
        "volunteer.person" => "per",
        "haven.store" => "hav",
        _ => return None,
    })
}

/// The printed form of a stream's id.
pub(super) fn name_of(recorded: &Recorded) -> Option<String> {
    use kernel::{Id, id};
    let bits = recorded.id_bits;
    Some(match prefix(&recorded.stream)? {
        "esc" => Id::<id::Escort>::from_bits(bits).to_string(),
        "alm" => Id::<id::Alarm>::from_bits(bits).to_string(),
        "tem" => Id::<id::Team>::from_bits(bits).to_string(),
        "per" => Id::<id::Person>::from_bits(bits).to_string(),
        _ => Id::<id::Haven>::from_bits(bits).to_string(),
    })
}

/// Whether it happened to a walk.
pub(super) fn is_walk(recorded: &Recorded) -> bool {
    prefix(&recorded.stream) == Some("esc")
}

impl Chronicle {
    /// Reads the next event.
    pub fn take(&mut self, recorded: &Recorded) {
        self.number = recorded.number;
        let name = name_of(recorded).unwrap_or_else(|| recorded.stream.clone());
        if self.last.len() == TOLD {
            self.last.pop_front();
        }
        self.last.push_back(format!(
            "{} {} {name} {} {:?}",
            recorded.number,
            recorded.at.millis(),
            recorded.name,
            recorded.actor
        ));
        // A register's import names its file, and whoever enlists comes before the night.
        if prefix(&recorded.stream).is_none() {
            return;
        }
        if self.last_at.is_some_and(|last| recorded.at < last) {
            self.backward.push(name.clone());
        }
        self.last_at = Some(recorded.at);
        if !recorded.body.is_ascii() {
            self.personal.push(format!("{name} {}", recorded.name));
        }
        let body: Value = serde_json::from_str(&recorded.body).unwrap_or(Value::Null);
        let fields = body.get(&recorded.name).unwrap_or(&Value::Null);
        match recorded.stream.as_str() {
            "escort.request" => self.walk(&name, recorded, fields),
            "alarm.alarm" => self.alarm(name, recorded),
            "volunteer.team" => self.team(name, recorded, fields),
            "volunteer.person" => self.person(name, recorded, fields),
            _ => {}
        }
    }

    fn walk(&mut self, name: &str, recorded: &Recorded, fields: &Value) {
        let at = recorded.at;
        let walk = self.walks.entry(name.to_owned()).or_insert_with(|| Walk::begun(at));
        walk.last_at = at;
        walk.steps.insert(recorded.name.clone());
        walk.step(&recorded.name, fields, at);
        if walk.stage.live() {
            self.live.insert(name.to_owned());
        } else {
            self.live.remove(name);
        }
        if matches!(recorded.name.as_str(), "offered" | "accepted") {
            let team = walk.team.clone().unwrap_or_default();
            self.screen(name, &team, at);
        }
    }

    /// Notes a walk that went to somebody whose papers do not hold.
    fn screen(&mut self, walk: &str, team: &str, at: Instant) {
        let members = self.teams.get(team).map_or(&[][..], |team| &team.members);
        let holds = |until: Option<Instant>| until.is_some_and(|until| until > at);
        let sound = |person: &String| {
            self.papers.get(person).is_some_and(|papers| {
                holds(papers.record_check_until)
                    && holds(papers.training_until)
                    && !papers.suspended
            })
        };
        if members.len() != 2 || !members.iter().all(sound) {
            self.unscreened.push(format!("{walk} to {team}"));
        }
    }

    fn alarm(&mut self, name: String, recorded: &Recorded) {
        let at = recorded.at;
        let alarm = self.alarms.entry(name.clone()).or_insert_with(|| Alarm {
            raised_at: at,
            seen_at: None,
            closed_at: None,
            last_at: at,
            test: recorded.actor == kernel::Actor::Clock,
            steps: BTreeSet::new(),
        });
        alarm.last_at = at;
        alarm.steps.insert(recorded.name.clone());
        match recorded.name.as_str() {
            "seen" => alarm.seen_at = alarm.seen_at.or(Some(at)),
            "closed" => alarm.closed_at = Some(at),
            _ => {}
        }
        if alarm.closed_at.is_none() && !alarm.test {
            self.open.insert(name);
        } else {
            self.open.remove(&name);
        }
    }

    fn team(&mut self, name: String, recorded: &Recorded, fields: &Value) {
        let team = self.teams.entry(name).or_default();
        match recorded.name.as_str() {
            "formed" => {
                let members = fields.get("members").and_then(Value::as_array);
                let ids = members.into_iter().flatten().filter_map(Value::as_str);
                team.members = ids.map(str::to_owned).collect();
            }
            "went_on_duty" => team.duties += 1,
            "engaged" => team.engaged = text(fields, "walk"),
            "released" => {
                team.engaged = None;
                team.walked += u32::from(fields.get("walked") == Some(&Value::Bool(true)));
            }
            _ => {}
        }
    }

    fn person(&mut self, name: String, recorded: &Recorded, fields: &Value) {
        let papers = self.papers.entry(name).or_default();
        match recorded.name.as_str() {
            "record_check_passed" => papers.record_check_until = moment(fields, "until"),
            "training_completed" => papers.training_until = moment(fields, "until"),
            "suspended" | "left" => papers.suspended = true,
            "reinstated" => papers.suspended = false,
            _ => {}
        }
    }

    /// Forgets walks and alarms that ended before `until`: a month of nights fits in memory, but
    /// need not. What they counted for has been counted.
    pub fn let_go(&mut self, until: Instant) {
        self.walks.retain(|_, walk| walk.stage.live() || walk.last_at >= until);
        self.alarms.retain(|_, alarm| alarm.closed_at.is_none() || alarm.last_at >= until);
    }
}

impl Walk {
    fn begun(at: Instant) -> Self {
        Self {
            stage: Stage::Sent,
            channel: String::new(),
            asked_at: at,
            wanted_at: at,
            promised: None,
            turned_away: None,
            seen_at: None,
            offered_at: None,
            met_at: None,
            home_at: None,
            cancelled: None,
            team: None,
            walk_seconds: 0,
            expected_minutes: 0,
            last_at: at,
            steps: BTreeSet::new(),
            astray: None,
        }
    }

    /// Takes a step, if it can follow where the walk stands; else it is astray for ever.
    fn step(&mut self, step: &str, fields: &Value, at: Instant) {
        use Stage::{
            Accepted, Arrived, Cancelled, Home, Met, Offered, OnTheWay, Seen, Sent, TurnedAway,
            Walking,
        };
        let first = self.steps.len() == 1;
        let on_street = self.channel == "walk_up";
        let (to, fits) = match step {
            "asked" => (Sent, first),
            "turned_away" => (TurnedAway, first),
            "seen" => (Seen, self.stage == Sent),
            "offered" => (Offered, self.stage == Seen),
            "lapsed" | "declined" => (Seen, self.stage == Offered),
            "accepted" => (Accepted, self.stage == Offered || on_street && self.stage == Sent),
            "stood_down" => (Seen, (Offered..=Arrived).contains(&self.stage)),
            "set_off" => (OnTheWay, self.stage == Accepted),
            "arrived" => (Arrived, (Accepted..=OnTheWay).contains(&self.stage)),
            "met" => (Met, (Accepted..=Arrived).contains(&self.stage)),
            "walking_started" => (Walking, self.stage == Met),
            "arrived_home" => (Home, (Met..=Walking).contains(&self.stage)),
            "cancelled" => (Cancelled, self.stage.live()),
            "handed_over" => (Sent, (Sent..=Seen).contains(&self.stage)),
            _ => (self.stage, self.stage.live() || step == "trouble_raised"),
        };
        if !fits && self.astray.is_none() {
            self.astray = Some(format!("{step} after {:?}", self.stage));
        }
        self.stage = to;
        self.note(step, fields, at);
    }

    fn note(&mut self, step: &str, fields: &Value, at: Instant) {
        match step {
            "asked" | "turned_away" => {
                self.channel = text(fields, "channel").unwrap_or_default();
                self.wanted_at = moment(fields, "wanted_at").unwrap_or(at);
                self.promised = fields.get("promise").and_then(|one| moment(one, "meet_by"));
                self.turned_away = text(fields, "reason");
            }
            "seen" => self.seen_at = self.seen_at.or(Some(at)),
            "offered" => {
                self.team = text(fields, "team");
                self.walk_seconds = fields.get("walk_seconds").and_then(Value::as_i64).unwrap_or(0);
                self.offered_at = self.offered_at.or(Some(at));
            }
            "accepted" => self.team = text(fields, "team").or(self.team.take()),
            "lapsed" | "declined" | "stood_down" => self.team = None,
            "met" => self.met_at = self.met_at.or(Some(at)),
            "walking_started" => {
                let minutes = fields.get("expected_minutes").and_then(Value::as_i64);
                self.expected_minutes = minutes.unwrap_or(0);
            }
            "arrived_home" => self.home_at = Some(at),
            "cancelled" => {
                self.cancelled = Some((at, text(fields, "reason").unwrap_or_default()));
            }
            _ => {}
        }
    }

    /// How long she waited to be met, from when she asked or wanted to be met.
    pub fn waited(&self) -> Option<Span> {
        let from = self.asked_at.max(self.wanted_at);
        Some(self.met_at?.since(from))
    }
}

#[cfg(test)]
pub(in crate::city) mod tests;
