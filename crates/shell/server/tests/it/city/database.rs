//! A database of the PostgreSQL that the suite was given.

use std::sync::atomic::{AtomicU64, Ordering};

/// A database of its own in the PostgreSQL the suite was given (`TEST_PG`), gone afterwards.
pub struct Database {
    pub url: String,
    server: String,
    name: String,
}

#[expect(clippy::disallowed_methods, reason = "the suite is told here where PostgreSQL is")]
fn postgres_server() -> Option<String> {
    std::env::var("TEST_PG").ok().filter(|url| !url.is_empty())
}

/// Runs PostgreSQL's own client.
fn psql(server: &str, sql: &str) {
    let done = std::process::Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--dbname", server, "--command", sql])
        .status();
    assert!(done.is_ok_and(|status| status.success()), "psql could not {sql}");
}

impl Database {
    pub fn create() -> Option<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let server = postgres_server()?;
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("waylight_server_{}_{count}", std::process::id());
        psql(&server, &format!("create database {name}"));
        // postgres://user@host/NAME?parameters: only the name is another one.
        let (before, parameters) = server.split_once('?').unwrap_or((&server, ""));
        let (host, _) = before.rsplit_once('/').unwrap();
        let url = match parameters {
            "" => format!("{host}/{name}"),
            parameters => format!("{host}/{name}?{parameters}"),
        };
        Some(Self { url, server, name })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        psql(&self.server, &format!("drop database if exists {} with (force)", self.name));
    }
}
