//! What the city knows along its streets: lamps, cameras, bells, havens, crossings.

use crate::day::EpochDay;
use crate::streets::{Edge, Streets};
use kernel::Point;
use serde::{Deserialize, Serialize};

/// Whether a lamp works, as far as its register and the defect reports tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LampState {
    /// In the register and not reported out.
    Working,
    /// Reported or measured out.
    Out,
    /// Nothing can be said: it neither lights nor darkens a street here.
    #[default]
    Unknown,
}

/// A security light or street light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamp {
    /// Where.
    pub at: Point,
    /// Whether it works.
    pub state: LampState,
    /// The day its state was last known.
    pub checked: Option<EpochDay>,
}

/// A camera, bell or crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixture {
    /// Where.
    pub at: Point,
    /// The day it was last known to work.
    pub checked: Option<EpochDay>,
}

/// A haven: a place that takes people in while it is open and ready.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HavenDoor {
    /// Where its door is.
    pub at: Point,
    /// Open and ready at the hour the network stands for.
    pub open: bool,
    /// The day its readiness was last confirmed.
    pub checked: Option<EpochDay>,
}

/// Everything laid over the streets. The position in each list is the name everything here knows
/// it by; whoever keeps the ids keeps them in the same order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Security lights and street lights.
    pub lamps: Vec<Lamp>,
    /// Cameras watched or recorded.
    pub cameras: Vec<Fixture>,
    /// Emergency bells.
    pub bells: Vec<Fixture>,
    /// Havens.
    pub havens: Vec<HavenDoor>,
    /// Marked crossings.
    pub crossings: Vec<Fixture>,
}

/// How near to a street something must be to count for it, metres in a straight line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// A lamp lights the street within this distance. 25: half the usual spacing of security
    /// lights on 4–5 m poles, and the distance coverage is reported for.
    pub lamp_m: f64,
    /// A camera sees a person. 30: faces are told apart to about 30 m on district cameras.
    pub camera_m: f64,
    /// A bell is found and reached. 40: half a minute at a walk.
    pub bell_m: f64,
    /// A haven is passed. 50: its sign is seen and its door reached in under a minute.
    pub haven_m: f64,
    /// A crossing is used. 8: the width of a crossing and the error of its position.
    pub crossing_m: f64,
}

impl Default for Reach {
    fn default() -> Self {
        Self { lamp_m: 25.0, camera_m: 30.0, bell_m: 40.0, haven_m: 50.0, crossing_m: 8.0 }
    }
}

/// A stretch of an edge in reach of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    pub(crate) fact: u32,
    pub(crate) from_mm: u32,
    pub(crate) to_mm: u32,
}

/// For every edge the stretches in reach of the facts of one kind.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    first: Vec<u32>,
    covered: Vec<Covered>,
    /// The other way round: for every fact its edges.
    first_edge: Vec<u32>,
    edges: Vec<Edge>,
}

impl Coverage {
    pub(crate) fn build(
        streets: &Streets,
        places: impl Iterator<Item = Point>,
        reach_m: f64,
    ) -> Self {
        let mut all: Vec<(Edge, Covered)> = Vec::new();
        let (mut first_edge, mut edges) = (vec![0_u32], Vec::new());
        let mut here: Vec<(Edge, u32, u32)> = Vec::new();
        for (fact, at) in places.enumerate() {
            here.clear();
            streets.near(at, reach_m, |edge, from, to| here.push((edge, from, to)));
            here.sort_unstable();
            let start = all.len();
            for &(edge, from_mm, to_mm) in &here {
                match all[start..].last_mut() {
                    // the next segment of the same edge carries on where the last one ended
                    Some((e, c)) if *e == edge && from_mm <= c.to_mm => {
                        c.to_mm = c.to_mm.max(to_mm);
                    }
                    _ => all.push((edge, Covered { fact: fact as u32, from_mm, to_mm })),
                }
            }
            edges.extend(all[start..].iter().map(|(edge, _)| *edge));
            edges[first_edge[fact] as usize..].sort_unstable();
            first_edge.push(edges.len() as u32);
        }
        let mut first = vec![0_u32; streets.edge_count() + 1];
        for (edge, _) in &all {
            first[*edge as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut covered = vec![Covered { fact: 0, from_mm: 0, to_mm: 0 }; all.len()];
        for (edge, c) in all {
            covered[next[edge as usize] as usize] = c;
            next[edge as usize] += 1;
        }
        Self { first, covered, first_edge, edges }
    }

    /// The stretches of an edge, by fact.
    pub(crate) fn of(&self, edge: Edge) -> &[Covered] {
        &self.covered[self.first[edge as usize] as usize..self.first[edge as usize + 1] as usize]
    }

    /// The edges a fact reaches; may name one twice.
    pub(crate) fn edges_of(&self, fact: u32) -> &[Edge] {
        let range =
            self.first_edge[fact as usize] as usize..self.first_edge[fact as usize + 1] as usize;
        &self.edges[range]
    }

    /// How much of an edge is in reach of a fact that `counts`, as a share of `len_mm`.
    pub(crate) fn share(&self, edge: Edge, len_mm: u32, counts: impl Fn(u32) -> bool) -> f64 {
        let mut stretches: Vec<(u32, u32)> =
            self.of(edge).iter().filter(|c| counts(c.fact)).map(|c| (c.from_mm, c.to_mm)).collect();
        stretches.sort_unstable();
        let (mut sum, mut end) = (0_u32, 0_u32);
        for (from, to) in stretches {
            sum += to.saturating_sub(from.max(end));
            end = end.max(to);
        }
        f64::from(sum) / f64::from(len_mm)
    }
}

/// All coverages of one set of facts.
#[derive(Debug, Default)]
pub(crate) struct Coverages {
    pub(crate) lamps: Coverage,
    pub(crate) cameras: Coverage,
    pub(crate) bells: Coverage,
    pub(crate) havens: Coverage,
    pub(crate) crossings: Coverage,
}

impl Coverages {
    pub(crate) fn build(streets: &Streets, facts: &Facts, reach: &Reach) -> Self {
        let lay = |places: &mut dyn Iterator<Item = Point>, reach_m| {
            Coverage::build(streets, places, reach_m)
        };
        Self {
            lamps: lay(&mut facts.lamps.iter().map(|l| l.at), reach.lamp_m),
            cameras: lay(&mut facts.cameras.iter().map(|c| c.at), reach.camera_m),
            bells: lay(&mut facts.bells.iter().map(|b| b.at), reach.bell_m),
            havens: lay(&mut facts.havens.iter().map(|h| h.at), reach.haven_m),
            crossings: lay(&mut facts.crossings.iter().map(|c| c.at), reach.crossing_m),
        }
    }
}

/// Street length of one group (a district, say), and how much of it is near some points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// Length within reach of at least one point, millimetres.
    pub near_mm: u64,
    /// Length in all, millimetres.
    pub total_mm: u64,
}

impl Streets {
    /// How much street lies within `reach_m` of any of the `points`, by group: `group_of` names
    /// the group a spot of street belongs to (below `groups`), or none. Asked once per stretch of
    /// at most about 50 m, at its middle.
    pub fn share_near(
        &self,
        points: impl Iterator<Item = Point>,
        reach_m: f64,
        groups: usize,
        group_of: impl Fn(Point) -> Option<usize>,
    ) -> Vec<Share> {
        const STRETCH_MM: u32 = 50_000;
        let coverage = Coverage::build(self, points, reach_m);
        let mut shares = vec![Share::default(); groups];
        for edge in 0..self.edge_count() as Edge {
            let len = self.edge_length_mm(edge);
            let mut spans: Vec<_> =
                coverage.of(edge).iter().map(|c| (c.from_mm, c.to_mm)).collect();
            spans.sort_unstable();
            let stretches = len.div_ceil(STRETCH_MM).max(1);
            for i in 0..u64::from(stretches) {
                let cut = |i: u64| (u64::from(len) * i / u64::from(stretches)) as u32;
                let (from, to) = (cut(i), cut(i + 1));
                let middle = self.point_along(edge, u32::midpoint(from, to));
                let Some(share) = group_of(middle).and_then(|g| shares.get_mut(g)) else {
                    continue;
                };
                share.total_mm += u64::from(to - from);
                let mut end = from;
                for &(a, b) in &spans {
                    let (a, b) = (a.max(end), b.min(to));
                    share.near_mm += u64::from(b.saturating_sub(a));
                    end = end.max(b);
                }
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests;
