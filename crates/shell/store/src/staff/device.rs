//! Paired devices: a store's till, a desk's console.

use super::{person::read_id, token_hash};
use crate::{Failure, Store, Tx, db::on};
use kernel::{Id, Instant, Secret, id};

const TOKEN: &str = "waylight device token 1";

/// A device to be paired.
pub struct NewDevice {
    /// Its token, 128 bits of randomness or more; only its hash is kept.
    pub token: Secret<String>,
    /// What it is for, as JSON of the caller's making (which store, which desk).
    pub purpose: String,
    /// When it is paired.
    pub paired_at: Instant,
}

/// A paired device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which.
    pub id: Id<id::Device>,
    /// What it is for, as the caller wrote it.
    pub purpose: String,
    /// When it was paired.
    pub paired_at: Instant,
    /// When it was last seen.
    pub seen_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    purpose: String,
    paired_ms: i64,
    seen_ms: Option<i64>,
}

impl TryFrom<Row> for Device {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: read_id(&row.id)?,
            purpose: row.purpose,
            paired_at: Instant::from_millis(row.paired_ms),
            seen_at: row.seen_ms.map(Instant::from_millis),
        })
    }
}

impl Tx {
    /// Pairs a device.
    ///
    /// # Errors
    /// [`Failure`] of the database, or no randomness.
    pub async fn device_pair(&mut self, device: &NewDevice) -> Result<Id<id::Device>, Failure> {
        let id = crate::new_id::<id::Device>()?;
        on!(self.conn(), conn => sqlx::query(
            "-- staff::device_pair\n insert into device (id, purpose, token_hash, paired_ms) \
             values ($1, $2, $3, $4)",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(&device.purpose)
        .bind(token_hash(TOKEN, &device.token).as_slice())
        .bind(device.paired_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(id)
    }

    /// Notes that a device was seen.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn device_seen(&mut self, id: Id<id::Device>, now: Instant) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::device_seen\n update device set seen_ms = $2 \
             where id = $1 and revoked_ms is null",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Ends a pairing, and every session of the device, at once; whether it was paired.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn device_revoke(
        &mut self,
        id: Id<id::Device>,
        now: Instant,
    ) -> Result<bool, Failure> {
        let name = id.bits().to_be_bytes();
        on!(self.conn(), conn => sqlx::query(
            "-- staff::device_revoke_sessions\n update session set revoked_ms = $2 \
             where device = $1 and revoked_ms is null",
        )
        .bind(name.as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        let ended = on!(self.conn(), conn => sqlx::query(
            "-- staff::device_revoke\n update device set revoked_ms = $2 \
             where id = $1 and revoked_ms is null",
        )
        .bind(name.as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(ended > 0)
    }
}

impl Store {
    /// The device of this token, if it is still paired.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn device(&self, token: &Secret<String>) -> Result<Option<Device>, Failure> {
        let row: Option<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::device\n select id, purpose, paired_ms, seen_ms from device \
             where token_hash = $1 and revoked_ms is null",
        )
        .bind(token_hash(TOKEN, token).as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(Device::try_from).transpose()
    }

    /// Every paired device, oldest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn devices(&self) -> Result<Vec<Device>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::devices\n select id, purpose, paired_ms, seen_ms from device \
             where revoked_ms is null order by paired_ms, id",
        )
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Device::try_from).collect()
    }
}
