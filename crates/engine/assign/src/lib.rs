//! Who should go: escorts as chains of trips, planned ahead, decided as they are asked, with a
//! bound.
//!
//! Read in this order: [`Request`] and [`Team`] (a night), [`Travel`] (who knows the walking
//! times), [`Dispatch`] (asked, it decides; told the time, it locks; left alone, it thinks on),
//! [`Budget`] and [`Tuning`] (how it thinks), [`rehearsal`] (an evening on paper, and its judge).

mod bound;
mod budget;
mod chain;
mod commit;
mod dice;
mod dispatch;
mod eject;
mod fit;
mod matching;
mod near;
mod night;
mod plan;
mod refusal;
pub mod rehearsal;
mod search;
#[cfg(test)]
mod town;
mod travel;
mod trip;

pub use bound::Bound;
pub use budget::Budget;
pub use dispatch::{Ahead, Committed, Decision, Dispatch, Promise};
pub use night::{DistrictNo, Districts, Prices, Request, RequestNo, Team, TeamNo, Window};
pub use refusal::{Reason, Refused, Relaxation, Relaxed};
pub use search::Tuning;
pub use travel::{Leg, PlaceNo, Table, Travel};
