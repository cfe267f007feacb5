//! Taking a file into its register.
//!
//! A hundred thousand rows must not keep an alarm waiting. So an import is written in small
//! transactions that nobody can see, and published by one more small one, together with its event
//! in the journal. If the power goes in the middle, the next import clears what is left.

use super::{AssetRow, Counts, QuarantinedRow};
use crate::{
    Context, Failure, Stopped, Store,
    db::{Db, on},
    journal::{self, chain},
    projections::word,
};
use environment::{
    Register, RegisterKind, Rules,
    register::{Command, Digest, Refused, Tally},
};
use kernel::{Actor, DistrictCode, Id, Instant, id};
use std::collections::HashMap;

/// Rows written in one transaction: some ten milliseconds, which is what an alarm may have to wait.
pub(super) const CHUNK: usize = 1_000;
/// The key of PostgreSQL's lock that lets one process import at a time.
const IMPORT_LOCK: i64 = 0x5741_594c_4947_4854;

/// A file that has been read, to be taken into its register.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// What the register lists.
    pub kind: RegisterKind,
    /// Which publication the file is an issue of: a newer one retires what it no longer has.
    pub source: &'a str,
    /// Whose register it is; `None` for the whole city.
    pub district: Option<&'a DistrictCode>,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// The file's name.
    pub file_name: &'a str,
    /// The day of the data, `2026-11-23`: an older issue than the one that stands is not taken.
    pub as_of: Option<&'a str>,
    /// It holds corrections of quarantined rows: it adds and changes, and retires nothing. What it
    /// added stays when the next issue does not have it.
    pub correction: bool,
    /// How many rows the file holds.
    pub rows_in_file: u64,
    /// How many repeated another exactly.
    pub duplicates: u64,
    /// The rows that can be used, each key once.
    pub rows: &'a [AssetRow],
    /// The rows that cannot.
    pub quarantined: &'a [QuarantinedRow],
    /// The reader's report, as JSON.
    pub report: &'a str,
}

/// What came of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// The register is as it was before: the same file was taken before.
    Unchanged,
    /// A newer issue stands already; nothing was taken.
    Older,
    /// It was taken.
    Taken {
        /// The import's number.
        number: u64,
        /// Its id, which the journal's event carries.
        id: Id<id::Import>,
        /// What it did.
        counts: Counts,
    },
}

impl Import<'_> {
    /// The register's lasting id: of its kind, publication and district.
    pub fn register(&self) -> Id<id::Register> {
        let district = self.district.map_or("", DistrictCode::as_str);
        let hash = chain::labeled(
            "waylight register 1",
            &[word(&self.kind).as_bytes(), self.source.as_bytes(), district.as_bytes()],
        );
        let (bits, _) = hash.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
        Id::from_bits(u128::from_be_bytes(*bits))
    }

    fn tally(&self, counts: &Counts) -> Tally {
        Tally {
            rows: self.rows_in_file,
            accepted: self.rows.len() as u64,
            duplicates: self.duplicates,
            quarantined: self.quarantined.len() as u64,
            added: counts.added,
            retired: counts.retired,
            unchanged: counts.unchanged,
        }
    }
}

/// What stands in the register under a key.
struct Standing {
    fingerprint: Vec<u8>,
    correction: bool,
}

/// What has to be written.
pub(super) struct Change<'a> {
    fresh: Vec<(&'a AssetRow, [u8; 32])>,
    ended: Vec<u128>,
    pub(super) counts: Counts,
}

impl Store {
    /// Takes a file into its register, with one event in the journal if anything came of it. Only
    /// one import runs at a time; others wait their turn.
    ///
    /// # Errors
    /// [`Refused`] when the rows do not add up; [`Failure::Busy`] while another process imports;
    /// [`Failure::Unreadable`] when a key comes twice.
    pub async fn import_register(
        &self,
        import: &Import<'_>,
        rules: &Rules,
        actor: Actor,
        now: Instant,
    ) -> Result<Imported, Stopped<Refused>> {
        let _turn = self.inner.importing.lock().await;
        let Db::Pg(pool) = &self.inner.db else {
            return self.import_alone(import, rules, actor, now).await;
        };
        // The connection is closed afterwards: the lock ends with it even if this is given up in the
        // middle.
        let mut conn = pool.acquire().await.map_err(Failure::from)?;
        conn.close_on_drop();
        let locked: bool =
            sqlx::query_scalar("-- register::lock\n select pg_try_advisory_lock($1)")
                .bind(IMPORT_LOCK)
                .fetch_one(&mut *conn)
                .await
                .map_err(Failure::from)?;
        if !locked {
            return Err(Failure::Busy.into());
        }
        let imported = self.import_alone(import, rules, actor, now).await;
        sqlx::query("-- register::unlock\n select pg_advisory_unlock($1)")
            .bind(IMPORT_LOCK)
            .execute(&mut *conn)
            .await
            .map_err(Failure::from)?;
        imported
    }

    async fn import_alone(
        &self,
        import: &Import<'_>,
        rules: &Rules,
        actor: Actor,
        now: Instant,
    ) -> Result<Imported, Stopped<Refused>> {
        self.clear_unfinished().await?;
        let register = import.register();
        let latest = self.latest_issue(register).await?;
        if !import.correction
            && let (Some(standing), Some(as_of)) = (&latest.as_of, import.as_of)
            && as_of < standing.as_str()
        {
            return Ok(Imported::Older);
        }
        let standing = self.standing(register).await?;
        let change = compare(import, standing)?;
        if !import.tally(&change.counts).balances() {
            return Err(Stopped::Refused(Refused::Unbalanced));
        }
        let nothing = change.fresh.is_empty() && change.ended.is_empty();
        if nothing && latest.digests.contains(&import.digest.to_vec()) {
            return Ok(Imported::Unchanged);
        }
        let id = crate::new_id::<id::Import>()?;
        let number = self
            .transact("register::open", async |tx| tx.open_import(import, id, &change, now).await)
            .await?;
        for chunk in change.fresh.chunks(CHUNK) {
            self.transact("register::bring", async |tx| tx.bring(import, number, chunk).await)
                .await?;
        }
        for chunk in change.ended.chunks(CHUNK) {
            let source = import.register();
            self.transact("register::retire", async |tx| tx.retire(source, number, chunk).await)
                .await?;
        }
        for chunk in import.quarantined.chunks(CHUNK) {
            self.transact("register::set_aside", async |tx| tx.set_aside(number, chunk).await)
                .await?;
        }
        self.transact("register::publish", async |tx| {
            tx.publish_import(import, number).await?;
            let command = Command::Import {
                import: id,
                kind: import.kind,
                district: import.district.cloned(),
                source: Digest(import.digest),
                tally: import.tally(&change.counts),
            };
            let mut context = Context::new(actor, now);
            context.district = import.district.cloned();
            tx.act::<Register>(register, command, rules, &context).await.map(drop)
        })
        .await?;
        Ok(Imported::Taken { number, id, counts: change.counts })
    }

    /// What the register has taken so far: its newest day, and every file.
    async fn latest_issue(&self, register: Id<id::Register>) -> Result<Issues, Failure> {
        let rows: Vec<(Option<String>, Vec<u8>, i64)> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(
                "-- register::latest_issue\n select as_of, digest, correction from import \
                 where register = $1 and published = 1 order by number",
            )
            .bind(register.bits().to_be_bytes().as_slice())
            .fetch_all(conn)
            .await)?;
        let issues = rows.iter().filter(|(_, _, correction)| *correction == 0);
        Ok(Issues {
            as_of: issues.filter_map(|(as_of, _, _)| as_of.clone()).max(),
            digests: rows.into_iter().map(|(_, digest, _)| digest).collect(),
        })
    }

    async fn standing(
        &self,
        register: Id<id::Register>,
    ) -> Result<HashMap<u128, Standing>, Failure> {
        let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(
                "-- register::standing\n select key, fingerprint, correction from asset \
                 where register = $1 and retired_import is null",
            )
            .bind(register.bits().to_be_bytes().as_slice())
            .fetch_all(conn)
            .await)?;
        rows.into_iter()
            .map(|(key, fingerprint, correction)| {
                let key = journal::bits(&key)
                    .ok_or_else(|| Failure::row(0, "an asset's key is not 16 bytes"))?;
                Ok((key, Standing { fingerprint, correction: correction == 1 }))
            })
            .collect()
    }

    /// Clears what an import left that was cut short: nobody ever saw it.
    async fn clear_unfinished(&self) -> Result<(), Failure> {
        let open: Vec<i64> = on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- register::unfinished\n select number from import where published = 0",
        )
        .fetch_all(conn)
        .await)?;
        for number in open {
            for sql in [
                "-- register::unbring\n delete from asset where first_import = $1 and key in \
                 (select key from asset where first_import = $1 limit $2)",
                "-- register::unretire\n update asset set retired_import = null \
                 where retired_import = $1 and key in \
                 (select key from asset where retired_import = $1 limit $2)",
            ] {
                while self
                    .transact("register::clear_unfinished", async |tx| {
                        tx.clear_some(sql, number).await
                    })
                    .await?
                {}
            }
            self.transact("register::forget_unfinished", async |tx| tx.forget_import(number).await)
                .await?;
        }
        Ok(())
    }
}

struct Issues {
    as_of: Option<String>,
    digests: Vec<Vec<u8>>,
}

/// What the file says against what stands.
fn compare<'a>(
    import: &Import<'a>,
    mut standing: HashMap<u128, Standing>,
) -> Result<Change<'a>, Failure> {
    let mut change = Change { fresh: Vec::new(), ended: Vec::new(), counts: Counts::default() };
    let mut seen = std::collections::HashSet::with_capacity(import.rows.len());
    for row in import.rows {
        if !seen.insert(row.key) {
            return Err(Failure::row(0, format!("{}: a key comes twice", import.file_name)));
        }
        let fingerprint = fingerprint(row);
        match standing.remove(&row.key) {
            None => change.counts.added += 1,
            Some(known) if known.fingerprint == fingerprint => {
                change.counts.unchanged += 1;
                continue;
            }
            Some(_) => {
                change.counts.changed += 1;
                change.ended.push(row.key);
            }
        }
        change.fresh.push((row, fingerprint));
    }
    if !import.correction {
        let vanished = standing.into_iter().filter(|(_, known)| !known.correction);
        let before = change.ended.len();
        change.ended.extend(vanished.map(|(key, _)| key));
        change.counts.retired = (change.ended.len() - before) as u64;
    }
    Ok(change)
}

/// Everything a row says, in one hash.
fn fingerprint(row: &AssetRow) -> [u8; 32] {
    let (lat, lon) = row.point.map_or((f64::NAN, f64::NAN), |point| (point.lat, point.lon));
    chain::labeled(
        "waylight asset 1",
        &[
            word(&row.kind).as_bytes(),
            row.district.as_ref().map_or("", DistrictCode::as_str).as_bytes(),
            &lat.to_bits().to_be_bytes(),
            &lon.to_bits().to_be_bytes(),
            &row.count.to_be_bytes(),
            row.checked_on.as_deref().unwrap_or("").as_bytes(),
            row.payload.as_bytes(),
        ],
    )
}
