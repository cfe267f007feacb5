//! Who asks to join, and what became of it.

use crate::{
    Failure, Store,
    projections::{
        Listed, Projected, Value, folded,
        rows::{Table, Type},
    },
};
use ::volunteer::Application;
use kernel::{DistrictCode, Id, id};

impl Projected for Application {
    const TABLE: Table = Table {
        name: "volunteer_application",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("engagement", Type::Text),
            ("private", Type::Id),
            ("interview_ms", Type::Int),
            ("person", Type::Id),
            ("waiting_ms", Type::Int),
            ("ended_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.open())),
            Value::text(self.district.as_ref()),
            Value::word(&self.engagement),
            Value::id(self.private.map(Id::bits)),
            Value::time(self.interview_at),
            Value::id(self.person.map(Id::bits)),
            Value::time(self.waiting_since),
            Value::time(self.ended_at),
        ]
    }
}

impl Store {
    /// The applications of a district somebody still has to answer, who has waited longest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_applications(
        &self,
        district: &DistrictCode,
    ) -> Result<Vec<Listed<Application>>, Failure> {
        let clause = "is_open = 1 and own_district = $1";
        let mut open: Vec<Listed<Application>> =
            folded(self, clause, vec![Value::text(Some(district))]).await?;
        open.sort_by_key(|one| (one.state.waiting_since, one.number));
        Ok(open)
    }

    /// The application somebody was taken on with; `None` for whoever the operator enlisted.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn application_of(
        &self,
        person: Id<id::Person>,
    ) -> Result<Option<Listed<Application>>, Failure> {
        let bind = vec![Value::id(Some(person.bits()))];
        Ok(folded(self, "person = $1", bind).await?.into_iter().next())
    }

    /// Every application of a district that ended with somebody being taken on.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn accepted_applications(
        &self,
        district: &DistrictCode,
    ) -> Result<Vec<Listed<Application>>, Failure> {
        let clause = "person is not null and own_district = $1";
        folded(self, clause, vec![Value::text(Some(district))]).await
    }
}
