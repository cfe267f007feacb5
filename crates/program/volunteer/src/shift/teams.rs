//! The teams of a night: paired, checked in together, or one of them not come.

use super::{Event, Pair, Refused, Shift};
use crate::{Rules, Standing, team};
use kernel::{Id, Instant, id};

impl Shift {
    pub(super) fn decide_pair(
        &self,
        team: Id<id::Team>,
        standings: &[Standing; 2],
        post: Option<Id<id::Place>>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let members = standings.map(|one| one.person);
        if self.pairs.iter().any(|pair| pair.team == team && pair.members == members) {
            return Ok(vec![]);
        }
        for person in members {
            let seat = self.seat(person).ok_or(Refused::NotInCrew)?;
            if seat.absent {
                return Err(Refused::NotedAbsent);
            }
            if self.pair_of(person).is_some() {
                return Err(Refused::AlreadyPaired);
            }
        }
        let taken = self.pairs.iter().any(|pair| pair.team == team);
        if taken {
            return Err(Refused::AlreadyPaired);
        }
        if post.is_some_and(|post| !self.posts.is_empty() && !self.posts.contains(&post)) {
            return Err(Refused::NotAPost);
        }
        team::check_pair(standings, rules.woman_required, self.asked_for(now))
            .map_err(Refused::Team)?;
        Ok(vec![Event::Paired { team, members, post }])
    }

    pub(super) fn decide_part(&self, team: Id<id::Team>) -> Result<Vec<Event>, Refused> {
        match self.pairs.iter().find(|pair| pair.team == team) {
            Some(pair) if pair.ready => Err(Refused::TeamIsReady),
            Some(_) => Ok(vec![Event::Parted { team }]),
            None => Ok(vec![]),
        }
    }

    /// Whether the other one of a team checked in shortly before `now`.
    fn partner_here(
        &self,
        pair: &Pair,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> bool {
        let others = pair.members.into_iter().filter(|member| *member != person);
        others
            .filter_map(|other| self.seat(other)?.here_at)
            .any(|here_at| now <= here_at + rules.check_in_together())
    }

    pub(super) fn decide_check_in(
        &self,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let seat = self.seat(person).ok_or(Refused::NotInCrew)?;
        let pair = self.pair_of(person).ok_or(Refused::NotPaired)?;
        if self.starts_at.is_some_and(|starts_at| now < starts_at - rules.check_in_early()) {
            return Err(Refused::TooEarly);
        }
        let together = self.partner_here(pair, person, rules, now);
        let here = seat.here_at.is_some_and(|at| now <= at + rules.check_in_together());
        if pair.ready || (here && !together) {
            return Ok(vec![]);
        }
        let ready = together.then_some(Event::TeamReady { team: pair.team });
        Ok([Event::CheckedIn { person }].into_iter().chain(ready).collect())
    }

    /// Somebody has not come: noted, and a replacement called.
    pub(super) fn absence(
        &self,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> [Event; 2] {
        [Event::NoShow { person }, self.call(person, rules, now)]
    }

    pub(super) fn decide_absent(
        &self,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let seat = self.seat(person).ok_or(Refused::NotInCrew)?;
        if !self.begun(now) {
            Err(Refused::NotBegun)
        } else if self.pair_of(person).is_some_and(|pair| pair.ready) {
            Err(Refused::TeamIsReady)
        } else if seat.here_at.is_some() {
            Err(Refused::AlreadyHere)
        } else if seat.absent {
            Ok(vec![])
        } else {
            Ok(self.absence(person, rules, now).to_vec())
        }
    }
}
