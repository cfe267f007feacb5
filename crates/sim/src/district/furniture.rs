//! What stands in the street: lamps with gaps, cameras, emergency bells.

use super::ground::{Spot, paced};
use super::names::WITHOUT_REGISTER;
use super::places::{Places, dong_of};
use super::plan::{Class, Plan};
use super::streets::Grid;
use crate::chance::Chance;

/// Metres between lamps of one street.
const LAMPS_APART_M: f64 = 30.0;

/// Everything that stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Furniture {
    /// Lamps of great streets and streets (가로등).
    pub(super) street_lights: Vec<Spot>,
    /// Lamps of lanes and alleys (보안등).
    pub(super) security_lights: Vec<Spot>,
    /// Cameras, with how many hang on the pole.
    pub(super) cameras: Vec<(Spot, usize)>,
    /// Emergency bells.
    pub(super) bells: Vec<Spot>,
}

/// Puts everything up.
pub(super) fn put_up(plan: &Plan, grid: &Grid, places: &Places, seed: u64) -> Furniture {
    let mut furniture = Furniture::default();
    lamps(plan, &mut furniture, &mut Chance::of(seed, "lamps"));
    cameras(plan, grid, &mut furniture, &mut Chance::of(seed, "cameras"));
    bells(plan, places, &mut furniture, &mut Chance::of(seed, "bells"));
    furniture
}

/// A lamp about every 30 m; whole blocks of some streets have none, and two neighborhoods have
/// lamps that nobody wrote down.
fn lamps(plan: &Plan, furniture: &mut Furniture, chance: &mut Chance) {
    for way in &plan.ways {
        let gap = match way.class {
            Class::Great => 0.02,
            Class::Street => 0.06,
            Class::Lane => 0.12,
            Class::Alley => 0.24,
            Class::Steps => 0.3,
            Class::Path => 0.55,
        };
        let line = plan.line(way);
        for pair in line.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            if chance.happens(gap) {
                continue;
            }
            let sides: &[f64] = if way.class == Class::Great { &[11.0, -11.0] } else { &[3.5] };
            for (count, spot) in paced(from, to, LAMPS_APART_M).skip(1).enumerate() {
                for side in sides {
                    let left = if count % 2 == 0 { *side } else { -*side };
                    let lamp = spot.beside(to, chance.around(4.0).min(0.0), left);
                    let lamp = if spot == to { spot.beside(from, 2.0, left) } else { lamp };
                    if WITHOUT_REGISTER.contains(&dong_of(lamp)) {
                        continue;
                    }
                    if way.class <= Class::Street {
                        furniture.street_lights.push(lamp);
                    } else {
                        furniture.security_lights.push(lamp);
                    }
                }
            }
        }
    }
}

fn cameras(plan: &Plan, grid: &Grid, furniture: &mut Furniture, chance: &mut Chance) {
    for crossing in grid.crossings() {
        if chance.happens(0.12) {
            let spot = plan.spot(crossing);
            let pole = Spot::new(spot.x + chance.around(4.0), spot.y + chance.around(4.0));
            furniture.cameras.push((pole, 1 + chance.below(4)));
        }
    }
}

/// Bells hang at station exits, along the stream, in the woods and on some alleys.
fn bells(plan: &Plan, places: &Places, furniture: &mut Furniture, chance: &mut Chance) {
    furniture.bells.extend(places.exits.iter().step_by(2));
    for way in &plan.ways {
        let likely = match way.class {
            Class::Path => 0.25,
            Class::Alley => 0.03,
            Class::Steps => 0.08,
            _ => 0.0,
        };
        for spot in plan.line(way).into_iter().step_by(3) {
            if chance.happens(likely) {
                furniture.bells.push(Spot::new(spot.x + chance.around(2.0), spot.y + 2.0));
            }
        }
    }
}
