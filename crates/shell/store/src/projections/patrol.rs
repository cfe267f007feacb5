//! Beats, rounds and sightings, as patrols, desks and programme managers list them.

use super::{
    Listed, Projected, Value, folded,
    rows::{Table, Type},
};
use crate::{Failure, Store};
use ::patrol::{Beat, Round, Sighting, round};
use kernel::{DistrictCode, Id, Instant};

impl Projected for Beat {
    const TABLE: Table = Table {
        name: "patrol_beat",
        own: &[("stage", Type::Text), ("own_district", Type::Text), ("streets", Type::Int)],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::text(self.district.as_ref()),
            Value::int(u32::try_from(self.segments.len()).ok()),
        ]
    }
}

impl Projected for Round {
    const TABLE: Table = Table {
        name: "patrol_round",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("beat", Type::Id),
            ("team", Type::Id),
            ("started_ms", Type::Int),
            ("ended_ms", Type::Int),
            ("ending", Type::Text),
            ("visited", Type::Int),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.stage == round::Stage::Walking)),
            Value::text(self.district.as_ref()),
            Value::id(self.beat.map(Id::bits)),
            Value::id(self.team.map(Id::bits)),
            Value::time(self.started_at),
            Value::time(self.ended_at),
            Value::word(&self.ending),
            Value::int(u32::try_from(self.visited.len()).ok()),
        ]
    }
}

impl Projected for Sighting {
    const TABLE: Table = Table {
        name: "patrol_sighting",
        own: &[
            ("stage", Type::Text),
            ("is_open", Type::Int),
            ("own_district", Type::Text),
            ("kind", Type::Text),
            ("receiver", Type::Text),
            ("asked_ms", Type::Int),
            ("noted_ms", Type::Int),
            ("closed_ms", Type::Int),
            ("outcome", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.open())),
            Value::text(self.district.as_ref()),
            Value::word(&self.kind),
            Value::word(&self.receiver),
            Value::time(self.asked_at),
            Value::time(self.noted_at),
            Value::time(self.closed_at),
            Value::word(&self.outcome),
        ]
    }
}

impl Store {
    /// The beats of a district that are walked, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn beats(&self, district: &DistrictCode) -> Result<Vec<Listed<Beat>>, Failure> {
        let clause = "stage = 'drawn' and own_district = $1";
        folded(self, clause, vec![Value::text(Some(district))]).await
    }

    /// The rounds of a district begun since then, the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn rounds_since(
        &self,
        district: &DistrictCode,
        since: Instant,
    ) -> Result<Vec<Listed<Round>>, Failure> {
        let binds = vec![Value::text(Some(district)), Value::time(Some(since))];
        let clause = "own_district = $1 and started_ms >= $2";
        let mut rounds: Vec<Listed<Round>> = folded(self, clause, binds).await?;
        rounds.sort_by_key(|one| std::cmp::Reverse(one.state.started_at));
        Ok(rounds)
    }

    /// The rounds of the city that are under way.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_rounds(&self) -> Result<Vec<Listed<Round>>, Failure> {
        folded(self, "is_open = 1", Vec::new()).await
    }

    /// The sightings of the city somebody still has to do something about, the oldest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn open_sightings(&self) -> Result<Vec<Listed<Sighting>>, Failure> {
        let mut open: Vec<Listed<Sighting>> = folded(self, "is_open = 1", Vec::new()).await?;
        open.sort_by_key(|one| (one.state.noted_at, one.number));
        Ok(open)
    }
}
