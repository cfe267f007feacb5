//! Street graphs in GraphML, as `OSMnx` writes them: one edge for each direction of a street,
//! values as Python prints them, bends as WKT.

use super::{
    Extract, Stamp, StreetFormat, Tags, Way,
    assembly::{Assembly, moment_s},
};
use crate::{City, Refused, RefusedCode, table::first_128_bits};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// A node or edge being read.
#[derive(Default)]
struct Open {
    edge: bool,
    id: String,
    source: String,
    target: String,
    values: HashMap<String, String>,
}

/// The graph being read.
struct Graph<'a> {
    assembly: Assembly<'a>,
    /// What `<key>` elements call the values of `<data>`.
    names: HashMap<String, String>,
    places: HashMap<i64, (f64, f64)>,
    edges: Vec<Open>,
    drawn_at_s: Option<i64>,
}

pub(crate) fn read(file: &str, bytes: &[u8], city: &City<'_>) -> Result<Extract, Refused> {
    let text = String::from_utf8_lossy(bytes);
    let mut graph = Graph {
        assembly: Assembly::new(city),
        names: HashMap::new(),
        places: HashMap::new(),
        edges: Vec::new(),
        drawn_at_s: None,
    };
    graph.walk(text.trim_start_matches('\u{feff}')).map_err(|what| {
        Refused::new(file, RefusedCode::Broken, format!("GraphML that cannot be read: {what}"))
    })?;
    Ok(graph.finish(file))
}

impl Graph<'_> {
    fn walk(&mut self, text: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(text);
        let mut open: Option<Open> = None;
        let mut value: Option<(String, String)> = None;
        let mut depth = 0usize;
        loop {
            let event = reader
                .read_event()
                .map_err(|error| format!("{error} at byte {}", reader.error_position()))?;
            match event {
                Event::Start(element) => {
                    depth += 1;
                    match element.local_name().as_ref() {
                        "node" | "edge" => open = Some(opened(&element)),
                        "data" => {
                            let key = attribute(&element, "key");
                            value =
                                Some((self.names.get(&key).cloned().unwrap_or(key), String::new()));
                        }
                        "key" => self.key(&element),
                        _ => {}
                    }
                }
                Event::Empty(element) => match element.local_name().as_ref() {
                    "key" => self.key(&element),
                    "node" | "edge" => self.close(opened(&element)),
                    _ => {}
                },
                Event::Text(part) => {
                    if let Some((_, text)) = &mut value {
                        text.push_str(&part);
                    }
                }
                Event::GeneralRef(part) => {
                    if let Some((_, text)) = &mut value {
                        text.push(entity(&part));
                    }
                }
                Event::End(element) => {
                    depth = depth.saturating_sub(1);
                    match element.local_name().as_ref() {
                        "node" | "edge" => {
                            if let Some(done) = open.take() {
                                self.close(done);
                            }
                        }
                        "data" => self.value(value.take(), open.as_mut()),
                        _ => {}
                    }
                }
                Event::Eof if depth > 0 => return Err("it breaks off before its end".to_owned()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn key(&mut self, element: &BytesStart<'_>) {
        self.names.insert(attribute(element, "id"), attribute(element, "attr.name"));
    }

    fn value(&mut self, value: Option<(String, String)>, open: Option<&mut Open>) {
        let Some((name, text)) = value else { return };
        match open {
            Some(open) => {
                open.values.insert(name, text);
            }
            None if name == "created_date" => self.drawn_at_s = moment_s(text.trim()),
            None => {}
        }
    }

    fn close(&mut self, done: Open) {
        if done.edge {
            self.edges.push(done);
            return;
        }
        let number = |name: &str| done.values.get(name).and_then(|text| text.trim().parse().ok());
        match (done.id.trim().parse(), number("y"), number("x")) {
            (Ok(id), Some(lat), Some(lon)) => {
                self.places.insert(id, (lat, lon));
                let tags = tags_of(&done.values);
                self.assembly.node(id, lat, lon, tags, Stamp::default());
            }
            _ => self.assembly.unreadable(format!("node {} without a position", done.id)),
        }
    }

    /// Turns edges into pieces of ways; the second direction of a street is the same street.
    fn finish(mut self, file: &str) -> Extract {
        let mut seen: HashSet<(i64, i64, Vec<i64>, u64)> = HashSet::new();
        for edge in std::mem::take(&mut self.edges) {
            let (Ok(source), Ok(target)) =
                (edge.source.trim().parse::<i64>(), edge.target.trim().parse::<i64>())
            else {
                self.assembly.unreadable(format!("edge {} to {}", edge.source, edge.target));
                continue;
            };
            let value = |name: &str| edge.values.get(name).map(String::as_str).unwrap_or_default();
            let mut ways: Vec<i64> =
                listed(value("osmid")).iter().filter_map(|id| id.parse().ok()).collect();
            ways.sort_unstable();
            ways.dedup();
            let length_dm = value("length").trim().parse::<f64>().map_or(0, |m| (m * 10.0) as u64);
            let ends = (source.min(target), source.max(target));
            if !seen.insert((ends.0, ends.1, ways.clone(), length_dm)) {
                self.assembly.repeat();
                continue;
            }
            let bends = self.bends(value("geometry"), source, target);
            let id = piece_id(&(ends.0, ends.1, &ways, length_dm));
            let mut nodes = vec![source];
            for (at, (lon, lat)) in bends.iter().enumerate() {
                let bend = piece_id(&(id, at, lon.to_bits(), lat.to_bits()));
                self.assembly.implied(bend, *lat, *lon);
                nodes.push(bend);
            }
            nodes.push(target);
            self.assembly.way(Way {
                id,
                part_of: ways.into(),
                nodes: nodes.into(),
                tags: tags_of(&edge.values),
                stamp: Stamp::default(),
            });
        }
        self.assembly.finish(file, StreetFormat::GraphMl, self.drawn_at_s)
    }

    /// The points of a WKT line between its ends, in the direction from source to target: the
    /// line of an edge may be written either way.
    fn bends(&self, wkt: &str, source: i64, target: i64) -> Vec<(f64, f64)> {
        let Some(inside) = wkt.trim().strip_prefix("LINESTRING").map(str::trim) else {
            return Vec::new();
        };
        let mut points: Vec<(f64, f64)> = inside
            .trim_matches(['(', ')'])
            .split(',')
            .filter_map(|pair| {
                let mut parts = pair.split_whitespace().map(str::parse::<f64>);
                Some((parts.next()?.ok()?, parts.next()?.ok()?))
            })
            .collect();
        let far = |from: Option<&(f64, f64)>, to: i64| match (from, self.places.get(&to)) {
            (Some(from), Some(to)) => (from.0 - to.1).hypot(from.1 - to.0),
            _ => 0.0,
        };
        if far(points.first(), source) > far(points.first(), target) && source != target {
            points.reverse();
        }
        let last = points.len().saturating_sub(1);
        points
            .into_iter()
            .enumerate()
            .filter(|(at, _)| *at > 0 && *at < last)
            .map(|p| p.1)
            .collect()
    }
}

fn opened(element: &BytesStart<'_>) -> Open {
    Open {
        edge: element.local_name().as_ref() == "edge",
        id: attribute(element, "id"),
        source: attribute(element, "source"),
        target: attribute(element, "target"),
        values: HashMap::new(),
    }
}

fn attribute(element: &BytesStart<'_>, key: &str) -> String {
    element
        .try_get_attribute(key)
        .ok()
        .flatten()
        .and_then(|found| found.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// The character of a reference such as `&amp;` or `&#39;`.
fn entity(name: &str) -> char {
    let coded = |text: &str| match text.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    };
    match name {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => name
            .strip_prefix('#')
            .and_then(coded)
            .and_then(char::from_u32)
            .unwrap_or(if name == "amp" { '&' } else { char::REPLACEMENT_CHARACTER }),
    }
}

/// The members of a value that may be a Python list: `['secondary', 'secondary_link']`.
fn listed(text: &str) -> Vec<&str> {
    let text = text.trim();
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside
            .split(',')
            .map(|item| item.trim().trim_matches(['\'', '"']))
            .filter(|item| !item.is_empty())
            .collect(),
        None => vec![text],
    }
}

/// Tags from values. Of a list the first member counts, save that a bridge or tunnel on any part
/// is one on the whole.
fn tags_of(values: &HashMap<String, String>) -> Tags {
    let mut pairs: Vec<(&str, &str)> = values
        .iter()
        .filter_map(|(key, text)| {
            let members = listed(text);
            let said = members.iter().find(|member| !matches!(**member, "no" | ""));
            let structure = matches!(key.as_str(), "bridge" | "tunnel" | "covered");
            let value = if structure { said } else { members.first() };
            value.map(|value| (key.as_str(), *value))
        })
        .collect();
    pairs.sort_unstable();
    Tags::of(pairs)
}

/// A negative id that only this piece has.
fn piece_id(parts: &impl std::fmt::Debug) -> i64 {
    let mut digest = Sha256::new();
    digest.update(format!("{parts:?}"));
    let bits = (first_128_bits(digest) >> 66) as i64;
    -1 - bits
}

#[cfg(test)]
mod tests;
