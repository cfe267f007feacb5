//! Seen by a person, offered to one team at a time, taken by one.

use super::{Reach, Request, Stage};
use crate::{DeclineReason, Event, Refused, Rules, StandDownReason, rules::seconds};
use kernel::{DistrictCode, Id, Instant, id};

impl Request {
    /// Opening it is an acknowledgement once; afterwards it is only looking.
    pub(super) fn decide_see(&self) -> Vec<Event> {
        match self.stage {
            Stage::Sent | Stage::HandedOver => vec![Event::Seen],
            _ => vec![],
        }
    }

    pub(super) fn decide_hand_over(&self, to: DistrictCode) -> Result<Vec<Event>, Refused> {
        match self.stage {
            Stage::HandedOver if self.district.as_ref() == Some(&to) => Ok(vec![]),
            Stage::Sent | Stage::HandedOver | Stage::Seen => {
                if self.district.as_ref() == Some(&to) {
                    Err(Refused::SameDistrict)
                } else {
                    Ok(vec![Event::HandedOver { to }])
                }
            }
            _ => Err(Refused::TeamIsComing),
        }
    }

    /// Whether she may be walked home together with another: both asked for it, at one place, no
    /// more of them than two can look after, and the other is not on her way yet.
    pub fn may_join(&self, other: &Self, rules: &Rules) -> bool {
        let waits = matches!(
            other.stage,
            Stage::Offered | Stage::Accepted | Stage::OnTheWay | Stage::Arrived
        );
        let people = self.people.max(1).saturating_add(other.people.max(1));
        rules.sharing
            && self.shares
            && other.shares
            && waits
            && self.meeting_place.is_some()
            && self.meeting_place == other.meeting_place
            && people <= rules.people_max
    }

    /// The desk it was given to takes it: the same as seeing it, but only as it stood when given.
    pub(super) fn decide_take_over(
        &self,
        by: &DistrictCode,
        epoch: u32,
    ) -> Result<Vec<Event>, Refused> {
        self.check_owner(by, Some(epoch))?;
        Ok(self.decide_see())
    }

    /// Whether a desk may act on it: a walk that was given away is no longer that desk's, and one
    /// that has moved since the desk looked is not what it looked at. What rings at every desk is
    /// everybody's.
    ///
    /// # Errors
    /// [`Refused::Moved`].
    pub fn check_owner(&self, desk: &DistrictCode, seen: Option<u32>) -> Result<(), Refused> {
        let given_away =
            self.epoch > 0 && self.reach == Reach::OwnDesk && self.district.as_ref() != Some(desk);
        if given_away || seen.is_some_and(|epoch| epoch != self.epoch) {
            return Err(Refused::Moved);
        }
        Ok(())
    }

    /// Whether the team declined it, let it lapse or stood down so recently that it is not to be
    /// asked again.
    pub fn passed_recently(&self, team: Id<id::Team>, rules: &Rules, now: Instant) -> bool {
        self.passed.iter().any(|passed| {
            passed.team == team && passed.at + seconds(rules.offer_again_seconds) > now
        })
    }

    /// The team whose offer has run out by `now`, whether or not its timer has fired.
    fn lapsed_offer(&self, rules: &Rules, now: Instant) -> Option<Id<id::Team>> {
        self.offer_until(rules).filter(|until| *until <= now).and_then(|_| self.team())
    }

    pub(super) fn decide_offer(
        &self,
        team: Id<id::Team>,
        walk_seconds: u32,
        proof: Option<Id<id::Private>>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let offered = Event::Offered { team, walk_seconds, proof };
        let lapsed = self.lapsed_offer(rules, now);
        match self.stage {
            Stage::Sent | Stage::HandedOver => Err(Refused::NotSeenYet),
            Stage::Seen if self.passed_recently(team, rules, now) => Err(Refused::TeamPassed),
            Stage::Seen => Ok(vec![offered]),
            Stage::Offered if lapsed == Some(team) => Err(Refused::TeamPassed),
            Stage::Offered if self.team() == Some(team) => Ok(vec![]),
            Stage::Offered => match lapsed {
                Some(_) if self.passed_recently(team, rules, now) => Err(Refused::TeamPassed),
                Some(late) => Ok(vec![Event::Lapsed { team: late }, offered]),
                None => Err(Refused::AlreadyOffered),
            },
            _ if self.team() == Some(team) => Ok(vec![]),
            _ => Err(Refused::AlreadyTaken),
        }
    }

    pub(super) fn decide_decline(
        &self,
        team: Id<id::Team>,
        reason: DeclineReason,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        match self.stage {
            Stage::Offered if self.team() == Some(team) => {
                Ok(match self.lapsed_offer(rules, now) {
                    // Too late to be a decline, and the same to everybody but the figures.
                    Some(team) => vec![Event::Lapsed { team }],
                    None => vec![Event::Declined { team, reason }],
                })
            }
            _ if self.passed.iter().any(|passed| passed.team == team) => Ok(vec![]),
            _ if self.team() == Some(team) => Err(Refused::AlreadyTaken),
            _ => Err(Refused::NotYourWalk),
        }
    }

    pub(super) fn decide_accept(
        &self,
        team: Id<id::Team>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        if self.team() == Some(team) {
            return match self.stage {
                Stage::Offered if self.lapsed_offer(rules, now).is_some() => {
                    Err(Refused::OfferLapsed)
                }
                Stage::Offered => Ok(vec![Event::Accepted { team }]),
                _ => Ok(vec![]),
            };
        }
        // A team that was asked before learns that it is too late, not that it was never asked.
        if self.passed.iter().any(|passed| passed.team == team) {
            return Err(Refused::OfferLapsed);
        }
        Err(Refused::NotYourWalk)
    }

    pub(super) fn decide_stand_down(
        &self,
        team: Id<id::Team>,
        reason: StandDownReason,
    ) -> Result<Vec<Event>, Refused> {
        if self.team() != Some(team) {
            let already = self.passed.iter().any(|passed| passed.team == team);
            return if already { Ok(vec![]) } else { Err(Refused::NotYourWalk) };
        }
        match self.stage {
            Stage::Offered | Stage::Accepted | Stage::OnTheWay | Stage::Arrived => {
                Ok(vec![Event::StoodDown { team, reason }])
            }
            _ => Err(Refused::AlreadyMet),
        }
    }
}
