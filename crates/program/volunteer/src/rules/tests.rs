use super::*;

#[test]
fn a_pack_names_only_what_differs_and_a_mistyped_limit_is_told() {
    let rules: Rules = toml::from_str(
        r"
        hour_reports = 5
        hourly_pay = 11000

        [calendars.seongdong]
        lead_time_minutes = 20
        ",
    )
    .unwrap();
    assert_eq!(rules.hour_reports, Reports(5));
    assert_eq!(rules.hourly_pay, Money(11_000));
    let lead =
        |code: &str| rules.calendar_of(&code.to_owned().try_into().unwrap()).lead_time_minutes;
    assert_eq!((lead("seongdong"), lead("gwanak")), (20, 30));
    assert!(toml::from_str::<Rules>("hours_reports = 5").is_err());
}

#[test]
fn a_mistyped_zero_rings_nobody_without_end() {
    let rules = Rules {
        watch_again_seconds: 0,
        watch_still_open_minutes: 0,
        debrief_again_hours: 0,
        application_answer_days: 0,
        replacement_minutes: 0,
        ..Rules::default()
    };
    for span in [
        rules.watch_again(),
        rules.watch_still_open(),
        rules.debrief_again(),
        rules.application_answer(),
        rules.replacement(),
    ] {
        assert!(span > Span::ZERO);
    }
}
