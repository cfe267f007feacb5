use crate::facts::{Facts, Lamp, LampState};
use crate::town::{Town, facts};
use crate::{Light, Lit, Nature, Network, StreetClass, StreetsBuilder, Way, Weights};
use kernel::Point;
use proptest::prelude::*;
use std::sync::Arc;

const SOUTH: Point = Point { lat: 37.48, lon: 126.93 };
const NORTH: Point = Point { lat: 37.481, lon: 126.93 };

/// A street of 111 m and the lamps in its middle.
fn street(lit: Lit, lamps: &[LampState]) -> Light {
    let mut map = StreetsBuilder::new();
    map.node(1, SOUTH);
    map.node(2, NORTH);
    let nature = Nature { lit, ..Nature::plain(StreetClass::Local) };
    map.way(Way { id: 1, nodes: vec![1, 2], nature, walkable: true, layer: 0 });
    let at = Point { lat: 37.4805, lon: 126.93 };
    let lamps = lamps.iter().map(|&state| Lamp { at, state, checked: None }).collect();
    let facts = Facts { lamps, ..Facts::default() };
    Network::new(Arc::new(map.build()), facts, Weights::default()).light(0)
}

fn metres(light: Light) -> [u32; 3] {
    [light.lit_mm, light.unlit_mm, light.unknown_mm].map(|mm| (mm + 500) / 1_000)
}

#[test]
fn a_street_nobody_described_is_unknown_and_not_dark() {
    assert_eq!(metres(street(Lit::Unknown, &[])), [0, 0, 111]);
    assert_eq!(metres(street(Lit::Unknown, &[LampState::Unknown])), [0, 0, 111]);
}

#[test]
fn a_working_lamp_lights_25_metres_either_way() {
    assert_eq!(metres(street(Lit::Unknown, &[LampState::Working])), [50, 0, 61]);
    assert_eq!(metres(street(Lit::No, &[LampState::Working])), [50, 61, 0]);
}

#[test]
fn a_lamp_that_is_out_darkens_its_stretch_unless_another_works() {
    assert_eq!(metres(street(Lit::Unknown, &[LampState::Out])), [0, 50, 61]);
    assert_eq!(metres(street(Lit::Unknown, &[LampState::Out, LampState::Working])), [50, 0, 61]);
}

#[test]
fn a_lamp_reported_out_counts_more_than_the_maps_old_tag() {
    assert_eq!(metres(street(Lit::Yes, &[])), [111, 0, 0]);
    assert_eq!(metres(street(Lit::Yes, &[LampState::Out])), [61, 50, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn lit_unlit_and_unknown_add_up_and_agree_with_a_look_at_every_spot(seed in 0_u64..500) {
        let streets = Arc::new(Town::new(seed, 5).streets());
        let facts = facts(seed, 12);
        let network = Network::new(Arc::clone(&streets), facts.clone(), Weights::default());
        for edge in 0..streets.edge_count() as u32 {
            let len = streets.edge_length_mm(edge);
            let light = network.light(edge);
            prop_assert_eq!(light.lit_mm + light.unlit_mm + light.unknown_mm, len);
            // cut in two, the halves add up to the whole
            let mut halves = network.light_on(edge, 0, len / 3);
            halves += network.light_on(edge, len / 3, len);
            prop_assert_eq!(halves, light);
            for step in 0..40_u32 {
                let mm = (u64::from(len) * u64::from(step) / 40) as u32;
                let spot = streets.point_along(edge, mm);
                let near: Vec<_> = facts.lamps.iter()
                    .map(|l| (l.at.distance_m(spot), l.state)).filter(|(d, _)| *d < 25.2).collect();
                if near.iter().any(|(d, _)| *d > 24.8) || mm + 1 > len {
                    continue; // on the rim either answer is right
                }
                let has = |s| near.iter().any(|(_, state)| *state == s);
                let piece = streets.edge_natures(edge).find(|(to, _)| *to > mm).unwrap().1;
                let here = network.light_on(edge, mm, mm + 1);
                let told = (here.lit_mm, here.unlit_mm, here.unknown_mm);
                let looked = if has(LampState::Working) { (1, 0, 0) }
                    else if has(LampState::Out) { (0, 1, 0) }
                    else { match piece.lit { Lit::Yes => (1, 0, 0), Lit::No => (0, 1, 0), Lit::Unknown => (0, 0, 1) } };
                prop_assert_eq!(told, looked);
            }
        }
    }
}
