//! How many anonymous asks are taken at once. Counted by meeting place, never by address: nobody's
//! network is looked at, and a prankster can at worst make one place wait while the phone desk,
//! the walk-up and the alarm stay open there. Alarms are never counted; only the numbers typed to
//! take one back are, by alarm.

use kernel::{Id, Instant, id::Kind};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// A bucket per meeting place, or whatever else is counted by.
#[derive(Debug)]
pub struct Asks<K: Kind> {
    at_once: u16,
    again_millis: i64,
    buckets: Mutex<HashMap<Id<K>, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u16,
    filled_at: Instant,
}

impl<K: Kind> Asks<K> {
    /// `at_once` asks from one place, and one more each `again_seconds`.
    pub fn new(at_once: u16, again_seconds: u16) -> Self {
        Self {
            at_once: at_once.max(1),
            again_millis: i64::from(again_seconds.max(1)) * 1_000,
            buckets: Mutex::default(),
        }
    }

    /// Takes one ask from a place at `now`; `false` when there were too many.
    pub fn take(&self, place: Id<K>, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        // Full buckets are no news; forgetting them keeps the map as small as the last minutes.
        if buckets.len() > 1_000 {
            let full = self.again_millis * i64::from(self.at_once);
            buckets.retain(|_place, bucket| now.since(bucket.filled_at).as_millis() < full);
        }
        let bucket = buckets.entry(place).or_insert(Bucket { left: self.at_once, filled_at: now });
        let more = now.since(bucket.filled_at).as_millis().max(0) / self.again_millis;
        if more > 0 {
            let left = i64::from(bucket.left).saturating_add(more).min(i64::from(self.at_once));
            bucket.left = u16::try_from(left).unwrap_or(self.at_once);
            bucket.filled_at = now;
        }
        let taken = bucket.left > 0;
        bucket.left = bucket.left.saturating_sub(1);
        taken
    }
}

#[cfg(test)]
mod tests;
