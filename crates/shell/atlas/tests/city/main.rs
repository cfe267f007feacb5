//! The atlas against the public data of a real city.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot read its data has to say so and stop"
)]

mod damage;
mod folder;
mod streets;
mod tables;
