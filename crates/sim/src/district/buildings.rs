//! Buildings: each cell of the grid is cut into lots, set back from the street.

use super::ground::{SLOPE_M, Spot, WOODS_M, in_valley, stream_x, to_summit_m};
use super::names::{self, Name};
use super::plan::{Class, Outline, Plan, named, tag};
use super::streets::{Grid, LINES, class_of};
use crate::chance::Chance;

/// Fills the cells.
pub(super) fn build(plan: &mut Plan, grid: &Grid, seed: u64) {
    let mut chance = Chance::of(seed, "buildings");
    for row in 0..LINES - 1 {
        for column in 0..LINES - 1 {
            let cell = [
                grid.spot(column, row),
                grid.spot(column + 1, row),
                grid.spot(column + 1, row + 1),
                grid.spot(column, row + 1),
            ];
            let taken = |spot: &Spot| in_valley(*spot) || to_summit_m(*spot) < WOODS_M;
            let left = cell.iter().filter(|spot| spot.x < stream_x(spot.y)).count();
            if cell.iter().any(taken) || !(left == 0 || left == 4) {
                continue;
            }
            let busy = [row, row + 1].into_iter().chain([column, column + 1]);
            let busiest = busy.map(class_of).min().unwrap_or(Class::Alley);
            if chance.happens(0.025) {
                open_ground(plan, &cell, column + row, &mut chance);
            } else {
                lots(plan, &cell, busiest, &mut chance);
            }
        }
    }
}

/// The spot at these shares of the way east and north through a cell.
fn within(cell: &[Spot; 4], east: f64, north: f64) -> Spot {
    cell[0].toward(cell[1], east).toward(cell[3].toward(cell[2], east), north)
}

fn quad(cell: &[Spot; 4], (west, east): (f64, f64), (south, north): (f64, f64)) -> Vec<Spot> {
    vec![
        within(cell, west, south),
        within(cell, east, south),
        within(cell, east, north),
        within(cell, west, north),
    ]
}

/// A playground, a school yard or a parking lot instead of houses.
fn open_ground(plan: &mut Plan, cell: &[Spot; 4], number: usize, chance: &mut Chance) {
    let corners = quad(cell, (0.12, 0.88), (0.12, 0.88));
    let mut tags = match chance.below(3) {
        0 => vec![tag("amenity", "parking")],
        1 => vec![tag("amenity", "school")],
        _ => vec![tag("leisure", "park")],
    };
    if tags.iter().all(|(_, value)| value != "parking") {
        let stop = names::bus_stop(number);
        let kind = if tags.iter().any(|(_, value)| value == "park") {
            ("어린이공원", "Children's Park")
        } else {
            ("초등학교", "Elementary School")
        };
        let root = |text: &str| text.chars().take(2).collect::<String>();
        let first = stop.en.split(' ').next().unwrap_or_default();
        let name =
            Name::new(format!("{}{}", root(&stop.ko), kind.0), format!("{first} {}", kind.1));
        tags.extend(named(&name));
    }
    plan.outlines.push(Outline { corners, tags });
}

fn lots(plan: &mut Plan, cell: &[Spot; 4], busiest: Class, chance: &mut Chance) {
    let (across, deep, set_back, kind, floors) = match busiest {
        Class::Great => (2, 1, 0.17, "commercial", (5.0, 15.0)),
        Class::Street => (2, 2, 0.13, "retail", (3.0, 7.0)),
        Class::Lane => (3, 2, 0.1, "yes", (2.0, 6.0)),
        _ => (3, 2, 0.08, "apartments", (2.0, 5.0)),
    };
    let hilly = to_summit_m(cell[0]) < SLOPE_M;
    for lot_row in 0..deep {
        for lot_column in 0..across {
            if chance.happens(0.1) {
                continue;
            }
            let share = |lot: usize, lots: usize| {
                let wide = (1.0 - 2.0 * set_back) / lots as f64;
                (set_back + wide * lot as f64, set_back + wide * (lot + 1) as f64)
            };
            let ((west, east), (south, north)) = (share(lot_column, across), share(lot_row, deep));
            let gap = || 0.018;
            let trimmed = |low: f64, high: f64, by: f64| (low + gap(), high - gap() - by);
            let corners = quad(
                cell,
                trimmed(west, east, chance.between(0.0, 0.05)),
                trimmed(south, north, chance.between(0.0, 0.06)),
            );
            let kind = if hilly { "house" } else { kind };
            let levels = if hilly { 2.0 } else { chance.between(floors.0, floors.1) };
            plan.outlines.push(Outline {
                corners,
                tags: vec![
                    tag("building", kind),
                    tag("building:levels", (levels as usize).to_string()),
                ],
            });
        }
    }
}
