//! Who is asking, and whether they may.

pub mod admission;
pub mod bearer;
pub(crate) mod denial;
pub mod keyed;
pub mod office;
pub mod origin;
pub mod permit;
pub mod seats;
pub mod session;
pub(crate) mod together;

pub use access::Action;
pub use bearer::Bearer;
pub use office::{Caseworker, Patrol, Programme};
pub use seats::{Label, Seat, SeatOf, Seats};
pub use session::{Dispatcher, Keeper, Supervisor, Team, Till, Who};
pub use together::Moving;
