use super::{KEPT, StreetFormat, Tags};
use crate::{City, Extract, Reading, RefusedCode, read};
use kernel::Area;

const CITY: City<'static> =
    City::within(Area { south: 37.4, west: 126.8, north: 37.6, east: 127.1 });

fn extract(text: &str) -> Extract {
    match read("t", text.as_bytes(), None, &CITY).unwrap() {
        Reading::Extract(extract) => extract,
        Reading::Sheet(_) => panic!("a map"),
    }
}

#[test]
fn telephone_numbers_and_mail_of_map_elements_never_enter() {
    assert!(KEPT.is_sorted(), "the list is searched by halves");
    let tags = Tags::of([("name", "호텔"), ("email", "a@b.kr"), ("phone", "02"), ("lit", "")]);
    assert_eq!((tags.get("name"), tags.get("email"), tags.get("lit")), (Some("호텔"), None, None));
}

#[test]
fn bounds_inside_ways_do_not_end_them() {
    let read = extract(
        r#"<osm version="0.6"><meta osm_base="2024-11-01T13:49:26Z"/>
        <way id="5"><bounds minlat="37.5" minlon="126.9" maxlat="37.5" maxlon="126.9"/>
        <nd ref="1" lat="37.48" lon="126.93"/><nd ref="2" lat="37.48" lon="126.931"/>
        <tag k="highway" v="residential"/></way></osm>"#,
    );
    assert_eq!((read.rows, read.accepted(), read.format), (1, 1, StreetFormat::Xml));
    assert_eq!(read.ways[0].tags.get("highway"), Some("residential"));
    assert_eq!(read.nodes.len(), 2, "positions given inside a way are used");
    assert_eq!(read.drawn_on.unwrap().to_string(), "2024-11-01");
}

#[test]
fn every_element_is_accounted_for() {
    let read = extract(
        r#"{"version":0.6,"osm3s":{"timestamp_osm_base":"2026-06-10T06:06:29Z"},"elements":[
        {"type":"node","id":1,"lat":37.48,"lon":126.93},
        {"type":"node","id":2,"lat":37.48,"lon":126.931},
        {"type":"node","id":2,"lat":37.48,"lon":126.931},
        {"type":"node","id":3,"lat":35.0,"lon":129.0},
        {"type":"node","id":4},
        {"type":"way","id":1,"nodes":[1,2,3],"tags":{"highway":"steps"}},
        {"type":"way","id":2,"nodes":[2,3]},
        {"type":"way","id":3,"nodes":[8,9]},
        {"type":"relation","id":4,"members":[],"tags":{"type":"route"}},
        {"type":"way","id":"five"}
        ]}"#,
    );
    let reasons: Vec<&str> = read.quarantined.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "outside_box",
            "unreadable_position",
            "outside_box",
            "missing_points",
            "unreadable_position"
        ]
    );
    assert_eq!((read.rows, read.duplicates, read.accepted()), (10, 1, 4));
}

#[test]
fn a_map_that_breaks_off_is_refused() {
    for text in [
        "<osm><node id=\"1\" lat=\"37.48\" lon=\"126.93\"/>",
        "<osm><node id=\"1\"></way></osm>",
        "<graphml><node id=\"1\">",
        "{\"elements\":[{\"type\":\"node\"",
        "\0\0\0\x0d\x0a\x09OSMHeader\x18\x7ctorn",
    ] {
        let refused = read("t", text.as_bytes(), None, &CITY).unwrap_err();
        assert_eq!(refused.code, RefusedCode::Broken, "{text:?}");
    }
}
