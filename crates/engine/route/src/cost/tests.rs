use super::{Burdens, Choice, Weights};
use crate::facts::Facts;
use crate::town::{Town, facts};
use crate::{HourBand, Lit, Nature, Network, StreetClass, StreetsBuilder, Way};
use kernel::Point;
use proptest::prelude::*;
use std::sync::Arc;

/// What a straight street of this nature costs per metre, nothing else being known.
fn per_metre(nature: Nature, band: HourBand) -> f64 {
    let mut map = StreetsBuilder::new();
    map.node(1, Point { lat: 37.48, lon: 126.93 });
    map.node(2, Point { lat: 37.49, lon: 126.93 });
    map.way(Way { id: 1, nodes: vec![1, 2], nature, walkable: true, layer: 0 });
    let network = Network::new(Arc::new(map.build()), Facts::default(), Weights::default());
    f64::from(network.cost_mm(band, 0)) / f64::from(network.streets().edge_length_mm(0))
}

#[test]
fn at_noon_a_park_weighs_no_more_than_a_street_and_at_night_it_does() {
    let street = Nature::plain(StreetClass::Footway);
    let park = Nature { park: true, ..street };
    assert!((per_metre(park, HourBand::Day) - per_metre(street, HourBand::Day)).abs() < 1e-9);
    for band in [HourBand::Evening, HourBand::Night, HourBand::DeepNight] {
        assert!(per_metre(park, band) > per_metre(street, band) + 0.5);
    }
}

#[test]
fn unknown_light_weighs_less_than_darkness_and_more_than_light() {
    let street = Nature::plain(StreetClass::Local);
    for band in [HourBand::Evening, HourBand::Night, HourBand::DeepNight] {
        let of = |lit| per_metre(Nature { lit, ..street }, band);
        assert!(of(Lit::Yes) < of(Lit::Unknown) && of(Lit::Unknown) < of(Lit::No));
    }
    let noon = |lit| per_metre(Nature { lit, ..street }, HourBand::Day);
    assert!((noon(Lit::Yes) - noon(Lit::No)).abs() < 1e-9);
}

#[test]
fn the_example_of_the_documentation_comes_out() {
    // a lit residential street at night: 1 + (0 + 0.3)
    let street = Nature { lit: Lit::Yes, ..Nature::plain(StreetClass::Local) };
    assert!((per_metre(street, HourBand::Night) - 1.3).abs() < 1e-6);
    // a dark path in a park: 1 + (3 + 1.4 + 1.6)
    let path = Nature { lit: Lit::No, park: true, ..Nature::plain(StreetClass::Path) };
    assert!((per_metre(path, HourBand::Night) - 7.0).abs() < 1e-6);
}

#[test]
fn a_detour_is_capped_at_a_quarter_but_never_under_100_nor_over_400_metres() {
    let cap = |m: u64| Choice::default().cap_mm(m * 1_000) / 1_000;
    assert_eq!(cap(1_000), 1_250);
    assert_eq!(cap(200), 300);
    assert_eq!(cap(1_600), 2_000);
    assert_eq!(cap(3_000), 3_400);
}

#[test]
fn a_city_pack_names_only_what_it_changes() {
    let pack = "[reach]\nlamp_m = 20.0\n[choice]\nknee = 3.0\n";
    let weights: Weights = toml::from_str(pack).unwrap();
    assert!((weights.reach.lamp_m - 20.0).abs() < 1e-9);
    assert_eq!(weights.night, Burdens::night());
    assert!(weights.fit());
    assert!(toml::from_str::<Weights>("[reach]\nlamp = 20.0\n").is_err());
}

#[test]
fn weights_out_of_range_do_not_fit() {
    let mut weights = Weights::default();
    weights.night.unlit = -0.1;
    assert!(!weights.fit());
    let mut weights = Weights::default();
    weights.day.camera = 1.1;
    assert!(!weights.fit());
    let mut weights = Weights::default();
    weights.pace.level_m_s = f64::NAN;
    assert!(!weights.fit());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_metre_of_any_street_costs_less_than_itself(seed in 0_u64..500) {
        let streets = Arc::new(Town::new(seed, 6).streets());
        let network = Network::new(Arc::clone(&streets), facts(seed, 20), Weights::default());
        for edge in 0..streets.edge_count() as u32 {
            for band in HourBand::ALL {
                prop_assert!(network.cost_mm(band, edge) >= streets.edge_length_mm(edge));
            }
        }
    }
}
