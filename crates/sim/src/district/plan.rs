//! The plan everything is drawn on: nodes and ways as OpenStreetMap would have them.

use super::ground::Spot;
use super::names::Name;

/// Tags of a node or way, in the order they are written.
pub(super) type Tags = Vec<(&'static str, String)>;

/// What a street is to who walks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Six lanes and a bus every minute.
    Great,
    /// A street with pavements.
    Street,
    /// A residential street.
    Lane,
    /// Three metres between walls.
    Alley,
    /// Steps up the hill.
    Steps,
    /// A path of a park.
    Path,
}

/// A node: a place ways share.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) spot: Spot,
    pub(super) tags: Tags,
}

/// A way somebody can walk.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) class: Class,
    pub(super) nodes: Vec<usize>,
    pub(super) name: Option<Name>,
    pub(super) tags: Tags,
}

/// A closed outline: a building, a park, water. Its first node is not repeated.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub(super) corners: Vec<Spot>,
    pub(super) tags: Tags,
}

/// Nodes, ways and outlines.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) nodes: Vec<Node>,
    pub(super) ways: Vec<Way>,
    pub(super) outlines: Vec<Outline>,
    /// Lines drawn but not walked: the stream, the railway.
    pub(super) lines: Vec<Outline>,
}

impl Plan {
    /// A new node at `spot`.
    pub(super) fn node(&mut self, spot: Spot) -> usize {
        self.nodes.push(Node { spot, tags: Tags::new() });
        self.nodes.len() - 1
    }

    /// Where a node is.
    pub(super) fn spot(&self, node: usize) -> Spot {
        self.nodes.get(node).map_or(Spot::new(0.0, 0.0), |node| node.spot)
    }

    /// The corners of a way in walking order.
    pub(super) fn line(&self, way: &Way) -> Vec<Spot> {
        way.nodes.iter().map(|node| self.spot(*node)).collect()
    }

    /// The walked node nearest to `spot` among `candidates`, with its distance.
    pub(super) fn nearest(&self, spot: Spot, candidates: &[usize]) -> Option<(usize, f64)> {
        candidates
            .iter()
            .map(|node| (*node, self.spot(*node).distance_m(spot)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// A tag.
pub(super) fn tag(key: &'static str, value: impl Into<String>) -> (&'static str, String) {
    (key, value.into())
}

/// The three tags of a bilingual name.
pub(super) fn named(name: &Name) -> Tags {
    vec![
        tag("name", name.ko.clone()),
        tag("name:ko", name.ko.clone()),
        tag("name:en", name.en.clone()),
    ]
}
