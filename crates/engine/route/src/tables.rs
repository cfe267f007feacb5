//! The hierarchy laid on the network: fast ways, tables for dispatch and havens.

use crate::customize::{FAR, Metric};
use crate::hierarchy::Hierarchy;
use crate::hour::HourBand;
use crate::network::Network;
use crate::one_to_many::Targets;
use crate::query::{Doors, Meeting};
use crate::search::{Ends, Searcher, Stretch, Walk, exits, trail};
use crate::streets::{Edge, Place, Streets};
use std::sync::Arc;

/// What a way or a table is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Millimetres walked.
    Length,
    /// Night cost, millimetres of lit main street.
    Cost(HourBand),
    /// Night cost plus `knee` × length: what *balanced* minimizes.
    Blend(HourBand),
}

/// Customized metrics for every measure. Kept up to date by the network's own changes.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) hierarchy: Arc<Hierarchy>,
    length: Arc<Metric>,
    cost: [Metric; 4],
    blend: [Metric; 4],
}

/// Many places prepared as targets of tables, for one measure. Good until a lamp, a haven or a
/// weight changes the network; then pin again.
#[derive(Clone, Debug)]
pub struct Pinned {
    measure: Measure,
    targets: Targets,
    /// Places by edge, for starts on the same edge as a target.
    on_edge: Vec<(Edge, u32, u32)>,
}

impl Pinned {
    /// How many targets.
    pub fn len(&self) -> usize {
        self.targets.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// What they are measured in.
    pub fn measure(&self) -> Measure {
        self.measure
    }
}

impl Tables {
    pub(crate) fn new(hierarchy: Arc<Hierarchy>, network: &Network) -> Self {
        let [length] = hierarchy.customize_lanes(|e| [network.weight(Measure::Length, e)]);
        let bands = |of: fn(HourBand) -> Measure| {
            hierarchy.customize_lanes(|e| HourBand::ALL.map(|b| network.weight(of(b), e)))
        };
        let (cost, blend) = (bands(Measure::Cost), bands(Measure::Blend));
        Self { length: Arc::new(length), cost, blend, hierarchy }
    }

    pub(crate) fn metric(&self, measure: Measure) -> &Metric {
        match measure {
            Measure::Length => &self.length,
            Measure::Cost(band) => &self.cost[band.index()],
            Measure::Blend(band) => &self.blend[band.index()],
        }
    }

    /// Takes in that the costs of some edges changed; lengths never do.
    pub(crate) fn update(&mut self, network: &Network, changed: &[Edge]) {
        if self.hierarchy.better_anew(changed.len()) {
            let bands = |of: fn(HourBand) -> Measure| {
                self.hierarchy.customize_lanes(|e| HourBand::ALL.map(|b| network.weight(of(b), e)))
            };
            (self.cost, self.blend) = (bands(Measure::Cost), bands(Measure::Blend));
            return;
        }
        for band in HourBand::ALL {
            let (cost, blend) = (&mut self.cost[band.index()], &mut self.blend[band.index()]);
            self.hierarchy.update(cost, changed, |e| network.weight(Measure::Cost(band), e));
            self.hierarchy.update(blend, changed, |e| network.weight(Measure::Blend(band), e));
        }
    }

    fn doors(&self, streets: &Streets, place: &Place, weights: [u64; 2]) -> Doors {
        let [a, b] = streets.ends(place.edge).map(|j| self.hierarchy.rank[j as usize]);
        // heavier than any way is no way
        let [v, w] = weights.map(|w| u32::try_from(w).unwrap_or(FAR).min(FAR));
        [(a, v), (b, w)]
    }

    /// The walk of least weight, as [`Searcher::walk`] finds it.
    pub(crate) fn walk(
        &self,
        searcher: &mut Searcher,
        network: &Network,
        (from, to, ends): (&Place, &Place, &Ends),
        measure: Measure,
    ) -> Option<Walk> {
        let streets = network.streets();
        let along = ends.direct.map(|weight| Walk::along(from, to, weight));
        let Some(met) = self.meet(searcher, streets, (from, to, ends), measure) else {
            return along;
        };
        let weight = |e: Edge| network.weight(measure, e);
        let metric = self.metric(measure);
        let climber = searcher.climber();
        let (edges, last) = climber.edges_back(&self.hierarchy, metric, weight, met);
        let junction =
            streets.ends(to.edge).into_iter().find(|&j| self.hierarchy.rank[j as usize] == last)?;
        let stretches = trail(streets, (from, to, ends), junction, &edges);
        Some(Walk { stretches, weight: u64::from(met.weight) })
    }

    /// Where the two ends meet, if that is better than straight along.
    fn meet(
        &self,
        searcher: &mut Searcher,
        streets: &Streets,
        (from, to, ends): (&Place, &Place, &Ends),
        measure: Measure,
    ) -> Option<Meeting> {
        let start = self.doors(streets, from, ends.out);
        let end = self.doors(streets, to, ends.home);
        let bound = ends.direct.and_then(|w| u32::try_from(w).ok()).unwrap_or(FAR);
        let metric = self.metric(measure);
        searcher.climber().meet(&self.hierarchy, metric, &start, &end, bound)
    }

    fn pin(
        &self,
        searcher: &mut Searcher,
        network: &Network,
        places: &[Place],
        measure: Measure,
    ) -> Pinned {
        let doors: Vec<Doors> = places
            .iter()
            .map(|p| self.doors(network.streets(), p, network.out(p, measure)))
            .collect();
        let metric = self.metric(measure);
        let targets = Targets::pin(searcher.climber(), &self.hierarchy, metric, &doors);
        let mut on_edge: Vec<_> =
            places.iter().enumerate().map(|(i, p)| (p.edge, i as u32, p.along_mm)).collect();
        on_edge.sort_unstable();
        Pinned { measure, targets, on_edge }
    }
}

impl Network {
    /// What the least way between two places weighs; `None` when no way joins them.
    pub fn distance(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        to: &Place,
        measure: Measure,
    ) -> Option<u32> {
        if let Some(tables) = self.tables() {
            let ends = self.ends(from, to, measure);
            let met = tables.meet(searcher, self.streets(), (from, to, &ends), measure);
            let direct = ends.direct.and_then(|w| u32::try_from(w).ok());
            return met.map(|m| m.weight).or(direct);
        }
        let walk = self.least_by_search(searcher, from, to, measure)?;
        u32::try_from(walk.weight).ok()
    }

    /// Lays a hierarchy of the same streets on the network, so that ways and tables are found
    /// through it. Ways are the same with and without, only faster.
    pub fn customize(&mut self, hierarchy: Arc<Hierarchy>) {
        let tables = Tables::new(hierarchy, self);
        self.set_tables(tables);
    }

    /// Prepares places as targets of tables; `None` before [`Self::customize`].
    pub fn pin(
        &self,
        searcher: &mut Searcher,
        places: &[Place],
        measure: Measure,
    ) -> Option<Pinned> {
        Some(self.tables()?.pin(searcher, self, places, measure))
    }

    /// What the way from one place to each of many weighs, in their order; `None` where no way
    /// leads, and for all before [`Self::customize`]. For a set of places asked once; one asked
    /// again and again is better pinned.
    pub fn distances(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        to: &[Place],
        measure: Measure,
    ) -> Vec<Option<u32>> {
        let Some(tables) = self.tables() else { return vec![None; to.len()] };
        let streets = self.streets();
        let start = tables.doors(streets, from, self.out(from, measure));
        let ends: Vec<Doors> =
            to.iter().map(|p| tables.doors(streets, p, self.out(p, measure))).collect();
        let mut found = Vec::new();
        let metric = tables.metric(measure);
        searcher.climber().sweep(&tables.hierarchy, metric, &start, &ends, &mut found);
        let direct = |p: &Place| {
            let stretch = Stretch { edge: p.edge, from_mm: from.along_mm, to_mm: p.along_mm };
            if p.edge == from.edge { self.stretch_weight(measure, stretch) } else { FAR }
        };
        let least = found.into_iter().zip(to).map(|(w, p)| w.min(direct(p)));
        least.map(|w| (w < FAR).then_some(w)).collect()
    }

    /// What the way from a place to every pinned target weighs, in the order they were pinned;
    /// `None` where no way leads.
    pub fn table_row(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        pinned: &Pinned,
    ) -> Vec<Option<u32>> {
        let mut into = Vec::with_capacity(pinned.len());
        self.row(searcher, from, pinned, &mut into);
        into.into_iter().map(|w| (w < FAR).then_some(w)).collect()
    }

    fn out(&self, place: &Place, measure: Measure) -> [u64; 2] {
        exits(self.streets(), place).map(|s| u64::from(self.stretch_weight(measure, s)))
    }

    pub(crate) fn row(
        &self,
        searcher: &mut Searcher,
        from: &Place,
        pinned: &Pinned,
        into: &mut Vec<u32>,
    ) {
        let Some(tables) = self.tables() else { return };
        let start = tables.doors(self.streets(), from, self.out(from, pinned.measure));
        let metric = tables.metric(pinned.measure);
        let (climber, scratch) = searcher.climber_and_scratch();
        pinned.targets.from(climber, &tables.hierarchy, metric, &start, scratch, into);
        let first = pinned.on_edge.partition_point(|t| t.0 < from.edge);
        for &(edge, target, to_mm) in
            pinned.on_edge[first..].iter().take_while(|t| t.0 == from.edge)
        {
            let stretch = Stretch { edge, from_mm: from.along_mm, to_mm };
            let direct = self.stretch_weight(pinned.measure, stretch);
            let slot = &mut into[target as usize];
            *slot = (*slot).min(direct);
        }
    }
}

#[cfg(test)]
mod tests;
