//! How a report is closed so that only those she chose can open it. SPEC.md is the truth; where
//! this differs from it, this is wrong.
//!
//! Read in this order: [`words`] (seven words and the phrase behind them), [`mailbox`] (what they
//! open), [`compartment`] (one kind of content, closed under a key of its own), [`wrap`] (that key,
//! closed for eight columns), [`consent`] (what one recipient may open), [`report`] (everything she
//! signs when she sends), [`written`] (what happens to it afterwards), [`knock`] (how a team learns of
//! it), [`directory`] (whose keys the teams' and devices' keys are), [`device`] (a member's keys), [`laid`] (what such a device closes),
//! [`team`] (a team's key moving between devices and epochs), [`recovery`] (giving back a lost one),
//! [`file`](mod@file) (evidence), [`letter`] (what two teams say about a referral), [`custody`] (what
//! happened to a piece of evidence). Everything answers with right bytes or a [`Refusal`].

pub mod columns;
pub mod compartment;
pub mod consent;
pub mod custody;
pub mod device;
pub mod directory;
pub mod envelope;
pub mod file;
mod form;
pub mod id;
pub mod key;
pub mod knock;
pub mod laid;
pub mod letter;
pub mod mailbox;
pub mod recovery;
mod refusal;
pub mod report;
mod root;
pub mod secret;
pub mod sign;
pub mod team;
#[cfg(test)]
mod tests;
pub mod words;
pub mod wrap;
pub mod written;

pub use refusal::Refusal;

/// A SHA-256 hash.
pub type Hash = [u8; 32];
