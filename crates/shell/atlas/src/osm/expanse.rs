//! Areas of the map: buildings, water, parks and woods.

use super::{BaseMap, Relation, Tags, Way};
use kernel::Point;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use std::collections::HashMap;

/// What covers an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpanseKind {
    /// A building.
    Building,
    /// A river, lake or reservoir.
    Water,
    /// A park, wood, cemetery or other ground that empties after dusk.
    Green,
}

/// An area of the map: rings by the even–odd rule, each closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Expanse {
    /// What covers it.
    pub kind: ExpanseKind,
    /// Outer rings and holes, in no order.
    pub rings: Vec<Vec<Point>>,
}

/// What these tags say covers an area.
pub(crate) fn kind_of(tags: &Tags) -> Option<ExpanseKind> {
    if tags.get("building").is_some_and(|value| value != "no") {
        Some(ExpanseKind::Building)
    } else if tags.is("natural", &["water", "bay"])
        || tags.is("waterway", &["riverbank", "dock"])
        || tags.is("landuse", &["reservoir", "basin"])
    {
        Some(ExpanseKind::Water)
    } else if tags.is("leisure", &["park", "garden", "nature_reserve", "golf_course"])
        || tags.is("natural", &["wood", "scrub", "heath", "grassland"])
        || tags.is("landuse", &["forest", "cemetery", "recreation_ground", "village_green"])
    {
        Some(ExpanseKind::Green)
    } else {
        None
    }
}

impl BaseMap {
    /// All areas whose outlines are complete: closed ways, and multipolygons whose ways join.
    pub fn expanses(&self) -> Vec<Expanse> {
        let by_id: HashMap<i64, &Way> = self.ways.iter().map(|way| (way.id, way)).collect();
        let closed = self.ways.iter().filter_map(|way| {
            let kind = kind_of(&way.tags)?;
            let is_ring = way.nodes.len() >= 4 && way.nodes.first() == way.nodes.last();
            let ring = if is_ring { self.whole_line(&way.nodes)? } else { return None };
            Some(Expanse { kind, rings: vec![ring] })
        });
        let joined = self.relations.iter().filter_map(|relation| {
            let kind = kind_of(&relation.tags)?;
            let rings = self.rings(relation, &by_id);
            (!rings.is_empty()).then_some(Expanse { kind, rings })
        });
        closed.chain(joined).collect()
    }

    /// The points of a line, if all are known.
    fn whole_line(&self, nodes: &[i64]) -> Option<Vec<Point>> {
        nodes.iter().map(|id| self.nodes.get(id).map(|node| node.point)).collect()
    }

    /// The closed rings of a multipolygon. Parts that are not in any extract leave rings open;
    /// those are dropped, for half a lake drawn as a whole one would be wrong.
    fn rings(&self, relation: &Relation, by_id: &HashMap<i64, &Way>) -> Vec<Vec<Point>> {
        let mut rings = Vec::new();
        for members in [&relation.outer, &relation.inner] {
            let lines = members.iter().filter_map(|id| by_id.get(id)).map(|way| &*way.nodes);
            let lines: Vec<&[i64]> = lines.filter(|nodes| nodes.len() > 1).collect();
            let nodes = join(&lines);
            rings.extend(nodes.iter().filter_map(|ring| self.whole_line(ring)));
        }
        rings
    }
}

/// Joins lines end to end into closed rings; what does not close is dropped.
fn join(lines: &[&[i64]]) -> Vec<Vec<i64>> {
    let mut at_end: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            at_end.entry(*end).or_default().push(at);
        }
    }
    let mut used = vec![false; lines.len()];
    let mut rings = Vec::new();
    for start in 0..lines.len() {
        if std::mem::replace(&mut used[start], true) {
            continue;
        }
        let mut ring: Vec<i64> = lines[start].to_vec();
        while ring.first() != ring.last() {
            let Some(tail) = ring.last().copied() else { break };
            let next = at_end.get(&tail).into_iter().flatten().find(|at| !used[**at]);
            let Some(&next) = next else { break };
            used[next] = true;
            if lines[next].first() == Some(&tail) {
                ring.extend(lines[next].iter().skip(1));
            } else {
                ring.extend(lines[next].iter().rev().skip(1));
            }
        }
        if ring.len() >= 4 && ring.first() == ring.last() {
            rings.push(ring);
        }
    }
    rings
}

/// Green areas, to ask whether a point lies in one.
pub(super) struct Greens {
    rings: Vec<Vec<Vec<Point>>>,
    index: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Greens {
    pub(super) fn of(map: &BaseMap) -> Self {
        let rings: Vec<Vec<Vec<Point>>> = map
            .expanses()
            .into_iter()
            .filter(|expanse| expanse.kind == ExpanseKind::Green)
            .map(|expanse| expanse.rings)
            .collect();
        let boxes = rings.iter().enumerate().filter_map(|(at, rings)| {
            let area = super::area_of(rings.iter().flatten().copied())?;
            let corners = ([area.west, area.south], [area.east, area.north]);
            Some(GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), at))
        });
        let index = RTree::bulk_load(boxes.collect());
        Self { rings, index }
    }

    pub(super) fn hold(&self, point: Point) -> bool {
        let here = AABB::from_point([point.lon, point.lat]);
        self.index.locate_in_envelope_intersecting(here).any(|found| {
            self.rings.get(found.data).is_some_and(|rings| crate::entry::holds(rings, point))
        })
    }
}
