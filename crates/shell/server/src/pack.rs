//! The city pack: everything that makes a city this city, in one TOML file, without code. Read
//! once, checked whole; a pack with a mistake is refused with the place and the reason.

use ::volunteer::date::Date;
use kernel::{Area, DistrictCode, Id, Language, Point, Zone, id};
use serde::Deserialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use wire::city::Bilingual;

mod onestop;
pub use onestop::{
    AgeRule, Center, Duty, FigureTable, Figures, Matching, MatchingCounsel, MatchingHolder,
    MatchingIssuer, Onestop, Origin, Service, Takes,
};

/// A city pack as read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Short code of the city, also the name of its journal (`gwanak`).
    pub code: DistrictCode,
    /// What the city is called.
    pub name: Bilingual,
    /// IANA time zone of every hour in this pack and on screens.
    pub zone: Zone,
    /// Languages offered; the first is the default.
    pub languages: Vec<Language>,
    /// What lies outside is not this city's: imports are cut to it, maps open on it.
    pub area: Area,
    /// Numbers people can call.
    pub numbers: Numbers,
    /// Districts with a desk of their own; what names no district is the first one's.
    pub districts: Vec<District>,
    /// What else takes somebody home in this city, shown to whoever is turned away.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// Limits of every word; what is left out keeps the programme's defaults.
    #[serde(default)]
    pub rules: Rules,
    /// The one-stop network; without centers nobody can send a report.
    #[serde(default)]
    pub onestop: Onestop,
    /// What a metre of dark street weighs, and so on (`route::Weights`).
    #[serde(default)]
    pub route: toml::Table,
    /// What an import reads by default: file names or globs, relative to `--data`. What a file
    /// holds is recognized from its content.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Numbers people can call, as they dial them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Police emergency call.
    pub emergency: String,
    /// The desk for a walk home by phone.
    pub desk: String,
}

/// Something else that takes somebody home.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// What kind of thing.
    pub kind: AlternativeKind,
    /// What it is called.
    pub name: Bilingual,
    /// A number to call, if there is one.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Kinds of what else takes somebody home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlternativeKind {
    /// Somebody follows the walk on a screen or by phone.
    WatchedWalk,
    /// A bus that runs at night.
    NightBus,
    /// A taxi.
    Taxi,
}

/// A district with a desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Short code.
    pub code: DistrictCode,
    /// What it is called.
    pub name: Bilingual,
    /// Who takes what this desk leaves unseen: codes of other districts of this pack.
    #[serde(default)]
    pub neighbors: Vec<DistrictCode>,
    /// What the registers call it (`관악구`), to find whose desk a place belongs to.
    #[serde(default)]
    pub registered_as: Vec<String>,
}

/// The limits of each word.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Walks home.
    pub escort: escort::Rules,
    /// Alarms.
    pub alarm: alarm::Rules,
    /// Patrol Houses.
    pub haven: haven::Rules,
    /// Teams.
    pub volunteer: volunteer::Rules,
    /// Patrols.
    pub patrol: patrol::Rules,
    /// Registers.
    pub environment: environment::Rules,
    /// What the server itself keeps.
    pub server: Limits,
}

/// Limits the server keeps itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Hours after its raising in which an alarm's places are kept. Longer than a walk's: they
    /// are what the police ask for.
    pub forget_alarm_after_hours: u16,
    /// Straight metres become walked metres by this factor when no street graph is loaded.
    pub crow_factor: f64,
    /// Minutes a team's position counts for anything.
    pub position_kept_minutes: u16,
    /// Asks without sign-in from one meeting place that are taken at once; a group of friends
    /// passes, a prankster's script does not. Alarms know no such limit.
    pub asks_per_place: u16,
    /// Seconds after which a place may be asked from once more.
    pub ask_again_seconds: u16,
    /// Hours a dispatcher's session lasts: a night.
    pub session_hours: u16,
    /// Days a paired till or team phone stays signed in.
    pub device_days: u16,
    /// Minutes without a request after which a passkey's session is over. An open screen asks all
    /// the time; a closed laptop does not. Noted to five minutes, so no less than ten.
    pub idle_minutes: u16,
    /// Minutes after a passkey was shown in which sensitive acts need no second look at it.
    pub reauth_minutes: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            forget_alarm_after_hours: 72,
            crow_factor: 1.3,
            position_kept_minutes: 30,
            asks_per_place: 8,
            ask_again_seconds: 20,
            session_hours: 12,
            device_days: 180,
            idle_minutes: 60,
            reauth_minutes: 5,
        }
    }
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotAPack {
    /// The file could not be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The text is not a pack; the message names line and key.
    #[error("not a city pack: {0}")]
    Toml(#[from] toml::de::Error),
    /// It reads well and cannot be true.
    #[error("the city pack contradicts itself: {0}")]
    Contradiction(String),
}

impl Pack {
    /// Reads a pack from a file.
    ///
    /// # Errors
    /// [`NotAPack`] with what is wrong and where.
    pub fn read(path: &Path) -> Result<Self, NotAPack> {
        let text = fs::read_to_string(path)
            .map_err(|source| NotAPack::File { path: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Reads a pack from its text.
    ///
    /// # Errors
    /// [`NotAPack`] with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, NotAPack> {
        let mut pack: Self = toml::from_str(text)?;
        // One city has one zone; a second place to write it would be a second place to err.
        pack.rules.haven.zone = pack.zone.clone();
        pack.rules.escort.zone = pack.zone.clone();
        pack.one_calendar(&toml::from_str(text)?)?;
        pack.check()?;
        Ok(pack)
    }

    /// Hours of service have one home, the volunteers' calendar; walks are asked for by it
    /// (docs/decisions/0021). What a pack wrote for walks alone is read as written there.
    fn one_calendar(&mut self, written: &toml::Table) -> Result<(), NotAPack> {
        let says = |path: [&str; 3]| {
            let word = written.get("rules").and_then(|rules| rules.get(path[0]));
            let part = if path[1].is_empty() { word } else { word.and_then(|w| w.get(path[1])) };
            part.is_some_and(|part| part.get(path[2]).is_some())
        };
        let twice = |what: &str| {
            let why = format!("[rules.escort] and [rules.volunteer.calendar] differ in {what}");
            Err(NotAPack::Contradiction(why))
        };
        let (walks, calendar) = (&mut self.rules.escort, &mut self.rules.volunteer.calendar);
        match (says(["escort", "", "service"]), says(["volunteer", "calendar", "hours"])) {
            (true, true) if walks.service != calendar.hours => return twice("their hours"),
            (true, false) => calendar.hours = walks.service.clone(),
            _ => walks.service = calendar.hours.clone(),
        }
        let closed = |calendar: &::volunteer::Calendar| -> Vec<_> {
            let dates = calendar.holidays.iter().map(ToString::to_string);
            dates.filter_map(|date| escort::rules::ClosedDate::try_from(date).ok()).collect()
        };
        let mut said = walks.closed.clone();
        said.sort_unstable();
        match (says(["escort", "", "closed"]), says(["volunteer", "calendar", "holidays"])) {
            (true, true) if said != closed(calendar) => return twice("their closed dates"),
            (true, false) => {
                let dates = said.iter().filter_map(|d| Date::new(d.year, d.month, d.day));
                calendar.holidays = dates.collect();
            }
            _ => walks.closed = closed(calendar),
        }
        Ok(())
    }

    fn check(&self) -> Result<(), NotAPack> {
        let wrong = |why: String| Err(NotAPack::Contradiction(why));
        if self.languages.is_empty() {
            return wrong("it offers no language".to_owned());
        }
        let Area { south, west, north, east } = self.area;
        if !(south < north && west < east) {
            return wrong(
                "its area is empty: south and west come before north and east".to_owned(),
            );
        }
        if Point::new(south, west).is_none() || Point::new(north, east).is_none() {
            return wrong("its area lies outside the earth".to_owned());
        }
        if self.districts.is_empty() {
            return wrong("it has no district, so nobody would see a request".to_owned());
        }
        for (at, district) in self.districts.iter().enumerate() {
            if self.districts[..at].iter().any(|other| other.code == district.code) {
                return wrong(format!("district {} is listed twice", district.code));
            }
            for neighbor in &district.neighbors {
                if *neighbor == district.code || self.district(neighbor).is_none() {
                    return wrong(format!(
                        "{neighbor} is no other district of this pack, but a neighbor of {}",
                        district.code
                    ));
                }
            }
        }
        let others = self.alternatives.iter().filter_map(|one| one.phone.as_ref());
        for number in [&self.numbers.emergency, &self.numbers.desk].into_iter().chain(others) {
            if !dialable(number) {
                return wrong(format!("{number:?} cannot be dialed"));
            }
        }
        self.onestop.check().map_err(NotAPack::Contradiction)?;
        if let Err(error) = self.route.clone().try_into::<route::Weights>() {
            return wrong(format!("[route] {error}"));
        }
        if self.rules.server.crow_factor.is_nan() || self.rules.server.crow_factor < 1.0 {
            return wrong("nobody walks straighter than straight".to_owned());
        }
        if self.rules.server.idle_minutes < 10 {
            return wrong("idle_minutes below 10 would end sessions that are in use".to_owned());
        }
        Ok(())
    }

    /// The district with this code.
    pub fn district(&self, code: &DistrictCode) -> Option<&District> {
        self.districts.iter().find(|district| district.code == *code)
    }

    /// The center with this id.
    pub fn center(&self, id: Id<id::Center>) -> Option<&Center> {
        self.onestop.centers.iter().find(|center| center.id(&self.code) == id)
    }

    /// The other districts as one goes out from `from`: those next door in the pack's order, then
    /// those next door to these, and last those no chain of neighbors leads to. Each with how
    /// many borders lie between; 0 if nobody knows.
    pub fn outward(&self, from: &DistrictCode) -> Vec<(&District, u16)> {
        let mut found: Vec<(&District, u16)> = Vec::new();
        let mut edge: Vec<&DistrictCode> = vec![from];
        for borders in 1_u16.. {
            let next: Vec<&District> = edge
                .iter()
                .filter_map(|code| self.district(code))
                .flat_map(|district| &district.neighbors)
                .filter_map(|code| self.district(code))
                .collect();
            edge.clear();
            for one in next {
                let known = one.code == *from || found.iter().any(|(had, _)| had.code == one.code);
                if !known {
                    found.push((one, borders));
                    edge.push(&one.code);
                }
            }
            if edge.is_empty() {
                break;
            }
        }
        let far = self
            .districts
            .iter()
            .filter(|one| one.code != *from && found.iter().all(|(had, _)| had.code != one.code));
        let far: Vec<_> = far.map(|one| (one, 0)).collect();
        found.extend(far);
        found
    }

    /// Whose desk a place of the registers belongs to: by what the register calls its district,
    /// else the first district's. A call for help always has a desk.
    pub fn district_of(&self, registered: Option<&str>) -> &DistrictCode {
        let named = registered.and_then(|name| {
            self.districts.iter().find(|district| {
                district.code.as_str() == name
                    || district.name.ko == name
                    || district.registered_as.iter().any(|known| known == name)
            })
        });
        // `check` has seen to it that there is a first one.
        &named.unwrap_or(&self.districts[0]).code
    }
}

/// Whether a phone can dial this.
fn dialable(number: &str) -> bool {
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b"+-".contains(&b))
}

#[cfg(test)]
mod tests;
