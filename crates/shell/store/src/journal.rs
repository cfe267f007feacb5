//! The journal: loading a stream, deciding, appending, and reading what was recorded.

pub(crate) mod chain;
pub(crate) mod checkpoint;
pub(crate) mod follow;
pub(crate) mod recent;
pub(crate) mod verify;

use crate::projections::{Projection, Stamp};
use crate::{
    Failure, Key, Stopped, Store, Tx,
    db::{Conn, on},
    deadline,
};
use kernel::{Actor, Aggregate, DistrictCode, Fact, Id, Instant};

/// Where the journal stands.
pub(crate) struct Head {
    pub(crate) city: String,
    pub(crate) number: u64,
    pub(crate) hash: [u8; 32],
}

/// A journal row as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    pub(crate) number: i64,
    pub(crate) stream: String,
    pub(crate) stream_id: Vec<u8>,
    pub(crate) stream_version: i64,
    pub(crate) district: Option<String>,
    pub(crate) name: String,
    pub(crate) event_version: i64,
    pub(crate) at_ms: i64,
    pub(crate) actor: String,
    pub(crate) body: String,
    pub(crate) idempotency: Option<Vec<u8>>,
    pub(crate) prev_hash: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// What is told of every event beside its body.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub at: Instant,
    /// The district it belongs to. `None` keeps the one the stream already has.
    pub district: Option<DistrictCode>,
    /// The key of the request it came with.
    pub idempotency: Option<Key>,
}

impl Context {
    /// Who and when; the stream's own district, no key.
    pub const fn new(actor: Actor, at: Instant) -> Self {
        Self { actor, at, district: None, idempotency: None }
    }

    /// The same, in this district.
    #[must_use]
    pub fn in_district(mut self, district: DistrictCode) -> Self {
        self.district = Some(district);
        self
    }

    /// The same, under the key of a request.
    #[must_use]
    pub const fn keyed(mut self, key: Key) -> Self {
        self.idempotency = Some(key);
        self
    }
}

/// A stream folded up to its end.
#[derive(Clone, Debug)]
pub struct Loaded<A> {
    /// The state; the default one if nothing has happened yet.
    pub state: A,
    /// How many events the stream has; 0 if nothing has happened yet.
    pub version: u32,
    /// The district the stream belongs to.
    pub district: Option<DistrictCode>,
}

/// The numbers an append was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The first event's number; one past `last` when there were no events.
    pub first: u64,
    /// The last event's number; the head when there were no events.
    pub last: u64,
}

/// What a command did.
#[derive(Clone, Debug)]
pub struct Acted<A: Aggregate> {
    /// The state after it.
    pub state: A,
    /// What happened; may be empty.
    pub events: Vec<A::Event>,
    /// The stream's version after it.
    pub version: u32,
    /// The number of the last event; the head when nothing happened.
    pub number: u64,
}

/// One event as the journal tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the city's order, from 1, without gaps.
    pub number: u64,
    /// The stream's name, `word.noun`.
    pub stream: String,
    /// The bits of the id of whom it happened to.
    pub id_bits: u128,
    /// Its place in the stream, from 1, without gaps.
    pub version: u32,
    /// What happened, in the past participle.
    pub name: String,
    /// The version of the body.
    pub event_version: u16,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor: Actor,
    /// Where.
    pub district: Option<DistrictCode>,
    /// The event's JSON.
    pub body: String,
}

impl Recorded {
    /// The id, if this happened to an `A`.
    pub fn id<A: Aggregate>(&self) -> Option<Id<A::Kind>> {
        (self.stream == A::STREAM).then(|| Id::from_bits(self.id_bits))
    }

    /// The event, if this happened to an `A`.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] when it happened to something else or no longer decodes.
    pub fn decode<A: Aggregate>(&self) -> Result<A::Event, Failure> {
        if self.stream != A::STREAM {
            return Err(Failure::row(
                self.number,
                format!("of {}, not {}", self.stream, A::STREAM),
            ));
        }
        serde_json::from_str(&self.body).map_err(|error| Failure::row(self.number, error))
    }
}

impl TryFrom<Row> for Recorded {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        let number = row.number as u64;
        let wrong = |what: &str| Failure::row(number, what);
        Ok(Self {
            number,
            id_bits: bits(&row.stream_id).ok_or_else(|| wrong("stream_id is not 16 bytes"))?,
            stream: row.stream,
            version: u32::try_from(row.stream_version)
                .map_err(|error| Failure::row(number, error))?,
            name: row.name,
            event_version: u16::try_from(row.event_version)
                .map_err(|error| Failure::row(number, error))?,
            at: Instant::from_millis(row.at_ms),
            actor: serde_json::from_str(&row.actor).map_err(|error| Failure::row(number, error))?,
            district: district(row.district).map_err(|error| Failure::row(number, error))?,
            body: row.body,
        })
    }
}

/// The 128 bits an id column holds.
pub(crate) fn bits(bytes: &[u8]) -> Option<u128> {
    bytes.try_into().ok().map(u128::from_be_bytes)
}

pub(crate) fn district(
    code: Option<String>,
) -> Result<Option<DistrictCode>, kernel::place::NotADistrict> {
    code.map(DistrictCode::try_from).transpose()
}

/// Every column of a journal row, in table order.
macro_rules! columns {
    () => {
        "number, stream, stream_id, stream_version, district, name, event_version, at_ms, actor, \
         body, idempotency, prev_hash, hash"
    };
}
pub(crate) use columns;

pub(crate) async fn fold<A: Aggregate>(
    conn: &mut Conn<'_>,
    id: Id<A::Kind>,
) -> Result<Loaded<A>, Failure> {
    let id = id.bits().to_be_bytes();
    let rows: Vec<Row> = on!(conn, conn => sqlx::query_as(concat!(
        "-- journal::load\n select ", columns!(),
        " from journal where stream = $1 and stream_id = $2 order by stream_version",
    ))
    .bind(A::STREAM)
    .bind(id.as_slice())
    .fetch_all(&mut **conn)
    .await)?;
    let mut loaded = Loaded { state: A::default(), version: 0, district: None };
    for row in rows {
        let recorded = Recorded::try_from(row)?;
        loaded.state.apply(&recorded.decode::<A>()?, recorded.at);
        loaded.version += 1;
        if recorded.version != loaded.version {
            return Err(Failure::row(recorded.number, "its stream has a gap before it"));
        }
        if recorded.district.is_some() {
            loaded.district = recorded.district;
        }
    }
    Ok(loaded)
}

impl Store {
    /// The state of `id` as of the last commit.
    ///
    /// # Errors
    /// [`Failure`] of the database, or a row that no longer decodes.
    pub async fn load<A: Aggregate>(&self, id: Id<A::Kind>) -> Result<Loaded<A>, Failure> {
        fold(&mut self.reading().await?.conn(), id).await
    }
}

impl Tx {
    /// The state of `id`; it cannot change before this transaction ends.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub async fn load<A: Aggregate>(&mut self, id: Id<A::Kind>) -> Result<Loaded<A>, Failure> {
        fold(&mut self.conn(), id).await
    }

    /// Appends `events` to the stream of `id`, brings its projections up to date and replaces its
    /// deadlines, all or nothing with the rest of the transaction.
    ///
    /// # Errors
    /// [`Failure::Moved`] when the stream is not at `expected_version`.
    pub async fn append<A: Aggregate + 'static>(
        &mut self,
        id: Id<A::Kind>,
        expected_version: u32,
        events: &[A::Event],
        context: &Context,
        rules: &A::Rules,
    ) -> Result<Appended, Failure> {
        let mut loaded = self.load::<A>(id).await?;
        if loaded.version != expected_version {
            return Err(Failure::Moved {
                stream: A::STREAM,
                expected: expected_version,
                actual: loaded.version,
            });
        }
        self.extend(id, &mut loaded, events, context, rules).await
    }

    /// Gives `id` a command: loads it, lets it decide, appends what it decided.
    ///
    /// # Errors
    /// [`Stopped::Refused`] when the domain says no: nothing was written for this command, and the
    /// transaction may go on. [`Stopped::Failed`] when the world failed.
    pub async fn act<A: Aggregate + 'static>(
        &mut self,
        id: Id<A::Kind>,
        command: A::Command,
        rules: &A::Rules,
        context: &Context,
    ) -> Result<Acted<A>, Stopped<A::Refusal>> {
        let mut loaded = self.load::<A>(id).await?;
        let events = loaded.state.decide(command, rules, context.at).map_err(Stopped::Refused)?;
        let appended = self.extend(id, &mut loaded, &events, context, rules).await?;
        let Loaded { state, version, .. } = loaded;
        Ok(Acted { state, events, version, number: appended.last })
    }

    pub(crate) async fn extend<A: Aggregate + 'static>(
        &mut self,
        id: Id<A::Kind>,
        loaded: &mut Loaded<A>,
        events: &[A::Event],
        context: &Context,
        rules: &A::Rules,
    ) -> Result<Appended, Failure> {
        let first = self.head.number + 1;
        if context.district.is_some() {
            loaded.district.clone_from(&context.district);
        }
        for event in events {
            loaded.version += 1;
            loaded.state.apply(event, context.at);
            let row = self.next_row::<A>(id, loaded, event, context)?;
            self.keep(row).await?;
        }
        if !events.is_empty() {
            self.appended_at(context.at);
            let deadlines = loaded.state.deadlines(rules);
            let stamp = Stamp {
                id: id.bits(),
                version: loaded.version,
                number: self.head.number,
                at: context.at,
                district: loaded.district.clone(),
            };
            if let Some(row) = Projection::of(&loaded.state, &stamp) {
                row.write(&mut self.conn()).await?;
            }
            let district = loaded.district.as_ref();
            deadline::replace(&mut self.conn(), A::STREAM, id.bits(), &deadlines, district).await?;
        }
        Ok(Appended { first, last: self.head.number })
    }

    fn next_row<A: Aggregate>(
        &self,
        id: Id<A::Kind>,
        loaded: &Loaded<A>,
        event: &A::Event,
        context: &Context,
    ) -> Result<Row, Failure> {
        let mut row = Row {
            number: self.head.number as i64 + 1,
            stream: A::STREAM.to_owned(),
            stream_id: id.bits().to_be_bytes().to_vec(),
            stream_version: i64::from(loaded.version),
            district: loaded.district.clone().map(String::from),
            name: event.name().to_owned(),
            event_version: i64::from(event.version()),
            at_ms: context.at.millis(),
            actor: serde_json::to_string(&context.actor).map_err(Failure::Unwritable)?,
            body: serde_json::to_string(event).map_err(Failure::Unwritable)?,
            idempotency: context.idempotency.as_ref().map(|key| key.hash().to_vec()),
            prev_hash: self.head.hash.to_vec(),
            hash: Vec::new(),
        };
        row.hash = chain::hash(&row).to_vec();
        Ok(row)
    }

    async fn keep(&mut self, row: Row) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(concat!(
            "-- journal::append\n insert into journal (", columns!(),
            ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        ))
        .bind(row.number)
        .bind(&row.stream)
        .bind(row.stream_id.as_slice())
        .bind(row.stream_version)
        .bind(&row.district)
        .bind(&row.name)
        .bind(row.event_version)
        .bind(row.at_ms)
        .bind(&row.actor)
        .bind(&row.body)
        .bind(row.idempotency.as_deref())
        .bind(row.prev_hash.as_slice())
        .bind(row.hash.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        self.head.number = row.number as u64;
        self.head.hash.copy_from_slice(&row.hash);
        Ok(())
    }
}
