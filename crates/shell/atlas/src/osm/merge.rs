//! Overlapping extracts, merged into one map: of each element the newest state.

use super::{Extract, Node, Relation, Stamp, StreetFormat, Way, area_of};
use crate::Date;
use kernel::{Area, Point};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The map of a city, merged from its extracts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BaseMap {
    /// Nodes by id.
    pub nodes: HashMap<i64, Node>,
    /// Ways in the order of their ids.
    pub ways: Vec<Way>,
    /// Outlines in the order of their ids.
    pub relations: Vec<Relation>,
    /// The day of the oldest extract: nothing on the map is known to be older.
    pub drawn_on: Option<Date>,
    /// How many elements of extracts gave way to a newer state or a fuller form.
    pub superseded: u64,
}

/// How new a state is: by the element's own version, else the time of its change, else the day of
/// its extract, else the order in which extracts are given.
type Age = (Stamp, i64, usize);

impl BaseMap {
    /// Merges extracts. Of two states of an element the newer is kept. A piece of a street graph
    /// gives way to whole ways, which hold all it says and more; and to a newer graph that covers
    /// its place and still knows its way.
    pub fn merge(extracts: Vec<Extract>) -> Self {
        let mut map = Self {
            drawn_on: extracts.iter().filter_map(|extract| extract.drawn_on).min(),
            ..Self::default()
        };
        let whole: HashSet<i64> = extracts
            .iter()
            .flat_map(|extract| &extract.ways)
            .filter(|way| way.part_of.is_empty())
            .map(|way| way.id)
            .collect();
        let graphs: Vec<Graph> = extracts.iter().enumerate().filter_map(Graph::of).collect();
        let mut nodes: HashMap<i64, (Age, Node)> = HashMap::new();
        let mut ways: BTreeMap<i64, (Age, Way)> = BTreeMap::new();
        let mut relations: BTreeMap<i64, (Age, Relation)> = BTreeMap::new();
        for (order, extract) in extracts.into_iter().enumerate() {
            let age = |stamp: Stamp| (stamp, extract.drawn_at_s, order);
            let places: HashMap<i64, Point> = if extract.format == StreetFormat::GraphMl {
                extract.nodes.iter().map(|node| (node.id, node.point)).collect()
            } else {
                HashMap::new()
            };
            for way in extract.ways {
                let is_piece = !way.part_of.is_empty();
                let held_whole = is_piece && way.part_of.iter().all(|id| whole.contains(id));
                let newer = graphs
                    .iter()
                    .filter(|graph| (graph.drawn_at_s, graph.order) > (extract.drawn_at_s, order));
                let redrawn =
                    is_piece && newer.into_iter().any(|graph| graph.redraws(&way, &places));
                if held_whole || redrawn {
                    map.superseded += 1;
                } else {
                    let age = age(way.stamp);
                    map.superseded += keep_newest(&mut ways, way.id, age, way);
                }
            }
            for node in extract.nodes {
                let age = age(node.stamp);
                match nodes.get(&node.id) {
                    Some((have, _)) if !newer(age, *have) => {}
                    _ => {
                        nodes.insert(node.id, (age, node));
                    }
                }
            }
            for relation in extract.relations {
                let age = age(relation.stamp);
                map.superseded += keep_newest(&mut relations, relation.id, age, relation);
            }
        }
        map.nodes = nodes.into_iter().map(|(id, (_, node))| (id, node)).collect();
        map.ways = ways.into_values().map(|(_, way)| way).collect();
        map.relations = relations.into_values().map(|(_, relation)| relation).collect();
        map
    }

    /// The points of a way that are known, in order.
    pub fn line(&self, way: &Way) -> Vec<Point> {
        way.nodes.iter().filter_map(|id| self.nodes.get(id)).map(|node| node.point).collect()
    }

    /// The box around all nodes.
    pub fn area(&self) -> Option<Area> {
        area_of(self.nodes.values().map(|node| node.point))
    }

    /// Points on streets, to tell grids apart by (see [`crate::City::streets`]).
    pub fn street_points(&self) -> Vec<Point> {
        self.ways
            .iter()
            .filter(|way| way.tags.get("highway").is_some())
            .flat_map(|way| self.line(way))
            .collect()
    }
}

/// Whether a state is newer than the one had. Versions decide where both have one; a state
/// without is compared by the day of its extract.
fn newer(new: Age, had: Age) -> bool {
    if new.0.version > 0 && had.0.version > 0 && new.0.version != had.0.version {
        return new.0.version > had.0.version;
    }
    if new.0.changed_s > 0 && had.0.changed_s > 0 && new.0.changed_s != had.0.changed_s {
        return new.0.changed_s > had.0.changed_s;
    }
    (new.1, new.2) > (had.1, had.2)
}

/// Puts the newer of two states; says how many were superseded.
fn keep_newest<T>(all: &mut BTreeMap<i64, (Age, T)>, id: i64, age: Age, new: T) -> u64 {
    match all.get(&id) {
        None => {
            all.insert(id, (age, new));
            0
        }
        Some((had, _)) => {
            if newer(age, *had) {
                all.insert(id, (age, new));
            }
            1
        }
    }
}

/// What a street graph covers.
struct Graph {
    order: usize,
    drawn_at_s: i64,
    area: Area,
    ways: HashSet<i64>,
}

impl Graph {
    fn of((order, extract): (usize, &Extract)) -> Option<Self> {
        if extract.format != StreetFormat::GraphMl {
            return None;
        }
        let ways = extract.ways.iter().flat_map(|way| way.part_of.iter().copied()).collect();
        Some(Self { order, drawn_at_s: extract.drawn_at_s, area: extract.area()?, ways })
    }

    /// Whether this graph, being newer, has drawn the piece again: it covers both its ends and
    /// knows the way it belongs to.
    fn redraws(&self, piece: &Way, places: &HashMap<i64, Point>) -> bool {
        let covers = |id: Option<&i64>| {
            id.and_then(|id| places.get(id)).is_some_and(|p| self.area.contains(*p))
        };
        piece.part_of.iter().any(|id| self.ways.contains(id))
            && covers(piece.nodes.first())
            && covers(piece.nodes.last())
    }
}

#[cfg(test)]
mod tests;
