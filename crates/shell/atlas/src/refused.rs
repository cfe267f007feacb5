//! Why a whole file is turned away. A refused file never stops an import.

use serde::{Deserialize, Serialize};

/// What was found instead of a file the atlas reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedCode {
    /// No bytes, or only blanks.
    Empty,
    /// An HTML page, usually an error page saved under the name of a table.
    HtmlPage,
    /// A Git LFS pointer: the content was never fetched.
    LfsPointer,
    /// A ZIP archive, a spreadsheet, a database, a picture …: a file of another format.
    OtherFormat,
    /// A table whose columns are none of those known.
    UnknownTable,
    /// A table of crime counts; it names no places.
    CrimeTable,
    /// A JSON document of another shape.
    UnknownJson,
    /// An XML document of another shape.
    UnknownXml,
    /// The file claims a format it then breaks.
    Broken,
    /// The kind asked for does not fit what the file is.
    KindMismatch,
}

impl RefusedCode {
    /// The key of the sentence in the catalogues: `atlas.html-page`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "atlas.empty",
            Self::HtmlPage => "atlas.html-page",
            Self::LfsPointer => "atlas.lfs-pointer",
            Self::OtherFormat => "atlas.other-format",
            Self::UnknownTable => "atlas.unknown-table",
            Self::CrimeTable => "atlas.crime-table",
            Self::UnknownJson => "atlas.unknown-json",
            Self::UnknownXml => "atlas.unknown-xml",
            Self::Broken => "atlas.broken",
            Self::KindMismatch => "atlas.kind-mismatch",
        }
    }
}

/// A file that is not what it claims, with a sentence that says what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{file}: {found}")]
pub struct Refused {
    /// The file, as it was named.
    pub file: String,
    /// What it is, for translation.
    pub code: RefusedCode,
    /// The English sentence, with what was found in the file.
    pub found: String,
}

impl Refused {
    /// A refusal of this file.
    pub(crate) fn new(file: &str, code: RefusedCode, found: impl Into<String>) -> Self {
        Self { file: file.to_owned(), code, found: found.into() }
    }
}
