//! Whose keys are whose: the log, its heads, devices, and centers' keys closed for them.

use super::{exact, small};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::{Id, Instant, id};
use std::collections::BTreeMap;

/// Entries read at a time.
const ENTRIES: i64 = 10_000;
/// Devices of a center, and keys closed for them.
const DEVICES: i64 = 10_000;
/// Heads looked at: the newest, and further back until one is witnessed.
const HEADS: i64 = 50;

/// A caseworker's device.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CaseDevice {
    /// Which.
    pub id: [u8; 16],
    /// Whose.
    pub person: Id<id::Person>,
}

/// A center's key, closed for a device.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyWrap {
    /// Of the key.
    pub epoch: u32,
    /// Which device.
    pub device: [u8; 16],
    /// The wrap.
    pub wrap: Vec<u8>,
}

/// A witness's signature.
#[derive(Clone, PartialEq, Eq)]
pub struct WitnessedBy {
    /// The witness's key.
    pub witness: [u8; 32],
    /// The signature.
    pub signature: Vec<u8>,
}

/// A head of the log.
#[derive(Clone, PartialEq, Eq)]
pub struct LogHead {
    /// Over how many entries.
    pub size: u64,
    /// When.
    pub at: Instant,
    /// Its form.
    pub head: Vec<u8>,
    /// The log's signature.
    pub signature: Vec<u8>,
    /// The witnesses'.
    pub witnesses: Vec<WitnessedBy>,
}

impl Tx {
    /// Adds an entry to the log: its place, from 0.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_append(&mut self, entry: &[u8]) -> Result<u64, Failure> {
        let place: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::log_append\n insert into onestop_entry (place, entry) \
             select coalesce(max(place), -1) + 1, $1 from onestop_entry returning place",
        )
        .bind(entry)
        .fetch_one(conn)
        .await)?;
        small(place)
    }

    /// The log's entries from a place on, in their order.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_from(&mut self, place: u64) -> Result<Vec<Vec<u8>>, Failure> {
        log_from(&mut self.conn(), place).await
    }

    /// Keeps whose a device is.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_device_put(
        &mut self,
        center: &[u8; 16],
        device: &CaseDevice,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::device_put\n insert into onestop_device (id, center, person) \
             values ($1, $2, $3)",
        )
        .bind(device.id.as_slice())
        .bind(center.as_slice())
        .bind(device.person.bits().to_be_bytes().as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps a center's key closed for a device, in the place of one that was closed before.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn key_wrap_put(
        &mut self,
        center: &[u8; 16],
        closed: &KeyWrap,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::key_wrap_put\n insert into onestop_key_wrap (center, epoch, device, wrap) \
             values ($1, $2, $3, $4) \
             on conflict (center, epoch, device) do update set wrap = excluded.wrap",
        )
        .bind(center.as_slice())
        .bind(i64::from(closed.epoch))
        .bind(closed.device.as_slice())
        .bind(closed.wrap.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps a head the log has signed; one of this size and time is kept already.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_head_put(&mut self, head: &LogHead) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::head_put\n insert into onestop_head (size, at_ms, head, signature) \
             values ($1, $2, $3, $4) on conflict (size, at_ms) do nothing",
        )
        .bind(small_back(head.size)?)
        .bind(head.at.millis())
        .bind(head.head.as_slice())
        .bind(head.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        for one in &head.witnesses {
            self.log_witness_put(head, one).await?;
        }
        Ok(())
    }

    /// Keeps a witness's signature of a head.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_witness_put(
        &mut self,
        head: &LogHead,
        by: &WitnessedBy,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::witness_put\n insert into onestop_witness \
             (size, at_ms, witness, signature) values ($1, $2, $3, $4) \
             on conflict (size, at_ms, witness) do nothing",
        )
        .bind(small_back(head.size)?)
        .bind(head.at.millis())
        .bind(by.witness.as_slice())
        .bind(by.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The log's heads, the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_heads(&mut self) -> Result<Vec<LogHead>, Failure> {
        log_heads(&mut self.conn()).await
    }
}

impl Store {
    /// The log's entries from a place on, in their order.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_from(&self, place: u64) -> Result<Vec<Vec<u8>>, Failure> {
        log_from(&mut self.reading().await?.conn(), place).await
    }

    /// The log's heads, the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn log_heads(&self) -> Result<Vec<LogHead>, Failure> {
        log_heads(&mut self.reading().await?.conn()).await
    }

    /// A center's devices, valid or not.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_devices(&self, center: &[u8; 16]) -> Result<Vec<CaseDevice>, Failure> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
                "-- onestop::devices\n select id, person from onestop_device \
                 where center = $1 order by id limit $2",
            )
            .bind(center.as_slice())
            .bind(DEVICES)
            .fetch_all(conn)
            .await)?;
        let read = |(id, person): (Vec<u8>, Vec<u8>)| {
            let person = u128::from_be_bytes(exact(person)?);
            Ok(CaseDevice { id: exact(id)?, person: Id::from_bits(person) })
        };
        rows.into_iter().map(read).collect()
    }

    /// A center's keys closed for its devices, the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn key_wraps(&self, center: &[u8; 16]) -> Result<Vec<KeyWrap>, Failure> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
                "-- onestop::key_wraps\n select epoch, device, wrap from onestop_key_wrap \
                 where center = $1 order by epoch desc, device limit $2",
            )
            .bind(center.as_slice())
            .bind(DEVICES)
            .fetch_all(conn)
            .await)?;
        let read = |(epoch, device, wrap): (i64, Vec<u8>, Vec<u8>)| {
            Ok(KeyWrap { epoch: small(epoch)?, device: exact(device)?, wrap })
        };
        rows.into_iter().map(read).collect()
    }
}

/// A number as the tables have it.
fn small_back(number: u64) -> Result<i64, Failure> {
    i64::try_from(number).map_err(|_range| Failure::row(0, "a number out of its range"))
}

async fn log_from(conn: &mut Conn<'_>, place: u64) -> Result<Vec<Vec<u8>>, Failure> {
    Ok(on!(conn, conn => sqlx::query_scalar(
        "-- onestop::log_from\n select entry from onestop_entry where place >= $1 \
         order by place limit $2",
    )
    .bind(small_back(place)?)
    .bind(ENTRIES)
    .fetch_all(&mut **conn)
    .await)?)
}

async fn log_heads(conn: &mut Conn<'_>) -> Result<Vec<LogHead>, Failure> {
    let heads: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = on!(&mut *conn, conn => sqlx::query_as(
        "-- onestop::heads\n select size, at_ms, head, signature from onestop_head \
         order by size desc, at_ms desc limit $1",
    )
    .bind(HEADS)
    .fetch_all(&mut **conn)
    .await)?;
    let Some((size, at, ..)) = heads.last() else { return Ok(Vec::new()) };
    let signed: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = on!(&mut *conn, conn => sqlx::query_as(
        "-- onestop::witnesses\n select size, at_ms, witness, signature from onestop_witness \
         where size > $1 or (size = $1 and at_ms >= $2) order by witness limit $3",
    )
    .bind(size)
    .bind(at)
    .bind(HEADS * HEADS)
    .fetch_all(&mut **conn)
    .await)?;
    let mut by: BTreeMap<(i64, i64), Vec<WitnessedBy>> = BTreeMap::new();
    for (size, at, witness, signature) in signed {
        let one = WitnessedBy { witness: exact(witness)?, signature };
        by.entry((size, at)).or_default().push(one);
    }
    let read = |(size, at, head, signature): (i64, i64, Vec<u8>, Vec<u8>)| {
        let witnesses = by.get(&(size, at)).cloned().unwrap_or_default();
        Ok(LogHead { size: small(size)?, at: Instant::from_millis(at), head, signature, witnesses })
    };
    heads.into_iter().map(read).collect()
}
