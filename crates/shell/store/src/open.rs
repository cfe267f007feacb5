//! Opening a city, and the one handle everything else is called on.

use crate::{
    Failure, Keys, Location,
    db::{Conn, Db, Reading, on},
    journal::{Head, chain, recent::Recent},
};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Mutex, watch},
    task::AbortHandle,
};

/// One city's store. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) city: String,
    pub(crate) writing: bool,
    pub(crate) head: watch::Sender<u64>,
    pub(crate) recent: Recent,
    /// Held by the one import that runs.
    pub(crate) importing: Mutex<()>,
    listener: Option<AbortHandle>,
    // Held for as long as the store lives; the operating system lets go of it at `kill -9` too.
    _lock: Option<File>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

impl Store {
    /// Opens the journal of `city` for reading and writing; makes and migrates it as needed.
    ///
    /// # Errors
    /// [`Failure::InUse`] when another process serves the same folder; [`Failure::OtherCity`]
    /// when the database holds another city; otherwise what the database or the disk said.
    pub async fn open(location: Location, keys: Keys, city: &str) -> Result<Self, Failure> {
        Self::start(location, keys, city, true).await
    }

    /// Opens an existing journal beside a running server, for reading only: every write is
    /// refused with [`Failure::ReadOnly`].
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none; otherwise as [`Store::open`].
    pub async fn open_read_only(
        location: Location,
        keys: Keys,
        city: &str,
    ) -> Result<Self, Failure> {
        Self::start(location, keys, city, false).await
    }

    async fn start(
        location: Location,
        keys: Keys,
        city: &str,
        writing: bool,
    ) -> Result<Self, Failure> {
        let lock = match &location {
            Location::Sqlite(dir) if writing => Some(lock(dir)?),
            _ => None,
        };
        let db = Db::open(&location, writing).await?;
        if writing {
            begin_journal(&db, city).await?;
        }
        let head = Head::read(&mut db.reading().await?.conn()).await?;
        if head.city != city {
            return Err(Failure::OtherCity { expected: city.to_owned(), found: head.city });
        }
        let (sender, _receiver) = watch::channel(head.number);
        let listener = match &db {
            Db::Sqlite { .. } => None,
            Db::Pg(pool) => {
                Some(tokio::spawn(follow_head(pool.clone(), sender.clone())).abort_handle())
            }
        };
        let inner = Arc::new(Inner {
            db,
            keys,
            city: city.to_owned(),
            writing,
            head: sender,
            recent: Recent::default(),
            importing: Mutex::new(()),
            listener,
            _lock: lock,
        });
        Ok(Self { inner })
    }

    /// The number of the newest event, and a wake for every later one. On PostgreSQL it also
    /// wakes for what another process appended, within a second.
    ///
    /// Never keep what `borrow()` returns: a commit waits for it to be dropped. Copy the number out
    /// at once, or ask [`Store::number`].
    pub fn head(&self) -> watch::Receiver<u64> {
        self.inner.head.subscribe()
    }

    /// The number of the newest event this process knows of.
    pub fn number(&self) -> u64 {
        *self.inner.head.borrow()
    }

    /// Whether no other process can write to this city while this store is open.
    pub fn is_alone(&self) -> bool {
        self.inner.writing && matches!(self.inner.db, Db::Sqlite { .. })
    }

    /// The city this store serves.
    pub fn city(&self) -> &str {
        &self.inner.city
    }

    /// The keys the store was opened with; for deriving keys of other purposes.
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// How large the database is on its disk, bytes, without what SQLite still keeps beside it.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn size_bytes(&self) -> Result<u64, Failure> {
        let size: i64 = match self.reading().await?.conn() {
            Conn::Sqlite(conn) => {
                sqlx::query_scalar(
                    "-- store::size_bytes\n select page_count * page_size \
                     from pragma_page_count(), pragma_page_size()",
                )
                .fetch_one(conn)
                .await?
            }
            Conn::Pg(conn) => {
                sqlx::query_scalar(
                    "-- store::size_bytes\n select pg_database_size(current_database())",
                )
                .fetch_one(conn)
                .await?
            }
        };
        Ok(u64::try_from(size).unwrap_or(0))
    }

    /// Waits for running transactions and closes every connection. Called at shutdown, after the
    /// last checkpoint; dropping the store without it loses nothing either.
    pub async fn close(&self) {
        self.inner.db.close().await;
    }

    pub(crate) async fn reading(&self) -> Result<Reading, Failure> {
        self.inner.db.reading().await
    }
}

/// Moves the head on, never back.
pub(crate) fn wake(head: &watch::Sender<u64>, number: u64) {
    head.send_if_modified(|known| {
        let newer = number > *known;
        if newer {
            *known = number;
        }
        newer
    });
}

fn lock(dir: &Path) -> Result<File, Failure> {
    std::fs::create_dir_all(dir).map_err(Failure::file(dir))?;
    let path = dir.join("server.lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Failure::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::InUse { dir: dir.to_owned() }),
        Err(TryLockError::Error(source)) => Err(Failure::File { path, source }),
    }
}

async fn begin_journal(db: &Db, city: &str) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), conn => sqlx::query(
        "-- journal::begin\n insert into journal_head (only_row, city, number, hash) \
         values (1, $1, 0, $2) on conflict (only_row) do nothing",
    )
    .bind(city)
    .bind(chain::genesis(city).as_slice())
    .execute(&mut *conn)
    .await
        .map(drop))?;
    tx.commit().await
}

/// PostgreSQL: other processes append too. Their commits ring on a channel; a look twice a
/// second covers a bell that was lost with its connection.
async fn follow_head(pool: PgPool, head: watch::Sender<u64>) {
    let mut listener: Option<PgListener> = None;
    loop {
        if listener.is_none()
            && let Ok(mut fresh) = PgListener::connect_with(&pool).await
        {
            listener = fresh.listen(CHANNEL).await.is_ok().then_some(fresh);
        }
        let number: Result<i64, _> =
            sqlx::query_scalar("-- journal::follow_head\n select number from journal_head")
                .fetch_one(&pool)
                .await;
        if let Ok(number) = number {
            wake(&head, number as u64);
        }
        let Some(ears) = &mut listener else {
            tokio::time::sleep(LOOK_EVERY).await;
            continue;
        };
        if let Ok(Err(_lost)) = tokio::time::timeout(LOOK_EVERY, ears.recv()).await {
            listener = None;
            tokio::time::sleep(LOOK_EVERY / 5).await;
        }
    }
}

/// The channel commits ring on (PostgreSQL).
pub(crate) const CHANNEL: &str = "waylight_journal";
/// Twice a second, so that a session ended by another process is refused within one even if its bell
/// was lost.
const LOOK_EVERY: Duration = Duration::from_millis(500);
