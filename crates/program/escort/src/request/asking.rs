//! Asking: a promise, or a refusal with its reason, at once.

use super::{Request, Stage};
use crate::{
    Channel, Command, Confirmer, Event, Nearest, Night, Promise, Refused, Rules, TurnedAwayReason,
    When,
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

/// What she can be told, or why she has to be turned away.
fn promise(
    nearest: Nearest,
    wanted_at: Instant,
    night: Night,
    rules: &Rules,
    now: Instant,
) -> Result<Option<Promise>, TurnedAwayReason> {
    match nearest {
        Nearest::Unknown => Ok(None),
        // Before the shift, and for a later hour, nobody has to be on duty yet.
        Nearest::NoneOnDuty if now < night.opens_at || wanted_at > now + rules.lead_time() => {
            Ok(None)
        }
        Nearest::NoneOnDuty => Err(TurnedAwayReason::NoTeamFree),
        Nearest::Team { walk_seconds, .. } if walk_seconds > rules.reach_walk_seconds_max => {
            Err(TurnedAwayReason::OutOfReach)
        }
        Nearest::Team { walk_seconds, free_in_seconds } => {
            let there = now + Span::seconds(i64::from(walk_seconds) + i64::from(free_in_seconds));
            let late = there > wanted_at + Span::seconds(rules.wait_seconds_max.into());
            // A promise in seconds would be a lie; the next full minute can be kept.
            let meet_by = whole_minute(there.max(wanted_at));
            if late {
                return Err(TurnedAwayReason::NoTeamFree);
            }
            if meet_by > night.closes_at {
                return Err(TurnedAwayReason::OutsideHours);
            }
            Ok(Some(Promise { meet_by, team_walk_seconds: walk_seconds }))
        }
    }
}

/// The first full minute not before `at`.
fn whole_minute(at: Instant) -> Instant {
    let over = at.millis().rem_euclid(60_000);
    if over == 0 { at } else { at + Span::millis(60_000 - over) }
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
                nearest,
            } => {
                let answer =
                    rules.booking_at(now).ok_or(TurnedAwayReason::OutsideHours).and_then(|night| {
                        let wanted_at = wanted_at(when, night, rules, now)?;
                        Ok((wanted_at, promise(nearest, wanted_at, night, rules, now)?))
                    });
                Ok(vec![match answer {
                    Ok((wanted_at, promise)) => Event::Asked {
                        channel,
                        district,
                        meeting_place,
                        wanted_at,
                        people,
                        private,
                        language,
                        promise,
                    },
                    Err(reason) => Event::TurnedAway { reason, channel, district, meeting_place },
                }])
            }
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
