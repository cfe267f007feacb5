//! The hours somebody has worked, and what they earn: credited from the journal's turns of duty,
//! never typed in. A mistake is corrected by an event that says who and why.

mod statement;

pub use statement::Statement;

use crate::{Engagement, Rules};
use kernel::{Aggregate, Fact, Id, Instant, Refusal, RefusalKind, Span, id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Why the hours of a turn are corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// The phone failed: duty began or ended at another time.
    PhoneFailed,
    /// Somebody forgot to go off duty.
    ForgotToEnd,
    /// Duty was done without the system: an outage, on paper.
    OnPaper,
    /// Nobody was out.
    NotWorked,
}

impl CorrectionReason {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::PhoneFailed, Self::ForgotToEnd, Self::OnPaper, Self::NotWorked];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PhoneFailed => "volunteer.correction-phone-failed",
            Self::ForgotToEnd => "volunteer.correction-forgot-to-end",
            Self::OnPaper => "volunteer.correction-on-paper",
            Self::NotWorked => "volunteer.correction-not-worked",
        }
    }
}

/// One turn of duty as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it began; also what names it.
    pub from: Instant,
    /// When it ended. Equal to `from` if it does not count.
    pub until: Instant,
    /// How she or he served then.
    pub engagement: Engagement,
    /// How often it was corrected.
    pub corrections: u16,
}

/// An hour of volunteer time earned with reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportHour {
    /// When the last of them came in.
    pub at: Instant,
}

/// The fold over one person's hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Whose hours; `None` before it is opened.
    pub person: Option<Id<id::Person>>,
    /// How she or he serves now.
    pub engagement: Option<Engagement>,
    /// Since when in this programme: whether she or he is a veteran.
    pub since: Option<Instant>,
    /// Since when in this engagement: whether its time is over. A contract renewed without a break
    /// goes on; years as a volunteer use up none of it.
    pub engaged_since: Option<Instant>,
    /// The turns of duty, by their beginning.
    pub entries: Vec<Entry>,
    /// Hours earned with reports.
    pub report_hours: Vec<ReportHour>,
    /// Every report counted so far, so that none counts twice.
    pub reports: BTreeSet<Id<id::Sighting>>,
    /// How many of them have not earned an hour yet.
    pub reports_open: u16,
}

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin, or go on in another engagement. Given when somebody is enrolled.
    Engage {
        /// Whose hours.
        person: Id<id::Person>,
        /// Paid or as a volunteer.
        engagement: Engagement,
    },
    /// Credit a turn of duty, as the attendance's `ClockedOut` says it.
    Credit {
        /// When it began.
        from: Instant,
        /// When it ended.
        until: Instant,
    },
    /// Count a report that was of use.
    CountReport {
        /// Which.
        sighting: Id<id::Sighting>,
    },
    /// Put a turn right; one that is not there is added.
    Correct {
        /// When it began, as it is credited.
        from: Instant,
        /// When it ended in truth. Equal to `from` if it does not count.
        until: Instant,
        /// Why.
        reason: CorrectionReason,
        /// Who says so; not the person herself.
        by: Id<id::Person>,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody serves, in this engagement from now on.
    Engaged {
        /// Whose hours.
        person: Id<id::Person>,
        /// Paid or as a volunteer.
        engagement: Engagement,
    },
    /// A turn of duty counts.
    Credited {
        /// When it began.
        from: Instant,
        /// Until when it counts.
        until: Instant,
        /// How she or he served.
        engagement: Engagement,
    },
    /// A report counts.
    ReportCounted {
        /// Which.
        sighting: Id<id::Sighting>,
    },
    /// So many reports have earned an hour.
    ReportHourEarned {
        /// How many, by the rule of that day.
        reports: u16,
    },
    /// A turn was put right.
    Corrected {
        /// When it began.
        from: Instant,
        /// Until when it counts now.
        until: Instant,
        /// How she or he served.
        engagement: Engagement,
        /// Why.
        reason: CorrectionReason,
        /// Who said so.
        by: Id<id::Person>,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Engaged { .. } => "engaged",
            Self::Credited { .. } => "credited",
            Self::ReportCounted { .. } => "report_counted",
            Self::ReportHourEarned { .. } => "report_hour_earned",
            Self::Corrected { .. } => "corrected",
        }
    }
}

/// How a ledger says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody serves here.
    NoLedger,
    /// A turn cannot end before it begins, nor after now.
    NoSuchTurn,
    /// It would count some minutes twice.
    HoursOverlap,
    /// Longer than anybody is out.
    HoursTooLong,
    /// Nobody puts her or his own hours right.
    OwnCorrection,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::NoLedger,
        Self::NoSuchTurn,
        Self::HoursOverlap,
        Self::HoursTooLong,
        Self::OwnCorrection,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoLedger => "volunteer.no-ledger",
            Self::NoSuchTurn => "volunteer.no-such-turn",
            Self::HoursOverlap => "volunteer.hours-overlap",
            Self::HoursTooLong => "volunteer.hours-too-long",
            Self::OwnCorrection => "volunteer.own-correction",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoLedger => RefusalKind::Unknown,
            Self::HoursOverlap => RefusalKind::Conflict,
            Self::NoSuchTurn | Self::HoursTooLong | Self::OwnCorrection => RefusalKind::Invalid,
        }
    }
}

impl Ledger {
    fn entry(&self, from: Instant) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.from == from)
    }

    /// Whether a turn would count minutes that another one counts.
    fn overlaps(&self, from: Instant, until: Instant) -> bool {
        self.entries
            .iter()
            .any(|other| other.from != from && other.from < until && from < other.until)
    }

    fn decide_credit(
        &self,
        from: Instant,
        until: Instant,
        engagement: Engagement,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        if self.entry(from).is_some() {
            return Ok(vec![]);
        }
        if until <= from || until > now {
            return Err(Refused::NoSuchTurn);
        }
        // A turn that went on for ever was forgotten; what anybody can have worked counts, the
        // rest is for a correction.
        let until = until.min(from + rules.credit_max());
        if self.overlaps(from, until) {
            return Err(Refused::HoursOverlap);
        }
        Ok(vec![Event::Credited { from, until, engagement }])
    }

    fn decide_report(&self, sighting: Id<id::Sighting>, rules: &Rules) -> Vec<Event> {
        let mut events = vec![Event::ReportCounted { sighting }];
        let needed = rules.hour_reports.0;
        if needed > 0 && self.reports_open.saturating_add(1) >= needed {
            events.push(Event::ReportHourEarned { reports: needed });
        }
        events
    }

    fn decide_correct(
        &self,
        command: Command,
        engagement: Engagement,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let Command::Correct { from, until, reason, by } = command else { return Ok(vec![]) };
        let known = self.entry(from);
        if self.person == Some(by) {
            Err(Refused::OwnCorrection)
        } else if until < from || until > now {
            Err(Refused::NoSuchTurn)
        } else if until > from + rules.credit_max() {
            Err(Refused::HoursTooLong)
        } else if self.overlaps(from, until) {
            Err(Refused::HoursOverlap)
        } else if known.is_some_and(|entry| entry.until == until) {
            Ok(vec![])
        } else {
            let engagement = known.map_or(engagement, |entry| entry.engagement);
            Ok(vec![Event::Corrected { from, until, engagement, reason, by }])
        }
    }

    fn put(&mut self, entry: Entry) {
        let place = self.entries.partition_point(|other| other.from < entry.from);
        match self.entries.get_mut(place) {
            Some(same) if same.from == entry.from => *same = entry,
            _ => self.entries.insert(place, entry),
        }
    }
}

impl Aggregate for Ledger {
    type Kind = id::Person;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.ledger";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.engagement, command) {
            (Some(same), Command::Engage { engagement, .. }) if same == engagement => Ok(vec![]),
            (_, Command::Engage { person, engagement }) => {
                Ok(vec![Event::Engaged { person, engagement }])
            }
            (None, _) => Err(Refused::NoLedger),
            (Some(engagement), Command::Credit { from, until }) => {
                self.decide_credit(from, until, engagement, rules, now)
            }
            (Some(_), Command::CountReport { sighting }) => {
                let known = self.reports.contains(&sighting);
                Ok(if known { vec![] } else { self.decide_report(sighting, rules) })
            }
            (Some(engagement), command @ Command::Correct { .. }) => {
                self.decide_correct(command, engagement, rules, now)
            }
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Engaged { person, engagement } => {
                self.person = Some(*person);
                self.engagement = Some(*engagement);
                self.since = self.since.or(Some(at));
                self.engaged_since = Some(at);
            }
            Event::Credited { from, until, engagement } => {
                let (from, until, engagement) = (*from, *until, *engagement);
                self.put(Entry { from, until, engagement, corrections: 0 });
            }
            Event::ReportCounted { sighting } => {
                self.reports.insert(*sighting);
                self.reports_open = self.reports_open.saturating_add(1);
            }
            Event::ReportHourEarned { reports } => {
                self.reports_open = self.reports_open.saturating_sub(*reports);
                self.report_hours.push(ReportHour { at });
            }
            Event::Corrected { from, until, engagement, .. } => {
                let corrections =
                    self.entry(*from).map_or(0, |entry| entry.corrections).saturating_add(1);
                let (from, until, engagement) = (*from, *until, *engagement);
                self.put(Entry { from, until, engagement, corrections });
            }
        }
    }
}

impl Entry {
    /// How long it counts.
    pub const fn span(&self) -> Span {
        self.until.since(self.from)
    }
}

#[cfg(test)]
mod tests;
