//! Walks home: the desk's queue, the night's list, and the figures.

use super::{
    Listed, Projected, Value, folded,
    rows::{Table, Type},
};
use crate::{Failure, Store, db::on};
use ::escort::{Reach, Request, Stage, TurnedAwayReason};
use kernel::{DistrictCode, Id, Instant, id};
use std::cmp::Reverse;

impl Projected for Request {
    const TABLE: Table = Table {
        name: "escort",
        own: &[
            ("stage", Type::Text),
            ("is_live", Type::Int),
            ("everywhere", Type::Int),
            ("own_district", Type::Text),
            ("channel", Type::Text),
            ("meeting_place", Type::Id),
            ("asked_ms", Type::Int),
            ("wanted_ms", Type::Int),
            ("since_ms", Type::Int),
            ("people", Type::Int),
            ("reach", Type::Text),
            ("team", Type::Id),
            ("overdue", Type::Int),
            ("turned_away", Type::Text),
            ("cancelled", Type::Text),
        ],
    };

    fn row(&self) -> Vec<Value> {
        vec![
            Value::word(&self.stage),
            Value::int(Some(self.stage.live())),
            Value::int(Some(self.reach > Reach::OwnDesk)),
            Value::text(self.district.as_ref()),
            Value::word(&self.channel),
            Value::id(self.meeting_place.map(Id::bits)),
            Value::time(Some(self.asked_at)),
            Value::time(Some(self.wanted_at)),
            Value::time(Some(self.since)),
            Value::int(Some(self.people)),
            Value::word(&self.reach),
            Value::id(self.team().map(Id::bits)),
            Value::int(Some(self.overdue())),
            Value::word(&self.turned_away),
            Value::word(&self.cancelled),
        ]
    }
}

/// How many walks stand at a stage, or were turned away for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkCount {
    /// Where they stand.
    pub stage: Stage,
    /// Why they were turned away, if they were.
    pub turned_away: Option<TurnedAwayReason>,
    /// How many.
    pub walks: u64,
}

impl Store {
    /// The requests somebody still has to do something about that are with this desk: its own
    /// district's, and every one that was carried to all desks. All of the city's for `None`.
    /// Those no person has seen first, then those overdue, then by the time they are wanted.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn desk_queue(
        &self,
        desk: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<Request>>, Failure> {
        let mut queue: Vec<Listed<Request>> = match desk {
            Some(desk) => {
                let clause = "is_live = 1 and (everywhere = 1 or own_district = $1)";
                folded(self, clause, vec![Value::text(Some(desk))]).await?
            }
            None => folded(self, "is_live = 1", Vec::new()).await?,
        };
        queue.sort_by_key(|one| {
            let unseen = matches!(one.state.stage, Stage::Sent | Stage::HandedOver);
            (Reverse(unseen), Reverse(one.state.overdue()), one.state.wanted_at, one.number)
        });
        Ok(queue)
    }

    /// Every request asked for since then, ended or not, of a district or of the city; the newest
    /// first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn escorts_since(
        &self,
        since: Instant,
        district: Option<&DistrictCode>,
    ) -> Result<Vec<Listed<Request>>, Failure> {
        let since = Value::time(Some(since));
        let mut night: Vec<Listed<Request>> = match district {
            Some(district) => {
                let clause = "asked_ms >= $1 and own_district = $2";
                folded(self, clause, vec![since, Value::text(Some(district))]).await?
            }
            None => folded(self, "asked_ms >= $1", vec![since]).await?,
        };
        night.sort_by_key(|one| (Reverse(one.state.asked_at), one.id));
        Ok(night)
    }

    /// One request with its history, if it was ever asked for.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn escort(&self, id: Id<id::Escort>) -> Result<Option<Listed<Request>>, Failure> {
        let found = folded(self, "id = $1", vec![Value::id(Some(id.bits()))]).await?;
        Ok(found.into_iter().next())
    }

    /// How many requests asked for from `from` to before `until` stand where, and why how many
    /// were turned away: the unmet demand is a figure.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn walk_counts(
        &self,
        from: Instant,
        until: Instant,
        district: Option<&DistrictCode>,
    ) -> Result<Vec<WalkCount>, Failure> {
        let rows: Vec<(String, String, i64)> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(
                "-- escort::walk_counts\n select stage, turned_away, count(*) from escort \
                 where asked_ms >= $1 and asked_ms < $2 \
                 and (cast($3 as text) is null or own_district = $3) \
                 group by stage, turned_away order by stage, turned_away",
            )
            .bind(from.millis())
            .bind(until.millis())
            .bind(district.map(DistrictCode::as_str))
            .fetch_all(conn)
            .await)?;
        rows.into_iter()
            .map(|(stage, turned_away, walks)| {
                let unknown = || Failure::row(0, "escort holds a word nobody knows");
                let (stage, reason) = (Some(stage), Some(turned_away));
                Ok(WalkCount {
                    stage: Value::Text(stage).into_word().ok_or_else(unknown)?,
                    turned_away: Value::Text(reason).into_word().ok_or_else(unknown)?,
                    walks: walks as u64,
                })
            })
            .collect()
    }
}
