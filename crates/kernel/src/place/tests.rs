use super::*;

#[test]
fn sillim_to_seowon_is_about_a_kilometre() {
    let sillim = Point::parse("37.4842,126.9297").unwrap();
    let seowon = Point::parse("37.4800, 126.9408").unwrap();
    assert!((sillim.distance_m(seowon) - 1_085.0).abs() < 10.0);
}

#[test]
fn impossible_points_are_no_points() {
    for text in ["", "37.5", "91,0", "0,181", "NaN,0", "a,b"] {
        assert_eq!(Point::parse(text), None, "{text}");
    }
}

#[test]
fn a_district_code_is_short_and_plain() {
    assert!(DistrictCode::try_from("gwanak".to_owned()).is_ok());
    for bad in ["", "Gwanak", "관악", "a b", &"x".repeat(33)] {
        assert_eq!(DistrictCode::try_from(bad.to_owned()), Err(NotADistrict), "{bad}");
    }
}
