//! What is known along a way, counted so that the numbers add up.

use crate::EpochDay;
use crate::facts::{Coverage, LampState};
use crate::light::Light;
use crate::network::Network;
use crate::search::{Stretch, Walk};
use crate::streets::{Place, Streets};
use crate::ways::{WayHome, WayName};
use kernel::Point;

/// Millimetres by light to whole metres that add up to the rounded total: each share rounded
/// down, the missing metres given to the largest remainders.
pub(crate) fn whole_metres(light: Light) -> (u32, [u32; 3]) {
    let parts = [light.lit_mm, light.unlit_mm, light.unknown_mm];
    let sum: u32 = parts.iter().sum();
    let total = (sum + 500) / 1_000;
    let mut metres = parts.map(|p| p / 1_000);
    let missing = total - metres.iter().sum::<u32>();
    let mut order = [0, 1, 2];
    order.sort_by_key(|&i| std::cmp::Reverse(parts[i] % 1_000));
    for &i in order.iter().take(missing as usize) {
        metres[i] += 1;
    }
    (total, metres)
}

/// The facts of one kind passed on a way, each once.
fn passed(walk: &Walk, coverage: &Coverage, counts: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut found = Vec::new();
    for s in &walk.stretches {
        let (from, to) = s.span();
        for c in coverage.of(s.edge) {
            if c.from_mm <= to && c.to_mm >= from && counts(c.fact) {
                found.push(c.fact);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn light_along(network: &Network, walk: &Walk) -> Light {
    let mut light = Light::default();
    for s in &walk.stretches {
        let whole = s.length_mm() == network.streets().edge_length_mm(s.edge);
        light += if whole {
            network.light(s.edge)
        } else {
            network.light_on(s.edge, s.from_mm.min(s.to_mm), s.from_mm.max(s.to_mm))
        };
    }
    light
}

/// Flights and millimetres of steps. Steps that go on over a junction are one flight.
fn steps_along(streets: &Streets, walk: &Walk) -> (u32, u32) {
    let (mut flights, mut length_mm, mut on_steps) = (0, 0, false);
    for s in &walk.stretches {
        let (from, to) = s.span();
        let mut runs: Vec<(u32, bool)> = Vec::new();
        let mut at = 0;
        for (end, nature) in streets.edge_natures(s.edge) {
            let seen = end.min(to).saturating_sub(at.max(from));
            if seen > 0 {
                runs.push((seen, nature.steps));
            }
            at = end;
        }
        if s.from_mm > s.to_mm {
            runs.reverse();
        }
        for (mm, steps) in runs {
            if steps {
                length_mm += mm;
                flights += u32::from(!on_steps);
            }
            on_steps = steps;
        }
    }
    (flights, length_mm)
}

/// The line of a way.
pub(crate) fn line(streets: &Streets, walk: &Walk, from: &Place) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::with_capacity(walk.stretches.len() * 4 + 2);
    line.push(from.at);
    for s in &walk.stretches {
        append(streets, s, &mut line);
    }
    line
}

fn append(streets: &Streets, s: &Stretch, line: &mut Vec<Point>) {
    let range = streets.point_range(s.edge);
    let (spots, along) = (&streets.points[range.clone()], &streets.along_mm[range]);
    let forward = s.from_mm < s.to_mm;
    let (low, high) = s.span();
    let inner = along.partition_point(|&mm| mm <= low)..along.partition_point(|&mm| mm < high);
    let inner = inner.start..inner.end.max(inner.start);
    if forward {
        line.extend(spots[inner].iter().map(|&p| Point::from(p)));
    } else {
        line.extend(spots[inner].iter().rev().map(|&p| Point::from(p)));
    }
    let last = if s.to_mm == 0 {
        spots.first().map(|&p| Point::from(p))
    } else if Some(&s.to_mm) == along.last() {
        spots.last().map(|&p| Point::from(p))
    } else {
        Some(streets.point_along(s.edge, s.to_mm))
    };
    line.extend(last);
}

/// Seconds at the pace of the level and of steps.
fn duration_s(network: &Network, walk: &Walk, steps_mm: u32) -> u32 {
    let pace = &network.weights().pace;
    let level_m = (walk.length_mm() as f64 - f64::from(steps_mm)) / 1_000.0;
    let seconds = level_m / pace.level_m_s + f64::from(steps_mm) / 1_000.0 / pace.steps_m_s;
    seconds.round() as u32
}

/// Metres and seconds of a walk, as [`explain`] says them.
pub(crate) fn measured(network: &Network, walk: &Walk) -> (u32, u32) {
    let (_, steps_mm) = steps_along(network.streets(), walk);
    let length_m = (walk.length_mm() + 500) / 1_000;
    (length_m as u32, duration_s(network, walk, steps_mm))
}

/// Everything that is said about a way.
pub(crate) fn explain(
    network: &Network,
    name: WayName,
    walk: Walk,
    cost_mm: u64,
    from: &Place,
    to: &Place,
) -> WayHome {
    let streets = network.streets();
    let facts = network.facts();
    let cover = network.coverages();
    let light = light_along(network, &walk);
    let (length_m, [lit_m, unlit_m, unknown_m]) = whole_metres(light);
    let (steps, steps_mm) = steps_along(streets, &walk);
    let duration_s = duration_s(network, &walk, steps_mm);
    let lamps =
        passed(&walk, &cover.lamps, |l| facts.lamps[l as usize].state != LampState::Unknown);
    let cameras = passed(&walk, &cover.cameras, |_| true);
    let bells = passed(&walk, &cover.bells, |_| true);
    let havens = passed(&walk, &cover.havens, |h| facts.havens[h as usize].open);
    let crossings = passed(&walk, &cover.crossings, |_| true);
    let days = lamps
        .iter()
        .map(|&l| facts.lamps[l as usize].checked)
        .chain(cameras.iter().map(|&c| facts.cameras[c as usize].checked))
        .chain(bells.iter().map(|&b| facts.bells[b as usize].checked))
        .chain(havens.iter().map(|&h| facts.havens[h as usize].checked))
        .chain([streets.dated()]);
    let oldest: Option<EpochDay> = days.flatten().min();
    let out = |&&l: &&u32| facts.lamps[l as usize].state == LampState::Out;
    WayHome {
        name,
        length_m,
        lit_m,
        unlit_m,
        unknown_m,
        cameras: cameras.len() as u32,
        bells: bells.len() as u32,
        havens,
        steps,
        steps_m: (steps_mm + 500) / 1_000,
        crossings: crossings.len() as u32,
        lamps_out: lamps.iter().filter(out).count() as u32,
        oldest,
        duration_s,
        cost_m: ((cost_mm + 500) / 1_000) as u32,
        from_off_m: from.off_m,
        to_off_m: to.off_m,
        geometry: line(streets, &walk, from),
        walk,
    }
}

#[cfg(test)]
mod tests;
