//! Two people who walk together tonight. A team is engaged with at most one walk, from the moment
//! the walk is offered to it until it is released: that is what makes two dispatchers unable to
//! send it twice.

mod engaging;

use crate::{Lack, Rules, Standing};
use kernel::{
    Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id, person::Gender,
};
use serde::{Deserialize, Serialize};

/// What a team is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "duty")]
pub enum Duty {
    /// Not formed yet.
    #[default]
    Nothing,
    /// Formed, but not out: no offer reaches it.
    OffDuty,
    /// Out and free.
    OnDuty,
    /// A walk is offered to it or under way.
    Engaged {
        /// Which walk.
        walk: Id<id::Escort>,
        /// Another walk it takes along: both had asked for company.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        company: Option<Id<id::Escort>>,
    },
    /// On the way back from a walk: left alone until then.
    Resting {
        /// When the rest is over.
        until: Instant,
    },
    /// No longer a team.
    Disbanded,
}

/// The fold over one team's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Team {
    /// What it is doing.
    pub duty: Duty,
    /// Who the two are.
    pub members: Option<[Id<id::Person>; 2]>,
    /// The district whose desk it belongs to; walks may lead elsewhere.
    pub district: Option<DistrictCode>,
    /// The station, stop or police box it waits at.
    pub post: Option<Id<id::Place>>,
    /// When the shift ends; `None` while off duty.
    pub shift_until: Option<Instant>,
    /// Walks finished in this shift, for fair load.
    pub walks: u16,
    /// When the last walk was finished, for fair load.
    pub last_walk_at: Option<Instant>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make two people a team for tonight.
    Form {
        /// The two, as the volunteer register knows them now.
        standings: [Standing; 2],
        /// Whose desk it belongs to.
        district: DistrictCode,
    },
    /// Start the shift, end the rest early, or move to another post.
    GoOnDuty {
        /// The two, as the volunteer register knows them now.
        standings: [Standing; 2],
        /// Where it waits; `None` if it is not at a fixed place.
        post: Option<Id<id::Place>>,
    },
    /// Reserve the team for a walk. Given in the same transaction as the walk's offer.
    Engage {
        /// Which walk.
        walk: Id<id::Escort>,
        /// The two, as the volunteer register knows them now.
        standings: [Standing; 2],
    },
    /// Reserve the team for one walk more, beside one it is engaged with. That both asked for
    /// company is for the walks' own rules; here it is one team that stays together.
    Accompany {
        /// Which walk.
        walk: Id<id::Escort>,
        /// The one it is engaged with.
        beside: Id<id::Escort>,
        /// The two, as the volunteer register knows them now.
        standings: [Standing; 2],
    },
    /// The walk is over, or was not taken.
    Release {
        /// Which walk.
        walk: Id<id::Escort>,
        /// Whether somebody was walked: only then there is a rest, and it counts as load.
        walked: bool,
    },
    /// End the shift: no further offers, at once.
    GoOffDuty,
    /// Part.
    Disband,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a team has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The shift is over.
    Shift,
    /// The rest is over.
    Rest,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Formed { members: [Id<id::Person>; 2], district: DistrictCode },
    WentOnDuty { post: Option<Id<id::Place>>, shift_until: Instant },
    Engaged { walk: Id<id::Escort> },
    Accompanied { walk: Id<id::Escort> },
    Released { walk: Id<id::Escort>, walked: bool, rest_until: Option<Instant> },
    Rested,
    WentOffDuty,
    Disbanded,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Formed { .. } => "formed",
            Self::WentOnDuty { .. } => "went_on_duty",
            Self::Engaged { .. } => "engaged",
            Self::Accompanied { .. } => "accompanied",
            Self::Released { .. } => "released",
            Self::Rested => "rested",
            Self::WentOffDuty => "went_off_duty",
            Self::Disbanded => "disbanded",
        }
    }
}

/// How a team says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such team.
    NoSuchTeam,
    /// It was formed before.
    AlreadyFormed,
    /// It has parted.
    Disbanded,
    /// One person twice is not two people.
    NotTwoPeople,
    /// The standings are not those of the team's members.
    NotItsMembers,
    /// No woman in it.
    NoWoman,
    /// A member may not go out.
    Member(Lack),
    /// It is off duty.
    OffDuty,
    /// It is resting after a walk.
    Resting,
    /// Somebody else was first: it is engaged with this walk.
    TeamBusy {
        /// The walk it is engaged with.
        walk: Id<id::Escort>,
    },
    /// It is not engaged with that walk.
    NotEngaged,
}

impl Refused {
    /// One of each code, for catalogues and tables.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::NoSuchTeam,
            Self::AlreadyFormed,
            Self::Disbanded,
            Self::NotTwoPeople,
            Self::NotItsMembers,
            Self::NoWoman,
            Self::OffDuty,
            Self::Resting,
            Self::TeamBusy { walk: Id::from_bits(0) },
            Self::NotEngaged,
        ];
        all.extend(Lack::ALL.map(Self::Member));
        all
    }
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchTeam => "volunteer.no-such-team",
            Self::AlreadyFormed => "volunteer.already-formed",
            Self::Disbanded => "volunteer.disbanded",
            Self::NotTwoPeople => "volunteer.not-two-people",
            Self::NotItsMembers => "volunteer.not-its-members",
            Self::NoWoman => "volunteer.no-woman",
            Self::Member(lack) => lack.code(),
            Self::OffDuty => "volunteer.off-duty",
            Self::Resting => "volunteer.resting",
            Self::TeamBusy { .. } => "volunteer.team-busy",
            Self::NotEngaged => "volunteer.not-engaged",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchTeam => RefusalKind::Unknown,
            Self::NotTwoPeople | Self::NotItsMembers | Self::NoWoman | Self::Member(_) => {
                RefusalKind::Invalid
            }
            Self::AlreadyFormed
            | Self::Disbanded
            | Self::OffDuty
            | Self::Resting
            | Self::TeamBusy { .. }
            | Self::NotEngaged => RefusalKind::Conflict,
        }
    }
}

/// The two-person rule, the record check and the training, all of them at once: for whoever goes
/// out in twos, patrols too.
///
/// # Errors
/// The rule that says no.
pub fn check_pair(
    standings: &[Standing; 2],
    woman_required: bool,
    now: Instant,
) -> Result<(), Refused> {
    if standings[0].person == standings[1].person {
        return Err(Refused::NotTwoPeople);
    }
    if let Some(lack) = standings.iter().find_map(|one| one.lacks(now).first().copied()) {
        return Err(Refused::Member(lack));
    }
    if woman_required && standings.iter().all(|one| one.gender != Gender::Woman) {
        return Err(Refused::NoWoman);
    }
    Ok(())
}

impl Team {
    /// The walk the team is engaged with.
    pub fn walk(&self) -> Option<Id<id::Escort>> {
        match self.duty {
            Duty::Engaged { walk, .. } => Some(walk),
            _ => None,
        }
    }

    /// The walk it takes along beside the other.
    pub fn company(&self) -> Option<Id<id::Escort>> {
        match self.duty {
            Duty::Engaged { company, .. } => company,
            _ => None,
        }
    }

    /// Whether a walk can be offered to it now. A rest that has run out counts as over even if
    /// its timer has not fired yet.
    pub fn free(&self, now: Instant) -> bool {
        match self.duty {
            Duty::OnDuty => !self.shift_over(now),
            Duty::Resting { until } => until <= now && !self.shift_over(now),
            _ => false,
        }
    }

    fn shift_over(&self, now: Instant) -> bool {
        self.shift_until.is_none_or(|until| until <= now)
    }

    /// Checks that the standings are those of the members and that both may go out.
    fn check_members(
        &self,
        standings: &[Standing; 2],
        rules: &Rules,
        now: Instant,
    ) -> Result<(), Refused> {
        let given = standings.map(|one| one.person);
        let same = self.members.is_some_and(|[a, b]| given == [a, b] || given == [b, a]);
        if same {
            check_pair(standings, rules.woman_required, now)
        } else {
            Err(Refused::NotItsMembers)
        }
    }

    fn decide_form(
        standings: &[Standing; 2],
        district: DistrictCode,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        check_pair(standings, rules.woman_required, now)?;
        Ok(vec![Event::Formed { members: standings.map(|one| one.person), district }])
    }

    fn decide_on_duty(
        &self,
        standings: &[Standing; 2],
        post: Option<Id<id::Place>>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        self.check_members(standings, rules, now)?;
        match self.duty {
            Duty::Engaged { walk, .. } => Err(Refused::TeamBusy { walk }),
            Duty::OnDuty if post == self.post && !self.shift_over(now) => Ok(vec![]),
            // Moving or ending a rest early does not make the shift longer.
            Duty::OnDuty | Duty::Resting { .. } if !self.shift_over(now) => {
                let shift_until = self.shift_until.unwrap_or(now + rules.shift());
                Ok(vec![Event::WentOnDuty { post, shift_until }])
            }
            _ => Ok(vec![Event::WentOnDuty { post, shift_until: now + rules.shift() }]),
        }
    }

    fn decide_elapsed(&self, lapse: Lapse, now: Instant) -> Vec<Event> {
        match (lapse, self.duty) {
            (Lapse::Shift, Duty::OnDuty | Duty::Resting { .. }) if self.shift_over(now) => {
                vec![Event::WentOffDuty]
            }
            (Lapse::Rest, Duty::Resting { until }) if until <= now => vec![Event::Rested],
            _ => vec![],
        }
    }
}

impl Aggregate for Team {
    type Kind = id::Team;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.team";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.duty, command) {
            (Duty::Nothing, Command::Form { standings, district }) => {
                Self::decide_form(&standings, district, rules, now)
            }
            (_, Command::Elapsed(lapse)) => Ok(self.decide_elapsed(lapse, now)),
            (Duty::Nothing, _) => Err(Refused::NoSuchTeam),
            (Duty::Disbanded, Command::Disband)
            | (Duty::Disbanded | Duty::OffDuty, Command::GoOffDuty) => Ok(vec![]),
            (Duty::Disbanded, _) => Err(Refused::Disbanded),
            (_, Command::Form { .. }) => Err(Refused::AlreadyFormed),
            (_, Command::GoOnDuty { standings, post }) => {
                self.decide_on_duty(&standings, post, rules, now)
            }
            (_, Command::Engage { walk, standings }) => {
                self.decide_engage(walk, &standings, rules, now)
            }
            (_, Command::Accompany { walk, beside, standings }) => {
                self.decide_accompany((walk, beside), &standings, rules, now)
            }
            (_, Command::Release { walk, walked }) => self.decide_release(walk, walked, rules, now),
            (Duty::Engaged { walk, .. }, Command::GoOffDuty | Command::Disband) => {
                Err(Refused::TeamBusy { walk })
            }
            (_, Command::GoOffDuty) => Ok(vec![Event::WentOffDuty]),
            (_, Command::Disband) => Ok(vec![Event::Disbanded]),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Formed { members, district } => {
                self.duty = Duty::OffDuty;
                self.members = Some(*members);
                self.district = Some(district.clone());
            }
            Event::WentOnDuty { post, shift_until } => {
                if self.shift_until != Some(*shift_until) {
                    self.walks = 0;
                }
                self.duty = Duty::OnDuty;
                self.post = *post;
                self.shift_until = Some(*shift_until);
            }
            Event::Engaged { walk } => {
                self.duty = Duty::Engaged { walk: *walk, company: None };
            }
            Event::Accompanied { walk: company } => {
                if let Duty::Engaged { walk, .. } = self.duty {
                    self.duty = Duty::Engaged { walk, company: Some(*company) };
                }
            }
            Event::Released { walk, walked, rest_until } => {
                self.duty = match self.duty {
                    Duty::Engaged { walk: first, company: Some(other) } => {
                        let left = if first == *walk { other } else { first };
                        Duty::Engaged { walk: left, company: None }
                    }
                    _ => rest_until.map_or(Duty::OnDuty, |until| Duty::Resting { until }),
                };
                if *walked {
                    self.walks = self.walks.saturating_add(1);
                    self.last_walk_at = Some(at);
                }
            }
            Event::Rested => self.duty = Duty::OnDuty,
            Event::WentOffDuty => {
                self.duty = Duty::OffDuty;
                self.shift_until = None;
                self.post = None;
            }
            Event::Disbanded => {
                self.duty = Duty::Disbanded;
                self.shift_until = None;
                self.post = None;
            }
        }
    }

    /// An engaged team has none of its own: the walk it is engaged with has them.
    fn deadlines(&self, _rules: &Rules) -> Vec<Deadline> {
        let shift = self.shift_until.map(|due_at| Deadline { name: "shift", due_at });
        let rest = match self.duty {
            Duty::Resting { until } => Some(Deadline { name: "rest", due_at: until }),
            _ => None,
        };
        match self.duty {
            Duty::OnDuty | Duty::Resting { .. } => shift.into_iter().chain(rest).collect(),
            _ => Vec::new(),
        }
    }

    fn elapsed(name: &str) -> Option<Command> {
        match name {
            "shift" => Some(Command::Elapsed(Lapse::Shift)),
            "rest" => Some(Command::Elapsed(Lapse::Rest)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
