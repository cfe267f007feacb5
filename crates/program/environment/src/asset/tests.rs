use super::*;

fn freshness(kind: AssetKind, days_ago: i64) -> Freshness {
    let now = Instant::from_millis(1_795_441_200_000);
    Freshness::of(kind, Some(now - Span::days(days_ago)), &Rules::default(), now)
}

#[test]
fn a_test_is_trusted_as_long_as_the_rules_say_for_its_kind() {
    for (kind, days) in [
        (AssetKind::SecurityLight, 365),
        (AssetKind::StreetLight, 365),
        (AssetKind::Camera, 180),
        (AssetKind::Bell, 30),
        (AssetKind::BusStop, 365),
    ] {
        assert_eq!(freshness(kind, days), Freshness::Fresh, "{kind:?}");
        assert_eq!(freshness(kind, days + 1), Freshness::Stale, "{kind:?}");
    }
}

#[test]
fn what_was_never_tested_or_will_be_tested_is_untested() {
    let now = Instant::from_millis(1_795_441_200_000);
    let rules = Rules::default();
    assert_eq!(Freshness::of(AssetKind::Bell, None, &rules, now), Freshness::Untested);
    assert_eq!(freshness(AssetKind::Bell, -1), Freshness::Untested);
}

#[test]
fn walks_begin_at_stations_stops_and_police_boxes() {
    let begin: Vec<_> = AssetKind::ALL.into_iter().filter(|kind| kind.meeting_place()).collect();
    assert_eq!(begin, [AssetKind::PoliceBox, AssetKind::BusStop, AssetKind::SubwayStation]);
    assert_eq!(AssetKind::ALL.into_iter().filter(|kind| kind.lamp()).count(), 2);
}

#[test]
fn a_lamp_nobody_spoke_of_is_unknown_and_not_dark() {
    assert_eq!(LampState::default(), LampState::Unknown);
}
