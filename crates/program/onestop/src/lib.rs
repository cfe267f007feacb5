//! One-stop: reports closed for the centers she chose, kept by a server that opens nothing.
//!
//! Nothing here is journaled; README.md says why. Everything is decided from bytes and times that
//! are given, and answered with what to keep or one [`Refusal`].

pub mod case;
pub mod challenge;
pub mod log;
mod refusal;
pub mod report;
pub mod rules;

pub use case::{Author, Kept, Moving, Newest, Receipt, Writing};
pub use log::{Door, Log};
pub use refusal::Refusal;
pub use report::Report;
