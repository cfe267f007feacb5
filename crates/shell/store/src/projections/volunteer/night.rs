//! The nights people can sign up for.

use crate::{
    Failure, Store,
    projections::{
        Listed, Projected, Value, folded,
        rows::{Table, Type},
    },
};
use ::volunteer::{Shift, shift::Stage};
use kernel::DistrictCode;

impl Projected for Shift {
    const TABLE: Table = Table {
        name: "volunteer_shift",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("starts_ms", Type::Int),
            ("ends_ms", Type::Int),
            ("crew_min", Type::Int),
            ("crew", Type::Int),
            ("pairs", Type::Int),
            ("calls", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        let count = |count: usize| Value::int(u32::try_from(count).ok());
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.stage == Stage::Open)),
            Value::text(self.district.as_ref()),
            Value::time(self.starts_at),
            Value::time(self.ends_at),
            Value::int(Some(self.crew_min)),
            count(self.crew.len()),
            count(self.pairs.len()),
            count(self.calls.len()),
        ]
    }
}

impl Store {
    /// The nights of a district that are neither over nor called off, the next first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_nights(
        &self,
        district: &DistrictCode,
    ) -> Result<Vec<Listed<Shift>>, Failure> {
        let clause = "is_open = 1 and own_district = $1";
        let mut open: Vec<Listed<Shift>> =
            folded(self, clause, vec![Value::text(Some(district))]).await?;
        open.sort_by_key(|one| (one.state.starts_at, one.id));
        Ok(open)
    }
}
