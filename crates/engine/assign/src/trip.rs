//! A request as search reads it: one walk from meeting to door, with everything precomputed.

use crate::night::{Districts, Request};
use crate::travel::{PlaceNo, Table};

/// The price of leaving out somebody who was promised, seconds of empty walking: no plan that
/// breaks it is ever better.
pub(crate) const PROMISED_S: i32 = 1 << 26;

/// A walk home as one piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trip {
    pub(crate) pickup: PlaceNo,
    pub(crate) home: PlaceNo,
    pub(crate) from_s: i32,
    /// The last moment the meeting may begin, the door's window considered.
    pub(crate) by_s: i32,
    pub(crate) meeting_s: i32,
    pub(crate) direct_s: i32,
    pub(crate) home_from_s: i32,
    pub(crate) home_by_s: i32,
    pub(crate) parting_s: i32,
    /// The earliest moment a team may leave her door.
    pub(crate) done_s: i32,
    pub(crate) shares: bool,
    /// What leaving her out costs, seconds of empty walking.
    pub(crate) left_out_s: i32,
    /// How many people she counts for when not all can be served.
    pub(crate) weight: i32,
    pub(crate) districts: Districts,
}

impl Trip {
    pub(crate) fn new(request: &Request, table: &Table) -> Self {
        let direct_s = table.seconds(request.pickup, request.home);
        let latest = request.arrive.by_s.saturating_sub(direct_s + request.meeting_s);
        let mut trip = Self {
            pickup: request.pickup,
            home: request.home,
            from_s: request.meet.from_s,
            by_s: request.meet.by_s.min(latest),
            meeting_s: request.meeting_s,
            direct_s,
            home_from_s: request.arrive.from_s,
            home_by_s: request.arrive.by_s,
            parting_s: request.parting_s,
            done_s: 0,
            shares: request.shares,
            left_out_s: 0,
            weight: 1 + i32::from(request.priority),
            districts: request.districts,
        };
        trip.done_s = trip.leave_s(trip.from_s);
        trip
    }

    /// When the team leaves her door, if it met her at `begin_s` and walked straight.
    #[inline]
    pub(crate) fn leave_s(&self, begin_s: i32) -> i32 {
        (begin_s + self.meeting_s + self.direct_s).max(self.home_from_s) + self.parting_s
    }
}
