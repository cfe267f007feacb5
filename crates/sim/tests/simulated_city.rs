//! A small city lives whole nights with everything that can go wrong, and nothing breaks.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use kernel::{DistrictCode, Span, Week, person::Gender};
use server::ground::{Crow, Ground, Thing};
use server::{DispatcherSeat, HavenSeat, Member, Pack, Roster, TeamSeat};
use sim::city::{Faults, Report, Simulation, ridership::Ridership};
use sim::district::{self, District};
use std::sync::{Arc, LazyLock};

fn pack() -> Pack {
    Pack::parse(district::PACK).unwrap()
}

/// The invented district without its streets: walks are guessed, as where nobody has drawn any.
static GROUND: LazyLock<Arc<Ground>> = LazyLock::new(|| {
    let city = atlas::City::within(District::area());
    let mut things = Vec::new();
    for file in District::invent(1).files() {
        if let Ok(atlas::Reading::Sheet(sheet)) = atlas::read(&file.name, &file.bytes, None, &city)
        {
            things.extend(sheet.accepted.into_iter().map(|row| row.entry));
        }
    }
    let district = Some(DistrictCode::try_from("mirinae".to_owned()).unwrap());
    let thing = |(key, entry)| Thing { key, checked_on: None, district: district.clone(), entry };
    let things = (1_u128..).zip(things).map(thing).collect();
    let crow = Crow { factor: 1.3, pace_m_per_s: 1.2 };
    Arc::new(Ground::new(things, None, route::Weights::default(), crow))
});

fn roster() -> Roster {
    let district = DistrictCode::try_from("mirinae".to_owned()).unwrap();
    let desk =
        |number| DispatcherSeat { district: district.clone(), shown_as: format!("desk {number}") };
    let member = |days| Member {
        first_name: "가람".to_owned(),
        gender: Gender::Woman,
        record_check_days: days,
        training_days: days,
        engagement: server::Engagement::Volunteer,
    };
    // The papers of the last team run out between the first night and the second.
    let team = |number| TeamSeat {
        district: district.clone(),
        call_sign: format!("{number:02}"),
        members: [member(300), member(if number == 8 { 2 } else { 300 })],
    };
    let stores = GROUND.havens.iter().take(5).map(|store| store.name.clone());
    let till = |name| HavenSeat { name, hours: Week::always(), staff: vec!["노을".to_owned()] };
    Roster {
        dispatchers: (1..=2).map(desk).collect(),
        teams: (1..=8).map(team).collect(),
        havens: stores.map(till).collect(),
        staff: Vec::new(),
    }
}

async fn lived(seed: u64, nights: u32, faults: Faults) -> Report {
    lived_behind(std::convert::identity, seed, nights, faults).await
}

async fn lived_behind(
    proxy: fn(Router) -> Router,
    seed: u64,
    nights: u32,
    faults: Faults,
) -> Report {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack();
    let from = pack.zone.moment("2026-11-22T12:00").unwrap();
    let simulation = Simulation {
        pack,
        dir: dir.path().to_owned(),
        ground: Arc::clone(&GROUND),
        roster: roster(),
        turns: 2,
        size: 0.3,
        ridership: Ridership::default(),
        from,
        nights,
        seed,
        faults,
        proxy,
    };
    simulation.run().await.unwrap()
}

#[tokio::test]
async fn nights_with_every_fault_break_nothing() {
    let report = lived(1, 2, Faults::ALL).await;
    assert_eq!(report.broken, None, "{report}");
    assert!(report.requests >= 8 && report.served >= 2, "{report}");
    assert!(report.restarts > 0, "the server was never killed\n{report}");
    // Two counts of the same nights: a phone may miss an answer, but invents none.
    assert!(report.lived.served <= report.served, "{report}");
    assert!(report.lived.requests <= report.requests, "{report}");
}

#[tokio::test]
async fn the_same_seed_lives_the_same_night_to_the_last_event() {
    // Two requests at once, and a kill at some await, hang on the machine's threads as well.
    let faults = Faults { kill: false, duplicate: false, ..Faults::ALL };
    let (one, again) = (lived(5, 1, faults).await, lived(5, 1, faults).await);
    assert_eq!((one.broken, one.head.clone()), (None, again.head));
    assert!(one.events > 100);
}

#[tokio::test]
async fn a_quiet_night_serves_nearly_everybody_and_both_counts_agree() {
    let report = lived(9, 1, Faults::default()).await;
    assert_eq!(report.broken, None, "{report}");
    assert_eq!(report.restarts + report.lived.said_again, 0, "{report}");
    assert_eq!(report.lived.requests, report.requests, "{report}");
    assert_eq!(report.lived.served, report.served, "{report}");
    assert_eq!(report.lived.refused, report.refused.values().sum::<u64>(), "{report}");
    assert!(report.served_share > 0.6, "{report}");
    assert!(Span::seconds(report.ack_s.p90) < Span::seconds(45), "{report}");
}

/// Says yes to whatever team accepts a walk, and passes nothing on.
async fn forgets(request: Request, next: Next) -> Response {
    if request.uri().path().ends_with("/accept") {
        return StatusCode::NO_CONTENT.into_response();
    }
    next.run(request).await
}

#[tokio::test]
async fn what_a_lying_proxy_forgets_is_found_and_told_with_seed_and_last_events() {
    let proxy = |router: Router| router.layer(middleware::from_fn(forgets));
    let report = lived_behind(proxy, 7, 1, Faults::default()).await;
    let broken = report.broken.clone().unwrap();
    assert_eq!(broken.invariant, "nothing_acknowledged_is_lost", "{report}");
    assert!(broken.what.contains("accepted"), "{report}");
    assert_eq!((report.invariants_broken, report.last_events.len()), (1, 50));
    let told = report.to_string();
    assert!(told.contains("seed 7") && told.contains("nothing_acknowledged_is_lost"), "{told}");
    assert!(report.last_events.iter().all(|event| told.contains(event)), "{told}");
}
