//! The few words all of Waylight shares. No I/O, no clock, no randomness: time, ids and random
//! bits are arguments everywhere, so that a city can be replayed from a seed.

pub mod event;
pub mod hours;
pub mod id;
pub mod person;
pub mod place;
pub mod secret;
pub mod time;

pub use event::{Actor, Aggregate, Deadline, Fact, Refusal, RefusalKind};
pub use hours::{Week, Window};
pub use id::Id;
pub use person::Language;
pub use place::{Area, DistrictCode, Point};
pub use secret::Secret;
pub use time::{Instant, LocalTime, Span, Zone};
