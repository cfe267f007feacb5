//! Who looks after the helpers: watches, talks owed, notes to keep away.

use crate::{
    Failure, Store,
    projections::{
        Listed, Projected, Value, folded,
        rows::{Table, Type},
    },
};
use ::volunteer::{Debrief, NoGo, Watch, no_go};
use kernel::{DistrictCode, Id};

impl Projected for Watch {
    const TABLE: Table = Table {
        name: "volunteer_watch",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("who", Type::Text),
            ("purpose", Type::Text),
            ("reach", Type::Text),
            ("due_ms", Type::Int),
            ("outcome", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.open())),
            Value::text(self.district.as_ref()),
            Value::word(&self.who),
            Value::word(&self.purpose),
            Value::word(&self.reach),
            Value::time(self.due_at),
            Value::word(&self.outcome),
        ]
    }
}

impl Projected for Debrief {
    const TABLE: Table = Table {
        name: "volunteer_debrief",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("person", Type::Id),
            ("after", Type::Text),
            ("due_ms", Type::Int),
            ("arranged_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.open())),
            Value::text(self.district.as_ref()),
            Value::id(self.person.map(Id::bits)),
            Value::word(&self.after),
            Value::time(self.due_at),
            Value::time(self.arranged_at),
        ]
    }
}

impl Projected for NoGo {
    const TABLE: Table = Table {
        name: "volunteer_no_go",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("spot", Type::Text),
            ("reason", Type::Text),
            ("until_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.stage == no_go::Stage::Holds)),
            Value::text(self.district.as_ref()),
            Value::word(&self.spot),
            Value::word(&self.reason),
            Value::time(self.until),
        ]
    }
}

impl Store {
    /// Every watch that runs or rings, of the whole city.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_watches(&self) -> Result<Vec<Listed<Watch>>, Failure> {
        folded(self, "is_open = 1", Vec::new()).await
    }

    /// The talks a district still owes, the soonest due first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_debriefs(
        &self,
        district: &DistrictCode,
    ) -> Result<Vec<Listed<Debrief>>, Failure> {
        let clause = "is_open = 1 and own_district = $1";
        let mut open: Vec<Listed<Debrief>> =
            folded(self, clause, vec![Value::text(Some(district))]).await?;
        open.sort_by_key(|one| (one.state.due_at, one.number));
        Ok(open)
    }

    /// The notes to keep away that some district's teams are told of.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn no_gos(&self) -> Result<Vec<Listed<NoGo>>, Failure> {
        folded(self, "is_open = 1", Vec::new()).await
    }
}
