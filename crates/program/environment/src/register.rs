//! One register of one kind in one district, and the imports it was made from.

use crate::{AssetKind, Rules};
use kernel::{Aggregate, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};

/// What a register lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterKind {
    /// Things that stand in the street.
    Assets(AssetKind),
    /// Streets and what is known about them.
    Streets,
    /// Borders of districts (구).
    DistrictBoundary,
    /// Borders of neighborhoods (동).
    NeighborhoodBoundary,
}

/// SHA-256 of a source file. Serialized as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl TryFrom<String> for Digest {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "a digest is 64 lowercase hexadecimal digits";
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(WRONG),
        };
        let mut bytes = [0_u8; 32];
        if text.len() != 64 {
            return Err(WRONG);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        use std::fmt::Write;
        digest.0.iter().fold(Self::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// Where every row of a file went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Rows the file held.
    pub rows: u64,
    /// Rows taken into the register.
    pub accepted: u64,
    /// Exact repetitions of another row.
    pub duplicates: u64,
    /// Rows put aside with a reason.
    pub quarantined: u64,
    /// Things that were not in the register before.
    pub added: u64,
    /// Things that were in it and are in the file no more.
    pub retired: u64,
    /// Things that are as they were.
    pub unchanged: u64,
}

impl Tally {
    /// Whether every row is accounted for: rows = accepted + duplicates + quarantined, and no
    /// more things came out than rows went in.
    pub fn balances(&self) -> bool {
        let accounted = self
            .accepted
            .checked_add(self.duplicates)
            .and_then(|sum| sum.checked_add(self.quarantined));
        let placed = self.added.checked_add(self.unchanged);
        accounted == Some(self.rows) && placed.is_some_and(|placed| placed <= self.accepted)
    }

    /// Whether the register is afterwards as it was before.
    pub fn changes_nothing(&self) -> bool {
        self.added == 0 && self.retired == 0 && self.unchanged == self.accepted
    }
}

/// The fold over one register's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// What it lists; `None` before the first import.
    pub kind: Option<RegisterKind>,
    /// Whose it is; `None` for a register of the whole city.
    pub district: Option<DistrictCode>,
    /// The file of the last import.
    pub source: Option<Digest>,
    /// What that import did.
    pub tally: Tally,
    /// When that was.
    pub imported_at: Option<Instant>,
    /// How many imports there were.
    pub imports: u32,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take in a file that has been read.
    Import {
        /// This import's own id, under which quarantine keeps its rows.
        import: Id<id::Import>,
        /// What the file lists.
        kind: RegisterKind,
        /// Whose it is; `None` for the whole city.
        district: Option<DistrictCode>,
        /// The file's digest.
        source: Digest,
        /// Where its rows went.
        tally: Tally,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the command above says what each field is")]
pub enum Event {
    Imported {
        import: Id<id::Import>,
        kind: RegisterKind,
        district: Option<DistrictCode>,
        source: Digest,
        tally: Tally,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Imported { .. } => "imported",
        }
    }
}

/// How a register says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Rows are unaccounted for: a fault in the reader, so nothing is taken in.
    Unbalanced,
    /// The register lists something else, or belongs to another district.
    AnotherRegister,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Unbalanced, Self::AnotherRegister];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::Unbalanced => "environment.unbalanced",
            Self::AnotherRegister => "environment.another-register",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::Unbalanced | Self::AnotherRegister => RefusalKind::Invalid,
        }
    }
}

impl Aggregate for Register {
    type Kind = id::Register;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "environment.register";

    fn decide(&self, command: Command, _: &Rules, _now: Instant) -> Result<Vec<Event>, Refused> {
        let Command::Import { import, kind, district, source, tally } = command;
        if !tally.balances() {
            return Err(Refused::Unbalanced);
        }
        if self.kind.is_some_and(|own| own != kind || self.district != district) {
            return Err(Refused::AnotherRegister);
        }
        // The same file once more, and nothing came of it: no news for the journal.
        if self.source == Some(source) && tally.changes_nothing() {
            return Ok(vec![]);
        }
        Ok(vec![Event::Imported { import, kind, district, source, tally }])
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        let Event::Imported { kind, district, source, tally, .. } = event;
        self.kind = Some(*kind);
        self.district.clone_from(district);
        self.source = Some(*source);
        self.tally = *tally;
        self.imported_at = Some(at);
        self.imports = self.imports.saturating_add(1);
    }
}

#[cfg(test)]
mod tests;
