//! Collects the elements of one file and accounts for each.

use super::{Extract, Node, Relation, Stamp, StreetFormat, Tags, Way};
use crate::{City, Date, Quarantined, Reason};
use kernel::Point;
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// A file of streets being read.
pub(super) struct Assembly<'a> {
    city: &'a City<'a>,
    rows: u64,
    duplicates: u64,
    nodes: HashMap<i64, Node>,
    /// Points given inside ways (`out geom`), for ways whose nodes the file does not hold.
    implied: HashMap<i64, Point>,
    outside: HashSet<i64>,
    ways: HashMap<i64, (u32, Way)>,
    relations: HashMap<i64, Relation>,
    quarantined: Vec<Quarantined>,
    newest_s: i64,
}

impl<'a> Assembly<'a> {
    pub(super) fn new(city: &'a City<'a>) -> Self {
        Self {
            city,
            rows: 0,
            duplicates: 0,
            nodes: HashMap::new(),
            implied: HashMap::new(),
            outside: HashSet::new(),
            ways: HashMap::new(),
            relations: HashMap::new(),
            quarantined: Vec::new(),
            newest_s: 0,
        }
    }

    fn row(&mut self, stamp: Stamp) -> u32 {
        self.rows += 1;
        self.newest_s = self.newest_s.max(stamp.changed_s);
        self.rows as u32
    }

    fn quarantine(&mut self, reason: Reason, line: u32, original: String) {
        self.quarantined.push(Quarantined { reason, suspicion: None, line, original });
    }

    /// An element the file holds again as the same thing.
    pub(super) fn repeat(&mut self) {
        self.rows += 1;
        self.duplicates += 1;
    }

    /// An element that is understood and not kept.
    pub(super) fn pass(&mut self, stamp: Stamp) {
        self.row(stamp);
    }

    /// An element that cannot be read.
    pub(super) fn unreadable(&mut self, original: String) {
        let line = self.row(Stamp::default());
        self.quarantine(Reason::UnreadablePosition, line, original);
    }

    pub(super) fn node(&mut self, id: i64, lat: f64, lon: f64, tags: Tags, stamp: Stamp) {
        let line = self.row(stamp);
        let Some(point) = Point::new(lat, lon) else {
            return self.quarantine(
                Reason::UnreadablePosition,
                line,
                format!("node {id} at {lat}, {lon}"),
            );
        };
        if !self.city.area.contains(point) {
            self.outside.insert(id);
            return self.quarantine(Reason::OutsideBox, line, format!("node {id} at {lat}, {lon}"));
        }
        let node = Node { id, point, tags, stamp };
        match self.nodes.entry(id) {
            Entry::Vacant(place) => {
                place.insert(node);
            }
            Entry::Occupied(mut place) => {
                self.duplicates += 1;
                if place.get().stamp <= stamp {
                    place.insert(node);
                }
            }
        }
    }

    /// A point named inside a way; it is no element of its own.
    pub(super) fn implied(&mut self, id: i64, lat: f64, lon: f64) {
        if let Some(point) = Point::new(lat, lon) {
            if self.city.area.contains(point) {
                self.implied.entry(id).or_insert(point);
            } else {
                self.outside.insert(id);
            }
        }
    }

    pub(super) fn way(&mut self, way: Way) {
        let line = self.row(way.stamp);
        match self.ways.entry(way.id) {
            Entry::Vacant(place) => {
                place.insert((line, way));
            }
            Entry::Occupied(mut place) => {
                self.duplicates += 1;
                if place.get().1.stamp <= way.stamp {
                    place.insert((line, way));
                }
            }
        }
    }

    pub(super) fn relation(&mut self, relation: Relation) {
        self.row(relation.stamp);
        match self.relations.entry(relation.id) {
            Entry::Vacant(place) => {
                place.insert(relation);
            }
            Entry::Occupied(mut place) => {
                self.duplicates += 1;
                if place.get().stamp <= relation.stamp {
                    place.insert(relation);
                }
            }
        }
    }

    /// Closes the book: ways of which no two neighboring points are known go to quarantine.
    /// `drawn_at_s` is what the file says of its own age.
    pub(super) fn finish(
        mut self,
        file: &str,
        format: StreetFormat,
        drawn_at_s: Option<i64>,
    ) -> Extract {
        for (id, point) in std::mem::take(&mut self.implied) {
            let implied = Node { id, point, tags: Tags::default(), stamp: Stamp::default() };
            self.nodes.entry(id).or_insert(implied);
        }
        let mut ways: Vec<Way> = Vec::with_capacity(self.ways.len());
        let mut read: Vec<(u32, Way)> = std::mem::take(&mut self.ways).into_values().collect();
        read.sort_by_key(|(line, _)| *line);
        for (line, way) in read {
            let known = |id: &i64| self.nodes.contains_key(id);
            if way.nodes.windows(2).any(|pair| pair.iter().all(known)) {
                ways.push(way);
                continue;
            }
            let outside = way.nodes.iter().any(|id| self.outside.contains(id));
            let reason = if outside { Reason::OutsideBox } else { Reason::MissingPoints };
            let nodes: Vec<String> = way.nodes.iter().take(20).map(i64::to_string).collect();
            let original = format!("way {} of nodes {}", way.id, nodes.join(" "));
            self.quarantine(reason, line, original);
        }
        let mut nodes: Vec<Node> = self.nodes.into_values().collect();
        nodes.sort_by_key(|node| node.id);
        let mut relations: Vec<Relation> = self.relations.into_values().collect();
        relations.sort_by_key(|relation| relation.id);
        self.quarantined.sort_by_key(|row| row.line);
        let drawn_at_s = drawn_at_s.unwrap_or(self.newest_s);
        Extract {
            file: file.to_owned(),
            format,
            drawn_at_s,
            drawn_on: if drawn_at_s > 0 { date_of(drawn_at_s) } else { None },
            rows: self.rows,
            duplicates: self.duplicates,
            nodes,
            ways,
            relations,
            quarantined: self.quarantined,
        }
    }
}

/// The UTC day of a moment.
fn date_of(at_s: i64) -> Option<Date> {
    let stamp = jiff::Timestamp::from_second(at_s).ok()?;
    let day = jiff::tz::TimeZone::UTC.to_datetime(stamp).date();
    Date::new(
        u16::try_from(day.year()).ok()?,
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    )
}

/// Reads `2018-09-28T22:52:59Z`, or `2023-12-18 12:10:29` taken as UTC.
pub(super) fn moment_s(text: &str) -> Option<i64> {
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return Some(stamp.as_second());
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    Some(jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?.as_second())
}
