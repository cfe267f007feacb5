//! The street graph: junctions joined by edges, each edge a chain of map nodes with its geometry
//! and the nature of every piece. Walkers ignore one-way signs, so every edge runs both ways.

use crate::day::EpochDay;
use crate::grid::Grid;
use crate::spot::{Local, Spot, foot};
use crate::street::Nature;
use kernel::Point;

/// A junction, dead end or other end of edges: 0 to [`Streets::junction_count`].
pub type Junction = u32;
/// An edge between two junctions: 0 to [`Streets::edge_count`].
pub type Edge = u32;

/// A walkable street graph. Immutable: facts, weights and hierarchies are laid beside it.
#[derive(Debug)]
pub struct Streets {
    pub(crate) first_out: Vec<u32>,
    pub(crate) arcs: Vec<Arc>,
    pub(crate) ends: Vec<[Junction; 2]>,
    pub(crate) len_mm: Vec<u32>,
    pub(crate) first_point: Vec<u32>,
    pub(crate) points: Vec<Spot>,
    pub(crate) along_mm: Vec<u32>,
    pub(crate) first_piece: Vec<u32>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) natures: Vec<Nature>,
    pub(crate) spots: Vec<Spot>,
    /// Metres east and north of the south-western corner, never longer than on the ground: a
    /// straight line in this picture is a lower bound of any walk.
    pub(crate) flat: Vec<[f32; 2]>,
    /// That corner (1e-7 degrees) and metres per 1e-7 degree, east and north.
    pub(crate) frame: [f64; 4],
    pub(crate) island: Vec<u32>,
    pub(crate) mainland: Vec<bool>,
    pub(crate) islands: Vec<Island>,
    pub(crate) grid: Grid,
    pub(crate) dated: Option<EpochDay>,
}

/// One direction of an edge as seen from its tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) head: Junction,
    pub(crate) edge: Edge,
}

/// A stretch of an edge, from where the last one ended, that belongs to one way of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) to_mm: u32,
    pub(crate) nature: u16,
}

/// Streets joined with one another and with nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Island {
    /// Junctions on it.
    pub junctions: u32,
    /// Total street length, millimetres.
    pub length_mm: u64,
    /// Whether people and stores are placed on it. Scraps cut off by the edge of an extract or by
    /// a mapping error are not, or everybody near one would be told that no way leads home.
    pub mainland: bool,
}

/// Where a person or a place is on the streets: a point of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The edge.
    pub edge: Edge,
    /// Millimetres along it, from its first junction.
    pub along_mm: u32,
    /// The point itself.
    pub at: Point,
    /// How far the street is from what was asked for, metres in a straight line.
    pub off_m: f32,
}

impl Streets {
    /// Number of junctions.
    pub fn junction_count(&self) -> usize {
        self.spots.len()
    }
    /// Number of edges (each walkable both ways).
    pub fn edge_count(&self) -> usize {
        self.ends.len()
    }
    /// Where a junction is.
    pub fn junction_at(&self, junction: Junction) -> Point {
        self.spots[junction as usize].into()
    }
    /// The two junctions of an edge, in the direction of its geometry.
    pub fn ends(&self, edge: Edge) -> [Junction; 2] {
        self.ends[edge as usize]
    }
    /// Length of an edge, millimetres.
    pub fn edge_length_mm(&self, edge: Edge) -> u32 {
        self.len_mm[edge as usize]
    }
    /// The points of an edge, both ends included.
    pub fn edge_spots(&self, edge: Edge) -> &[Spot] {
        &self.points[self.point_range(edge)]
    }
    /// The pieces of an edge: where each ends (millimetres along) and what it is.
    pub fn edge_natures(&self, edge: Edge) -> impl Iterator<Item = (u32, Nature)> + '_ {
        self.pieces(edge).iter().map(|p| (p.to_mm, self.natures[usize::from(p.nature)]))
    }
    /// Total street length, millimetres.
    pub fn length_mm(&self) -> u64 {
        self.len_mm.iter().map(|&l| u64::from(l)).sum()
    }
    /// Groups of streets that are joined, the longest first.
    pub fn islands(&self) -> &[Island] {
        &self.islands
    }
    /// The island a junction is on: an index into [`Self::islands`].
    pub fn island_of(&self, junction: Junction) -> usize {
        self.island[junction as usize] as usize
    }
    /// The day the map was drawn from, if the extract says so.
    pub fn dated(&self) -> Option<EpochDay> {
        self.dated
    }

    pub(crate) fn point_range(&self, edge: Edge) -> std::ops::Range<usize> {
        self.first_point[edge as usize] as usize..self.first_point[edge as usize + 1] as usize
    }
    pub(crate) fn pieces(&self, edge: Edge) -> &[Piece] {
        let range =
            self.first_piece[edge as usize] as usize..self.first_piece[edge as usize + 1] as usize;
        &self.pieces[range]
    }
    pub(crate) fn out(&self, junction: Junction) -> &[Arc] {
        let range = self.first_out[junction as usize] as usize
            ..self.first_out[junction as usize + 1] as usize;
        &self.arcs[range]
    }

    /// The nearest point of any street people can be placed on, within `reach_m` metres in a
    /// straight line. `None`: that point is off the streets we know.
    pub fn snap(&self, at: Point, reach_m: f64) -> Option<Place> {
        self.snap_where(at, reach_m, |edge| self.is_mainland(edge))
    }

    /// Like [`Self::snap`], but only on the island of `with`, so that the two can meet.
    pub fn snap_beside(&self, at: Point, reach_m: f64, with: &Place) -> Option<Place> {
        let island = self.island[self.ends(with.edge)[0] as usize];
        self.snap_where(at, reach_m, |edge| self.island[self.ends(edge)[0] as usize] == island)
    }

    pub(crate) fn is_mainland(&self, edge: Edge) -> bool {
        self.mainland[self.island[self.ends(edge)[0] as usize] as usize]
    }

    fn snap_where(&self, at: Point, reach_m: f64, fits: impl Fn(Edge) -> bool) -> Option<Place> {
        let local = Local::around(Spot::from(at));
        let mut best: Option<(f64, u32, f64)> = None;
        let mut within2 = reach_m * reach_m;
        self.grid.rings(Spot::from(at), reach_m, |first_point| {
            let a = local.xy(self.points[first_point as usize]);
            let b = local.xy(self.points[first_point as usize + 1]);
            let (t, d2) = foot(a, b);
            if d2 < within2 && fits(self.grid.edge_of(&self.first_point, first_point)) {
                within2 = d2;
                best = Some((d2, first_point, t));
            }
            if best.is_some() { within2.sqrt() } else { f64::INFINITY }
        });
        let (d2, first_point, t) = best?;
        let edge = self.grid.edge_of(&self.first_point, first_point);
        let i = first_point as usize;
        let (from, to) = (self.along_mm[i], self.along_mm[i + 1]);
        let along_mm = from + (f64::from(to - from) * t).round() as u32;
        Some(Place { edge, along_mm, at: self.between(i, t), off_m: d2.sqrt() as f32 })
    }

    /// A spot in the flat picture of [`Self::flat`].
    pub(crate) fn flat_at(&self, s: Spot) -> [f32; 2] {
        let [west, south, per_lon, per_lat] = self.frame;
        let east = (f64::from(s.lon_e7) - west) * per_lon;
        [east as f32, ((f64::from(s.lat_e7) - south) * per_lat) as f32]
    }

    fn between(&self, point: usize, t: f64) -> Point {
        let (a, b) = (Point::from(self.points[point]), Point::from(self.points[point + 1]));
        Point { lat: a.lat + (b.lat - a.lat) * t, lon: a.lon + (b.lon - a.lon) * t }
    }

    /// The point `along_mm` millimetres along an edge (its end, if that is beyond it).
    pub fn point_along(&self, edge: Edge, along_mm: u32) -> Point {
        let range = self.point_range(edge);
        let steps = &self.along_mm[range.clone()];
        let next = steps.partition_point(|&mm| mm <= along_mm).clamp(1, steps.len() - 1);
        let (from, to) = (steps[next - 1], steps[next]);
        let t = if to > from {
            f64::from(along_mm.saturating_sub(from)) / f64::from(to - from)
        } else {
            0.0
        };
        self.between(range.start + next - 1, t.min(1.0))
    }

    /// Every stretch of street within `reach_m` metres of a point: the edge and from where to
    /// where along it, millimetres. Stretches of one edge may touch or overlap.
    pub fn near(&self, at: Point, reach_m: f64, mut each: impl FnMut(Edge, u32, u32)) {
        let local = Local::around(Spot::from(at));
        self.grid.within(Spot::from(at), reach_m, |first_point| {
            let i = first_point as usize;
            let (a, b) = (local.xy(self.points[i]), local.xy(self.points[i + 1]));
            let (t, d2) = foot(a, b);
            if d2 > reach_m * reach_m {
                return;
            }
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            // half of the chord the circle cuts from the segment's line; the foot may be an end
            let ((dx, dy), along) = ((b.0 - a.0, b.1 - a.1), length * length);
            let center = if along > 0.0 { -(a.0 * dx + a.1 * dy) / along } else { t };
            let line2 = if along > 0.0 {
                (a.0 + center * dx).powi(2) + (a.1 + center * dy).powi(2)
            } else {
                d2
            };
            let half = (reach_m * reach_m - line2).max(0.0).sqrt() / length.max(1e-9);
            let (from, to) = ((center - half).clamp(0.0, 1.0), (center + half).clamp(0.0, 1.0));
            let (lo, hi) = (self.along_mm[i], self.along_mm[i + 1]);
            let place = |t: f64| lo + (f64::from(hi - lo) * t).round() as u32;
            each(self.grid.edge_of(&self.first_point, first_point), place(from), place(to));
        });
    }
}

#[cfg(test)]
mod tests;
