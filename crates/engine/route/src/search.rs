//! Exact search on the junction graph: A* between two places, Dijkstra around one.

use crate::query::Climber;
use crate::spot::Spot;
use crate::streets::{Edge, Junction, Place, Streets};

/// A stretch of an edge walked from `from_mm` to `to_mm` along it (backwards when it decreases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The edge.
    pub edge: Edge,
    /// Where it is entered, millimetres along the edge.
    pub from_mm: u32,
    /// Where it is left.
    pub to_mm: u32,
}

impl Stretch {
    /// How far one walks, millimetres.
    pub fn length_mm(&self) -> u32 {
        self.from_mm.abs_diff(self.to_mm)
    }
    /// Where it lies along the edge, whichever way it is walked.
    pub(crate) fn span(&self) -> (u32, u32) {
        (self.from_mm.min(self.to_mm), self.from_mm.max(self.to_mm))
    }
}

/// A way through the streets: stretches, each beginning where the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Walk {
    /// The stretches in walking order.
    pub stretches: Vec<Stretch>,
    /// What was minimized, in the unit of the weights.
    pub weight: u64,
}

impl Walk {
    /// Along one edge.
    pub(crate) fn along(from: &Place, to: &Place, weight: u64) -> Self {
        let stretch = Stretch { edge: to.edge, from_mm: from.along_mm, to_mm: to.along_mm };
        let stretches = if stretch.length_mm() > 0 { vec![stretch] } else { Vec::new() };
        Self { stretches, weight }
    }

    /// How far one walks, millimetres.
    pub fn length_mm(&self) -> u64 {
        self.stretches.iter().map(|s| u64::from(s.length_mm())).sum()
    }
}

/// What the stretches at either end of a walk weigh: from the start to the two junctions of its
/// edge, from those of the end's edge to the end, and straight along when both are on one edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// From the start to the first and second junction of its edge.
    pub out: [u64; 2],
    /// From the first and second junction of the end's edge to the end.
    pub home: [u64; 2],
    /// Along the edge both are on.
    pub direct: Option<u64>,
}

impl Ends {
    /// The ends of a walk, each stretch weighed by `weigh`.
    pub fn weighed(
        streets: &Streets,
        from: &Place,
        to: &Place,
        mut weigh: impl FnMut(Stretch) -> u64,
    ) -> Self {
        Self {
            out: exits(streets, from).map(&mut weigh),
            home: exits(streets, to).map(&mut weigh),
            direct: (from.edge == to.edge).then(|| {
                weigh(Stretch { edge: to.edge, from_mm: from.along_mm, to_mm: to.along_mm })
            }),
        }
    }
}

/// The stretches from a place to the first and second junction of its edge.
pub(crate) fn exits(streets: &Streets, place: &Place) -> [Stretch; 2] {
    let to = |to_mm| Stretch { edge: place.edge, from_mm: place.along_mm, to_mm };
    [to(0), to(streets.edge_length_mm(place.edge))]
}

/// Reusable memory for searches: one per thread, or from a pool. Fits networks of any size and
/// grows to the largest it has seen.
#[derive(Debug, Default)]
pub struct Searcher {
    stamp: u32,
    labels: Vec<Label>,
    heap: Heap,
    settled: usize,
    climber: Climber,
    scratch: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Label {
    weight: u64,
    stamp: u32,
    /// The edge it was reached over, and [`DONE`] once settled.
    via: u32,
    back: Junction,
    done: bool,
}

const START: u32 = u32::MAX;

impl Searcher {
    /// No memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn climber(&mut self) -> &mut Climber {
        &mut self.climber
    }
    pub(crate) fn climber_and_scratch(&mut self) -> (&mut Climber, &mut Vec<u32>) {
        (&mut self.climber, &mut self.scratch)
    }

    /// Junctions settled by the last search.
    pub fn settled(&self) -> usize {
        self.settled
    }

    fn begin(&mut self, junctions: usize) {
        if self.labels.len() < junctions {
            self.labels.resize(junctions, Label::default());
        }
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.labels.fill(Label::default());
            self.stamp = 1;
        }
        self.heap.clear();
        self.settled = 0;
    }

    fn reach(&mut self, junction: Junction, weight: u64, via: u32, back: Junction, bound: u64) {
        let label = &mut self.labels[junction as usize];
        if label.stamp == self.stamp && label.weight <= weight {
            return;
        }
        *label = Label { weight, stamp: self.stamp, via, back, done: false };
        self.heap.push(weight + bound, junction);
    }

    fn settle(&mut self) -> Option<(u64, Junction)> {
        while let Some((key, junction)) = self.heap.pop() {
            let label = &mut self.labels[junction as usize];
            if !label.done {
                label.done = true;
                self.settled += 1;
                return Some((key, junction));
            }
        }
        None
    }

    /// The walk of least weight between two places. `weight` is per whole edge, `ends` what the
    /// stretches at either end weigh; `per_mm` what a millimetre weighs at the very least (0:
    /// Dijkstra). `None` when they are not joined.
    pub fn walk(
        &mut self,
        streets: &Streets,
        (from, to, ends): (&Place, &Place, &Ends),
        per_mm: f64,
        weight: impl Fn(Edge) -> u64,
    ) -> Option<Walk> {
        self.begin(streets.junction_count());
        let goal = Goal::new(streets, to, per_mm);
        let home = streets.ends(to.edge);
        let mut best: Option<(u64, Option<Junction>)> = ends.direct.map(|w| (w, None));
        for (junction, w) in streets.ends(from.edge).into_iter().zip(ends.out) {
            self.reach(junction, w, START, junction, goal.bound(streets, junction));
        }
        while let Some((key, u)) = self.settle() {
            if best.is_some_and(|(w, _)| key >= w) {
                break;
            }
            let so_far = self.labels[u as usize].weight;
            for (junction, rest) in home.into_iter().zip(ends.home) {
                if junction == u && best.is_none_or(|(w, _)| so_far + rest < w) {
                    best = Some((so_far + rest, Some(u)));
                }
            }
            for arc in streets.out(u) {
                let reached = so_far + weight(arc.edge);
                self.reach(arc.head, reached, arc.edge, u, goal.bound(streets, arc.head));
            }
        }
        let (weight, last) = best?;
        let Some(last) = last else { return Some(Walk::along(from, to, weight)) };
        let stretches = trail(streets, (from, to, ends), last, &self.edges_back(last));
        Some(Walk { stretches, weight })
    }

    /// The edges a junction was reached over, the last one first.
    fn edges_back(&self, mut junction: Junction) -> Vec<Edge> {
        let mut edges = Vec::new();
        loop {
            let label = self.labels[junction as usize];
            if label.via == START {
                return edges;
            }
            edges.push(label.via);
            junction = label.back;
        }
    }

    /// Settles junctions around a place by growing weight until `each` (junction, weight) says
    /// to stop. `out` is what the stretches to the junctions of the place's edge weigh.
    pub fn around(
        &mut self,
        streets: &Streets,
        (from, out): (&Place, [u64; 2]),
        weight: impl Fn(Edge) -> u64,
        mut each: impl FnMut(Junction, u64) -> bool,
    ) {
        self.begin(streets.junction_count());
        for (junction, w) in streets.ends(from.edge).into_iter().zip(out) {
            self.reach(junction, w, START, junction, 0);
        }
        while let Some((so_far, u)) = self.settle() {
            if !each(u, so_far) {
                return;
            }
            for arc in streets.out(u) {
                self.reach(arc.head, so_far + weight(arc.edge), arc.edge, u, 0);
            }
        }
    }
}

/// Stretches from the edges between a start and the junction `last` next to the end, given last
/// edge first.
pub(crate) fn trail(
    streets: &Streets,
    (from, to, ends): (&Place, &Place, &Ends),
    last: Junction,
    edges_back: &[Edge],
) -> Vec<Stretch> {
    let mut stretches = Vec::with_capacity(edges_back.len() + 2);
    let mut junction = last;
    let from_mm = side_of(streets, to, last, ends.home);
    stretches.push(Stretch { edge: to.edge, from_mm, to_mm: to.along_mm });
    for &edge in edges_back {
        let [a, b] = streets.ends(edge);
        let len = streets.edge_length_mm(edge);
        let forward = b == junction;
        junction = if forward { a } else { b };
        let (from_mm, to_mm) = if forward { (0, len) } else { (len, 0) };
        stretches.push(Stretch { edge, from_mm, to_mm });
    }
    let to_mm = side_of(streets, from, junction, ends.out);
    stretches.push(Stretch { edge: from.edge, from_mm: from.along_mm, to_mm });
    stretches.reverse();
    stretches.retain(|s| s.length_mm() > 0);
    stretches
}

/// Where on the edge of a place one of its junctions is. A ring has its junction at both ends:
/// the way that weighs less was taken.
fn side_of(streets: &Streets, place: &Place, junction: Junction, weights: [u64; 2]) -> u32 {
    let [a, b] = streets.ends(place.edge);
    let at_start = if a == b { weights[0] <= weights[1] } else { a == junction };
    if at_start { 0 } else { streets.edge_length_mm(place.edge) }
}

/// A lower bound of what is left: the straight line, a little short of it for rounding.
struct Goal {
    at: [f32; 2],
    per_mm: f64,
}

impl Goal {
    fn new(streets: &Streets, to: &Place, per_mm: f64) -> Self {
        // lengths are rounded to millimetres and flat coordinates to about 1 cm
        const SHORT_OF: f64 = 0.998;
        let at = streets.flat_at(Spot::from(to.at));
        Self { at, per_mm: per_mm * 1_000.0 * SHORT_OF }
    }

    fn bound(&self, streets: &Streets, junction: Junction) -> u64 {
        let [x, y] = streets.flat[junction as usize];
        let (dx, dy) = (x - self.at[0], y - self.at[1]);
        (f64::from((dx * dx + dy * dy).sqrt()) * self.per_mm) as u64
    }
}

/// A heap of four children per node: half the depth of a binary one, children in one cache line.
#[derive(Debug, Default)]
struct Heap {
    items: Vec<(u64, u32)>,
}

impl Heap {
    fn clear(&mut self) {
        self.items.clear();
    }

    fn push(&mut self, key: u64, value: u32) {
        self.items.push((key, value));
        let mut at = self.items.len() - 1;
        while at > 0 {
            let up = (at - 1) / 4;
            if self.items[up].0 <= key {
                break;
            }
            self.items[at] = self.items[up];
            at = up;
        }
        self.items[at] = (key, value);
    }

    fn pop(&mut self) -> Option<(u64, u32)> {
        let top = *self.items.first()?;
        let moved = self.items.pop()?;
        let len = self.items.len();
        if len == 0 {
            return Some(top);
        }
        let mut at = 0;
        loop {
            let first = at * 4 + 1;
            if first >= len {
                break;
            }
            let mut least = first;
            for child in first + 1..(first + 4).min(len) {
                if self.items[child].0 < self.items[least].0 {
                    least = child;
                }
            }
            if self.items[least].0 >= moved.0 {
                break;
            }
            self.items[at] = self.items[least];
            at = least;
        }
        self.items[at] = moved;
        Some(top)
    }
}

#[cfg(test)]
mod tests;
