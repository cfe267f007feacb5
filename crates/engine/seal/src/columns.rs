//! The eight possible readers of a case. What is stored says neither how many of them are anybody
//! nor which.

use crate::{Hash, Refusal};
use rand_core::CryptoRng;

/// How many columns a case has.
pub const COLUMNS: usize = 8;

/// Which column, 0 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnNo(u8);

impl ColumnNo {
    /// All eight, in order.
    pub const ALL: [Self; COLUMNS] =
        [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5), Self(6), Self(7)];

    /// The column of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] above 7.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|no| no.0 == number).ok_or(Refusal::FormBroken)
    }

    /// 0 to 7.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// The eight columns of a case as everybody sees them, in an order that was drawn once and stays:
/// of each, the mark of its consent; 32 random bytes for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns([Hash; COLUMNS]);

impl Columns {
    /// The columns that stand in a manifest.
    pub const fn new(marks: [Hash; COLUMNS]) -> Self {
        Self(marks)
    }

    /// Draws the places of the `readers`, of whom these are the marks (her own among them), and makes
    /// up the rest. Returned with the columns: where each reader stands, in the order given.
    ///
    /// # Errors
    /// [`Refusal::WrapsNotEight`] for more than eight readers.
    pub fn draw(
        readers: &[Hash],
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<ColumnNo>), Refusal> {
        if readers.len() > COLUMNS {
            return Err(Refusal::WrapsNotEight);
        }
        let mut order = ColumnNo::ALL;
        for last in (1..COLUMNS).rev() {
            order.swap(last, below(last + 1, rng));
        }
        let mut marks = [[0; 32]; COLUMNS];
        for mark in &mut marks {
            rng.fill_bytes(mark);
        }
        let places: Vec<ColumnNo> = order.into_iter().take(readers.len()).collect();
        for (place, reader) in places.iter().zip(readers) {
            if let Some(mark) = marks.get_mut(usize::from(place.0)) {
                *mark = *reader;
            }
        }
        Ok((Self(marks), places))
    }

    /// The mark of one column.
    pub fn at(&self, no: ColumnNo) -> Hash {
        // There is no number without its column.
        let [first, ..] = self.0;
        self.0.get(usize::from(no.0)).copied().unwrap_or(first)
    }

    /// The columns once a later consent stands in one of them.
    #[must_use]
    pub fn with(mut self, no: ColumnNo, mark: Hash) -> Self {
        if let Some(at) = self.0.get_mut(usize::from(no.0)) {
            *at = mark;
        }
        self
    }

    /// All eight marks with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ColumnNo, Hash)> + '_ {
        ColumnNo::ALL.into_iter().zip(self.0)
    }
}

/// A number below `bound` (1 to 2^32), each as likely: what would favor the lower ones is drawn again.
fn below(bound: usize, rng: &mut impl CryptoRng) -> usize {
    let bound = bound.max(1) as u64;
    let even = (1_u64 << 32) / bound * bound;
    loop {
        let drawn = u64::from(rng.next_u32());
        if drawn < even {
            return (drawn % bound) as usize;
        }
    }
}

#[cfg(test)]
mod tests;
