//! Small invented towns for tests, from a seed, and slow obvious answers about them.

use crate::facts::{Facts, Fixture, HavenDoor, Lamp, LampState};
use crate::street::{Lit, Nature, StreetClass, Surface, Way};
use crate::streets::Streets;
use crate::{EpochDay, StreetsBuilder};
use kernel::Point;

/// The same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    /// A number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.below(1 << 20) as f64 / f64::from(1 << 20)
    }
    pub(crate) fn point(&mut self) -> Point {
        Point { lat: 37.470 + 0.012 * self.share(), lon: 126.920 + 0.015 * self.share() }
    }
}

/// A town as it would come from a map.
pub(crate) struct Town {
    pub(crate) nodes: Vec<(i64, Point)>,
    pub(crate) ways: Vec<Way>,
}

fn nature(dice: &mut Dice) -> Nature {
    Nature {
        class: StreetClass::ALL[dice.below(7) as usize],
        lit: [Lit::Yes, Lit::No, Lit::Unknown][dice.below(3) as usize],
        surface: [Surface::Paved, Surface::Unpaved, Surface::Unknown][dice.below(3) as usize],
        steps: dice.one_in(8),
        tunnel: dice.one_in(12),
        bridge: false,
        park: dice.one_in(6),
    }
}

impl Town {
    /// A bent grid of streets of `side` × `side` crossings with gaps, dead ends and scraps.
    pub(crate) fn new(seed: u64, side: i64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(2) + 1);
        let mut nodes = Vec::new();
        for row in 0..side {
            for column in 0..side {
                let lat = 37.47 + (row as f64 + 0.6 * dice.share()) * 0.012 / side as f64;
                let lon = 126.92 + (column as f64 + 0.6 * dice.share()) * 0.015 / side as f64;
                nodes.push((row * side + column, Point { lat, lon }));
            }
        }
        let mut ways = Vec::new();
        let mut next = 1_000_000;
        for row in 0..side {
            for column in 0..side {
                let here = row * side + column;
                for (there, inside) in
                    [(here + 1, column + 1 < side), (here + side, row + 1 < side)]
                {
                    if !inside || dice.one_in(5) {
                        continue;
                    }
                    let mut line = vec![here];
                    for _ in 0..dice.below(3) {
                        // a bend, somewhere between the two
                        let (a, b) = (nodes[here as usize].1, nodes[there as usize].1);
                        let lat = f64::midpoint(a.lat, b.lat) + 0.0004 * dice.share();
                        let lon = f64::midpoint(a.lon, b.lon) + 0.0004 * dice.share();
                        nodes.push((next, Point { lat, lon }));
                        line.push(next);
                        next += 1;
                    }
                    line.push(there);
                    ways.push(Way {
                        id: ways.len() as i64,
                        nodes: line,
                        nature: nature(&mut dice),
                        walkable: true,
                        layer: 0,
                    });
                }
            }
        }
        // node ids are looked up by position above, so the bends follow the crossings
        Self { nodes, ways }
    }

    pub(crate) fn streets(&self) -> Streets {
        let mut builder = StreetsBuilder::new();
        for &(id, at) in &self.nodes {
            builder.node(id, at);
        }
        for way in &self.ways {
            builder.way(way.clone());
        }
        builder.build()
    }
}

/// Things along the streets of a town.
pub(crate) fn facts(seed: u64, each: u64) -> Facts {
    let mut dice = Dice(seed.wrapping_add(77));
    let mut facts = Facts::default();
    for _ in 0..each * 8 {
        let state = [LampState::Working, LampState::Working, LampState::Out, LampState::Unknown]
            [dice.below(4) as usize];
        let checked = Some(EpochDay(20_000 + dice.below(400) as i32));
        facts.lamps.push(Lamp { at: dice.point(), state, checked });
    }
    for _ in 0..each {
        facts.cameras.push(Fixture { at: dice.point(), checked: Some(EpochDay(20_100)) });
        facts.bells.push(Fixture { at: dice.point(), checked: None });
        facts.crossings.push(Fixture { at: dice.point(), checked: None });
        let open = dice.one_in(2);
        facts.havens.push(HavenDoor { at: dice.point(), open, checked: None });
    }
    facts
}

/// Least weights from one vertex to all by trying every edge until nothing changes.
pub(crate) fn try_every_edge(vertices: usize, edges: &[([u32; 2], u64)], from: u32) -> Vec<u64> {
    let mut least = vec![u64::MAX; vertices];
    least[from as usize] = 0;
    loop {
        let mut changed = false;
        for &([a, b], w) in edges {
            for (x, y) in [(a as usize, b as usize), (b as usize, a as usize)] {
                if least[x] != u64::MAX && least[x] + w < least[y] {
                    least[y] = least[x] + w;
                    changed = true;
                }
            }
        }
        if !changed {
            return least;
        }
    }
}
