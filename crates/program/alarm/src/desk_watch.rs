//! The watch over one district's desk: an alarm's promise that a person sees it rests on somebody
//! keeping it. Who keeps it since when, and what one shift leaves to the next.

mod event;
mod refusal;

pub use event::Event;
pub use refusal::Refused;

use crate::Rules;
use kernel::{Aggregate, Id, Instant, id};

/// Notes a desk may leave at once: what nobody can read through at a change of shift is not read.
pub const NOTES: usize = 30;

/// A note to the next shift. What it says is in the private row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// The private row.
    pub row: Id<id::Private>,
    /// When it was left.
    pub at: Instant,
}

/// What was open when a watch was taken over, so that nobody can say afterwards it was not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Alarms.
    pub alarms: u16,
    /// Walks.
    pub walks: u16,
}

/// The fold over one desk's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskWatch {
    /// The seat that keeps it.
    pub keeper: Option<Id<id::Person>>,
    /// Since when.
    pub since: Option<Instant>,
    /// Notes left and not put away, the oldest first; one whose row has expired says nothing.
    pub notes: Vec<Note>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take the watch over. Also from the same seat: a seat is a chair, and somebody else may be
    /// sitting down in it.
    TakeOver {
        /// The seat of the incoming dispatcher.
        by: Id<id::Person>,
        /// What is open.
        open: Open,
    },
    /// Leave a note to the next shift.
    Note {
        /// The private row with what it says.
        row: Id<id::Private>,
    },
    /// Put a note away: it is settled.
    PutAway {
        /// Which.
        row: Id<id::Private>,
    },
}

impl DeskWatch {
    /// The notes that are still kept.
    pub fn kept<'a>(&'a self, rules: &Rules, now: Instant) -> impl Iterator<Item = &'a Note> + 'a {
        let kept = rules.note_kept();
        self.notes.iter().filter(move |note| note.at + kept > now)
    }
}

impl Aggregate for DeskWatch {
    type Kind = id::DeskWatch;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "alarm.desk_watch";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        let kept = self.kept(rules, now);
        match command {
            Command::TakeOver { by, open: Open { alarms, walks } } => {
                let notes = u16::try_from(kept.count()).unwrap_or(u16::MAX);
                Ok(vec![Event::TakenOver { by, from: self.keeper, alarms, walks, notes }])
            }
            Command::Note { row } if self.notes.iter().any(|note| note.row == row) => Ok(vec![]),
            Command::Note { .. } if kept.count() >= NOTES => Err(Refused::TooManyNotes),
            Command::Note { row } => Ok(vec![Event::Noted { note: row }]),
            Command::PutAway { row } if self.notes.iter().any(|note| note.row == row) => {
                Ok(vec![Event::PutAway { note: row }])
            }
            Command::PutAway { .. } => Err(Refused::NoSuchNote),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::TakenOver { by, .. } => (self.keeper, self.since) = (Some(*by), Some(at)),
            Event::Noted { note } => self.notes.push(Note { row: *note, at }),
            Event::PutAway { note } => self.notes.retain(|one| one.row != *note),
        }
    }
}

#[cfg(test)]
mod tests;
