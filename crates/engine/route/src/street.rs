//! What a street is to somebody on foot at night: its class, its light as mapped, its nature.

use serde::{Deserialize, Serialize};

/// What kind of street a way is. Coarser than OSM's `highway`: only what changes a walk at night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StreetClass {
    /// Trunk, primary, secondary, tertiary and their links: traffic and shop windows all night.
    Main,
    /// Residential and unclassified streets with cars.
    Local,
    /// Living streets and pedestrian zones: people first.
    Pedestrian,
    /// Service roads, parking aisles, back alleys for delivery.
    Service,
    /// Sidewalks, crossings and other made footways.
    Footway,
    /// Paths, tracks, bridleways: unmade, out of sight.
    Path,
    /// Cycleways open to walkers.
    Cycleway,
}

impl StreetClass {
    /// Every class, in the order of the weights' fields.
    pub const ALL: [Self; 7] = [
        Self::Main,
        Self::Local,
        Self::Pedestrian,
        Self::Service,
        Self::Footway,
        Self::Path,
        Self::Cycleway,
    ];

    /// The class OSM's `highway=` value stands for, and whether it is a flight of steps. `None`
    /// for ways no walker uses (motorways, construction, platforms of the map only).
    pub fn of_highway(value: &str) -> Option<(Self, bool)> {
        let class = match value {
            "trunk" | "trunk_link" | "primary" | "primary_link" | "secondary"
            | "secondary_link" | "tertiary" | "tertiary_link" => Self::Main,
            "residential" | "unclassified" | "road" => Self::Local,
            "pedestrian" | "living_street" => Self::Pedestrian,
            "service" | "services" | "rest_area" => Self::Service,
            "footway" | "crossing" | "corridor" => Self::Footway,
            "path" | "track" | "bridleway" => Self::Path,
            "cycleway" => Self::Cycleway,
            "steps" => return Some((Self::Footway, true)),
            _ => return None,
        };
        Some((class, false))
    }
}

/// What OSM's `lit` tag says of a way. Absent is [`Lit::Unknown`], which is never darkness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lit {
    /// `yes`, `24/7`, `automatic`, `limited` and other values that say there is light.
    Yes,
    /// `no`, `disused`.
    No,
    /// Not tagged, or tagged in a way nobody can use.
    #[default]
    Unknown,
}

impl Lit {
    /// Reads the value of OSM's `lit` tag.
    pub fn of_tag(value: Option<&str>) -> Self {
        match value {
            Some(
                "yes" | "24/7" | "automatic" | "limited" | "sunset-sunrise" | "dusk-dawn"
                | "operating_times" | "interval" | "good",
            ) => Self::Yes,
            Some("no" | "disused" | "none") => Self::No,
            _ => Self::Unknown,
        }
    }
}

/// How the ground is, as far as it matters to shoes, wheels and eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surface {
    /// Asphalt, concrete, paving.
    Paved,
    /// Gravel, earth, grass, sand.
    Unpaved,
    /// Not tagged.
    #[default]
    Unknown,
}

impl Surface {
    /// Reads the value of OSM's `surface` tag.
    pub fn of_tag(value: Option<&str>) -> Self {
        match value {
            None => Self::Unknown,
            Some(v) if v.starts_with("paved") || v.starts_with("concrete") => Self::Paved,
            Some(
                "asphalt" | "paving_stones" | "sett" | "cobblestone" | "bricks" | "brick" | "tiles"
                | "metal" | "wood" | "rubber" | "tartan" | "chipseal" | "unhewn_cobblestone"
                | "block",
            ) => Self::Paved,
            Some(_) => Self::Unpaved,
        }
    }
}

/// One way of the map as somebody on foot meets it. One-way signs are for wheels and not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The OSM id; a later way with the same id replaces an earlier one (overlapping extracts).
    pub id: i64,
    /// The node ids along the way; two ways meet only where they name the same node.
    pub nodes: Vec<i64>,
    /// What it is and how it is lit.
    pub nature: Nature,
    /// Whether people may walk here (`foot`, `access`). A way they may not is left out.
    pub walkable: bool,
    /// OSM `layer`, 0 when absent. Ways that merely pass over one another do not meet.
    pub layer: i8,
}

/// Everything about a stretch of street that the night cost reads, save facts and light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the map, not a state")]
pub struct Nature {
    /// What kind of street.
    pub class: StreetClass,
    /// OSM `lit`.
    pub lit: Lit,
    /// OSM `surface`.
    pub surface: Surface,
    /// A flight of steps.
    pub steps: bool,
    /// A tunnel, underpass or covered passage.
    pub tunnel: bool,
    /// A bridge.
    pub bridge: bool,
    /// In a park, wood, cemetery or along a stream bed: deserted after dusk.
    pub park: bool,
}

impl Nature {
    /// A plain street of this class: nothing known of light and ground, no steps, no tunnel.
    pub const fn plain(class: StreetClass) -> Self {
        Self {
            class,
            lit: Lit::Unknown,
            surface: Surface::Unknown,
            steps: false,
            tunnel: false,
            bridge: false,
            park: false,
        }
    }
}
