//! The sun, and which of the four bands of hours a moment lies in.
//!
//! Formulas: NOAA Global Monitoring Laboratory, Solar Calculation Details (after Meeus,
//! *Astronomical Algorithms*); sunrise and sunset to about a minute between 72° south and north.

use crate::day::EpochDay;
use kernel::{Instant, Point, Span};
use serde::{Deserialize, Serialize};

/// The four bands of hours the night cost tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HourBand {
    /// From sunrise to sunset.
    Day,
    /// From sunset to 21:00 solar time, and the civil dawn before sunrise.
    Evening,
    /// From 21:00 to 24:00 solar time, and from 05:00 to civil dawn.
    Night,
    /// From 00:00 to 05:00 solar time while it is dark.
    DeepNight,
}

impl HourBand {
    /// All bands.
    pub const ALL: [Self; 4] = [Self::Day, Self::Evening, Self::Night, Self::DeepNight];

    /// The band a moment lies in at a place. Needs no time zone: it follows the sun (in Seoul
    /// solar time is about half an hour behind the clocks).
    pub fn at(place: Point, at: Instant) -> Self {
        /// The upper limb touches a refracted horizon.
        const HORIZON_DEG: f64 = -0.833;
        const CIVIL_DEG: f64 = -6.0;
        let sun = elevation_deg(place, at);
        if sun >= HORIZON_DEG {
            return Self::Day;
        }
        let solar_h = (at.millis().rem_euclid(86_400_000) as f64 / 3_600_000.0 + place.lon / 15.0)
            .rem_euclid(24.0);
        match solar_h {
            h if (12.0..21.0).contains(&h) => Self::Evening,
            h if h < 12.0 && sun >= CIVIL_DEG => Self::Evening,
            h if h < 5.0 => Self::DeepNight,
            _ => Self::Night,
        }
    }

    /// Stable name: `day`, `evening`, `night`, `deep-night`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Evening => "evening",
            Self::Night => "night",
            Self::DeepNight => "deep-night",
        }
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// Where the sun stands in its year at a moment.
struct Sun {
    declination: f64,
    equation_of_time_min: f64,
}

impl Sun {
    fn at(at: Instant) -> Self {
        let julian_day = at.millis() as f64 / 86_400_000.0 + 2_440_587.5;
        let t = (julian_day - 2_451_545.0) / 36_525.0;
        let mean_long = (280.466_46 + t * (36_000.769_83 + t * 0.000_303_2)).rem_euclid(360.0);
        let anomaly = (357.529_11 + t * (35_999.050_29 - 0.000_153_7 * t)).to_radians();
        let eccentricity = 0.016_708_634 - t * (0.000_042_037 + 0.000_000_126_7 * t);
        let center = anomaly.sin() * (1.914_602 - t * (0.004_817 + 0.000_014 * t))
            + (2.0 * anomaly).sin() * (0.019_993 - 0.000_101 * t)
            + (3.0 * anomaly).sin() * 0.000_289;
        let node = (125.04 - 1_934.136 * t).to_radians();
        let apparent = (mean_long + center - 0.005_69 - 0.004_78 * node.sin()).to_radians();
        let mean_obliquity =
            23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.000_59 - t * 0.001_813))) / 60.0) / 60.0;
        let obliquity = (mean_obliquity + 0.002_56 * node.cos()).to_radians();
        let declination = (obliquity.sin() * apparent.sin()).asin();
        let y = (obliquity / 2.0).tan().powi(2);
        let l = mean_long.to_radians();
        let equation = y * (2.0 * l).sin() - 2.0 * eccentricity * anomaly.sin()
            + 4.0 * eccentricity * y * anomaly.sin() * (2.0 * l).cos()
            - 0.5 * y * y * (4.0 * l).sin()
            - 1.25 * eccentricity * eccentricity * (2.0 * anomaly).sin();
        Self { declination, equation_of_time_min: 4.0 * equation.to_degrees() }
    }
}

/// Height of the sun's center over the horizon, degrees, without refraction.
pub fn elevation_deg(place: Point, at: Instant) -> f64 {
    let sun = Sun::at(at);
    let minutes = at.millis().rem_euclid(86_400_000) as f64 / 60_000.0;
    let solar = (minutes + sun.equation_of_time_min + 4.0 * place.lon).rem_euclid(1_440.0);
    let hour_angle = (solar / 4.0 - 180.0).to_radians();
    let lat = place.lat.to_radians();
    let sine =
        lat.sin() * sun.declination.sin() + lat.cos() * sun.declination.cos() * hour_angle.cos();
    sine.clamp(-1.0, 1.0).asin().to_degrees()
}

/// Sunrise and sunset of the day whose solar noon at this place falls on the date `day` in mean
/// solar time. `None` where the sun does not rise or does not set that day.
pub fn sunrise_sunset(place: Point, day: EpochDay) -> Option<(Instant, Instant)> {
    let noon_min = 720.0 - 4.0 * place.lon;
    let midnight = Instant::from_millis(i64::from(day.0) * 86_400_000);
    let at_minute = |minute: f64| midnight + Span::millis((minute * 60_000.0) as i64);
    let event = |side: f64| -> Option<Instant> {
        // the sun moves on during the day: take its place at the event itself, in two rounds
        let mut minute = noon_min;
        for _ in 0..3 {
            let sun = Sun::at(at_minute(minute));
            let lat = place.lat.to_radians();
            let cos = 90.833_f64.to_radians().cos() / (lat.cos() * sun.declination.cos())
                - lat.tan() * sun.declination.tan();
            if cos.abs() > 1.0 {
                return None;
            }
            minute = noon_min - sun.equation_of_time_min + side * 4.0 * cos.acos().to_degrees();
        }
        Some(at_minute(minute))
    };
    Some((event(-1.0)?, event(1.0)?))
}

#[cfg(test)]
mod tests;
