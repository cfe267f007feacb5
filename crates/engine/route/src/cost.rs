//! The night cost: what a metre of street weighs on somebody walking it alone at some hour.
//!
//! ```text
//! cost/m = 1 + (light + class + park + tunnel + steps + unpaved) × Π (1 − relief × share)
//! ```
//! A metre costs at least itself, so no detour is ever free and a straight line bounds any walk.
//! Each burden is "how many metres of a lit main street one would rather walk than one metre of
//! this, beyond the metre itself". Camera, bell and open haven relieve the burden of the share of
//! the street within their reach, never the metre. The cost is the same in both directions.
//!
//! It is a model of preference, not a prediction of harm: it orders ways, it promises nothing.

use crate::facts::Reach;
use crate::hour::HourBand;
use crate::light::Light;
use crate::street::{Nature, StreetClass, Surface};
use serde::{Deserialize, Serialize};

/// All weights. Serialized as the `[route]` table of a city pack; absent fields take the defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// How near a fact must be to count for a street.
    #[serde(default)]
    pub reach: Reach,
    /// How fast people walk.
    #[serde(default)]
    pub pace: Pace,
    /// Which detours are offered.
    #[serde(default)]
    pub choice: Choice,
    /// Sun up.
    #[serde(default = "Burdens::day")]
    pub day: Burdens,
    /// Dusk to about 21:00, and dawn: dark or nearly, the streets full.
    #[serde(default = "Burdens::evening")]
    pub evening: Burdens,
    /// About 21:00 to midnight, and from 05:00 to dawn: dark, the streets emptying.
    #[serde(default = "Burdens::night")]
    pub night: Burdens,
    /// Midnight to 05:00: dark and deserted.
    #[serde(default = "Burdens::deep_night")]
    pub deep_night: Burdens,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            reach: Reach::default(),
            pace: Pace::default(),
            choice: Choice::default(),
            day: Burdens::day(),
            evening: Burdens::evening(),
            night: Burdens::night(),
            deep_night: Burdens::deep_night(),
        }
    }
}

/// How fast people walk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// Metres per second on the level. 1.2: what signal timings assume of adults, a little under
    /// the 1.3–1.4 of free walking.
    pub level_m_s: f64,
    /// Metres per second along a flight of steps. 0.6: half of it, up or down, tired.
    pub steps_m_s: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { level_m_s: 1.2, steps_m_s: 0.6 }
    }
}

/// Which ways are offered beside the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// `balanced` stops taking detours that save less than this many cost-metres per metre walked.
    /// 2: the measured knee; past it people walk far for little.
    pub knee: f64,
    /// No detour beyond this share of the shortest way. 0.25.
    pub detour_share: f64,
    /// No detour beyond this many metres however long the way. 400: about six minutes.
    pub detour_m: f64,
    /// A detour of this many metres is always offered, however short the way. 100: round the block.
    pub detour_floor_m: f64,
    /// How far from a street people and places may be, metres in a straight line. 250.
    pub snap_m: f64,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            knee: 2.0,
            detour_share: 0.25,
            detour_m: 400.0,
            detour_floor_m: 100.0,
            snap_m: 250.0,
        }
    }
}

impl Choice {
    /// The longest way offered beside a shortest way of this length, millimetres: 25 % longer, but
    /// at least 100 m and at most 400 m.
    pub fn cap_mm(&self, shortest_mm: u64) -> u64 {
        let share = shortest_mm as f64 * self.detour_share;
        let most = self.detour_m * 1_000.0;
        let least = (self.detour_floor_m * 1_000.0).min(most);
        shortest_mm + share.clamp(least, most).max(0.0) as u64
    }
}

/// What weighs on a metre of street in one band of hours: burdens ≥ 0 in metres of lit main street
/// per metre; reliefs 0 to 1, the share of the burden taken away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Burdens {
    /// Under a working lamp. 0: the measure everything else is compared with.
    pub lit: f64,
    /// Known to be dark. The largest burden of all: light is what people ask for first.
    pub unlit: f64,
    /// Not known. Between the two, nearer to lit: most streets nobody described have lamps.
    pub unknown: f64,
    /// Trunk to tertiary streets. 0: others are about.
    pub main: f64,
    /// Residential streets.
    pub local: f64,
    /// Pedestrian zones and living streets.
    pub pedestrian: f64,
    /// Service roads and back alleys: no windows, no one.
    pub service: f64,
    /// Sidewalks mapped on their own, and other footways.
    pub footway: f64,
    /// Unmade paths and tracks.
    pub path: f64,
    /// Cycleways.
    pub cycleway: f64,
    /// In a park, wood, cemetery or stream bed, on top of its class. 0 by day: at noon a park is
    /// the nicer way.
    pub park: f64,
    /// A tunnel or underpass: no way out for its length.
    pub tunnel: f64,
    /// A flight of steps: effort by day, no running by night.
    pub steps: f64,
    /// Unpaved ground.
    pub unpaved: f64,
    /// Relief in sight of a camera.
    pub camera: f64,
    /// Relief in reach of an emergency bell.
    pub bell: f64,
    /// Relief beside an open haven.
    pub haven: f64,
}

impl Default for Burdens {
    /// Those of the night.
    fn default() -> Self {
        Self::night()
    }
}

impl Burdens {
    /// Defaults by day: only effort counts.
    pub const fn day() -> Self {
        Self {
            lit: 0.0,
            unlit: 0.0,
            unknown: 0.0,
            main: 0.0,
            local: 0.0,
            pedestrian: 0.0,
            service: 0.0,
            footway: 0.0,
            path: 0.0,
            cycleway: 0.0,
            park: 0.0,
            tunnel: 0.2,
            steps: 0.5,
            unpaved: 0.1,
            camera: 0.0,
            bell: 0.0,
            haven: 0.0,
        }
    }
    /// Defaults in the evening: about half of the night's.
    pub const fn evening() -> Self {
        Self {
            lit: 0.0,
            unlit: 1.5,
            unknown: 0.6,
            main: 0.0,
            local: 0.15,
            pedestrian: 0.05,
            service: 0.4,
            footway: 0.25,
            path: 0.7,
            cycleway: 0.3,
            park: 0.8,
            tunnel: 0.8,
            steps: 0.5,
            unpaved: 0.3,
            camera: 0.15,
            bell: 0.1,
            haven: 0.2,
        }
    }
    /// Defaults at night.
    pub const fn night() -> Self {
        Self {
            lit: 0.0,
            unlit: 3.0,
            unknown: 1.2,
            main: 0.0,
            local: 0.3,
            pedestrian: 0.1,
            service: 0.8,
            footway: 0.5,
            path: 1.4,
            cycleway: 0.6,
            park: 1.6,
            tunnel: 1.6,
            steps: 0.6,
            unpaved: 0.4,
            camera: 0.25,
            bell: 0.15,
            haven: 0.3,
        }
    }
    /// Defaults in the dead of night: darkness, parks and back alleys weigh more, an open door too.
    pub const fn deep_night() -> Self {
        Self {
            lit: 0.0,
            unlit: 4.0,
            unknown: 1.6,
            main: 0.1,
            local: 0.5,
            pedestrian: 0.3,
            service: 1.2,
            footway: 0.8,
            path: 2.0,
            cycleway: 0.9,
            park: 2.4,
            tunnel: 2.4,
            steps: 0.6,
            unpaved: 0.4,
            camera: 0.25,
            bell: 0.2,
            haven: 0.4,
        }
    }

    fn class(&self, class: StreetClass) -> f64 {
        match class {
            StreetClass::Main => self.main,
            StreetClass::Local => self.local,
            StreetClass::Pedestrian => self.pedestrian,
            StreetClass::Service => self.service,
            StreetClass::Footway => self.footway,
            StreetClass::Path => self.path,
            StreetClass::Cycleway => self.cycleway,
        }
    }

    /// The burden of a metre of this nature, its light aside.
    pub fn of_nature(&self, n: Nature) -> f64 {
        let if_so = |so: bool, burden: f64| if so { burden } else { 0.0 };
        self.class(n.class)
            + if_so(n.park, self.park)
            + if_so(n.tunnel, self.tunnel)
            + if_so(n.steps, self.steps)
            + if_so(n.surface == Surface::Unpaved, self.unpaved)
    }

    /// The burden of lengths by light, in millimetres.
    pub fn of_light(&self, light: Light) -> f64 {
        f64::from(light.lit_mm) * self.lit
            + f64::from(light.unlit_mm) * self.unlit
            + f64::from(light.unknown_mm) * self.unknown
    }

    /// What is left of a burden with these shares of the street in reach.
    pub(crate) fn kept(&self, camera: f64, bell: f64, haven: f64) -> f64 {
        (1.0 - self.camera * camera) * (1.0 - self.bell * bell) * (1.0 - self.haven * haven)
    }

    fn fits(&self) -> bool {
        let burdens = [
            self.lit,
            self.unlit,
            self.unknown,
            self.main,
            self.local,
            self.pedestrian,
            self.service,
            self.footway,
            self.path,
            self.cycleway,
            self.park,
            self.tunnel,
            self.steps,
            self.unpaved,
        ];
        let reliefs = [self.camera, self.bell, self.haven];
        burdens.iter().all(|b| (0.0..=20.0).contains(b))
            && reliefs.iter().all(|r| (0.0..=1.0).contains(r))
    }
}

impl Weights {
    /// The burdens of a band of hours.
    pub fn burdens(&self, band: HourBand) -> &Burdens {
        match band {
            HourBand::Day => &self.day,
            HourBand::Evening => &self.evening,
            HourBand::Night => &self.night,
            HourBand::DeepNight => &self.deep_night,
        }
    }

    /// Whether every number is in its range: burdens 0 to 20, reliefs 0 to 1, reaches 0 to 200 m,
    /// paces above 0, knee 0 to 20. A city pack is refused otherwise.
    pub fn fit(&self) -> bool {
        let reach = &self.reach;
        let reaches = [reach.lamp_m, reach.camera_m, reach.bell_m, reach.haven_m, reach.crossing_m];
        let detours = [self.choice.detour_m, self.choice.detour_floor_m, self.choice.snap_m];
        HourBand::ALL.iter().all(|&b| self.burdens(b).fits())
            && reaches.iter().all(|r| (0.0..=200.0).contains(r))
            && detours.iter().all(|d| (0.0..=5_000.0).contains(d))
            && (0.0..=20.0).contains(&self.choice.knee)
            && (0.0..=3.0).contains(&self.choice.detour_share)
            && (0.1..=5.0).contains(&self.pace.level_m_s)
            && (0.1..=5.0).contains(&self.pace.steps_m_s)
    }
}

#[cfg(test)]
mod tests;
