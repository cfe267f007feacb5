//! Who is in the crew: signing up, stepping back, taking over, swapping.

use super::{Event, Refused, Seat, Shift, SwapTo};
use crate::{Rules, Standing};
use kernel::{Id, Instant, id};

/// Whether somebody may be given anything to do at `at`.
fn check_standing(standing: &Standing, at: Instant) -> Result<(), Refused> {
    standing.lacks(at).first().map_or(Ok(()), |lack| Err(Refused::Rule(*lack)))
}

impl Shift {
    fn seat_of(&self, person: Id<id::Person>) -> Result<&Seat, Refused> {
        self.seat(person).ok_or(Refused::NotInCrew)
    }

    /// When papers must hold: now, and still when the night begins.
    pub(super) fn asked_for(&self, now: Instant) -> Instant {
        self.starts_at.map_or(now, |starts_at| starts_at.max(now))
    }

    pub(super) fn decide_sign_up(&self, person: Id<id::Person>) -> Result<Vec<Event>, Refused> {
        match self.seat(person) {
            Some(seat) if seat.absent => Err(Refused::NotedAbsent),
            Some(_) => Ok(vec![]),
            None => Ok(vec![Event::SignedUp { person }]),
        }
    }

    /// The team somebody is in, taken apart.
    fn parting(&self, person: Id<id::Person>) -> Option<Event> {
        self.pair_of(person).map(|pair| Event::Parted { team: pair.team })
    }

    pub(super) fn decide_withdraw(
        &self,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let seat = self.seat_of(person)?;
        if self.pair_of(person).is_some_and(|pair| pair.ready) {
            return Err(Refused::TeamIsReady);
        }
        let late = self.starts_at.is_some_and(|starts_at| starts_at - rules.drop_out_late() <= now);
        let parting = self.parting(person);
        if !late {
            return Ok(parting.into_iter().chain([Event::Withdrew { person }]).collect());
        }
        let left_alone = parting.is_some() && self.unpaired().next().is_none();
        // Whoever was noted as absent is called for already.
        let called = seat.absent;
        let present = self.crew.iter().filter(|seat| !seat.absent).count();
        let needed = left_alone || present <= usize::from(self.crew_min);
        let call = (needed && !called).then(|| self.call(person, rules, now));
        let dropped = [Event::DroppedOut { person }];
        Ok(parting.into_iter().chain(dropped).chain(call).collect())
    }

    /// A replacement is called for, but not beyond the end of the night.
    pub(super) fn call(&self, missing: Id<id::Person>, rules: &Rules, now: Instant) -> Event {
        let until = now + rules.replacement();
        Event::ReplacementCalled {
            missing,
            until: self.ends_at.map_or(until, |ends_at| until.min(ends_at)),
        }
    }

    pub(super) fn decide_answer(
        &self,
        missing: Id<id::Person>,
        standing: &Standing,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        if !self.calls.iter().any(|call| call.missing == missing && now < call.until) {
            return Err(Refused::NotCalled);
        }
        let by = standing.person;
        if self.seat(by).is_some() {
            return Err(Refused::AlreadySignedUp);
        }
        check_standing(standing, self.asked_for(now))?;
        let found = Event::ReplacementFound { missing, by };
        Ok(self.parting(missing).into_iter().chain([found]).collect())
    }

    pub(super) fn decide_offer_swap(
        &self,
        person: Id<id::Person>,
        to: SwapTo,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let seat = self.seat_of(person)?;
        match to {
            _ if seat.here_at.is_some() => Err(Refused::AlreadyHere),
            _ if seat.absent || self.begun(now) => Err(Refused::NotOffered),
            SwapTo::One(other) if self.seat(other).is_some() => Err(Refused::AlreadySignedUp),
            _ if seat.swap == Some(to) => Ok(vec![]),
            _ => Ok(vec![Event::SwapOffered { person, to }]),
        }
    }

    pub(super) fn decide_retract_swap(
        &self,
        person: Id<id::Person>,
    ) -> Result<Vec<Event>, Refused> {
        let offered = self.seat_of(person)?.swap.is_some();
        Ok(if offered { vec![Event::SwapRetracted { person }] } else { vec![] })
    }

    pub(super) fn decide_accept_swap(
        &self,
        from: Id<id::Person>,
        standing: &Standing,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let by = standing.person;
        let offered = match self.seat(from).and_then(|seat| seat.swap) {
            Some(SwapTo::Anybody) => true,
            Some(SwapTo::One(one)) => one == by,
            None => false,
        };
        if !offered || self.begun(now) {
            return Err(Refused::NotOffered);
        }
        if self.seat(by).is_some() {
            return Err(Refused::AlreadySignedUp);
        }
        check_standing(standing, self.asked_for(now))?;
        let swapped = Event::Swapped { from, by };
        Ok(self.parting(from).into_iter().chain([swapped]).collect())
    }
}
