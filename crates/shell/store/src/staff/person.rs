//! Records of the programme's people, and the passkeys they sign in with.

use crate::{Failure, Store, Tx, db::on, journal};
use kernel::{DistrictCode, Id, Instant, id};

/// A person of the programme who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Who.
    pub id: Id<id::Person>,
    /// Her or his roles, as JSON of the caller's making.
    pub roles: String,
    /// The district she or he belongs to.
    pub district: Option<DistrictCode>,
    /// The private row with the name (kind `staff.name` by convention).
    pub name: Option<Id<id::Private>>,
    /// Whether she or he may sign in.
    pub active: bool,
    /// When the record was made.
    pub created_at: Instant,
}

/// A passkey as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's own id.
    pub id: Vec<u8>,
    /// Whose.
    pub person: Id<id::Person>,
    /// The credential, as JSON of the caller's making.
    pub credential: String,
    /// When it was registered.
    pub created_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Vec<u8>,
    roles: String,
    district: Option<String>,
    name: Option<Vec<u8>>,
    active: i64,
    created_ms: i64,
}

impl TryFrom<PersonRow> for StaffMember {
    type Error = Failure;

    fn try_from(row: PersonRow) -> Result<Self, Failure> {
        Ok(Self {
            id: read_id(&row.id)?,
            roles: row.roles,
            district: journal::district(row.district).map_err(|error| Failure::row(0, error))?,
            name: row.name.as_deref().map(read_id).transpose()?,
            active: row.active == 1,
            created_at: Instant::from_millis(row.created_ms),
        })
    }
}

#[derive(sqlx::FromRow)]
struct PasskeyRow {
    id: Vec<u8>,
    person: Vec<u8>,
    credential: String,
    created_ms: i64,
    used_ms: Option<i64>,
}

impl TryFrom<PasskeyRow> for Passkey {
    type Error = Failure;

    fn try_from(row: PasskeyRow) -> Result<Self, Failure> {
        Ok(Self {
            person: read_id(&row.person)?,
            id: row.id,
            credential: row.credential,
            created_at: Instant::from_millis(row.created_ms),
            used_at: row.used_ms.map(Instant::from_millis),
        })
    }
}

/// The id an id column holds.
pub(crate) fn read_id<K: id::Kind>(bytes: &[u8]) -> Result<Id<K>, Failure> {
    journal::bits(bytes)
        .map(Id::from_bits)
        .ok_or_else(|| Failure::row(0, format!("a {} id is not 16 bytes", K::PREFIX)))
}

impl Tx {
    /// Makes or replaces a person's record.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn staff_put(&mut self, member: &StaffMember) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- staff::put\n insert into person (id, roles, district, name, active, created_ms) \
             values ($1, $2, $3, $4, $5, $6) on conflict (id) do update set \
             roles = excluded.roles, district = excluded.district, name = excluded.name, \
             active = excluded.active",
        )
        .bind(member.id.bits().to_be_bytes().as_slice())
        .bind(&member.roles)
        .bind(member.district.as_ref().map(DistrictCode::as_str))
        .bind(member.name.map(|name| name.bits().to_be_bytes().to_vec()))
        .bind(i64::from(member.active))
        .bind(member.created_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps a passkey, or a new state of it (its counter).
    ///
    /// # Errors
    /// [`Failure`] of the database; so when the credential's id belongs to another person.
    pub async fn passkey_put(&mut self, passkey: &Passkey) -> Result<(), Failure> {
        let kept = on!(self.conn(), conn => sqlx::query(
            "-- staff::passkey_put\n insert into passkey \
             (id, person, credential, created_ms, used_ms) values ($1, $2, $3, $4, $5) \
             on conflict (id) do update set credential = excluded.credential, \
             used_ms = excluded.used_ms where passkey.person = excluded.person",
        )
        .bind(passkey.id.as_slice())
        .bind(passkey.person.bits().to_be_bytes().as_slice())
        .bind(&passkey.credential)
        .bind(passkey.created_at.millis())
        .bind(passkey.used_at.map(Instant::millis))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if kept == 0 {
            return Err(Failure::row(0, "this passkey belongs to somebody else"));
        }
        Ok(())
    }

    /// Removes every passkey of a person: what she signed in with is lost. How many.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn passkeys_remove_of(&mut self, person: Id<id::Person>) -> Result<u64, Failure> {
        Ok(on!(self.conn(), conn => sqlx::query(
            "-- staff::passkeys_remove_of\n delete from passkey where person = $1",
        )
        .bind(person.bits().to_be_bytes().as_slice())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?)
    }

    /// Removes a passkey of this person; whether there was one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn passkey_remove(
        &mut self,
        person: Id<id::Person>,
        credential: &[u8],
    ) -> Result<bool, Failure> {
        let removed = on!(self.conn(), conn => sqlx::query(
            "-- staff::passkey_remove\n delete from passkey where id = $1 and person = $2",
        )
        .bind(credential)
        .bind(person.bits().to_be_bytes().as_slice())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(removed > 0)
    }
}

impl Store {
    /// A person's record.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn staff_member(&self, id: Id<id::Person>) -> Result<Option<StaffMember>, Failure> {
        let row: Option<PersonRow> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::member\n select id, roles, district, name, active, created_ms from person \
             where id = $1",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(StaffMember::try_from).transpose()
    }

    /// Everybody, in order of id.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn staff(&self) -> Result<Vec<StaffMember>, Failure> {
        let rows: Vec<PersonRow> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::all\n select id, roles, district, name, active, created_ms from person \
             order by id",
        )
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(StaffMember::try_from).collect()
    }

    /// A person's passkeys, oldest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn passkeys(&self, person: Id<id::Person>) -> Result<Vec<Passkey>, Failure> {
        let rows: Vec<PasskeyRow> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::passkeys\n select id, person, credential, created_ms, used_ms from passkey \
             where person = $1 order by created_ms, id",
        )
        .bind(person.bits().to_be_bytes().as_slice())
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Passkey::try_from).collect()
    }

    /// The passkey with this credential id: who is signing in without having said so.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn passkey(&self, credential: &[u8]) -> Result<Option<Passkey>, Failure> {
        let row: Option<PasskeyRow> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- staff::passkey\n select id, person, credential, created_ms, used_ms from passkey \
             where id = $1",
        )
        .bind(credential)
        .fetch_optional(conn)
        .await)?;
        row.map(Passkey::try_from).transpose()
    }
}
