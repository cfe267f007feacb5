//! The batch: all entries in, what opened out, and nothing else.

use crate::{
    Refusal,
    entry::{EntryNo, Opened},
    level::{Level, Share, Tag, join},
};
use seal::key::PrivateKey;
use std::collections::{BTreeMap, BTreeSet};

/// One person's contact, closed for counsel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForCounsel {
    /// The entry it comes from.
    pub number: EntryNo,
    /// For the first of counsel, then the second.
    pub sealed: Vec<u8>,
}

/// People who named the same person, each of whom accepted to be asked with so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The level that opened.
    pub level: Level,
    /// Its people, by entry.
    pub people: Vec<ForCounsel>,
}

impl Opening {
    fn numbers(&self) -> BTreeSet<EntryNo> {
        self.people.iter().map(|one| one.number).collect()
    }
}

/// What a batch gives. It has no counts, tags or levels that did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// For counsel.
    pub openings: Vec<Opening>,
    /// For the operator: entries that are none, and why.
    pub refused: Vec<(EntryNo, Refusal)>,
}

/// Opens what may be opened of all entries there are, in the order they were given. `told` are entries
/// that came out of a batch before.
///
/// # Errors
/// None: what is wrong with an entry stands in [`Batch::refused`].
pub fn batch(
    matcher: &PrivateKey,
    entries: &[(EntryNo, Vec<u8>)],
    told: &BTreeSet<EntryNo>,
) -> Batch {
    let mut refused = Vec::new();
    let mut opened = Vec::new();
    let mut given = BTreeMap::new();
    for (number, _) in entries {
        *given.entry(*number).or_insert(0_usize) += 1;
    }
    for (number, entry) in entries {
        let one = match given.get(number) {
            Some(1) => Opened::open(*number, matcher, entry),
            _ => Err(Refusal::EntryTwice),
        };
        match one {
            Ok(one) => opened.push(one),
            Err(refusal) => refused.push((*number, refusal)),
        }
    }
    let mut openings = Vec::new();
    for level in Level::ALL {
        for people in people(&opened, level).into_values() {
            openings.extend(opening(level, &people, &mut refused));
        }
    }
    Batch { openings: kept(&openings, told), refused }
}

/// The entries of one level by tag, and of each tag one for each person: the last that was given.
fn people(opened: &[Opened], level: Level) -> BTreeMap<Tag, Vec<(&Opened, &Share)>> {
    let mut found: BTreeMap<Tag, BTreeMap<[u8; 32], (&Opened, &Share)>> = BTreeMap::new();
    for one in opened {
        let shares = one.slots.iter().map(|(share, _)| share);
        for share in shares.filter(|share| share.level == level) {
            found.entry(share.tag()).or_default().insert(share.x, (one, share));
        }
    }
    found.into_iter().map(|(tag, people)| (tag, people.into_values().collect())).collect()
}

/// One tag: an opening, or nothing. Whoever cannot be asked is nobody.
fn opening(
    level: Level,
    people: &[(&Opened, &Share)],
    refused: &mut Vec<(EntryNo, Refusal)>,
) -> Option<Opening> {
    if people.len() < level.size() {
        return None;
    }
    let shares: Vec<&Share> = people.iter().map(|(_, share)| *share).collect();
    let secret = match join(&shares) {
        Ok(secret) => secret,
        Err(refusal) => {
            refused.extend(people.iter().map(|(one, _)| (one.number, refusal)));
            return None;
        }
    };
    let mut found = Vec::new();
    for (one, _) in people {
        match one.for_counsel(level, &secret) {
            Ok(sealed) => found.push(ForCounsel { number: one.number, sealed }),
            Err(refusal) => refused.push((one.number, refusal)),
        }
    }
    found.sort_by_key(|one| one.number);
    (found.len() >= level.size()).then_some(Opening { level, people: found })
}

/// Without those whose people are all in a larger one, and without those that were told before.
fn kept(openings: &[Opening], told: &BTreeSet<EntryNo>) -> Vec<Opening> {
    let sets: Vec<BTreeSet<EntryNo>> = openings.iter().map(Opening::numbers).collect();
    let in_another = |at: usize, set: &BTreeSet<EntryNo>| {
        let larger = |(other, theirs): (usize, &BTreeSet<EntryNo>)| {
            other != at && set.is_subset(theirs) && (set.len() < theirs.len() || other < at)
        };
        sets.iter().enumerate().any(larger)
    };
    let all = openings.iter().zip(&sets).enumerate();
    let new = all.filter(|(at, (_, set))| !in_another(*at, set) && !set.is_subset(told));
    new.map(|(_, (opening, _))| opening.clone()).collect()
}

#[cfg(test)]
mod tests;
