//! What stands in the street, as the server holds it in memory: places and their search, havens'
//! addresses, the street network with lamps and cameras on it, the base map's tiles.
//!
//! Read from the store's reference tables at start and again after an import, then swapped whole;
//! a request sees one ground from beginning to end. Losing any part of it degrades: without
//! streets, distances are straight lines and no ways are shown, and every ask and alarm still lands.

mod laid;
mod places;
mod read;
mod romanize;
mod segments;
mod walking;

pub use laid::{HavenListed, Laid, Thing};
pub use places::{Found, Places, Search, Spot};
pub use read::Unreadable;
pub use romanize::in_english;
pub use segments::{Drawn, Segments};
pub use walking::{Crow, HavenNear, WalkTime, Walking};

use kernel::{Id, Point, id};
use wire::environment::PlaceKind;

/// Everything of the street, whole and unchanging but for which havens are open and which lamps
/// are out.
pub struct Ground {
    /// Public places.
    pub places: Places,
    /// Registered havens, in the order the network knows them by.
    pub havens: Vec<HavenListed>,
    /// Streets, if any have been imported, and what walking them takes.
    pub walking: Walking,
    /// Base map tiles, if any streets have been imported.
    pub tiles: Option<atlas::Tiles>,
    /// The newest day any register row was checked on.
    pub checked_on: Option<atlas::Date>,
}

impl Ground {
    /// Lays what the registers hold on the streets.
    pub fn new(
        things: Vec<Thing>,
        map: Option<&atlas::BaseMap>,
        weights: route::Weights,
        crow: Crow,
    ) -> Self {
        let laid = Laid::of(things);
        let walking = Walking::new(map, &laid, weights, crow);
        let tiles = map.map(|map| atlas::Tiles::build(map, &laid.stations));
        let Laid { spots, havens, checked_on, .. } = laid;
        Self { places: Places::new(spots), havens, walking, tiles, checked_on }
    }

    /// The haven with this id.
    pub fn haven(&self, id: Id<id::Haven>) -> Option<&HavenListed> {
        self.havens.iter().find(|haven| haven.id == id)
    }

    /// The place nearest to a point where a team may meet somebody.
    pub fn nearest_meeting(&self, from: Point) -> Option<&Spot> {
        let near = Search { near: Some(from), meeting: true, limit: 1, ..Search::default() };
        self.places.find(&near).into_iter().next().map(|found| found.spot)
    }

    /// The police offices nearest to a point.
    pub fn police(&self, from: Point, limit: usize) -> Vec<Found<'_>> {
        self.places.nearest(from, &[PlaceKind::Police], limit)
    }
}
