//! One transaction: the only way anything is written.

use crate::{
    Failure, Store,
    db::{Conn, Open, on},
    journal::{Head, checkpoint},
    open::{CHANNEL, Inner, wake},
};
use std::{sync::Arc, time::Duration};

/// How often a transaction tries to get hold of the city; each try waits five seconds at most.
const ATTEMPTS: u32 = 2;

/// A transaction that holds the city. Nothing in it is visible until it commits, and nobody else
/// writes meanwhile: keep it short, and send nothing from inside.
pub struct Tx {
    open: Open,
    pub(crate) head: Head,
    began_at: u64,
    last_at: Option<kernel::Instant>,
    pub(crate) store: Arc<Inner>,
}

impl Store {
    /// Runs `work` in one transaction and commits it if it returns `Ok`; anything else leaves no
    /// trace. `name` is the `word::fn` it is known by in traces.
    ///
    /// The city's lock is held from the first line of `work` to the commit, so what it reads
    /// cannot change under it, and nothing in it can meet a conflict: the only waiting, and the
    /// only trying again, is before `work` begins. It runs at most once.
    ///
    /// The commit is carried to its end even if the caller goes away in the middle of it.
    ///
    /// # Errors
    /// What `work` returned, or the [`Failure`] that kept it from running or committing.
    /// [`Failure::Busy`] means that nothing was written.
    pub async fn transact<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<T, E>,
        E: From<Failure>,
    {
        let mut tx = self.hold_city(name).await?;
        match work(&mut tx).await {
            Ok(value) => {
                tx.commit().await?;
                Ok(value)
            }
            Err(error) => {
                if let Err(failure) = tx.open.rollback().await {
                    tracing::warn!(transaction = name, %failure, "rollback failed");
                }
                Err(error)
            }
        }
    }

    async fn hold_city(&self, name: &'static str) -> Result<Tx, Failure> {
        for attempt in 1..ATTEMPTS {
            match Tx::begin(&self.inner).await {
                Err(failure) if failure.is_transient() => {
                    tracing::warn!(transaction = name, attempt, "the city is held; waiting on");
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                begun => return begun,
            }
        }
        Tx::begin(&self.inner).await
    }
}

impl Tx {
    async fn begin(store: &Arc<Inner>) -> Result<Self, Failure> {
        if !store.writing {
            return Err(Failure::ReadOnly);
        }
        let mut open = store.db.begin().await?;
        let head = Head::hold(&mut open.conn()).await?;
        Ok(Self { open, began_at: head.number, head, last_at: None, store: Arc::clone(store) })
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        self.open.conn()
    }

    pub(crate) const fn appended_at(&mut self, at: kernel::Instant) {
        self.last_at = Some(at);
    }

    async fn commit(mut self) -> Result<(), Failure> {
        let number = self.head.number;
        let signed = match self.last_at {
            Some(at) if number != self.began_at => {
                self.head.write(&mut self.open.conn()).await?;
                if let Conn::Pg(conn) = self.open.conn() {
                    sqlx::query("-- journal::ring\n select pg_notify($1, $2)")
                        .bind(CHANNEL)
                        .bind(number.to_string())
                        .execute(conn)
                        .await?;
                }
                if number / checkpoint::CHECKPOINT_EVERY
                    > self.began_at / checkpoint::CHECKPOINT_EVERY
                {
                    Some(checkpoint::sign_in(&mut self, at).await?)
                } else {
                    None
                }
            }
            _ => None,
        };
        let Self { open, store, .. } = self;
        // Its own task: a phone that hangs up in the middle of a commit must not keep the
        // followers from hearing of it.
        let commit = tokio::spawn(async move {
            open.commit().await?;
            wake(&store.head, number);
            if let Some(signed) = signed {
                checkpoint::publish(&store, signed).await;
            }
            Ok(())
        });
        commit.await.unwrap_or_else(|fault| {
            tracing::error!(%fault, "a commit was cut short");
            Err(Failure::Database(sqlx::Error::WorkerCrashed))
        })
    }
}

impl Head {
    /// Reads where the journal stands and, on PostgreSQL, locks it until the transaction ends.
    async fn hold(conn: &mut Conn<'_>) -> Result<Self, Failure> {
        let row: (String, i64, Vec<u8>) = match conn {
            Conn::Sqlite(_) => return Self::read(conn).await,
            Conn::Pg(conn) => {
                sqlx::query_as(
                    "-- journal::hold\n select city, number, hash from journal_head for update",
                )
                .fetch_one(&mut **conn)
                .await?
            }
        };
        Self::from_row(row)
    }

    /// Reads where the journal stands.
    pub(crate) async fn read(conn: &mut Conn<'_>) -> Result<Self, Failure> {
        Self::from_row(on!(conn, conn => sqlx::query_as(
            "-- journal::head\n select city, number, hash from journal_head",
        )
        .fetch_one(&mut **conn)
        .await)?)
    }

    fn from_row((city, number, hash): (String, i64, Vec<u8>)) -> Result<Self, Failure> {
        let hash = hash.try_into().map_err(|_length| Failure::row(0, "the head has no hash"))?;
        Ok(Self { city, number: number as u64, hash })
    }

    async fn write(&self, conn: &mut Conn<'_>) -> Result<(), Failure> {
        on!(conn, conn => sqlx::query(
            "-- journal::move_head\n update journal_head set number = $1, hash = $2",
        )
        .bind(self.number as i64)
        .bind(self.hash.as_slice())
        .execute(&mut **conn)
        .await
        .map(drop))?;
        Ok(())
    }
}
