//! Rows of projections, the same on both databases.

use crate::{
    Failure,
    db::{Conn, on},
};
use kernel::Instant;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, Row};

/// A table, and the columns of its own.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) own: &'static [(&'static str, Type)],
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Int,
    Text,
    Id,
}

/// What every projection begins with.
const COMMON: [(&str, Type); 5] = [
    ("id", Type::Id),
    ("version", Type::Int),
    ("number", Type::Int),
    ("at_ms", Type::Int),
    ("district", Type::Text),
];

impl Table {
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&'static str, Type)> {
        COMMON.into_iter().chain(self.own.iter().copied())
    }

    fn names(&self) -> String {
        self.columns().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Id(Option<[u8; 16]>),
}

impl Value {
    pub(crate) fn int(value: Option<impl Into<i64>>) -> Self {
        Self::Int(value.map(Into::into))
    }
    pub(crate) fn time(value: Option<Instant>) -> Self {
        Self::Int(value.map(Instant::millis))
    }
    pub(crate) fn text(value: Option<&impl ToString>) -> Self {
        Self::Text(value.map(ToString::to_string))
    }
    pub(crate) fn word(value: &impl Serialize) -> Self {
        Self::Text(Some(word(value)))
    }
    pub(crate) fn id(bits: Option<u128>) -> Self {
        Self::Id(bits.map(u128::to_be_bytes))
    }

    pub(crate) fn into_int(self) -> Option<i64> {
        if let Self::Int(value) = self { value } else { None }
    }
    pub(crate) fn into_time(self) -> Option<Instant> {
        self.into_int().map(Instant::from_millis)
    }
    pub(crate) fn into_text(self) -> Option<String> {
        if let Self::Text(value) = self { value } else { None }
    }
    pub(crate) fn into_id(self) -> Option<u128> {
        if let Self::Id(value) = self { value.map(u128::from_be_bytes) } else { None }
    }
    /// What [`Value::word`] was made from.
    pub(crate) fn into_word<T: DeserializeOwned>(self) -> Option<T> {
        let text = self.into_text()?;
        serde_json::from_str(&text)
            .ok()
            .or_else(|| serde_json::from_value(serde_json::Value::String(text)).ok())
    }
}

/// How a value of the domain is written in a column: a plain word as that word, anything richer
/// as its JSON.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // Re-serialized from the value itself: `Value` would reorder its fields.
        Ok(_) => serde_json::to_string(value).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// Binds a [`Value`] to a query of either kind and either database.
macro_rules! bind {
    ($query:expr, $value:expr) => {
        match $value {
            $crate::projections::rows::Value::Int(value) => $query.bind(value),
            $crate::projections::rows::Value::Text(value) => $query.bind(value),
            $crate::projections::rows::Value::Id(value) => {
                $query.bind(value.map(|bytes| bytes.to_vec()))
            }
        }
    };
}
pub(crate) use bind;

pub(crate) async fn upsert(
    conn: &mut Conn<'_>,
    table: &Table,
    cells: &[Value],
) -> Result<(), Failure> {
    let places = (1..=cells.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sets = table
        .columns()
        .skip(1)
        .map(|(name, _)| format!("{name} = excluded.{name}"))
        .collect::<Vec<_>>()
        .join(", ");
    let sql = format!(
        "-- projections::write\n insert into {} ({}) values ({places}) \
         on conflict (id) do update set {sets}",
        table.name,
        table.names(),
    );
    on!(conn, conn => {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in cells.iter().cloned() {
            query = bind!(query, value);
        }
        query.execute(&mut **conn).await.map(drop)
    })?;
    Ok(())
}

pub(crate) async fn clear(conn: &mut Conn<'_>, table: &Table) -> Result<(), Failure> {
    let sql = AssertSqlSafe(format!("-- projections::clear\n delete from {}", table.name));
    on!(conn, conn => sqlx::query(sql).execute(&mut **conn).await.map(drop))?;
    Ok(())
}

/// The rows that satisfy `clause`, ordered by id.
pub(crate) async fn select(
    conn: &mut Conn<'_>,
    table: &Table,
    clause: &str,
    binds: Vec<Value>,
) -> Result<Vec<Vec<Value>>, Failure> {
    select_page(conn, table, clause, "9223372036854775807", binds).await
}

/// The first rows that satisfy `clause`, ordered by id, as many as the number at `limit`.
pub(crate) async fn select_page(
    conn: &mut Conn<'_>,
    table: &Table,
    clause: &str,
    limit: &str,
    binds: Vec<Value>,
) -> Result<Vec<Vec<Value>>, Failure> {
    let sql = AssertSqlSafe(format!(
        "-- projections::select\n select {} from {} where {clause} order by id limit {limit}",
        table.names(),
        table.name,
    ));
    let types: Vec<Type> = table.columns().map(|(_, kind)| kind).collect();
    Ok(on!(conn, conn => {
        let mut query = sqlx::query(sql);
        for value in binds {
            query = bind!(query, value);
        }
        query
            .fetch_all(&mut **conn)
            .await?
            .iter()
            .map(|row| {
                let cell = |(at, kind): (usize, &Type)| {
                    Ok(match kind {
                        Type::Int => Value::Int(row.try_get(at)?),
                        Type::Text => Value::Text(row.try_get(at)?),
                        Type::Id => {
                            let bytes: Option<Vec<u8>> = row.try_get(at)?;
                            Value::Id(bytes.and_then(|bytes| bytes.try_into().ok()))
                        }
                    })
                };
                types.iter().enumerate().map(cell).collect::<Result<Vec<_>, sqlx::Error>>()
            })
            .collect::<Result<Vec<_>, sqlx::Error>>()
    })?)
}
