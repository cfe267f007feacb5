use super::*;

fn square(name: &str, district: Option<&str>, west: f64) -> Boundary {
    let corner = |lat, lon| Point { lat, lon };
    let east = west + 0.01;
    Boundary {
        code: name.into(),
        name: name.into(),
        district: district.map(Into::into),
        polygons: vec![vec![vec![
            corner(37.0, west),
            corner(37.0, east),
            corner(37.01, east),
            corner(37.01, west),
            corner(37.0, west),
        ]]],
    }
}

#[test]
fn neighborhoods_of_one_district_count_as_one() {
    let outlines = [
        square("청룡동", Some("관악구"), 126.90),
        square("은천동", Some("관악구"), 126.91),
        square("동작구", None, 126.92),
    ];
    let districts = Districts::of(&outlines);
    assert_eq!(districts.names(), ["관악구", "동작구"]);
    let at = |lon| districts.name_at(Point { lat: 37.005, lon });
    assert_eq!(at(126.905), Some("관악구"));
    assert_eq!(at(126.915), Some("관악구"));
    assert_eq!(at(126.925), Some("동작구"));
    assert_eq!(at(126.935), None);
}
