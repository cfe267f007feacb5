//! What a night is made of: teams on duty and people who asked to be walked home.
//!
//! Times are seconds from an instant the caller chooses (the evening's start, say).

use crate::travel::PlaceNo;

/// A team of two, named by its position in [`crate::Dispatch::teams`]. The pair is one thing here:
/// nothing in this crate can send half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamNo(pub u32);

/// Who asked, named by the position in [`crate::Dispatch::requests`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestNo(pub u32);

/// A district of the city, 0 to 63 (Seoul has 25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistrictNo(pub u8);

/// A set of districts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Districts(u64);

impl Districts {
    /// Whoever is nearest, wherever the team belongs.
    pub const ALL: Self = Self(u64::MAX);

    /// One district alone. Numbers beyond 63 count from 0 again.
    pub const fn only(district: DistrictNo) -> Self {
        Self(1 << (district.0 % 64))
    }

    /// These and one more.
    #[must_use]
    pub const fn and(self, district: DistrictNo) -> Self {
        Self(self.0 | Self::only(district).0)
    }

    /// Whether the district is one of them.
    pub const fn contains(self, district: DistrictNo) -> bool {
        self.0 & Self::only(district).0 != 0
    }
}

/// When something may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Not before.
    pub from_s: i32,
    /// Not after.
    pub by_s: i32,
}

/// A team on duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Team {
    /// Where it is, or where its started leg ends.
    pub at: PlaceNo,
    /// From when it may walk from there.
    pub free_s: i32,
    /// Where it must be when its shift ends: home, or its post.
    pub post: PlaceNo,
    /// The end of the shift.
    pub off_s: i32,
    /// Strangers walked at the same time at most: 1, or 2 where sharing is offered.
    pub seats: u8,
    /// The district it belongs to.
    pub district: DistrictNo,
    /// What it has walked this week already, seconds: of two teams as good as one another, the
    /// one that has walked less goes.
    pub walked_s: i32,
}

/// Somebody who asked to be walked home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where she wants to be met.
    pub pickup: PlaceNo,
    /// When the meeting may begin: the window she asked for, later the one she was promised.
    pub meet: Window,
    /// What the meeting takes (both prove who they are), seconds.
    pub meeting_s: i32,
    /// Where she is going.
    pub home: PlaceNo,
    /// When she may arrive there; with company on board, what keeps the way round short.
    pub arrive: Window,
    /// What the good-bye at the door takes, seconds.
    pub parting_s: i32,
    /// She asked to share the walk. Nobody shares who did not.
    pub shares: bool,
    /// 0 for everybody; each step counts like one more person when not all can be served.
    pub priority: u8,
    /// Whose teams may walk her.
    pub districts: Districts,
}

/// What one second costs, in the order of the house: served before promised before all of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// A second a team walks with nobody.
    pub empty: i32,
    /// A second she waits after the beginning of her window.
    pub wait: i32,
    /// What leaving somebody out costs in a plan made beforehand, as seconds of empty walking: she
    /// is left out only where serving her would cost more. Whoever was promised is never left
    /// out, and while people ask whoever can be met is promised.
    pub left_out_s: i32,
}

impl Default for Prices {
    /// A second of waiting weighs a tenth of a second walked empty: strictly "wait before walking"
    /// would buy seconds with kilometres, and tired teams serve nobody. Leaving somebody out weighs
    /// an hour of walking, docs/decisions/0009 says why.
    fn default() -> Self {
        Self { empty: 10, wait: 1, left_out_s: 3_600 }
    }
}
