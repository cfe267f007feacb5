//! Alarms: the desk's queue of calls for help.

use super::{
    Listed, Projected, Value, folded,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::alarm::{Alarm, alarm::Reach};
use kernel::{DistrictCode, Id, Instant, id};
use std::cmp::Reverse;

impl Projected for Alarm {
    const TABLE: Table = Table {
        name: "alarm",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("everywhere", Type::Int),
            ("own_district", Type::Text),
            ("grade", Type::Text),
            ("source", Type::Text),
            ("retracted", Type::Int),
            ("duress", Type::Int),
            ("presses", Type::Int),
            ("raised_ms", Type::Int),
            ("seen_ms", Type::Int),
            ("outcome", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.open())),
            Value::int(Some(self.reach > Reach::OwnDesk)),
            Value::text(self.district.as_ref()),
            Value::word(&self.grade),
            Value::word(&self.source),
            Value::int(Some(self.retracted)),
            Value::int(Some(self.duress)),
            Value::int(Some(self.presses)),
            Value::time(self.raised_at),
            Value::time(self.seen_at),
            Value::word(&self.outcome),
        ]
    }
}

impl Store {
    /// The alarms somebody still has to do something about that ring at this desk: its own
    /// district's, and every one that was carried to all desks. All of the city's for `None`. The
    /// most urgent first, then the oldest.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_alarms(
        &self,
        desk: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<Alarm>>, Failure> {
        let mut open: Vec<Listed<Alarm>> = match desk {
            Some(desk) => {
                let clause = "is_open = 1 and (everywhere = 1 or own_district = $1)";
                folded(self, clause, vec![Value::text(Some(desk))]).await?
            }
            None => folded(self, "is_open = 1", Vec::new()).await?,
        };
        open.sort_by_key(|one| (Reverse(one.state.urgency()), one.state.raised_at, one.number));
        Ok(open)
    }

    /// One alarm with its history, if it was ever raised.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn alarm(&self, id: Id<id::Alarm>) -> Result<Option<Listed<Alarm>>, Failure> {
        let found = folded(self, "id = $1", vec![Value::id(Some(id.bits()))]).await?;
        Ok(found.into_iter().next())
    }

    /// Every alarm raised since then, open or closed, of a district or of the city; the newest
    /// first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn alarms_since(
        &self,
        since: Instant,
        district: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<Alarm>>, Failure> {
        let since = Value::time(Some(since));
        let mut night: Vec<Listed<Alarm>> = match district {
            Some(district) => {
                let clause = "raised_ms >= $1 and own_district = $2";
                folded(self, clause, vec![since, Value::text(Some(district))]).await?
            }
            None => folded(self, "raised_ms >= $1", vec![since]).await?,
        };
        night.sort_by_key(|one| (Reverse(one.state.raised_at), one.id));
        Ok(night)
    }
}
