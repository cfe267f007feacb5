//! What walking between the places of a plan takes. Kept from plan to plan: most teams stand where
//! they stood, and a street search costs a thousand times more than looking up.

use crate::ground::Ground;
use assign::{Leg, PlaceNo, Travel};
use kernel::Point;
use rustc_hash::FxHashMap;
use std::{cell::RefCell, sync::Arc};

/// Degrees within which two points are one place of the plan: some twenty metres.
const CELL_DEG: f64 = 0.000_2;
/// Straight metres up to which streets are searched; further than any team is sent, a guess by the
/// straight line keeps plans of a whole city quick.
const BY_STREETS_M: f64 = 2_500.0;
/// Legs kept at most; then they are searched anew.
const KEPT: usize = 600_000;

/// The cell of a team that has no post: where it ends its night is nobody's concern.
const ANYWHERE: u32 = u32::MAX;

/// Legs walked so far, and the places they join.
#[derive(Default)]
pub struct Legs {
    /// The ground they were searched on: another one knows other streets.
    ground: Option<Arc<Ground>>,
    cells: FxHashMap<(i32, i32), u32>,
    points: Vec<Point>,
    known: FxHashMap<(u32, u32), Leg>,
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

    /// Seconds from one point to another.
    pub fn seconds(&mut self, from: Point, to: Point) -> i32 {
        let (from, to) = (self.cell(from), self.cell(to));
        self.leg(from, to).seconds
    }

    fn leg(&mut self, from: u32, to: u32) -> Leg {
        if from == to || from == ANYWHERE || to == ANYWHERE {
            return Leg { seconds: 0, meters: 0 };
        }
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

/// The places of one plan, by their numbers in it. Where teams stand and where somebody is met, where
/// she lives or a team has its post are told apart, though they be the same: nobody walks to a
/// stand, so the plan asks for no way there.
#[derive(Default)]
pub struct Places {
    /// Each place's cell, and whether it is a goal.
    cells: Vec<(u32, bool)>,
    numbers: FxHashMap<(u32, bool), PlaceNo>,
}

impl Places {
    /// The number of a place a team sets out from, given now if it has none.
    pub fn stand(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        self.number((legs.cell(at), false))
    }

    /// The number of a place a team walks to, given now if it has none.
    pub fn goal(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        self.number((legs.cell(at), true))
    }

    /// The number of no place in particular, which is no walk from anywhere.
    pub fn anywhere(&mut self) -> PlaceNo {
        self.number((ANYWHERE, true))
    }

    fn number(&mut self, place: (u32, bool)) -> PlaceNo {
        let next = PlaceNo(self.cells.len() as u32);
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            self.cells.push(place);
        }
        number
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// Seconds from one to another.
    pub fn seconds(&self, legs: &mut Legs, from: PlaceNo, to: PlaceNo) -> i32 {
        let (from, to) = (self.cells[from.0 as usize].0, self.cells[to.0 as usize].0);
        legs.leg(from, to).seconds
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
        Some(self.legs.borrow_mut().leg(from?.0, to?.0))
    }

    fn is_goal(&self, place: PlaceNo) -> bool {
        self.places.cells.get(place.0 as usize).is_some_and(|(_, goal)| *goal)
    }
}
