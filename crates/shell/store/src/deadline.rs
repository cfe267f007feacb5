//! Durable deadlines: what happens by when unless the stream moves on. The rows are replaced in
//! the transaction of every append, so a crash forgets none and a restart finds the late ones.

use crate::{
    Context, Failure, Store, Tx,
    db::{Conn, on},
    journal::{self, Acted, Loaded},
};
use kernel::{Actor, Aggregate, Deadline, DistrictCode, Id, Instant};

/// A deadline that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The stream's name, `word.noun`.
    pub stream: String,
    /// The bits of the stream's id.
    pub id_bits: u128,
    /// What lapses.
    pub name: String,
    /// When it was due.
    pub due_at: Instant,
    /// The district of the stream, whose rules apply.
    pub district: Option<DistrictCode>,
}

impl Due {
    /// The id, if this is a deadline of an `A`.
    pub fn id<A: Aggregate>(&self) -> Option<Id<A::Kind>> {
        (self.stream == A::STREAM).then(|| Id::from_bits(self.id_bits))
    }
}

/// What became of a deadline that had come.
#[derive(Clone, Debug)]
pub enum Elapsed<A: Aggregate> {
    /// The stream took it in.
    Acted(Box<Acted<A>>),
    /// The stream had moved on: the deadline was no longer kept.
    Gone,
    /// Nothing came of it; what the aggregate waits for under the rules of now is kept instead.
    Nothing,
    /// The aggregate would not have it; what it waits for now is kept instead.
    Refused(A::Refusal),
}

#[derive(sqlx::FromRow)]
struct Row {
    stream: String,
    stream_id: Vec<u8>,
    name: String,
    due_ms: i64,
    district: Option<String>,
}

impl TryFrom<Row> for Due {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id_bits: journal::bits(&row.stream_id)
                .ok_or_else(|| Failure::row(0, "a deadline's id is not 16 bytes"))?,
            stream: row.stream,
            name: row.name,
            due_at: Instant::from_millis(row.due_ms),
            district: journal::district(row.district).map_err(|error| Failure::row(0, error))?,
        })
    }
}

impl Store {
    /// The deadlines that have come by `now`, longest overdue first, at most `limit`.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn due(&self, now: Instant, limit: u32) -> Result<Vec<Due>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- deadline::due\n select stream, stream_id, name, due_ms, district from deadline \
             where due_ms <= $1 order by due_ms, stream_id, name limit $2",
        )
        .bind(now.millis())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Due::try_from).collect()
    }

    /// When the next deadline comes, if there is one: how long the clock may sleep.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn next_deadline(&self) -> Result<Option<Instant>, Failure> {
        let due: Option<i64> = on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- deadline::next\n select min(due_ms) from deadline",
        )
        .fetch_one(conn)
        .await)?;
        Ok(due.map(Instant::from_millis))
    }

    /// The deadlines kept for one aggregate, soonest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn deadlines<A: Aggregate>(&self, id: Id<A::Kind>) -> Result<Vec<Due>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- deadline::of\n select stream, stream_id, name, due_ms, district from deadline \
             where stream = $1 and stream_id = $2 order by due_ms, name",
        )
        .bind(A::STREAM)
        .bind(id.bits().to_be_bytes().as_slice())
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Due::try_from).collect()
    }
}

impl Tx {
    /// Lets a deadline of an `A` lapse at `now`: gives the aggregate the command it stands for.
    /// Whatever happens the deadline is settled, so a clock that loops over [`Store::due`] gets
    /// on; one that comes to nothing is replaced by what the aggregate waits for now.
    ///
    /// # Errors
    /// [`Failure`] of the database; nothing is settled then.
    pub async fn elapse<A: Aggregate + 'static>(
        &mut self,
        due: &Due,
        rules: &A::Rules,
        now: Instant,
    ) -> Result<Elapsed<A>, Failure> {
        let Some(id) = due.id::<A>() else { return Ok(Elapsed::Gone) };
        if !self.settle(due).await? {
            return Ok(Elapsed::Gone);
        }
        let mut loaded = self.load::<A>(id).await?;
        let context = Context::new(Actor::Clock, now);
        let decided = match A::elapsed(&due.name) {
            Some(command) => loaded.state.decide(command, rules, now),
            None => Ok(Vec::new()),
        };
        let elapsed = match decided {
            Ok(events) if !events.is_empty() => {
                let appended = self.extend(id, &mut loaded, &events, &context, rules).await?;
                let Loaded { state, version, .. } = loaded;
                Elapsed::Acted(Box::new(Acted { state, events, version, number: appended.last }))
            }
            decided => {
                // Nothing came of it, perhaps because the rules have changed since it was kept:
                // what the aggregate waits for now is asked again, so no deadline is lost.
                let deadlines = loaded.state.deadlines(rules);
                let district = loaded.district.as_ref();
                replace(&mut self.conn(), A::STREAM, id.bits(), &deadlines, district).await?;
                decided.map_or_else(Elapsed::Refused, |_none| Elapsed::Nothing)
            }
        };
        if self.settle(due).await? {
            // The very same deadline, already past: left standing it would fire for ever and
            // starve the others.
            tracing::error!(stream = A::STREAM, deadline = due.name, "lapsed without an effect");
        }
        Ok(elapsed)
    }

    /// Removes the deadline if it is still kept for the same moment; whether it was.
    async fn settle(&mut self, due: &Due) -> Result<bool, Failure> {
        let removed = on!(self.conn(), conn => sqlx::query(
            "-- deadline::settle\n delete from deadline \
             where stream = $1 and stream_id = $2 and name = $3 and due_ms = $4",
        )
        .bind(&due.stream)
        .bind(due.id_bits.to_be_bytes().as_slice())
        .bind(&due.name)
        .bind(due.due_at.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(removed > 0)
    }
}

/// Replaces the deadlines of a stream. Of two under one name the earlier is kept.
pub(crate) async fn replace(
    conn: &mut Conn<'_>,
    stream: &str,
    id: u128,
    deadlines: &[Deadline],
    district: Option<&DistrictCode>,
) -> Result<(), Failure> {
    let id = id.to_be_bytes();
    on!(&mut *conn, conn => sqlx::query(
        "-- deadline::clear\n delete from deadline where stream = $1 and stream_id = $2",
    )
    .bind(stream)
    .bind(id.as_slice())
    .execute(&mut **conn)
    .await
    .map(drop))?;
    for deadline in deadlines {
        on!(&mut *conn, conn => sqlx::query(
            "-- deadline::keep\n insert into deadline (stream, stream_id, name, due_ms, district) \
             values ($1, $2, $3, $4, $5) on conflict (stream, stream_id, name) \
             do update set due_ms = excluded.due_ms where excluded.due_ms < deadline.due_ms",
        )
        .bind(stream)
        .bind(id.as_slice())
        .bind(deadline.name)
        .bind(deadline.due_at.millis())
        .bind(district.map(DistrictCode::as_str))
        .execute(&mut **conn)
        .await
        .map(drop))?;
    }
    Ok(())
}
