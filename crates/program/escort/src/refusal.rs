//! How a walk says no.

use kernel::{Refusal, RefusalKind};

/// The reasons. Each has a message in both catalogues that ends with the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// There is no such request.
    NoSuchRequest,
    /// The id already names another request.
    AlreadyAsked,
    /// Nobody, or more than a team walks home together.
    PeopleOutOfRange,
    /// Turned away, called off or home: it is over.
    Ended,
    /// No person has seen it yet; it cannot be offered unseen.
    NotSeenYet,
    /// Another team has an offer that still holds.
    AlreadyOffered,
    /// Another team has accepted.
    AlreadyTaken,
    /// This team has just declined it or let it lapse.
    TeamPassed,
    /// The offer has lapsed and goes on to another team.
    OfferLapsed,
    /// It is not this team's walk.
    NotYourWalk,
    /// The team has not accepted yet.
    NotAcceptedYet,
    /// The team has not set off yet.
    NotOnTheWayYet,
    /// The team is not at the meeting point yet.
    NotArrivedYet,
    /// They have not met yet.
    NotMetYet,
    /// They are not walking yet.
    NotWalkingYet,
    /// They have met; the team stays with her.
    AlreadyMet,
    /// A team has an offer or is coming; it is not given to another district now.
    TeamIsComing,
    /// It already is with that district.
    SameDistrict,
    /// Another district's desk has it now.
    Moved,
    /// Not both asked to share the walk, or they can no longer.
    NotShared,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::NoSuchRequest,
        Self::AlreadyAsked,
        Self::PeopleOutOfRange,
        Self::Ended,
        Self::NotSeenYet,
        Self::AlreadyOffered,
        Self::AlreadyTaken,
        Self::TeamPassed,
        Self::OfferLapsed,
        Self::NotYourWalk,
        Self::NotAcceptedYet,
        Self::NotOnTheWayYet,
        Self::NotArrivedYet,
        Self::NotMetYet,
        Self::NotWalkingYet,
        Self::AlreadyMet,
        Self::TeamIsComing,
        Self::SameDistrict,
        Self::Moved,
        Self::NotShared,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchRequest => "escort.no-such-request",
            Self::AlreadyAsked => "escort.already-asked",
            Self::PeopleOutOfRange => "escort.people-out-of-range",
            Self::Ended => "escort.ended",
            Self::NotSeenYet => "escort.not-seen-yet",
            Self::AlreadyOffered => "escort.already-offered",
            Self::AlreadyTaken => "escort.already-taken",
            Self::TeamPassed => "escort.team-passed",
            Self::OfferLapsed => "escort.offer-lapsed",
            Self::NotYourWalk => "escort.not-your-walk",
            Self::NotAcceptedYet => "escort.not-accepted-yet",
            Self::NotOnTheWayYet => "escort.not-on-the-way-yet",
            Self::NotArrivedYet => "escort.not-arrived-yet",
            Self::NotMetYet => "escort.not-met-yet",
            Self::NotWalkingYet => "escort.not-walking-yet",
            Self::AlreadyMet => "escort.already-met",
            Self::TeamIsComing => "escort.team-is-coming",
            Self::SameDistrict => "escort.same-district",
            Self::Moved => "escort.moved",
            Self::NotShared => "escort.not-shared",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchRequest => RefusalKind::Unknown,
            Self::PeopleOutOfRange | Self::SameDistrict => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }
}
