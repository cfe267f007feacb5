//! Who should go.

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
