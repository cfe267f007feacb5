//! The JSON answers of Overpass.

use super::{
    Extract, Relation, Stamp, StreetFormat, Tags, Way,
    assembly::{Assembly, moment_s},
};
use crate::{City, Refused, RefusedCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    elements: Vec<&'a RawValue>,
    osm3s: Option<Osm3s>,
}

#[derive(Deserialize)]
struct Osm3s {
    timestamp_osm_base: Option<String>,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    id: i64,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    nodes: Vec<i64>,
    #[serde(default)]
    geometry: Vec<Option<Place>>,
    #[serde(default)]
    members: Vec<Member>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    version: Option<u32>,
    timestamp: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    lat: f64,
    lon: f64,
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "ref")]
    id: i64,
    #[serde(default)]
    role: String,
}

pub(crate) fn read(file: &str, bytes: &[u8], city: &City<'_>) -> Result<Extract, Refused> {
    let text = String::from_utf8_lossy(bytes);
    let answer: Answer<'_> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            Refused::new(
                file,
                RefusedCode::Broken,
                format!(
                    "an Overpass answer that breaks at line {}, column {}",
                    error.line(),
                    error.column()
                ),
            )
        })?;
    let drawn_at_s = answer.osm3s.and_then(|base| moment_s(&base.timestamp_osm_base?));
    let mut assembly = Assembly::new(city);
    for raw in answer.elements {
        match serde_json::from_str::<Element>(raw.get()) {
            Ok(element) => take(element, &mut assembly),
            Err(_unreadable) => assembly.unreadable(raw.get().to_owned()),
        }
    }
    Ok(assembly.finish(file, StreetFormat::Overpass, drawn_at_s))
}

fn take(element: Element, assembly: &mut Assembly<'_>) {
    let tags = Tags::of(element.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let stamp = Stamp {
        version: element.version.unwrap_or(0),
        changed_s: element.timestamp.as_deref().and_then(moment_s).unwrap_or(0),
    };
    match element.kind.as_str() {
        "node" => match (element.lat, element.lon) {
            (Some(lat), Some(lon)) => assembly.node(element.id, lat, lon, tags, stamp),
            _ => assembly.unreadable(format!("node {} without a position", element.id)),
        },
        "way" => {
            for (id, place) in element.nodes.iter().zip(&element.geometry) {
                if let Some(place) = place {
                    assembly.implied(*id, place.lat, place.lon);
                }
            }
            let nodes = element.nodes.into();
            assembly.way(Way { id: element.id, part_of: Box::default(), nodes, tags, stamp });
        }
        "relation" if tags.is("type", &["multipolygon"]) => {
            let ways = |inner: bool| {
                element
                    .members
                    .iter()
                    .filter(|member| member.kind == "way" && (member.role == "inner") == inner)
                    .map(|member| member.id)
                    .collect()
            };
            let (outer, inner) = (ways(false), ways(true));
            assembly.relation(Relation { id: element.id, outer, inner, tags, stamp });
        }
        _ => assembly.pass(stamp),
    }
}
