//! How long what the registers say is trusted; per district, from the city pack.

use crate::AssetKind;
use serde::Deserialize;

/// Limits with their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Days a lamp's test is trusted: a lamp lasts years, a round passes each about yearly.
    pub lamp_fresh_days: u16,
    /// Days a camera's test is trusted: districts inspect twice a year.
    pub camera_fresh_days: u16,
    /// Days a bell's test is trusted: a bell that is never pressed fails unnoticed.
    pub bell_fresh_days: u16,
    /// Days anything else in a register is trusted to stand where it says.
    pub place_fresh_days: u16,
    /// Metres from a lamp within which a street counts as having a known lamp.
    pub lamp_reach_m: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            lamp_fresh_days: 365,
            camera_fresh_days: 180,
            bell_fresh_days: 30,
            place_fresh_days: 365,
            lamp_reach_m: 25,
        }
    }
}

impl Rules {
    /// Days a test of such a thing is trusted.
    pub fn fresh_days(&self, kind: AssetKind) -> i64 {
        let days = match kind {
            AssetKind::SecurityLight | AssetKind::StreetLight => self.lamp_fresh_days,
            AssetKind::Camera => self.camera_fresh_days,
            AssetKind::Bell => self.bell_fresh_days,
            _ => self.place_fresh_days,
        };
        days.into()
    }
}
