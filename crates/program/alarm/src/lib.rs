//! A call for help now: raised, seen by a person, closed with an outcome.
//!
//! Send first, retract later. A retraction stays visible and closes nothing; a retraction under
//! duress looks the same to whoever holds the phone.

pub mod alarm;
pub mod desk_watch;
pub mod outcome;
pub mod rules;

pub use alarm::Alarm;
pub use desk_watch::DeskWatch;
pub use outcome::{Outcome, Truth};
pub use rules::Rules;
