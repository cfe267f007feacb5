//! What a server is told at its start, once. The binary reads arguments and files; nothing here
//! looks at the environment.

use crate::{Pack, clock::DemoClock};
use kernel::{DistrictCode, Secret};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// The duty contact's number of each district that has one.
pub type DutyPhones = BTreeMap<DistrictCode, Secret<String>>;

/// A server's configuration.
#[derive(Clone)]
pub struct Config {
    /// The city.
    pub pack: Pack,
    /// Where browsers reach it: scheme, host and port, no slash at the end
    /// (`https://walk.example.org`). Writes from pages of another origin are turned away, passkeys
    /// belong to its host, and cookies are `Secure` when it begins with `https`.
    pub public_origin: String,
    /// The file an SMS or push gateway process reads.
    pub outbox: PathBuf,
    /// Whom the gateway rings when nobody at any desk looks, by district.
    pub duty_phones: DutyPhones,
    /// Only in the demo.
    pub demo: Option<Demo>,
}

/// What exists only in the invented night of the demo.
#[derive(Clone)]
pub struct Demo {
    /// The night's clock, the same the app is built with.
    pub clock: Arc<DemoClock>,
    /// Proves that a sign-in is a simulated person's (`X-Simulated`), which leaves its seat free
    /// for somebody who wants to take part. Random, known to the demo's own people only.
    pub pass: String,
    /// What the two witnesses of the invented one-stop network sign with; the pack has their public
    /// keys. Outside the demo a witness is somebody else, and no server has its key.
    pub witnesses: [Secret<[u8; 32]>; 2],
    /// The seven key words of invented caseworkers, by the part one plays them as
    /// (`caseworker-mirinae-counseling-1`).
    pub key_words: BTreeMap<String, String>,
}
