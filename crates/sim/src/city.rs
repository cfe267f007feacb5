//! The simulated city: the real server and its store on a stepped clock, and everybody who uses
//! them, each drawn from a seed and each through the router alone. A quiet hour costs nothing,
//! since the clock jumps to whoever does something next; a night can be lived again from its seed;
//! after every event and every minute the city's invariants are asked.

pub mod chronicle;
mod crowd;
pub mod diary;
mod exchange;
mod faults;
mod house;
pub mod invariants;
mod report;
pub mod ridership;
mod standing;
pub(crate) mod timetable;
mod world;

pub use faults::{Faults, NoFault};
pub use invariants::Broken;
pub use report::{Lived, Report, Spread};

use axum::Router;
use kernel::Instant;
use ridership::Ridership;
use server::ground::Ground;
use server::{Pack, Roster};
use std::path::PathBuf;
use std::sync::Arc;

/// Walks asked for in a night of one district: Seoul walks 1,400 a night from 25 desks.
pub const WALKS_A_NIGHT: f64 = 56.0;

/// A city to be simulated. What is on it has been imported and read; nobody lives in it yet.
pub struct Simulation {
    /// The city.
    pub pack: Pack,
    /// Its state folder. In memory it is several times as fast.
    pub dir: PathBuf,
    /// What stands in its streets.
    pub ground: Arc<Ground>,
    /// Who has a seat.
    pub roster: Roster,
    /// In how many turns teams serve: 2 sends every second team of a district out each night.
    pub turns: usize,
    /// How many districts' worth of people ask, [`WALKS_A_NIGHT`] each.
    pub size: f64,
    /// How many come out at which station at night.
    pub ridership: Ridership,
    /// From when on nights are looked for.
    pub from: Instant,
    /// How many nights with service.
    pub nights: u32,
    /// What everything is drawn from.
    pub seed: u64,
    /// What goes wrong.
    pub faults: Faults,
    /// What stands between people and the server; [`std::convert::identity`]: nothing. A proxy that
    /// lies is how it is shown that an invariant can break.
    pub proxy: fn(Router) -> Router,
}

/// Why a simulation came to no report. A broken invariant is a report.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotRun(String);

impl Simulation {
    /// Lives the nights and says what was found. Ends at the first invariant that is broken.
    ///
    /// # Errors
    /// [`NotRun`] when the server or its store failed, which is not the city's fault.
    pub async fn run(self) -> Result<Report, NotRun> {
        let seed = self.seed;
        // Boxed: a city is too large to be handed about.
        store::with_ids_of(seed, Box::pin(world::live(self))).await
    }
}
