//! Is this still the record that was made? Finds any row that was changed, removed, moved or cut
//! off, and names the first.

use super::{
    Head, Row, chain,
    checkpoint::{self, Checkpoint, hex},
    follow,
};
use crate::{Failure, Store, db::Conn};

/// Rows read at a time.
const PAGE: u32 = 2_000;

/// What was found wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// The first number at which the record is not what it was.
    pub number: u64,
    /// In which way.
    pub what: Break,
}

/// The ways a record can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// The row with this number is not there; a later one is.
    Missing,
    /// The row does not have the hash of what it says: it was changed.
    Changed,
    /// The row does not follow from the one before it: one of them was replaced or moved.
    Unlinked,
    /// The journal ends before this number, but was signed or counted up to it: it was cut.
    Truncated,
    /// From this number on the rows are not those that were signed: the chain was made anew, here
    /// or later before the next checkpoint. Or the head does not name the last row.
    Rewritten,
    /// A checkpoint was not signed with this city's key.
    Unsigned,
}

/// What verification found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct VerifyReport {
    /// How many rows were read.
    pub rows: u64,
    /// The number of the last row that is vouched for, by the chain and every checkpoint up to it.
    pub last: u64,
    /// The hash in which the rows that were read end, in hexadecimal.
    pub hash: String,
    /// How many checkpoints were compared.
    pub checkpoints: u64,
    /// The newest number a checkpoint vouches for. What came after it is chained but not yet
    /// signed: someone with the whole database and no key could remake only that much.
    pub signed_up_to: u64,
    /// The first thing that is wrong; `None` if the record is whole.
    pub broken: Option<Broken>,
}

impl VerifyReport {
    /// Whether the record is whole.
    pub const fn is_whole(&self) -> bool {
        self.broken.is_none()
    }
}

impl Store {
    /// Reads the whole journal, as of one moment, against its chain, its head, the checkpoints in
    /// the database, the one in `checkpoint.json`, and those brought from `outside`.
    ///
    /// # Errors
    /// [`Failure`] of the database; what is wrong with the record is in the report.
    pub async fn verify(&self, outside: &[Checkpoint]) -> Result<VerifyReport, Failure> {
        let file = self.keys().dir().join("checkpoint.json");
        let beside = if file.exists() { vec![Checkpoint::from_file(&file)] } else { Vec::new() };
        // Read before the snapshot: a checkpoint must not be newer than the rows it is held against.
        let mut tx = self.inner.db.snapshot().await?;
        let report = self.verify_in(&mut tx.conn(), outside, beside).await;
        tx.rollback().await?;
        report
    }

    async fn verify_in(
        &self,
        conn: &mut Conn<'_>,
        outside: &[Checkpoint],
        beside: Vec<Result<Checkpoint, Failure>>,
    ) -> Result<VerifyReport, Failure> {
        let head = Head::read(conn).await?;
        let mut signed = checkpoint::kept(conn, self.keys(), self.city()).await?;
        let mut walk = Walk::new(self.city());
        for checkpoint in beside {
            match checkpoint {
                Ok(checkpoint) => signed.push(checkpoint),
                Err(_) => walk.broken_at(0, Break::Unsigned),
            }
        }
        signed.extend_from_slice(outside);
        let public = self.keys().checkpoint_public();
        signed.retain(|checkpoint| {
            let sound = checkpoint.is_signed_by(&public, self.city());
            if !sound {
                walk.broken_at(checkpoint.number, Break::Unsigned);
            }
            sound
        });
        signed.sort_by_key(|checkpoint| checkpoint.number);
        walk.compare(&signed);
        loop {
            let rows = follow::page(conn, walk.expected - 1, PAGE).await?;
            if rows.is_empty() || !rows.iter().all(|row| walk.take(row, &signed)) {
                break;
            }
        }
        Ok(walk.close(&head, &signed))
    }
}

struct Walk {
    expected: u64,
    hash: [u8; 32],
    rows: u64,
    next_checkpoint: usize,
    /// The newest number a checkpoint agreed with.
    vouched_for: u64,
    broken: Option<Broken>,
}

impl Walk {
    fn new(city: &str) -> Self {
        Self {
            expected: 1,
            hash: chain::genesis(city),
            rows: 0,
            next_checkpoint: 0,
            vouched_for: 0,
            broken: None,
        }
    }

    /// Keeps the break with the lowest number.
    fn broken_at(&mut self, number: u64, what: Break) {
        if self.broken.as_ref().is_none_or(|known| number < known.number) {
            self.broken = Some(Broken { number, what });
        }
    }

    /// Takes in the next row; whether the walk can go on.
    fn take(&mut self, row: &Row, signed: &[Checkpoint]) -> bool {
        let expected = self.expected;
        let what = if row.number as u64 != expected {
            Some(Break::Missing)
        } else if row.prev_hash != self.hash {
            Some(Break::Unlinked)
        } else if row.hash != chain::hash(row) {
            Some(Break::Changed)
        } else {
            None
        };
        if let Some(what) = what {
            self.broken_at(expected, what);
            return false;
        }
        self.rows += 1;
        self.expected += 1;
        self.hash.copy_from_slice(&row.hash);
        self.compare(signed)
    }

    /// Holds the chain so far against the checkpoints for just this number.
    fn compare(&mut self, signed: &[Checkpoint]) -> bool {
        while let Some(checkpoint) = signed.get(self.next_checkpoint) {
            if checkpoint.number + 1 > self.expected {
                break;
            }
            self.next_checkpoint += 1;
            if checkpoint.hash_bytes() != Some(self.hash) {
                // The links hold, so the forgery began somewhere since the last one that agreed.
                self.broken_at(self.vouched_for + 1, Break::Rewritten);
                self.expected = self.vouched_for + 1;
                return false;
            }
            self.vouched_for = checkpoint.number;
        }
        true
    }

    fn close(mut self, head: &Head, signed: &[Checkpoint]) -> VerifyReport {
        let last = self.expected - 1;
        if self.broken.is_none() {
            let promised = signed.last().map_or(0, |checkpoint| checkpoint.number).max(head.number);
            if promised > last {
                self.broken_at(last + 1, Break::Truncated);
            } else if head.number != last || head.hash != self.hash {
                // Rows beyond the head, or a head that names another hash.
                self.broken_at(head.number.min(last), Break::Rewritten);
            }
        }
        VerifyReport {
            rows: self.rows,
            last,
            hash: hex(&self.hash),
            checkpoints: self.next_checkpoint as u64,
            signed_up_to: self.vouched_for,
            broken: self.broken,
        }
    }
}
