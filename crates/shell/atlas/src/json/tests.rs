use crate::{City, Entry, FileKind, Reading, Reason, RefusedCode, read};
use kernel::Area;

const SEOUL: City<'static> =
    City::within(Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 });

const HOUSES: &str = r#"[
 {"name":"세븐일레븐 신림점","city_county":"관악구","road_address":"서울특별시 관악구 신림로 1",
  "number_address":"","tel_number":"1577-9621","lat":37.4699,"lng":126.9335},
 {"name":"","tel_number":"02-1","lat":37.47,"lng":126.93},
 "not a store",
 {"name":"CU 먼곳점","tel_number":"02-2","lat":35.1,"lng":129.0}
]"#;

#[test]
fn a_json_list_of_stores_is_a_table_of_patrol_houses() {
    let Reading::Sheet(sheet) = read("stores.json", HOUSES.as_bytes(), None, &SEOUL).unwrap()
    else {
        panic!("a sheet")
    };
    assert_eq!((sheet.kind, sheet.rows), (FileKind::PatrolHouses, 4));
    let Entry::PatrolHouse(house) = &sheet.accepted[0].entry else { panic!("a house") };
    assert!(house.phone_is_call_center);
    assert_eq!(house.district.as_deref(), Some("관악구"));
    let reasons: Vec<Reason> = sheet.quarantined.iter().map(|row| row.reason).collect();
    assert_eq!(reasons, [Reason::Incomplete, Reason::FieldCount, Reason::OutsideBox]);
    assert_eq!(sheet.quarantined[1].original, "\"not a store\"");
}

#[test]
fn json_of_another_shape_is_refused_with_what_it_holds() {
    for (text, code) in [
        (r#"{"pois":[]}"#, RefusedCode::UnknownJson),
        ("[1,2,3]", RefusedCode::UnknownJson),
        (r#"[{"number":"2","road_address":"a → b"}]"#, RefusedCode::UnknownTable),
        (r#"{"type":"FeatureCollection","features":[{"a""#, RefusedCode::Broken),
    ] {
        assert_eq!(read("x.json", text.as_bytes(), None, &SEOUL).unwrap_err().code, code, "{text}");
    }
}
