//! How somebody serves, and for how long. Paid contracts end after 23 months; whoever plans the
//! next crew must know before.

use crate::{Rules, date::Date, rules::Months};
use kernel::{Instant, Span, Zone};
use serde::{Deserialize, Serialize};

/// How somebody serves. One roster holds both: the programme's escorts were paid part-time
/// workers, its patrols volunteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// Part-time, by contract.
    Paid,
    /// For hours that are certified, not paid.
    Volunteer,
}

impl Engagement {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Paid, Self::Volunteer];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Paid => "volunteer.engagement-paid",
            Self::Volunteer => "volunteer.engagement-volunteer",
        }
    }
}

/// Where somebody stands in her or his time of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// No end is set.
    Open,
    /// It ends then, and that is far off.
    Running {
        /// The midnight it ends with.
        ends_at: Instant,
    },
    /// It ends soon: who follows must be found now.
    EndsSoon {
        /// The midnight it ends with.
        ends_at: Instant,
    },
    /// It has ended; nobody is sent out any more.
    Over {
        /// The midnight it ended with.
        ended_at: Instant,
    },
}

impl Term {
    /// Of somebody who serves since `since`, counted in months of the city's calendar.
    pub fn of(
        engagement: Engagement,
        since: Instant,
        rules: &Rules,
        zone: &Zone,
        now: Instant,
    ) -> Self {
        let Months(months) = match engagement {
            Engagement::Paid => rules.paid_service_months_max,
            Engagement::Volunteer => rules.volunteer_service_months_max,
        };
        let last = Date::of(zone.local(since)).plus_months(months);
        match last.moment(zone, 0) {
            Some(ended_at) if months > 0 && ended_at <= now => Self::Over { ended_at },
            Some(ends_at) if months > 0 => {
                let warned_from = ends_at - Span::days(rules.service_warn_days.into());
                if warned_from <= now {
                    Self::EndsSoon { ends_at }
                } else {
                    Self::Running { ends_at }
                }
            }
            _ => Self::Open,
        }
    }

    /// Message key, when there is something to say.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::Open | Self::Running { .. } => None,
            Self::EndsSoon { .. } => Some("volunteer.term-ends-soon"),
            Self::Over { .. } => Some("volunteer.term-over"),
        }
    }

    /// Whether somebody may still be sent out.
    pub const fn holds(self) -> bool {
        !matches!(self, Self::Over { .. })
    }
}

#[cfg(test)]
mod tests;
