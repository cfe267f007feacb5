//! Walking times between the places of a night, asked once and kept dense.

/// A place, named by its position in the caller's list of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceNo(pub u32);

/// What walking from one place to another takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Seconds at the pace of two people.
    pub seconds: i32,
    /// Metres along the way.
    pub meters: i32,
}

impl Leg {
    /// No way leads there: longer than any night, and small enough that a few of them add up
    /// without overflow.
    pub const NONE: Self = Self { seconds: 1 << 26, meters: 1 << 26 };
}

/// Whoever knows walking times: the router's tables, a matrix, a straight line.
pub trait Travel {
    /// The walk between two places; `None` when no way leads there.
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg>;

    /// Whether anybody ever walks there: somebody is met or brought home there, or a team has its
    /// post there. From everywhere else teams only set out, and nobody asks for ways to it.
    fn is_goal(&self, _place: PlaceNo) -> bool {
        true
    }
}

impl<F: Fn(PlaceNo, PlaceNo) -> Option<Leg>> Travel for F {
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg> {
        self(from, to)
    }
}

/// The row of a place that is no goal.
const NO_ROW: u32 = u32::MAX;
/// Columns kept free at first: one more wish brings two places, and a table of thousands is not moved
/// for them.
const SPARE: usize = 16;

/// Every leg between the places known so far that anybody may walk. Search reads it a hundred
/// million times a second, so nothing is computed in it. A night of many teams and few requests
/// has many places and few goals: only goals have rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The row of each place, or [`NO_ROW`].
    row_of: Vec<u32>,
    /// The goals, by row.
    goals: Vec<PlaceNo>,
    /// Row length: grows by half, so that one more place seldom moves the rest.
    stride: usize,
    /// Seconds to each goal from each place: whoever is asked for reads one row.
    toward: Vec<i32>,
    /// Seconds from each goal to each goal; in columns that are no goals nothing is written.
    away: Vec<i32>,
}

impl Table {
    /// The table of `places` places.
    pub fn new(places: usize, travel: &impl Travel) -> Self {
        let mut table = Self::default();
        table.extend(places, travel);
        table
    }

    /// How many places it knows.
    pub fn places(&self) -> usize {
        self.row_of.len()
    }

    /// Whether anybody can be sent there.
    pub(crate) fn leads_to(&self, place: PlaceNo) -> bool {
        self.row_of.get(place.0 as usize).is_some_and(|row| *row != NO_ROW)
    }

    /// Learns the places up to `places`: a question to `travel` for each new leg.
    pub fn extend(&mut self, places: usize, travel: &impl Travel) {
        let known = self.places();
        if places <= known {
            return;
        }
        let known_goals = self.goals.len();
        for place in (known..places).map(|place| PlaceNo(place as u32)) {
            let row = if travel.is_goal(place) { self.goals.len() as u32 } else { NO_ROW };
            self.row_of.push(row);
            if row != NO_ROW {
                self.goals.push(place);
            }
        }
        self.widen(known, known_goals);
        for (row, to) in self.goals.clone().into_iter().enumerate() {
            // New ways to old goals, and all ways to new ones.
            let first = if row < known_goals { known } else { 0 };
            for from in first..places {
                let leg = if from == to.0 as usize {
                    Leg { seconds: 0, meters: 0 }
                } else {
                    travel.leg(PlaceNo(from as u32), to).unwrap_or(Leg::NONE)
                };
                let seconds = leg.seconds.clamp(0, Leg::NONE.seconds);
                self.toward[row * self.stride + from] = seconds;
                let back = self.row_of[from];
                if back != NO_ROW {
                    self.away[back as usize * self.stride + to.0 as usize] = seconds;
                }
            }
        }
    }

    /// The same ways between fewer places: those `kept`, each once, which are numbered in this order
    /// from now on. Nothing is asked anew.
    #[must_use]
    pub fn only(&self, kept: &[PlaceNo]) -> Self {
        let mut table = Self { stride: kept.len() + SPARE, ..Self::default() };
        for (number, place) in kept.iter().enumerate() {
            let leads = self.leads_to(*place);
            table.row_of.push(if leads { table.goals.len() as u32 } else { NO_ROW });
            if leads {
                table.goals.push(PlaceNo(number as u32));
            }
        }
        let rows = table.goals.len() * table.stride;
        (table.toward, table.away) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        for goal in &table.goals {
            let to = kept[goal.0 as usize];
            table.toward.extend(kept.iter().map(|from| self.seconds(*from, to)));
            let away = self.seconds_from(to);
            table.away.extend(kept.iter().map(|place| away[place.0 as usize]));
            let row = table.toward.len() + SPARE;
            table.toward.resize(row, 0);
            table.away.resize(row, 0);
        }
        table
    }

    /// Makes room for all places and goals; the `known` of before keep what was learned.
    fn widen(&mut self, known: usize, known_goals: usize) {
        let places = self.places();
        let stride = if places <= self.stride {
            self.stride
        } else if known == 0 {
            places + SPARE
        } else {
            places.max(self.stride * 3 / 2)
        };
        for rows in [&mut self.toward, &mut self.away] {
            if stride == self.stride {
                rows.resize(self.goals.len() * stride, 0);
                continue;
            }
            let mut wider = vec![0; self.goals.len() * stride];
            for row in 0..known_goals {
                wider[row * stride..row * stride + known]
                    .copy_from_slice(&rows[row * self.stride..][..known]);
            }
            *rows = wider;
        }
        self.stride = stride;
    }

    /// Seconds from a place to a goal.
    #[inline]
    pub fn seconds(&self, from: PlaceNo, to: PlaceNo) -> i32 {
        self.toward[self.row_of[to.0 as usize] as usize * self.stride + from.0 as usize]
    }

    /// Seconds from a goal to each goal, by place.
    pub(crate) fn seconds_from(&self, from: PlaceNo) -> &[i32] {
        let row = self.row_of[from.0 as usize] as usize;
        &self.away[row * self.stride..][..self.places()]
    }

    /// Seconds from each place to a goal.
    pub(crate) fn seconds_to(&self, to: PlaceNo) -> &[i32] {
        let row = self.row_of[to.0 as usize] as usize;
        &self.toward[row * self.stride..][..self.places()]
    }
}

#[cfg(test)]
mod tests;
