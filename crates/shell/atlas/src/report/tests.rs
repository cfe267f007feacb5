use crate::{City, FileReport, Report, read};
use kernel::Area;

#[test]
fn the_report_has_the_shape_other_programs_read() {
    let city = City::within(Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 });
    let lights = "관리번호,위도,경도\n가,37.48,126.93\n가,37.48,126.93\n나,,\n다,35,129\n";
    let files: Vec<FileReport> = [("lights.csv", lights), ("page.csv", "<html>404</html>")]
        .into_iter()
        .map(|(name, text)| FileReport::from(&read(name, text.as_bytes(), None, &city)))
        .collect();
    assert!(files.iter().all(FileReport::adds_up));
    let report = Report { files, coverage: Vec::new() };
    let json: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "files": [
                {
                    "file": "lights.csv", "kind": "street_lights", "rows": 4, "accepted": 1,
                    "duplicates": 1, "quarantined": {"no_position": 1, "outside_box": 1},
                    "encoding": "UTF-8", "crs": "EPSG:4326"
                },
                {
                    "file": "page.csv", "kind": null, "rows": 0, "accepted": 0,
                    "duplicates": 0, "quarantined": {},
                    "refused": {
                        "code": "html_page",
                        "sentence": "an HTML page, often an error page saved as a file"
                    }
                }
            ],
            "coverage": []
        })
    );
    assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
}
