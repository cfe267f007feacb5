//! Streets, facts and weights laid on one another: what is searched.

use crate::cost::Weights;
use crate::facts::{Coverages, Facts, LampState};
use crate::hour::HourBand;
use crate::light::Light;
use crate::nearest::Doors;
use crate::search::{Stretch, Walk};
use crate::streets::{Edge, Place, Streets};
use crate::tables::{Measure, Tables};
use kernel::{Point, Refusal, RefusalKind};
use std::sync::Arc;

/// A city's streets with what is known about them, weighed for every band of hours.
///
/// Searching needs `&Network` and a [`crate::Searcher`] of one's own; any number may search at
/// once. Cloning is cheap enough (the streets are shared) to change a copy and swap it in.
#[derive(Clone, Debug)]
pub struct Network {
    streets: Arc<Streets>,
    coverages: Arc<Coverages>,
    haven_places: Arc<Vec<Option<Place>>>,
    doors: Arc<Doors>,
    facts: Facts,
    weights: Weights,
    light: Vec<Light>,
    /// What the reliefs along an edge leave of its burdens, by band.
    kept: Vec<[f32; 4]>,
    cost_mm: [Vec<u32>; 4],
    tables: Option<Tables>,
}

/// Why no way can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unroutable {
    /// The start is not near any street of the map.
    FromOffStreets,
    /// The destination is not near any street of the map.
    ToOffStreets,
    /// Both are on streets, but no walkable way joins them.
    NotConnected,
}

impl Refusal for Unroutable {
    fn code(self) -> &'static str {
        match self {
            Self::FromOffStreets => "route.from-off-streets",
            Self::ToOffStreets => "route.to-off-streets",
            Self::NotConnected => "route.not-connected",
        }
    }
    fn kind(self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

impl Network {
    /// Lays facts and weights over the streets.
    pub fn new(streets: Arc<Streets>, facts: Facts, weights: Weights) -> Self {
        let coverages = Arc::new(Coverages::build(&streets, &facts, &weights.reach));
        let haven_places: Vec<Option<Place>> =
            facts.havens.iter().map(|h| streets.snap(h.at, weights.choice.snap_m)).collect();
        let mut network = Self {
            light: vec![Light::default(); streets.edge_count()],
            kept: vec![[1.0; 4]; streets.edge_count()],
            cost_mm: std::array::from_fn(|_| vec![0; streets.edge_count()]),
            doors: Arc::new(Doors::new(&streets, &haven_places)),
            streets,
            coverages,
            haven_places: Arc::new(haven_places),
            facts,
            weights,
            tables: None,
        };
        for edge in 0..network.streets.edge_count() as Edge {
            network.weigh(edge);
        }
        network
    }

    /// The streets.
    pub fn streets(&self) -> &Streets {
        &self.streets
    }
    /// The facts, in their present state.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// The weights.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }
    pub(crate) fn coverages(&self) -> &Coverages {
        &self.coverages
    }
    /// Where a haven is on the streets; `None` if it is too far from any, or there is no such.
    pub fn haven_place(&self, haven: u32) -> Option<&Place> {
        self.haven_places.get(haven as usize)?.as_ref()
    }
    pub(crate) fn doors(&self) -> &Doors {
        &self.doors
    }

    /// Length by light of a whole edge.
    pub fn light(&self, edge: Edge) -> Light {
        self.light[edge as usize]
    }
    /// Night cost of a whole edge, millimetres; never less than its length.
    pub fn cost_mm(&self, band: HourBand, edge: Edge) -> u32 {
        self.cost_mm[band.index()][edge as usize]
    }
    /// What a whole edge weighs in some measure.
    pub fn weight(&self, measure: Measure, edge: Edge) -> u32 {
        let length = self.streets.edge_length_mm(edge);
        match measure {
            Measure::Length => length,
            Measure::Cost(band) => self.cost_mm(band, edge),
            Measure::Blend(band) => self.blend(self.cost_mm(band, edge), length),
        }
    }
    /// What a stretch of an edge weighs in some measure: by its own light and nature, with the
    /// reliefs of the whole edge.
    pub fn stretch_weight(&self, measure: Measure, stretch: Stretch) -> u32 {
        let len_mm = self.streets.edge_length_mm(stretch.edge);
        let length = stretch.length_mm();
        if length == len_mm {
            return self.weight(measure, stretch.edge);
        }
        match measure {
            Measure::Length => length,
            Measure::Cost(band) => self.part_cost_mm(band, stretch),
            Measure::Blend(band) => self.blend(self.part_cost_mm(band, stretch), length),
        }
    }

    /// What a walk weighs in some measure.
    pub fn walk_weight(&self, measure: Measure, walk: &Walk) -> u64 {
        walk.stretches.iter().map(|&s| u64::from(self.stretch_weight(measure, s))).sum()
    }

    fn part_cost_mm(&self, band: HourBand, stretch: Stretch) -> u32 {
        let edge = stretch.edge;
        let (from, to) = stretch.span();
        let burden = self.burden(band, edge, from, to, self.light_on(edge, from, to));
        let kept = burden * f64::from(self.kept[edge as usize][band.index()]);
        (to - from).saturating_add(kept.round() as u32)
    }

    fn burden(&self, band: HourBand, edge: Edge, from: u32, to: u32, light: Light) -> f64 {
        let burdens = self.weights.burdens(band);
        let mut burden = burdens.of_light(light);
        let mut at = 0;
        for (end, nature) in self.streets.edge_natures(edge) {
            let within = end.min(to).saturating_sub(at.max(from));
            burden += f64::from(within) * burdens.of_nature(nature);
            at = end;
        }
        burden
    }

    fn blend(&self, cost_mm: u32, length_mm: u32) -> u32 {
        let knee = (self.weights.choice.knee * 256.0) as u64;
        let detour = (u64::from(length_mm) * knee).div_ceil(256);
        cost_mm.saturating_add(u32::try_from(detour).unwrap_or(u32::MAX))
    }

    /// What a millimetre of any street weighs at the least, for a search's lower bound.
    pub(crate) fn least_per_mm(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Length | Measure::Cost(_) => 1.0,
            // fractions of the knee below 1/256 are cut off in the weights, so are they here
            Measure::Blend(_) => 1.0 + (self.weights.choice.knee * 256.0).floor() / 256.0,
        }
    }
    pub(crate) fn tables(&self) -> Option<&Tables> {
        self.tables.as_ref()
    }
    pub(crate) fn set_tables(&mut self, tables: Tables) {
        self.tables = Some(tables);
    }

    /// Light on a stretch of an edge.
    pub(crate) fn light_on(&self, edge: Edge, from_mm: u32, to_mm: u32) -> Light {
        Light::on(&self.streets, &self.coverages.lamps, &self.facts.lamps, edge, from_mm, to_mm)
    }

    fn weigh(&mut self, edge: Edge) {
        let len_mm = self.streets.edge_length_mm(edge);
        let light = self.light_on(edge, 0, len_mm);
        let cover = &self.coverages;
        let camera = cover.cameras.share(edge, len_mm, |_| true);
        let bell = cover.bells.share(edge, len_mm, |_| true);
        let havens = &self.facts.havens;
        let haven = cover.havens.share(edge, len_mm, |h| havens[h as usize].open);
        for band in HourBand::ALL {
            let kept = self.weights.burdens(band).kept(camera, bell, haven) as f32;
            let burden = self.burden(band, edge, 0, len_mm, light) * f64::from(kept);
            self.kept[edge as usize][band.index()] = kept;
            self.cost_mm[band.index()][edge as usize] =
                len_mm.saturating_add(burden.round() as u32);
        }
        self.light[edge as usize] = light;
    }

    /// A lamp went out, or works again. Returns the edges whose light or cost changed.
    pub fn set_lamp(&mut self, lamp: usize, state: LampState) -> Vec<Edge> {
        let Some(known) = self.facts.lamps.get_mut(lamp) else { return Vec::new() };
        known.state = state;
        let edges = self.coverages.lamps.edges_of(lamp as u32).to_vec();
        self.weigh_again(edges)
    }

    /// Which havens are open and ready now, in the order of [`Facts::havens`]; further ones keep
    /// their state. Returns the edges whose cost changed.
    pub fn set_open_havens(&mut self, open: &[bool]) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (i, (haven, &open)) in self.facts.havens.iter_mut().zip(open).enumerate() {
            if haven.open != open {
                haven.open = open;
                edges.extend_from_slice(self.coverages.havens.edges_of(i as u32));
            }
        }
        self.weigh_again(edges)
    }

    fn weigh_again(&mut self, mut edges: Vec<Edge>) -> Vec<Edge> {
        edges.sort_unstable();
        edges.dedup();
        let state =
            |n: &Self, e: Edge| (n.light[e as usize], HourBand::ALL.map(|b| n.cost_mm(b, e)));
        edges.retain(|&edge| {
            let before = state(self, edge);
            self.weigh(edge);
            before != state(self, edge)
        });
        if let Some(mut tables) = self.tables.take() {
            tables.update(self, &edges);
            self.tables = Some(tables);
        }
        edges
    }

    /// Puts both ends of a walk on streets that are joined.
    ///
    /// # Errors
    /// [`Unroutable`] when one of them is too far from any street, or no way joins them.
    pub fn places(&self, from: Point, to: Point) -> Result<(Place, Place), Unroutable> {
        let reach_m = self.weights.choice.snap_m;
        let start = self.streets.snap(from, reach_m).ok_or(Unroutable::FromOffStreets)?;
        let end = self.streets.snap(to, reach_m).ok_or(Unroutable::ToOffStreets)?;
        let island = |p: &Place| self.streets.island_of(self.streets.ends(p.edge)[0]);
        if island(&start) == island(&end) {
            return Ok((start, end));
        }
        // on different islands: one of them may have another street nearby that is joined
        if let Some(end) = self.streets.snap_beside(to, reach_m, &start) {
            return Ok((start, end));
        }
        let start =
            self.streets.snap_beside(from, reach_m, &end).ok_or(Unroutable::NotConnected)?;
        Ok((start, end))
    }
}

#[cfg(test)]
mod tests;
