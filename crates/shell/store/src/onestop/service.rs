//! What centers said they can do now.

use super::{exact, small};
use crate::{Failure, Store, Tx, db::on};
use kernel::Instant;

/// Centers of a city that are answered.
const CENTERS: i64 = 1_000;

/// What a center said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CenterSaid {
    /// Which center.
    pub center: [u8; 16],
    /// Words of the interface.
    pub capabilities: Vec<String>,
    /// Two-letter codes.
    pub languages: Vec<String>,
    /// Words of the interface.
    pub access: Vec<String>,
    /// Beds that are free; `None` for a center without any.
    pub beds_free: Option<u16>,
    /// The full hour it said so.
    pub said_at: Instant,
}

type Row = (Vec<u8>, String, String, String, Option<i64>, i64);

impl Tx {
    /// Keeps what a center says, in the place of what it said before.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn service_put(&mut self, said: &CenterSaid) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::service_put\n insert into onestop_service \
             (center, capabilities, languages, access, beds_free, said_ms) \
             values ($1, $2, $3, $4, $5, $6) on conflict (center) do update set \
             capabilities = excluded.capabilities, languages = excluded.languages, \
             access = excluded.access, beds_free = excluded.beds_free, said_ms = excluded.said_ms",
        )
        .bind(said.center.as_slice())
        .bind(said.capabilities.join(","))
        .bind(said.languages.join(","))
        .bind(said.access.join(","))
        .bind(said.beds_free.map(i64::from))
        .bind(said.said_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// What every center said last.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn services(&self) -> Result<Vec<CenterSaid>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::services\n select center, capabilities, languages, access, beds_free, \
             said_ms from onestop_service order by center limit $1",
        )
        .bind(CENTERS)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(read).collect()
    }
}

fn read((center, capabilities, languages, access, beds, said): Row) -> Result<CenterSaid, Failure> {
    Ok(CenterSaid {
        center: exact(center)?,
        capabilities: words(&capabilities),
        languages: words(&languages),
        access: words(&access),
        beds_free: beds.map(small).transpose()?,
        said_at: Instant::from_millis(said),
    })
}

fn words(joined: &str) -> Vec<String> {
    joined.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
