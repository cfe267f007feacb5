//! Whether the work is shared fairly: what a team has been asked and has walked, beside the median
//! of those who were out in the same time. Whoever waits sees why, whoever walks sees it counted.

use crate::{Rules, team::Event};
use kernel::{Instant, Span};

/// What one team, or one person in it, carried in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Walks offered.
    pub offers: u32,
    /// Walks walked.
    pub walks: u32,
    /// Minutes on duty.
    pub duty_minutes: u32,
    /// Minutes from being offered a walk until it was over, for those that were walked.
    pub walking_minutes: u32,
    /// Minutes left alone after a walk.
    pub rest_minutes: u32,
}

/// One figure beside everybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Her or his own.
    pub own: u32,
    /// The middle of everybody's; `None` among so few that it would tell of one of them.
    pub median: Option<u32>,
}

/// A person's load beside that of all who were out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Walks offered in 10 hours of duty, so that long and short nights compare.
    pub offers_per_10_hours: Share,
    /// Walks walked in 10 hours of duty.
    pub walks_per_10_hours: Share,
    /// Minutes walking in each hour of duty.
    pub walking_minutes_per_hour: Share,
    /// Minutes of rest in each hour of duty.
    pub rest_minutes_per_hour: Share,
}

/// A stretch of time being counted.
#[derive(Clone, Copy, Debug)]
struct Period {
    from: Instant,
    until: Instant,
}

impl Period {
    /// Of what runs from `began` to `ended`, the part that lies in the period.
    fn part(self, began: Option<Instant>, ended: Instant) -> Span {
        let Some(began) = began else { return Span::ZERO };
        let span = ended.min(self.until).since(began.max(self.from));
        span.max(Span::ZERO)
    }

    fn holds(self, at: Instant) -> bool {
        (self.from..self.until).contains(&at)
    }
}

/// What is under way while a team's journal is read.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    duty: Option<Instant>,
    walk: Option<Instant>,
    /// Another walk goes along.
    along: bool,
    rest: Option<(Instant, Instant)>,
}

/// Sums while they are still milliseconds.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    duty: Span,
    walking: Span,
    rest: Span,
}

impl Load {
    /// Counts what a team's journal says of the time from `from` to `until`. What is still under
    /// way at `until` counts up to it, save a walk, which counts when it is over.
    pub fn of_team<'a>(
        events: impl IntoIterator<Item = (&'a Event, Instant)>,
        from: Instant,
        until: Instant,
    ) -> Self {
        let period = Period { from, until };
        let (mut load, mut open, mut sums) = (Self::default(), Open::default(), Sums::default());
        for (event, at) in events {
            if at >= until {
                break;
            }
            let rested = |open: &mut Open, sums: &mut Sums| {
                if let Some((began, ends)) = open.rest.take() {
                    sums.rest = sums.rest + period.part(Some(began), ends.min(at));
                }
            };
            match event {
                Event::WentOnDuty { .. } => {
                    open.duty = open.duty.or(Some(at));
                    rested(&mut open, &mut sums);
                }
                Event::Engaged { .. } => {
                    load.offers += u32::from(period.holds(at));
                    open.walk = Some(at);
                    rested(&mut open, &mut sums);
                }
                Event::Accompanied { .. } => {
                    load.offers += u32::from(period.holds(at));
                    open.along = true;
                }
                // Of two walked together, or asked for together, the other goes on.
                Event::Released { walked, .. } if std::mem::take(&mut open.along) => {
                    load.walks += u32::from(*walked && period.holds(at));
                    if *walked {
                        sums.walking = sums.walking + period.part(open.walk.replace(at), at);
                    }
                }
                Event::Released { walked, rest_until, .. } => {
                    let began = open.walk.take().filter(|_| *walked);
                    load.walks += u32::from(*walked && period.holds(at));
                    sums.walking = sums.walking + period.part(began, at);
                    open.rest = rest_until.map(|ends| (at, ends));
                }
                Event::Rested => rested(&mut open, &mut sums),
                Event::WentOffDuty | Event::Disbanded => {
                    sums.duty = sums.duty + period.part(open.duty.take(), at);
                    rested(&mut open, &mut sums);
                }
                Event::Formed { .. } => {}
            }
        }
        sums.duty = sums.duty + period.part(open.duty, until);
        if let Some((began, ends)) = open.rest {
            sums.rest = sums.rest + period.part(Some(began), ends.min(until));
        }
        let whole = |span: Span| u32::try_from(span.as_seconds() / 60).unwrap_or(u32::MAX);
        load.duty_minutes = whole(sums.duty);
        load.walking_minutes = whole(sums.walking);
        load.rest_minutes = whole(sums.rest);
        load
    }

    /// Both together: somebody who was out with two teams in one month.
    pub fn plus(self, other: Self) -> Self {
        Self {
            offers: self.offers.saturating_add(other.offers),
            walks: self.walks.saturating_add(other.walks),
            duty_minutes: self.duty_minutes.saturating_add(other.duty_minutes),
            walking_minutes: self.walking_minutes.saturating_add(other.walking_minutes),
            rest_minutes: self.rest_minutes.saturating_add(other.rest_minutes),
        }
    }

    /// So much of it in so many minutes of duty; nothing for whoever was not out.
    fn rate(self, amount: u32, minutes: u32) -> u32 {
        let (amount, duty) = (u64::from(amount), u64::from(self.duty_minutes));
        (amount * u64::from(minutes)).checked_div(duty).map_or(0, |rate| rate as u32)
    }
}

impl Shares {
    /// A load beside all loads, the own among them. Whoever was not out counts for no median.
    pub fn of(own: Load, all: &[Load], rules: &Rules) -> Self {
        let out: Vec<Load> = all.iter().copied().filter(|one| one.duty_minutes > 0).collect();
        let share = |rate: fn(Load) -> u32| {
            let mut rates: Vec<u32> = out.iter().map(|one| rate(*one)).collect();
            rates.sort_unstable();
            let shown = !rates.is_empty() && rates.len() >= usize::from(rules.load_people_min);
            let middle = rates.get(rates.len().saturating_sub(1) / 2).copied();
            Share { own: rate(own), median: middle.filter(|_| shown) }
        };
        Self {
            offers_per_10_hours: share(|one| one.rate(one.offers, 600)),
            walks_per_10_hours: share(|one| one.rate(one.walks, 600)),
            walking_minutes_per_hour: share(|one| one.rate(one.walking_minutes, 60)),
            rest_minutes_per_hour: share(|one| one.rate(one.rest_minutes, 60)),
        }
    }
}

#[cfg(test)]
mod tests;
