//! Registers: what was imported when, and what came of it.

use super::{
    Listed, Projected, Value, folded,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::environment::Register;

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
