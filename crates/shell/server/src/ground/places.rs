//! Public places and how people find them: by part of a name in either language, by the first
//! consonants alone (ㅅㄹ for 신림), or by being near.

use super::romanize::letters_of;
use kernel::{DistrictCode, Id, Point, id};
use rstar::{RTree, primitives::GeomWithData};
use std::{cmp::Reverse, collections::HashMap};
use wire::city::Bilingual;
use wire::environment::PlaceKind;

/// A public place.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Its id: from its register row, so the same after every import.
    pub id: Id<id::Place>,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: Bilingual,
    /// Where it is.
    pub at: Point,
    /// Whether a team may meet somebody here.
    pub meeting: bool,
    /// The district it stands in, if borders are known.
    pub district: Option<DistrictCode>,
    /// Its own public telephone, if a register has one.
    pub phone: Option<String>,
}

/// A place found, with its straight-line distance from where was asked.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The place.
    pub spot: &'a Spot,
    /// Metres, if the search was from somewhere.
    pub distance_m: Option<f64>,
}

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct Search<'a> {
    /// What was typed; empty: whatever is near.
    pub typed: &'a str,
    /// Where from.
    pub near: Option<Point>,
    /// Only where a team may meet somebody.
    pub meeting: bool,
    /// At most this many.
    pub limit: usize,
}

/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.0;
/// How far the flat distances of the tree may be off in a city, and metres beside.
const FLAT: (f64, f64) = (1.01, 2.0);

/// All places of the city, in memory: some ten thousand, searched by looking at each if a name was
/// typed, else by where they are.
#[derive(Debug, Default)]
pub struct Places {
    spots: Vec<Spot>,
    folded: Vec<[String; 3]>,
    by_id: HashMap<Id<id::Place>, usize>,
    /// Their positions in `spots`, by metres east and north as on a flat map.
    flat: RTree<GeomWithData<[f64; 2], usize>>,
    /// Metres of a degree of longitude where the first place is.
    degree_east_m: f64,
}

impl Places {
    /// Puts the places in order; of several with one id the first is kept.
    pub fn new(all: impl IntoIterator<Item = Spot>) -> Self {
        let mut places = Self::default();
        for spot in all {
            if places.by_id.contains_key(&spot.id) {
                continue;
            }
            places.by_id.insert(spot.id, places.spots.len());
            places.folded.push([
                folded(&spot.name.ko),
                folded(&spot.name.en),
                consonants(&spot.name.ko),
            ]);
            places.spots.push(spot);
        }
        let middle = places.spots.first().map_or(0.0, |spot| spot.at.lat);
        places.degree_east_m = DEGREE_M * middle.to_radians().cos();
        let flat = places.spots.iter().enumerate();
        let flat = flat.map(|(at, spot)| GeomWithData::new(places.on_flat_map(spot.at), at));
        places.flat = RTree::bulk_load(flat.collect());
        places
    }

    fn on_flat_map(&self, at: Point) -> [f64; 2] {
        [at.lon * self.degree_east_m, at.lat * DEGREE_M]
    }

    /// The nearest places that fit, the nearest first: at least as many as asked for, if there are.
    fn around(&self, from: Point, count: usize, fits: impl Fn(&Spot) -> bool) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut farthest_m = 0.0_f64;
        for (near, flat_m2) in
            self.flat.nearest_neighbor_iter_with_distance_2(self.on_flat_map(from))
        {
            if found.len() >= count && flat_m2.sqrt() > farthest_m * FLAT.0 + FLAT.1 {
                break;
            }
            let spot = &self.spots[near.data];
            if fits(spot) {
                let distance_m = from.distance_m(spot.at);
                farthest_m =
                    if found.len() < count { farthest_m.max(distance_m) } else { farthest_m };
                found.push(Found { spot, distance_m: Some(distance_m) });
            }
        }
        let metres = |found: &Found<'_>| found.distance_m.unwrap_or(f64::INFINITY);
        found.sort_by(|a, b| metres(a).total_cmp(&metres(b)));
        found
    }

    /// The place with this id.
    pub fn get(&self, id: Id<id::Place>) -> Option<&Spot> {
        self.by_id.get(&id).and_then(|at| self.spots.get(*at))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether no register with places has been imported.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// The places that fit best, best first: a name that begins as typed before one that merely
    /// contains it, stations before stops, and of equals the nearest.
    pub fn find(&self, search: &Search<'_>) -> Vec<Found<'_>> {
        let typed = folded(search.typed);
        if let Some(near) = search.near.filter(|_| typed.is_empty()) {
            return self.find_near(near, search);
        }
        let mut fits: Vec<(Rank, Found<'_>)> = self
            .spots
            .iter()
            .zip(&self.folded)
            .filter(|(spot, _)| spot.meeting || !search.meeting)
            .filter_map(|(spot, names)| {
                let fit = fit(names, &typed)?;
                let distance_m = search.near.map(|near| near.distance_m(spot.at));
                // With a name nearness only parts equals.
                let near_m = distance_m.map_or(0, |m| m as u64);
                let rank = (Reverse(fit), kind_rank(spot.kind), near_m);
                Some((rank, Found { spot, distance_m }))
            })
            .collect();
        fits.sort_by_key(|(rank, _)| *rank);
        fits.truncate(search.limit);
        fits.into_iter().map(|(_, found)| found).collect()
    }

    /// Without a name nearness is all; a station comes before its exits a step away.
    fn find_near(&self, near: Point, search: &Search<'_>) -> Vec<Found<'_>> {
        let mut found = self.around(near, search.limit, |spot| spot.meeting || !search.meeting);
        found.sort_by_key(|found| {
            (found.distance_m.unwrap_or_default() as u64, kind_rank(found.spot.kind))
        });
        found.truncate(search.limit);
        found
    }

    /// The nearest places of some kinds.
    pub fn nearest(&self, from: Point, kinds: &[PlaceKind], limit: usize) -> Vec<Found<'_>> {
        let mut near = self.around(from, limit, |spot| kinds.contains(&spot.kind));
        near.truncate(limit);
        near
    }
}

type Rank = (Reverse<u8>, u32, u64);

const fn kind_rank(kind: PlaceKind) -> u32 {
    match kind {
        PlaceKind::Station => 0,
        PlaceKind::Police => 1,
        PlaceKind::Haven => 2,
        PlaceKind::BusStop => 3,
        PlaceKind::Street => 4,
    }
}

/// How well a name fits what was typed: 3 it is the name, 2 begins with it, 1 contains it.
fn fit(names: &[String; 3], typed: &str) -> Option<u8> {
    if typed.is_empty() {
        return Some(0);
    }
    names
        .iter()
        .filter_map(|name| match name.find(typed) {
            Some(0) if name.len() == typed.len() => Some(3),
            Some(0) => Some(2),
            Some(_) => Some(1),
            None => None,
        })
        .max()
}

/// Letters and digits only, in lowercase: `GS25 신림점` and `gs25신림점` are one name.
fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first consonant of each syllable, as people type who are in a hurry.
fn consonants(name: &str) -> String {
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ',
        'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    name.chars().filter_map(|letter| Some(INITIALS[letters_of(letter)?.0])).collect()
}

#[cfg(test)]
mod tests;
