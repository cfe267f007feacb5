//! Where one more trip fits into a chain, and what it costs there: constant time for each gap.

use crate::chain::{Chain, Slot, Stop};
use crate::night::{Prices, RequestNo};
use crate::travel::Table;
use crate::trip::Trip;

/// A place for a trip in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// What the chain costs more, in the units of [`Prices`].
    pub(crate) cost: i32,
    /// The gap she is met in.
    pub(crate) meet: usize,
    /// The gap, of the chain as it is, her door comes in; equal to `meet` when she walks alone.
    pub(crate) part: usize,
}

/// What a search for a place holds on to.
pub(crate) struct Fitting<'a> {
    pub(crate) trip: &'a Trip,
    pub(crate) trips: &'a [Trip],
    pub(crate) table: &'a Table,
    /// Seconds to her, by place; and from her door, by place.
    pub(crate) to_pickup: &'a [i32],
    pub(crate) from_home: &'a [i32],
    pub(crate) prices: Prices,
}

impl Fitting<'_> {
    /// The cheapest place in the chain below `limit`, among the gaps `skip` lets pass.
    #[inline]
    pub(crate) fn best(
        &self,
        chain: &Chain,
        limit: i32,
        mut skip: impl FnMut() -> bool,
    ) -> Option<Fit> {
        let trip = self.trip;
        if !trip.districts.contains(chain.district) {
            return None;
        }
        let mut best = Fit { cost: limit, meet: usize::MAX, part: 0 };
        for gap in &chain.gaps {
            if gap.latest_s < trip.done_s {
                continue;
            }
            if gap.leave_s > trip.by_s {
                break;
            }
            let to_s = self.to_pickup[gap.place.0 as usize];
            let begin_s = (gap.leave_s + to_s).max(trip.from_s);
            let back_s = self.from_home[gap.next.0 as usize];
            let arrive_s = trip.leave_s(begin_s) + back_s;
            if begin_s > trip.by_s || arrive_s > gap.latest_s {
                continue;
            }
            let more_s = to_s + back_s - gap.between_s;
            let mut cost = more_s * self.prices.empty + (begin_s - trip.from_s) * self.prices.wait;
            if cost >= best.cost || skip() {
                continue;
            }
            let at = gap.slot as usize;
            cost += chain.delay_s(at, arrive_s) * self.prices.wait;
            if cost < best.cost {
                best = Fit { cost, meet: at, part: at };
            }
        }
        if trip.shares && chain.seats > 1 {
            self.best_in_company(chain, &mut best, skip);
        }
        (best.meet != usize::MAX).then_some(best)
    }

    /// The same beside somebody else on board.
    fn best_in_company(&self, chain: &Chain, best: &mut Fit, mut skip: impl FnMut() -> bool) {
        let trip = self.trip;
        for gap in 0..=chain.slots.len() {
            let before = chain.before(gap);
            if before.leave_s > trip.by_s {
                break;
            }
            let begin_s =
                (before.leave_s + self.to_pickup[before.place.0 as usize]).max(trip.from_s);
            if begin_s <= trip.by_s && !skip() {
                self.best_shared(chain, gap, begin_s, best);
            }
        }
    }

    /// The same with her in company: met in gap `meet` at `begin_s`, home in any later gap.
    fn best_shared(&self, chain: &Chain, meet: usize, begin_s: i32, best: &mut Fit) {
        let (trip, table) = (self.trip, self.table);
        let before = chain.before(meet);
        if before.load >= chain.seats || (before.load > 0 && !before.shares) {
            return;
        }
        // What is walked empty, and waited, from the gap on: then, and now.
        let empty_s = if before.load == 0 { table.seconds(before.place, trip.pickup) } else { 0 };
        let mut wait_s = begin_s - trip.from_s;
        let mut was_empty_s = 0;
        let (mut place, mut leave_s) = (trip.pickup, begin_s + trip.meeting_s);
        let mut behind = before;
        for part in meet..=chain.slots.len() {
            let (next, latest_s) = chain.after(part);
            let at_door_s = leave_s + table.seconds(place, trip.home);
            if at_door_s > trip.home_by_s {
                return;
            }
            let door_s = at_door_s.max(trip.home_from_s);
            let onward_s = table.seconds(trip.home, next);
            let arrive_s = door_s + trip.parting_s + onward_s;
            // Alone is the other case; here somebody else is walked, before or between.
            let alone = part == meet && before.load == 0;
            if arrive_s <= latest_s && !alone {
                let (rest_s, rest_was_s) = if behind.load == 0 {
                    (onward_s, table.seconds(behind.place, next))
                } else {
                    (0, 0)
                };
                let more_s = empty_s + rest_s - was_empty_s - rest_was_s;
                let mut cost = more_s * self.prices.empty + wait_s * self.prices.wait;
                if cost < best.cost {
                    cost += chain.delay_s(part, arrive_s) * self.prices.wait;
                    if cost < best.cost {
                        *best = Fit { cost, meet, part };
                    }
                }
            }
            // She stays on board through slot `part`.
            let Some(slot) = chain.slots.get(part) else { return };
            if slot.load >= chain.seats || !self.agrees(slot) {
                return;
            }
            let arrive_s = leave_s + table.seconds(place, slot.place);
            if arrive_s > slot.latest_s {
                return;
            }
            if behind.load == 0 {
                was_empty_s += table.seconds(behind.place, slot.place);
            }
            let begin_s = arrive_s.max(self.opens_s(slot));
            if slot.stop.is_pickup() {
                wait_s += begin_s - slot.begin_s;
            }
            leave_s = begin_s + (slot.leave_s - slot.begin_s);
            place = slot.place;
            behind = chain.before(part + 1);
        }
    }

    /// Whether the person of this slot may be walked together with her.
    fn agrees(&self, slot: &Slot) -> bool {
        self.trips[slot.stop.request().0 as usize].shares
    }

    /// When this slot's window opens.
    fn opens_s(&self, slot: &Slot) -> i32 {
        let trip = &self.trips[slot.stop.request().0 as usize];
        if slot.stop.is_pickup() { trip.from_s } else { trip.home_from_s }
    }
}

/// Puts the two stops of a request where the fit says; the chain is to be settled afterwards.
pub(crate) fn put(chain: &mut Chain, request: RequestNo, trip: &Trip, fit: Fit) {
    chain.slots.insert(fit.part, Slot::new(Stop::home(request), trip.home));
    chain.slots.insert(fit.meet, Slot::new(Stop::pickup(request), trip.pickup));
}

#[cfg(test)]
mod tests;
