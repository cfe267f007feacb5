//! Are the lists what the journal says? And if not, make them so.

use super::{
    Projected, Stamp, Value, cells, each_projected,
    rows::{self, Table},
};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
    journal::{Recorded, Row, checkpoint::hex, columns},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Journal rows read at a time.
const PAGE: i64 = 2_000;

/// One projection's contents, as a digest that is the same on both databases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableDigest {
    /// The table.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 over every cell of every row in order of id, in hexadecimal.
    pub digest: String,
}

/// What rebuilding did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RebuildReport {
    /// The journal number the projections now stand at.
    pub number: u64,
    /// As they were.
    pub before: Vec<TableDigest>,
    /// As they are, refolded from the journal alone.
    pub after: Vec<TableDigest>,
}

impl RebuildReport {
    /// The tables that were not what the journal says. Empty on a sound city.
    pub fn differing(&self) -> Vec<&'static str> {
        self.before
            .iter()
            .zip(&self.after)
            .filter(|(before, after)| before != after)
            .map(|(before, _)| before.table)
            .collect()
    }
}

impl Store {
    /// The contents of every projection as they stand.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn projection_digest(&self) -> Result<Vec<TableDigest>, Failure> {
        let mut tx = self.inner.db.snapshot().await?;
        let digests = standing(&mut tx.conn()).await;
        tx.rollback().await?;
        digests
    }

    /// Holds every projection, as of one moment, against the journal and changes nothing: `before`
    /// is what stands, `after` what a rebuild would make of it. Blocks nobody.
    ///
    /// # Errors
    /// [`Failure`] of the database, or an event that no longer decodes.
    pub async fn check_projections(&self) -> Result<RebuildReport, Failure> {
        let mut tx = self.inner.db.snapshot().await?;
        let report = async {
            let mut conn = tx.conn();
            let before = standing(&mut conn).await?;
            let mut after = Vec::new();
            each_projected!(A => after.push(refold::<A>(&mut conn, false).await?));
            let number = crate::journal::Head::read(&mut conn).await?.number;
            Ok(RebuildReport { number, before, after })
        }
        .await;
        tx.rollback().await?;
        report
    }

    /// Empties every projection and folds it anew from the journal, in one transaction: readers
    /// see the old rows until it is done, writers wait.
    ///
    /// # Errors
    /// [`Failure`] of the database, or an event that no longer decodes; nothing has changed then.
    pub async fn rebuild(&self) -> Result<RebuildReport, Failure> {
        self.transact("projections::rebuild", async |tx| tx.rebuild().await).await
    }
}

impl Tx {
    async fn rebuild(&mut self) -> Result<RebuildReport, Failure> {
        let number = self.head.number;
        let mut conn = self.conn();
        let before = standing(&mut conn).await?;
        each_projected!(A => {
            rows::clear(&mut conn, &A::TABLE).await?;
            refold::<A>(&mut conn, true).await?;
        });
        // Read back, not taken from the fold: what counts is what stands in the tables.
        let after = standing(&mut conn).await?;
        Ok(RebuildReport { number, before, after })
    }
}

async fn standing(conn: &mut Conn<'_>) -> Result<Vec<TableDigest>, Failure> {
    let mut digests = Vec::new();
    each_projected!(A => {
        let mut sum = Sum::new(&A::TABLE);
        let mut last = Vec::new();
        loop {
            let page = page(conn, &A::TABLE, &last).await?;
            let Some(end) = page.last().and_then(|row| row.first().cloned()?.into_id()) else {
                break;
            };
            for row in &page {
                sum.add(row);
            }
            last = end.to_be_bytes().to_vec();
        }
        digests.push(sum.close());
    });
    Ok(digests)
}

/// The next page of a table after `last` (16 bytes, or none at the start).
async fn page(conn: &mut Conn<'_>, table: &Table, last: &[u8]) -> Result<Vec<Vec<Value>>, Failure> {
    match <[u8; 16]>::try_from(last) {
        Ok(last) => {
            let after = vec![Value::Id(Some(last)), Value::Int(Some(PAGE))];
            rows::select_page(conn, table, "id > $1", "$2", after).await
        }
        Err(_) => rows::select_page(conn, table, "1 = 1", "$1", vec![Value::Int(Some(PAGE))]).await,
    }
}

/// Folds every stream of `A` in order of id; writes the rows if asked; their digest.
async fn refold<A: Projected>(conn: &mut Conn<'_>, write: bool) -> Result<TableDigest, Failure> {
    let mut sum = Sum::new(&A::TABLE);
    let mut folding: Option<(A, Stamp)> = None;
    let mut place = (Vec::new(), 0);
    loop {
        let page = stream_page(conn, A::STREAM, &place).await?;
        let Some(end) = page.last() else { break };
        place = (end.stream_id.clone(), end.stream_version);
        for row in page {
            let event = Recorded::try_from(row)?;
            let decoded = event.decode::<A>()?;
            let mut next = match folding.take() {
                Some((state, stamp)) if stamp.id == event.id_bits => (state, stamp),
                done => {
                    finish(conn, done, &mut sum, write).await?;
                    (A::default(), Stamp::before(&event))
                }
            };
            next.0.apply(&decoded, event.at);
            next.1.take(event);
            folding = Some(next);
        }
    }
    finish(conn, folding, &mut sum, write).await?;
    Ok(sum.close())
}

async fn finish<A: Projected>(
    conn: &mut Conn<'_>,
    done: Option<(A, Stamp)>,
    sum: &mut Sum,
    write: bool,
) -> Result<(), Failure> {
    let Some((state, stamp)) = done else { return Ok(()) };
    let row = cells(&state, &stamp);
    sum.add(&row);
    if write { rows::upsert(conn, &A::TABLE, &row).await } else { Ok(()) }
}

async fn stream_page(
    conn: &mut Conn<'_>,
    stream: &str,
    (id, version): &(Vec<u8>, i64),
) -> Result<Vec<Row>, Failure> {
    Ok(on!(conn, conn => sqlx::query_as(concat!(
        "-- projections::stream_page\n select ", columns!(), " from journal where stream = $1 \
         and (stream_id, stream_version) > ($2, $3) order by stream_id, stream_version limit $4",
    ))
    .bind(stream)
    .bind(id.as_slice())
    .bind(*version)
    .bind(PAGE)
    .fetch_all(&mut **conn)
    .await)?)
}

impl Stamp {
    fn before(event: &Recorded) -> Self {
        Self { id: event.id_bits, version: 0, number: 0, at: event.at, district: None }
    }

    fn take(&mut self, event: Recorded) {
        self.version = event.version;
        self.number = event.number;
        self.at = event.at;
        if event.district.is_some() {
            self.district = event.district;
        }
    }
}

/// A running digest of a table.
struct Sum {
    table: &'static str,
    rows: u64,
    hasher: Sha256,
}

impl Sum {
    fn new(table: &Table) -> Self {
        Self { table: table.name, rows: 0, hasher: Sha256::new() }
    }

    fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        for cell in row {
            // One byte for the type and its absence, the length, the bytes: no two different rows
            // have the same encoding.
            let (tag, bytes) = match cell {
                Value::Int(value) => (1, value.map(|number| number.to_be_bytes().to_vec())),
                Value::Text(value) => (2, value.as_ref().map(|text| text.as_bytes().to_vec())),
                Value::Id(value) => (3, value.map(|bytes| bytes.to_vec())),
            };
            self.hasher.update([tag, u8::from(bytes.is_some())]);
            let bytes = bytes.unwrap_or_default();
            self.hasher.update((bytes.len() as u64).to_be_bytes());
            self.hasher.update(bytes);
        }
    }

    fn close(self) -> TableDigest {
        TableDigest { table: self.table, rows: self.rows, digest: hex(&self.hasher.finalize()) }
    }
}
