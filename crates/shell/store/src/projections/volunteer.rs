//! Teams and volunteers, as a desk sees them.

mod care;
mod duty;
mod joining;
mod night;

use super::{
    Listed, Projected, Restored, Value, restored,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::volunteer::{person::Person, team::Team};
use kernel::{DistrictCode, Id};

impl Projected for Team {
    const TABLE: Table = Table {
        name: "volunteer_team",
        own: &[
            ("duty", Type::Text),
            ("is_out", Type::Int),
            ("walk", Type::Id),
            ("first_member", Type::Id),
            ("second_member", Type::Id),
            ("own_district", Type::Text),
            ("post", Type::Id),
            ("shift_until_ms", Type::Int),
            ("walks", Type::Int),
            ("last_walk_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.duty),
            Value::int(Some(self.shift_until.is_some())),
            Value::id(self.walk().map(Id::bits)),
            Value::id(self.members.map(|[first, _]| first.bits())),
            Value::id(self.members.map(|[_, second]| second.bits())),
            Value::text(self.district.as_ref()),
            Value::id(self.post.map(Id::bits)),
            Value::time(self.shift_until),
            Value::int(Some(self.walks)),
            Value::time(self.last_walk_at),
        ]
    }
}

impl Restored for Team {
    fn from_row(cells: &mut dyn Iterator<Item = Value>) -> Option<Self> {
        let mut next = || cells.next();
        let duty = next()?.into_word()?;
        let (_is_out, _walk) = (next()?, next()?);
        let members = match (next()?.into_id(), next()?.into_id()) {
            (Some(first), Some(second)) => Some([Id::from_bits(first), Id::from_bits(second)]),
            _ => None,
        };
        let district = match next()?.into_text() {
            Some(code) => Some(DistrictCode::try_from(code).ok()?),
            None => None,
        };
        Some(Self {
            duty,
            members,
            district,
            post: next()?.into_id().map(Id::from_bits),
            shift_until: next()?.into_time(),
            walks: u16::try_from(next()?.into_int()?).ok()?,
            last_walk_at: next()?.into_time(),
        })
    }
}

impl Projected for Person {
    const TABLE: Table = Table {
        name: "volunteer_person",
        own: &[
            ("stage", Type::Text),
            ("gender", Type::Text),
            ("record_check_until_ms", Type::Int),
            ("training_until_ms", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::word(&self.gender),
            Value::time(self.record_check_until),
            Value::time(self.training_until),
        ]
    }
}

impl Restored for Person {
    fn from_row(cells: &mut dyn Iterator<Item = Value>) -> Option<Self> {
        Some(Self {
            stage: cells.next()?.into_word()?,
            gender: cells.next()?.into_word()?,
            record_check_until: cells.next()?.into_time(),
            training_until: cells.next()?.into_time(),
        })
    }
}

impl Store {
    /// Every team that is not disbanded, of a district's desk or of the city, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn teams(
        &self,
        district: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<Team>>, Failure> {
        const STANDING: &str = "duty <> '{\"duty\":\"disbanded\"}'";
        const IN_DISTRICT: &str = "duty <> '{\"duty\":\"disbanded\"}' and own_district = $1";
        match district {
            Some(district) => restored(self, IN_DISTRICT, vec![Value::text(Some(district))]).await,
            None => restored(self, STANDING, Vec::new()).await,
        }
    }

    /// Every team on duty tonight, wherever it belongs: dispatch crosses districts.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn teams_out(&self) -> Result<Vec<Listed<Team>>, Failure> {
        restored(self, "is_out = 1", Vec::new()).await
    }

    /// Every volunteer who has not left, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn volunteers(&self) -> Result<Vec<Listed<Person>>, Failure> {
        restored(self, "stage <> 'gone'", Vec::new()).await
    }
}
