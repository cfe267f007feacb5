use crate::town::{Town, facts};
use crate::{Nature, StreetClass, StreetsBuilder, Way};
use kernel::Point;
use proptest::prelude::*;

#[test]
fn half_a_street_of_each_district_near_lamps_is_told_per_district() {
    let mut map = StreetsBuilder::new();
    map.node(1, Point { lat: 37.480, lon: 126.93 });
    map.node(2, Point { lat: 37.490, lon: 126.93 });
    let nature = Nature::plain(StreetClass::Local);
    map.way(Way { id: 1, nodes: vec![1, 2], nature, walkable: true, layer: 0 });
    let streets = map.build();
    let lamps = [37.4805, 37.4806, 37.4890].map(|lat| Point { lat, lon: 126.93 });
    let south_or_north = |p: Point| Some(usize::from(p.lat > 37.485));
    let shares = streets.share_near(lamps.into_iter(), 25.0, 2, south_or_north);
    assert_eq!(shares.iter().map(|s| s.total_mm).sum::<u64>(), streets.length_mm());
    // 25 m either way, and two lamps 11 m apart share most of it
    assert!(shares[0].near_mm.abs_diff(61_119) < 60, "{shares:?}");
    assert!(shares[1].near_mm.abs_diff(50_000) < 60, "{shares:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_share_near_points_is_what_a_look_at_every_few_metres_tells(seed in 0_u64..500) {
        let streets = Town::new(seed, 5).streets();
        let facts = facts(seed, 6);
        let points = || facts.lamps.iter().map(|l| l.at);
        let shares = streets.share_near(points(), 25.0, 1, |_| Some(0));
        prop_assert_eq!(shares[0].total_mm, streets.length_mm());
        let mut near_mm = 0.0;
        for edge in 0..streets.edge_count() as u32 {
            let len = streets.edge_length_mm(edge);
            let looks = 1 + len / 1_000;
            for look in 0..looks {
                let mm = (f64::from(len) * (f64::from(look) + 0.5) / f64::from(looks)) as u32;
                let spot = streets.point_along(edge, mm);
                if points().any(|p| p.distance_m(spot) <= 25.0) {
                    near_mm += f64::from(len) / f64::from(looks);
                }
            }
        }
        let told = shares[0].near_mm as f64;
        prop_assert!((told - near_mm).abs() < 5_000.0 + 0.02 * near_mm, "{told} {near_mm}");
    }
}
