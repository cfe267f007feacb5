//! One-stop: reports closed for the centers she chose, kept by a server that opens nothing.
//!
//! Nothing of a report is journaled; README.md says why. What is: by which rules the centers work
//! ([`duty`]). Everything is decided from bytes and times that
//! are given, and answered with what to keep or one [`Refusal`].

pub mod case;
pub mod challenge;
pub mod custody;
pub mod duty;
pub mod evidence;
pub mod ledger;
pub mod log;
pub mod recovery;
pub mod referral;
mod refusal;
pub mod report;
pub mod rules;
pub mod service;

pub use case::{Author, Kept, Moving, Newest, Receipt, Writing};
pub use log::{Door, Log};
pub use refusal::Refusal;
pub use report::Report;
