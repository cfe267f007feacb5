//! The people who walk others home: each one's standing, the team of two, and its duty tonight.
//!
//! The two-person rule, the record check and the training are enforced where they matter, at the
//! moment a team is engaged, not on the day somebody joined.

pub mod person;
pub mod rules;
pub mod standing;
pub mod team;

pub use person::Person;
pub use rules::Rules;
pub use standing::{Lack, Standing};
pub use team::Team;
