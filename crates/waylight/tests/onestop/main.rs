//! One-stop on the server as it runs: a process that is killed, whose files, log and memory are
//! searched, and whose work is counted. The browsers are the seal in Rust, as in the server's journeys.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stderr, reason = "what this machine does not let be searched is said")]

#[path = "../../../shell/server/tests/it/onestop/browser.rs"]
#[expect(dead_code, reason = "the server's journeys use the rest of it")]
mod browser;
mod city;
mod empty;
mod killed;
mod searched;
mod served;
