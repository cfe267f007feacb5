//! Patrols of the Safer Neighborhoods: the streets a pair looks after, its round through them by
//! the streets that need it most, what it notices, and to whom that is handed.
//!
//! Streets are named by segments of the map, never by positions; where exactly something was seen,
//! what was written about it and its photo live in private rows.

pub mod beat;
pub mod coverage;
pub mod plan;
pub mod round;
pub mod rules;
pub mod sighting;
// How a stream is told in tests: the same for every aggregate of the helpers, kept with them.
#[cfg(test)]
#[path = "../../volunteer/src/told.rs"]
mod told;

pub use beat::{Beat, Segment};
pub use coverage::{Coverage, LastVisits};
pub use plan::{Corner, Proposal, Street, propose};
pub use round::Round;
pub use rules::Rules;
pub use sighting::Sighting;
