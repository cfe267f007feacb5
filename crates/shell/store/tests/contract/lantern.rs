//! The smallest aggregate that exercises everything: a lantern one person at a time may carry.

use kernel::{Aggregate, Deadline, Fact, Instant, Refusal, RefusalKind, Span, id};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lantern {
    pub carried_by: Option<u32>,
    pub lit_at: Option<Instant>,
    pub carried: u32,
}

#[derive(Clone, Debug)]
pub enum Command {
    Take(u32),
    PutBack,
    Lapse,
    Sleep,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Taken { by: u32 },
    PutBack,
    BurnedOut,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Taken { .. } => "taken",
            Self::PutBack => "put_back",
            Self::BurnedOut => "burned_out",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Taken,
    NotTaken,
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::Taken => "lantern.taken",
            Self::NotTaken => "lantern.not-taken",
        }
    }
    fn kind(self) -> RefusalKind {
        RefusalKind::Conflict
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    pub burns_seconds: i64,
}

impl Aggregate for Lantern {
    type Kind = id::Team;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "test.lantern";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.carried_by, command) {
            (None, Command::Take(by)) => Ok(vec![Event::Taken { by }]),
            (Some(_), Command::Take(_)) => Err(Refused::Taken),
            (Some(_), Command::PutBack) => Ok(vec![Event::PutBack]),
            (Some(_), Command::Lapse) => {
                let out =
                    self.lit_at.is_some_and(|at| at + Span::seconds(rules.burns_seconds) <= now);
                Ok(if out { vec![Event::BurnedOut] } else { vec![] })
            }
            (_, Command::Sleep) => Ok(vec![]),
            (None, _) => Err(Refused::NotTaken),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Taken { by } => {
                self.carried_by = Some(*by);
                self.lit_at = Some(at);
                self.carried += 1;
            }
            Event::PutBack | Event::BurnedOut => {
                self.carried_by = None;
                self.lit_at = None;
            }
        }
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        self.lit_at
            .map(|at| Deadline { name: "burns", due_at: at + Span::seconds(rules.burns_seconds) })
            .into_iter()
            .collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "burns").then_some(Command::Lapse)
    }
}
