//! Ways home, each explaining itself.

use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// `GET /api/route/options`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
pub struct FindOptions {
    /// `LAT,LON`.
    pub from: String,
    /// `LAT,LON`.
    pub to: String,
    /// UTC milliseconds; now unless told.
    #[param(value_type = Option<i64>)]
    pub at: Option<Instant>,
}

/// Which of the trade-offs an option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OptionName {
    /// The shortest way.
    Fast,
    /// The knee: most night cost saved per metre of detour.
    Balanced,
    /// The most lamps, cameras and open stores within the detour cap.
    Covered,
}

/// One way, with what is known about it and what is not. The three metre counts add up to the
/// length; unknown is not dark.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RouteOption {
    /// Which trade-off.
    pub name: OptionName,
    /// Metres.
    pub length_m: u32,
    /// Walking time at the pack's pace.
    pub duration_seconds: u32,
    /// Metres along which a working lamp or a `lit` tag is known.
    pub lit_m: u32,
    /// Metres known to be without light.
    pub unlit_m: u32,
    /// Metres nobody has told us about.
    pub unknown_m: u32,
    /// Cameras passed.
    pub cameras: u32,
    /// Emergency bells passed.
    pub bells: u32,
    /// Open, ready havens passed.
    pub havens: u32,
    /// Flights of steps.
    pub steps: u32,
    /// Date of the oldest register used on this way, `YYYY-MM-DD`.
    pub oldest_data: Option<String>,
    /// `[[lon, lat], …]`.
    pub geometry: Vec<[f64; 2]>,
}

/// One to three ways, fast first. Fewer when one dominates.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RouteOptions {
    /// Fast, balanced, covered: those that differ.
    pub options: Vec<RouteOption>,
    /// The hour band the cost was taken for (`day`, `evening`, `night`, `deep_night`).
    pub hour_band: String,
}
