//! Who has a seat in the demo: dispatchers at every desk, one supervisor over them all, teams of two, a till in every store of
//! the register. Names are common nouns; nobody is real.

use anyhow::Result;
use atlas::Entry;
use environment::AssetKind;
use kernel::person::Gender;
use kernel::{DistrictCode, Week, Window};
use server::{DispatcherSeat, Engagement, HavenSeat, Member, Pack, Roster, StaffSeat, TeamSeat};
use std::collections::BTreeSet;
use store::Store;
use wire::session::Role;

/// Teams of the first district: 47 walks a night are about four each.
const TEAMS: usize = 12;
/// Teams of every further district.
const FURTHER_TEAMS: usize = 3;
/// Tills at most: more seats than this nobody looks through.
const TILLS: usize = 60;

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

/// Where in the list of names the pairs of the patrols begin.
const PATROL_PAIR: usize = 7;

/// The roster of a demo in this city.
pub(crate) async fn roster(store: &Store, pack: &Pack) -> Result<Roster> {
    let mut roster = Roster::default();
    for (at, district) in pack.districts.iter().enumerate() {
        let (desks, teams) = if at == 0 { (2, TEAMS) } else { (1, FURTHER_TEAMS) };
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
            });
        }
        for (shown_as, roles) in [
            // One person of two roles: small districts have no other.
            (format!("{name} 사업 담당"), vec![Role::Programme, Role::Analyst]),
            (format!("{name} 계정 담당"), vec![Role::Administrator]),
        ] {
            let district = district.code.clone();
            roster.staff.push(StaffSeat { district, shown_as, roles, members: Vec::new() });
        }
        roster.staff.push(StaffSeat {
            district: district.code.clone(),
            shown_as: format!("{name} 순찰"),
            roles: vec![Role::Patrol],
            members: team(PATROL_PAIR + at, &district.code).members.into(),
        });
        for _ in 0..teams {
            let team = team(roster.teams.len(), &district.code);
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
    let tills = stores.into_iter().take(TILLS).enumerate();
    roster.havens.extend(tills.map(|(at, name)| till(at, name)));
    Ok(roster)
}

fn team(at: usize, district: &DistrictCode) -> TeamSeat {
    let member = |turn: usize, gender| Member {
        first_name: NAMES[turn % NAMES.len()].to_owned(),
        gender,
        record_check_days: 300,
        training_days: 300,
        engagement: Engagement::Volunteer,
    };
    let other = if at % 3 == 2 { Gender::Man } else { Gender::Woman };
    TeamSeat {
        district: district.clone(),
        call_sign: format!("{:02}", at + 1),
        members: [member(2 * at, Gender::Woman), member(2 * at + 1, other)],
    }
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
