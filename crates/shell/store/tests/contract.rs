//! The contract every database keeps: each body runs on SQLite and, where `TEST_PG` names a
//! PostgreSQL server (`postgres://app@localhost/app?host=/run/…`), on PostgreSQL too.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of a test are part of the test"
)]

#[path = "contract/chain.rs"]
mod chain;
#[path = "contract/city.rs"]
mod city;
#[path = "contract/deadline.rs"]
mod deadline;
#[path = "contract/evidence.rs"]
mod evidence;
#[path = "contract/journal.rs"]
mod journal;
#[path = "contract/lantern.rs"]
mod lantern;
#[path = "contract/ledger.rs"]
mod ledger;
#[path = "contract/matching.rs"]
mod matching;
#[path = "contract/onestop.rs"]
mod onestop;
#[path = "contract/part.rs"]
mod part;
#[path = "contract/people.rs"]
mod people;
#[path = "contract/private.rs"]
mod private;
#[path = "contract/projections.rs"]
mod projections;
#[path = "contract/referral.rs"]
mod referral;
#[path = "contract/register.rs"]
mod register;
#[path = "contract/staff.rs"]
mod staff;
#[path = "contract/surrendered.rs"]
mod surrendered;
