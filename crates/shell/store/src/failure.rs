//! How the store fails: the world's doing, never the domain's.

use std::{io, path::PathBuf};

/// The world failed: disk, database, keys. Logged once, at the surface; the person is told what
/// still works.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The database did not answer, or answered with an error of its own.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    /// Other writers held the city for too long; nothing was written. Worth another try.
    #[error("the database is busy; nothing was written")]
    Busy,
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The stream has moved on since it was read; nothing was written.
    #[error("stream {stream} stands at version {actual}, not {expected}")]
    Moved {
        /// The stream's name, `word.noun`.
        stream: &'static str,
        /// The version the caller had read.
        expected: u32,
        /// The version that stands.
        actual: u32,
    },
    /// A journal row, or a row beside it, cannot be read back.
    #[error("journal row {number} cannot be read: {reason}")]
    Unreadable {
        /// The number of the row; 0 for a row that is not in the journal.
        number: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// An event could not be written as JSON.
    #[error("an event cannot be written: {0}")]
    Unwritable(#[source] serde_json::Error),
    /// Another process serves this folder.
    #[error("{} is in use by another process; stop that server first", dir.display())]
    InUse {
        /// The state folder.
        dir: PathBuf,
    },
    /// The database belongs to another city.
    #[error("this database holds the journal of {found:?}, not of {expected:?}")]
    OtherCity {
        /// The city the caller serves.
        expected: String,
        /// The city in the database.
        found: String,
    },
    /// There is no database where one was to be read.
    #[error("there is no journal in {}", dir.display())]
    NotFound {
        /// The state folder.
        dir: PathBuf,
    },
    /// The store was opened for reading only.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// A private row does not open with these keys, or was tampered with.
    #[error("a private row does not open: wrong keys, or it was changed")]
    Sealed,
    /// A key file is missing, malformed or readable by others.
    #[error("{}: {reason}", path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: &'static str,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    NoRandomness,
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl Failure {
    /// Whether the same call may succeed if it is made again: nothing was written.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Busy)
    }

    pub(crate) fn row(number: u64, reason: impl std::fmt::Display) -> Self {
        Self::Unreadable { number, reason: reason.to_string() }
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let busy = match &error {
            sqlx::Error::PoolTimedOut => true,
            // PostgreSQL: serialization failure, deadlock, lock timeout. SQLite: BUSY, LOCKED and
            // their extended codes, whose lowest byte is 5 or 6.
            sqlx::Error::Database(database) => database.code().is_some_and(|code| {
                matches!(code.as_ref(), "40001" | "40P01" | "55P03")
                    || (code.len() < 5
                        && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6)))
            }),
            _ => false,
        };
        if busy { Self::Busy } else { Self::Database(error) }
    }
}

/// Why a command did not happen: the domain said no, or the world failed.
#[derive(Debug, thiserror::Error)]
pub enum Stopped<R: std::fmt::Debug> {
    /// The domain says no, and nothing was written for this command.
    #[error("refused: {0:?}")]
    Refused(R),
    /// The world failed.
    #[error(transparent)]
    Failed(#[from] Failure),
}
