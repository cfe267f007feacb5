//! Reads an OSM extract into streets, for measuring without the importer.

use osmpbf::{Element, ElementReader};
use route::{Lit, Nature, StreetClass, Streets, StreetsBuilder, Surface, Way};
use std::collections::HashSet;

/// The walkable streets of an extract, by the rules of the benchmark peers.
pub fn read(path: &str) -> Streets {
    let mut builder = StreetsBuilder::new();
    let mut wanted = HashSet::new();
    let ways = ElementReader::from_path(path).expect("open");
    ways.for_each(|element| {
        let Element::Way(w) = element else { return };
        let tag = |key: &str| w.tags().find(|t| t.0 == key).map(|t| t.1);
        let Some((class, steps)) = tag("highway").and_then(StreetClass::of_highway) else { return };
        let walkable = tag("foot") != Some("no")
            && !matches!(tag("access"), Some("private" | "no"))
            && tag("area") != Some("yes");
        let nodes: Vec<i64> = w.refs().collect();
        wanted.extend(nodes.iter().copied());
        let nature = Nature {
            lit: Lit::of_tag(tag("lit")),
            surface: Surface::of_tag(tag("surface")),
            steps,
            tunnel: tag("tunnel").is_some_and(|t| t != "no"),
            bridge: tag("bridge").is_some_and(|t| t != "no"),
            ..Nature::plain(class)
        };
        let layer = tag("layer").and_then(|l| l.parse().ok()).unwrap_or(0);
        builder.way(Way { id: w.id(), nodes, nature, walkable, layer });
    })
    .expect("read ways");
    let nodes = ElementReader::from_path(path).expect("open");
    nodes
        .for_each(|element| match element {
            Element::Node(n) if wanted.contains(&n.id()) => {
                builder.node(n.id(), kernel::Point { lat: n.lat(), lon: n.lon() });
            }
            Element::DenseNode(n) if wanted.contains(&n.id()) => {
                builder.node(n.id(), kernel::Point { lat: n.lat(), lon: n.lon() });
            }
            _ => {}
        })
        .expect("read nodes");
    builder.build()
}
