//! The public contract of Waylight: request and response bodies, one module per word, views named
//! for their reader (`ForRequester`, `ForTeam`, `ForDesk`). No I/O. Everything a screen may know is
//! here, and nothing else leaves the server.
//!
//! Conventions: moments are UTC milliseconds since 1970 (`…_at`), lengths of time carry their unit
//! (`…_seconds`), distances are metres (`…_m`), points are WGS 84 `{lat, lon}`, geometries
//! `[[lon, lat], …]`. Every POST carries an `Idempotency-Key` header; a retry with the same key
//! gives the same answer; in [`onestop`] hashes do what the key does elsewhere. Errors are
//! [`problem::Problem`] as `application/problem+json`.

pub mod alarm;
pub mod city;
pub mod demo;
pub mod desk;
pub mod environment;
pub mod escort;
pub mod haven;
pub mod health;
pub mod matching;
pub mod onestop;
pub mod patrol;
pub mod problem;
pub mod route;
pub mod seat;
pub mod session;
pub mod volunteer;
