//! Told by changes, a desk knows what it would know from whole boards; and how little that is.

use super::*;
use kernel::{Id, Instant};
use proptest::prelude::*;
use std::collections::BTreeMap;
use wire::{
    alarm::{Grade, RaisedBy},
    city::{Bilingual, LatLon},
    desk::{AlarmItem, DeskWatch, Neighbor, SelfTest, TeamItem, Tonight, WalkItem},
    escort::{Channel, Escalation, Stage},
    volunteer::Duty,
};

fn at(second: i64) -> Instant {
    Instant::from_millis(1_795_441_200_000 + 1_000 * second)
}

fn named(ko: &str, en: &str) -> Bilingual {
    Bilingual { ko: ko.to_owned(), en: en.to_owned() }
}

fn alarm(bits: u128, urgency: u8) -> AlarmItem {
    AlarmItem {
        id: Id::from_bits(bits),
        urgency,
        by: RaisedBy::Citizen,
        grade: Grade::HelpNow,
        sent_at: at(bits as i64),
        seen_at: None,
        retracted_at: None,
        duress: false,
        escalated: Escalation::None,
        near: Some(named("신림역4번출구", "Sillim station exit 4")),
    }
}

fn walk(bits: u128, urgency: u8) -> WalkItem {
    WalkItem {
        id: Id::from_bits(bits),
        urgency,
        stage: Stage::Seen,
        channel: Channel::Web,
        meeting_place: named("신림역4번출구", "Sillim station exit 4"),
        asked_at: at(bits as i64),
        wanted_at: at(bits as i64 + 900),
        since: at(bits as i64),
        escalated: Escalation::None,
        team: Some("07".to_owned()),
        overdue: false,
        with_district: None,
    }
}

fn team(bits: u128, heard: i64) -> TeamItem {
    TeamItem {
        id: Id::from_bits(bits),
        call_sign: format!("{bits:03}"),
        first_names: vec!["지은".to_owned(), "민호".to_owned()],
        duty: Duty::On,
        walk: None,
        at: Some(LatLon { lat: 37.484_212_3, lon: 126.929_713_4 }),
        heard_at: Some(at(heard)),
        walks_tonight: 3,
    }
}

fn board(alarms: Vec<AlarmItem>, walks: Vec<WalkItem>, teams: Vec<TeamItem>) -> Board {
    let neighbor =
        Neighbor {
            code: "dongjak".to_owned(), name: named("동작구", "Dongjak"), next_door: true
        };
    Board {
        number: 1,
        now: at(0),
        district: "gwanak".to_owned(),
        name: named("관악구", "Gwanak"),
        watch: DeskWatch::default(),
        districts: vec![neighbor; 24],
        alarms,
        walks,
        teams,
        watches: Vec::new(),
        sightings: Vec::new(),
        self_test: SelfTest { arrived: true, at: Some(at(0)), took_millis: Some(7) },
        tonight: Tonight::default(),
    }
}

/// The largest board there is to be: 500 open items, 250 teams.
fn full() -> Board {
    board(
        (0..20).map(|bits| alarm(bits, 3)).collect(),
        (100..580).map(|bits| walk(bits, 2)).collect(),
        (1000..1250).map(|bits| team(bits, 5)).collect(),
    )
}

fn bytes(change: &BoardChange) -> usize {
    serde_json::to_string(change).unwrap().len()
}

#[test]
fn one_changed_row_costs_one_row_and_not_the_board() {
    let before = full();
    let whole = serde_json::to_string(&before).unwrap().len();
    assert!((150_000..400_000).contains(&whole), "a whole board is {whole} bytes");

    let mut after = full();
    (after.number, after.now) = (2, at(1));
    after.walks[240].stage = Stage::Offered;
    after.walks[240].urgency = 3;
    let step = bytes(&between(&before, &after).unwrap());
    assert!(step < 700, "one step of one walk is {step} bytes");

    after.alarms.push(alarm(30, 3));
    after.walks.remove(7);
    after.tonight.home += 1;
    let busy = bytes(&between(&before, &after).unwrap());
    assert!(busy < 1_600, "a walk's step, an alarm and a walk home are {busy} bytes");

    // A quarter of the teams is heard every second in the worst hour.
    let mut walked = full();
    for one in walked.teams.iter_mut().step_by(4) {
        one.heard_at = Some(at(6));
    }
    let steps = bytes(&between(&before, &walked).unwrap());
    assert!(steps < whole / 8, "63 teams' steps are {steps} bytes of {whole}");
}

#[test]
fn a_board_on_which_only_clock_and_number_moved_is_not_told_again() {
    let before = full();
    let mut after = full();
    (after.number, after.now) = (99, at(60));
    assert_eq!(between(&before, &after), None);
}

/// What a desk does with a change, slowly: everything in one map, then sorted.
fn told(before: &Board, change: &BoardChange) -> Board {
    fn rows<T: Clone, K: Ord>(
        before: &[T],
        put: &[T],
        gone: &[String],
        id: impl Fn(&T) -> String,
        order: impl Fn(&T) -> K,
    ) -> Vec<T> {
        let mut all: BTreeMap<String, T> =
            before.iter().chain(put).map(|one| (id(one), one.clone())).collect();
        all.retain(|id, _| !gone.contains(id));
        let mut all: Vec<T> = all.into_values().collect();
        all.sort_by_key(order);
        all
    }
    Board {
        number: change.number,
        now: change.now,
        alarms: rows(
            &before.alarms,
            &change.alarms,
            &change.gone,
            |a| a.id.to_string(),
            |a| (a.urgency, a.sent_at, a.id),
        ),
        walks: rows(
            &before.walks,
            &change.walks,
            &change.gone,
            |w| w.id.to_string(),
            |w| (w.urgency, w.asked_at, w.id),
        ),
        teams: rows(
            &before.teams,
            &change.teams,
            &change.gone,
            |t| t.id.to_string(),
            |t| t.call_sign.clone(),
        ),
        watch: change.watch.clone().unwrap_or_else(|| before.watch.clone()),
        watches: change.watches.clone().unwrap_or_else(|| before.watches.clone()),
        sightings: change.sightings.clone().unwrap_or_else(|| before.sightings.clone()),
        self_test: change.self_test.unwrap_or(before.self_test),
        tonight: change.tonight.unwrap_or(before.tonight),
        ..before.clone()
    }
}

fn any_board() -> impl Strategy<Value = Board> {
    let rows = || proptest::collection::btree_map(0_u128..8, 0_u8..4, 0..6);
    (rows(), rows(), rows(), 0_u32..2, proptest::option::of(0_i64..2)).prop_map(
        |(alarms, walks, teams, home, since)| {
            let mut one = board(
                alarms.into_iter().map(|(bits, urgency)| alarm(bits, urgency)).collect(),
                walks.into_iter().map(|(bits, urgency)| walk(bits, urgency)).collect(),
                teams.into_iter().map(|(bits, heard)| team(bits, heard.into())).collect(),
            );
            one.alarms.sort_by_key(|a| (a.urgency, a.sent_at, a.id));
            one.walks.sort_by_key(|w| (w.urgency, w.asked_at, w.id));
            one.tonight.home = home;
            one.watch.since = since.map(at);
            one
        },
    )
}

proptest! {
    #[test]
    fn told_by_changes_a_desk_knows_what_a_whole_board_would_tell(
        boards in proptest::collection::vec(any_board(), 1..6),
    ) {
        let mut known = boards[0].clone();
        for (number, mut next) in boards.into_iter().enumerate() {
            next.number = 1 + number as u64;
            if let Some(change) = between(&known, &next) {
                prop_assert_eq!(change.since, known.number);
                known = told(&known, &change);
            } else {
                next.number = known.number;
            }
            prop_assert_eq!(&known, &next);
        }
    }
}
