//! Cases: the report, the newest version of each compartment, messages, entries, moves, withdrawals.

use super::{exact, exact_if, small};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::Instant;

/// Cases one mailbox is answered with at most.
const CASES: i64 = 100;
/// Versions, messages and entries of one case; the rules allow fewer.
const VERSIONS: i64 = 2_000;
/// Moves and withdrawals of one case that are answered.
const MOVES: i64 = 100_000;

/// A case as its report made it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCase {
    /// Its number.
    pub id: [u8; 16],
    /// The mailbox it lies in.
    pub locator: [u8; 32],
    /// The mailbox's signing key.
    pub signing_key: [u8; 32],
    /// The manifest.
    pub manifest: Vec<u8>,
    /// Her signature of it.
    pub signature: Vec<u8>,
    /// The full hour.
    pub received_at: Instant,
}

/// A version of a compartment, or one of a thread.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedVersion {
    /// 1 to 14.
    pub kind: u8,
    /// From 1.
    pub version: u32,
    /// The ciphertext.
    pub closed: Vec<u8>,
    /// Its hash.
    pub closed_hash: [u8; 32],
    /// Eight wraps, joined, as they are now.
    pub wraps: Vec<u8>,
    /// The device that wrote it; she if none.
    pub author: Option<[u8; 16]>,
    /// Its author's signature; what the manifest names has none.
    pub signature: Option<Vec<u8>>,
    /// The full hour.
    pub written_at: Instant,
}

/// The newest version there is of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NewestVersion {
    /// Which.
    pub version: u32,
    /// The hash of its ciphertext.
    pub closed_hash: [u8; 32],
    /// The device that wrote it; she if none.
    pub author: Option<[u8; 16]>,
    /// The full hour.
    pub written_at: Instant,
}

/// The wraps of a version as they are now.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptWraps {
    /// 1 to 14.
    pub kind: u8,
    /// Which version.
    pub version: u32,
    /// The hash of its ciphertext.
    pub closed_hash: [u8; 32],
    /// Eight, joined.
    pub wraps: Vec<u8>,
}

/// Wraps replaced by others.
#[derive(Clone, PartialEq, Eq)]
pub struct WrapsMove {
    /// 1 to 14.
    pub kind: u8,
    /// Of which version.
    pub version: u32,
    /// The hash of the wraps before.
    pub wraps_before: [u8; 32],
    /// The device that did it; she if none.
    pub author: Option<[u8; 16]>,
    /// Its signature.
    pub signature: Vec<u8>,
}

/// A consent taken back.
#[derive(Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Its mark.
    pub mark: [u8; 32],
    /// The full hour she signed.
    pub at: Instant,
    /// Her signature.
    pub signature: Vec<u8>,
}

/// All of a case.
#[derive(Clone, PartialEq, Eq)]
pub struct WholeCase {
    /// The report.
    pub case: SealedCase,
    /// By kind, then version.
    pub versions: Vec<SealedVersion>,
    /// By kind, version and the order they were made in.
    pub moves: Vec<WrapsMove>,
    /// In no order.
    pub withdrawn: Vec<Withdrawn>,
}

type CaseRow = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, i64);
type VersionRow = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, i64);
type MoveRow = (i64, i64, Vec<u8>, Option<Vec<u8>>, Vec<u8>);

/// Version, hash of the ciphertext, author and hour.
type Newest = (i64, Vec<u8>, Option<Vec<u8>>, i64);

impl Tx {
    /// Keeps a new case.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_put(&mut self, case: &SealedCase) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::case_put\n insert into onestop_case \
             (id, locator, signing_key, manifest, signature, received_ms) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(case.id.as_slice())
        .bind(case.locator.as_slice())
        .bind(case.signing_key.as_slice())
        .bind(case.manifest.as_slice())
        .bind(case.signature.as_slice())
        .bind(case.received_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The case of this number.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case(&mut self, id: &[u8; 16]) -> Result<Option<SealedCase>, Failure> {
        find(&mut self.conn(), id).await
    }

    /// The signing key of a mailbox, if anything lies in it.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn mailbox_key(&mut self, locator: &[u8; 32]) -> Result<Option<[u8; 32]>, Failure> {
        let key: Option<Vec<u8>> = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::mailbox_key\n select signing_key from onestop_case \
             where locator = $1 limit 1",
        )
        .bind(locator.as_slice())
        .fetch_optional(conn)
        .await)?;
        exact_if(key)
    }

    /// Keeps a version. Of a compartment the older ones go, with their moves; threads stay.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_version_put(
        &mut self,
        case: &[u8; 16],
        written: &SealedVersion,
        kept_all: bool,
    ) -> Result<(), Failure> {
        if !kept_all {
            for sql in [
                "-- onestop::older_moves\n delete from onestop_move \
                 where case_id = $1 and kind = $2",
                "-- onestop::older_versions\n delete from onestop_version \
                 where case_id = $1 and kind = $2",
            ] {
                on!(self.conn(), conn => sqlx::query(sql)
                    .bind(case.as_slice())
                    .bind(i64::from(written.kind))
                    .execute(conn)
                    .await
                    .map(drop))?;
            }
        }
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::version_put\n insert into onestop_version (case_id, kind, version, \
             closed, closed_hash, wraps, author, signature, written_ms) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(case.as_slice())
        .bind(i64::from(written.kind))
        .bind(i64::from(written.version))
        .bind(written.closed.as_slice())
        .bind(written.closed_hash.as_slice())
        .bind(written.wraps.as_slice())
        .bind(written.author.as_ref().map(<[u8; 16]>::as_slice))
        .bind(written.signature.as_deref())
        .bind(written.written_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The newest version of a kind: of a compartment the one there is, of a thread the last.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_newest(
        &mut self,
        case: &[u8; 16],
        kind: u8,
    ) -> Result<Option<NewestVersion>, Failure> {
        let row: Option<Newest> = on!(self.conn(), conn => sqlx::query_as(
                "-- onestop::newest\n select version, closed_hash, author, written_ms \
                 from onestop_version where case_id = $1 and kind = $2 \
                 order by version desc limit 1",
            )
            .bind(case.as_slice())
            .bind(i64::from(kind))
            .fetch_optional(conn)
            .await)?;
        let Some((version, closed_hash, author, written)) = row else { return Ok(None) };
        Ok(Some(NewestVersion {
            version: small(version)?,
            closed_hash: exact(closed_hash)?,
            author: exact_if(author)?,
            written_at: Instant::from_millis(written),
        }))
    }

    /// The wraps of everything that is kept of a case.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_wraps(&mut self, case: &[u8; 16]) -> Result<Vec<KeptWraps>, Failure> {
        let rows: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::wraps\n select kind, version, closed_hash, wraps from onestop_version \
             where case_id = $1 order by kind, version limit $2",
        )
        .bind(case.as_slice())
        .bind(VERSIONS)
        .fetch_all(conn)
        .await)?;
        let read = |(kind, version, closed_hash, wraps)| {
            let (kind, version) = (small(kind)?, small(version)?);
            Ok(KeptWraps { kind, version, closed_hash: exact(closed_hash)?, wraps })
        };
        rows.into_iter().map(read).collect()
    }

    /// Puts other wraps in the place of those of a version, and keeps who did it.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_rewrap(
        &mut self,
        case: &[u8; 16],
        moved: &WrapsMove,
        wraps: &[u8],
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::move\n insert into onestop_move \
             (case_id, kind, version, step, wraps_before, author, signature) \
             select $1, $2, $3, coalesce(max(step), 0) + 1, $4, $5, $6 from onestop_move \
             where case_id = $1 and kind = $2 and version = $3",
        )
        .bind(case.as_slice())
        .bind(i64::from(moved.kind))
        .bind(i64::from(moved.version))
        .bind(moved.wraps_before.as_slice())
        .bind(moved.author.as_ref().map(<[u8; 16]>::as_slice))
        .bind(moved.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::rewrap\n update onestop_version set wraps = $4 \
             where case_id = $1 and kind = $2 and version = $3",
        )
        .bind(case.as_slice())
        .bind(i64::from(moved.kind))
        .bind(i64::from(moved.version))
        .bind(wraps)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps that a consent was taken back; the first time stays.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_withdraw(
        &mut self,
        case: &[u8; 16],
        withdrawn: &Withdrawn,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::withdraw\n insert into onestop_withdrawal \
             (case_id, mark, at_ms, signature) values ($1, $2, $3, $4) \
             on conflict (case_id, mark) do nothing",
        )
        .bind(case.as_slice())
        .bind(withdrawn.mark.as_slice())
        .bind(withdrawn.at.millis())
        .bind(withdrawn.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The consents of a case that were taken back.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_withdrawn(&mut self, case: &[u8; 16]) -> Result<Vec<Withdrawn>, Failure> {
        withdrawn(&mut self.conn(), case).await
    }

    /// Deletes a case, all of it; whether there was one. Call [`Store::scrub`] afterwards.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_delete(&mut self, case: &[u8; 16]) -> Result<bool, Failure> {
        let mut deleted = 0;
        for sql in [
            "-- onestop::delete_moves\n delete from onestop_move where case_id = $1",
            "-- onestop::delete_withdrawals\n delete from onestop_withdrawal where case_id = $1",
            "-- onestop::delete_versions\n delete from onestop_version where case_id = $1",
            "-- onestop::delete_case\n delete from onestop_case where id = $1",
        ] {
            deleted = on!(self.conn(), conn => sqlx::query(sql)
                .bind(case.as_slice())
                .execute(conn)
                .await
                .map(|done| done.rows_affected()))?;
        }
        Ok(deleted > 0)
    }
}

impl Store {
    /// All of a case.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case(&self, id: &[u8; 16]) -> Result<Option<WholeCase>, Failure> {
        // One moment of the case: a version between the others would not fit its moves.
        let mut snapshot = self.inner.db.snapshot().await?;
        let found = match find(&mut snapshot.conn(), id).await? {
            Some(case) => Some(whole(&mut snapshot.conn(), case).await?),
            None => None,
        };
        snapshot.rollback().await?;
        Ok(found)
    }

    /// Everything in a mailbox, by its signing key too. A mailbox nobody uses and one with another
    /// key are asked for in the same way as one that is empty.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn cases_in(
        &self,
        locator: &[u8; 32],
        signing_key: &[u8; 32],
    ) -> Result<Vec<WholeCase>, Failure> {
        let mut snapshot = self.inner.db.snapshot().await?;
        let rows: Vec<CaseRow> = on!(snapshot.conn(), conn => sqlx::query_as(
            "-- onestop::cases_in\n select id, locator, signing_key, manifest, signature, \
             received_ms from onestop_case where locator = $1 and signing_key = $2 \
             order by received_ms desc, id limit $3",
        )
        .bind(locator.as_slice())
        .bind(signing_key.as_slice())
        .bind(CASES)
        .fetch_all(conn)
        .await)?;
        let mut cases = Vec::with_capacity(rows.len());
        for row in rows {
            cases.push(whole(&mut snapshot.conn(), read_case(row)?).await?);
        }
        snapshot.rollback().await?;
        Ok(cases)
    }
}

fn read_case(row: CaseRow) -> Result<SealedCase, Failure> {
    let (id, locator, signing_key, manifest, signature, received) = row;
    let received_at = Instant::from_millis(received);
    let (id, locator, signing_key) = (exact(id)?, exact(locator)?, exact(signing_key)?);
    Ok(SealedCase { id, locator, signing_key, manifest, signature, received_at })
}

async fn find(conn: &mut Conn<'_>, id: &[u8; 16]) -> Result<Option<SealedCase>, Failure> {
    let row: Option<CaseRow> = on!(conn, conn => sqlx::query_as(
        "-- onestop::case\n select id, locator, signing_key, manifest, signature, received_ms \
         from onestop_case where id = $1",
    )
    .bind(id.as_slice())
    .fetch_optional(&mut **conn)
    .await)?;
    row.map(read_case).transpose()
}

async fn withdrawn(conn: &mut Conn<'_>, case: &[u8; 16]) -> Result<Vec<Withdrawn>, Failure> {
    let rows: Vec<(Vec<u8>, i64, Vec<u8>)> = on!(conn, conn => sqlx::query_as(
        "-- onestop::withdrawn\n select mark, at_ms, signature from onestop_withdrawal \
         where case_id = $1 order by mark limit $2",
    )
    .bind(case.as_slice())
    .bind(MOVES)
    .fetch_all(&mut **conn)
    .await)?;
    let read = |(mark, at, signature)| {
        Ok(Withdrawn { mark: exact(mark)?, at: Instant::from_millis(at), signature })
    };
    rows.into_iter().map(read).collect()
}

async fn whole(conn: &mut Conn<'_>, case: SealedCase) -> Result<WholeCase, Failure> {
    let versions: Vec<VersionRow> = on!(&mut *conn, conn => sqlx::query_as(
        "-- onestop::versions\n select kind, version, closed, closed_hash, wraps, author, \
         signature, written_ms from onestop_version where case_id = $1 \
         order by kind, version limit $2",
    )
    .bind(case.id.as_slice())
    .bind(VERSIONS)
    .fetch_all(&mut **conn)
    .await)?;
    let moves: Vec<MoveRow> = on!(&mut *conn, conn => sqlx::query_as(
        "-- onestop::moves\n select kind, version, wraps_before, author, signature \
         from onestop_move where case_id = $1 order by kind, version, step limit $2",
    )
    .bind(case.id.as_slice())
    .bind(MOVES)
    .fetch_all(&mut **conn)
    .await)?;
    let withdrawn = withdrawn(conn, &case.id).await?;
    let versions = versions.into_iter().map(read_version).collect::<Result<_, _>>()?;
    let moves = moves.into_iter().map(read_move).collect::<Result<_, _>>()?;
    Ok(WholeCase { case, versions, moves, withdrawn })
}

fn read_version(row: VersionRow) -> Result<SealedVersion, Failure> {
    let (kind, version, closed, closed_hash, wraps, author, signature, written) = row;
    Ok(SealedVersion {
        kind: small(kind)?,
        version: small(version)?,
        closed,
        closed_hash: exact(closed_hash)?,
        wraps,
        author: exact_if(author)?,
        signature,
        written_at: Instant::from_millis(written),
    })
}

fn read_move(row: MoveRow) -> Result<WrapsMove, Failure> {
    let (kind, version, wraps_before, author, signature) = row;
    let (kind, version) = (small(kind)?, small(version)?);
    let (wraps_before, author) = (exact(wraps_before)?, exact_if(author)?);
    Ok(WrapsMove { kind, version, wraps_before, author, signature })
}
