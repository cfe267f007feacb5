//! In which order junctions are contracted: small separators last.
//!
//! First everything of degree one and two is peeled off (dead ends, bends; no order does better
//! for them). What remains is cut by *inertial flow*: sort the junctions along a line, hold the
//! first and last quarter, find the smallest cut between them; of four lines take the best cut,
//! contract its junctions last, and go on inside each side.
//! (Schild and Sommer, *On Balanced Separators in Road Networks*, SEA 2015.)

use std::collections::VecDeque;

/// Parts this small are contracted by degree.
const SMALL: usize = 12;
/// The share of a part held at either end while cutting it, in percent.
const HELD_PERCENT: usize = 25;

/// The contraction order of an undirected graph: `order[r]` is the vertex contracted as number
/// `r`. `at` are flat coordinates.
pub(crate) fn contraction_order(at: &[[f32; 2]], edges: &[[u32; 2]]) -> Vec<u32> {
    let mut near = neighbors(at.len(), edges);
    let (peeled, core) = peel(&mut near);
    let mut cutter = Cutter {
        at,
        near: &near,
        local: vec![u32::MAX; at.len()],
        last: Vec::with_capacity(core.len()),
    };
    cutter.cut(core);
    let mut order = peeled;
    // separators were noted from the top down
    order.extend(cutter.last.iter().rev());
    order
}

fn neighbors(vertices: usize, edges: &[[u32; 2]]) -> Vec<Vec<u32>> {
    let mut near = vec![Vec::new(); vertices];
    for &[a, b] in edges {
        if a != b {
            near[a as usize].push(b);
            near[b as usize].push(a);
        }
    }
    for list in &mut near {
        list.sort_unstable();
        list.dedup();
    }
    near
}

/// Contracts vertices of degree ≤ 2 until none is left; first come first served, so that chains
/// are halved rather than eaten from one end.
fn peel(near: &mut [Vec<u32>]) -> (Vec<u32>, Vec<u32>) {
    let mut gone = vec![false; near.len()];
    let mut peeled = Vec::new();
    for most in [1, 2] {
        let mut queue: VecDeque<u32> =
            (0..near.len() as u32).filter(|&v| near[v as usize].len() <= most).collect();
        while let Some(v) = queue.pop_front() {
            if gone[v as usize] || near[v as usize].len() > most {
                continue;
            }
            gone[v as usize] = true;
            peeled.push(v);
            let around = std::mem::take(&mut near[v as usize]);
            for &u in &around {
                near[u as usize].retain(|&w| w != v);
            }
            if let [a, b] = around[..]
                && !near[a as usize].contains(&b)
            {
                near[a as usize].push(b);
                near[b as usize].push(a);
            }
            queue.extend(around.iter().filter(|&&u| near[u as usize].len() <= most));
        }
    }
    let core = (0..near.len() as u32).filter(|&v| !gone[v as usize]).collect();
    (peeled, core)
}

struct Cutter<'a> {
    at: &'a [[f32; 2]],
    near: &'a [Vec<u32>],
    /// Number of a vertex within the part being cut.
    local: Vec<u32>,
    /// Vertices from the last contracted to the first.
    last: Vec<u32>,
}

impl Cutter<'_> {
    fn cut(&mut self, whole: Vec<u32>) {
        let mut parts = vec![whole];
        while let Some(part) = parts.pop() {
            if part.len() <= SMALL {
                self.by_degree(&part);
                continue;
            }
            let graph = Part::new(self, &part);
            let pieces = graph.pieces();
            if pieces.len() > 1 {
                parts.extend(pieces);
                continue;
            }
            let (separator, sides) = graph.separate();
            self.last.extend(separator);
            parts.extend(sides.into_iter().filter(|side| !side.is_empty()));
        }
    }

    /// The smallest degree goes first, each contraction joining the neighbors.
    fn by_degree(&mut self, part: &[u32]) {
        let mut masks = [0_u32; SMALL];
        for (i, &v) in part.iter().enumerate() {
            for &u in &self.near[v as usize] {
                if let Some(j) = part.iter().position(|&w| w == u) {
                    masks[i] |= 1 << j;
                }
            }
        }
        let mut left: Vec<usize> = (0..part.len()).collect();
        let mut order = Vec::with_capacity(part.len());
        while !left.is_empty() {
            let least = (0..left.len()).min_by_key(|&i| (masks[left[i]].count_ones(), left[i]));
            let v = left.swap_remove(least.unwrap_or(0));
            order.push(part[v]);
            let around = masks[v];
            for &u in &left {
                if around & (1 << u) != 0 {
                    masks[u] = (masks[u] | around) & !(1 << u);
                }
                masks[u] &= !(1 << v);
            }
        }
        self.last.extend(order.iter().rev());
    }
}

/// One part of the graph on its own, as arrays.
struct Part {
    names: Vec<u32>,
    at: Vec<[f32; 2]>,
    first: Vec<u32>,
    heads: Vec<u32>,
    /// The same edge the other way.
    back: Vec<u32>,
}

impl Part {
    fn new(cutter: &mut Cutter, part: &[u32]) -> Self {
        for (i, &v) in part.iter().enumerate() {
            cutter.local[v as usize] = i as u32;
        }
        let mut first = Vec::with_capacity(part.len() + 1);
        first.push(0);
        let mut heads = Vec::new();
        for &v in part {
            let inside = cutter.near[v as usize].iter().map(|&u| cutter.local[u as usize]);
            heads.extend(inside.filter(|&u| u != u32::MAX));
            first.push(heads.len() as u32);
        }
        for &v in part {
            cutter.local[v as usize] = u32::MAX;
        }
        let at = part.iter().map(|&v| cutter.at[v as usize]).collect();
        let mut graph = Self { names: part.to_vec(), at, first, heads, back: Vec::new() };
        graph.back = vec![0; graph.heads.len()];
        for v in 0..graph.names.len() as u32 {
            for arc in graph.out(v) {
                let other = graph.out(graph.heads[arc]).find(|&b| graph.heads[b] == v);
                graph.back[arc] = other.map_or(arc, |b| b) as u32;
            }
        }
        graph
    }

    fn out(&self, v: u32) -> std::ops::Range<usize> {
        self.first[v as usize] as usize..self.first[v as usize + 1] as usize
    }

    /// The joined pieces, by name.
    fn pieces(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.names.len()];
        let mut pieces = Vec::new();
        for start in 0..self.names.len() as u32 {
            if seen[start as usize] {
                continue;
            }
            seen[start as usize] = true;
            let mut piece = vec![start];
            let mut next = 0;
            while let Some(&v) = piece.get(next) {
                next += 1;
                for arc in self.out(v) {
                    let u = self.heads[arc];
                    if !seen[u as usize] {
                        seen[u as usize] = true;
                        piece.push(u);
                    }
                }
            }
            pieces.push(piece.into_iter().map(|v| self.names[v as usize]).collect());
        }
        pieces
    }

    /// The best of four cuts: the separator, and what is left on either side, by name.
    fn separate(&self) -> (Vec<u32>, [Vec<u32>; 2]) {
        let mut best: Option<(f64, Vec<bool>, Vec<bool>)> = None;
        let mut flow = Flow::new(self);
        for [x, y] in [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0_f32]] {
            let mut sorted: Vec<u32> = (0..self.names.len() as u32).collect();
            let along = |v: u32| self.at[v as usize][0] * x + self.at[v as usize][1] * y;
            sorted.sort_unstable_by(|&a, &b| along(a).total_cmp(&along(b)).then(a.cmp(&b)));
            for side in flow.cut(self, &sorted) {
                let (separator, ours, theirs) = self.thinner_rim(&side);
                let smaller = ours.min(theirs).max(1);
                let count = separator.iter().filter(|&&s| s).count();
                // vertices cut per vertex cut off: small separators, but not of slivers
                let score = count as f64 / (smaller as f64).sqrt();
                if best.as_ref().is_none_or(|(b, ..)| score < *b) {
                    best = Some((score, separator, side));
                }
            }
        }
        let Some((_, separator, side)) = best else {
            return (self.names.clone(), [Vec::new(), Vec::new()]);
        };
        let pick = |want: &dyn Fn(usize) -> bool| -> Vec<u32> {
            (0..self.names.len()).filter(|&v| want(v)).map(|v| self.names[v]).collect()
        };
        let sides = [pick(&|v| !separator[v] && side[v]), pick(&|v| !separator[v] && !side[v])];
        (pick(&|v| separator[v]), sides)
    }

    /// Of the vertices along the cut those of the side that has fewer; and the sizes left.
    fn thinner_rim(&self, side: &[bool]) -> (Vec<bool>, usize, usize) {
        let rim: Vec<bool> = (0..side.len())
            .map(|v| self.out(v as u32).any(|a| side[self.heads[a] as usize] != side[v]))
            .collect();
        let count = |want: bool, on_rim: bool| {
            (0..side.len()).filter(|&v| side[v] == want && (rim[v] || !on_rim)).count()
        };
        let (ours, theirs) = (count(true, true), count(false, true));
        let taken = ours <= theirs;
        let separator = (0..side.len()).map(|v| rim[v] && side[v] == taken).collect();
        let (mut a, mut b) = (count(true, false), count(false, false));
        if taken {
            a -= ours;
        } else {
            b -= theirs;
        }
        (separator, a, b)
    }
}

/// Unit flow by blocking flows (Dinitz) between the two ends of a sorted part.
struct Flow {
    used: Vec<i8>,
    level: Vec<u32>,
    turn: Vec<u32>,
    queue: Vec<u32>,
}

impl Flow {
    fn new(graph: &Part) -> Self {
        Self {
            used: vec![0; graph.heads.len()],
            level: vec![0; graph.names.len()],
            turn: vec![0; graph.names.len()],
            queue: Vec::with_capacity(graph.names.len()),
        }
    }

    /// The smallest cut nearest the first end and the one nearest the last, as who is on the
    /// first side.
    fn cut(&mut self, graph: &Part, sorted: &[u32]) -> [Vec<bool>; 2] {
        let held = (sorted.len() * HELD_PERCENT / 100).max(1);
        let (sources, sinks) = (&sorted[..held], &sorted[sorted.len() - held..]);
        let mut sink = vec![false; sorted.len()];
        for &v in sinks {
            sink[v as usize] = true;
        }
        self.used.fill(0);
        loop {
            let reached = self.levels(graph, sources, |used, arc, _| used[arc] < 1, &sink);
            if !reached {
                break;
            }
            self.turn.copy_from_slice(&graph.first[..sorted.len()]);
            for &s in sources {
                while self.push(graph, s, &sink) {}
            }
        }
        let near_first = self.level.iter().map(|&l| l != u32::MAX).collect();
        let nowhere = vec![false; sorted.len()];
        self.levels(graph, sinks, |used, _, back| used[back] < 1, &nowhere);
        let near_last = self.level.iter().map(|&l| l == u32::MAX).collect();
        [near_first, near_last]
    }

    /// Breadth-first levels over arcs with room; whether a sink was reached.
    fn levels(
        &mut self,
        graph: &Part,
        starts: &[u32],
        room: impl Fn(&[i8], usize, usize) -> bool,
        sink: &[bool],
    ) -> bool {
        self.level.fill(u32::MAX);
        self.queue.clear();
        self.queue.extend_from_slice(starts);
        for &v in starts {
            self.level[v as usize] = 0;
        }
        let (mut next, mut reached) = (0, false);
        while let Some(&v) = self.queue.get(next) {
            next += 1;
            let level = self.level[v as usize] + 1;
            for arc in graph.out(v) {
                let u = graph.heads[arc] as usize;
                if self.level[u] == u32::MAX && room(&self.used, arc, graph.back[arc] as usize) {
                    self.level[u] = level;
                    reached |= sink[u];
                    self.queue.push(u as u32);
                }
            }
        }
        reached
    }

    /// One more unit from `start` to any sink along growing levels.
    fn push(&mut self, graph: &Part, start: u32, sink: &[bool]) -> bool {
        let mut path: Vec<usize> = Vec::new();
        let mut v = start;
        loop {
            if sink[v as usize] {
                for arc in path {
                    self.used[arc] += 1;
                    self.used[graph.back[arc] as usize] -= 1;
                }
                return true;
            }
            let turn = self.turn[v as usize];
            if turn < graph.first[v as usize + 1] {
                let arc = turn as usize;
                let u = graph.heads[arc];
                let deeper = self.level[u as usize] == self.level[v as usize].wrapping_add(1);
                if deeper && self.used[arc] < 1 {
                    path.push(arc);
                    v = u;
                } else {
                    self.turn[v as usize] += 1;
                }
                continue;
            }
            // a dead end: step back and try the next arc there
            let Some(arc) = path.pop() else { return false };
            v = graph.heads[graph.back[arc] as usize];
            self.turn[v as usize] += 1;
        }
    }
}
