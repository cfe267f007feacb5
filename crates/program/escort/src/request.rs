//! The aggregate: one walk home, from the asking to the door.

mod asking;
mod assigning;
mod clock;
mod walking;

use crate::reason::labels;
use crate::{
    CancelReason, Canceller, Channel, Command, Event, Lapse, Promise, Refused, Rules,
    TurnedAwayReason, Unmet,
};
use kernel::{Aggregate, Deadline, DistrictCode, Id, Instant, Language, id};
use serde::{Deserialize, Serialize};

labels! {
    /// Where a walk stands, in the order a walk goes.
    #[derive(Default, PartialOrd, Ord)]
    Stage, "stage." {
        /// Not asked for.
        #[default]
        Nothing = "nothing",
        /// Asked for; no person has seen it yet.
        Sent = "sent",
        /// Given to another district's desk; no person there has seen it yet.
        HandedOver = "handed-over",
        /// A person has seen it; no team has it yet.
        Seen = "seen",
        /// Offered to a team.
        Offered = "offered",
        /// A team has taken it.
        Accepted = "accepted",
        /// The team is on its way.
        OnTheWay = "on-the-way",
        /// The team stands at the meeting point.
        Arrived = "arrived",
        /// They have met and proved themselves.
        Met = "met",
        /// They are walking home.
        Walking = "walking",
        /// She is home.
        Home = "home",
        /// Called off.
        Cancelled = "cancelled",
        /// Turned away at once, with what else there is.
        Refused = "refused",
    }
}

impl Stage {
    /// Whether somebody still has to do something.
    pub fn live(self) -> bool {
        !matches!(self, Self::Nothing | Self::Home | Self::Cancelled | Self::Refused)
    }
    /// Whether it is over.
    pub fn ended(self) -> bool {
        matches!(self, Self::Home | Self::Cancelled | Self::Refused)
    }
    /// Whether the two sides have proved themselves: from here on the team may know the home.
    pub fn met(self) -> bool {
        matches!(self, Self::Met | Self::Walking)
    }
}

labels! {
    /// How far a request that nobody takes has been carried.
    #[derive(Default, PartialOrd, Ord)]
    Reach, "stage.escalated-" {
        /// It rings at its district's desk.
        #[default]
        OwnDesk = "none",
        /// At every desk.
        AllDesks = "all-desks",
        /// At the duty officer too.
        Duty = "duty",
        /// And in the neighboring district.
        Neighbor = "neighbor",
    }
}

/// Whether the desk has to look at a walk that a team has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attention {
    /// All as expected.
    #[default]
    None,
    /// Something took too long; nobody has looked since.
    Overdue {
        /// When it rang last.
        at: Instant,
    },
    /// A person at the desk has it in hand.
    InHand {
        /// Since when.
        at: Instant,
    },
}

/// The team a walk is offered to or taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Which team.
    pub team: Id<id::Team>,
    /// Its walk to the meeting point.
    pub walk_seconds: u32,
    /// The private row with the proof's secret; `None` for a walk-up.
    pub proof: Option<Id<id::Private>>,
    /// When it was offered.
    pub offered_at: Instant,
}

/// A team that declined, let lapse or stood down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Which team.
    pub team: Id<id::Team>,
    /// When.
    pub at: Instant,
}

/// The fold over one request's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Where it stands.
    pub stage: Stage,
    /// Since when it stands there.
    pub since: Instant,
    /// How it reached us; `None` only before the asking.
    pub channel: Option<Channel>,
    /// Whose desk it is with.
    pub district: Option<DistrictCode>,
    /// Where to meet.
    pub meeting_place: Option<Id<id::Place>>,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When she wants to be met.
    pub wanted_at: Instant,
    /// How many walk home.
    pub people: u8,
    /// The private row with home, name and phone.
    pub private: Option<Id<id::Private>>,
    /// What she wants to be spoken to in.
    pub language: Language,
    /// What she was told when she asked.
    pub promise: Option<Promise>,
    /// Whether she would share the walk with somebody who would too.
    pub shares: bool,
    /// Whether a team from any district may come.
    pub from_anywhere: bool,
    /// How often it was given to another desk: whoever acts on an earlier epoch acts on a walk
    /// that is no longer theirs.
    pub epoch: u32,
    /// How far it was carried while nobody took it.
    pub reach: Reach,
    /// Since when it waits: for a person to see it, then for a team. A lapsed offer does not
    /// start this clock anew, or a walk could be offered round for ever without anybody rung.
    pub waiting_since: Instant,
    /// When it last rang while waiting.
    pub rang_at: Instant,
    /// The team it is offered to or taken by.
    pub assigned: Option<Assigned>,
    /// Teams that did not go on with it, the latest last.
    pub passed: Vec<Passed>,
    /// How long the walk home is expected to take.
    pub expected_minutes: u16,
    /// Whether the desk has to look.
    pub attention: Attention,
    /// Alarms raised on this walk.
    pub troubles: Vec<Id<id::Alarm>>,
    /// Why she was turned away.
    pub turned_away: Option<TurnedAwayReason>,
    /// What was lacking and would have served her, if it was for want of a team.
    pub unmet: Option<Unmet>,
    /// Who called it off and why.
    pub cancelled: Option<(Canceller, CancelReason)>,
}

impl Request {
    /// The team it is offered to or taken by.
    pub fn team(&self) -> Option<Id<id::Team>> {
        self.assigned.map(|assigned| assigned.team)
    }

    /// Whether something took too long and nobody has looked since.
    pub fn overdue(&self) -> bool {
        matches!(self.attention, Attention::Overdue { .. })
    }

    /// When its private row is to be erased; `None` while it is live or holds nothing.
    pub fn erase_at(&self, rules: &Rules) -> Option<Instant> {
        (self.stage.ended() && self.private.is_some()).then(|| rules.erase_at(self.since))
    }

    /// When the offer lapses; `None` if there is none.
    pub fn offer_until(&self, rules: &Rules) -> Option<Instant> {
        let offered = self.assigned.filter(|_| self.stage == Stage::Offered)?;
        Some(offered.offered_at + rules.offer_lapse())
    }

    /// Enters a stage in which the clocks of the one before do not count.
    fn enter(&mut self, stage: Stage, at: Instant) {
        self.stage = stage;
        self.since = at;
        self.attention = Attention::None;
    }

    /// Starts to wait: for a person, or for a team.
    fn wait(&mut self, stage: Stage, at: Instant) {
        self.enter(stage, at);
        self.reach = Reach::OwnDesk;
        self.waiting_since = at;
        self.rang_at = at;
    }

    fn ring(&mut self, reach: Reach, at: Instant) {
        self.reach = reach;
        self.rang_at = at;
    }

    /// The team is off it, and not asked again at once.
    fn pass(&mut self, team: Id<id::Team>, at: Instant) {
        self.assigned = None;
        self.passed.retain(|passed| passed.team != team);
        self.passed.push(Passed { team, at });
    }

    fn apply_asked(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Asked {
                channel,
                district,
                meeting_place,
                wanted_at,
                people,
                private,
                language,
                promise,
                shares,
                from_anywhere,
            } => {
                self.wait(Stage::Sent, at);
                self.asked_at = at;
                self.channel = Some(*channel);
                self.district = Some(district.clone());
                self.meeting_place = Some(*meeting_place);
                self.wanted_at = *wanted_at;
                self.people = *people;
                self.private = *private;
                self.language = *language;
                self.promise = *promise;
                self.shares = *shares;
                self.from_anywhere = *from_anywhere;
            }
            Event::TurnedAway { reason, channel, district, meeting_place, unmet } => {
                self.enter(Stage::Refused, at);
                self.asked_at = at;
                self.wanted_at = at;
                self.channel = Some(*channel);
                self.district = Some(district.clone());
                self.meeting_place = Some(*meeting_place);
                self.turned_away = Some(*reason);
                self.unmet.clone_from(unmet);
            }
            _ => {}
        }
    }

    fn apply_assigned(&mut self, event: &Event, at: Instant) {
        match *event {
            Event::Offered { team, walk_seconds, proof } => {
                self.enter(Stage::Offered, at);
                self.assigned = Some(Assigned { team, walk_seconds, proof, offered_at: at });
            }
            Event::Lapsed { team } | Event::Declined { team, .. } => {
                self.enter(Stage::Seen, at);
                self.pass(team, at);
            }
            Event::StoodDown { team, .. } => {
                self.wait(Stage::Seen, at);
                self.pass(team, at);
            }
            Event::Accepted { team } => {
                self.enter(Stage::Accepted, at);
                // A walk-up is accepted without ever having been offered.
                self.assigned.get_or_insert(Assigned {
                    team,
                    walk_seconds: 0,
                    proof: None,
                    offered_at: at,
                });
            }
            _ => {}
        }
    }
}

impl Aggregate for Request {
    type Kind = id::Escort;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "escort.request";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match command {
            Command::Ask { .. } | Command::WalkUp { .. } => self.decide_ask(command, rules, now),
            Command::Elapsed(lapse) => Ok(self.decide_elapsed(lapse, rules, now)),
            _ if self.stage == Stage::Nothing => Err(Refused::NoSuchRequest),
            Command::See => Ok(self.decide_see()),
            Command::LookInto => Ok(self.decide_look_into()),
            Command::RaiseTrouble { alarm } => Ok(self.decide_trouble(alarm)),
            Command::Cancel { by, reason } => self.decide_cancel(by, reason),
            Command::ArriveHome { confirmed_by } => self.decide_home(confirmed_by),
            _ if self.stage.ended() => Err(Refused::Ended),
            Command::HandOver { to } => self.decide_hand_over(to),
            Command::TakeOver { by, epoch } => self.decide_take_over(&by, epoch),
            Command::Offer { team, walk_seconds, proof } => {
                self.decide_offer(team, walk_seconds, proof, rules, now)
            }
            Command::Decline { team, reason } => self.decide_decline(team, reason, rules, now),
            Command::Accept { team } => self.decide_accept(team, rules, now),
            Command::StandDown { team, reason } => self.decide_stand_down(team, reason),
            Command::SetOff { team } => self.decide_set_off(team),
            Command::Arrive { team } => self.decide_arrive(team),
            Command::Meet { confirmed_by } => self.decide_meet(confirmed_by),
            Command::StartWalking { team, walk_minutes } => {
                self.decide_start_walking(team, walk_minutes, rules)
            }
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Asked { .. } | Event::TurnedAway { .. } => self.apply_asked(event, at),
            Event::Offered { .. }
            | Event::Lapsed { .. }
            | Event::Declined { .. }
            | Event::Accepted { .. }
            | Event::StoodDown { .. } => self.apply_assigned(event, at),
            Event::Seen => self.wait(Stage::Seen, at),
            Event::EscalatedToAllDesks => self.ring(Reach::AllDesks, at),
            Event::EscalatedToDuty => self.ring(Reach::Duty, at),
            Event::EscalatedToNeighbor => self.ring(Reach::Neighbor, at),
            Event::RangAgain => self.rang_at = at,
            Event::SetOff => self.enter(Stage::OnTheWay, at),
            Event::Arrived => self.enter(Stage::Arrived, at),
            Event::Met { .. } => self.enter(Stage::Met, at),
            Event::WalkingStarted { expected_minutes } => {
                self.enter(Stage::Walking, at);
                self.expected_minutes = *expected_minutes;
            }
            Event::ArrivedHome { .. } => self.enter(Stage::Home, at),
            Event::Cancelled { by, reason } => {
                self.enter(Stage::Cancelled, at);
                self.cancelled = Some((*by, *reason));
            }
            Event::HandedOver { to } => {
                self.wait(Stage::HandedOver, at);
                self.district = Some(to.clone());
                self.epoch = self.epoch.saturating_add(1);
            }
            Event::Overdue { .. } => self.attention = Attention::Overdue { at },
            // While it waits for a team, taking it in hand starts the waiting anew.
            Event::LookedInto if self.stage == Stage::Seen => self.wait(Stage::Seen, at),
            Event::LookedInto => self.attention = Attention::InHand { at },
            Event::TroubleRaised { alarm } => self.troubles.push(*alarm),
        }
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        self.lapse()
            .map(|lapse| Deadline { name: lapse.name(), due_at: self.due_at(lapse, rules) })
            .into_iter()
            .collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        Lapse::ALL.into_iter().find(|lapse| lapse.name() == name).map(Command::Elapsed)
    }
}

#[cfg(test)]
pub(crate) mod tests;
