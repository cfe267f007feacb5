//! Measures route, options, tables and customization on an OSM extract:
//! `cargo run --release -p route --example measure_route -- FILE.osm.pbf [PAIRS]`
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

mod read_pbf;

use kernel::Point;
use route::{
    Facts, Fixture, HavenDoor, Hierarchy, HourBand, Lamp, LampState, Measure, Network, Searcher,
    WayName, Weights,
};
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

fn pairs(network: &Network, count: usize, random: &mut Seeded) -> Vec<(Point, Point)> {
    let streets = network.streets();
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
    pairs
}

fn time(each: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    each();
    start.elapsed().as_secs_f64() * 1e6
}

fn ways(network: &Network, pairs: &[(Point, Point)]) {
    let mut searcher = Searcher::new();
    let fast = |s: &mut Searcher, p, q| network.way_home(s, p, q, HourBand::Night, WayName::Fast);
    let all = |s: &mut Searcher, p, q| network.ways_home(s, p, q, HourBand::Night);
    let snap =
        pairs.iter().map(|&(p, q)| time(&mut || assert!(network.places(p, q).is_ok()))).collect();
    report("  snap both", snap);
    let us = pairs.iter().map(|&(p, q)| time(&mut || drop(fast(&mut searcher, p, q)))).collect();
    report("  route", us);
    let us = pairs.iter().map(|&(p, q)| time(&mut || drop(all(&mut searcher, p, q)))).collect();
    report("  options", us);
    let shown: usize =
        pairs.iter().map(|&(p, q)| all(&mut searcher, p, q).map_or(0, |w| w.len())).sum();
    println!("  shown {:.2}", shown as f64 / pairs.len() as f64);
}

fn agree(network: &Network, pairs: &[(Point, Point)]) {
    let mut searcher = Searcher::new();
    for measure in
        [Measure::Length, Measure::Cost(HourBand::Night), Measure::Blend(HourBand::Night)]
    {
        let (mut a_star, mut climb, mut settled) = (Vec::new(), Vec::new(), 0);
        for &(p, q) in pairs {
            let (from, to) = network.places(p, q).expect("on streets");
            let (mut one, mut two) = (None, None);
            a_star.push(time(&mut || {
                one = network.least_by_search(&mut searcher, &from, &to, measure);
            }));
            settled += searcher.settled();
            climb.push(time(&mut || two = network.least(&mut searcher, &from, &to, measure)));
            let (one, two) = (one.expect("joined"), two.expect("joined"));
            assert_eq!(one.weight, two.weight);
            assert_eq!(network.walk_weight(measure, &one), one.weight);
            assert_eq!(network.walk_weight(measure, &two), two.weight);
        }
        println!("{measure:?}: settled {}", settled / pairs.len());
        let distance = pairs
            .iter()
            .map(|&(p, q)| {
                let (from, to) = network.places(p, q).expect("on streets");
                time(&mut || {
                    network.distance(&mut searcher, &from, &to, measure);
                })
            })
            .collect();
        report("  distance", distance);
        report("  A*", a_star);
        report("  hierarchy", climb);
    }
}

fn tables(network: &Network, pairs: &[(Point, Point)], random: &mut Seeded) {
    let streets = network.streets();
    let mut searcher = Searcher::new();
    let mut places = Vec::new();
    while places.len() < 650 {
        let junction = random.below(streets.junction_count()) as u32;
        if streets.island_of(junction) == 0 {
            places.extend(streets.snap(streets.junction_at(junction), 250.0));
        }
    }
    let measure = Measure::Cost(HourBand::Night);
    let pin =
        (0..20).map(|_| time(&mut || drop(network.pin(&mut searcher, &places, measure)))).collect();
    report("pin 650", pin);
    let pinned = network.pin(&mut searcher, &places, measure).expect("customized");
    let mut us = Vec::new();
    for &(p, _) in pairs.iter().take(300) {
        let from = streets.snap(p, 250.0).expect("on streets");
        us.push(time(&mut || drop(network.table_row(&mut searcher, &from, &pinned))));
    }
    report("1 -> 650", us);
    let from = streets.snap(pairs[0].0, 250.0).expect("on streets");
    let row = network.table_row(&mut searcher, &from, &pinned);
    for (i, place) in places.iter().enumerate().step_by(10) {
        let walk = network.least_by_search(&mut searcher, &from, place, measure);
        assert_eq!(row[i].map(u64::from), walk.map(|w| w.weight));
    }
}

fn lamps(streets: &route::Streets, random: &mut Seeded) -> Facts {
    let mut facts = Facts::default();
    for i in 0..20_000 {
        let at = streets.junction_at(random.below(streets.junction_count()) as u32);
        facts.lamps.push(Lamp { at, state: LampState::Working, checked: None });
        if i % 10 == 0 {
            facts.cameras.push(Fixture { at, checked: None });
        }
        if i % 30 == 0 {
            facts.havens.push(HavenDoor { at, open: true, checked: None });
        }
    }
    facts
}

fn hierarchies(network: &Network, random: &mut Seeded) -> Arc<Hierarchy> {
    let streets = network.streets();
    let mut hierarchy = None;
    let us = time(&mut || hierarchy = Some(Arc::new(Hierarchy::new(streets))));
    let hierarchy = hierarchy.expect("contracted");
    println!(
        "order and contract {:.2} s: {} shortcuts, height {}",
        us / 1e6,
        hierarchy.shortcut_count(),
        hierarchy.height()
    );
    let order = hierarchy.order();
    let us = time(&mut || drop(Hierarchy::with_order(streets, &order)));
    println!("contract {:.3} s", us / 1e6);
    let night: Vec<u32> =
        (0..streets.edge_count() as u32).map(|e| network.cost_mm(HourBand::Night, e)).collect();
    let us = (0..20).map(|_| time(&mut || drop(hierarchy.customize(&night)))).collect();
    report("customize 1", us);
    let us = (0..10)
        .map(|_| time(&mut || drop(hierarchy.customize_lanes(|e| [night[e as usize]; 4]))))
        .collect();
    report("customize 4", us);
    let mut metric = hierarchy.customize(&night);
    for count in [10, 100, 1_000] {
        let us = (0..20)
            .map(|_| {
                let mut changed = night.clone();
                let edges: Vec<u32> =
                    (0..count).map(|_| random.below(night.len()) as u32).collect();
                for &e in &edges {
                    changed[e as usize] *= 2;
                }
                let us =
                    time(&mut || hierarchy.update(&mut metric, &edges, |e| changed[e as usize]));
                assert!(metric == hierarchy.customize(&changed));
                hierarchy.update(&mut metric, &edges, |e| night[e as usize]);
                us
            })
            .collect();
        report(&format!("update {count}"), us);
    }
    hierarchy
}

fn havens_and_lamps(network: &mut Network, pairs: &[(Point, Point)]) {
    let mut searcher = Searcher::new();
    let near = pairs
        .iter()
        .map(|&(p, _)| {
            time(&mut || {
                let found =
                    network.nearest_havens(&mut searcher, p, HourBand::Night, 3, |h| h % 2 == 0);
                assert!(found.is_ok());
            })
        })
        .collect();
    report("nearest 3 of 333 open havens", near);
    let us =
        (1..100).map(|i| time(&mut || drop(network.set_lamp(i * 150, LampState::Out)))).collect();
    report("a lamp goes out (8 metrics)", us);
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
    let mut random = Seeded(1);
    let facts = lamps(&streets, &mut random);
    let start = Instant::now();
    let mut network = Network::new(Arc::new(streets), facts, Weights::default());
    println!("weigh {:.3} s", start.elapsed().as_secs_f64());
    let pairs = pairs(&network, count, &mut random);
    println!("by search:");
    ways(&network, &pairs);
    let hierarchy = hierarchies(&network, &mut random);
    network.customize(hierarchy);
    println!("by hierarchy:");
    ways(&network, &pairs);
    agree(&network, &pairs);
    tables(&network, &pairs, &mut random);
    havens_and_lamps(&mut network, &pairs);
}
