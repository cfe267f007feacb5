//! One-stop: sealed reports taken in, kept for who may open them elsewhere, answered, deleted. This
//! server opens nothing and has no key that could; what it decides stands in `program/onestop`.
//!
//! Nothing here is an event of the journal, nothing is traced, and no address of anybody is looked
//! at. Public routes look at no cookie.

pub mod case;
pub mod custody;
pub mod desk;
pub mod directory;
pub mod evidence;
pub mod head;
mod keep;
pub mod keys;
pub mod ledger;
mod letters;
pub mod mailbox;
pub mod referral;
pub mod report;
pub mod rules;
pub mod service;
pub mod shares;
pub(crate) mod state;
mod view;

pub(crate) use state::{Known, Onestop};
