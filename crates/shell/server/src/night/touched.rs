//! Whom the newest events can concern. A bell rings for everybody; a team's screen shows its own
//! walk and its own night, and need not be drawn anew because somebody else has asked for company.

use crate::story::Story;
use ::escort::Request;
use ::volunteer::Team;
use kernel::{Aggregate, Id, id};
use std::collections::VecDeque;
use store::Recorded;

/// Events remembered: a feed that is further behind looks in any case.
const REMEMBERED: usize = 1_000;

/// Whose screens an event can change, among teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Perhaps anybody's.
    Anybody,
    /// This team's, and no other's.
    Team(Id<id::Team>),
    /// Those of the teams that had the walk before and have it now.
    Walk([Option<Id<id::Team>>; 2]),
    /// No team's.
    Nobody,
}

impl Touch {
    /// What an event touches that is no walk's.
    pub fn of(recorded: &Recorded) -> Self {
        if let Some(team) = recorded.id::<Team>() {
            return Self::Team(team);
        }
        // Somebody signing in changes nobody else's screen; a session that ends may.
        if recorded.stream == access::Seat::STREAM && recorded.name == "signed-in" {
            return Self::Nobody;
        }
        Self::Anybody
    }

    /// The team a walk is offered to or taken by.
    pub fn with(story: Option<&Story<Request>>) -> Option<Id<id::Team>> {
        story.and_then(|walk| walk.state.assigned).map(|assigned| assigned.team)
    }

    fn concerns(self, team: Id<id::Team>) -> bool {
        match self {
            Self::Anybody => true,
            Self::Team(one) => one == team,
            Self::Walk(two) => two.contains(&Some(team)),
            Self::Nobody => false,
        }
    }
}

/// What the newest events touch, by number.
#[derive(Debug, Default)]
pub struct Touched {
    /// Everything after this number is remembered.
    from: u64,
    newest: VecDeque<(u64, Touch)>,
}

impl Touched {
    /// Nothing has happened since `number`.
    pub fn since(number: u64) -> Self {
        Self { from: number, newest: VecDeque::new() }
    }

    /// Remembers one more event.
    pub fn remember(&mut self, number: u64, touch: Touch) {
        self.newest.push_back((number, touch));
        if self.newest.len() > REMEMBERED
            && let Some((forgotten, _)) = self.newest.pop_front()
        {
            self.from = forgotten;
        }
    }

    /// Whether anything after `number` can have changed the screen of `team`; what is no longer
    /// remembered can.
    pub fn concerns(&self, team: Id<id::Team>, number: u64) -> bool {
        let mut later = self.newest.iter().rev().take_while(|(at, _)| *at > number);
        number < self.from || later.any(|(_, touch)| touch.concerns(team))
    }
}

#[cfg(test)]
mod tests;
