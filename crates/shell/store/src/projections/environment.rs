//! Registers: what was imported when, and what came of it.

use super::{
    Listed, Projected, Value, folded,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::environment::{Defect, Register, defect};
use kernel::DistrictCode;

impl Projected for Defect {
    const TABLE: Table = Table {
        name: "environment_defect",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("part", Type::Text),
            ("spot", Type::Text),
            ("noticed_ms", Type::Int),
            ("outcome", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.stage == defect::Stage::Open)),
            Value::text(self.district.as_ref()),
            Value::word(&self.part),
            Value::word(&self.spot),
            Value::time(self.noticed_at),
            Value::word(&self.outcome),
        ]
    }
}

impl Store {
    /// What is broken in a district and not repaired, the oldest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_defects(
        &self,
        district: &DistrictCode,
    ) -> Result<Vec<Listed<Defect>>, Failure> {
        let clause = "is_open = 1 and own_district = $1";
        let mut open: Vec<Listed<Defect>> =
            folded(self, clause, vec![Value::text(Some(district))]).await?;
        open.sort_by_key(|one| (one.state.noticed_at, one.number));
        Ok(open)
    }
}

impl Projected for Register {
    const TABLE: Table = Table {
        name: "environment_register",
        own: &[
            ("kind", Type::Text),
            ("own_district", Type::Text),
            ("source", Type::Text),
            ("tally", Type::Text),
            ("imported_ms", Type::Int),
            ("imports", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.kind),
            Value::text(self.district.as_ref()),
            Value::word(&self.source),
            Value::word(&self.tally),
            Value::time(self.imported_at),
            Value::int(Some(self.imports)),
        ]
    }
}

impl Store {
    /// Every register that was ever imported, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn registers(&self) -> Result<Vec<Listed<Register>>, Failure> {
        folded(self, "1 = 1", Vec::new()).await
    }
}
