use super::{entity, listed};
use crate::{BaseMap, City, Reading, read};
use kernel::Area;

const CITY: City<'static> =
    City::within(Area { south: 37.4, west: 126.8, north: 37.6, east: 127.1 });

const GRAPH: &str = r#"<?xml version='1.0'?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="graph" attr.name="created_date" attr.type="string"/>
<key id="d4" for="node" attr.name="y" attr.type="string"/><key id="d5" for="node" attr.name="x" attr.type="string"/>
<key id="d8" for="edge" attr.name="osmid" attr.type="string"/><key id="d10" for="edge" attr.name="highway" attr.type="string"/>
<key id="d13" for="edge" attr.name="length" attr.type="string"/><key id="d14" for="edge" attr.name="geometry" attr.type="string"/>
<key id="d15" for="edge" attr.name="bridge" attr.type="string"/><key id="d18" for="edge" attr.name="name" attr.type="string"/>
<graph edgedefault="directed"><data key="d0">2023-12-18 12:10:29</data>
<node id="1"><data key="d4">37.48</data><data key="d5">126.93</data></node>
<node id="2"><data key="d4">37.48</data><data key="d5">126.932</data></node>
<node id="3"><data key="d4">35.1</data><data key="d5">129.0</data></node>
<edge source="1" target="2" id="0"><data key="d8">[20, 10]</data><data key="d10">['secondary', 'path']</data>
 <data key="d13">190.5</data><data key="d15">['no', 'yes']</data><data key="d18">A &amp; B</data>
 <data key="d14">LINESTRING (126.932 37.48, 126.931 37.4805, 126.93 37.48)</data></edge>
<edge source="2" target="1" id="0"><data key="d8">[10, 20]</data><data key="d10">['secondary', 'path']</data>
 <data key="d13">190.5</data></edge>
<edge source="2" target="3" id="0"><data key="d8">30</data><data key="d10">residential</data></edge>
<edge source="2" target="99" id="0"><data key="d8">31</data><data key="d10">residential</data></edge>
</graph></graphml>"#;

#[test]
fn a_street_written_in_both_directions_is_one_street() {
    let Reading::Extract(extract) = read("g.graphml", GRAPH.as_bytes(), None, &CITY).unwrap()
    else {
        panic!("a map")
    };
    assert_eq!((extract.rows, extract.duplicates, extract.ways.len()), (7, 1, 1));
    assert_eq!(extract.accepted() + 1 + extract.quarantined.len() as u64, 7);
    let reasons: Vec<&str> = extract.quarantined.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["outside_box", "outside_box", "missing_points"]);
    assert_eq!(extract.drawn_on.unwrap().to_string(), "2023-12-18");
    let way = &extract.ways[0];
    assert_eq!(&*way.part_of, [10, 20]);
    assert_eq!(way.tags.get("highway"), Some("secondary"));
    assert_eq!(way.tags.get("bridge"), Some("yes"), "a bridge on any part");
    assert_eq!(way.tags.get("name"), Some("A & B"));
    let map = BaseMap::merge(vec![extract]);
    let line = map.line(&map.ways[0]);
    assert_eq!(line.len(), 3);
    assert!((line[1].lat - 37.4805).abs() < 1e-9, "the bend lies between its ends");
}

#[test]
fn python_lists_and_references_are_read() {
    assert_eq!(listed("['secondary', 'secondary_link']"), ["secondary", "secondary_link"]);
    assert_eq!(listed("[1, 2]"), ["1", "2"]);
    assert_eq!(listed("residential"), ["residential"]);
    assert_eq!((entity("amp"), entity("#54620"), entity("#xAC00")), ('&', '\u{d55c}', '가'));
}
