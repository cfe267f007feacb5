//! What walking between the places of a plan takes. Kept from plan to plan: most teams stand where
//! they stood, and a street search costs a thousand times more than looking up.

use crate::ground::Ground;
use assign::{Leg, PlaceNo, Travel};
use kernel::Point;
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// Degrees within which two points are one place of the plan: some twenty metres.
const CELL_DEG: f64 = 0.000_2;
/// Straight metres up to which streets are searched; further than any team is sent, a guess by the
/// straight line keeps plans of a whole city quick.
const BY_STREETS_M: f64 = 2_500.0;
/// Legs kept at most; then they are searched anew.
const KEPT: usize = 600_000;

/// Legs walked so far, and the places they join.
#[derive(Default)]
pub struct Legs {
    /// The ground they were searched on: another one knows other streets.
    ground: Option<Arc<Ground>>,
    cells: HashMap<(i32, i32), u32>,
    points: Vec<Point>,
    known: HashMap<(u32, u32), Leg>,
}

impl Legs {
    /// Forgets what was learned on other ground.
    pub fn stand_on(&mut self, ground: &Arc<Ground>) {
        let same = self.ground.as_ref().is_some_and(|old| Arc::ptr_eq(old, ground));
        if !same || self.known.len() > KEPT {
            *self = Self { ground: Some(Arc::clone(ground)), ..Self::default() };
        }
    }

    fn cell(&mut self, at: Point) -> u32 {
        let of = |degrees: f64| (degrees / CELL_DEG).floor() as i32;
        let next = self.points.len() as u32;
        let cell = *self.cells.entry((of(at.lat), of(at.lon))).or_insert(next);
        if cell == next {
            self.points.push(at);
        }
        cell
    }

    fn leg(&mut self, from: u32, to: u32) -> Leg {
        // On foot a way is as long in both directions.
        let ends = (from.min(to), from.max(to));
        if let Some(leg) = self.known.get(&ends) {
            return *leg;
        }
        let [a, b] = [ends.0, ends.1].map(|end| self.points[end as usize]);
        let Some(ground) = &self.ground else { return Leg::NONE };
        let walk = if a.distance_m(b) > BY_STREETS_M {
            ground.walking.guess(a, b)
        } else {
            ground.walking.shortest(a, b)
        };
        let within = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let leg = Leg { seconds: within(walk.seconds), meters: within(walk.length_m) };
        self.known.insert(ends, leg);
        leg
    }
}

/// The places of one plan, by their numbers in it.
#[derive(Default)]
pub struct Places {
    cells: Vec<u32>,
    by_cell: HashMap<u32, PlaceNo>,
}

impl Places {
    /// The number of a point, given now if it has none.
    pub fn number(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        let cell = legs.cell(at);
        let next = PlaceNo(self.cells.len() as u32);
        let number = *self.by_cell.entry(cell).or_insert(next);
        if number == next {
            self.cells.push(cell);
        }
        number
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// Seconds from one to another.
    pub fn seconds(&self, legs: &mut Legs, from: PlaceNo, to: PlaceNo) -> i32 {
        if from == to {
            return 0;
        }
        legs.leg(self.cells[from.0 as usize], self.cells[to.0 as usize]).seconds
    }
}

/// The walking times as a plan asks for them.
pub struct Asked<'a> {
    places: &'a Places,
    legs: RefCell<&'a mut Legs>,
}

impl<'a> Asked<'a> {
    /// Of these places.
    pub fn of(places: &'a Places, legs: &'a mut Legs) -> Self {
        Self { places, legs: RefCell::new(legs) }
    }
}

impl Travel for Asked<'_> {
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg> {
        let [from, to] = [from, to].map(|place| self.places.cells.get(place.0 as usize).copied());
        Some(self.legs.borrow_mut().leg(from?, to?))
    }
}
