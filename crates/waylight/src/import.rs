//! `waylight import` and `waylight quarantine`: files into registers, with an account of every row.

pub(crate) mod keeping;
mod progress;
pub(crate) mod reading;
pub(crate) mod sources;

use crate::cli::{Import, Quarantine};
use crate::{say, state::StateDir};
use anyhow::{Context, Result, ensure};
use atlas::osm::BaseMap;
use atlas::{Coverage, Extract, FileReport, Reading, Sheet};
use keeping::{Borders, Changes, Kept};
use kernel::Instant;
use progress::Progress;
use reading::{Files, Read};
use serde::Serialize;
use server::Pack;
use std::collections::HashSet;
use std::fs;
use std::process::ExitCode;
use store::Store;

/// What `--json` prints.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) files: Vec<FileReport>,
    pub(crate) coverage: Vec<Coverage>,
    pub(crate) changes: Changes,
}

/// Exits with 1 when every file was refused.
pub(crate) async fn run(import: &Import, now: Instant) -> Result<ExitCode> {
    let state = StateDir::from(&import.state);
    let pack = match &import.pack {
        Some(file) => state
            .remember(&fs::read_to_string(file).with_context(|| file.display().to_string())?)?,
        None => state.pack()?,
    };
    let mut files = sources::named(&import.files)?;
    if let (Some(_pack), Some(data)) = (&import.pack, &import.data) {
        files.extend(sources::listed(&pack.sources, data)?);
    }
    ensure!(!files.is_empty(), "nothing to import: name files, or a pack and its --data");
    let store = state.open(&pack).await?;
    let report = into(&store, &pack, Files::OnDisk(files), import.kind, now).await?;
    store.close().await;
    if import.json {
        say::json(&report)?;
    } else {
        print(&report)?;
    }
    let all_refused = report.files.iter().all(|file| file.refused.is_some());
    Ok(if all_refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads files and takes them into the registers of an open city.
pub(crate) async fn into(
    store: &Store,
    pack: &Pack,
    files: Files,
    kind: Option<atlas::FileKind>,
    now: Instant,
) -> Result<Report> {
    let mut progress = Progress::over(2 * files.len());
    let known = extracts(store).await?;
    let read =
        tokio::task::block_in_place(|| reading::all(files, kind, pack.area, known, &mut progress))?;
    let outlines = outlines(store, &read).await?;
    let borders = Borders { pack, districts: atlas::Districts::of(&outlines) };
    let mut changes = Changes::default();
    for file in &read {
        let report = file.report();
        progress.at(&report.file);
        changes += keeping::keep(store, &borders, file, now)
            .await
            .with_context(|| format!("keeping {}", report.file))?;
        progress.step();
    }
    progress.at("street lengths near known lamps");
    let coverage = coverage(store, pack, &outlines).await?;
    Ok(Report { files: read.iter().map(Read::report).collect(), coverage, changes })
}

/// The streets of earlier imports.
pub(crate) async fn extracts(store: &Store) -> Result<Vec<Extract>> {
    let kept = store.street_extracts().await?;
    kept.iter()
        .map(|kept| {
            serde_json::from_slice(&kept.elements)
                .with_context(|| format!("streets of {} as they were kept", kept.file_name))
        })
        .collect()
}

/// Outlines that say which district a point lies in: of its neighborhoods where they are known,
/// since they are drawn finely, else its own.
async fn outlines(store: &Store, read: &[Read]) -> Result<Vec<atlas::Boundary>> {
    use atlas::FileKind::{DistrictBoundaries, DongBoundaries};
    let mut outlines = borders(store, read, DongBoundaries, "neighborhood").await?;
    outlines.retain(|outline| outline.district.is_some());
    let drawn: HashSet<Box<str>> = outlines.iter().filter_map(|one| one.district.clone()).collect();
    let districts = borders(store, read, DistrictBoundaries, "district").await?;
    outlines.extend(districts.into_iter().filter(|one| !drawn.contains(&one.name)));
    Ok(outlines)
}

/// Borders of one kind: those just read, or else those kept.
async fn borders(
    store: &Store,
    read: &[Read],
    kind: atlas::FileKind,
    level: &str,
) -> Result<Vec<atlas::Boundary>> {
    let fresh: Vec<atlas::Boundary> = read
        .iter()
        .filter_map(|read| match &read.reading {
            Ok(Reading::Sheet(sheet)) if sheet.kind == kind => Some(sheet),
            _ => None,
        })
        .flat_map(|sheet| &sheet.accepted)
        .filter_map(|row| match &row.entry {
            atlas::Entry::Boundary(border) => Some(border.clone()),
            _ => None,
        })
        .collect();
    if !fresh.is_empty() {
        return Ok(fresh);
    }
    Ok(store.boundaries(level).await?.iter().filter_map(keeping::border).collect())
}

/// How much street of each district has a known lamp within 25 m.
async fn coverage(
    store: &Store,
    pack: &Pack,
    outlines: &[atlas::Boundary],
) -> Result<Vec<Coverage>> {
    let extracts = extracts(store).await?;
    if extracts.is_empty() {
        return Ok(Vec::new());
    }
    let mut lamps = Vec::new();
    for kind in environment::AssetKind::ALL.into_iter().filter(|kind| kind.lamp()) {
        lamps.extend(store.assets(kind).await?.into_iter().filter_map(|asset| asset.row.point));
    }
    let outlines: Vec<&atlas::Boundary> = outlines.iter().collect();
    Ok(tokio::task::block_in_place(|| {
        let streets = BaseMap::merge(extracts).streets_builder().build();
        atlas::coverage(&streets, &lamps, &outlines, &pack.name.ko)
    }))
}

fn print(report: &Report) -> Result<()> {
    for file in &report.files {
        if let Some(refused) = &file.refused {
            say::line(format_args!("{}\n    refused: {}", file.file, refused.sentence))?;
            continue;
        }
        let kind = file.kind.map_or_else(String::new, |kind| kind.to_string());
        say::line(format_args!(
            "{}\n    {kind}: {} rows = {} accepted + {} duplicates + {} quarantined",
            file.file,
            file.rows,
            file.accepted,
            file.duplicates,
            file.quarantined.values().sum::<u64>()
        ))?;
        for (reason, count) in &file.quarantined {
            say::line(format_args!("    {count} {}", reason.as_str()))?;
        }
    }
    for district in &report.coverage {
        say::line(format_args!(
            "{}: {:.1} % of {} m of street has a known lamp within 25 m; of the rest nothing is known",
            district.district,
            district.share * 100.0,
            district.street_m
        ))?;
    }
    let Changes { added, retired, unchanged } = report.changes;
    say::line(format_args!("{added} added, {retired} retired, {unchanged} unchanged"))
}

/// Writes what waits in quarantine as files that can be corrected and imported again.
pub(crate) async fn quarantine(verb: &Quarantine) -> Result<()> {
    let Quarantine::Export { state, out } = verb;
    let state = StateDir::from(state);
    let out = out.clone().unwrap_or_else(|| state.file("quarantine"));
    let store = state.read(&state.pack()?).await?;
    fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
    let mut written = 0_u32;
    for import in store.imports().await? {
        let rows = store.quarantine(import.number).await?;
        if rows.is_empty() {
            continue;
        }
        let kept: Kept = serde_json::from_str(&import.report)
            .with_context(|| format!("the report of import {}", import.number))?;
        let export = sheet(&import.source, kept, rows)?.export_quarantine();
        let name = import.file_name.rsplit('/').next().unwrap_or("file");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let path = out.join(format!("{}-{stem}.{}", import.number, export.extension));
        fs::write(&path, export.text).with_context(|| path.display().to_string())?;
        say::line(path.display())?;
        written += 1;
    }
    store.close().await;
    if written == 0 {
        say::aside("nothing waits in quarantine");
    }
    Ok(())
}

/// The sheet as far as its quarantine needs it.
fn sheet(series: &str, kept: Kept, rows: Vec<store::QuarantinedRow>) -> Result<Sheet> {
    let report = kept.report;
    let kind = report.kind.context("an import without a kind")?;
    let quarantined = rows
        .into_iter()
        .map(|row| {
            Ok(atlas::Quarantined {
                reason: serde_json::from_value(row.reason.into())?,
                suspicion: None,
                line: u32::try_from(row.line)?,
                original: String::from_utf8_lossy(&row.original).into_owned(),
            })
        })
        .collect::<Result<_>>()?;
    Ok(Sheet {
        file: report.file,
        kind,
        series: series.to_owned(),
        correction: false,
        encoding: report.encoding.context("a table without an encoding")?,
        crs: report.crs,
        crs_rivals: report.crs_rivals,
        axes_swapped: report.axes_swapped,
        rows_turned: report.rows_turned,
        surplus_fields: report.surplus_fields,
        checked_on: report.checked_on,
        heading: kept.heading,
        rows: report.rows,
        duplicates: report.duplicates,
        accepted: Vec::new(),
        quarantined,
    })
}
