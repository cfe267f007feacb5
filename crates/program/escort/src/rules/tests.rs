use super::{ClosedDate, Rules};

#[test]
fn seouls_rules_are_the_defaults() {
    let rules = Rules::default();
    assert_eq!(rules.zone, kernel::Zone::named("Asia/Seoul").unwrap());
    assert_eq!(rules.booking.to_string(), "21:30-00:30");
    let packed: Rules = toml::from_str(
        r#"
        booking = "21:30-00:30"
        service = { mon = "22:00-24:00", tue = "22:00-01:00", wed = "22:00-01:00", thu = "22:00-01:00", fri = "22:00-01:00" }
        zone = "Asia/Seoul"
        "#,
    )
    .unwrap();
    assert_eq!(packed, rules);
    assert_eq!(toml::from_str::<Rules>("").unwrap(), rules);
}

#[test]
fn a_mistyped_rule_is_an_error_and_not_a_default() {
    for wrong in [
        "leed_time_minutes = 30",
        "zone = \"Asia/Soul\"",
        "booking = \"21:30\"",
        "service = { moonday = \"22:00-24:00\" }",
        "closed = [\"25 December\"]",
    ] {
        assert!(toml::from_str::<Rules>(wrong).is_err(), "{wrong} was taken for a rule");
    }
}

#[test]
fn only_dates_that_exist_can_be_closed() {
    assert!(ClosedDate::try_from("2026-12-25".to_owned()).is_ok());
    assert!(ClosedDate::try_from("2028-02-29".to_owned()).is_ok());
    for wrong in ["2026-02-29", "2026-13-01", "2026-1-1", "2026-12-25-1", "", "2026-12-00"] {
        assert!(ClosedDate::try_from(wrong.to_owned()).is_err(), "{wrong} was taken for a date");
    }
}

#[test]
fn no_pack_makes_a_team_fly_or_stand_still() {
    let seconds = |speed, length_m| {
        Rules { walk_m_per_second: speed, ..Rules::default() }.walk_seconds(length_m)
    };
    assert_eq!(seconds(1.2, 240.0), 200);
    assert_eq!(seconds(0.0, 300.0), 1_000);
    assert_eq!(seconds(100.0, 300.0), 100);
    assert_eq!(seconds(1.2, -5.0), 0);
}
