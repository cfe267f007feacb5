//! OSM XML, as the OSM API and Overpass write it.

use super::{
    Extract, Relation, Stamp, StreetFormat, Tags, Way,
    assembly::{Assembly, moment_s},
};
use crate::{City, Refused, RefusedCode};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// The element being read.
#[derive(Default)]
struct Open {
    name: Option<Kind>,
    id: i64,
    place: Option<(f64, f64)>,
    stamp: Stamp,
    tags: Vec<(String, String)>,
    nodes: Vec<i64>,
    outer: Vec<i64>,
    inner: Vec<i64>,
    /// It was deleted: a history or an `augmented` answer says so.
    gone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Node,
    Way,
    Relation,
}

pub(crate) fn read(file: &str, bytes: &[u8], city: &City<'_>) -> Result<Extract, Refused> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut assembly = Assembly::new(city);
    let mut open = Open::default();
    let mut drawn_at_s = None;
    let mut depth = 0usize;
    loop {
        let event = reader.read_event().map_err(|error| {
            broken(file, &format!("{error} at byte {}", reader.error_position()))
        })?;
        match event {
            Event::Start(element) => {
                depth += 1;
                begin(&element, &mut open, &mut assembly, &mut drawn_at_s);
            }
            Event::Empty(element) => {
                begin(&element, &mut open, &mut assembly, &mut drawn_at_s);
                if kind_of(element.local_name().as_ref()).is_some() {
                    end(&mut open, &mut assembly);
                }
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                if kind_of(element.local_name().as_ref()).is_some() {
                    end(&mut open, &mut assembly);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth > 0 {
        return Err(broken(file, "it breaks off before its end"));
    }
    Ok(assembly.finish(file, StreetFormat::Xml, drawn_at_s))
}

fn broken(file: &str, what: &str) -> Refused {
    Refused::new(file, RefusedCode::Broken, format!("OSM XML that cannot be read: {what}"))
}

fn kind_of(name: &str) -> Option<Kind> {
    match name {
        "node" => Some(Kind::Node),
        "way" => Some(Kind::Way),
        "relation" => Some(Kind::Relation),
        _ => None,
    }
}

/// Handles the beginning of an element. Overpass puts `<bounds>` and positions of nodes inside
/// ways; only elements of the map open one.
fn begin(
    element: &BytesStart<'_>,
    open: &mut Open,
    assembly: &mut Assembly<'_>,
    drawn_at_s: &mut Option<i64>,
) {
    let local = element.local_name();
    let name: &str = local.as_ref();
    if let Some(kind) = kind_of(name) {
        *open = opened(kind, element);
        return;
    }
    let get = |key: &str| attribute(element, key);
    match name {
        "tag" => {
            if let (Some(key), Some(value)) = (get("k"), get("v")) {
                open.tags.push((key, value));
            }
        }
        "nd" => {
            let Some(id) = get("ref").and_then(|text| text.parse().ok()) else { return };
            open.nodes.push(id);
            let number = |key: &str| get(key).and_then(|text| text.parse::<f64>().ok());
            if let (Some(lat), Some(lon)) = (number("lat"), number("lon")) {
                assembly.implied(id, lat, lon);
            }
        }
        "member" if get("type").as_deref() == Some("way") => {
            let Some(id) = get("ref").and_then(|text| text.parse().ok()) else { return };
            match get("role").as_deref() {
                Some("inner") => open.inner.push(id),
                Some("outer" | "") | None => open.outer.push(id),
                Some(_) => {}
            }
        }
        "meta" => *drawn_at_s = get("osm_base").and_then(|text| moment_s(&text)),
        "osm" => {
            if let Some(at) = get("timestamp").and_then(|text| moment_s(&text)) {
                *drawn_at_s = Some(at);
            }
        }
        _ => {}
    }
}

fn opened(kind: Kind, element: &BytesStart<'_>) -> Open {
    let mut open = Open { name: Some(kind), ..Open::default() };
    let (mut lat, mut lon, mut id) = (None, None, None);
    for attribute in element.attributes().with_checks(false).flatten() {
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
        let key: &str = attribute.key.as_ref();
        match key {
            "id" => id = value.parse().ok(),
            "lat" => lat = value.parse().ok(),
            "lon" => lon = value.parse().ok(),
            "version" => open.stamp.version = value.parse().unwrap_or(0),
            "timestamp" => open.stamp.changed_s = moment_s(&value).unwrap_or(0),
            "visible" => open.gone = value == "false",
            _ => {}
        }
    }
    open.place = lat.zip(lon);
    match id {
        Some(id) => open.id = id,
        None => open.gone = true,
    }
    open
}

fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.try_get_attribute(key).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn end(open: &mut Open, assembly: &mut Assembly<'_>) {
    let done = std::mem::take(open);
    let Some(kind) = done.name else { return };
    if done.gone {
        return assembly.pass(done.stamp);
    }
    let tags = Tags::of(done.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    match (kind, done.place) {
        (Kind::Node, Some((lat, lon))) => assembly.node(done.id, lat, lon, tags, done.stamp),
        (Kind::Node, None) => assembly.unreadable(format!("node {} without a position", done.id)),
        (Kind::Way, _) => assembly.way(Way {
            id: done.id,
            part_of: Box::default(),
            nodes: done.nodes.into(),
            tags,
            stamp: done.stamp,
        }),
        (Kind::Relation, _) if tags.is("type", &["multipolygon"]) => {
            assembly.relation(Relation {
                id: done.id,
                outer: done.outer.into(),
                inner: done.inner.into(),
                tags,
                stamp: done.stamp,
            });
        }
        (Kind::Relation, _) => assembly.pass(done.stamp),
    }
}
