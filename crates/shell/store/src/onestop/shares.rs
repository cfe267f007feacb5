//! That a center's key was shared out, and that it came back: which key and the hour, nothing else.

use super::small;
use crate::{Failure, Store, Tx, db::on};
use kernel::Instant;

/// Which key of a center was shared out, or came back, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedKey {
    /// Of the key.
    pub epoch: u32,
    /// The full hour.
    pub at: Instant,
}

impl Tx {
    /// Keeps that the shares of this key count, in the place of those of an older one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn shares_put(&mut self, center: &[u8; 16], made: SharedKey) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::shares_put\n insert into onestop_shares (center, epoch, made_ms) \
             values ($1, $2, $3) on conflict (center) do update \
             set epoch = excluded.epoch, made_ms = excluded.made_ms",
        )
        .bind(center.as_slice())
        .bind(i64::from(made.epoch))
        .bind(made.at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps that this key came back on a device; the first time counts.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn key_back_put(
        &mut self,
        center: &[u8; 16],
        device: &[u8; 16],
        back: SharedKey,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::key_back_put\n insert into onestop_key_back \
             (center, epoch, device, back_ms) values ($1, $2, $3, $4) \
             on conflict (center, epoch, device) do nothing",
        )
        .bind(center.as_slice())
        .bind(i64::from(back.epoch))
        .bind(device.as_slice())
        .bind(back.at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The key of a center whose shares count, if any were made.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn shares(&self, center: &[u8; 16]) -> Result<Option<SharedKey>, Failure> {
        let row: Option<(i64, i64)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::shares\n select epoch, made_ms from onestop_shares where center = $1",
        )
        .bind(center.as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(shared).transpose()
    }

    /// The key of a center that came back last, if one ever did.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn key_back(&self, center: &[u8; 16]) -> Result<Option<SharedKey>, Failure> {
        let row: Option<(i64, i64)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::key_back\n select epoch, back_ms from onestop_key_back \
             where center = $1 order by epoch desc, back_ms desc limit 1",
        )
        .bind(center.as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(shared).transpose()
    }
}

fn shared((epoch, at): (i64, i64)) -> Result<SharedKey, Failure> {
    Ok(SharedKey { epoch: small(epoch)?, at: Instant::from_millis(at) })
}
