//! What is different between two boards.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};
use wire::desk::{Board, change::BoardChange};

/// What makes `after` of `before`; nothing if nobody could tell them apart. The number and the
/// clock move on without anything having changed for this desk.
pub fn between(before: &Board, after: &Board) -> Option<BoardChange> {
    fn if_new<T: Clone + PartialEq>(before: &T, after: &T) -> Option<T> {
        (before != after).then(|| after.clone())
    }
    let mut gone = Vec::new();
    let change = BoardChange {
        since: before.number,
        number: after.number,
        now: after.now,
        alarms: rows(&before.alarms, &after.alarms, |one| one.id, &mut gone),
        walks: rows(&before.walks, &after.walks, |one| one.id, &mut gone),
        teams: rows(&before.teams, &after.teams, |one| one.id, &mut gone),
        gone,
        watches: if_new(&before.watches, &after.watches),
        sightings: if_new(&before.sightings, &after.sightings),
        watch: if_new(&before.watch, &after.watch),
        self_test: if_new(&before.self_test, &after.self_test),
        tonight: if_new(&before.tonight, &after.tonight),
    };
    let nothing = change.alarms.is_empty()
        && change.walks.is_empty()
        && change.teams.is_empty()
        && change.gone.is_empty()
        && change.watches.is_none()
        && change.sightings.is_none()
        && change.watch.is_none()
        && change.self_test.is_none()
        && change.tonight.is_none();
    (!nothing).then_some(change)
}

/// The rows that are new or different; the ids of those that are gone.
fn rows<T, K>(before: &[T], after: &[T], id: impl Fn(&T) -> K, gone: &mut Vec<String>) -> Vec<T>
where
    T: Clone + PartialEq,
    K: Copy + Eq + Hash + ToString,
{
    let known: HashMap<K, &T> = before.iter().map(|one| (id(one), one)).collect();
    let here: HashSet<K> = after.iter().map(&id).collect();
    gone.extend(before.iter().map(&id).filter(|id| !here.contains(id)).map(|id| id.to_string()));
    after.iter().filter(|one| known.get(&id(one)) != Some(one)).cloned().collect()
}

#[cfg(test)]
mod tests;
