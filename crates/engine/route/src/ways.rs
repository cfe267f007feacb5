//! Up to three ways home, from the exact trade-off between length and night cost.
//!
//! Every length–cost pair on the convex front is the minimum of some blend `a·length + b·cost`.
//! *fast* is the least length; *balanced* the least `cost + knee·length`, which is exactly where
//! one more metre of detour stops saving `knee` metres of cost; *covered* the least cost among the
//! front's ways within the detour cap, found by walking along the front towards the cap.

use crate::EpochDay;
use crate::explain::{explain, measured};
use crate::hour::HourBand;
use crate::network::{Network, Unroutable};
use crate::search::{Ends, Searcher, Walk};
use crate::streets::{Edge, Place};
use crate::tables::Measure;
use kernel::Point;

/// The three ways. None of them is called safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayName {
    /// The shortest.
    Fast,
    /// The knee: as much less night cost as a reasonable detour buys.
    Balanced,
    /// The least night cost within the detour cap.
    Covered,
}

impl WayName {
    /// Stable name: `fast`, `balanced`, `covered`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Balanced => "balanced",
            Self::Covered => "covered",
        }
    }
}

/// One way home, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct WayHome {
    /// Which of the three.
    pub name: WayName,
    /// Length, metres.
    pub length_m: u32,
    /// Metres known to be lit; lit, unlit and unknown add up to the length exactly.
    pub lit_m: u32,
    /// Metres known to be dark.
    pub unlit_m: u32,
    /// Metres nobody described. Not called dark.
    pub unknown_m: u32,
    /// Cameras whose sight one walks through.
    pub cameras: u32,
    /// Emergency bells in reach.
    pub bells: u32,
    /// Open havens passed, by position in [`crate::Facts::havens`].
    pub havens: Vec<u32>,
    /// Flights of steps.
    pub steps: u32,
    /// Metres of steps.
    pub steps_m: u32,
    /// Marked crossings used.
    pub crossings: u32,
    /// Lamps known to be out in reach of the way.
    pub lamps_out: u32,
    /// The day of the oldest fact this rests on; `None` when none bears a date.
    pub oldest: Option<EpochDay>,
    /// Walking time, seconds.
    pub duration_s: u32,
    /// Night cost at that hour, metres of lit main street.
    pub cost_m: u32,
    /// How far the asked-for start is from the way's first point, metres.
    pub from_off_m: f32,
    /// How far the asked-for destination is from its last.
    pub to_off_m: f32,
    /// The line, from start to destination.
    pub geometry: Vec<Point>,
    /// The same as stretches of edges.
    pub walk: Walk,
}

/// What is asked: from where to where, at which hour.
struct Asked<'a> {
    from: &'a Place,
    to: &'a Place,
    band: HourBand,
}

/// A walk with the two measures it is judged by, millimetres.
#[derive(Clone, Debug)]
struct Judged {
    walk: Walk,
    length: u64,
    cost: u64,
}

impl Network {
    /// Up to three ways between two points at an hour: `fast` first, then `balanced` and `covered`
    /// where they differ. A way that is not better in anything is not shown.
    ///
    /// # Errors
    /// [`Unroutable`] when an end is off the streets or no way joins them.
    pub fn ways_home(
        &self,
        searcher: &mut Searcher,
        from: Point,
        to: Point,
        band: HourBand,
    ) -> Result<Vec<WayHome>, Unroutable> {
        let (start, end) = self.places(from, to)?;
        let asked = Asked { from: &start, to: &end, band };
        let chosen = self.choose(searcher, &asked).ok_or(Unroutable::NotConnected)?;
        Ok(chosen
            .into_iter()
            .map(|(name, way)| explain(self, name, way.walk, way.cost, &start, &end))
            .collect())
    }

    /// One way only, of the name wanted.
    ///
    /// # Errors
    /// [`Unroutable`] when an end is off the streets or no way joins them.
    pub fn way_home(
        &self,
        searcher: &mut Searcher,
        from: Point,
        to: Point,
        band: HourBand,
        name: WayName,
    ) -> Result<WayHome, Unroutable> {
        let (start, end) = self.places(from, to)?;
        let asked = Asked { from: &start, to: &end, band };
        let way = match name {
            WayName::Fast => self
                .least(searcher, &start, &end, Measure::Length)
                .map(|walk| self.judged(walk, band)),
            WayName::Balanced | WayName::Covered => {
                self.choose(searcher, &asked).and_then(|ways| {
                    ways.into_iter().rev().find(|(n, _)| *n <= name).map(|(_, way)| way)
                })
            }
        };
        let way = way.ok_or(Unroutable::NotConnected)?;
        Ok(explain(self, name, way.walk, way.cost, &start, &end))
    }

    /// Metres and seconds of the shortest way, as [`Self::way_home`] says them of
    /// [`WayName::Fast`], and nothing else about it: what dispatch asks by the thousand.
    ///
    /// # Errors
    /// [`Unroutable`] when an end is off the streets or no way joins them.
    pub fn shortest(
        &self,
        searcher: &mut Searcher,
        from: Point,
        to: Point,
    ) -> Result<(u32, u32), Unroutable> {
        let (start, end) = self.places(from, to)?;
        let walk = self.least(searcher, &start, &end, Measure::Length);
        Ok(measured(self, &walk.ok_or(Unroutable::NotConnected)?))
    }

    /// The walk of least weight in a measure: through the hierarchy if there is one, else by A*.
    pub fn least(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        to: &Place,
        measure: Measure,
    ) -> Option<Walk> {
        let through = self.tables().and_then(|t| {
            let ends = self.ends(from, to, measure);
            t.walk(searcher, self, (from, to, &ends), measure)
        });
        through.or_else(|| self.least_by_search(searcher, from, to, measure))
    }

    /// The same by A* on the streets themselves: the proof of the other, and it of this.
    pub fn least_by_search(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        to: &Place,
        measure: Measure,
    ) -> Option<Walk> {
        let ends = self.ends(from, to, measure);
        let weight = |e: Edge| u64::from(self.weight(measure, e));
        searcher.walk(self.streets(), (from, to, &ends), self.least_per_mm(measure), weight)
    }

    pub(crate) fn ends(&self, from: &Place, to: &Place, measure: Measure) -> Ends {
        Ends::weighed(self.streets(), from, to, |s| u64::from(self.stretch_weight(measure, s)))
    }

    fn judged(&self, walk: Walk, band: HourBand) -> Judged {
        let length = walk.length_mm();
        let cost = self.walk_weight(Measure::Cost(band), &walk);
        Judged { walk, length, cost }
    }

    fn choose(&self, searcher: &mut Searcher, asked: &Asked) -> Option<Vec<(WayName, Judged)>> {
        let choice = &self.weights().choice;
        let band = asked.band;
        let mut least = |measure| {
            let walk = self.least(searcher, asked.from, asked.to, measure)?;
            Some(self.judged(walk, band))
        };
        let fast = least(Measure::Length)?;
        let cap = choice.cap_mm(fast.length);
        let cheapest = least(Measure::Cost(band))?;
        let balanced = least(Measure::Blend(band))?;
        let covered = if cheapest.length <= cap {
            cheapest
        } else {
            let inside = if balanced.length <= cap { &balanced } else { &fast };
            self.towards_cap(searcher, asked, cap, inside.clone(), cheapest)?
        };
        let balanced = if balanced.length <= cap { balanced } else { covered.clone() };
        Some(without_the_dominated(fast, balanced, covered))
    }

    /// The walk of least `a·length + b·cost`.
    fn blended(&self, searcher: &mut Searcher, asked: &Asked, a: u64, b: u64) -> Option<Judged> {
        let streets = self.streets();
        let cost = Measure::Cost(asked.band);
        let blend = |e: Edge| {
            a * u64::from(streets.edge_length_mm(e)) + b * u64::from(self.weight(cost, e))
        };
        let ends = Ends::weighed(streets, asked.from, asked.to, |s| {
            a * u64::from(s.length_mm()) + b * u64::from(self.stretch_weight(cost, s))
        });
        let asked_ends = (asked.from, asked.to, &ends);
        let walk = searcher.walk(streets, asked_ends, (a + b) as f64, blend)?;
        Some(self.judged(walk, asked.band))
    }

    /// Walks along the convex front between a way inside the cap and a cheaper one beyond it, to
    /// the front's last way inside.
    fn towards_cap(
        &self,
        searcher: &mut Searcher,
        asked: &Asked,
        cap: u64,
        mut inside: Judged,
        mut beyond: Judged,
    ) -> Option<Judged> {
        while beyond.length > inside.length && inside.cost > beyond.cost {
            let a = inside.cost - beyond.cost;
            let b = beyond.length - inside.length;
            let line = a * inside.length + b * inside.cost;
            let found = self.blended(searcher, asked, a, b)?;
            if a * found.length + b * found.cost >= line {
                break;
            }
            if found.length <= cap {
                inside = found;
            } else {
                beyond = found;
            }
        }
        Some(inside)
    }
}

/// Drops ways that are no better than another in anything.
fn without_the_dominated(
    fast: Judged,
    balanced: Judged,
    covered: Judged,
) -> Vec<(WayName, Judged)> {
    let mut shown: Vec<(WayName, Judged)> = Vec::with_capacity(3);
    // the later one must save night cost; of equally long ways the cheaper is kept
    for (name, way) in
        [(WayName::Fast, fast), (WayName::Balanced, balanced), (WayName::Covered, covered)]
    {
        let Some((_, last)) = shown.last_mut() else {
            shown.push((name, way));
            continue;
        };
        if way.cost >= last.cost {
            continue;
        }
        if way.length <= last.length {
            *last = way;
        } else {
            shown.push((name, way));
        }
    }
    shown
}

#[cfg(test)]
mod tests;
