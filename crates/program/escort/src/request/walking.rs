//! The team's steps, in their order, to the door; and the ways a walk ends before it.

use super::{Request, Stage};
use crate::{CancelReason, Canceller, Confirmer, Event, Refused, Rules};
use kernel::{Id, id};
use std::cmp::Ordering;

/// The step, if the walk stands right before it; nothing if it was made already.
fn step(
    stage: Stage,
    before: Stage,
    event: Event,
    too_early: Refused,
) -> Result<Vec<Event>, Refused> {
    match stage.cmp(&before) {
        Ordering::Equal => Ok(vec![event]),
        Ordering::Greater => Ok(vec![]),
        Ordering::Less => Err(too_early),
    }
}

/// Minutes rounded up to steps of five, within what the rules expect of a walk home.
fn expected_minutes(walk_minutes: Option<u16>, rules: &Rules) -> u16 {
    let minutes = walk_minutes.unwrap_or(rules.walk_home_minutes);
    minutes.clamp(1, rules.walk_home_minutes_max.clamp(5, 600)).div_ceil(5) * 5
}

impl Request {
    fn check_team(&self, team: Id<id::Team>) -> Result<(), Refused> {
        if self.team() == Some(team) { Ok(()) } else { Err(Refused::NotYourWalk) }
    }

    fn check_confirmer(&self, confirmer: Confirmer) -> Result<(), Refused> {
        match confirmer {
            Confirmer::Team(team) => self.check_team(team),
            Confirmer::Requester | Confirmer::Desk => Ok(()),
        }
    }

    pub(super) fn decide_set_off(&self, team: Id<id::Team>) -> Result<Vec<Event>, Refused> {
        self.check_team(team)?;
        step(self.stage, Stage::Accepted, Event::SetOff, Refused::NotAcceptedYet)
    }

    pub(super) fn decide_arrive(&self, team: Id<id::Team>) -> Result<Vec<Event>, Refused> {
        self.check_team(team)?;
        step(self.stage, Stage::OnTheWay, Event::Arrived, Refused::NotOnTheWayYet)
    }

    pub(super) fn decide_meet(&self, confirmed_by: Confirmer) -> Result<Vec<Event>, Refused> {
        self.check_confirmer(confirmed_by)?;
        step(self.stage, Stage::Arrived, Event::Met { confirmed_by }, Refused::NotArrivedYet)
    }

    pub(super) fn decide_start_walking(
        &self,
        team: Id<id::Team>,
        walk_minutes: Option<u16>,
        rules: &Rules,
    ) -> Result<Vec<Event>, Refused> {
        self.check_team(team)?;
        let expected_minutes = expected_minutes(walk_minutes, rules);
        step(self.stage, Stage::Met, Event::WalkingStarted { expected_minutes }, Refused::NotMetYet)
    }

    pub(super) fn decide_home(&self, confirmed_by: Confirmer) -> Result<Vec<Event>, Refused> {
        match self.stage {
            Stage::Cancelled | Stage::Refused => Err(Refused::Ended),
            _ => {
                self.check_confirmer(confirmed_by)?;
                let home = Event::ArrivedHome { confirmed_by };
                step(self.stage, Stage::Walking, home, Refused::NotWalkingYet)
            }
        }
    }

    pub(super) fn decide_cancel(
        &self,
        by: Canceller,
        reason: CancelReason,
    ) -> Result<Vec<Event>, Refused> {
        match (self.stage, by) {
            (Stage::Cancelled, _) => Ok(vec![]),
            (Stage::Home | Stage::Refused, _) => Err(Refused::Ended),
            (stage, Canceller::Team(team)) => {
                self.check_team(team)?;
                // Before it stands at the meeting point a team stands down: she is not given up
                // because two people cannot come.
                if stage < Stage::Arrived {
                    return Err(Refused::NotArrivedYet);
                }
                Ok(vec![Event::Cancelled { by, reason }])
            }
            _ => Ok(vec![Event::Cancelled { by, reason }]),
        }
    }

    /// Something to be taken in hand rings: a request without team, or one overdue.
    pub(super) fn decide_look_into(&self) -> Vec<Event> {
        match self.stage {
            Stage::Sent | Stage::HandedOver => vec![Event::Seen],
            stage if stage == Stage::Seen || self.overdue() => vec![Event::LookedInto],
            _ => vec![],
        }
    }

    /// Alarms are noted whenever they come, also after the end.
    pub(super) fn decide_trouble(&self, alarm: Id<id::Alarm>) -> Vec<Event> {
        let known = self.troubles.contains(&alarm);
        if known { vec![] } else { vec![Event::TroubleRaised { alarm }] }
    }
}
