//! Who has a seat in the demo: dispatchers at every desk, one supervisor over them all, teams of
//! two, a till in every store of the register. Names are common nouns; nobody is real.

use anyhow::Result;
use atlas::Entry;
use environment::AssetKind;
use kernel::person::Gender;
use kernel::{DistrictCode, Week, Window};
use server::{DispatcherSeat, Engagement, HavenSeat, Member, Pack, Roster, StaffSeat, TeamSeat};
use std::collections::BTreeSet;
use store::Store;
use wire::session::Role;

/// In how many turns the teams of a whole city serve: 1,000 escorts are 500 teams, of which 250
/// are out each night.
pub(crate) const TURNS: usize = 2;
/// From so many districts on a pack is a city and each of its districts is a whole one; in a
/// smaller pack the others are there for the first.
pub(crate) const CITY: usize = 5;

/// How many people a roster has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crew {
    /// Desks of a whole district.
    desks: usize,
    /// Teams of a whole district.
    teams: usize,
    /// Teams of a district that is only there for the first.
    further_teams: usize,
    /// Tills at most.
    tills: usize,
    /// Of each so many teams one has a paper that runs out within the week; 0: none.
    lapsing: usize,
}

impl Crew {
    /// Of the demo's district: 47 walks a night are about four for each team, and more seats than
    /// 60 tills nobody looks through.
    pub(crate) const fn district() -> Self {
        Self { desks: 2, teams: 12, further_teams: 3, tills: 60, lapsing: 0 }
    }

    /// Of the demo's city: who is out in one night.
    pub(crate) const fn tonight() -> Self {
        Self { desks: 2, teams: 10, further_teams: 3, tills: 656, lapsing: 0 }
    }

    /// Of the simulated city, so many times its size: everybody who serves in turns.
    pub(crate) fn city(scale: f64) -> Self {
        let teams = |count: usize| (count as f64 * scale).ceil() as usize * TURNS;
        let desks = (2.0 * scale.sqrt()).ceil() as usize;
        Self { desks, teams: teams(10), further_teams: teams(3), tills: 656, lapsing: 17 }
    }
}

const NAMES: [&str; 16] = [
    "가람",
    "노을",
    "다온",
    "마음",
    "바다",
    "사랑",
    "아름",
    "자연",
    "차오름",
    "나무",
    "하나",
    "새벽",
    "여울",
    "이슬",
    "온유",
    "푸름",
];

/// Days a paper holds that outlives any simulation.
const LONG: u16 = 300;
/// Days a paper holds that runs out within the first week.
const SOON: u16 = 5;
/// Where in the list of names the pairs of the patrols begin.
const PATROL_PAIR: usize = 7;

/// The roster of a demo in this city.
pub(crate) async fn roster(store: &Store, pack: &Pack, crew: &Crew) -> Result<Roster> {
    let mut roster = Roster::default();
    for (at, district) in pack.districts.iter().enumerate() {
        let whole = at == 0 || pack.districts.len() >= CITY;
        let (desks, teams) = if whole { (crew.desks, crew.teams) } else { (1, crew.further_teams) };
        for number in 1..=desks {
            roster.dispatchers.push(DispatcherSeat {
                district: district.code.clone(),
                shown_as: format!("{} {number}", district.name.ko),
            });
        }
        let name = &district.name.ko;
        if at == 0 {
            roster.staff.push(StaffSeat {
                district: district.code.clone(),
                shown_as: format!("{} 총괄", pack.name.ko),
                roles: vec![Role::Supervisor],
                members: Vec::new(),
                center: None,
            });
        }
        for (shown_as, roles) in [
            // One person of two roles: small districts have no other.
            (format!("{name} 사업 담당"), vec![Role::Programme, Role::Analyst]),
            (format!("{name} 계정 담당"), vec![Role::Administrator]),
        ] {
            let district = district.code.clone();
            let members = Vec::new();
            roster.staff.push(StaffSeat { district, shown_as, roles, members, center: None });
        }
        roster.staff.push(StaffSeat {
            district: district.code.clone(),
            shown_as: format!("{name} 순찰"),
            roles: vec![Role::Patrol],
            members: pair(PATROL_PAIR + at, LONG).into(),
            center: None,
        });
        for _ in 0..teams {
            let team = team(roster.teams.len(), &district.code, crew);
            roster.teams.push(team);
        }
    }
    let mut stores = BTreeSet::new();
    for asset in store.assets(AssetKind::PatrolHouse).await? {
        if let Ok(Entry::PatrolHouse(house)) = serde_json::from_str(&asset.row.payload)
            && house.operating != Some(false)
        {
            stores.insert(house.name.into_string());
        }
    }
    let tills = stores.into_iter().take(crew.tills).enumerate();
    roster.havens.extend(tills.map(|(at, name)| till(at, name)));
    Ok(roster)
}

fn team(at: usize, district: &DistrictCode, crew: &Crew) -> TeamSeat {
    let lapses = crew.lapsing > 0 && at % crew.lapsing == crew.lapsing - 1;
    TeamSeat {
        district: district.clone(),
        call_sign: format!("{:02}", at + 1),
        members: pair(at, if lapses { SOON } else { LONG }),
    }
}

/// Two people, at least one of them a woman; one record check holds so many days.
fn pair(at: usize, record_check_days: u16) -> [Member; 2] {
    let member = |turn: usize, gender| Member {
        first_name: NAMES[turn % NAMES.len()].to_owned(),
        gender,
        record_check_days,
        training_days: LONG,
        engagement: Engagement::Volunteer,
    };
    let other = if at % 3 == 2 { Gender::Man } else { Gender::Woman };
    [member(2 * at, Gender::Woman), member(2 * at + 1, other)]
}

/// Two of three stores never close; the others close at midnight.
fn till(at: usize, name: String) -> HavenSeat {
    use kernel::time::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let week = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let late: Option<Window> = "07:00-24:00".parse().ok();
    let hours = match late.filter(|_| at % 3 == 1) {
        Some(late) => Week::new(week.map(|day| (day, late))),
        None => Week::always(),
    };
    let staff = (0..3).map(|turn| NAMES[(at * 5 + turn * 3) % NAMES.len()].to_owned());
    HavenSeat { name, hours, staff: staff.collect() }
}
