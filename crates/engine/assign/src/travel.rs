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
}

impl<F: Fn(PlaceNo, PlaceNo) -> Option<Leg>> Travel for F {
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg> {
        self(from, to)
    }
}

/// Every leg between the places known so far. Search reads it a hundred million times a second,
/// so nothing is computed in it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    places: usize,
    /// Row length: grows by half, so that one more place seldom moves the rest.
    stride: usize,
    seconds: Vec<i32>,
    /// The same by destination: whoever is asked for reads one row instead of a column.
    toward: Vec<i32>,
    meters: Vec<i32>,
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
        self.places
    }

    /// Learns the places up to `places`: two questions to `travel` for each new pair.
    pub fn extend(&mut self, places: usize, travel: &impl Travel) {
        let known = self.places;
        if places <= known {
            return;
        }
        self.widen(places);
        for from in 0..places {
            let first = if from < known { known } else { 0 };
            for to in first..places {
                let leg = if from == to {
                    Leg { seconds: 0, meters: 0 }
                } else {
                    travel.leg(PlaceNo(from as u32), PlaceNo(to as u32)).unwrap_or(Leg::NONE)
                };
                let at = from * self.stride + to;
                self.seconds[at] = leg.seconds.clamp(0, Leg::NONE.seconds);
                self.toward[to * self.stride + from] = self.seconds[at];
                self.meters[at] = leg.meters.clamp(0, Leg::NONE.meters);
            }
        }
        self.places = places;
    }

    fn widen(&mut self, places: usize) {
        if places <= self.stride {
            return;
        }
        let known = self.places;
        let stride = if known == 0 { places } else { places.max(self.stride * 3 / 2) };
        for rows in [&mut self.seconds, &mut self.toward, &mut self.meters] {
            let mut wider = vec![0; stride * stride];
            for from in 0..known {
                let old = from * self.stride;
                wider[from * stride..from * stride + known]
                    .copy_from_slice(&rows[old..old + known]);
            }
            *rows = wider;
        }
        self.stride = stride;
    }

    /// Seconds from place to place.
    #[inline]
    pub fn seconds(&self, from: PlaceNo, to: PlaceNo) -> i32 {
        self.seconds[from.0 as usize * self.stride + to.0 as usize]
    }

    /// Seconds from a place to each.
    pub(crate) fn seconds_from(&self, from: PlaceNo) -> &[i32] {
        &self.seconds[from.0 as usize * self.stride..][..self.places]
    }

    /// Seconds from each place to one.
    pub(crate) fn seconds_to(&self, to: PlaceNo) -> &[i32] {
        &self.toward[to.0 as usize * self.stride..][..self.places]
    }

    /// Metres from place to place.
    #[inline]
    pub fn meters(&self, from: PlaceNo, to: PlaceNo) -> i32 {
        self.meters[from.0 as usize * self.stride + to.0 as usize]
    }
}

#[cfg(test)]
mod tests;
