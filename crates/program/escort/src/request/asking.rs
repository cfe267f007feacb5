//! Asking: a promise, or a refusal with its reason, at once.

use super::{Request, Stage};
use crate::{
    Channel, Command, Confirmer, Event, Night, Outlook, Promise, Refused, Rules, Shortage,
    TurnedAwayReason, Unmet, When,
};
use kernel::{Instant, Span};

/// When she can be met at the earliest she wants, or why she cannot.
fn wanted_at(
    when: When,
    night: Night,
    rules: &Rules,
    now: Instant,
) -> Result<Instant, TurnedAwayReason> {
    let wanted_at = match when {
        // Asked for in the half hour before the service begins: met when it does.
        When::Now => now.max(night.opens_at),
        When::At(at) if at < now + rules.lead_time() => {
            return Err(TurnedAwayReason::LeadTimeTooShort);
        }
        When::At(at) => at,
    };
    if (night.opens_at..night.closes_at).contains(&wanted_at) {
        Ok(wanted_at)
    } else {
        Err(TurnedAwayReason::OutsideHours)
    }
}

/// Why she has to be turned away, and what was lacking if it was for want of a team.
type No = (TurnedAwayReason, Option<Unmet>);

/// What she can be told, or why she has to be turned away.
fn promise(
    outlook: &Outlook,
    wanted_at: Instant,
    night: Night,
    rules: &Rules,
    now: Instant,
) -> Result<Option<Promise>, No> {
    match outlook {
        Outlook::Unknown => Ok(None),
        // Before the shift, and for a later hour, nobody has to be on duty yet.
        Outlook::Nobody(Unmet { shortage: Shortage::NobodyOnDuty, .. })
            if now < night.opens_at || wanted_at > now + rules.lead_time() =>
        {
            Ok(None)
        }
        Outlook::Nobody(unmet) => Err((unmet.shortage.reason(), Some(unmet.clone()))),
        Outlook::Team { walk_seconds, .. } if *walk_seconds > rules.reach_walk_seconds_max => {
            Err(for_want_of(Shortage::NobodyInTime))
        }
        Outlook::Team { walk_seconds, in_seconds, walks_before } => {
            let expected_at = (now + Span::seconds((*in_seconds).into())).max(wanted_at);
            if expected_at > wanted_at + Span::seconds(rules.wait_seconds_max.into()) {
                return Err(for_want_of(Shortage::AllTaken));
            }
            let promise = Promise::of(expected_at, *walk_seconds, *walks_before, rules);
            if promise.meet_by > night.closes_at {
                return Err((TurnedAwayReason::OutsideHours, None));
            }
            Ok(Some(promise))
        }
    }
}

fn for_want_of(shortage: Shortage) -> No {
    (shortage.reason(), Some(Unmet { shortage, helps: Vec::new() }))
}

impl Rules {
    /// What somebody who asks at `now` is answered: when she can be met and by when she is
    /// promised to be, or why not. The same before asking and when she asks.
    ///
    /// # Errors
    /// Why she is turned away, with what was lacking if it was for want of a team.
    pub fn answer(
        &self,
        when: When,
        outlook: &Outlook,
        now: Instant,
    ) -> Result<(Instant, Option<Promise>), No> {
        let outside = (TurnedAwayReason::OutsideHours, None);
        let night = self.booking_at(now).ok_or(outside)?;
        let wanted_at = wanted_at(when, night, self, now).map_err(|reason| (reason, None))?;
        Ok((wanted_at, promise(outlook, wanted_at, night, self, now)?))
    }
}

impl Request {
    pub(super) fn decide_ask(
        &self,
        command: Command,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        if self.stage != Stage::Nothing {
            return self.decide_asked_again(&command);
        }
        let in_range = |people: u8| (1..=rules.people_max).contains(&people);
        match command {
            Command::Ask { people, .. } | Command::WalkUp { people, .. } if !in_range(people) => {
                Err(Refused::PeopleOutOfRange)
            }
            Command::Ask {
                channel,
                district,
                meeting_place,
                when,
                people,
                private,
                language,
                shares,
                from_anywhere,
                outlook,
            } => Ok(vec![match rules.answer(when, &outlook, now) {
                Ok((wanted_at, promise)) => Event::Asked {
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
                },
                Err((reason, unmet)) => {
                    Event::TurnedAway { reason, channel, district, meeting_place, unmet }
                }
            }]),
            // No hours are asked here: a team that is on duty stands before her.
            Command::WalkUp { team, district, meeting_place, people, private, language } => {
                let asked = Event::Asked {
                    channel: Channel::WalkUp,
                    district,
                    meeting_place,
                    wanted_at: now,
                    people,
                    private,
                    language,
                    promise: None,
                    shares: false,
                    from_anywhere: false,
                };
                let met = Event::Met { confirmed_by: Confirmer::Team(team) };
                Ok(vec![asked, Event::Accepted { team }, met])
            }
            _ => Ok(vec![]),
        }
    }

    /// The same asking once more changes nothing; another one under the same id is refused.
    fn decide_asked_again(&self, command: &Command) -> Result<Vec<Event>, Refused> {
        let same = match *command {
            Command::Ask { channel, meeting_place, people, private, .. } => {
                self.channel == Some(channel)
                    && self.meeting_place == Some(meeting_place)
                    // One who was turned away left neither behind.
                    && (self.stage == Stage::Refused
                        || (self.people == people && self.private == private))
            }
            Command::WalkUp { team, meeting_place, .. } => {
                self.channel == Some(Channel::WalkUp)
                    && self.team() == Some(team)
                    && self.meeting_place == Some(meeting_place)
            }
            _ => false,
        };
        if same { Ok(vec![]) } else { Err(Refused::AlreadyAsked) }
    }
}

#[cfg(test)]
mod tests;
