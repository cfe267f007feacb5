//! Walking routes at night: street graph, night cost, exact search, one-to-many, trade-off choice.
//!
//! Read in this order: [`street`] and [`StreetsBuilder`] (the map), [`Facts`] (what the city knows
//! along it), [`Weights`] (what weighs on whom at which hour), [`Network`] (the three laid on one
//! another), [`Searcher`] and [`Network::ways_home`] (the answer).

mod builder;
pub mod cost;
mod customize;
mod day;
mod explain;
mod facts;
mod grid;
mod hierarchy;
pub mod hour;
mod light;
mod nearest;
mod network;
mod one_to_many;
mod order;
mod query;
mod search;
mod spot;
pub mod street;
mod streets;
mod tables;
#[cfg(test)]
mod town;
mod ways;

pub use builder::StreetsBuilder;
pub use cost::{Burdens, Choice, Pace, Weights};
pub use customize::{FAR, Metric};
pub use day::EpochDay;
pub use facts::{Facts, Fixture, HavenDoor, Lamp, LampState, Reach, Share};
pub use hierarchy::Hierarchy;
pub use hour::HourBand;
pub use light::Light;
pub use nearest::HavenReached;
pub use network::{Network, Unroutable};
pub use one_to_many::Targets;
pub use search::{Ends, Searcher, Stretch, Walk};
pub use spot::Spot;
pub use street::{Lit, Nature, StreetClass, Surface, Way};
pub use streets::{Edge, Island, Junction, Place, Streets};
pub use tables::{Measure, Pinned};
pub use ways::{WayHome, WayName};
