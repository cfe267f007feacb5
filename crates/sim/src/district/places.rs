//! Places people know: stations with exits, bus stops, police boxes, stores.

use super::ground::{SIDE_M, Spot, in_valley};
use super::names::{self, Name};
use super::plan::{Class, Outline, Plan, named, tag};
use super::streets::{Grid, LINES, class_of};
use crate::chance::Chance;

/// A public place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: Name,
    pub(super) spot: Spot,
    /// The street it stands on and the number of its door.
    pub(super) street: Name,
    pub(super) door: usize,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) stations: Vec<Place>,
    pub(super) exits: Vec<Spot>,
    pub(super) bus_stops: Vec<Place>,
    pub(super) police: Vec<(Place, &'static str)>,
    pub(super) stores: Vec<Place>,
}

/// Stores of the programme.
const STORES: usize = 45;
/// No two stores stand closer than this.
const STORES_APART_M: f64 = 150.0;

/// The neighborhood a spot lies in, from the south-west row by row.
pub(super) fn dong_of(spot: Spot) -> usize {
    let third = |metres: f64| ((metres / (SIDE_M / 3.0)).max(0.0) as usize).min(2);
    third(spot.y) * 3 + third(spot.x)
}

/// Finds a spot for each.
pub(super) fn settle(plan: &mut Plan, grid: &Grid, seed: u64) -> Places {
    let mut chance = Chance::of(seed, "places");
    let mut places = Places::default();
    stations(plan, grid, &mut places);
    bus_stops(plan, grid, &mut places);
    police(grid, &mut places);
    stores(grid, &mut places, &mut chance);
    places
}

fn stations(plan: &mut Plan, grid: &Grid, places: &mut Places) {
    let sites = [
        ((16, 16), Name::new("나루역", "Naru Station")),
        ((32, 16), Name::new("미리내구청역", "Mirinae-gu Office Station")),
        ((32, 32), Name::new("한울시장역", "Hanul Market Station")),
    ];
    let rails = [(0, 16), (16, 16), (32, 16), (32, 32), (32, 48)];
    plan.lines.push(Outline {
        corners: rails.into_iter().map(|(column, row)| grid.spot(column, row)).collect(),
        tags: vec![
            tag("railway", "subway"),
            tag("tunnel", "yes"),
            tag("layer", "-2"),
            tag("name", "미리내선"),
            tag("name:en", "Mirinae Line"),
        ],
    });
    for ((column, row), name) in sites {
        let spot = grid.spot(column, row);
        station(plan, spot, &name);
        let east = grid.spot(column + 1, row);
        for (exit, (along, left)) in
            [(34.0, 16.0), (34.0, -16.0), (-34.0, -16.0), (-34.0, 16.0)].into_iter().enumerate()
        {
            let mouth = spot.beside(east, along, left);
            let node = plan.node(mouth);
            if let Some(node) = plan.nodes.get_mut(node) {
                node.tags.extend([
                    tag("railway", "subway_entrance"),
                    tag("ref", (exit + 1).to_string()),
                    tag("name", format!("{} {}번 출구", name.ko, exit + 1)),
                    tag("name:en", format!("{} Exit {}", name.en, exit + 1)),
                ]);
            }
            places.exits.push(mouth);
        }
        places.stations.push(Place { name, spot, street: names::street(row, true), door: 1 });
    }
}

/// A subway station as the map has it.
pub(super) fn station(plan: &mut Plan, spot: Spot, name: &Name) {
    let node = plan.node(spot);
    if let Some(node) = plan.nodes.get_mut(node) {
        node.tags.extend([tag("railway", "station"), tag("station", "subway")]);
        node.tags.extend(named(name));
    }
}

fn bus_stops(plan: &mut Plan, grid: &Grid, places: &mut Places) {
    for line in (0..LINES).filter(|line| class_of(*line) <= Class::Street) {
        for eastward in [true, false] {
            for at in (3..LINES - 3).step_by(8) {
                let (column, row) = if eastward { (at, line) } else { (line, at) };
                let ahead = if eastward { (column + 1, row) } else { (column, row + 1) };
                let (here, there) = (grid.spot(column, row), grid.spot(ahead.0, ahead.1));
                let built =
                    grid.node(column, row).is_some() && grid.node(ahead.0, ahead.1).is_some();
                if in_valley(here) || in_valley(there) || !built {
                    continue;
                }
                let left = if (at / 8) % 2 == 0 { 8.0 } else { -8.0 };
                let spot = here.beside(there, 24.0, left);
                let name = names::bus_stop(places.bus_stops.len());
                let node = plan.node(spot);
                if let Some(node) = plan.nodes.get_mut(node) {
                    node.tags.extend([tag("highway", "bus_stop"), tag("bus", "yes")]);
                    node.tags.extend(named(&name));
                }
                places.bus_stops.push(Place {
                    name,
                    spot,
                    street: names::street(line, eastward),
                    door: at * 4 + 1,
                });
            }
        }
    }
}

fn police(grid: &Grid, places: &mut Places) {
    let sites = [
        ((20, 32), Name::new("미리내", "Mirinae"), "경찰서"),
        ((8, 12), Name::new("버들", "Beodeul"), "지구대"),
        ((40, 20), Name::new("한울", "Hanul"), "지구대"),
        ((36, 40), Name::new("새벽", "Saebyeok"), "파출소"),
        ((12, 40), Name::new("언덕", "Eondeok"), "파출소"),
        ((36, 8), Name::new("노을", "Noeul"), "치안센터"),
    ];
    for ((column, row), name, kind) in sites {
        let spot = grid.spot(column, row).beside(grid.spot(column + 1, row), 14.0, 9.0);
        let street = names::street(row, true);
        places.police.push((Place { name, spot, street, door: column * 4 + 2 }, kind));
    }
}

/// Stores stand where people pass: mostly on lanes and streets, some on great streets.
fn stores(grid: &Grid, places: &mut Places, chance: &mut Chance) {
    for _attempt in 0..20_000 {
        if places.stores.len() >= STORES {
            break;
        }
        let (line, at) = (chance.below(LINES), chance.below(LINES - 1));
        let eastward = chance.happens(0.5);
        let liked = match class_of(line) {
            Class::Great => 0.35,
            Class::Street => 0.9,
            Class::Lane => 0.8,
            _ => 0.08,
        };
        let (column, row) = if eastward { (at, line) } else { (line, at) };
        let ahead = if eastward { (column + 1, row) } else { (column, row + 1) };
        let built = grid.node(column, row).is_some() && grid.node(ahead.0, ahead.1).is_some();
        if !chance.happens(liked) || !built {
            continue;
        }
        let here = grid.spot(column, row);
        let side = if chance.happens(0.5) { 7.5 } else { -7.5 };
        let spot = here.beside(grid.spot(ahead.0, ahead.1), chance.between(10.0, 40.0), side);
        let crowded =
            places.stores.iter().any(|other| other.spot.distance_m(spot) < STORES_APART_M);
        if crowded || in_valley(spot) {
            continue;
        }
        let number = places.stores.len();
        let (ko, _en) = names::DONGS[dong_of(spot)];
        let street = names::street(line, eastward);
        let near = if number.is_multiple_of(3) {
            street.ko.clone()
        } else {
            format!("{ko}{}호", number + 1)
        };
        let store = names::store(number, &near);
        let name = Name::new(store.clone(), store);
        places.stores.push(Place { name, spot, street, door: at * 4 + 3 });
    }
}
