//! Private rows: what must be forgotten. Names, phones, addresses, free text.
//!
//! Each row is sealed with XChaCha20-Poly1305 under a random key of its own; that key, wrapped by
//! the master key from the key files, lies in another table. The id and kind are bound in, so
//! rows cannot be swapped. Forgetting deletes both: a database file, a log shipped elsewhere or an
//! old copy of one table alone opens nothing.

use crate::{
    Failure, Keys, Store, Tx,
    db::{Conn, Db, on},
    journal, keys,
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use kernel::{Id, Instant, Secret, id};

const NONCE: usize = 24;

impl Tx {
    /// Keeps `bytes` until `expires_at`, sealed. `kind` says what they are (`escort.requester`) and
    /// must be given again to read them.
    ///
    /// # Errors
    /// [`Failure`] of the database, or no randomness.
    pub async fn private_put(
        &mut self,
        kind: &str,
        bytes: &Secret<Vec<u8>>,
        expires_at: Instant,
    ) -> Result<Id<id::Private>, Failure> {
        let id = crate::new_id::<id::Private>()?;
        let key = Secret::new(keys::random()?);
        let sealed = seal(&key, &bound("private row", id, kind), bytes.expose())?;
        let wrapped =
            seal(&wrapping(&self.store.keys), &bound("private key", id, kind), key.expose())?;
        let name = id.bits().to_be_bytes();
        on!(self.conn(), conn => sqlx::query(
            "-- private::put\n insert into private (id, kind, sealed, expires_ms) \
             values ($1, $2, $3, $4)",
        )
        .bind(name.as_slice())
        .bind(kind)
        .bind(sealed.as_slice())
        .bind(expires_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        on!(self.conn(), conn => sqlx::query(
            "-- private::put_key\n insert into private_key (id, wrapped) values ($1, $2)",
        )
        .bind(name.as_slice())
        .bind(wrapped.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(id)
    }

    /// The private row `id` of this kind, unless it is forgotten or has expired by `now`.
    ///
    /// # Errors
    /// [`Failure::Sealed`] when it does not open.
    pub async fn private_get(
        &mut self,
        id: Id<id::Private>,
        kind: &str,
        now: Instant,
    ) -> Result<Option<Secret<Vec<u8>>>, Failure> {
        let wrapping = wrapping(&self.store.keys);
        get(&mut self.conn(), &wrapping, id, kind, now).await
    }

    /// Keeps the row until `expires_at` instead, later or earlier; whether there is one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn private_extend(
        &mut self,
        id: Id<id::Private>,
        expires_at: Instant,
    ) -> Result<bool, Failure> {
        let rows = on!(self.conn(), conn => sqlx::query(
            "-- private::extend\n update private set expires_ms = $2 where id = $1",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(expires_at.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Forgets the row and its key; whether there was one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn private_forget(&mut self, id: Id<id::Private>) -> Result<bool, Failure> {
        let name = id.bits().to_be_bytes();
        let keys = on!(self.conn(), conn => sqlx::query(
            "-- private::forget_key\n delete from private_key where id = $1",
        )
        .bind(name.as_slice())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        let rows = on!(self.conn(), conn => sqlx::query(
            "-- private::forget\n delete from private where id = $1",
        )
        .bind(name.as_slice())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(keys + rows > 0)
    }
}

impl Store {
    /// As [`Tx::private_get`], outside a transaction.
    ///
    /// # Errors
    /// [`Failure::Sealed`] when it does not open.
    pub async fn private_get(
        &self,
        id: Id<id::Private>,
        kind: &str,
        now: Instant,
    ) -> Result<Option<Secret<Vec<u8>>>, Failure> {
        let wrapping = wrapping(self.keys());
        get(&mut self.reading().await?.conn(), &wrapping, id, kind, now).await
    }

    /// Forgets every private row, remembered outcome, enrolment code and session that has expired
    /// by `now`; how many private rows. Also clears what the database still kept of deleted rows
    /// beside its tables: on SQLite the write-ahead log is emptied (pages are overwritten by
    /// `secure_delete`), on PostgreSQL the tables are vacuumed.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn forget_expired(&self, now: Instant) -> Result<u64, Failure> {
        let forgotten = self
            .transact("private::forget_expired", async |tx| tx.forget_expired(now).await)
            .await?;
        self.scrub().await?;
        Ok(forgotten)
    }

    /// Clears what the database still keeps of deleted rows beside its tables. Readers in the
    /// middle of a query may put it off to the next call.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn scrub(&self) -> Result<(), Failure> {
        match &self.inner.db {
            Db::Sqlite { writer, .. } => {
                sqlx::query("-- private::scrub\n pragma wal_checkpoint(truncate)")
                    .execute(writer)
                    .await?;
            }
            Db::Pg(pool) => {
                sqlx::query(
                    "-- private::scrub\n vacuum private, private_key, onestop_case, \
                     onestop_version, onestop_move, onestop_withdrawal, onestop_knock, \
                     onestop_letter, onestop_letter_move, onestop_matching",
                )
                .execute(pool)
                .await?;
            }
        }
        Ok(())
    }
}

impl Tx {
    async fn forget_expired(&mut self, now: Instant) -> Result<u64, Failure> {
        let mut forgotten = 0;
        for (counts, sql) in [
            (
                false,
                "-- private::forget_expired_keys\n delete from private_key where id in \
                 (select id from private where expires_ms <= $1)",
            ),
            (true, "-- private::forget_expired\n delete from private where expires_ms <= $1"),
            (
                false,
                "-- idempotency::forget_expired\n delete from idempotency where kept_until_ms <= $1",
            ),
            (
                false,
                "-- staff::forget_expired_codes\n delete from enrolment_code where expires_ms <= $1",
            ),
            (
                false,
                "-- staff::forget_expired_sessions\n delete from session where expires_ms <= $1",
            ),
        ] {
            let rows = on!(self.conn(), conn => sqlx::query(sql)
                .bind(now.millis())
                .execute(conn)
                .await
                .map(|done| done.rows_affected()))?;
            forgotten += if counts { rows } else { 0 };
        }
        Ok(forgotten)
    }
}

async fn get(
    conn: &mut Conn<'_>,
    wrapping: &Secret<[u8; 32]>,
    id: Id<id::Private>,
    kind: &str,
    now: Instant,
) -> Result<Option<Secret<Vec<u8>>>, Failure> {
    let row: Option<(Vec<u8>, Vec<u8>)> = on!(conn, conn => sqlx::query_as(
        "-- private::get\n select sealed, wrapped from private \
         join private_key on private_key.id = private.id \
         where private.id = $1 and kind = $2 and expires_ms > $3",
    )
    .bind(id.bits().to_be_bytes().as_slice())
    .bind(kind)
    .bind(now.millis())
    .fetch_optional(&mut **conn)
    .await)?;
    let Some((sealed, wrapped)) = row else { return Ok(None) };
    let key = open(wrapping, &bound("private key", id, kind), &wrapped)?.into_inner();
    let key = Secret::new(<[u8; 32]>::try_from(key).map_err(|_length| Failure::Sealed)?);
    open(&key, &bound("private row", id, kind), &sealed).map(Some)
}

fn wrapping(keys: &Keys) -> Secret<[u8; 32]> {
    keys.derive("private rows")
}

/// What a seal is bound to: purpose, row and kind.
fn bound(purpose: &str, id: Id<id::Private>, kind: &str) -> Vec<u8> {
    let id = id.bits().to_be_bytes();
    journal::chain::labeled(purpose, &[&id, kind.as_bytes()]).to_vec()
}

fn seal(key: &Secret<[u8; 32]>, aad: &[u8], msg: &[u8]) -> Result<Vec<u8>, Failure> {
    let nonce: [u8; NONCE] = keys::random()?;
    let sealed = XChaCha20Poly1305::new(key.expose().into())
        .encrypt(&XNonce::from(nonce), Payload { msg, aad })
        .map_err(|_opaque| Failure::Sealed)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(key: &Secret<[u8; 32]>, aad: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, Failure> {
    let (nonce, msg) = sealed.split_first_chunk::<NONCE>().ok_or(Failure::Sealed)?;
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map(Secret::new)
        .map_err(|_opaque| Failure::Sealed)
}
