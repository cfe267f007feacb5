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

/// One possible reader, as everybody sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Of the recipient's team key; 0 for her mailbox, any of those she was shown for nobody.
    pub epoch: u32,
    /// The mark of its consent; 32 random bytes for nobody.
    pub mark: Hash,
}

/// The eight columns of a case, in an order that was drawn once and stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns([Column; COLUMNS]);

impl Columns {
    /// The columns that stand in a manifest.
    pub const fn new(columns: [Column; COLUMNS]) -> Self {
        Self(columns)
    }

    /// Draws the places of the `readers` (her own column among them) and makes up the rest. `shown`
    /// are the epochs of all team keys she was shown: a column of nobody takes one of them, or 0.
    /// Returned with the columns: where each reader stands, in the order given.
    ///
    /// # Errors
    /// [`Refusal::WrapsNotEight`] for more than eight readers.
    pub fn draw(
        readers: &[Column],
        shown: &[u32],
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<ColumnNo>), Refusal> {
        if readers.len() > COLUMNS {
            return Err(Refusal::WrapsNotEight);
        }
        let mut order = ColumnNo::ALL;
        for last in (1..COLUMNS).rev() {
            order.swap(last, below(last + 1, rng));
        }
        let mut columns = [Column { epoch: 0, mark: [0; 32] }; COLUMNS];
        for column in &mut columns {
            // One more than there are epochs: beyond the last stands the 0 of a mailbox.
            column.epoch = shown.get(below(shown.len() + 1, rng)).copied().unwrap_or(0);
            rng.fill_bytes(&mut column.mark);
        }
        let places: Vec<ColumnNo> = order.into_iter().take(readers.len()).collect();
        for (place, reader) in places.iter().zip(readers) {
            if let Some(column) = columns.get_mut(usize::from(place.0)) {
                *column = *reader;
            }
        }
        Ok((Self(columns), places))
    }

    /// One column.
    pub fn at(&self, no: ColumnNo) -> Column {
        // There is no number without its column.
        let [first, ..] = self.0;
        self.0.get(usize::from(no.0)).copied().unwrap_or(first)
    }

    /// The same columns after one recipient's key moved to another epoch.
    #[must_use]
    pub fn moved(mut self, no: ColumnNo, epoch: u32) -> Self {
        if let Some(column) = self.0.get_mut(usize::from(no.0)) {
            column.epoch = epoch;
        }
        self
    }

    /// All eight with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ColumnNo, Column)> + '_ {
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
