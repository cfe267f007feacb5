//! The people who walk others home: how they join, each one's standing, the calendar and the
//! night's shift, the team of two, its duty, their hours, and who looks after the helpers.
//!
//! The two-person rule, the record check and the training are enforced where they matter, at the
//! moment a team is engaged, not on the day somebody joined.

pub mod application;
pub mod attendance;
pub mod calendar;
pub mod date;
pub mod debrief;
pub mod ledger;
pub mod load;
pub mod no_go;
pub mod pairing;
pub mod person;
pub mod rules;
pub mod shift;
pub mod standing;
pub mod team;
pub mod term;
#[cfg(test)]
mod told;
pub mod watch;

pub use application::Application;
pub use attendance::Attendance;
pub use calendar::Calendar;
pub use debrief::Debrief;
pub use ledger::Ledger;
pub use no_go::NoGo;
pub use pairing::{Candidate, Pairing, Seniority, pair};
pub use person::Person;
pub use rules::Rules;
pub use shift::Shift;
pub use standing::{Lack, Paper, Standing};
pub use team::Team;
pub use term::{Engagement, Term};
pub use watch::Watch;
