//! How several who name the same person find each other through counsel, and nobody else learns of
//! it. SPEC.md is the truth; where this differs from it, this is wrong. Off by default, and not
//! reviewed by anybody outside: see THREATS.md.
//!
//! Read in this order: [`identifier`] (one spelling), [`ceremony`] and [`holder`] (three houses, any two),
//! [`asked`] (her side of the question), [`level`] (two, three or five people), [`entry`] (what she leaves),
//! [`matcher`] (the batch), [`token`], [`receipt`] and [`cap`] (limits). Everything answers with right bytes or a
//! [`Refusal`].

pub mod asked;
pub mod cap;
pub mod ceremony;
mod chance;
pub mod entry;
mod form;
mod group;
pub mod holder;
pub mod identifier;
pub mod level;
pub mod matcher;
pub mod receipt;
mod refusal;
#[cfg(test)]
mod tests;
pub mod token;

pub use refusal::Refusal;
