use crate::{City, Entry, FileKind, Reading, Reason, read};
use kernel::{Area, Point};

const SEOUL: City<'static> =
    City::within(Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 });

const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"code":"11210","name":"관악구"},"geometry":{"type":"Polygon",
  "coordinates":[[[126.9,37.45],[127.0,37.45],[127.0,37.5],[126.9,37.5],[126.9,37.45]],
                 [[126.94,37.47],[126.95,37.47],[126.95,37.48],[126.94,37.48],[126.94,37.47]]]}},
 {"type":"Feature","properties":{"code":"21","name":"부산"},"geometry":{"type":"Polygon",
  "coordinates":[[[129.0,35.1],[129.1,35.1],[129.1,35.2],[129.0,35.1]]]}},
 {"type":"Feature","properties":{"code":"22","name":"점"},"geometry":{"type":"Point","coordinates":[127,37.5]}},
 {"type":"Feature","properties":{"code":"23","name":"없음"},"geometry":null},
 {"type":"Feature","properties":{"code":"24","name":"격자"},"geometry":{"type":"Polygon",
  "coordinates":[[[200000,550000],[200100,550000],[200100,550100],[200000,550000]]]}}
]}"#;

#[test]
fn every_outline_is_taken_or_told_why_not() {
    let Reading::Sheet(sheet) = read("gu.geojson", DISTRICTS.as_bytes(), None, &SEOUL).unwrap()
    else {
        panic!("a sheet")
    };
    assert_eq!((sheet.kind, sheet.rows), (FileKind::DistrictBoundaries, 5));
    let reasons: Vec<Reason> = sheet.quarantined.iter().map(|row| row.reason).collect();
    assert_eq!(
        reasons,
        [Reason::OutsideBox, Reason::Incomplete, Reason::NoPosition, Reason::UnknownGrid]
    );
    let Entry::Boundary(gwanak) = &sheet.accepted[0].entry else { panic!("an outline") };
    assert!(gwanak.contains(Point { lat: 37.4842, lon: 126.9296 }));
    assert!(!gwanak.contains(Point { lat: 37.475, lon: 126.945 }), "a hole is not inside");
    assert!(!gwanak.contains(Point { lat: 37.55, lon: 126.95 }));
}
