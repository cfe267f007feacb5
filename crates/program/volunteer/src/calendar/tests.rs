use super::*;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.to_owned().try_into().unwrap()
}

fn seoul() -> Zone {
    Zone::named("Asia/Seoul").unwrap()
}

fn local(text: &str) -> LocalTime {
    seoul().local(seoul().moment(text).unwrap())
}

#[test]
fn monday_ends_at_midnight_and_the_other_nights_at_one() {
    let calendar = Calendar::default();
    for (text, open) in [
        ("2026-11-23T21:59", false),
        ("2026-11-23T22:00", true),
        ("2026-11-24T00:00", false),
        ("2026-11-25T00:59", true),
        ("2026-11-25T01:00", false),
        ("2026-11-28T00:30", true),
        ("2026-11-28T22:30", false),
    ] {
        assert_eq!(calendar.open_at(local(text)), open, "{text}");
    }
}

#[test]
fn a_day_without_service_says_why() {
    let calendar = Calendar {
        holidays: [date("2026-12-25")].into(),
        added: [(date("2026-12-26"), "21:00-03:00".parse().unwrap())].into(),
        ..Calendar::default()
    };
    let night = |text| calendar.night_of(date(text)).map(|window| window.to_string());
    assert_eq!(night("2026-12-24"), Ok("22:00-01:00".to_owned()));
    assert_eq!(night("2026-12-25"), Err(Closed::Holiday));
    assert_eq!(night("2026-12-26"), Ok("21:00-03:00".to_owned()), "a Saturday added by hand");
    assert_eq!(night("2026-12-27"), Err(Closed::NoHours));
    assert_eq!(night("2027-01-05"), Err(Closed::OutsideContract), "no contract in January");
}

#[test]
fn between_two_contract_years_the_first_night_of_the_next_is_told() {
    let next = Calendar::default().next_opening(local("2027-01-01T12:00")).unwrap();
    assert_eq!(next.date, date("2027-03-01"));
    let shut = Calendar { hours: Week::default(), ..Calendar::default() };
    assert_eq!(shut.next_opening(local("2026-11-23T12:00")), None);
}

#[test]
fn a_district_writes_its_year_without_code() {
    let calendar: Calendar = toml::from_str(
        r#"
        holidays = ["2026-12-25"]
        contract_year = { from = "01-01", until = "12-31" }
        lead_time_minutes = 20
        meeting_points = ["station"]

        [hours]
        sat = "20:00-24:00"

        [added]
        "2026-12-31" = "20:00-05:00"

        [[seasons]]
        from = "11-01"
        until = "02-28"
        hours = { sat = "19:00-23:00" }
        "#,
    )
    .unwrap();
    let night = |text| calendar.night_of(date(text)).map(|window| window.to_string());
    assert_eq!(night("2026-10-31"), Ok("20:00-24:00".to_owned()));
    assert_eq!(night("2027-01-02"), Ok("19:00-23:00".to_owned()), "winter");
    assert_eq!(night("2026-12-31"), Ok("20:00-05:00".to_owned()));
    assert!(toml::from_str::<Calendar>("holiday = []").is_err(), "a mistyped key is told");
}

#[test]
fn a_night_on_which_the_clocks_change_lasts_as_long_as_any_other() {
    // Berlin, 25 October 2026: 03:00 becomes 02:00.
    let night = ServiceNight { date: date("2026-10-24"), window: "22:00-05:00".parse().unwrap() };
    let (opens, closes) = night.moments(&Zone::named("Europe/Berlin").unwrap()).unwrap();
    assert_eq!(closes.since(opens), Span::hours(7));
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let window = (0_u16..24 * 4, 1_u16..40).prop_map(|(from, length)| {
        let clock = |quarter: u16| format!("{:02}:{:02}", quarter / 4 % 24, quarter % 4 * 15);
        format!("{}-{}", clock(from), clock(from + length)).parse::<Window>().unwrap()
    });
    let week = proptest::collection::btree_map(0_usize..7, window.clone(), 0..7)
        .prop_map(|days| Week::new(days.into_iter().map(|(day, w)| (Weekday::ALL[day], w))));
    let near = (1_i8..=28).prop_map(|day| Date::new(2026, 11, day).unwrap());
    let day = near.clone().prop_map(Date::year_day);
    let season = (day.clone(), day.clone(), week.clone()).prop_map(|(from, until, hours)| Season {
        from,
        until,
        hours,
    });
    (
        week,
        proptest::collection::vec(season, 0..3),
        proptest::collection::btree_set(near.clone(), 0..4),
        proptest::collection::btree_map(near, window, 0..3),
        (day.clone(), day),
    )
        .prop_map(|(hours, seasons, holidays, added, (from, until))| Calendar {
            hours,
            seasons,
            holidays,
            added,
            contract_year: ContractYear { from, until },
            ..Calendar::default()
        })
}

/// The oracle knows no nights: it paints every minute of the month that some date's hours cover.
fn painted(calendar: &Calendar) -> Vec<bool> {
    let mut open = vec![false; 33 * 1_440];
    for day in 1..=30_i8 {
        let on = Date::new(2026, 11, day).unwrap();
        let in_year = |from: YearDay, until: YearDay| {
            let mut walk = from.to_string();
            loop {
                if walk == on.year_day().to_string() {
                    return true;
                }
                if walk == until.to_string() {
                    return false;
                }
                let full: Date = format!("2028-{walk}").try_into().unwrap();
                walk = full.tomorrow().year_day().to_string();
            }
        };
        let window = if let Some(added) = calendar.added.get(&on) {
            Some(*added)
        } else if calendar.holidays.contains(&on)
            || !in_year(calendar.contract_year.from, calendar.contract_year.until)
        {
            None
        } else {
            let season = calendar.seasons.iter().find(|s| in_year(s.from, s.until));
            season.map_or(&calendar.hours, |s| &s.hours).on(on.weekday())
        };
        let midnight = (usize::try_from(day).unwrap()) * 1_440;
        for minute in window.map_or(0..0, |w| w.from_minute()..w.until_minute()) {
            open[midnight + usize::from(minute)] = true;
        }
    }
    open
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_calendar_is_open_exactly_at_the_minutes_its_nights_cover(calendar in any_calendar()) {
        let open = painted(&calendar);
        for day in 2..29_i8 {
            let date = Date::new(2026, 11, day).unwrap();
            for minute in 0..1_440_u16 {
                let local =
                    LocalTime { year: 2026, month: 11, day, weekday: date.weekday(), minute };
                let at = usize::try_from(day).unwrap() * 1_440 + usize::from(minute);
                prop_assert_eq!(calendar.open_at(local), open[at], "{:?}", local);
            }
        }
    }

    #[test]
    fn nothing_opens_before_the_next_opening(calendar in any_calendar(), minute in 1_440_i64..14_400) {
        let midnight = seoul().moment("2026-11-01T00:00").unwrap();
        let now = midnight + Span::minutes(minute);
        let next = calendar.next_opening(seoul().local(now));
        let opens = next.and_then(|night| night.moments(&seoul())).map(|(opens, _)| opens);
        let open = painted(&calendar);
        for later in minute + 1..29 * 1_440_i64 {
            let at = usize::try_from(later).unwrap() + 1_440;
            if open[at] && !open[at - 1] {
                prop_assert!(opens.is_some_and(|opens| opens <= midnight + Span::minutes(later)));
                break;
            }
        }
        prop_assert!(opens.is_none_or(|opens| opens > now));
    }
}
