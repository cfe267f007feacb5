//! OSM PBF.

use super::{Extract, Relation, Stamp, StreetFormat, Tags, Way, assembly::Assembly};
use crate::{City, Refused, RefusedCode};
use osmpbf::{BlobDecode, BlobReader, Element, RelMemberType};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a PBF. The decoder gives up on some damaged files by panicking; that is caught here,
/// because no file may stop an import, and the half-read map is dropped.
pub(crate) fn read(file: &str, bytes: &[u8], city: &City<'_>) -> Result<Extract, Refused> {
    let broken = |what: &str| {
        Refused::new(file, RefusedCode::Broken, format!("OSM PBF that cannot be read: {what}"))
    };
    let whole = catch_unwind(AssertUnwindSafe(|| assemble(file, bytes, city)));
    match whole {
        Ok(read) => read.map_err(|error| broken(&error.to_string())),
        Err(_panic) => Err(broken("its blocks contradict themselves")),
    }
}

fn assemble(file: &str, bytes: &[u8], city: &City<'_>) -> Result<Extract, osmpbf::Error> {
    let mut assembly = Assembly::new(city);
    let mut drawn_at_s = None;
    for blob in BlobReader::new(bytes) {
        match blob?.decode()? {
            BlobDecode::OsmHeader(header) => drawn_at_s = header.osmosis_replication_timestamp(),
            BlobDecode::OsmData(block) => {
                block.for_each_element(|element| take(&element, &mut assembly));
            }
            BlobDecode::Unknown(_) => {}
        }
    }
    Ok(assembly.finish(file, StreetFormat::Pbf, drawn_at_s))
}

fn take(element: &Element<'_>, assembly: &mut Assembly<'_>) {
    match element {
        Element::DenseNode(node) => {
            let stamp = node.info().map_or_else(Stamp::default, |info| Stamp {
                version: u32::try_from(info.version()).unwrap_or(0),
                changed_s: info.milli_timestamp() / 1_000,
            });
            assembly.node(node.id(), node.lat(), node.lon(), Tags::of(node.tags()), stamp);
        }
        Element::Node(node) => {
            let stamp = stamp_of(&node.info());
            assembly.node(node.id(), node.lat(), node.lon(), Tags::of(node.tags()), stamp);
        }
        Element::Way(way) => {
            let (nodes, tags) = (way.refs().collect(), Tags::of(way.tags()));
            let stamp = stamp_of(&way.info());
            assembly.way(Way { id: way.id(), part_of: Box::default(), nodes, tags, stamp });
        }
        Element::Relation(relation) => {
            let tags = Tags::of(relation.tags());
            let stamp = stamp_of(&relation.info());
            if !tags.is("type", &["multipolygon"]) {
                return assembly.pass(stamp);
            }
            let ways = |inner: bool| {
                relation
                    .members()
                    .filter(|member| member.member_type == RelMemberType::Way)
                    .filter(|member| (member.role().unwrap_or_default() == "inner") == inner)
                    .map(|member| member.member_id)
                    .collect()
            };
            let (outer, inner) = (ways(false), ways(true));
            assembly.relation(Relation { id: relation.id(), outer, inner, tags, stamp });
        }
    }
}

fn stamp_of(info: &osmpbf::Info<'_>) -> Stamp {
    Stamp {
        version: info.version().and_then(|version| u32::try_from(version).ok()).unwrap_or(0),
        changed_s: info.milli_timestamp().unwrap_or(0) / 1_000,
    }
}
