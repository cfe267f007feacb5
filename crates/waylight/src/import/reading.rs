//! Reading files: maps first, because points known to lie on streets tell Korean grids apart.

use super::progress::Progress;
use super::sources::{self, Source};
use anyhow::Result;
use atlas::osm::BaseMap;
use atlas::{City, Extract, FileKind, FileReport, Reading, Refused};
use kernel::{Area, Point};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// A file, read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) digest: [u8; 32],
    pub(crate) reading: Result<Reading, Refused>,
}

impl Read {
    pub(crate) fn report(&self) -> FileReport {
        match &self.reading {
            Ok(Reading::Sheet(sheet)) => FileReport::from(sheet),
            Ok(Reading::Extract(extract)) => FileReport::from(extract),
            Err(refused) => FileReport::from(refused),
        }
    }
}

/// Where files come from: the disk, or an invented district in memory.
#[derive(Debug)]
pub(crate) enum Files {
    OnDisk(Vec<(String, PathBuf)>),
    InMemory(Vec<Source>),
}

impl Files {
    /// Files of an invented city.
    pub(crate) fn invented(files: Vec<sim::district::SourceFile>) -> Self {
        let source =
            |file: sim::district::SourceFile| Source { name: file.name, bytes: file.bytes };
        Self::InMemory(files.into_iter().map(source).collect())
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::OnDisk(files) => files.len(),
            Self::InMemory(files) => files.len(),
        }
    }

    /// Every file in the order given, unread.
    fn each(self) -> Vec<Unread> {
        match self {
            Self::OnDisk(files) => files.into_iter().map(Unread::OnDisk).collect(),
            Self::InMemory(files) => files.into_iter().map(Unread::InMemory).collect(),
        }
    }
}

/// A file before it is opened: only one is held in memory at a time.
enum Unread {
    OnDisk((String, PathBuf)),
    InMemory(Source),
}

impl Unread {
    fn may_be_map(&self) -> bool {
        match self {
            Self::OnDisk((name, _)) => may_be_map(name),
            Self::InMemory(source) => may_be_map(&source.name),
        }
    }

    fn open(self) -> Result<Source> {
        match self {
            Self::OnDisk(file) => sources::read(file),
            Self::InMemory(source) => Ok(source),
        }
    }
}

/// Whether the name is one maps have; only the order of reading hangs on it.
fn may_be_map(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(end.as_str(), "osm" | "pbf" | "xml" | "graphml" | "json" | "geojson")
}

/// Reads everything, in the order given. `known` are the streets of earlier imports.
pub(crate) fn all(
    files: Files,
    kind: Option<FileKind>,
    area: Area,
    known: Vec<Extract>,
    progress: &mut Progress,
) -> Result<Vec<Read>> {
    let (maps, tables): (Vec<_>, Vec<_>) =
        files.each().into_iter().enumerate().partition(|(_, file)| file.may_be_map());
    let mut found: Vec<(usize, Read)> = Vec::new();
    let mut extracts = known;
    for (at, file) in maps {
        let read = one(&file.open()?, kind, &City::within(area), progress);
        if let Ok(Reading::Extract(extract)) = &read.reading {
            extracts.push(extract.clone());
        }
        found.push((at, read));
    }
    let streets: Vec<Point> =
        if extracts.is_empty() { Vec::new() } else { BaseMap::merge(extracts).street_points() };
    let city = City { area, streets: &streets };
    for (at, file) in tables {
        found.push((at, one(&file.open()?, kind, &city, progress)));
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, read)| read).collect())
}

fn one(source: &Source, kind: Option<FileKind>, city: &City<'_>, progress: &mut Progress) -> Read {
    progress.at(&source.name);
    let reading = atlas::read(&source.name, &source.bytes, kind, city);
    progress.step();
    Read { digest: Sha256::digest(&source.bytes).into(), reading }
}
