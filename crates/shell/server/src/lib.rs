//! The HTTP service: surfaces per audience, one file per verb and word, followers of the journal.
//!
//! Read in this order: [`Pack`] and [`Config`] (what a city is), [`App`] (how it is put together),
//! `surface` (who may reach what), then the words.

// The lead writes: ground*, city.rs, environment.rs, route.rs, tiles.rs, haven/near.rs (mod haven::near; the rest of
// haven/ is the server colleague's). Do not write those; register their handlers in surface.
mod alarm;
mod app;
mod asked;
mod asks;
mod auth;
mod city;
mod clock;
mod config;
mod demo;
mod desk;
mod environment;
mod escort;
pub mod ground;
mod haven;
mod headers;
mod health;
mod live;
mod loops;
mod matching;
mod night;
mod once;
mod onestop;
mod pack;
mod pages;
mod patrol;
mod problem;
mod roster;
mod route;
mod seat;
mod session;
mod story;
mod surface;
mod tiles;
mod volunteer;

pub use ::volunteer::Engagement;
pub use app::{App, NotBuilt};
pub use clock::{Clock, DemoClock, RealClock, SteppedClock};
pub use config::{Config, Demo, DutyPhones};
pub use loops::Followers;
pub use matching::redeem::{NotRedeemed, Redeemer};
pub use onestop::custody::whole_custody;
pub use pack::{
    AgeRule, Center, District, Duty, FigureTable, Figures, Limits, Matching, MatchingCounsel,
    MatchingHolder, MatchingIssuer, NotAPack, Numbers, Onestop, Origin, Pack, Rules, Service,
    Takes,
};
pub use roster::{
    DispatcherSeat, Enlisted, HavenSeat, Member, NewSeat, NotARoster, NotEnlisted, Roster,
    StaffSeat, TeamSeat,
};
pub use store::Failure;
pub use surface::openapi;
