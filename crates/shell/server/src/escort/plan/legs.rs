//! What walking between the places of a plan takes. Kept from plan to plan: most teams stand where
//! they stood, and a street search costs a thousand times more than looking up.

use crate::ground::{Ground, WalkTime};
use assign::{Leg, PlaceNo, Travel};
use kernel::{Point, place::EARTH_RADIUS_M};
use rustc_hash::FxHashMap;
use std::{cell::RefCell, sync::Arc};

/// Degrees within which two points are one place of the plan: some twenty metres.
const CELL_DEG: f64 = 0.000_2;
/// Straight metres up to which streets are searched; further than any team is sent, a guess by the
/// straight line keeps plans of a whole city quick.
const BY_STREETS_M: f64 = 2_500.0;
/// Searched legs kept at most, twice over: some tens of megabytes.
const KEPT: usize = 600_000;

/// Ways that may be known and not asked for before any is forgotten: 8 MB of them.
const ROOM: usize = 1 << 20;

/// The cell of a team that has no post: where it ends its night is nobody's concern.
const ANYWHERE: u32 = u32::MAX;

/// A place and, for guesses, where it lies on a flat map, metres.
#[derive(Clone, Copy)]
struct Spot {
    at: Point,
    east_m: f64,
    north_m: f64,
}

impl Spot {
    /// On a map that is true around `origin`: across a city the error is a few in ten thousand.
    fn of(at: Point, origin: Point) -> Self {
        let meters = |degrees: f64| degrees.to_radians() * EARTH_RADIUS_M;
        Self {
            at,
            east_m: meters(at.lon - origin.lon) * origin.lat.to_radians().cos(),
            north_m: meters(at.lat - origin.lat),
        }
    }

    fn distance_m(self, other: Self) -> f64 {
        (self.east_m - other.east_m).hypot(self.north_m - other.north_m)
    }
}

/// Legs that were searched, by their ends: those looked up since the last turn, and those of the
/// turn before. What no plan asks for any more, since a team has walked on, is forgotten; what every plan
/// asks for never is, or each would be searched anew at once.
#[derive(Default)]
struct Searched {
    lately: FxHashMap<(u32, u32), Leg>,
    before: FxHashMap<(u32, u32), Leg>,
}

impl Searched {
    fn or_search(&mut self, ends: (u32, u32), search: impl FnOnce() -> Leg) -> Leg {
        if let Some(leg) = self.lately.get(&ends) {
            return *leg;
        }
        let leg = self.before.remove(&ends).unwrap_or_else(search);
        self.lately.insert(ends, leg);
        leg
    }

    /// Forgets what was not looked up for a whole turn, if it is time for one. Never in the middle of a plan.
    fn turn(&mut self) {
        if self.lately.len() > KEPT {
            self.before = std::mem::take(&mut self.lately);
        }
    }
}

/// Legs walked so far, and the places they join.
#[derive(Default)]
pub struct Legs {
    /// The ground they were searched on: another one knows other streets.
    ground: Option<Arc<Ground>>,
    cells: FxHashMap<(i32, i32), u32>,
    spots: Vec<Spot>,
    searched: Searched,
}

impl Legs {
    /// Before a plan is drawn: forgets what was learned on other ground, and what is long past. Whether
    /// it is the ground of before.
    pub fn stand_on(&mut self, ground: &Arc<Ground>) -> bool {
        let same = self.ground.as_ref().is_some_and(|old| Arc::ptr_eq(old, ground));
        if !same {
            *self = Self { ground: Some(Arc::clone(ground)), ..Self::default() };
        }
        self.searched.turn();
        same
    }

    fn cell(&mut self, at: Point) -> u32 {
        let of = |degrees: f64| (degrees / CELL_DEG).floor() as i32;
        let next = self.spots.len() as u32;
        let cell = *self.cells.entry((of(at.lat), of(at.lon))).or_insert(next);
        if cell == next {
            let origin = self.spots.first().map_or(at, |first| first.at);
            self.spots.push(Spot::of(at, origin));
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
        let Some(ground) = &self.ground else { return Leg::NONE };
        let [a, b] = [from, to].map(|end| self.spots[end as usize]);
        let straight_m = a.distance_m(b);
        // A guess costs less than looking it up.
        if straight_m > BY_STREETS_M {
            return leg(&ground.walking.guess(straight_m));
        }
        // On foot a way is as long in both directions.
        let ends = (from.min(to), from.max(to));
        self.searched.or_search(ends, || leg(&ground.walking.shortest(a.at, b.at)))
    }
}

fn leg(walk: &WalkTime) -> Leg {
    let within = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    Leg { seconds: within(walk.seconds), meters: within(walk.length_m) }
}

/// What a place of a plan is there for. One and the same spot may be several.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum For {
    /// A team sets out from it. Nobody walks to it, so the plan asks for no way there.
    Stand,
    /// Somebody is met there, or a team has its post there.
    Goal,
    /// Somebody is walked home to it, from where she was met: from no team's stand.
    Home,
}

/// The places of plans, by their numbers, which stay from plan to plan.
#[derive(Default)]
pub struct Places {
    /// Each place's cell, and what it is there for.
    cells: Vec<(u32, For)>,
    numbers: FxHashMap<(u32, For), PlaceNo>,
    /// Whether the plan in hand has asked for each.
    asked: Vec<bool>,
}

impl Places {
    /// Before a plan is drawn. When most of what is known was not asked for by the plan before, it is
    /// forgotten: the numbers of before of those that are left, in the order of their new ones.
    pub fn begin(&mut self) -> Option<Vec<PlaceNo>> {
        let size = |of: &mut dyn Iterator<Item = &(u32, For)>| {
            let (places, goals) = of.fold((0, 0), |(places, goals), (_, what)| {
                (places + 1, goals + usize::from(*what != For::Stand))
            });
            places * goals
        };
        let asked = |at: usize| self.asked.get(at).copied().unwrap_or(false);
        let known = size(&mut self.cells.iter());
        let mut lately = self.cells.iter().enumerate().filter(|(at, _)| asked(*at));
        let worn = known > 2 * size(&mut lately.by_ref().map(|(_, place)| place)) + ROOM;
        let kept: Option<Vec<usize>> =
            worn.then(|| (0..self.cells.len()).filter(|at| asked(*at)).collect());
        if let Some(kept) = &kept {
            self.cells = kept.iter().map(|at| self.cells[*at]).collect();
            let numbered = self.cells.iter().enumerate();
            self.numbers = numbered.map(|(at, place)| (*place, PlaceNo(at as u32))).collect();
        }
        self.asked = vec![false; self.cells.len()];
        kept.map(|kept| kept.into_iter().map(|at| PlaceNo(at as u32)).collect())
    }

    /// The number of a place a team sets out from, given now if it has none.
    pub fn stand(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        self.number((legs.cell(at), For::Stand))
    }

    /// The number of a place somebody is met at or a team has its post at, given now if it has none.
    pub fn goal(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        self.number((legs.cell(at), For::Goal))
    }

    /// The number of a place somebody is walked home to, given now if it has none.
    pub fn home(&mut self, legs: &mut Legs, at: Point) -> PlaceNo {
        self.number((legs.cell(at), For::Home))
    }

    /// The number of no place in particular, which is no walk from anywhere.
    pub fn anywhere(&mut self) -> PlaceNo {
        self.number((ANYWHERE, For::Goal))
    }

    fn number(&mut self, place: (u32, For)) -> PlaceNo {
        let next = PlaceNo(self.cells.len() as u32);
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            self.cells.push(place);
            self.asked.push(true);
        } else if let Some(asked) = self.asked.get_mut(number.0 as usize) {
            *asked = true;
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
        let ((from, stands), (to, goal)) = (from?, to?);
        if stands == For::Stand && goal == For::Home {
            return None;
        }
        Some(self.legs.borrow_mut().leg(from, to))
    }

    fn is_goal(&self, place: PlaceNo) -> bool {
        self.places.cells.get(place.0 as usize).is_some_and(|(_, what)| *what != For::Stand)
    }
}

#[cfg(test)]
mod tests;
