//! A uniform grid over the segments of all edges: the nearest street and the streets in reach.
//!
//! Cities are dense and even, so a flat grid beats a tree here: building it is two passes over
//! the segments, and a query looks at a handful of neighboring cells.

use crate::spot::{M_PER_E7, Spot};

/// Aimed size of a cell, metres: about one city block.
const CELL_M: f64 = 80.0;
/// No more cells than this, however large the box a stray node may span.
const MOST_CELLS: f64 = 4_000_000.0;

/// Cells of segments; a segment is named by the index of its first point.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    low: Spot,
    columns: i32,
    rows: i32,
    cell_lon: f64,
    cell_lat: f64,
    /// The smaller side of a cell, metres: how much farther each ring is.
    side_m: f64,
    m_per_lon_e7: f64,
    first: Vec<u32>,
    segments: Vec<u32>,
    /// For every 16th point the edge it belongs to, to find a segment's edge quickly.
    hint: Vec<u32>,
}

impl Grid {
    pub(crate) fn build(first_point: &[u32], points: &[Spot]) -> Self {
        let Some(&some) = points.first() else { return Self::default() };
        let (mut low, mut high) = (some, some);
        for p in points {
            low = Spot { lon_e7: low.lon_e7.min(p.lon_e7), lat_e7: low.lat_e7.min(p.lat_e7) };
            high = Spot { lon_e7: high.lon_e7.max(p.lon_e7), lat_e7: high.lat_e7.max(p.lat_e7) };
        }
        let widest = f64::from(low.lat_e7.abs().max(high.lat_e7.abs())) / 1e7;
        let m_per_lon_e7 = M_PER_E7 * widest.to_radians().cos().max(0.01);
        let width = (f64::from(high.lon_e7) - f64::from(low.lon_e7)) * m_per_lon_e7;
        let height = (f64::from(high.lat_e7) - f64::from(low.lat_e7)) * M_PER_E7;
        let side_m = CELL_M.max((width * height / MOST_CELLS).sqrt());
        let (cell_lon, cell_lat) = (side_m / m_per_lon_e7, side_m / M_PER_E7);
        let mut grid = Self {
            low,
            columns: (width / side_m) as i32 + 1,
            rows: (height / side_m) as i32 + 1,
            cell_lon,
            cell_lat,
            side_m,
            m_per_lon_e7,
            ..Self::default()
        };
        grid.fill(first_point, points);
        grid
    }

    fn fill(&mut self, first_point: &[u32], points: &[Spot]) {
        let mut first = vec![0_u32; (self.columns * self.rows) as usize + 1];
        self.each_cell_of_each_segment(first_point, points, |cell, _| first[cell + 1] += 1);
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut segments = vec![0_u32; first.last().map_or(0, |&n| n as usize)];
        self.each_cell_of_each_segment(first_point, points, |cell, segment| {
            segments[next[cell] as usize] = segment;
            next[cell] += 1;
        });
        self.first = first;
        self.segments = segments;
        let mut edge = 0_u32;
        self.hint = (0..points.len() as u32)
            .step_by(16)
            .map(|p| {
                while first_point[edge as usize + 1] <= p {
                    edge += 1;
                }
                edge
            })
            .collect();
    }

    fn each_cell_of_each_segment(
        &self,
        first_point: &[u32],
        points: &[Spot],
        mut each: impl FnMut(usize, u32),
    ) {
        for range in first_point.windows(2) {
            for i in range[0]..range[1].saturating_sub(1) {
                let (a, b) = (points[i as usize], points[i as usize + 1]);
                let (c0, r0) = self
                    .cell(Spot { lon_e7: a.lon_e7.min(b.lon_e7), lat_e7: a.lat_e7.min(b.lat_e7) });
                let (c1, r1) = self
                    .cell(Spot { lon_e7: a.lon_e7.max(b.lon_e7), lat_e7: a.lat_e7.max(b.lat_e7) });
                for r in r0..=r1 {
                    for c in c0..=c1 {
                        each((r * self.columns + c) as usize, i);
                    }
                }
            }
        }
    }

    fn cell(&self, s: Spot) -> (i32, i32) {
        let c = (f64::from(s.lon_e7) - f64::from(self.low.lon_e7)) / self.cell_lon;
        let r = (f64::from(s.lat_e7) - f64::from(self.low.lat_e7)) / self.cell_lat;
        ((c as i32).clamp(0, self.columns - 1), (r as i32).clamp(0, self.rows - 1))
    }

    /// The edge a segment belongs to.
    pub(crate) fn edge_of(&self, first_point: &[u32], segment: u32) -> u32 {
        let mut edge = self.hint[segment as usize / 16];
        while first_point[edge as usize + 1] <= segment {
            edge += 1;
        }
        edge
    }

    /// Shows segments in growing rings of cells around a spot. `each` answers how far the best one
    /// so far is (metres); the search stops when no later ring can be nearer, or at `reach_m`. A
    /// segment may be shown more than once.
    pub(crate) fn rings(&self, at: Spot, reach_m: f64, mut each: impl FnMut(u32) -> f64) {
        if self.segments.is_empty() {
            return;
        }
        let c =
            ((f64::from(at.lon_e7) - f64::from(self.low.lon_e7)) / self.cell_lon).floor() as i64;
        let r =
            ((f64::from(at.lat_e7) - f64::from(self.low.lat_e7)) / self.cell_lat).floor() as i64;
        let mut best_m = f64::INFINITY;
        for ring in 0..=(reach_m / self.side_m).ceil() as i64 {
            for row in (r - ring)..=(r + ring) {
                let whole_row = row == r - ring || row == r + ring;
                let step = if whole_row { 1 } else { 2 * ring };
                let mut column = c - ring;
                while column <= c + ring {
                    for &segment in self.in_cell(column, row) {
                        best_m = each(segment);
                    }
                    column += step;
                }
            }
            // wherever in its cell the spot is, this many metres around it have been seen
            if best_m <= ring as f64 * self.side_m {
                return;
            }
        }
    }

    fn in_cell(&self, column: i64, row: i64) -> &[u32] {
        let inside = (0..i64::from(self.columns)).contains(&column)
            && (0..i64::from(self.rows)).contains(&row);
        if !inside {
            return &[];
        }
        let cell = (row * i64::from(self.columns) + column) as usize;
        &self.segments[self.first[cell] as usize..self.first[cell + 1] as usize]
    }

    /// Shows every segment whose cells touch the box of `reach_m` around a spot, each once.
    pub(crate) fn within(&self, at: Spot, reach_m: f64, mut each: impl FnMut(u32)) {
        if self.segments.is_empty() {
            return;
        }
        let (dx, dy) = (reach_m / self.m_per_lon_e7, reach_m / M_PER_E7);
        let column = |lon: f64| ((lon - f64::from(self.low.lon_e7)) / self.cell_lon).floor() as i64;
        let row = |lat: f64| ((lat - f64::from(self.low.lat_e7)) / self.cell_lat).floor() as i64;
        let (lon, lat) = (f64::from(at.lon_e7), f64::from(at.lat_e7));
        let (c0, c1, r0, r1) = (column(lon - dx), column(lon + dx), row(lat - dy), row(lat + dy));
        if c0 == c1 && r0 == r1 {
            self.in_cell(c0, r0).iter().for_each(|&s| each(s));
            return;
        }
        let mut seen: Vec<u32> = Vec::new();
        for row in r0..=r1 {
            for column in c0..=c1 {
                seen.extend_from_slice(self.in_cell(column, row));
            }
        }
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().for_each(each);
    }
}
