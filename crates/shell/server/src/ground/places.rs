//! Public places and how people find them: by part of a name in either language, by the first
//! consonants alone (ㅅㄹ for 신림), or by being near.

use super::romanize::letters_of;
use kernel::{DistrictCode, Id, Point, id};
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

/// All places of the city, in memory: some ten thousand, searched by looking at each.
#[derive(Debug, Default)]
pub struct Places {
    spots: Vec<Spot>,
    folded: Vec<[String; 3]>,
    by_id: HashMap<Id<id::Place>, usize>,
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
        places
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
        let mut fits: Vec<(Rank, Found<'_>)> = self
            .spots
            .iter()
            .zip(&self.folded)
            .filter(|(spot, _)| spot.meeting || !search.meeting)
            .filter_map(|(spot, names)| {
                let fit = fit(names, &typed)?;
                let distance_m = search.near.map(|near| near.distance_m(spot.at));
                // Without a name nearness is all; with one it only parts equals.
                let near = distance_m.map_or(0, |m| m as u64);
                let rank = if typed.is_empty() {
                    (Reverse(0), near, kind_rank(spot.kind))
                } else {
                    (
                        Reverse(fit),
                        u64::from(kind_rank(spot.kind)),
                        near.min(u64::from(u32::MAX)) as u32,
                    )
                };
                Some((rank, Found { spot, distance_m }))
            })
            .collect();
        fits.sort_by_key(|(rank, _)| *rank);
        fits.truncate(search.limit);
        fits.into_iter().map(|(_, found)| found).collect()
    }

    /// The nearest places of some kinds.
    pub fn nearest(&self, from: Point, kinds: &[PlaceKind], limit: usize) -> Vec<Found<'_>> {
        let mut near: Vec<Found<'_>> = self
            .spots
            .iter()
            .filter(|spot| kinds.contains(&spot.kind))
            .map(|spot| Found { spot, distance_m: Some(from.distance_m(spot.at)) })
            .collect();
        near.sort_by(|a, b| {
            a.distance_m.partial_cmp(&b.distance_m).unwrap_or(std::cmp::Ordering::Equal)
        });
        near.truncate(limit);
        near
    }
}

type Rank = (Reverse<u8>, u64, u32);

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
