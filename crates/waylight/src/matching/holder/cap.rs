//! How often this holder answered in the last hour, kept in its folder, so that stopping it and starting
//! it again gives nobody a new hour. Times, and nothing of who asked.

use crate::matching::files::{self, Alone};
use anyhow::Result;
use matching::cap::{Cap, HOUR_MS, PER_HOUR};
use serde::{Deserialize, Serialize};
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The file.
const ANSWERED: &str = "answered.json";

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// UTC milliseconds.
    answered_at: Vec<i64>,
    /// UTC milliseconds.
    alarm_since: Option<i64>,
}

/// Whether there was a place in this hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is taken now.
    Taken,
    /// There was none.
    None {
        /// Whether that raised the alarm.
        raised: bool,
    },
}

/// The count of a folder. The file is the truth: whoever takes the alarm back is another process.
pub(super) struct KeptCap {
    dir: PathBuf,
}

impl KeptCap {
    pub(super) fn in_folder(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Takes a place, at a time in milliseconds; it is on the disk when this returns.
    pub(super) fn take(&self, now: i64) -> Result<Place> {
        self.change(|cap| {
            let before = cap.alarm();
            match cap.take(now) {
                Ok(()) => Place::Taken,
                Err(_full) => Place::None { raised: before.is_none() },
            }
        })
    }

    /// Since when the alarm is raised.
    pub(super) fn alarm(&self) -> Result<Option<i64>> {
        let _alone = Alone::in_folder(&self.dir)?;
        Ok(self.read()?.alarm())
    }

    /// Takes the alarm back; since when it was raised.
    pub(super) fn quiet(&self) -> Result<Option<i64>> {
        self.change(|cap| {
            let since = cap.alarm();
            cap.quiet();
            since
        })
    }

    fn read(&self) -> Result<Cap> {
        let kept: Option<Kept> = files::read_if(&self.dir.join(ANSWERED), "count of a holder")?;
        Ok(kept.map_or_else(Cap::default, |kept| Cap::of(kept.answered_at, kept.alarm_since)))
    }

    fn change<T>(&self, work: impl FnOnce(&mut Cap) -> T) -> Result<T> {
        let _alone = Alone::in_folder(&self.dir)?;
        let before = self.read()?;
        let mut cap = before.clone();
        let done = work(&mut cap);
        if cap != before {
            let kept = Kept { answered_at: cap.answered(), alarm_since: cap.alarm() };
            files::replace(&self.dir.join(ANSWERED), &files::json(&kept)?)?;
        }
        Ok(done)
    }
}

/// Which questions were answered in the last hour. Asking one again says nothing new and takes no
/// place: with one token nobody uses up the hour of all.
#[derive(Default)]
pub(super) struct Recent(Mutex<VecDeque<(i64, [u8; 32])>>);

impl Recent {
    pub(super) fn has(&self, blinded: &[u8; 32], now: i64) -> bool {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|(at, _)| now.saturating_sub(*at) < HOUR_MS);
        recent.iter().any(|(_, known)| known == blinded)
    }

    pub(super) fn add(&self, blinded: [u8; 32], now: i64) {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.push_back((now, blinded));
        while recent.len() > PER_HOUR {
            recent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests;
