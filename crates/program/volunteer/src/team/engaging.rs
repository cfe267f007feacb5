//! Reserved for a walk, for one more beside it, and set free again.

use super::{Duty, Event, Refused, Team};
use crate::{Rules, Standing};
use kernel::{Id, Instant, id};

impl Team {
    pub(super) fn decide_engage(
        &self,
        walk: Id<id::Escort>,
        standings: &[Standing; 2],
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        match self.duty {
            Duty::Engaged { walk: same, company } if same == walk || company == Some(walk) => {
                Ok(vec![])
            }
            Duty::Engaged { walk: other, .. } => Err(Refused::TeamBusy { walk: other }),
            Duty::Resting { until } if until > now => Err(Refused::Resting),
            _ if !self.free(now) => Err(Refused::OffDuty),
            _ => {
                self.check_members(standings, rules, now)?;
                Ok(vec![Event::Engaged { walk }])
            }
        }
    }

    pub(super) fn decide_accompany(
        &self,
        (walk, beside): (Id<id::Escort>, Id<id::Escort>),
        standings: &[Standing; 2],
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        match self.duty {
            Duty::Engaged { walk: first, company } if first == walk || company == Some(walk) => {
                Ok(vec![])
            }
            Duty::Engaged { walk: first, company: None } if first == beside => {
                self.check_members(standings, rules, now)?;
                Ok(vec![Event::Accompanied { walk }])
            }
            Duty::Engaged { walk: other, .. } => Err(Refused::TeamBusy { walk: other }),
            _ => Err(Refused::NotEngaged),
        }
    }

    pub(super) fn decide_release(
        &self,
        walk: Id<id::Escort>,
        walked: bool,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        match self.duty {
            // The other one is still to be walked home: no rest, and no end of the shift.
            Duty::Engaged { walk: current, company: Some(other) }
                if current == walk || other == walk =>
            {
                Ok(vec![Event::Released { walk, walked, rest_until: None }])
            }
            Duty::Engaged { walk: current, .. } if current == walk => {
                let over = self.shift_over(now);
                let rests = walked && !over && rules.rest_minutes > 0;
                let rest_until = rests.then(|| now + rules.rest());
                let mut events = vec![Event::Released { walk, walked, rest_until }];
                if over {
                    events.push(Event::WentOffDuty);
                }
                Ok(events)
            }
            // A second release of the same walk finds the team free or on another one.
            Duty::Engaged { .. } => Err(Refused::NotEngaged),
            _ => Ok(vec![]),
        }
    }
}
