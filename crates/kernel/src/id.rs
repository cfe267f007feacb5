//! Typed ids: 128 bits, printed with the kind's prefix, so that a team can never be passed where
//! a walk is meant, in code or in a URL. Ids are names, never authority.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, hash, marker::PhantomData, str};

/// What an id names. Implemented only by the registry below.
pub trait Kind: 'static {
    /// Three letters before the underscore of the printed form.
    const PREFIX: &'static str;
}

/// The registry of kinds, alphabetical and append-only: a prefix once published keeps its meaning.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $kind {}
            impl Kind for $kind { const PREFIX: &'static str = $prefix; }
        )*
        /// Every registered prefix, in registry order; `tidy` checks that they stay distinct.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

kinds! {
    /// A call for help now.
    Alarm = "alm";
    /// Somebody asking to join the programme.
    Application = "app";
    /// The streets one patrol looks after.
    Beat = "bea";
    /// A service of the one-stop network whose people read a report when she chose them.
    Center = "cen";
    /// A talk owed to a helper after an incident.
    Debrief = "deb";
    /// Something broken in the street.
    Defect = "def";
    /// The watch over one district's desk, from shift to shift.
    DeskWatch = "des";
    /// A paired device: a till, a desk's console.
    Device = "dev";
    /// A walk home, from the asking to the door.
    Escort = "esc";
    /// A Patrol House store.
    Haven = "hav";
    /// One import of one file into a register.
    Import = "imp";
    /// A note that helpers keep away from somewhere.
    NoGo = "nog";
    /// A person of the programme: volunteer, dispatcher, store staff. Never a citizen.
    Person = "per";
    /// A public place of a register: station exit, bus stop, police box, store.
    Place = "plc";
    /// A private row: what must be forgotten lives there, events only point to it.
    Private = "prv";
    /// A register of one kind in one district: its lamps, its stations.
    Register = "reg";
    /// One walk of a patrol along its beat.
    Round = "rnd";
    /// The dated rules a one-stop network works by.
    Rulebook = "rul";
    /// A signed-in session.
    Session = "ses";
    /// A district's night, and who has signed up for it.
    Shift = "shf";
    /// Something a patrol or a rider noticed.
    Sighting = "sig";
    /// Two people who walk together.
    Team = "tem";
    /// A timer kept for a helper: is she well, has she come home?
    Watch = "wat";
}

/// An id of kind `K`. Printed as `esc_` and 26 lowercase Crockford base-32 letters.
pub struct Id<K> {
    bits: u128,
    kind: PhantomData<fn() -> K>,
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl<K: Kind> Id<K> {
    /// The id with these bits. Callers bring the randomness (or a hash, for register rows that
    /// must keep their id from one import to the next).
    pub const fn from_bits(bits: u128) -> Self {
        Self { bits, kind: PhantomData }
    }

    /// The bits behind the printed form.
    pub const fn bits(self) -> u128 {
        self.bits
    }
}

/// Why a text is not an id of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId {
    /// The prefix that was expected.
    pub expected: &'static str,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id of the form {}_ and 26 letters", self.expected)
    }
}

impl std::error::Error for NotAnId {}

impl<K: Kind> str::FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId { expected: K::PREFIX };
        let (prefix, letters) = text.split_once('_').ok_or(wrong)?;
        if prefix != K::PREFIX || letters.len() != 26 {
            return Err(wrong);
        }
        let mut bits: u128 = 0;
        for (at, letter) in letters.bytes().enumerate() {
            let value = LETTERS.iter().position(|known| *known == letter).ok_or(wrong)? as u128;
            // 26 letters carry 130 bits: the first may only use its lower three.
            if at == 0 && value > 7 {
                return Err(wrong);
            }
            bits = (bits << 5) | value;
        }
        Ok(Self::from_bits(bits))
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = [0_u8; 26];
        let mut rest = self.bits;
        for slot in letters.iter_mut().rev() {
            *slot = LETTERS[(rest & 31) as usize];
            rest >>= 5;
        }
        let letters = str::from_utf8(&letters).map_err(|_utf8| fmt::Error)?;
        write!(f, "{}_{letters}", K::PREFIX)
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bits.cmp(&other.bits)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
