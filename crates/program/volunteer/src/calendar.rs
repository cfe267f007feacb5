//! When a district serves, as its city pack writes it: hours by weekday, seasons, holidays, nights
//! added by hand and the contract year. A district changes all of it without code.

use crate::date::{Date, YearDay};
use kernel::{Id, Instant, LocalTime, Span, Week, Window, Zone, id, time::Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many days ahead the next night is looked for: a contract year may pause for two months.
const DAYS_AHEAD: usize = 120;

/// Minutes in a day of 24 hours.
const DAY_MINUTES: u16 = 24 * 60;

/// What kind of place walks begin at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingPoint {
    /// A subway station or one of its exits.
    Station,
    /// A bus stop.
    BusStop,
    /// A police station or box.
    PoliceBox,
}

/// Part of the year with hours of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// Its first day.
    pub from: YearDay,
    /// Its last day; before the first one if it runs over New Year.
    pub until: YearDay,
    /// Its hours, instead of the ordinary ones. None at all closes it.
    #[serde(default)]
    pub hours: Week,
}

/// The part of each year for which staff are under contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractYear {
    /// Its first day.
    pub from: YearDay,
    /// Its last day.
    pub until: YearDay,
}

/// A district's calendar, with Seoul's defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// The ordinary hours, by the day the night begins: Mon 22:00–24:00, Tue–Fri 22:00–01:00.
    pub hours: Week,
    /// Seasons with other hours. The first that holds a date decides.
    pub seasons: Vec<Season>,
    /// Dates whose night has no service.
    pub holidays: BTreeSet<Date>,
    /// Nights served whatever else is written here: an election, a festival.
    pub added: BTreeMap<Date, Window>,
    /// Nobody is under contract outside it, so no shift is opened: Seoul's runs March to December.
    /// Left out of a pack's `[calendar]` it stays so; `01-01` to `12-31` is the whole year.
    pub contract_year: ContractYear,
    /// Minutes ahead a walk for a certain time must be asked for: 30, and 20 in one district.
    pub lead_time_minutes: u16,
    /// The kinds of places walks begin at.
    pub meeting_points: Vec<MeetingPoint>,
    /// The posts teams wait at, 5 to 11 in a district of Seoul. Empty: wherever they choose.
    pub posts: Vec<Id<id::Place>>,
}

impl Default for Calendar {
    fn default() -> Self {
        let window = |text: &str| text.parse().unwrap_or(Window::ALL_DAY);
        let late = [Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]
            .map(|day| (day, window("22:00-01:00")));
        Self {
            hours: Week::new([(Weekday::Mon, window("22:00-24:00"))].into_iter().chain(late)),
            seasons: Vec::new(),
            holidays: BTreeSet::new(),
            added: BTreeMap::new(),
            contract_year: ContractYear::default(),
            lead_time_minutes: 30,
            meeting_points: vec![
                MeetingPoint::Station,
                MeetingPoint::BusStop,
                MeetingPoint::PoliceBox,
            ],
            posts: Vec::new(),
        }
    }
}

impl Default for ContractYear {
    fn default() -> Self {
        Self { from: YearDay::MARCH_1, until: YearDay::DECEMBER_31 }
    }
}

/// Why a date has no night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// Nobody is under contract at that time of the year.
    OutsideContract,
    /// A holiday.
    Holiday,
    /// That day of the week has no hours, in that season.
    NoHours,
}

impl Closed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::OutsideContract, Self::Holiday, Self::NoHours];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutsideContract => "volunteer.closed-outside-contract",
            Self::Holiday => "volunteer.closed-holiday",
            Self::NoHours => "volunteer.closed-no-hours",
        }
    }
}

/// One night of service: the date it begins on, and from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceNight {
    /// The date it begins on; it may end on the next.
    pub date: Date,
    /// From when until when, in minutes after that date's midnight.
    pub window: Window,
}

impl ServiceNight {
    /// When it opens and closes, in a city's zone. A night on which the clocks change lasts as
    /// long as any other. `None` beyond the years clocks know.
    pub fn moments(self, zone: &Zone) -> Option<(Instant, Instant)> {
        let opens_at = self.date.moment(zone, self.window.from_minute())?;
        let minutes = self.window.until_minute() - self.window.from_minute();
        Some((opens_at, opens_at + Span::minutes(minutes.into())))
    }
}

impl Calendar {
    /// The hours of the night that begins on a date.
    ///
    /// # Errors
    /// Why there is none.
    pub fn night_of(&self, date: Date) -> Result<Window, Closed> {
        if let Some(added) = self.added.get(&date) {
            return Ok(*added);
        }
        let day = date.year_day();
        if !day.within(self.contract_year.from, self.contract_year.until) {
            return Err(Closed::OutsideContract);
        }
        if self.holidays.contains(&date) {
            return Err(Closed::Holiday);
        }
        let season = self.seasons.iter().find(|one| day.within(one.from, one.until));
        let hours = season.map_or(&self.hours, |season| &season.hours);
        hours.on(date.weekday()).ok_or(Closed::NoHours)
    }

    fn night(&self, date: Date) -> Option<ServiceNight> {
        self.night_of(date).ok().map(|window| ServiceNight { date, window })
    }

    /// The night running when the city's clocks show this: the opening minute is part of it, the
    /// closing minute is not. Of two that overlap, the one that began first.
    pub fn night_at(&self, local: LocalTime) -> Option<ServiceNight> {
        let today = Date::of(local);
        let runs = |night: &ServiceNight, minute: u16| {
            (night.window.from_minute()..night.window.until_minute()).contains(&minute)
        };
        let before = self.night(today.yesterday());
        before
            .filter(|night| runs(night, local.minute + DAY_MINUTES))
            .or_else(|| self.night(today).filter(|night| runs(night, local.minute)))
    }

    /// Whether teams are out when the city's clocks show this.
    pub fn open_at(&self, local: LocalTime) -> bool {
        self.night_at(local).is_some()
    }

    /// The next night that opens after what the clocks show. `None` if there is none within 120
    /// days: the programme is not running.
    pub fn next_opening(&self, local: LocalTime) -> Option<ServiceNight> {
        let today = Date::of(local);
        self.nights(today)
            .find(|night| night.date > today || night.window.from_minute() > local.minute)
    }

    /// The nights from a date on, in order: those for which shifts are opened ahead.
    pub fn nights(&self, from: Date) -> impl Iterator<Item = ServiceNight> {
        std::iter::successors(Some(from), |date| Some(date.tomorrow()))
            .take(DAYS_AHEAD)
            .filter_map(|date| self.night(date))
    }

    /// How far ahead a walk for a certain time must be asked for.
    pub fn lead_time(&self) -> Span {
        Span::minutes(self.lead_time_minutes.into())
    }
}

#[cfg(test)]
mod tests;
