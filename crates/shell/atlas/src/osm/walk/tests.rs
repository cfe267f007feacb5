use crate::{
    BaseMap, City, Reading,
    osm::{Tags, walk::may_walk},
    read,
};
use kernel::{Area, Point};
use route::{Lit, StreetClass};

fn tags(pairs: &[(&str, &str)]) -> Tags {
    Tags::of(pairs.iter().copied())
}

fn walkable(pairs: &[(&str, &str)]) -> bool {
    let tags = tags(pairs);
    let class = StreetClass::of_highway(tags.get("highway").unwrap()).unwrap().0;
    may_walk(&tags, class)
}

#[test]
fn what_is_said_of_walkers_counts_before_what_is_said_of_all() {
    assert!(walkable(&[("highway", "residential")]));
    assert!(!walkable(&[("highway", "service"), ("access", "private")]));
    assert!(walkable(&[("highway", "service"), ("access", "private"), ("foot", "yes")]));
    assert!(!walkable(&[("highway", "residential"), ("foot", "no")]));
    assert!(!walkable(&[("highway", "secondary"), ("foot", "use_sidepath")]));
    assert!(!walkable(&[("highway", "trunk")]));
    assert!(walkable(&[("highway", "trunk"), ("sidewalk", "both")]));
    assert!(!walkable(&[("highway", "primary"), ("motorroad", "yes")]));
    assert!(!walkable(&[("highway", "cycleway")]));
    assert!(walkable(&[("highway", "cycleway"), ("foot", "designated")]));
}

const TOWN: &str = r#"<osm version="0.6">
 <node id="1" lat="37.480" lon="126.930"/><node id="2" lat="37.480" lon="126.932"/>
 <node id="3" lat="37.480" lon="126.934"/><node id="4" lat="37.479" lon="126.932"/>
 <node id="5" lat="37.481" lon="126.932"/>
 <node id="11" lat="37.4790" lon="126.9319"/><node id="12" lat="37.4790" lon="126.9321"/>
 <node id="13" lat="37.4811" lon="126.9321"/><node id="14" lat="37.4811" lon="126.9319"/>
 <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>
  <tag k="lit" v="yes"/></way>
 <way id="2"><nd ref="4"/><nd ref="2"/><nd ref="5"/><tag k="highway" v="footway"/>
  <tag k="bridge" v="yes"/><tag k="layer" v="1"/></way>
 <way id="4"><nd ref="11"/><nd ref="12"/><nd ref="13"/><tag k="source" v="x"/></way>
 <way id="5"><nd ref="13"/><nd ref="14"/><nd ref="11"/></way>
 <relation id="9"><member type="way" ref="5" role="outer"/><member type="way" ref="4" role="outer"/>
  <tag k="type" v="multipolygon"/><tag k="leisure" v="park"/></relation>
</osm>"#;

#[test]
fn a_bridge_is_no_junction_and_a_park_is_known_from_its_outline() {
    let city = City::within(Area { south: 37.4, west: 126.8, north: 37.6, east: 127.1 });
    let Reading::Extract(extract) = read("t.osm", TOWN.as_bytes(), None, &city).unwrap() else {
        panic!("a map")
    };
    assert_eq!((extract.rows, extract.accepted()), (14, 14));
    let map = BaseMap::merge(vec![extract]);
    assert_eq!(map.expanses().len(), 1);
    let streets = map.streets();
    // Street and bridge cross at node 2 without meeting.
    assert_eq!((streets.edge_count(), streets.islands().len()), (2, 2));
    let at = |point: Point| {
        let place = streets.snap_beside(
            point,
            5.0,
            &streets.snap(point, 5.0).or_else(|| streets.snap(point, 50.0)).unwrap(),
        );
        place.map(|place| streets.edge_natures(place.edge).next().unwrap().1)
    };
    let street = at(Point { lat: 37.480, lon: 126.930_5 }).unwrap();
    assert_eq!((street.lit, street.park, street.bridge), (Lit::Yes, false, false));
    let natures: Vec<_> = (0..2).map(|edge| streets.edge_natures(edge).next().unwrap().1).collect();
    let bridge = natures.iter().find(|nature| nature.bridge).unwrap();
    assert!(bridge.park, "its way lies in the park");
    assert_eq!(bridge.lit, Lit::Unknown);
}
