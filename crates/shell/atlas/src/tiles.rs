//! The base map as vector tiles (Mapbox Vector Tile 2.1), cut from the merged map on demand, so
//! that no request for a map ever leaves the origin.
//!
//! Zooms 10 to 16; beyond, the screen enlarges (`maxzoom: 16`). Coordinates are 4096 to a tile,
//! with 64 of the neighbors' around. Layers and attributes:
//!
//! | layer | shape | from zoom | attributes |
//! |---|---|---|---|
//! | `water` | polygons | 10 | – |
//! | `green` | polygons | 11 | – |
//! | `buildings` | polygons | 14 | – |
//! | `streets` | lines | by class | `class`, `name`, `name_en`, `bridge`, `tunnel` |
//! | `stations` | points | 12 | `name`, `name_en` |
//!
//! `class`: `motorway` and `main` from 10, `local` from 12, `pedestrian` from 13, `footway`, `path`,
//! `cycleway`, `steps` and `service` from 14. Attributes a thing has not are absent.

mod clip;

use crate::{
    Station,
    osm::{BaseMap, ExpanseKind, Tags, area_of},
};
use kernel::{Area, Point};
use mvt::{GeomEncoder, GeomType, Layer, Tile};
use route::StreetClass;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};

/// The zooms tiles are cut for.
pub const ZOOMS: std::ops::RangeInclusive<u8> = 10..=16;
/// Units along the side of a tile.
const EXTENT: u32 = 4096;
/// Units of the neighbors around a tile, so that lines do not end at its edge.
const BUFFER: f64 = 64.0;
/// Bends that stray less than this from a straight line are dropped below the last zoom, units.
const SIMPLIFY: f64 = 6.0;

/// A place in the square of Web Mercator: east and south, 0 to 1.
type Spot = [f64; 2];

/// The base map, ready to be cut.
pub struct Tiles {
    things: Vec<Thing>,
    index: RTree<GeomWithData<Rectangle<Spot>, u32>>,
    area: Option<Area>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LayerName {
    Water,
    Green,
    Buildings,
    Streets,
    Stations,
}

struct Thing {
    layer: LayerName,
    from_zoom: u8,
    shape: Shape,
    class: Option<&'static str>,
    name: Option<Box<str>>,
    name_en: Option<Box<str>>,
    bridge: bool,
    tunnel: bool,
}

enum Shape {
    Point(Spot),
    Line(Vec<Spot>),
    /// Rings in drawing order: an outer ring turning right on the screen, then its holes turning
    /// left.
    Rings(Vec<Vec<Spot>>),
}

impl Tiles {
    /// Prepares a map. Stations of the public tables are shown where the map has none of that
    /// name within 400 m.
    pub fn build(map: &BaseMap, stations: &[Station]) -> Self {
        let mut things: Vec<Thing> =
            map.ways.iter().filter_map(|way| street(&way.tags, map.line(way))).collect();
        for expanse in map.expanses() {
            let (layer, from_zoom) = match expanse.kind {
                ExpanseKind::Water => (LayerName::Water, 10),
                ExpanseKind::Green => (LayerName::Green, 11),
                ExpanseKind::Building => (LayerName::Buildings, 14),
            };
            let rings = clip::in_drawing_order(
                expanse.rings.iter().map(|ring| ring.iter().map(|p| spot(*p)).collect()).collect(),
            );
            things.push(Thing { from_zoom, ..Thing::plain(layer, Shape::Rings(rings)) });
        }
        add_stations(&mut things, map, stations);
        let boxes = (0..).zip(&things).filter_map(|(at, thing)| {
            let (low, high) = thing.corners()?;
            Some(GeomWithData::new(Rectangle::from_corners(low, high), at))
        });
        let index = RTree::bulk_load(boxes.collect());
        let lines = map.ways.iter().filter(|way| way.tags.get("highway").is_some());
        let area = area_of(lines.flat_map(|way| map.line(way)));
        Self { things, index, area }
    }

    /// The box around the streets, for the first look at the map.
    pub const fn area(&self) -> Option<Area> {
        self.area
    }

    /// One tile, not compressed; `None` when nothing of the map lies in it or there is no such
    /// tile. The same map gives the same bytes.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Option<Vec<u8>> {
        let across = 1_u32.checked_shl(u32::from(z))?;
        if !ZOOMS.contains(&z) || x >= across || y >= across {
            return None;
        }
        let side = 1.0 / f64::from(across);
        let margin = side * BUFFER / f64::from(EXTENT);
        let (west, north) = (f64::from(x) * side, f64::from(y) * side);
        let window = AABB::from_corners(
            [west - margin, north - margin],
            [west + side + margin, north + side + margin],
        );
        let mut found: Vec<u32> =
            self.index.locate_in_envelope_intersecting(window).map(|hit| hit.data).collect();
        found.sort_unstable();
        let place = Frame { west, north, scale: f64::from(across) * f64::from(EXTENT), z };
        let mut tile = Tile::new(EXTENT);
        for (name, layer) in [
            ("water", LayerName::Water),
            ("green", LayerName::Green),
            ("buildings", LayerName::Buildings),
            ("streets", LayerName::Streets),
            ("stations", LayerName::Stations),
        ] {
            let things = found
                .iter()
                .filter_map(|at| self.things.get(*at as usize))
                .filter(|thing| thing.layer == layer && thing.from_zoom <= z);
            let mut drawn = tile.create_layer(name);
            for thing in things {
                drawn = thing.draw(drawn, &place);
            }
            if drawn.num_features() > 0 {
                tile.add_layer(drawn).ok()?;
            }
        }
        if tile.num_layers() == 0 { None } else { tile.to_bytes().ok() }
    }
}

/// A tile's place on the map.
struct Frame {
    west: f64,
    north: f64,
    scale: f64,
    z: u8,
}

impl Frame {
    fn put(&self, spot: Spot) -> Spot {
        [(spot[0] - self.west) * self.scale, (spot[1] - self.north) * self.scale]
    }

    fn line(&self, line: &[Spot]) -> Vec<Spot> {
        let placed: Vec<Spot> = line.iter().map(|spot| self.put(*spot)).collect();
        if self.z < *ZOOMS.end() { clip::simplify(&placed, SIMPLIFY) } else { placed }
    }
}

impl Thing {
    const fn plain(layer: LayerName, shape: Shape) -> Self {
        Self {
            layer,
            from_zoom: 10,
            shape,
            class: None,
            name: None,
            name_en: None,
            bridge: false,
            tunnel: false,
        }
    }

    fn corners(&self) -> Option<(Spot, Spot)> {
        let mut spots: Box<dyn Iterator<Item = &Spot>> = match &self.shape {
            Shape::Point(spot) => Box::new(std::iter::once(spot)),
            Shape::Line(line) => Box::new(line.iter()),
            Shape::Rings(rings) => Box::new(rings.iter().flatten()),
        };
        let first = *spots.next()?;
        Some(spots.fold((first, first), |(low, high), spot| {
            (
                [low[0].min(spot[0]), low[1].min(spot[1])],
                [high[0].max(spot[0]), high[1].max(spot[1])],
            )
        }))
    }

    /// Draws the part of the thing that lies in the tile, if any.
    fn draw(&self, layer: Layer, frame: &Frame) -> Layer {
        let reach = (-BUFFER, f64::from(EXTENT) + BUFFER);
        let (kind, parts) = match &self.shape {
            Shape::Point(spot) => {
                let put = frame.put(*spot);
                let within = put.iter().all(|v| (reach.0..=reach.1).contains(v));
                (GeomType::Point, if within { vec![vec![put]] } else { Vec::new() })
            }
            Shape::Line(line) => {
                (GeomType::Linestring, clip::line(&frame.line(line), reach.0, reach.1))
            }
            Shape::Rings(rings) => (
                GeomType::Polygon,
                rings
                    .iter()
                    .map(|ring| clip::ring(&frame.line(ring), reach.0, reach.1))
                    .filter(|ring| ring.len() >= 3)
                    .collect(),
            ),
        };
        let Some(shape) = encode(kind, parts) else { return layer };
        let mut feature = layer.into_feature(shape);
        if let Some(class) = self.class {
            feature.add_tag_string("class", class);
        }
        for (key, value) in [("name", &self.name), ("name_en", &self.name_en)] {
            if let Some(value) = value {
                feature.add_tag_string(key, value);
            }
        }
        for (key, value) in [("bridge", self.bridge), ("tunnel", self.tunnel)] {
            if value {
                feature.add_tag_bool(key, true);
            }
        }
        feature.into_layer()
    }
}

/// Encodes parts, rounded to whole units; parts that shrink to nothing are dropped.
fn encode(kind: GeomType, parts: Vec<Vec<Spot>>) -> Option<mvt::GeomData> {
    let least = match kind {
        GeomType::Point => 1,
        GeomType::Linestring => 2,
        GeomType::Polygon => 3,
    };
    let mut encoder = GeomEncoder::<f64>::new(kind);
    let mut last: Option<Spot> = None;
    for part in parts {
        let mut whole: Vec<Spot> = part.iter().map(|v| [v[0].round(), v[1].round()]).collect();
        whole.dedup();
        if kind == GeomType::Polygon {
            if whole.len() > 1 && whole.first() == whole.last() {
                whole.pop();
            }
            // The encoder forgets to begin a ring where the one before it ended.
            if whole.len() > 1 && whole.first().copied() == last {
                whole.rotate_left(1);
            }
        }
        if whole.len() < least || (kind == GeomType::Polygon && clip::turn(&whole) == 0.0) {
            continue;
        }
        for spot in &whole {
            encoder.add_point(spot[0], spot[1]).ok()?;
        }
        encoder.complete_geom().ok()?;
        last = whole.last().copied();
    }
    encoder.encode().ok().filter(|shape| !shape.is_empty())
}

/// Where a point lies in the square of Web Mercator.
fn spot(point: Point) -> Spot {
    let lat = point.lat.clamp(-85.051_1, 85.051_1).to_radians();
    let south = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0;
    [(point.lon + 180.0) / 360.0, south]
}

fn text(tags: &Tags, keys: &[&str]) -> Option<Box<str>> {
    keys.iter().find_map(|key| tags.get(key)).map(Box::from)
}

/// A street as the map shows it; `None` for ways that are none or are under construction.
fn street(tags: &Tags, line: Vec<Point>) -> Option<Thing> {
    let highway = tags.get("highway")?;
    let (class, from_zoom) = match StreetClass::of_highway(highway) {
        _ if highway.starts_with("motorway") => ("motorway", 10),
        Some((_, true)) => ("steps", 14),
        Some((StreetClass::Main, _)) => ("main", 10),
        // A whole district fills a desk's map at this zoom, and its teams walk in these.
        Some((StreetClass::Local, _)) => ("local", 12),
        Some((StreetClass::Pedestrian, _)) => ("pedestrian", 13),
        Some((StreetClass::Service, _)) => ("service", 14),
        Some((StreetClass::Footway, _)) => ("footway", 14),
        Some((StreetClass::Path, _)) => ("path", 14),
        Some((StreetClass::Cycleway, _)) => ("cycleway", 14),
        None => return None,
    };
    if line.len() < 2 {
        return None;
    }
    Some(Thing {
        from_zoom,
        class: Some(class),
        name: text(tags, &["name:ko", "name"]),
        name_en: text(tags, &["name:en"]),
        bridge: tags.get("bridge").is_some_and(|value| value != "no"),
        tunnel: tags.get("tunnel").is_some_and(|value| value != "no"),
        ..Thing::plain(LayerName::Streets, Shape::Line(line.into_iter().map(spot).collect()))
    })
}

/// Stations of the map, then those of the tables that it lacks; one label for a station that
/// stands in the tables once for each line.
fn add_stations(things: &mut Vec<Thing>, map: &BaseMap, stations: &[Station]) {
    let mut known: Vec<(String, Point)> = Vec::new();
    let mut add = |name: &str, name_en: Option<Box<str>>, point: Point| {
        let plain = plain_station(name);
        if known.iter().any(|(have, at)| *have == plain && at.distance_m(point) < 400.0) {
            return;
        }
        known.push((plain, point));
        things.push(Thing {
            from_zoom: 12,
            name: Some(name.into()),
            name_en,
            ..Thing::plain(LayerName::Stations, Shape::Point(spot(point)))
        });
    };
    let mut nodes: Vec<_> = map
        .nodes
        .values()
        .filter(|node| {
            node.tags.is("railway", &["station", "halt"])
                || (node.tags.is("public_transport", &["station"])
                    && node.tags.is("subway", &["yes"]))
        })
        .collect();
    nodes.sort_by_key(|node| node.id);
    for node in nodes {
        if let Some(name) = text(&node.tags, &["name:ko", "name"]) {
            add(&name, text(&node.tags, &["name:en"]), node.point);
        }
    }
    for station in stations {
        add(&station.name, None, station.point);
    }
}

/// A station's name without 역 and what stands in brackets: 흑석(중앙대입구) is 흑석역.
fn plain_station(name: &str) -> String {
    let base = name.split('(').next().unwrap_or(name).trim();
    base.strip_suffix('역').filter(|rest| !rest.is_empty()).unwrap_or(base).to_owned()
}

#[cfg(test)]
mod tests;
