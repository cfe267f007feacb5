//! Who is out or wants to be left alone, and the hours of each.

use crate::{
    Failure, Store,
    projections::{
        Listed, Projected, Restored, Value, restored,
        rows::{Table, Type},
    },
};
use ::volunteer::{Attendance, Ledger, Team, attendance::Turn};
use kernel::{Id, Instant, Span};

impl Projected for Attendance {
    const TABLE: Table = Table {
        name: "volunteer_attendance",
        own: &[
            ("is_out", Type::Int),
            ("team", Type::Id),
            ("since_ms", Type::Int),
            ("mute", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::int(Some(self.turn.is_some())),
            Value::id(self.turn.map(|turn| turn.team.bits())),
            Value::time(self.turn.map(|turn| turn.since)),
            Value::word(&self.mute),
        ]
    }
}

impl Restored for Attendance {
    fn from_row(cells: &mut dyn Iterator<Item = Value>) -> Option<Self> {
        let _is_out = cells.next()?;
        let turn = match (cells.next()?.into_id(), cells.next()?.into_time()) {
            (Some(team), Some(since)) => Some(Turn { team: Id::from_bits(team), since }),
            _ => None,
        };
        Some(Self { turn, mute: cells.next()?.into_word()? })
    }
}

impl Projected for Ledger {
    const TABLE: Table = Table {
        name: "volunteer_ledger",
        own: &[
            ("engagement", Type::Text),
            ("since_ms", Type::Int),
            ("engaged_ms", Type::Int),
            ("turns", Type::Int),
            ("worked_ms", Type::Int),
            ("report_hours", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        let count = |count: usize| Value::int(u32::try_from(count).ok());
        let spans = self.entries.iter().map(::volunteer::ledger::Entry::span);
        let worked = spans.fold(Span::ZERO, |sum, one| sum + one);
        vec![
            Value::word(&self.engagement),
            Value::time(self.since),
            Value::time(self.engaged_since),
            count(self.entries.len()),
            Value::int(Some(worked.as_millis())),
            count(self.report_hours.len()),
        ]
    }
}

impl Store {
    /// Everybody who is on duty or wants to be left alone, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn attendances(&self) -> Result<Vec<Listed<Attendance>>, Failure> {
        restored(self, "is_out = 1 or mute <> 'off'", Vec::new()).await
    }

    /// Every team something has happened to since then, those that have parted too.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn teams_since(&self, since: Instant) -> Result<Vec<Listed<Team>>, Failure> {
        restored(self, "at_ms >= $1", vec![Value::time(Some(since))]).await
    }
}
