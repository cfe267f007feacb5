//! Patrol Houses: stores where somebody trained is ready to help.
//!
//! A store is shown as ready only while a trained person is on shift, the drill is fresh, the
//! sign is up and the store is open. Membership alone makes nobody ready.

pub mod readiness;
pub mod rules;
pub mod store;

pub use readiness::{Gap, Readiness};
pub use rules::Rules;
pub use store::Store;
