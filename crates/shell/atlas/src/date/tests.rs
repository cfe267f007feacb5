use super::{Date, year_of};

#[test]
fn dates_are_read_in_every_spelling_the_districts_use() {
    for text in ["2019-07-31", "2019.7.31", "2019/07/31", "20190731", "2019-07-31 23:59:00"] {
        assert_eq!(Date::parse(text), Date::new(2019, 7, 31), "{text}");
    }
    for text in ["", "2019", "2019-13-01", "2019-02-29", "19-07-31", "2019-07-31-1", "1"] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
}

#[test]
fn the_day_of_the_data_is_found_in_a_file_name() {
    assert_eq!(Date::in_file_name("관악구_보안등정보_20190605.csv"), Date::new(2019, 6, 5));
    assert_eq!(Date::in_file_name("CARD_SUBWAY_MONTH_202310.csv"), None);
}

#[test]
fn a_year_of_installation_may_carry_a_month() {
    assert_eq!(year_of("2016-05"), Some(2016));
    assert_eq!(year_of("201605"), Some(2016));
    assert_eq!(year_of("0"), None);
}

#[test]
fn a_date_survives_being_stored() {
    let day = Date::new(2022, 9, 28);
    let text = serde_json::to_string(&day).unwrap();
    assert_eq!(text, "\"2022-09-28\"");
    assert_eq!(serde_json::from_str::<Option<Date>>(&text).unwrap(), day);
}
