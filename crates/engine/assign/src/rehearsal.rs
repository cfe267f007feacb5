//! An evening on paper: the benchmark's instances, played and judged.

mod check;
mod evening;
mod instance;
mod offline;

pub use check::{Checked, Judged, StopKind, Visit};
pub use evening::{Evening, online};
pub use instance::{Instance, Unreadable};
pub use offline::{Options, Rehearsal, offline};
