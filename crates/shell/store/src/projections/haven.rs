//! Patrol Houses: the map and the list of stores.

use super::{
    Listed, Projected, Restored, Value, restored,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::haven::store::{self, Refuge, Shift, Trained};
use kernel::{DistrictCode, Id, Instant, id};

impl Projected for store::Store {
    const TABLE: Table = Table {
        name: "haven",
        own: &[
            ("stage", Type::Text),
            ("place", Type::Id),
            ("own_district", Type::Text),
            ("hours", Type::Text),
            ("trained", Type::Text),
            ("on_shift", Type::Text),
            ("drilled_ms", Type::Int),
            ("sign_visible", Type::Int),
            ("refuge_since_ms", Type::Int),
            ("refuge_asked_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        let trained: Vec<_> = self.trained.iter().map(|one| (one.person, one.until)).collect();
        let on_shift: Vec<_> = self.on_shift.iter().map(|one| (one.person, one.until)).collect();
        vec![
            Value::word(&self.stage),
            Value::id(self.place.map(Id::bits)),
            Value::text(self.district.as_ref()),
            Value::word(&self.hours),
            Value::word(&trained),
            Value::word(&on_shift),
            Value::time(self.drilled_at),
            Value::int(self.sign_visible),
            Value::time(self.refuge.map(|refuge| refuge.since)),
            Value::time(self.refuge.map(|refuge| refuge.asked_at)),
        ]
    }
}

impl Restored for store::Store {
    fn from_row(cells: &mut dyn Iterator<Item = Value>) -> Option<Self> {
        type Until = Vec<(Id<id::Person>, Instant)>;
        let mut next = || cells.next();
        let stage = next()?.into_word()?;
        let place = next()?.into_id().map(Id::from_bits);
        let district = match next()?.into_text() {
            Some(code) => Some(DistrictCode::try_from(code).ok()?),
            None => None,
        };
        let hours = next()?.into_word()?;
        let trained = next()?.into_word::<Until>()?;
        let on_shift = next()?.into_word::<Until>()?;
        let drilled_at = next()?.into_time();
        let sign_visible = next()?.into_int().map(|visible| visible == 1);
        let refuge = match (next()?.into_time(), next()?.into_time()) {
            (Some(since), Some(asked_at)) => Some(Refuge { since, asked_at }),
            _ => None,
        };
        Some(Self {
            stage,
            place,
            district,
            hours,
            trained: trained.into_iter().map(|(person, until)| Trained { person, until }).collect(),
            on_shift: on_shift.into_iter().map(|(person, until)| Shift { person, until }).collect(),
            drilled_at,
            sign_visible,
            refuge,
        })
    }
}

impl Store {
    /// Every store but those that left, of a district or of the city, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn havens(
        &self,
        district: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<store::Store>>, Failure> {
        match district {
            Some(district) => {
                let clause = "stage <> 'retired' and own_district = $1";
                restored(self, clause, vec![Value::text(Some(district))]).await
            }
            None => restored(self, "stage <> 'retired'", Vec::new()).await,
        }
    }

    /// The store a register's place was listed as, if it was.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn haven_at(
        &self,
        place: Id<id::Place>,
    ) -> Result<Option<Listed<store::Store>>, Failure> {
        let found = restored(self, "place = $1", vec![Value::id(Some(place.bits()))]).await?;
        Ok(found.into_iter().next())
    }
}
