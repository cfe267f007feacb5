//! Enrolment codes and sessions: how somebody gets in, and is put out again.

use super::{person::read_id, token_hash};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
    journal::{self, checkpoint::hex},
};
use kernel::{DistrictCode, Id, Instant, Secret, id};
use std::collections::HashMap;

const CODE: &str = "waylight enrolment code 1";
const TOKEN: &str = "waylight session token 1";

/// A session to be opened.
pub struct NewSession {
    /// Its token, 128 bits of randomness or more; only its hash is kept.
    pub token: Secret<String>,
    /// Whose; `None` for a device's.
    pub person: Option<Id<id::Person>>,
    /// Which device's.
    pub device: Option<Id<id::Device>>,
    /// What it may do, as JSON of the caller's making.
    pub role: String,
    /// When it begins.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When a passkey was shown for it, if one was.
    pub confirmed_at: Option<Instant>,
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: Id<id::Session>,
    /// Whose; `None` for a device's.
    pub person: Option<Id<id::Person>>,
    /// Which device's.
    pub device: Option<Id<id::Device>>,
    /// What it may do, as the caller wrote it.
    pub role: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last seen.
    pub seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When a passkey was last shown for it.
    pub confirmed_at: Option<Instant>,
    /// What its person may be now, as the caller wrote it: what she was when it began may be over.
    pub roles: Option<String>,
    /// The district its person belongs to now.
    pub district: Option<DistrictCode>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    person: Option<Vec<u8>>,
    device: Option<Vec<u8>>,
    role: String,
    created_ms: i64,
    seen_ms: i64,
    expires_ms: i64,
    confirmed_ms: Option<i64>,
    roles: Option<String>,
    district: Option<String>,
}

/// What every reader of sessions selects, and from where: open ones only, with the person each
/// belongs to.
macro_rules! open_sessions {
    () => {
        "session.id, session.person, session.device, session.role, session.created_ms, \
         session.seen_ms, session.expires_ms, session.confirmed_ms, person.roles, person.district \
         from session left join person on person.id = session.person \
         where session.revoked_ms is null and (session.person is null or person.active = 1) "
    };
}

impl TryFrom<Row> for Session {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: read_id(&row.id)?,
            person: row.person.as_deref().map(read_id).transpose()?,
            device: row.device.as_deref().map(read_id).transpose()?,
            role: row.role,
            created_at: Instant::from_millis(row.created_ms),
            seen_at: Instant::from_millis(row.seen_ms),
            expires_at: Instant::from_millis(row.expires_ms),
            confirmed_at: row.confirmed_ms.map(Instant::from_millis),
            roles: row.roles,
            district: journal::district(row.district).map_err(|error| Failure::row(0, error))?,
        })
    }
}

impl Tx {
    /// Keeps a code with which this person can register a passkey once, until it expires.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn enrolment_put(
        &mut self,
        code: &Secret<String>,
        person: Id<id::Person>,
        expires_at: Instant,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::enrolment_put\n insert into enrolment_code (hash, person, expires_ms) \
             values ($1, $2, $3)",
        )
        .bind(token_hash(CODE, code).as_slice())
        .bind(person.bits().to_be_bytes().as_slice())
        .bind(expires_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Uses a code up: whose it was, if it was still good.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn enrolment_use(
        &mut self,
        code: &Secret<String>,
        now: Instant,
    ) -> Result<Option<Id<id::Person>>, Failure> {
        let person: Option<Vec<u8>> = on!(self.conn(), conn => sqlx::query_scalar(
            "-- staff::enrolment_use\n update enrolment_code set used_ms = $2 \
             where hash = $1 and used_ms is null and expires_ms > $2 returning person",
        )
        .bind(token_hash(CODE, code).as_slice())
        .bind(now.millis())
        .fetch_optional(conn)
        .await)?;
        person.as_deref().map(read_id).transpose()
    }

    /// Opens a session.
    ///
    /// # Errors
    /// [`Failure`] of the database, or no randomness.
    pub async fn session_open(&mut self, session: &NewSession) -> Result<Id<id::Session>, Failure> {
        let id = crate::new_id::<id::Session>()?;
        on!(self.conn(), conn => sqlx::query(
            "-- staff::session_open\n insert into session \
             (token_hash, id, person, device, role, created_ms, seen_ms, expires_ms, confirmed_ms) \
             values ($1, $2, $3, $4, $5, $6, $6, $7, $8)",
        )
        .bind(token_hash(TOKEN, &session.token).as_slice())
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(session.person.map(|one| one.bits().to_be_bytes().to_vec()))
        .bind(session.device.map(|one| one.bits().to_be_bytes().to_vec()))
        .bind(&session.role)
        .bind(session.created_at.millis())
        .bind(session.expires_at.millis())
        .bind(session.confirmed_at.map(Instant::millis))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(id)
    }

    /// Notes that a session was seen, and lets it live until `expires_at`. Not for every request:
    /// once a few minutes is enough.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn session_seen(
        &mut self,
        id: Id<id::Session>,
        now: Instant,
        expires_at: Instant,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::session_seen\n update session set seen_ms = $2, expires_ms = $3 \
             where id = $1 and revoked_ms is null",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .bind(expires_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that whoever holds a session has shown her passkey.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn session_confirm(
        &mut self,
        id: Id<id::Session>,
        now: Instant,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::session_confirm\n update session set confirmed_ms = $2 \
             where id = $1 and revoked_ms is null",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Ends a session at once, and the pairing of its device if it has one; whether it was open.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn session_revoke(
        &mut self,
        id: Id<id::Session>,
        now: Instant,
    ) -> Result<bool, Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::session_revoke_device\n update device set revoked_ms = $2 \
             where revoked_ms is null and id = (select device from session where id = $1)",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        let ended = on!(self.conn(), conn => sqlx::query(
            "-- staff::session_revoke\n update session set revoked_ms = $2 \
             where id = $1 and revoked_ms is null",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(ended > 0)
    }

    /// Ends every session of a person at once ("log out everywhere"), with the devices paired for
    /// her and the codes nobody has used; how many sessions.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn sessions_revoke_of(
        &mut self,
        person: Id<id::Person>,
        now: Instant,
    ) -> Result<u64, Failure> {
        let whose = person.bits().to_be_bytes();
        on!(self.conn(), conn => sqlx::query(
            "-- staff::sessions_revoke_devices\n update device set revoked_ms = $2 \
             where revoked_ms is null and id in (select device from session where person = $1)",
        )
        .bind(whose.as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        on!(self.conn(), conn => sqlx::query(
            "-- staff::sessions_revoke_codes\n update enrolment_code set used_ms = $2 \
             where person = $1 and used_ms is null",
        )
        .bind(whose.as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(on!(self.conn(), conn => sqlx::query(
            "-- staff::sessions_revoke_of\n update session set revoked_ms = $2 \
             where person = $1 and revoked_ms is null",
        )
        .bind(whose.as_slice())
        .bind(now.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?)
    }
}

/// An open session beside the hash it was found by.
#[derive(sqlx::FromRow)]
struct Found {
    token_hash: Vec<u8>,
    #[sqlx(flatten)]
    row: Row,
}

/// Sessions and codes listed at once; more than any district has.
const LISTED: i64 = 2_000;

impl Store {
    /// The session of this token, if it is open at `now`: neither expired nor revoked, and its
    /// person, if it has one, still active.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn session(
        &self,
        token: &Secret<String>,
        now: Instant,
    ) -> Result<Option<Session>, Failure> {
        let row: Option<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            concat!(
                "-- staff::session\n select ",
                open_sessions!(),
                "and token_hash = $1 and expires_ms > $2",
            ),
        )
        .bind(token_hash(TOKEN, token).as_slice())
        .bind(now.millis())
        .fetch_optional(conn)
        .await)?;
        row.map(Session::try_from).transpose()
    }

    /// The same for many tokens in one question: the answers in the order of the tokens. For what
    /// comes by the thousand each second, where a question each would be the whole work.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn sessions_together(
        &self,
        tokens: &[Secret<String>],
        now: Instant,
    ) -> Result<Vec<Option<Session>>, Failure> {
        let hashes: Vec<Vec<u8>> =
            tokens.iter().map(|token| token_hash(TOKEN, token).to_vec()).collect();
        // SQLite binds no lists, PostgreSQL opens no JSON into bytes by an index.
        let found: Vec<Found> = match self.reading().await?.conn() {
            Conn::Sqlite(conn) => {
                let listed: Vec<String> = hashes.iter().map(|hash| hex(hash)).collect();
                sqlx::query_as(concat!(
                    "-- staff::sessions_together\n select session.token_hash, ",
                    open_sessions!(),
                    "and token_hash in (select unhex(value) from json_each($1)) \
                     and expires_ms > $2",
                ))
                .bind(serde_json::to_string(&listed).map_err(Failure::Unwritable)?)
                .bind(now.millis())
                .fetch_all(conn)
                .await?
            }
            Conn::Pg(conn) => {
                sqlx::query_as(concat!(
                    "-- staff::sessions_together\n select session.token_hash, ",
                    open_sessions!(),
                    "and token_hash = any($1) and expires_ms > $2",
                ))
                .bind(&hashes)
                .bind(now.millis())
                .fetch_all(conn)
                .await?
            }
        };
        let mut open = HashMap::with_capacity(found.len());
        for Found { token_hash, row } in found {
            open.insert(token_hash, Session::try_from(row)?);
        }
        // A token may be asked for twice: two positions of one phone.
        Ok(hashes.iter().map(|hash| open.get(hash).cloned()).collect())
    }

    /// Whose session this is, open or over. An id is no secret: this opens nothing.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn session_person(
        &self,
        id: Id<id::Session>,
    ) -> Result<Option<Id<id::Person>>, Failure> {
        let person: Option<Option<Vec<u8>>> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_scalar("-- staff::session_person\n select person from session where id = $1")
                .bind(id.bits().to_be_bytes().as_slice())
                .fetch_optional(conn)
                .await)?;
        person.flatten().as_deref().map(read_id).transpose()
    }

    /// The open sessions of a person, newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn sessions_of(
        &self,
        person: Id<id::Person>,
        now: Instant,
    ) -> Result<Vec<Session>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            concat!(
                "-- staff::sessions_of\n select ",
                open_sessions!(),
                "and session.person = $1 and expires_ms > $2 order by session.created_ms desc, session.id",
            ),
        )
        .bind(person.bits().to_be_bytes().as_slice())
        .bind(now.millis())
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Session::try_from).collect()
    }

    /// The open sessions of everybody who belongs to a district, newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn sessions_in(
        &self,
        district: &DistrictCode,
        now: Instant,
    ) -> Result<Vec<Session>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            concat!(
                "-- staff::sessions_in\n select ",
                open_sessions!(),
                "and person.district = $1 and expires_ms > $2 \
                 order by session.created_ms desc, session.id limit $3",
            ),
        )
        .bind(district.as_str())
        .bind(now.millis())
        .bind(LISTED)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Session::try_from).collect()
    }

    /// Whose codes still wait to be used in a district, and until when the latest of each.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn codes_in(
        &self,
        district: &DistrictCode,
        now: Instant,
    ) -> Result<Vec<(Id<id::Person>, Instant)>, Failure> {
        let rows: Vec<(Vec<u8>, i64)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::codes_in\n select enrolment_code.person, max(expires_ms) from enrolment_code \
             join person on person.id = enrolment_code.person \
             where person.district = $1 and used_ms is null and expires_ms > $2 \
             group by enrolment_code.person order by enrolment_code.person limit $3",
        )
        .bind(district.as_str())
        .bind(now.millis())
        .bind(LISTED)
        .fetch_all(conn)
        .await)?;
        let read =
            |(person, until): (Vec<u8>, i64)| Ok((read_id(&person)?, Instant::from_millis(until)));
        rows.into_iter().map(read).collect()
    }
}
