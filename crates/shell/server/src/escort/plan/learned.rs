//! What a plan has learned, for the next one: most teams stand where they stood and whoever waited
//! still waits, so the next plan asks for a few ways instead of all.

use super::legs::Places;
use assign::Table;

/// Places, and what walking between them takes.
#[derive(Default)]
pub struct Learned {
    /// By their numbers.
    pub places: Places,
    /// The ways between them.
    pub table: Table,
}

impl Learned {
    /// For the next plan, without the places nobody has asked for lately once they are most of it.
    #[must_use]
    pub fn again(mut self) -> Self {
        if let Some(kept) = self.places.begin() {
            self.table = self.table.only(&kept);
        }
        self
    }
}
