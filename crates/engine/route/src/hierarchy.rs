//! The metric-independent hierarchy: the chordal graph a contraction order makes of the streets.
//!
//! Dibbelt, Strasser, Wagner, *Customizable Contraction Hierarchies*, JEA 2016. Walkers' streets
//! weigh the same both ways, so every shortcut has one weight, not two: half the memory and half
//! the work of the general method.

use crate::order::contraction_order;
use crate::streets::{Edge, Streets};

/// "No edge", "no parent".
pub(crate) const NONE: u32 = u32::MAX;

/// Shortcuts of a street graph under a contraction order. Vertices are *ranks*: 0 is contracted
/// first. Immutable, and good for any weights: see [`crate::Metric`].
#[derive(Debug)]
pub struct Hierarchy {
    /// Rank of each junction.
    pub(crate) rank: Vec<u32>,
    /// Shortcuts up: those of rank `v` are `up_first[v]..up_first[v + 1]`, heads growing.
    pub(crate) up_first: Vec<u32>,
    pub(crate) up_head: Vec<u32>,
    /// The tail of each shortcut.
    pub(crate) tail: Vec<u32>,
    /// The same shortcuts seen from above: tails growing, and which shortcut it is.
    pub(crate) down_first: Vec<u32>,
    pub(crate) down: Vec<Below>,
    /// The next rank up in the elimination tree: the lowest head.
    pub(crate) parent: Vec<u32>,
    /// The shortcut each edge lies on (`NONE` for a loop).
    pub(crate) shortcut_of: Vec<u32>,
    /// The edges on each shortcut: `edge_first[s]..edge_first[s + 1]` of `edges`.
    pub(crate) edge_first: Vec<u32>,
    pub(crate) edges: Vec<Edge>,
    /// The elimination tree numbered so that what lies below a rank is one run of numbers.
    pub(crate) dfs: Vec<u32>,
}

/// A shortcut seen from its head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Below {
    pub(crate) tail: u32,
    pub(crate) shortcut: u32,
}

impl Hierarchy {
    /// Orders and contracts the junctions of these streets. A second or so for a city of 60,000
    /// junctions; needed once per map.
    pub fn new(streets: &Streets) -> Self {
        Self::of_graph(&streets.flat, &streets.ends)
    }

    /// The same for any undirected graph: where its vertices are (flat, any unit) and its edges.
    pub fn of_graph(at: &[[f32; 2]], ends: &[[u32; 2]]) -> Self {
        Self::contract(at.len(), ends, &contraction_order(at, ends))
    }

    /// Contracts in a given order: `order[r]` is the junction contracted as number `r`. For an
    /// order kept from an earlier run on the same map.
    pub fn with_order(streets: &Streets, order: &[u32]) -> Self {
        Self::contract(streets.junction_count(), &streets.ends, order)
    }

    /// The order, to be kept beside the map.
    pub fn order(&self) -> Vec<u32> {
        let mut order = vec![0; self.rank.len()];
        for (junction, &rank) in self.rank.iter().enumerate() {
            order[rank as usize] = junction as u32;
        }
        order
    }

    /// Number of shortcuts, those that are edges included.
    pub fn shortcut_count(&self) -> usize {
        self.up_head.len()
    }

    /// The most ranks above any: what a query walks through.
    pub fn height(&self) -> usize {
        let mut depth = vec![0_u32; self.parent.len()];
        for v in (0..self.parent.len()).rev() {
            if self.parent[v] != NONE {
                depth[v] = depth[self.parent[v] as usize] + 1;
            }
        }
        depth.iter().max().map_or(0, |&d| d as usize + 1)
    }

    pub(crate) fn contract(vertices: usize, ends: &[[u32; 2]], order: &[u32]) -> Self {
        let mut rank = vec![0_u32; vertices];
        for (r, &v) in order.iter().enumerate() {
            rank[v as usize] = r as u32;
        }
        let pairs: Vec<[u32; 2]> = ends
            .iter()
            .map(|&[a, b]| {
                let (a, b) = (rank[a as usize], rank[b as usize]);
                [a.min(b), a.max(b)]
            })
            .collect();
        let (up_first, up_head) = fill_in(vertices, &pairs);
        let parent =
            (0..vertices)
                .map(|v| {
                    if up_first[v] < up_first[v + 1] { up_head[up_first[v] as usize] } else { NONE }
                })
                .collect::<Vec<_>>();
        let (down_first, down) = turn_over(vertices, &up_first, &up_head);
        let shortcut_of: Vec<u32> = pairs
            .iter()
            .map(|&[low, high]| {
                let (from, to) =
                    (up_first[low as usize] as usize, up_first[low as usize + 1] as usize);
                up_head[from..to].binary_search(&high).map_or(NONE, |i| (from + i) as u32)
            })
            .collect();
        let mut tail = vec![0; up_head.len()];
        for v in 0..vertices {
            tail[up_first[v] as usize..up_first[v + 1] as usize].fill(v as u32);
        }
        let (edge_first, edges) = group(up_head.len(), &shortcut_of);
        let dfs = number_subtrees(&parent);
        Self {
            rank,
            up_first,
            up_head,
            tail,
            down_first,
            down,
            parent,
            shortcut_of,
            edge_first,
            edges,
            dfs,
        }
    }

    pub(crate) fn up(&self, v: u32) -> std::ops::Range<usize> {
        self.up_first[v as usize] as usize..self.up_first[v as usize + 1] as usize
    }
    pub(crate) fn below(&self, v: u32) -> &[Below] {
        &self.down[self.down_first[v as usize] as usize..self.down_first[v as usize + 1] as usize]
    }
    pub(crate) fn edges_on(&self, shortcut: u32) -> &[Edge] {
        let range = self.edge_first[shortcut as usize] as usize
            ..self.edge_first[shortcut as usize + 1] as usize;
        &self.edges[range]
    }
    /// The shortcut between two ranks, if there is one.
    pub(crate) fn between(&self, low: u32, high: u32) -> Option<u32> {
        let range = self.up(low);
        let start = range.start;
        self.up_head[range].binary_search(&high).ok().map(|i| (start + i) as u32)
    }
}

/// Adds, in rank order, an edge between any two higher neighbors: it is enough to hand each
/// vertex's higher neighbors to the lowest of them.
fn fill_in(vertices: usize, pairs: &[[u32; 2]]) -> (Vec<u32>, Vec<u32>) {
    let mut higher: Vec<Vec<u32>> = vec![Vec::new(); vertices];
    for &[low, high] in pairs {
        if low != high {
            higher[low as usize].push(high);
        }
    }
    let (mut first, mut heads) = (Vec::with_capacity(vertices + 1), Vec::new());
    first.push(0);
    for v in 0..vertices {
        let mut mine = std::mem::take(&mut higher[v]);
        mine.sort_unstable();
        mine.dedup();
        if let Some((&lowest, rest)) = mine.split_first() {
            higher[lowest as usize].extend_from_slice(rest);
            // keep the lists of much-used vertices from growing with repetitions
            let list = &mut higher[lowest as usize];
            if list.len() > 256 && list.len() > 2 * rest.len() {
                list.sort_unstable();
                list.dedup();
            }
        }
        heads.extend_from_slice(&mine);
        first.push(heads.len() as u32);
    }
    (first, heads)
}

fn turn_over(vertices: usize, up_first: &[u32], up_head: &[u32]) -> (Vec<u32>, Vec<Below>) {
    let mut first = vec![0_u32; vertices + 1];
    for &h in up_head {
        first[h as usize + 1] += 1;
    }
    for v in 0..vertices {
        first[v + 1] += first[v];
    }
    let mut next = first.clone();
    let mut down = vec![Below { tail: 0, shortcut: 0 }; up_head.len()];
    for tail in 0..vertices {
        for s in up_first[tail]..up_first[tail + 1] {
            let slot = &mut next[up_head[s as usize] as usize];
            down[*slot as usize] = Below { tail: tail as u32, shortcut: s };
            *slot += 1;
        }
    }
    (first, down)
}

fn group(groups: usize, group_of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; groups + 1];
    for &g in group_of.iter().filter(|&&g| g != NONE) {
        first[g as usize + 1] += 1;
    }
    for g in 0..groups {
        first[g + 1] += first[g];
    }
    let mut next = first.clone();
    let mut members = vec![0_u32; first[groups] as usize];
    for (member, &g) in group_of.iter().enumerate().filter(|(_, g)| **g != NONE) {
        members[next[g as usize] as usize] = member as u32;
        next[g as usize] += 1;
    }
    (first, members)
}

/// Numbers the elimination forest so that what lies below a rank is one run: children before
/// parents.
fn number_subtrees(parent: &[u32]) -> Vec<u32> {
    let vertices = parent.len();
    let mut size = vec![1_u32; vertices];
    for v in 0..vertices {
        if parent[v] != NONE {
            size[parent[v] as usize] += size[v];
        }
    }
    // from the roots down each child is handed its run; a rank itself is the last of its own
    let (mut free, mut dfs) = (vec![0_u32; vertices], vec![0_u32; vertices]);
    let mut next_root = 0;
    for v in (0..vertices).rev() {
        let slot = if parent[v] == NONE { &mut next_root } else { &mut free[parent[v] as usize] };
        let first = *slot;
        *slot += size[v];
        free[v] = first;
        dfs[v] = first + size[v] - 1;
    }
    dfs
}

#[cfg(test)]
mod tests;
