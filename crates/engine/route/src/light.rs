//! Lit, unlit or unknown: three states, decided stretch by stretch.
//!
//! A stretch in reach of a working lamp is lit. Else, in reach of a lamp known to be out, it is
//! unlit: a dated report beats an undated tag of the map. Else OSM `lit=yes` is lit and `lit=no`
//! is unlit. Anything else is unknown, and unknown is never called dark.

use crate::facts::{Coverage, Lamp, LampState};
use crate::street::Lit;
use crate::streets::{Edge, Streets};
use std::ops::AddAssign;

/// Street length by light, millimetres. The three add up to the length they describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Light {
    /// Under a working lamp, or mapped as lit.
    pub lit_mm: u32,
    /// Only lamps that are out, or mapped as unlit.
    pub unlit_mm: u32,
    /// Nobody knows.
    pub unknown_mm: u32,
}

impl AddAssign for Light {
    fn add_assign(&mut self, other: Self) {
        self.lit_mm += other.lit_mm;
        self.unlit_mm += other.unlit_mm;
        self.unknown_mm += other.unknown_mm;
    }
}

impl Light {
    fn add(&mut self, mm: u32, working: i32, out: i32, lit: Lit) {
        let slot = match (working > 0, out > 0, lit) {
            (true, ..) | (false, false, Lit::Yes) => &mut self.lit_mm,
            (false, true, _) | (false, false, Lit::No) => &mut self.unlit_mm,
            (false, false, Lit::Unknown) => &mut self.unknown_mm,
        };
        *slot += mm;
    }

    /// The light on a stretch of an edge.
    pub(crate) fn on(
        streets: &Streets,
        coverage: &Coverage,
        lamps: &[Lamp],
        edge: Edge,
        from_mm: u32,
        to_mm: u32,
    ) -> Self {
        // a sweep along the edge: where lamps' reaches begin (+1) and end (−1)
        let mut turns: Vec<(u32, i32, i32)> = Vec::new();
        for c in coverage.of(edge) {
            let (working, out) = match lamps[c.fact as usize].state {
                LampState::Working => (1, 0),
                LampState::Out => (0, 1),
                LampState::Unknown => continue,
            };
            turns.push((c.from_mm, working, out));
            turns.push((c.to_mm, -working, -out));
        }
        turns.sort_unstable();
        let mut light = Self::default();
        let (mut working, mut out, mut turn, mut at) = (0, 0, 0, 0_u32);
        for piece in streets.pieces(edge) {
            let lit = streets.natures[usize::from(piece.nature)].lit;
            while at < piece.to_mm {
                while turn < turns.len() && turns[turn].0 <= at {
                    working += turns[turn].1;
                    out += turns[turn].2;
                    turn += 1;
                }
                let next = turns.get(turn).map_or(piece.to_mm, |t| t.0.min(piece.to_mm));
                let seen = next.min(to_mm).saturating_sub(at.max(from_mm));
                light.add(seen, working, out, lit);
                at = next;
            }
        }
        light
    }
}

#[cfg(test)]
mod tests;
