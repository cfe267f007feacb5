//! The plan as an OpenStreetMap extract (`.osm`, XML).

use super::ground::Spot;
use super::plan::{Class, Plan, Tags, named};
use std::fmt::Write;

/// The first id of the extract: far above ids that exist, so that no merge confuses the two.
const FIRST_ID: usize = 900_000_000_001;
/// When the extract says it was made.
const STAMP: &str = "2026-10-01T00:00:00Z";

/// Writes the extract.
pub(super) fn write(plan: &Plan) -> String {
    let mut xml = String::with_capacity(plan.nodes.len() * 96 + plan.outlines.len() * 480);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _infallible = writeln!(
        xml,
        "<osm version=\"0.6\" generator=\"waylight demo: an invented district\" timestamp=\"{STAMP}\">"
    );
    for (at, node) in plan.nodes.iter().enumerate() {
        push_node(&mut xml, FIRST_ID + at, node.spot, &node.tags);
    }
    let mut next = FIRST_ID + plan.nodes.len();
    let mut shapes = Vec::new();
    let drawn = plan.outlines.iter().map(|outline| (outline, true));
    for (shape, closed) in drawn.chain(plan.lines.iter().map(|line| (line, false))) {
        let first = next;
        for corner in &shape.corners {
            push_node(&mut xml, next, *corner, &Tags::new());
            next += 1;
        }
        let mut refs: Vec<usize> = (first..next).collect();
        if closed {
            refs.push(first);
        }
        shapes.push((refs, &shape.tags));
    }
    let mut way_id = FIRST_ID;
    for way in &plan.ways {
        let mut tags = way.tags.clone();
        if let Some(name) = &way.name {
            tags.extend(named(name));
        }
        if way.class == Class::Path {
            tags.push(("foot", "designated".to_owned()));
        }
        push_way(&mut xml, way_id, way.nodes.iter().map(|node| FIRST_ID + node), &tags);
        way_id += 1;
    }
    for (refs, tags) in shapes {
        push_way(&mut xml, way_id, refs.into_iter(), tags);
        way_id += 1;
    }
    xml.push_str("</osm>\n");
    xml
}

fn push_node(xml: &mut String, id: usize, spot: Spot, tags: &Tags) {
    let point = spot.point();
    let end = if tags.is_empty() { "/>" } else { ">" };
    let _infallible = writeln!(
        xml,
        "<node id=\"{id}\" version=\"1\" timestamp=\"{STAMP}\" lat=\"{:.7}\" lon=\"{:.7}\"{end}",
        point.lat, point.lon
    );
    if !tags.is_empty() {
        push_tags(xml, tags);
        xml.push_str("</node>\n");
    }
}

fn push_way(xml: &mut String, id: usize, nodes: impl Iterator<Item = usize>, tags: &Tags) {
    let _infallible = writeln!(xml, "<way id=\"{id}\" version=\"1\" timestamp=\"{STAMP}\">");
    for node in nodes {
        let _infallible = writeln!(xml, "<nd ref=\"{node}\"/>");
    }
    push_tags(xml, tags);
    xml.push_str("</way>\n");
}

fn push_tags(xml: &mut String, tags: &Tags) {
    for (key, value) in tags {
        let _infallible = writeln!(xml, "<tag k=\"{key}\" v=\"{}\"/>", escaped(value));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
