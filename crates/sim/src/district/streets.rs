//! Streets: a bent grid of great streets, streets and lanes, alleys that come and go between
//! them, steps where the hill is steep, bridges where the stream is.

use super::ground::{SIDE_M, SLOPE_M, Spot, WOODS_M, in_valley, stream_x, to_summit_m};
use super::names;
use super::plan::{Class, Plan, Tags, Way, tag};
use crate::chance::Chance;
use std::f64::consts::PI;

/// Lines of the grid along one side; every 16th is a great street.
pub(super) const LINES: usize = 49;
/// Metres between lines before they are bent.
const STEP_M: f64 = SIDE_M / (LINES - 1) as f64;

/// The line a lane along a border takes its name from.
const BORDER_LINE: usize = 4;

/// The grid after it was bent: where each crossing would be, and its node if streets meet there.
#[derive(Clone)]
pub(super) struct Grid {
    spots: Vec<Spot>,
    nodes: Vec<Option<usize>>,
}

/// A piece of street between neighboring crossings.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: (usize, usize),
    to: (usize, usize),
    class: Class,
    bridge: bool,
}

impl Grid {
    /// Where line `column` crosses line `row`.
    pub(super) fn spot(&self, column: usize, row: usize) -> Spot {
        self.spots.get(row * LINES + column).copied().unwrap_or(Spot::new(0.0, 0.0))
    }

    /// The node there, if streets meet.
    pub(super) fn node(&self, column: usize, row: usize) -> Option<usize> {
        self.nodes.get(row * LINES + column).copied().flatten()
    }

    /// All nodes where streets meet.
    pub(super) fn crossings(&self) -> Vec<usize> {
        self.nodes.iter().flatten().copied().collect()
    }

    fn bent(corner: Spot, chance: &mut Chance) -> Self {
        let phase: Vec<f64> = (0..4).map(|_| chance.between(0.0, 2.0 * PI)).collect();
        let turns: Vec<f64> = (0..9).map(|_| chance.around(0.34)).collect();
        let mut spots = Vec::with_capacity(LINES * LINES);
        for row in 0..LINES {
            for column in 0..LINES {
                let spot = turned(column, row, &turns);
                let reach = match class_of(column).min(class_of(row)) {
                    Class::Great => 0.0,
                    Class::Street | Class::Lane => 5.0,
                    _ => 13.0,
                };
                let (x, y) = (spot.x + chance.around(reach), spot.y + chance.around(reach));
                let bent = Spot::new(
                    x + 26.0 * (y / 610.0 + phase[0]).sin() + 12.0 * (y / 233.0 + phase[1]).sin(),
                    y + 24.0 * (x / 570.0 + phase[2]).sin() + 10.0 * (x / 247.0 + phase[3]).sin(),
                );
                spots.push(Spot::new(corner.x + bent.x, corner.y + bent.y));
            }
        }
        Self { nodes: vec![None; spots.len()], spots }
    }
}

/// Each block between great streets is turned a little its own way, most in its middle.
fn turned(column: usize, row: usize, turns: &[f64]) -> Spot {
    let (x, y) = (column as f64 * STEP_M, row as f64 * STEP_M);
    let (block_column, block_row) = ((column / 16).min(2), (row / 16).min(2));
    let block_m = 16.0 * STEP_M;
    let (left, low) = (block_column as f64 * block_m, block_row as f64 * block_m);
    let weight = ((x - left) / block_m * PI).sin() * ((y - low) / block_m * PI).sin();
    let turn = turns.get(block_row * 3 + block_column).copied().unwrap_or(0.0) * weight;
    let (east, north) = (x - left - block_m / 2.0, y - low - block_m / 2.0);
    Spot::new(
        left + block_m / 2.0 + east * turn.cos() - north * turn.sin(),
        low + block_m / 2.0 + east * turn.sin() + north * turn.cos(),
    )
}

/// What runs along a line of the grid.
pub(super) fn class_of(line: usize) -> Class {
    match line % 16 {
        0 => Class::Great,
        8 => Class::Street,
        4 | 12 => Class::Lane,
        _ => Class::Alley,
    }
}

/// Lays the streets of a district whose south-western corner is `corner`, and returns the grid they
/// were laid on.
pub(super) fn lay(plan: &mut Plan, corner: Spot, chance: &mut Chance) -> Grid {
    let mut grid = Grid::bent(corner, chance);
    let pieces = connected(&grid, chance);
    for piece in &pieces {
        for (column, row) in [piece.from, piece.to] {
            let slot = row * LINES + column;
            if grid.nodes[slot].is_none() {
                grid.nodes[slot] = Some(plan.node(grid.spots[slot]));
            }
        }
    }
    for line in 0..LINES {
        for eastward in [true, false] {
            draw_line(plan, &grid, &pieces, (line, eastward), chance);
        }
    }
    mark_crossings(plan, &grid);
    grid
}

/// Every piece there could be, decided one by one, then reduced to one connected network.
fn connected(grid: &Grid, chance: &mut Chance) -> Vec<Piece> {
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for row in 0..LINES {
        for column in 0..LINES {
            for (to, line) in [((column + 1, row), row), ((column, row + 1), column)] {
                if to.0 >= LINES || to.1 >= LINES {
                    continue;
                }
                let Some(piece) = possible(grid, (column, row), to, class_of(line)) else {
                    continue;
                };
                if chance.happens(share_built(grid, &piece)) {
                    kept.push(piece);
                } else {
                    left_out.push(piece);
                }
            }
        }
    }
    let mut joined = Joined::new(LINES * LINES);
    for piece in &kept {
        joined.join(slot(piece.from), slot(piece.to));
    }
    // Alleys left out come back where they are the only way to a corner already built, and half
    // of the corners without any street get a dead end.
    for piece in chance.shuffled(left_out) {
        let (a, b) = (slot(piece.from), slot(piece.to));
        let lone = joined.size(a) == 1 || joined.size(b) == 1;
        if joined.find(a) != joined.find(b) && (!lone || chance.happens(0.45)) {
            joined.join(a, b);
            kept.push(piece);
        }
    }
    let city = joined.find(slot((0, 0)));
    kept.retain(|piece| joined.find(slot(piece.from)) == city);
    kept
}

const fn slot(crossing: (usize, usize)) -> usize {
    crossing.1 * LINES + crossing.0
}

/// The piece between two neighboring crossings, if ground and water allow one.
fn possible(grid: &Grid, from: (usize, usize), to: (usize, usize), class: Class) -> Option<Piece> {
    let (a, b) = (grid.spot(from.0, from.1), grid.spot(to.0, to.1));
    if to_summit_m(a) < WOODS_M || to_summit_m(b) < WOODS_M {
        return None;
    }
    let wet = across_water(a, b);
    let eastward = from.1 == to.1;
    if wet && !(eastward && class <= Class::Street) {
        return None;
    }
    let steep = to_summit_m(a).min(to_summit_m(b)) < SLOPE_M
        && (to_summit_m(a) - to_summit_m(b)).abs() > 0.7 * a.distance_m(b);
    let class = if steep && class >= Class::Lane { Class::Steps } else { class };
    Some(Piece { from, to, class, bridge: wet })
}

/// The probability that a possible piece was built.
fn share_built(grid: &Grid, piece: &Piece) -> f64 {
    let hilly = to_summit_m(grid.spot(piece.from.0, piece.from.1)) < SLOPE_M;
    match piece.class {
        Class::Great | Class::Street => 1.0,
        Class::Lane if hilly => 0.8,
        Class::Lane => 0.95,
        Class::Steps => 0.5,
        _ if hilly => 0.5,
        _ => 0.62,
    }
}

/// Ways along one line: a new one wherever the street stops, changes or becomes a bridge.
fn draw_line(
    plan: &mut Plan,
    grid: &Grid,
    pieces: &[Piece],
    (line, eastward): (usize, bool),
    chance: &mut Chance,
) {
    let along = |piece: &&Piece| {
        let runs_east = piece.from.1 == piece.to.1;
        runs_east == eastward && line == if eastward { piece.from.1 } else { piece.from.0 }
    };
    let mut mine: Vec<&Piece> = pieces.iter().filter(along).collect();
    mine.sort_by_key(|piece| if eastward { piece.from.0 } else { piece.from.1 });
    let mut run: Vec<&Piece> = Vec::new();
    for piece in mine {
        let goes_on = run.last().is_some_and(|last| {
            last.to == piece.from && last.class == piece.class && last.bridge == piece.bridge
        });
        if !goes_on {
            draw_run(plan, grid, &run, (line, eastward), chance);
            run.clear();
        }
        run.push(piece);
    }
    draw_run(plan, grid, &run, (line, eastward), chance);
}

fn draw_run(
    plan: &mut Plan,
    grid: &Grid,
    run: &[&Piece],
    (line, eastward): (usize, bool),
    chance: &mut Chance,
) {
    let Some(first) = run.first() else {
        return;
    };
    let mut nodes: Vec<usize> = grid.node(first.from.0, first.from.1).into_iter().collect();
    for piece in run {
        let (a, b) = (grid.spot(piece.from.0, piece.from.1), grid.spot(piece.to.0, piece.to.1));
        if piece.class >= Class::Lane && chance.happens(0.5) {
            let bend =
                a.beside(b, a.distance_m(b) * chance.between(0.35, 0.65), chance.around(6.0));
            nodes.push(plan.node(bend));
        }
        nodes.extend(grid.node(piece.to.0, piece.to.1));
    }
    let mut tags = street_tags(first.class, line, nodes.len(), chance);
    if first.bridge {
        tags.extend([tag("bridge", "yes"), tag("layer", "1")]);
    }
    let name = (first.class != Class::Steps).then(|| names::street(line, eastward));
    plan.ways.push(Way { class: first.class, nodes, name, tags });
}

/// Streets from one district on into the next, `grid` lying west of `next` or, unless `eastward`,
/// south of it; and a lane along the border where they cross it.
pub(super) fn join(
    plan: &mut Plan,
    (grid, next): (&Grid, &Grid),
    eastward: bool,
    chance: &mut Chance,
) {
    let mut border: Vec<usize> = Vec::new();
    for line in 0..LINES {
        let (out, into) =
            if eastward { ((LINES - 1, line), (0, line)) } else { ((line, LINES - 1), (line, 0)) };
        let ends = grid.node(out.0, out.1).zip(next.node(into.0, into.1));
        let (here, there) = (grid.spot(out.0, out.1), next.spot(into.0, into.1));
        let Some((from, to)) = ends.filter(|_| !across_water(here, there)) else {
            lane_along(plan, &mut border, eastward, chance);
            continue;
        };
        let class = class_of(line);
        if class == Class::Alley && chance.happens(0.4) {
            continue;
        }
        let nodes = vec![from, plan.node(here.toward(there, 0.5)), to];
        border.extend(nodes.get(1));
        let name = Some(names::street(line, eastward));
        let tags = street_tags(class, line, nodes.len(), chance);
        plan.ways.push(Way { class, nodes, name, tags });
    }
    lane_along(plan, &mut border, eastward, chance);
}

/// Draws the lane through these nodes of a border and forgets them.
fn lane_along(plan: &mut Plan, border: &mut Vec<usize>, eastward: bool, chance: &mut Chance) {
    let nodes = std::mem::take(border);
    if nodes.len() > 1 {
        let name = Some(names::street(BORDER_LINE, !eastward));
        let tags = street_tags(Class::Lane, BORDER_LINE, nodes.len(), chance);
        plan.ways.push(Way { class: Class::Lane, nodes, name, tags });
    }
}

/// Whether the stream's valley lies between two spots, or one of them in it.
pub(super) fn across_water(a: Spot, b: Spot) -> bool {
    in_valley(a) || in_valley(b) || (a.x < stream_x(a.y)) != (b.x < stream_x(b.y))
}

/// What a mapper would have written. `lit` is on one street in fifty, as in real extracts.
fn street_tags(class: Class, line: usize, nodes: usize, chance: &mut Chance) -> Tags {
    let mut tags = match class {
        Class::Great => {
            let inner = !line.is_multiple_of(48);
            vec![
                tag("highway", if inner { "primary" } else { "secondary" }),
                tag("lanes", if inner { "6" } else { "4" }),
                tag("sidewalk", "both"),
            ]
        }
        Class::Street => vec![tag("highway", "tertiary"), tag("sidewalk", "both")],
        Class::Lane => vec![tag("highway", "residential")],
        Class::Alley => {
            let kinds = ["residential", "residential", "living_street", "living_street", "footway"];
            vec![tag("highway", chance.pick(&kinds).copied().unwrap_or("residential"))]
        }
        Class::Steps => vec![
            tag("highway", "steps"),
            tag("step_count", (nodes * 38).to_string()),
            tag("incline", "up"),
        ],
        Class::Path => vec![tag("highway", "path")],
    };
    if matches!(class, Class::Lane | Class::Alley) && chance.happens(0.2) {
        tags.push(tag("surface", if chance.happens(0.7) { "asphalt" } else { "paving_stones" }));
    }
    if class == Class::Lane && chance.happens(0.12) {
        tags.push(tag("oneway", "yes"));
    }
    if class <= Class::Street && chance.happens(0.06) {
        tags.push(tag("lit", "yes"));
    }
    tags
}

fn mark_crossings(plan: &mut Plan, grid: &Grid) {
    for row in 0..LINES {
        for column in 0..LINES {
            let best = class_of(row).min(class_of(column));
            let other = class_of(row).max(class_of(column));
            let Some(node) = grid.node(column, row) else {
                continue;
            };
            if best == Class::Great && other <= Class::Lane {
                let kind = if other <= Class::Street { "traffic_signals" } else { "crossing" };
                if let Some(node) = plan.nodes.get_mut(node) {
                    node.tags.push(tag("highway", kind));
                }
            }
        }
    }
}

/// Disjoint sets: which corners can already be walked to from each other.
struct Joined {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Joined {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), size: vec![1; count] }
    }

    fn find(&mut self, mut one: usize) -> usize {
        while self.parent[one] != one {
            self.parent[one] = self.parent[self.parent[one]];
            one = self.parent[one];
        }
        one
    }

    fn size(&mut self, one: usize) -> usize {
        let top = self.find(one);
        self.size[top]
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            self.parent[a] = b;
            self.size[b] += self.size[a];
        }
    }
}
