//! Public tables and OpenStreetMap extracts, read with their dirt; vector tiles.
//!
//! Everything here takes bytes and gives values back: no file, network, clock or database. No
//! input stops an import: a row that cannot be taken waits in quarantine with its reason and its
//! original text, and a file that is not what it claims is refused with a sentence.

mod coverage;
mod date;
mod districts;
mod encoding;
mod entry;
mod export;
mod grid;
mod heading;
mod json;
mod kind;
pub mod osm;
mod outline;
mod refused;
mod report;
mod rows;
mod sheet;
mod sniff;
mod table;
mod tiles;

pub use coverage::{Coverage, LIT_WITHIN_M, coverage};
pub use date::{Date, NotADate};
pub use districts::Districts;
pub use encoding::Encoding;
pub use entry::{
    Bell, Boundary, Brand, BusRoute, BusStop, Camera, CameraPurpose, Crossing, Entry, Lamp,
    LampForm, LampKind, Locker, OfficeKind, Passengers, PatrolHouse, PoliceOffice, Ridership,
    Station,
};
pub use export::Export;
pub use grid::{City, Crs};
pub use kind::{FileKind, UnknownKind};
pub use osm::{BaseMap, Extract};
pub use refused::{Refused, RefusedCode};
pub use report::{FileReport, Refusal, Report};
pub use sheet::{Key, Quarantined, Reason, Row, Sheet, Suspicion};
pub use tiles::{Tiles, ZOOMS};

use sniff::Format;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Rows about places.
    Sheet(Sheet),
    /// Streets and what else the base map shows.
    Extract(Extract),
}

/// Reads a file. What it is comes from its content; `kind` overrides that for tables whose
/// columns are not recognized. `name` is used in sentences, and for the day of the data where a
/// table has no column for it.
///
/// # Errors
/// [`Refused`], when the file as a whole is something else than it claims.
pub fn read(
    name: &str,
    bytes: &[u8],
    kind: Option<FileKind>,
    city: &City<'_>,
) -> Result<Reading, Refused> {
    let format = sniff::format_of(name, bytes)?;
    let mismatch = |what: &str, asked: FileKind| {
        Err(Refused::new(
            name,
            RefusedCode::KindMismatch,
            format!("{what}; it is not read as {asked}"),
        ))
    };
    match (format, kind) {
        (Format::Table, _) => table::read(name, bytes, kind, city).map(Reading::Sheet),
        (Format::Json, _) => match json::read(name, bytes, kind, city)? {
            json::Document::Sheet(sheet) => Ok(Reading::Sheet(sheet)),
            json::Document::Overpass => match kind {
                None | Some(FileKind::Streets) => {
                    osm::read_overpass(name, bytes, city).map(Reading::Extract)
                }
                Some(asked) => mismatch("an Overpass answer", asked),
            },
        },
        (_, Some(asked)) if asked != FileKind::Streets => mismatch("a map of streets", asked),
        (Format::OsmXml, _) => osm::read_xml(name, bytes, city).map(Reading::Extract),
        (Format::GraphMl, _) => osm::read_graphml(name, bytes, city).map(Reading::Extract),
        (Format::OsmPbf, _) => osm::read_pbf(name, bytes, city).map(Reading::Extract),
    }
}
