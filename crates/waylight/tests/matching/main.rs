//! Matching as it runs: issuer, three holders, the city, the matcher and counsel are processes of their
//! own, each with a folder of its own. She is the engine in Rust (`engine/matching`), which passes the same
//! vectors as the browser. The study's checks 18 and 28 to 31.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod city;
mod found;
mod house;
mod limits;
mod off;
mod she;
