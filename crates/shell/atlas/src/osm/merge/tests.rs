use super::BaseMap;
use crate::{City, Extract, Reading, read};
use kernel::Area;

const CITY: City<'static> =
    City::within(Area { south: 37.4, west: 126.8, north: 37.6, east: 127.1 });

fn extract(text: &str) -> Extract {
    match read("t", text.as_bytes(), None, &CITY).unwrap() {
        Reading::Extract(extract) => extract,
        Reading::Sheet(_) => panic!("a map"),
    }
}

/// A street of two nodes, as each format says it, with this name, version and day.
fn xml(name: &str, version: u32, day: &str) -> Extract {
    extract(&format!(
        r#"<osm><meta osm_base="{day}T00:00:00Z"/>
        <node id="1" lat="37.48" lon="126.93"/><node id="2" lat="37.48" lon="126.932"/>
        <way id="7" version="{version}"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/>
        <tag k="name" v="{name}"/></way></osm>"#
    ))
}

fn graph(way: i64, to: i64, day: &str) -> Extract {
    extract(&format!(
        r#"<graphml><key id="a" attr.name="y"/><key id="b" attr.name="x"/><key id="c" attr.name="osmid"/>
        <key id="d" attr.name="highway"/><key id="e" attr.name="created_date"/>
        <graph><data key="e">{day} 00:00:00</data>
        <node id="1"><data key="a">37.48</data><data key="b">126.93</data></node>
        <node id="2"><data key="a">37.48</data><data key="b">126.932</data></node>
        <node id="3"><data key="a">37.481</data><data key="b">126.931</data></node>
        <edge source="1" target="{to}"><data key="c">{way}</data><data key="d">residential</data></edge>
        </graph></graphml>"#
    ))
}

fn name(map: &BaseMap) -> &str {
    map.ways[0].tags.get("name").unwrap()
}

#[test]
fn of_two_states_the_newer_is_kept_whatever_the_order() {
    let (old, new) = (xml("old", 3, "2026-01-01"), xml("new", 4, "2020-01-01"));
    let map = BaseMap::merge(vec![old.clone(), new.clone()]);
    assert_eq!((name(&map), map.ways.len(), map.superseded), ("new", 1, 1));
    assert_eq!(name(&BaseMap::merge(vec![new, old])), "new", "a higher version is newer");
    // Without versions the day the extract was drawn decides, then the order given.
    let (old, new) = (xml("old", 0, "2020-01-01"), xml("new", 0, "2026-01-01"));
    assert_eq!(name(&BaseMap::merge(vec![new.clone(), old.clone()])), "new");
    let same = xml("later", 0, "2026-01-01");
    assert_eq!(name(&BaseMap::merge(vec![new, same])), "later");
    assert_eq!(BaseMap::merge(vec![old]).drawn_on.unwrap().to_string(), "2020-01-01");
}

#[test]
fn a_piece_of_a_street_graph_gives_way_to_the_whole_way() {
    let whole = xml("whole", 1, "2020-01-01");
    let map = BaseMap::merge(vec![graph(7, 2, "2026-01-01"), whole.clone()]);
    assert_eq!((map.ways.len(), name(&map)), (1, "whole"));
    let map = BaseMap::merge(vec![graph(8, 2, "2026-01-01"), whole]);
    assert_eq!(map.ways.len(), 2, "another way stays");
}

#[test]
fn of_two_street_graphs_the_newer_draws_what_it_covers() {
    let (old, new) = (graph(7, 2, "2023-05-09"), graph(7, 3, "2023-12-18"));
    let map = BaseMap::merge(vec![old.clone(), new]);
    assert_eq!((map.ways.len(), map.superseded), (1, 1));
    assert_eq!(map.ways[0].nodes.last(), Some(&3));
    let elsewhere = graph(9, 3, "2023-12-18");
    assert_eq!(BaseMap::merge(vec![old, elsewhere]).ways.len(), 2);
}
