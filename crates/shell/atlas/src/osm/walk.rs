//! What of the map is walkable, handed to the street graph.

use super::{BaseMap, Tags, Way, expanse::Greens};
use route::{EpochDay, Lit, Nature, StreetClass, Streets, StreetsBuilder, Surface};

impl BaseMap {
    /// The streets people may walk, joined into a graph.
    pub fn streets(&self) -> Streets {
        self.streets_builder().build()
    }

    /// The same, before joining; other maps may be added.
    pub fn streets_builder(&self) -> StreetsBuilder {
        let mut builder = StreetsBuilder::new();
        let greens = Greens::of(self);
        for way in &self.ways {
            let Some(walked) = self.walked(way, &greens) else { continue };
            for id in &walked.nodes {
                if let Some(node) = self.nodes.get(id) {
                    builder.node(*id, node.point);
                }
            }
            builder.way(walked);
        }
        let day = self.drawn_on.and_then(|day| {
            EpochDay::of_date(i32::from(day.year), u32::from(day.month), u32::from(day.day))
        });
        if let Some(day) = day {
            builder.dated(day);
        }
        builder
    }

    /// A way as somebody on foot meets it; `None` for ways that are no street.
    fn walked(&self, way: &Way, greens: &Greens) -> Option<route::Way> {
        let tags = &way.tags;
        let (class, steps) = StreetClass::of_highway(tags.get("highway")?)?;
        let layer = tags.get("layer").and_then(|text| text.trim().parse::<i8>().ok());
        let line = self.line(way);
        // A way that only touches a park is not in it: most of three points decide.
        let probes = [line.first(), line.get(line.len() / 2), line.last()];
        let green = probes.into_iter().flatten().filter(|point| greens.hold(**point)).count();
        Some(route::Way {
            id: way.id,
            nodes: way.nodes.to_vec(),
            walkable: may_walk(tags, class),
            layer: layer.unwrap_or(0),
            nature: Nature {
                class,
                lit: Lit::of_tag(tags.get("lit")),
                surface: Surface::of_tag(tags.get("surface")),
                steps,
                tunnel: tags.get("tunnel").is_some_and(|v| !matches!(v, "no" | "culvert"))
                    || tags.is("covered", &["yes", "arcade", "colonnade"]),
                bridge: tags.get("bridge").is_some_and(|v| v != "no"),
                park: green >= 2,
            },
        })
    }
}

/// Whether the public may walk here. What is said of walkers counts before what is said of all;
/// trunk roads need a sidewalk or an explicit word; roads for motors only are out.
fn may_walk(tags: &Tags, class: StreetClass) -> bool {
    const ALLOWED: [&str; 5] = ["yes", "designated", "permissive", "public", "official"];
    const CLOSED: [&str; 3] = ["no", "private", "customers"];
    if let Some(foot) = tags.get("foot") {
        return ALLOWED.contains(&foot) || !matches!(foot, "no" | "private" | "use_sidepath");
    }
    if tags.is("motorroad", &["yes"])
        || tags.is("access", &CLOSED)
        || tags.is("area", &["yes"]) && class == StreetClass::Service
    {
        return false;
    }
    let sided = ["sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"]
        .iter()
        .any(|key| tags.get(key).is_some_and(|side| !matches!(side, "no" | "none")));
    match tags.get("highway") {
        Some("trunk" | "trunk_link") => sided,
        _ => class != StreetClass::Cycleway,
    }
}

#[cfg(test)]
mod tests;
