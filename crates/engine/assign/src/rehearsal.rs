//! An evening on paper: the benchmark's instances planned, played and judged.
//!
//! The instances and the rules of the judge are those of `bench-peers`: VROOM's input with a
//! table of locations, walked at 1.2 m/s and 1.3 times the straight line.

mod check;
mod evening;
mod figures;
mod instance;
mod offline;

pub use check::{Judged, StopKind, Visit, judge};
pub use evening::{Evening, Thinking, online};
pub use figures::{Figures, Percentiles, Waits, stops};
pub use instance::{Instance, Unreadable};
pub use offline::{Options, Rehearsal, offline};
