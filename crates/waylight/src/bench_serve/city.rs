//! A fresh city with teams in every district, open at this hour.

use super::{child::Server, line::Line};
use crate::cli::{BenchServe, Scale};
use crate::demo;
use crate::state::StateDir;
use anyhow::{Context, Result, anyhow, ensure};
use kernel::person::Gender;
use kernel::{Area, DistrictCode, Instant, Point, Secret};
use server::{App, Config, DutyPhones, Engagement, Member, Pack, RealClock, Roster, TeamSeat};
use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

/// The pack as it is served, in the state folder.
pub(super) const PACK: &str = "bench.toml";
/// Points across the city, each way, around which meeting places are looked for.
const LOOKED_AT: u32 = 6;

pub(super) struct City {
    pub(super) pack: Pack,
    /// The code of each team's phone.
    pub(super) codes: Vec<Secret<String>>,
}

/// A place people are met at.
#[derive(Clone)]
pub(super) struct MeetingPlace {
    pub(super) id: String,
    pub(super) at: Point,
}

/// Imports the city, enlists its teams and leaves it to the server.
pub(super) async fn make(
    asked: &BenchServe,
    teams: u32,
    state: &StateDir,
    now: Instant,
) -> Result<City> {
    let text = match &asked.pack {
        Some(file) => fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None => sim::district::PACK.to_owned(),
    };
    let text = open_now(&text, now)?;
    let pack = Pack::parse(&text)?;
    let store = state.open(&pack).await?;
    ensure!(
        store.number() == 0,
        "this city has lived already: take a new folder, an empty database"
    );
    demo::fill(asked.data.as_deref(), (Scale::District, asked.seed), &store, &pack, now).await?;
    state.remember(&text)?;
    fs::write(state.file(PACK), &text)?;
    let config = Config {
        pack: pack.clone(),
        public_origin: "http://localhost".to_owned(),
        outbox: state.file("outbox.jsonl"),
        duty_phones: DutyPhones::new(),
        demo: None,
    };
    let app = App::build(config, store.clone(), Arc::new(RealClock)).await?;
    let enlisted = app.enlist(&roster(teams, &pack)).await?;
    store.close().await;
    Ok(City { pack, codes: enlisted.seats.into_iter().map(|seat| seat.code).collect() })
}

/// The same pack with service and booking from two hours ago until twenty-one from now, every day:
/// it is measured whatever the hour.
fn open_now(text: &str, now: Instant) -> Result<String> {
    let mut pack: toml::Table = toml::from_str(text)?;
    let zone = Pack::parse(text)?.zone;
    let hour = zone.local(now).minute / 60;
    let hours = format!("{:02}:00-{:02}:00", (hour + 22) % 24, (hour + 21) % 24);
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let week: toml::Table =
        days.map(|day| (day.to_owned(), hours.clone().into())).into_iter().collect();
    let rules = pack.entry("rules").or_insert_with(|| toml::Table::new().into());
    let rules = rules.as_table_mut().context("[rules] is no table")?;
    for (word, part) in [("volunteer", "calendar"), ("escort", "")] {
        let table = rules.entry(word).or_insert_with(|| toml::Table::new().into());
        let table = table.as_table_mut().ok_or_else(|| anyhow!("[rules.{word}] is no table"))?;
        // Hours of its own and days off: the week below stands for all of them.
        table.remove(part);
        table.remove("closed");
    }
    let escort = rules.get_mut("escort").and_then(toml::Value::as_table_mut);
    let escort = escort.context("[rules.escort] is no table")?;
    escort.insert("service".to_owned(), week.into());
    escort.insert("booking".to_owned(), hours.into());
    Ok(toml::to_string(&pack)?)
}

/// Teams of two, dealt out over the districts.
fn roster(teams: u32, pack: &Pack) -> Roster {
    let member = |name: &str| Member {
        first_name: name.to_owned(),
        gender: Gender::Woman,
        record_check_days: 300,
        training_days: 300,
        engagement: Engagement::Volunteer,
    };
    let districts: Vec<&DistrictCode> = pack.districts.iter().map(|one| &one.code).collect();
    let team = |(number, district): (u32, &&DistrictCode)| TeamSeat {
        district: (*district).clone(),
        call_sign: format!("{:04}", number + 1),
        members: [member("가람"), member("노을")],
    };
    let teams = (0..teams).zip(districts.iter().cycle()).map(team).collect();
    Roster { teams, ..Roster::default() }
}

/// Meeting places all over the city, as the citizen's page is told of them.
pub(super) async fn meeting_places(server: &Server, area: &Area) -> Result<Vec<MeetingPlace>> {
    let mut line = Line::to(server.at, None)?;
    let mut found = HashMap::new();
    let step = |from: f64, to: f64, at: u32| {
        from + (to - from) * (f64::from(at) + 0.5) / f64::from(LOOKED_AT)
    };
    for at in 0..LOOKED_AT * LOOKED_AT {
        let lat = step(area.south, area.north, at / LOOKED_AT);
        let lon = step(area.west, area.east, at % LOOKED_AT);
        let path = format!("/api/environment/places?meeting=true&limit=50&near={lat:.5},{lon:.5}");
        let answer = line.get(&path).await?;
        ensure!(answer.acknowledged(), "no meeting places: {}", answer.problem());
        let near: wire::environment::Places = serde_json::from_slice(&answer.body)?;
        for place in near.places {
            let at = Point::new(place.at.lat, place.at.lon).context("a place off the earth")?;
            found.insert(place.id, at);
        }
    }
    ensure!(!found.is_empty(), "the city has no meeting place");
    let mut places: Vec<MeetingPlace> =
        found.into_iter().map(|(id, at)| MeetingPlace { id: id.to_string(), at }).collect();
    places.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(places)
}

#[cfg(test)]
mod tests;
