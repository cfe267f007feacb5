//! Shortest ways on a customized hierarchy: climb the elimination tree from both ends.
//!
//! Everything reachable upward from a vertex lies on its path to the root, so a query walks two
//! such paths in rank order, needs no queue and touches a few hundred ranks.

use crate::customize::{FAR, Metric};
use crate::hierarchy::{Hierarchy, NONE};
use crate::one_to_many::Targets;
use crate::search::Searcher;
use crate::streets::{Edge, Junction};

/// Where a search starts or ends: junction ranks and what the way to each weighs.
pub(crate) type Doors = [(u32, u32); 2];

/// Reusable memory of one query.
#[derive(Debug, Default)]
pub(crate) struct Climber {
    out: Side,
    home: Side,
    /// One bit per rank; clear between queries.
    wanted: Vec<u64>,
}

/// What is known from one end.
#[derive(Debug, Default)]
struct Side {
    /// By rank; `FAR` between queries.
    weight: Vec<u32>,
    /// By rank: the rank below it was reached from, and the shortcut; `NONE` at a door.
    via: Vec<[u32; 2]>,
}

impl Side {
    fn fit(&mut self, ranks: usize) {
        if self.weight.len() < ranks {
            self.weight.resize(ranks, FAR);
            self.via.resize(ranks, [NONE; 2]);
        }
    }

    fn open(&mut self, doors: &Doors) {
        for &(rank, weight) in doors {
            if weight < self.weight[rank as usize] {
                self.weight[rank as usize] = weight;
                self.via[rank as usize] = [NONE; 2];
            }
        }
    }

    fn relax(&mut self, hierarchy: &Hierarchy, metric: &Metric, v: u32, so_far: u32) {
        let range = hierarchy.up(v);
        let first = range.start as u32;
        let heads = &hierarchy.up_head[range.clone()];
        for (i, (&u, &w)) in heads.iter().zip(&metric.weight[range]).enumerate() {
            let reached = so_far + w;
            if reached < self.weight[u as usize] {
                self.weight[u as usize] = reached;
                self.via[u as usize] = [v, first + i as u32];
            }
        }
    }

    /// Like [`Self::relax`] where nobody asks for the way.
    fn relax_weight(&mut self, hierarchy: &Hierarchy, metric: &Metric, v: u32, so_far: u32) {
        let range = hierarchy.up(v);
        for (&u, &w) in hierarchy.up_head[range.clone()].iter().zip(&metric.weight[range]) {
            let slot = &mut self.weight[u as usize];
            *slot = (*slot).min(so_far + w);
        }
    }

    /// Takes what is known at a rank and forgets it for the next query.
    fn take(&mut self, v: u32) -> u32 {
        std::mem::replace(&mut self.weight[v as usize], FAR)
    }
}

/// The least way between two ends: its weight, the highest rank on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) weight: u32,
    top: u32,
}

impl Climber {
    /// The least weight between two ends, if below `bound`.
    pub(crate) fn meet(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &Metric,
        from: &Doors,
        to: &Doors,
        bound: u32,
    ) -> Option<Meeting> {
        self.out.fit(hierarchy.parent.len());
        self.home.fit(hierarchy.parent.len());
        self.out.open(from);
        self.home.open(to);
        let mut best = Meeting { weight: bound.min(FAR), top: NONE };
        // the two junctions of an edge lie on one path to the root, so the lower one leads
        let mut here = from[0].0.min(from[1].0);
        let mut there = to[0].0.min(to[1].0);
        while here != there {
            if here < there {
                let weight = self.out.take(here);
                if weight < best.weight {
                    self.out.relax(hierarchy, metric, here, weight);
                }
                here = hierarchy.parent[here as usize];
            } else {
                let weight = self.home.take(there);
                if weight < best.weight {
                    self.home.relax(hierarchy, metric, there, weight);
                }
                there = hierarchy.parent[there as usize];
            }
        }
        while here != NONE {
            let (a, b) = (self.out.take(here), self.home.take(here));
            if a + b < best.weight {
                best = Meeting { weight: a + b, top: here };
            }
            if a < best.weight {
                self.out.relax(hierarchy, metric, here, a);
            }
            if b < best.weight {
                self.home.relax(hierarchy, metric, here, b);
            }
            here = hierarchy.parent[here as usize];
        }
        (best.top != NONE).then_some(best)
    }

    /// Shows every rank above a start with the least weight of the upward ways to it.
    pub(crate) fn climb(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &Metric,
        from: &Doors,
        mut each: impl FnMut(u32, u32),
    ) {
        self.out.fit(hierarchy.parent.len());
        self.out.open(from);
        let mut here = from[0].0.min(from[1].0);
        while here != NONE {
            let weight = self.out.take(here);
            if weight < FAR {
                each(here, weight);
                self.out.relax_weight(hierarchy, metric, here, weight);
            }
            here = hierarchy.parent[here as usize];
        }
    }

    /// The least weight from a start to each of many ends, without preparing those: climb from the
    /// start, then go down through the ranks above the ends, highest first. (Delling et al.,
    /// *Faster Batched Shortest Paths in Road Networks*, ATMOS 2011, on the elimination tree.)
    pub(crate) fn sweep(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &Metric,
        from: &Doors,
        to: &[Doors],
        into: &mut Vec<u32>,
    ) {
        self.home.fit(hierarchy.parent.len());
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.resize(wanted.len().max(hierarchy.parent.len().div_ceil(64)), 0);
        for doors in to {
            let mut v = doors[0].0.min(doors[1].0);
            while v != NONE && wanted[v as usize / 64] & (1 << (v % 64)) == 0 {
                wanted[v as usize / 64] |= 1 << (v % 64);
                v = hierarchy.parent[v as usize];
            }
        }
        let mut least = std::mem::take(&mut self.home.weight);
        self.climb(hierarchy, metric, from, |v, weight| {
            if wanted[v as usize / 64] & (1 << (v % 64)) != 0 {
                least[v as usize] = weight;
            }
        });
        for word in (0..wanted.len()).rev() {
            let mut bits = wanted[word];
            while bits != 0 {
                let bit = bits.ilog2();
                bits &= !(1 << bit);
                let v = word * 64 + bit as usize;
                let range = hierarchy.up(v as u32);
                let above = hierarchy.up_head[range.clone()].iter().zip(&metric.weight[range]);
                let through = above.map(|(&u, &w)| least[u as usize] + w).min();
                least[v] = least[v].min(through.unwrap_or(FAR));
            }
        }
        into.clear();
        into.extend(to.iter().map(|doors| {
            let by = |(rank, rest): (u32, u32)| least[rank as usize] + rest;
            by(doors[0]).min(by(doors[1])).min(FAR)
        }));
        for (word, bits) in wanted.iter_mut().enumerate().filter(|(_, bits)| **bits != 0) {
            for bit in (0..64).filter(|bit| *bits & (1 << bit) != 0) {
                least[word * 64 + bit] = FAR;
            }
            *bits = 0;
        }
        self.wanted = wanted;
        self.home.weight = least;
    }

    /// The edges of the way last met, from its end to its start, and the rank it ends at.
    /// `weight` must be what the metric was customized with.
    pub(crate) fn edges_back(
        &self,
        hierarchy: &Hierarchy,
        metric: &Metric,
        weight: impl Fn(Edge) -> u32,
        met: Meeting,
    ) -> (Vec<Edge>, u32) {
        let mut shortcuts: Vec<(u32, u32, u32, bool)> = Vec::new();
        let mut last = met.top;
        while let [below, shortcut] = self.home.via[last as usize]
            && below != NONE
        {
            shortcuts.push((shortcut, below, last, true));
            last = below;
        }
        shortcuts.reverse();
        let mut v = met.top;
        while let [below, shortcut] = self.out.via[v as usize]
            && below != NONE
        {
            shortcuts.push((shortcut, below, v, false));
            v = below;
        }
        // now from the end to the start; `true`: walked downward, so backward it goes up
        let mut edges = Vec::with_capacity(shortcuts.len() * 4);
        for (shortcut, x, y, up) in shortcuts {
            unpack(hierarchy, metric, &weight, [shortcut, x, y], up, &mut edges);
        }
        (edges, last)
    }
}

/// Appends the edges of the shortcut `x–y`, in the order from `x` to `y` if `up`.
fn unpack(
    hierarchy: &Hierarchy,
    metric: &Metric,
    weight: &impl Fn(Edge) -> u32,
    shortcut: [u32; 3],
    up: bool,
    edges: &mut Vec<Edge>,
) {
    let mut stack = vec![(shortcut, up)];
    while let Some(([shortcut, x, y], up)) = stack.pop() {
        let whole = metric.weight[shortcut as usize];
        let own = hierarchy.edges_on(shortcut).iter().find(|&&e| weight(e) == whole);
        if let Some(&edge) = own {
            edges.push(edge);
            continue;
        }
        let Some((low, high)) = through(hierarchy, metric, x, y, whole) else { continue };
        let z = hierarchy.tail[low as usize];
        // x → z → y, or y → z → x; what comes first is pushed last
        let (xz, zy) = (([low, z, x], !up), ([high, z, y], up));
        if up {
            stack.push((zy.0, true));
            stack.push((xz.0, false));
        } else {
            stack.push((xz.0, true));
            stack.push((zy.0, false));
        }
    }
}

/// The two shortcuts below `x–y` that together weigh `whole`. Looked for from `x`, whose lists
/// are the shorter ones.
fn through(
    hierarchy: &Hierarchy,
    metric: &Metric,
    x: u32,
    y: u32,
    whole: u32,
) -> Option<(u32, u32)> {
    hierarchy.below(x).iter().find_map(|b| {
        let rest = whole.checked_sub(metric.weight[b.shortcut as usize])?;
        let beside = b.shortcut as usize + 1..hierarchy.up_first[b.tail as usize + 1] as usize;
        let first = beside.start;
        let at = hierarchy.up_head[beside].iter().position(|&u| u >= y)? + first;
        let fits = hierarchy.up_head[at] == y && metric.weight[at] == rest;
        fits.then_some((b.shortcut, at as u32))
    })
}

impl Hierarchy {
    fn at(&self, junction: Junction) -> Doors {
        let rank = self.rank[junction as usize];
        [(rank, 0), (rank, 0)]
    }

    /// The least weight between two junctions; `None` when no way joins them.
    pub fn distance(
        &self,
        searcher: &mut Searcher,
        metric: &Metric,
        from: Junction,
        to: Junction,
    ) -> Option<u32> {
        let (start, end) = (self.at(from), self.at(to));
        searcher.climber().meet(self, metric, &start, &end, FAR).map(|met| met.weight)
    }

    /// The edges of the least way between two junctions, in walking order. `weight` must be what
    /// the metric was customized with.
    pub fn path(
        &self,
        searcher: &mut Searcher,
        metric: &Metric,
        weight: impl Fn(Edge) -> u32,
        from: Junction,
        to: Junction,
    ) -> Option<Vec<Edge>> {
        let (start, end) = (self.at(from), self.at(to));
        let climber = searcher.climber();
        let met = climber.meet(self, metric, &start, &end, FAR)?;
        let (mut edges, _) = climber.edges_back(self, metric, weight, met);
        edges.reverse();
        Some(edges)
    }

    /// Prepares junctions as targets of a table.
    pub fn pin(&self, searcher: &mut Searcher, metric: &Metric, to: &[Junction]) -> Targets {
        let doors: Vec<Doors> = to.iter().map(|&j| self.at(j)).collect();
        Targets::pin(searcher.climber(), self, metric, &doors)
    }

    /// The least weight from a junction to each target, in the order pinned; [`FAR`] where no way
    /// leads. `into` is overwritten.
    pub fn distances(
        &self,
        searcher: &mut Searcher,
        metric: &Metric,
        from: Junction,
        targets: &Targets,
        into: &mut Vec<u32>,
    ) {
        let start = self.at(from);
        let (climber, scratch) = searcher.climber_and_scratch();
        targets.from(climber, self, metric, &start, scratch, into);
    }
}
