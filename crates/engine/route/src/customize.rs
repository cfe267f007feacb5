//! Weights laid on the hierarchy: every shortcut gets the least weight of the ways below it.
//!
//! Ranks are taken from the lowest up. For rank `x` a row of working memory holds the weights of
//! its shortcuts by head; for each rank `z` below it, the shortcuts `z–x` and `z–y` bound `x–y`.
//! Everything touched is final by then, and the row stays in the first-level cache. Several
//! metrics are customized at once in lanes: the walk over the triangles is paid once.

use crate::hierarchy::{Hierarchy, NONE};
use crate::streets::Edge;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

/// More than any way weighs; the sum of two still fits.
pub const FAR: u32 = u32::MAX / 2;

/// Weights on a hierarchy, millimetres. A way over about 2,000 km of weight is no way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    pub(crate) weight: Vec<u32>,
}

impl Hierarchy {
    /// Lays one weight per edge on the hierarchy.
    pub fn customize(&self, weights: &[u32]) -> Metric {
        let [metric] = self.customize_lanes(|e| [weights[e as usize]]);
        metric
    }

    /// Lays `N` weights per edge on the hierarchy at once: much cheaper than one after another.
    pub fn customize_lanes<const N: usize>(
        &self,
        weights: impl Fn(Edge) -> [u32; N],
    ) -> [Metric; N] {
        let mut lanes = vec![[FAR; N]; self.shortcut_count()];
        for (edge, &shortcut) in self.shortcut_of.iter().enumerate() {
            if shortcut != NONE {
                least(&mut lanes[shortcut as usize], &weights(edge as Edge));
            }
        }
        let mut row = vec![[FAR; N]; self.parent.len()];
        for x in 0..self.parent.len() as u32 {
            let mine = self.up(x);
            let below = self.below(x);
            if below.is_empty() || mine.is_empty() {
                continue;
            }
            for (&y, weight) in self.up_head[mine.clone()].iter().zip(&lanes[mine.clone()]) {
                row[y as usize] = *weight;
            }
            for b in below {
                let first = lanes[b.shortcut as usize];
                let rest = b.shortcut as usize + 1..self.up_first[b.tail as usize + 1] as usize;
                for (&y, second) in self.up_head[rest.clone()].iter().zip(&lanes[rest]) {
                    let mut sum = first;
                    for (s, w) in sum.iter_mut().zip(second) {
                        *s += w;
                    }
                    least(&mut row[y as usize], &sum);
                }
            }
            for (&y, weight) in self.up_head[mine.clone()].iter().zip(&mut lanes[mine]) {
                *weight = row[y as usize];
                least(weight, &[FAR; N]);
            }
        }
        std::array::from_fn(|lane| Metric { weight: lanes.iter().map(|w| w[lane]).collect() })
    }

    /// Takes in that some edges changed their weight: only the shortcuts that rest on them are
    /// looked at again. The result is exactly that of customizing anew.
    pub fn update(&self, metric: &mut Metric, changed: &[Edge], weight: impl Fn(Edge) -> u32) {
        if self.better_anew(changed.len()) {
            let [anew] = self.customize_lanes(|e| [weight(e)]);
            *metric = anew;
            return;
        }
        self.update_few(metric, changed, weight);
    }

    /// Whether so many changes are sooner taken in by customizing anew: one touches some hundreds
    /// of shortcuts.
    pub(crate) fn better_anew(&self, changes: usize) -> bool {
        changes * 256 > self.shortcut_of.len()
    }

    /// [`Self::update`] shortcut by shortcut.
    pub(crate) fn update_few(
        &self,
        metric: &mut Metric,
        changed: &[Edge],
        weight: impl Fn(Edge) -> u32,
    ) {
        let mut queue: BinaryHeap<Reverse<(u32, u32)>> = BinaryHeap::new();
        let mut queued: HashSet<u32> = HashSet::new();
        for &edge in changed {
            let shortcut = self.shortcut_of[edge as usize];
            if shortcut != NONE && queued.insert(shortcut) {
                queue.push(Reverse((self.tail[shortcut as usize], shortcut)));
            }
        }
        // tails grow: whatever a shortcut rests on has a lower tail and is final
        while let Some(Reverse((x, shortcut))) = queue.pop() {
            let y = self.up_head[shortcut as usize];
            let old = metric.weight[shortcut as usize];
            let new = self.least_below(metric, x, y, shortcut, &weight);
            if new == old {
                continue;
            }
            metric.weight[shortcut as usize] = new;
            for other in self.up(x).filter(|&o| o != shortcut as usize) {
                let u = self.up_head[other];
                let (low, high) = (y.min(u), y.max(u));
                let Some(above) = self.between(low, high) else { continue };
                let beside = metric.weight[other];
                let now = metric.weight[above as usize];
                // it rested on the old weight, or the new one is better
                let matters = old + beside == now || new + beside < now;
                if matters && queued.insert(above) {
                    queue.push(Reverse((low, above)));
                }
            }
        }
    }

    /// What a shortcut weighs by its edges and everything below it.
    fn least_below(
        &self,
        metric: &Metric,
        x: u32,
        y: u32,
        shortcut: u32,
        weight: &impl Fn(Edge) -> u32,
    ) -> u32 {
        let own = self.edges_on(shortcut).iter().map(|&e| weight(e)).min().unwrap_or(FAR);
        let mut best = own.min(FAR);
        self.triangles(x, y, |low, high| {
            best = best.min(metric.weight[low as usize] + metric.weight[high as usize]);
        });
        best
    }

    /// Every pair of shortcuts `z–x`, `z–y` from a rank `z` below both.
    fn triangles(&self, x: u32, y: u32, mut each: impl FnMut(u32, u32)) {
        let (mut a, mut b) = (self.below(x), self.below(y));
        while let (Some(p), Some(q)) = (a.first(), b.first()) {
            match p.tail.cmp(&q.tail) {
                std::cmp::Ordering::Less => a = &a[1..],
                std::cmp::Ordering::Greater => b = &b[1..],
                std::cmp::Ordering::Equal => {
                    each(p.shortcut, q.shortcut);
                    (a, b) = (&a[1..], &b[1..]);
                }
            }
        }
    }
}

fn least<const N: usize>(into: &mut [u32; N], other: &[u32; N]) {
    for (a, b) in into.iter_mut().zip(other) {
        *a = (*a).min(*b);
    }
}
