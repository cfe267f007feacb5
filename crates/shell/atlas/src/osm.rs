//! OpenStreetMap: extracts in four formats, and the one map they are merged into.

mod assembly;
mod expanse;
mod graphml;
mod merge;
mod overpass;
mod pbf;
mod walk;
mod xml;

pub use expanse::{Expanse, ExpanseKind};
pub(crate) use graphml::read as read_graphml;
pub use merge::BaseMap;
pub(crate) use overpass::read as read_overpass;
pub(crate) use pbf::read as read_pbf;
pub(crate) use xml::read as read_xml;

use crate::{Date, Quarantined};
use kernel::{Area, Point};
use serde::{Deserialize, Serialize};

/// The formats streets come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreetFormat {
    /// The binary format of the large extracts.
    Pbf,
    /// OSM XML, of the OSM API or of Overpass.
    Xml,
    /// The JSON of Overpass.
    Overpass,
    /// A street graph by `OSMnx`: streets cut at junctions, some joined across ways.
    GraphMl,
}

/// Tags of an element: only those the atlas understands. Telephone numbers, e-mail addresses and
/// the names of mappers never enter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(Box<[(Box<str>, Box<str>)]>);

/// The keys that are kept.
const KEPT: [&str; 41] = [
    "access",
    "amenity",
    "area",
    "bridge",
    "building",
    "building:levels",
    "covered",
    "crossing",
    "foot",
    "handrail",
    "highway",
    "incline",
    "indoor",
    "landuse",
    "layer",
    "leisure",
    "level",
    "lit",
    "motorroad",
    "name",
    "name:en",
    "name:ko",
    "natural",
    "oneway",
    "public_transport",
    "railway",
    "route",
    "service",
    "sidewalk",
    "sidewalk:both",
    "sidewalk:left",
    "sidewalk:right",
    "station",
    "step_count",
    "subway",
    "surface",
    "tunnel",
    "type",
    "water",
    "waterway",
    "width",
];

impl Tags {
    /// Keeps what is understood of these pairs.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            pairs
                .into_iter()
                .filter(|(key, value)| KEPT.binary_search(key).is_ok() && !value.is_empty())
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(have, _)| &**have == key).map(|(_, value)| &**value)
    }

    /// Whether the key has one of these values.
    pub fn is(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How new an element is. Of two states of one element the greater stamp is the newer: versions
/// only grow, and where a source gives none the day it was drawn decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// The element's version; 0 when the source gives none.
    pub version: u32,
    /// When it was last changed, in seconds after 1970-01-01; 0 when unknown.
    pub changed_s: i64,
}

/// A node of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its OSM id; negative for the bends of a street graph, which have none.
    pub id: i64,
    /// Where it is.
    pub point: Point,
    /// What it is.
    pub tags: Tags,
    /// How new it is.
    pub stamp: Stamp,
}

/// A way of the map, or a piece of one out of a street graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// Its OSM id. A piece of a street graph has a negative one of its own.
    pub id: i64,
    /// For a piece: the ways it is part of. Empty for a whole way.
    pub part_of: Box<[i64]>,
    /// The ids of its nodes, in order.
    pub nodes: Box<[i64]>,
    /// What it is.
    pub tags: Tags,
    /// How new it is.
    pub stamp: Stamp,
}

/// A relation that outlines an area (multipolygon).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Its OSM id.
    pub id: i64,
    /// The ways of its outer rings.
    pub outer: Box<[i64]>,
    /// The ways of its holes.
    pub inner: Box<[i64]>,
    /// What it is.
    pub tags: Tags,
    /// How new it is.
    pub stamp: Stamp,
}

/// A file of streets, read. Its rows are the elements of the map: nodes, ways and relations, or
/// the nodes and edges of a street graph. An element is *accepted* when it was understood, whether
/// or not walkers or the base map need it (a bus route is understood and not kept); a *duplicate*
/// when the file holds the same element again, which is how a street graph writes a street that
/// runs both ways; *quarantined* when it lies outside the city's box, has no readable position, or
/// names points that are in no file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    /// The file, as it was named.
    pub file: String,
    /// What it is written in.
    pub format: StreetFormat,
    /// When the map was drawn, in seconds after 1970-01-01: what the file says, or else its
    /// newest element; 0 when neither is known.
    pub drawn_at_s: i64,
    /// The same as a day.
    pub drawn_on: Option<Date>,
    /// How many elements the file holds.
    pub rows: u64,
    /// How many are the same element again.
    pub duplicates: u64,
    /// The nodes kept.
    pub nodes: Vec<Node>,
    /// The ways kept.
    pub ways: Vec<Way>,
    /// The relations kept.
    pub relations: Vec<Relation>,
    /// Elements that wait for a correction; `line` is their number in the file.
    pub quarantined: Vec<Quarantined>,
}

impl Extract {
    /// How many elements were understood.
    pub const fn accepted(&self) -> u64 {
        self.rows - self.duplicates - self.quarantined.len() as u64
    }

    /// The box around its nodes.
    pub fn area(&self) -> Option<Area> {
        area_of(self.nodes.iter().map(|node| node.point))
    }
}

/// The box around points; `None` when there are none.
pub(crate) fn area_of(points: impl Iterator<Item = Point>) -> Option<Area> {
    points.fold(None, |area: Option<Area>, p| {
        let area = area.unwrap_or(Area { south: p.lat, west: p.lon, north: p.lat, east: p.lon });
        Some(Area {
            south: area.south.min(p.lat),
            west: area.west.min(p.lon),
            north: area.north.max(p.lat),
            east: area.east.max(p.lon),
        })
    })
}

#[cfg(test)]
mod tests;
