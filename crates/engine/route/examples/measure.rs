//! Measures route, options, tables and customization on an OSM extract:
//! `cargo run --release -p route --example measure -- FILE.osm.pbf [PAIRS]`
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

mod read_pbf;

use route::{Facts, HourBand, Network, Searcher, Weights};
use std::sync::Arc;
use std::time::Instant;

/// A small generator, the same on every machine.
struct Seeded(u64);
impl Seeded {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

fn report(what: &str, mut us: Vec<f64>) {
    us.sort_by(f64::total_cmp);
    let at = |p: usize| us[(us.len() * p / 100).min(us.len() - 1)];
    println!("{what}: p50 {:.1} us, p95 {:.1} us, n {}", at(50), at(95), us.len());
}

fn main() {
    let path = std::env::args().nth(1).expect("FILE.osm.pbf");
    let count: usize = std::env::args().nth(2).map_or(1_000, |n| n.parse().expect("PAIRS"));
    let start = Instant::now();
    let streets = read_pbf::read(&path);
    println!(
        "import {:.2} s: {} junctions, {} edges, {:.0} km, {} islands",
        start.elapsed().as_secs_f64(),
        streets.junction_count(),
        streets.edge_count(),
        streets.length_mm() as f64 / 1e6,
        streets.islands().len()
    );
    let start = Instant::now();
    let network = Network::new(Arc::new(streets), Facts::default(), Weights::default());
    println!("weigh {:.3} s", start.elapsed().as_secs_f64());
    let streets = network.streets();
    let mut random = Seeded(1);
    let mut pairs = Vec::new();
    while pairs.len() < count {
        let a = random.below(streets.junction_count()) as u32;
        let b = random.below(streets.junction_count()) as u32;
        let (p, q) = (streets.junction_at(a), streets.junction_at(b));
        let mainland = streets.island_of(a) == 0 && streets.island_of(b) == 0;
        if mainland && (500.0..3_000.0).contains(&p.distance_m(q)) {
            pairs.push((p, q));
        }
    }
    let mut searcher = Searcher::new();
    let mut us = Vec::new();
    let mut settled = 0;
    for &(p, q) in &pairs {
        let start = Instant::now();
        let way = network.way_home(&mut searcher, p, q, HourBand::Night, route::WayName::Fast);
        us.push(start.elapsed().as_secs_f64() * 1e6);
        settled += searcher.settled();
        assert!(way.is_ok());
    }
    report("route", us);
    println!("settled {}", settled / pairs.len());
    let mut us = Vec::new();
    let mut shown = 0;
    for &(p, q) in &pairs {
        let start = Instant::now();
        let ways = network.ways_home(&mut searcher, p, q, HourBand::Night);
        us.push(start.elapsed().as_secs_f64() * 1e6);
        shown += ways.map_or(0, |w| w.len());
    }
    report("options", us);
    println!("shown {}", shown as f64 / pairs.len() as f64);
}
