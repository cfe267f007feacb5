//! The contract every database keeps: each body runs on SQLite and, where `TEST_PG` names a
//! PostgreSQL server (`postgres://app@localhost/app?host=/run/…`), on PostgreSQL too.

#[path = "contract/city.rs"]
mod city;
#[path = "contract/journal.rs"]
mod journal;
#[path = "contract/lamp.rs"]
mod lamp;
