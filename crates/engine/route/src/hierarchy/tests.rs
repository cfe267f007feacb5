use super::{Hierarchy, NONE};
use crate::order::contraction_order;
use crate::town::{Dice, try_every_edge};
use crate::{FAR, Searcher};
use proptest::prelude::*;

/// Any graph at all: parallel edges, loops, islands and lone vertices included.
pub(crate) struct AnyGraph {
    pub(crate) at: Vec<[f32; 2]>,
    pub(crate) ends: Vec<[u32; 2]>,
    pub(crate) weights: Vec<u32>,
}

impl AnyGraph {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let n = 2 + dice.below(60);
        let at =
            (0..n).map(|_| [dice.share() as f32 * 100.0, dice.share() as f32 * 100.0]).collect();
        let m = dice.below(3 * n);
        let ends: Vec<[u32; 2]> =
            (0..m).map(|_| [dice.below(n) as u32, dice.below(n) as u32]).collect();
        let weights = (0..m).map(|_| dice.below(40) as u32).collect();
        Self { at, ends, weights }
    }
    fn slow(&self, from: u32) -> Vec<u64> {
        let edges: Vec<_> =
            self.ends.iter().zip(&self.weights).map(|(&e, &w)| (e, u64::from(w))).collect();
        try_every_edge(self.at.len(), &edges, from)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_hierarchy_and_trying_every_edge_agree(seed in any::<u64>()) {
        let graph = AnyGraph::new(seed);
        let hierarchy = Hierarchy::of_graph(&graph.at, &graph.ends);
        let metric = hierarchy.customize(&graph.weights);
        let mut searcher = Searcher::new();
        let n = graph.at.len() as u32;
        let all: Vec<u32> = (0..n).rev().collect();
        let targets = hierarchy.pin(&mut searcher, &metric, &all);
        let mut row = Vec::new();
        for from in (0..n).step_by(5) {
            let slow = graph.slow(from);
            hierarchy.distances(&mut searcher, &metric, from, &targets, &mut row);
            for to in 0..n {
                let told = (slow[to as usize] < u64::MAX).then_some(slow[to as usize] as u32);
                prop_assert_eq!(hierarchy.distance(&mut searcher, &metric, from, to), told);
                prop_assert_eq!(row[(n - 1 - to) as usize], told.unwrap_or(FAR));
                let weight = |e: u32| graph.weights[e as usize];
                let path = hierarchy.path(&mut searcher, &metric, weight, from, to);
                prop_assert_eq!(path.is_some(), told.is_some());
                let Some(path) = path else { continue };
                prop_assert_eq!(path.iter().map(|&e| weight(e)).sum::<u32>(), told.unwrap());
                let mut here = from;
                for edge in path {
                    let [a, b] = graph.ends[edge as usize];
                    prop_assert!(here == a || here == b);
                    here = if here == a { b } else { a };
                }
                prop_assert_eq!(here, to);
            }
        }
    }

    #[test]
    fn an_update_is_exactly_a_customization_anew(seed in any::<u64>(), changes in 1_u64..6) {
        let mut graph = AnyGraph::new(seed);
        if graph.ends.is_empty() {
            return Ok(());
        }
        let hierarchy = Hierarchy::of_graph(&graph.at, &graph.ends);
        let mut metric = hierarchy.customize(&graph.weights);
        let mut dice = Dice(seed ^ 1);
        for _ in 0..4 {
            let changed: Vec<u32> =
                (0..changes).map(|_| dice.below(graph.ends.len() as u64) as u32).collect();
            for &edge in &changed {
                graph.weights[edge as usize] = dice.below(60) as u32;
            }
            hierarchy.update_few(&mut metric, &changed, |e| graph.weights[e as usize]);
            prop_assert_eq!(&metric, &hierarchy.customize(&graph.weights));
        }
    }

    #[test]
    fn lanes_are_customized_as_each_alone(seed in any::<u64>()) {
        let graph = AnyGraph::new(seed);
        let hierarchy = Hierarchy::of_graph(&graph.at, &graph.ends);
        let twice: Vec<u32> = graph.weights.iter().map(|w| w * 2 + 1).collect();
        let [one, two, three] = hierarchy.customize_lanes(|e| {
            [graph.weights[e as usize], twice[e as usize], 7]
        });
        prop_assert_eq!(one, hierarchy.customize(&graph.weights));
        prop_assert_eq!(two, hierarchy.customize(&twice));
        prop_assert_eq!(three, hierarchy.customize(&vec![7; twice.len()]));
    }

    #[test]
    fn every_vertex_is_contracted_once_and_the_graph_becomes_chordal(seed in any::<u64>()) {
        let graph = AnyGraph::new(seed);
        let order = contraction_order(&graph.at, &graph.ends);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..graph.at.len() as u32).collect::<Vec<_>>());
        let h = Hierarchy::of_graph(&graph.at, &graph.ends);
        prop_assert_eq!(h.order(), order);
        for v in 0..graph.at.len() as u32 {
            let up = &h.up_head[h.up(v)];
            prop_assert!(up.windows(2).all(|p| p[0] < p[1]) && up.iter().all(|&u| u > v));
            prop_assert_eq!(h.parent[v as usize], up.first().copied().unwrap_or(NONE));
            for (i, &a) in up.iter().enumerate() {
                for &b in &up[i + 1..] {
                    prop_assert!(h.between(a, b).is_some());
                }
            }
        }
    }
}
