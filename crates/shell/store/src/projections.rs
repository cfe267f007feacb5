//! Projections: what lists on screens are read from, written in the transaction of the events.
//!
//! A row is a pure function of its stream's folded state and of the last event's number, time and
//! district. So it can be computed at the append, where the state is at hand, or from the journal
//! alone, and both must give the same bytes: that is what [`Store::rebuild`] shows.

mod alarm;
mod environment;
mod escort;
mod haven;
mod patrol;
mod rebuild;
mod rows;
mod volunteer;

pub use escort::WalkCount;
pub use rebuild::{RebuildReport, TableDigest};
pub(crate) use rows::{Value, word};

use crate::{
    Failure, Store,
    db::{Conn, on},
    journal::{Loaded, Recorded, Row as JournalRow, columns},
};
use kernel::{Actor, Aggregate, DistrictCode, Id, Instant};
use rows::Table;
use std::any::Any;

/// One of a list: a state, and the event that made it so.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<A: Aggregate> {
    /// Whose state.
    pub id: Id<A::Kind>,
    /// The state.
    pub state: A,
    /// The stream's version.
    pub version: u32,
    /// The number of its last event.
    pub number: u64,
    /// When its last event was.
    pub at: Instant,
    /// The district its events are marked with.
    pub district: Option<DistrictCode>,
    /// What happened to it, oldest first: for walks, alarms and registers. Empty for havens, teams
    /// and volunteers, whose lists are read without their long streams.
    pub history: Vec<Happened>,
}

/// A line of a history: which event, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// The event's name, in the past participle.
    pub name: String,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor: Actor,
}

impl<A: Aggregate> Listed<A> {
    /// When the event of this name last happened.
    pub fn last(&self, name: &str) -> Option<Instant> {
        self.history.iter().rfind(|one| one.name == name).map(|one| one.at)
    }
}

/// An aggregate that has a table.
pub(crate) trait Projected: Aggregate + 'static {
    const TABLE: Table;
    /// The columns of its own, in table order.
    fn row(&self) -> Vec<Value>;
}

/// An aggregate whose table holds its whole state: lists need not read its stream, which may be
/// long.
pub(crate) trait Restored: Projected {
    /// The state the columns were made from; `None` if they were not made by [`Projected::row`].
    fn from_row(cells: &mut dyn Iterator<Item = Value>) -> Option<Self>;
}

/// Runs one line for every aggregate that has a table.
macro_rules! each_projected {
    ($aggregate:ident => $line:expr) => {{
        type Escort = ::escort::Request;
        type Alarm = ::alarm::Alarm;
        type Haven = ::haven::Store;
        type Team = ::volunteer::team::Team;
        type Person = ::volunteer::person::Person;
        type Register = ::environment::Register;
        type Application = ::volunteer::Application;
        type Attendance = ::volunteer::Attendance;
        type Shift = ::volunteer::Shift;
        type Ledger = ::volunteer::Ledger;
        type Watch = ::volunteer::Watch;
        type Debrief = ::volunteer::Debrief;
        type NoGo = ::volunteer::NoGo;
        type Defect = ::environment::Defect;
        type Beat = ::patrol::Beat;
        type Round = ::patrol::Round;
        type Sighting = ::patrol::Sighting;
        each_projected!(@ $aggregate => $line; Escort Alarm Haven Team Person Register
            Application Attendance Shift Ledger Watch Debrief NoGo Defect Beat Round Sighting);
    }};
    (@ $aggregate:ident => $line:expr; $($one:ident)*) => {
        $({ type $aggregate = $one; $line })*
    };
}
pub(crate) use each_projected;

/// What an event leaves beside the state.
#[derive(Clone)]
pub(crate) struct Stamp {
    pub(crate) id: u128,
    pub(crate) version: u32,
    pub(crate) number: u64,
    pub(crate) at: Instant,
    pub(crate) district: Option<DistrictCode>,
}

/// A row to be written; knows its table.
pub(crate) struct Projection {
    table: Table,
    cells: Vec<Value>,
}

impl Projection {
    /// The row of `state`, if its kind has a table.
    pub(crate) fn of(state: &dyn Any, stamp: &Stamp) -> Option<Self> {
        each_projected!(A => if let Some(state) = state.downcast_ref::<A>() {
            return Some(Self { table: A::TABLE, cells: cells(state, stamp) });
        });
        None
    }

    pub(crate) async fn write(self, conn: &mut Conn<'_>) -> Result<(), Failure> {
        rows::upsert(conn, &self.table, &self.cells).await
    }
}

/// Every column of the row, in table order.
fn cells<A: Projected>(state: &A, stamp: &Stamp) -> Vec<Value> {
    let mut cells = vec![
        Value::id(Some(stamp.id)),
        Value::int(Some(stamp.version)),
        Value::int(i64::try_from(stamp.number).ok()),
        Value::time(Some(stamp.at)),
        Value::text(stamp.district.as_ref()),
    ];
    cells.extend(state.row());
    debug_assert_eq!(cells.len(), A::TABLE.columns().count(), "{}", A::TABLE.name);
    cells
}

/// The states whose rows satisfy `clause`, folded from their streams, ordered by id.
pub(crate) async fn folded<A: Projected>(
    store: &Store,
    clause: &'static str,
    binds: Vec<Value>,
) -> Result<Vec<Listed<A>>, Failure> {
    let sql = sqlx::AssertSqlSafe(format!(
        "-- projections::folded {table}\n select {columns} from journal where stream = '{stream}' \
         and stream_id in (select id from {table} where {clause}) order by stream_id, stream_version",
        columns = columns!(),
        table = A::TABLE.name,
        stream = A::STREAM,
    ));
    let rows: Vec<JournalRow> = on!(store.reading().await?.conn(), conn => {
        let mut query = sqlx::query_as(sql);
        for value in binds {
            query = rows::bind!(query, value);
        }
        query.fetch_all(conn).await
    })?;
    let mut listed: Vec<Listed<A>> = Vec::new();
    for row in rows {
        let event = Recorded::try_from(row)?;
        if listed.last().is_none_or(|last| last.id.bits() != event.id_bits) {
            listed.push(Listed {
                id: Id::from_bits(event.id_bits),
                state: A::default(),
                version: 0,
                number: 0,
                at: event.at,
                district: None,
                history: Vec::new(),
            });
        }
        if let Some(last) = listed.last_mut() {
            last.state.apply(&event.decode::<A>()?, event.at);
            last.version = event.version;
            last.number = event.number;
            last.at = event.at;
            if event.district.is_some() {
                last.district = event.district;
            }
            last.history.push(Happened { name: event.name, at: event.at, actor: event.actor });
        }
    }
    Ok(listed)
}

/// The states whose rows satisfy `clause`, read from the rows themselves, ordered by id.
pub(crate) async fn restored<A: Restored>(
    store: &Store,
    clause: &'static str,
    binds: Vec<Value>,
) -> Result<Vec<Listed<A>>, Failure> {
    let rows = rows::select(&mut store.reading().await?.conn(), &A::TABLE, clause, binds).await?;
    rows.into_iter()
        .map(|row| {
            let number = row.get(2).and_then(|cell| cell.clone().into_int()).unwrap_or(0);
            restore(row).ok_or_else(|| {
                Failure::row(number as u64, format!("{} does not read back", A::TABLE.name))
            })
        })
        .collect()
}

fn restore<A: Restored>(row: Vec<Value>) -> Option<Listed<A>> {
    let mut cells = row.into_iter();
    let id = cells.next()?.into_id()?;
    let version = cells.next()?.into_int()?;
    let number = cells.next()?.into_int()?;
    let at = cells.next()?.into_time()?;
    let district = match cells.next()?.into_text() {
        Some(code) => Some(DistrictCode::try_from(code).ok()?),
        None => None,
    };
    Some(Listed {
        id: Id::from_bits(id),
        state: A::from_row(&mut cells)?,
        version: u32::try_from(version).ok()?,
        number: number as u64,
        at,
        district,
        history: Vec::new(),
    })
}

impl<A: Aggregate> From<Listed<A>> for Loaded<A> {
    fn from(listed: Listed<A>) -> Self {
        Self { state: listed.state, version: listed.version, district: listed.district }
    }
}
