//! The chain of one team: where it goes, in order, with the times that let a change be judged
//! without walking the chain again.

use crate::night::{DistrictNo, Prices, RequestNo, Team};
use crate::travel::{PlaceNo, Table};
use crate::trip::Trip;

/// The meeting or the door of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop(u32);

impl Stop {
    pub(crate) fn pickup(request: RequestNo) -> Self {
        Self(request.0 << 1)
    }

    pub(crate) fn home(request: RequestNo) -> Self {
        Self(request.0 << 1 | 1)
    }

    #[inline]
    pub(crate) fn request(self) -> RequestNo {
        RequestNo(self.0 >> 1)
    }

    #[inline]
    pub(crate) fn is_pickup(self) -> bool {
        self.0 & 1 == 0
    }
}

/// One stop in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) stop: Stop,
    pub(crate) place: PlaceNo,
    /// When it begins, everything done as early as possible.
    pub(crate) begin_s: i32,
    /// How long the team stands there before it may begin.
    pub(crate) idle_s: i32,
    pub(crate) leave_s: i32,
    /// The last moment it may begin for the rest of the chain to stay possible.
    pub(crate) latest_s: i32,
    /// People walked when leaving.
    pub(crate) load: u8,
    /// Whether everybody walked when leaving agreed to company.
    pub(crate) shares: bool,
}

impl Slot {
    /// A slot whose times are still to be settled.
    pub(crate) fn new(stop: Stop, place: PlaceNo) -> Self {
        let (begin_s, idle_s, leave_s, latest_s) = (0, 0, 0, 0);
        Self { stop, place, begin_s, idle_s, leave_s, latest_s, load: 0, shares: true }
    }
}

/// Where a change may begin: after the legs that have started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) place: PlaceNo,
    pub(crate) leave_s: i32,
    pub(crate) load: u8,
    pub(crate) shares: bool,
}

/// A gap in which the team walks with nobody: all that judging a new trip in it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Where the team comes from, and when it may leave.
    pub(crate) place: PlaceNo,
    pub(crate) leave_s: i32,
    /// Where it must be next, and by when.
    pub(crate) next: PlaceNo,
    pub(crate) latest_s: i32,
    /// What it walks between the two.
    pub(crate) between_s: i32,
    /// The slot after the gap.
    pub(crate) slot: u32,
}

/// What a team still does tonight.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) head: Head,
    pub(crate) post: PlaceNo,
    pub(crate) off_s: i32,
    pub(crate) seats: u8,
    pub(crate) district: DistrictNo,
    pub(crate) slots: Vec<Slot>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) empty_s: i32,
    pub(crate) wait_s: i32,
    /// What the team has walked before this chain begins: this week, and tonight.
    pub(crate) walked_s: i32,
}

/// The end of a gap between two slots.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    pub(crate) place: PlaceNo,
    pub(crate) leave_s: i32,
    pub(crate) load: u8,
    pub(crate) shares: bool,
}

impl Chain {
    pub(crate) fn new(team: &Team) -> Self {
        Self {
            head: Head { place: team.at, leave_s: team.free_s, load: 0, shares: true },
            post: team.post,
            off_s: team.off_s,
            seats: team.seats,
            district: team.district,
            slots: Vec::new(),
            gaps: Vec::new(),
            empty_s: 0,
            wait_s: 0,
            walked_s: team.walked_s,
        }
    }

    /// A chain of nobody, to be copied into.
    pub(crate) fn empty() -> Self {
        Self::new(&Team {
            at: PlaceNo(0),
            free_s: 0,
            post: PlaceNo(0),
            off_s: 0,
            seats: 1,
            district: DistrictNo(0),
            walked_s: 0,
        })
    }

    /// Takes over another chain's content without new memory.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.head = other.head;
        self.post = other.post;
        self.off_s = other.off_s;
        self.seats = other.seats;
        self.district = other.district;
        self.slots.clone_from(&other.slots);
        self.gaps.clone_from(&other.gaps);
        self.empty_s = other.empty_s;
        self.wait_s = other.wait_s;
        self.walked_s = other.walked_s;
    }

    pub(crate) fn cost(&self, prices: Prices) -> i64 {
        i64::from(self.empty_s) * i64::from(prices.empty)
            + i64::from(self.wait_s) * i64::from(prices.wait)
    }

    /// All the chain has a team walk, seconds.
    pub(crate) fn busy_s(&self, table: &Table) -> i32 {
        let mut place = self.head.place;
        let mut walk_s = 0;
        for next in self.slots.iter().map(|slot| slot.place).chain([self.post]) {
            walk_s += table.seconds(place, next);
            place = next;
        }
        walk_s
    }

    /// What leaving out the trip met at slot `at` saves, seconds of empty walking; `None` if she
    /// is walked in company, which takes more than a look at her neighbors.
    pub(crate) fn saving_s(&self, at: usize, table: &Table) -> Option<i32> {
        let (met, home) = (self.slots.get(at)?, self.slots.get(at + 1)?);
        let before = self.before(at);
        if before.load > 0 || home.stop.request() != met.stop.request() {
            return None;
        }
        let (next, _) = self.after(at + 2);
        let with_s = table.seconds(before.place, met.place) + table.seconds(home.place, next);
        Some(with_s - table.seconds(before.place, next))
    }

    /// Where the part begins that may be planned anew as a whole: behind everybody on board.
    pub(crate) fn tail(&self) -> Before {
        let fixed = self.slots.iter().take_while(|slot| !slot.stop.is_pickup()).count();
        self.before(if self.head.load == 0 { 0 } else { fixed })
    }

    /// What fairness counts: walked so far, and to be walked empty.
    pub(crate) fn load_s(&self) -> i32 {
        self.walked_s.saturating_add(self.empty_s)
    }

    /// What stands before gap `gap` (gap `g` is the one before slot `g`).
    #[inline]
    pub(crate) fn before(&self, gap: usize) -> Before {
        match gap.checked_sub(1).map(|at| &self.slots[at]) {
            Some(slot) => Before {
                place: slot.place,
                leave_s: slot.leave_s,
                load: slot.load,
                shares: slot.shares,
            },
            None => Before {
                place: self.head.place,
                leave_s: self.head.leave_s,
                load: self.head.load,
                shares: self.head.shares,
            },
        }
    }

    /// Place and latest beginning of what stands after gap `gap`.
    #[inline]
    pub(crate) fn after(&self, gap: usize) -> (PlaceNo, i32) {
        self.slots.get(gap).map_or((self.post, self.off_s), |slot| (slot.place, slot.latest_s))
    }

    /// Recomputes every time from the order of the slots. False if a window is broken or more
    /// people walk together than may.
    pub(crate) fn settle(&mut self, trips: &[Trip], table: &Table) -> bool {
        let mut before = self.before(0);
        let (mut empty_s, mut wait_s, mut kept) = (0, 0, true);
        for slot in &mut self.slots {
            let trip = &trips[slot.stop.request().0 as usize];
            let (from_s, by_s, service_s) = if slot.stop.is_pickup() {
                (trip.from_s, trip.by_s, trip.meeting_s)
            } else {
                (trip.home_from_s, trip.home_by_s, trip.parting_s)
            };
            let walk_s = table.seconds(before.place, slot.place);
            let arrive_s = before.leave_s + walk_s;
            slot.begin_s = arrive_s.max(from_s);
            slot.idle_s = slot.begin_s - arrive_s;
            slot.leave_s = slot.begin_s + service_s;
            kept &= slot.begin_s <= by_s;
            if before.load == 0 {
                empty_s += walk_s;
            }
            if slot.stop.is_pickup() {
                wait_s += slot.begin_s - from_s;
                slot.load = before.load + 1;
                slot.shares = trip.shares && (before.load == 0 || before.shares);
                kept &= slot.load == 1 || (slot.shares && slot.load <= self.seats);
            } else {
                slot.load = before.load.saturating_sub(1);
                // Whoever shares a walk agreed to it, so who remains did.
                slot.shares = slot.load == 0 || before.shares;
            }
            before = Before {
                place: slot.place,
                leave_s: slot.leave_s,
                load: slot.load,
                shares: slot.shares,
            };
        }
        let home_s = table.seconds(before.place, self.post);
        kept &= before.leave_s + home_s <= self.off_s || self.slots.is_empty();
        self.empty_s = if self.slots.is_empty() && self.head.place == self.post {
            0
        } else {
            empty_s + home_s
        };
        self.wait_s = wait_s;
        self.look_back(trips, table);
        kept
    }

    fn look_back(&mut self, trips: &[Trip], table: &Table) {
        let (mut place, mut latest_s) = (self.post, self.off_s);
        for slot in self.slots.iter_mut().rev() {
            let trip = &trips[slot.stop.request().0 as usize];
            let (by_s, service_s) = if slot.stop.is_pickup() {
                (trip.by_s, trip.meeting_s)
            } else {
                (trip.home_by_s, trip.parting_s)
            };
            slot.latest_s = by_s.min(latest_s - table.seconds(slot.place, place) - service_s);
            (place, latest_s) = (slot.place, slot.latest_s);
        }
        self.gaps.clear();
        for at in 0..=self.slots.len() {
            let before = self.before(at);
            if before.load > 0 {
                continue;
            }
            let (next, latest_s) = self.after(at);
            // An idle team stands at its post.
            let between_s = if self.slots.is_empty() {
                self.empty_s
            } else {
                table.seconds(before.place, next)
            };
            let (place, leave_s) = (before.place, before.leave_s);
            self.gaps.push(Gap { place, leave_s, next, latest_s, between_s, slot: at as u32 });
        }
    }

    /// What a delay costs those who are met later: `shift_s` later at slot `at`, absorbed by
    /// every pause on the way. Seconds of waiting.
    #[inline]
    pub(crate) fn delay_s(&self, at: usize, arrive_s: i32) -> i32 {
        let Some(first) = self.slots.get(at) else { return 0 };
        let mut shift_s = arrive_s - first.begin_s;
        let mut sum_s = 0;
        for (nth, slot) in self.slots[at..].iter().enumerate() {
            if nth > 0 {
                shift_s -= slot.idle_s;
            }
            if shift_s <= 0 {
                break;
            }
            if slot.stop.is_pickup() {
                sum_s += shift_s;
            }
        }
        sum_s
    }
}
