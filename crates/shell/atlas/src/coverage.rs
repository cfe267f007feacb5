//! How much of the streets the lamp tables know: the figure that keeps missing data from being
//! taken for darkness.

use crate::{Boundary, Districts};
use kernel::Point;
use route::Streets;
use serde::{Deserialize, Serialize};

/// A street is taken to be known as lit where a known lamp stands within this many metres.
pub const LIT_WITHIN_M: f64 = 25.0;

/// What the lamp tables know of one district's streets. It says nothing about where it is dark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The district, as its boundary names it.
    pub district: String,
    /// Length of its walkable streets and paths, metres.
    pub street_m: u64,
    /// Length within [`LIT_WITHIN_M`] of a known lamp, metres.
    pub near_lamp_m: u64,
    /// The one by the other, 0 to 1, to three decimals; 0 when there is no street.
    pub share: f64,
    /// Known lamps that stand in the district.
    pub lamps: u64,
}

/// The coverage of each district that any street reaches, in the order given. Streets in none are
/// counted under `elsewhere`; without outlines that is the whole map.
pub fn coverage(
    streets: &Streets,
    lamps: &[Point],
    outlines: &[&Boundary],
    elsewhere: &str,
) -> Vec<Coverage> {
    let districts = Districts::of(outlines.iter().copied());
    let names: Vec<&str> = districts.names().iter().copied().chain([elsewhere]).collect();
    let mut sums = vec![Sum::default(); names.len()];
    let place = |point| districts.at(point).unwrap_or(names.len() - 1);
    for (edge, near) in (0..).zip(&near_lamps(streets, lamps)) {
        let length_mm = streets.edge_length_mm(edge);
        let points: Vec<Point> = streets.edge_spots(edge).iter().map(|s| Point::from(*s)).collect();
        for (from_mm, to_mm, middle) in pieces(&points, length_mm) {
            if let Some(sum) = sums.get_mut(place(middle)) {
                sum.street_mm += u64::from(to_mm - from_mm);
                sum.near_mm += near
                    .iter()
                    .map(|(from, to)| u64::from(to.min(&to_mm).saturating_sub(*from.max(&from_mm))))
                    .sum::<u64>();
            }
        }
    }
    for lamp in lamps {
        if let Some(sum) = sums.get_mut(place(*lamp)) {
            sum.lamps += 1;
        }
    }
    names
        .iter()
        .zip(sums)
        .filter(|(_, sum)| sum.street_mm > 0)
        .map(|(name, sum)| Coverage {
            district: (*name).to_owned(),
            street_m: sum.street_mm / 1_000,
            near_lamp_m: sum.near_mm / 1_000,
            share: (sum.near_mm as f64 / sum.street_mm as f64 * 1_000.0).round() / 1_000.0,
            lamps: sum.lamps,
        })
        .collect()
}

#[derive(Clone, Default)]
struct Sum {
    street_mm: u64,
    near_mm: u64,
    lamps: u64,
}

/// For each edge the stretches near a lamp, millimetres along it, apart from one another.
fn near_lamps(streets: &Streets, lamps: &[Point]) -> Vec<Vec<(u32, u32)>> {
    let mut near: Vec<Vec<(u32, u32)>> = vec![Vec::new(); streets.edge_count()];
    for lamp in lamps {
        streets.near(*lamp, LIT_WITHIN_M, |edge, from, to| {
            if let Some(stretches) = near.get_mut(edge as usize) {
                stretches.push((from, to));
            }
        });
    }
    for stretches in &mut near {
        stretches.sort_unstable();
        let mut apart: Vec<(u32, u32)> = Vec::new();
        for (from, to) in stretches.drain(..) {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        *stretches = apart;
    }
    near
}

/// The straight pieces of an edge: from and to along it, millimetres, and the middle. Lengths are
/// scaled so that they add up to the edge's.
fn pieces(points: &[Point], length_mm: u32) -> Vec<(u32, u32, Point)> {
    let steps: Vec<f64> =
        points.iter().zip(points.iter().skip(1)).map(|(a, b)| a.distance_m(*b)).collect();
    let total: f64 = steps.iter().sum();
    let mut along = 0.0;
    let mut from_mm = 0;
    points
        .iter()
        .zip(points.iter().skip(1))
        .zip(steps)
        .map(|((a, b), step)| {
            along += step;
            let share = if total > 0.0 { along / total } else { 1.0 };
            let to_mm = ((share * f64::from(length_mm)).round() as u32).clamp(from_mm, length_mm);
            let middle =
                Point { lat: f64::midpoint(a.lat, b.lat), lon: f64::midpoint(a.lon, b.lon) };
            (std::mem::replace(&mut from_mm, to_mm), to_mm, middle)
        })
        .collect()
}

#[cfg(test)]
mod tests;
