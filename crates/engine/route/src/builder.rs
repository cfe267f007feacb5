//! From map nodes and ways to the junction graph.

use crate::day::EpochDay;
use crate::grid::Grid;
use crate::spot::{M_PER_E7, Spot, hilbert};
use crate::street::{Nature, Way};
use crate::streets::{Arc, Edge, Island, Junction, Piece, Streets};
use kernel::Point;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// An island shorter than this is a scrap: nobody is placed on it unless it is the longest.
const MAINLAND_MM: u64 = 20_000_000;

/// Collects nodes and ways, in any order, from any number of overlapping extracts.
#[derive(Debug, Default)]
pub struct StreetsBuilder {
    nodes: IdMap<Spot>,
    ways: Vec<Way>,
    place_of_way: IdMap<u32>,
    dated: Option<EpochDay>,
}

type IdMap<T> = HashMap<i64, T, BuildHasherDefault<IdHasher>>;

/// Multiplies by a large odd number: OSM ids are no attack and need no more.
#[derive(Debug, Default)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn write_i64(&mut self, id: i64) {
        let mixed = (id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl StreetsBuilder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A node of the map. The last one given with an id counts. Nodes no way names cost memory
    /// while building and nothing after.
    pub fn node(&mut self, id: i64, at: Point) {
        self.nodes.insert(id, at.into());
    }

    /// A way of the map. The last one given with an id counts; a way nobody may walk is left out
    /// and takes out an earlier one with its id.
    pub fn way(&mut self, way: Way) {
        if let Some(&place) = self.place_of_way.get(&way.id) {
            self.ways[place as usize] = way;
        } else {
            self.place_of_way.insert(way.id, self.ways.len() as u32);
            self.ways.push(way);
        }
    }

    /// The day the map was drawn. Of several extracts the oldest counts.
    pub fn dated(&mut self, day: EpochDay) {
        self.dated = Some(self.dated.map_or(day, |d| d.min(day)));
    }

    /// Joins the streets. A way whose nodes are partly missing (the edge of an extract) is kept
    /// as far as they are there.
    pub fn build(self) -> Streets {
        let mut raw = Raw::default();
        raw.read(&self.nodes, &self.ways);
        drop(self.nodes);
        drop(self.ways);
        raw.count_degrees();
        let chains = Chains::trace(&raw);
        chains.into_streets(&raw, self.dated)
    }
}

/// Uncontracted: map nodes in use, and segments between two of them.
#[derive(Default)]
struct Raw {
    spots: Vec<Spot>,
    segments: Vec<[u32; 2]>,
    nature: Vec<u16>,
    natures: Vec<Nature>,
    first: Vec<u32>,
    at_node: Vec<u32>,
}

/// What a node is to the ways that pass it, to tell a crossing from a flyover.
#[derive(Clone, Copy, Default)]
struct Passing {
    an_end: bool,
    passed: bool,
    lowest: i8,
    highest: i8,
}

impl Raw {
    fn read(&mut self, nodes: &IdMap<Spot>, ways: &[Way]) {
        let mut kinds: HashMap<Nature, u16> = HashMap::new();
        let passing = passings(ways);
        let mut index: HashMap<(i64, i8), u32, BuildHasherDefault<IdHasher>> = HashMap::default();
        for way in ways.iter().filter(|w| w.walkable) {
            let next = self.natures.len() as u16;
            let nature = *kinds.entry(way.nature).or_insert_with(|| {
                self.natures.push(way.nature);
                next
            });
            let mut last = None;
            for id in &way.nodes {
                let Some(&spot) = nodes.get(id) else {
                    last = None;
                    continue;
                };
                // ways of different layers that merely pass a node they share do not meet in it
                let flyover =
                    passing.get(id).is_some_and(|p| p.passed && !p.an_end && p.lowest != p.highest);
                let key = (*id, if flyover { way.layer } else { 0 });
                let here = *index.entry(key).or_insert_with(|| {
                    self.spots.push(spot);
                    self.spots.len() as u32 - 1
                });
                if let Some(from) = last.filter(|&from| from != here) {
                    self.segments.push([from, here]);
                    self.nature.push(nature);
                }
                last = Some(here);
            }
        }
    }

    fn count_degrees(&mut self) {
        let mut first = vec![0_u32; self.spots.len() + 1];
        for s in self.segments.iter().flatten() {
            first[*s as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut at_node = vec![0_u32; self.segments.len() * 2];
        for (i, s) in self.segments.iter().enumerate() {
            for &end in s {
                at_node[next[end as usize] as usize] = i as u32;
                next[end as usize] += 1;
            }
        }
        self.first = first;
        self.at_node = at_node;
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.at_node[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    fn across(&self, segment: u32, node: u32) -> u32 {
        let [a, b] = self.segments[segment as usize];
        if a == node { b } else { a }
    }
}

/// How ways with a layer pass the nodes they share; empty for a city without flyovers.
fn passings(ways: &[Way]) -> IdMap<Passing> {
    let mut found: IdMap<Passing> = IdMap::default();
    let walkable = || ways.iter().filter(|w| w.walkable);
    for way in walkable().filter(|w| w.layer != 0) {
        for id in &way.nodes {
            found.insert(*id, Passing::default());
        }
    }
    if found.is_empty() {
        return found;
    }
    for way in walkable() {
        let last = way.nodes.len().saturating_sub(1);
        for (i, id) in way.nodes.iter().enumerate() {
            let Some(p) = found.get_mut(id) else { continue };
            if i == 0 || i == last {
                p.an_end = true;
            } else if p.passed {
                p.lowest = p.lowest.min(way.layer);
                p.highest = p.highest.max(way.layer);
            } else {
                *p = Passing { passed: true, lowest: way.layer, highest: way.layer, ..*p };
            }
        }
    }
    found
}

/// Edges as chains of raw nodes, between raw nodes that are junctions.
#[derive(Default)]
struct Chains {
    first: Vec<u32>,
    nodes: Vec<u32>,
    segments: Vec<u32>,
}

impl Chains {
    fn trace(raw: &Raw) -> Self {
        let mut chains = Self { first: vec![0], ..Self::default() };
        let mut used = vec![false; raw.segments.len()];
        let mut junction: Vec<bool> =
            (0..raw.spots.len() as u32).map(|n| raw.at(n).len() != 2).collect();
        for node in 0..raw.spots.len() as u32 {
            if junction[node as usize] {
                for &segment in raw.at(node) {
                    chains.follow(raw, node, segment, &junction, &mut used);
                }
            }
        }
        // what is left are rings no other street meets: one of their nodes becomes a junction
        for segment in 0..raw.segments.len() as u32 {
            if !used[segment as usize] {
                let node = raw.segments[segment as usize][0];
                junction[node as usize] = true;
                chains.follow(raw, node, segment, &junction, &mut used);
            }
        }
        chains
    }

    fn follow(&mut self, raw: &Raw, from: u32, segment: u32, junction: &[bool], used: &mut [bool]) {
        if used[segment as usize] {
            return;
        }
        let (mut node, mut segment) = (from, segment);
        self.nodes.push(node);
        loop {
            used[segment as usize] = true;
            node = raw.across(segment, node);
            self.nodes.push(node);
            self.segments.push(segment);
            if junction[node as usize] {
                break;
            }
            let Some(&next) = raw.at(node).iter().find(|&&s| s != segment) else { break };
            segment = next;
        }
        self.first.push(self.nodes.len() as u32);
    }

    fn count(&self) -> usize {
        self.first.len() - 1
    }
    fn nodes_of(&self, chain: usize) -> &[u32] {
        &self.nodes[self.first[chain] as usize..self.first[chain + 1] as usize]
    }
    fn segments_of(&self, chain: usize) -> &[u32] {
        // a chain has one segment less than nodes
        &self.segments
            [self.first[chain] as usize - chain..self.first[chain + 1] as usize - chain - 1]
    }
    fn ends(&self, chain: usize) -> [u32; 2] {
        [self.nodes[self.first[chain] as usize], self.nodes[self.first[chain + 1] as usize - 1]]
    }

    fn into_streets(self, raw: &Raw, dated: Option<EpochDay>) -> Streets {
        let (junction_of, spots) = self.number_junctions(raw);
        let ends_of = |chain: usize| self.ends(chain).map(|n| junction_of[n as usize]);
        let mut order: Vec<u32> = (0..self.count() as u32).collect();
        order.sort_by_key(|&c| {
            let [a, b] = ends_of(c as usize);
            (a.min(b), a.max(b), c)
        });
        let mut streets = Streets {
            first_out: Vec::new(),
            arcs: Vec::new(),
            ends: order.iter().map(|&c| ends_of(c as usize)).collect(),
            len_mm: Vec::with_capacity(order.len()),
            first_point: vec![0],
            points: Vec::with_capacity(self.nodes.len()),
            along_mm: Vec::with_capacity(self.nodes.len()),
            first_piece: vec![0],
            pieces: Vec::with_capacity(order.len()),
            natures: raw.natures.clone(),
            flat: Vec::new(),
            frame: frame(&spots),
            spots,
            island: Vec::new(),
            mainland: Vec::new(),
            islands: Vec::new(),
            grid: Grid::default(),
            dated,
        };
        for &chain in &order {
            streets.lay(raw, self.nodes_of(chain as usize), self.segments_of(chain as usize));
        }
        streets.flat = streets.spots.iter().map(|&s| streets.flat_at(s)).collect();
        streets.join();
        streets.find_islands();
        streets.grid = Grid::build(&streets.first_point, &streets.points);
        streets
    }

    /// Numbers the junctions along a Hilbert curve.
    fn number_junctions(&self, raw: &Raw) -> (Vec<Junction>, Vec<Spot>) {
        let mut nodes: Vec<u32> = (0..self.count()).flat_map(|c| self.ends(c)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let low = |f: fn(Spot) -> i32| raw.spots.iter().map(|&s| f(s)).min().unwrap_or(0);
        let high = |f: fn(Spot) -> i32| raw.spots.iter().map(|&s| f(s)).max().unwrap_or(0);
        let corner = Spot { lon_e7: low(|s| s.lon_e7), lat_e7: low(|s| s.lat_e7) };
        let opposite = Spot { lon_e7: high(|s| s.lon_e7), lat_e7: high(|s| s.lat_e7) };
        nodes.sort_by_cached_key(|&n| (hilbert(raw.spots[n as usize], corner, opposite), n));
        let mut junction_of = vec![u32::MAX; raw.spots.len()];
        for (i, &node) in nodes.iter().enumerate() {
            junction_of[node as usize] = i as u32;
        }
        (junction_of, nodes.iter().map(|&n| raw.spots[n as usize]).collect())
    }
}

/// The frame of the flat picture: see [`Streets::flat`].
fn frame(spots: &[Spot]) -> [f64; 4] {
    let west = spots.iter().map(|s| s.lon_e7).min().unwrap_or(0);
    let south = spots.iter().map(|s| s.lat_e7).min().unwrap_or(0);
    let widest = spots.iter().map(|s| s.lat_e7.abs()).max().unwrap_or(0);
    let per_lon = M_PER_E7 * (f64::from(widest) / 1e7).to_radians().cos();
    [f64::from(west), f64::from(south), per_lon, M_PER_E7]
}

impl Streets {
    /// Lays the next edge: its points, distances and pieces.
    fn lay(&mut self, raw: &Raw, nodes: &[u32], segments: &[u32]) {
        let (mut along, mut last) = (0_u32, None);
        for (i, &node) in nodes.iter().enumerate() {
            let spot = raw.spots[node as usize];
            if i > 0 {
                along += raw.spots[nodes[i - 1] as usize].distance_mm(spot);
                let nature = raw.nature[segments[i - 1] as usize];
                if i + 1 == nodes.len() {
                    // even two nodes on one spot are an edge with a length to divide by
                    along = along.max(1);
                }
                match self.pieces.last_mut().filter(|_| last == Some(nature)) {
                    Some(piece) => piece.to_mm = along,
                    None => self.pieces.push(Piece { to_mm: along, nature }),
                }
                last = Some(nature);
            }
            self.points.push(spot);
            self.along_mm.push(along);
        }
        self.len_mm.push(along);
        self.first_point.push(self.points.len() as u32);
        self.first_piece.push(self.pieces.len() as u32);
    }

    fn join(&mut self) {
        let mut first = vec![0_u32; self.spots.len() + 1];
        for &end in self.ends.iter().flatten() {
            first[end as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut arcs = vec![Arc { head: 0, edge: 0 }; self.ends.len() * 2];
        for (edge, &[a, b]) in self.ends.iter().enumerate() {
            for (tail, head) in [(a, b), (b, a)] {
                arcs[next[tail as usize] as usize] = Arc { head, edge: edge as Edge };
                next[tail as usize] += 1;
            }
        }
        self.first_out = first;
        self.arcs = arcs;
    }

    fn find_islands(&mut self) {
        let mut island = vec![u32::MAX; self.spots.len()];
        let mut found: Vec<Island> = Vec::new();
        let mut stack = Vec::new();
        for start in 0..self.spots.len() as u32 {
            if island[start as usize] != u32::MAX {
                continue;
            }
            let name = found.len() as u32;
            let (mut junctions, mut twice_mm) = (0, 0_u64);
            island[start as usize] = name;
            stack.push(start);
            while let Some(u) = stack.pop() {
                junctions += 1;
                for arc in self.out(u) {
                    twice_mm += u64::from(self.len_mm[arc.edge as usize]);
                    if island[arc.head as usize] == u32::MAX {
                        island[arc.head as usize] = name;
                        stack.push(arc.head);
                    }
                }
            }
            found.push(Island { junctions, length_mm: twice_mm / 2, mainland: false });
        }
        let mut order: Vec<u32> = (0..found.len() as u32).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(found[i as usize].length_mm), i));
        let mut place = vec![0_u32; found.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        self.island = island.iter().map(|&i| place[i as usize]).collect();
        self.islands = order.iter().map(|&i| found[i as usize]).collect();
        for (i, island) in self.islands.iter_mut().enumerate() {
            island.mainland = i == 0 || island.length_mm >= MAINLAND_MM;
        }
        self.mainland = self.islands.iter().map(|i| i.mainland).collect();
    }
}

#[cfg(test)]
mod tests;
