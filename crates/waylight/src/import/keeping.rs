//! From what the atlas read to what the store keeps: rows into registers, streets and borders
//! whole, one event in the journal for each file that changed anything.

use super::reading::Read;
use anyhow::Result;
use atlas::{Entry, Extract, FileKind, FileReport, LampKind, Sheet};
use environment::register::{Command, Digest, Tally};
use environment::{AssetKind, Register, RegisterKind};
use kernel::{Actor, DistrictCode, Instant, Point};
use serde::{Deserialize, Serialize};
use serde_json::json;
use server::Pack;
use store::{AssetRow, Context, Import, Imported, QuarantinedRow, Store, StreetExtract};

/// What an import did to the registers, as `--json` prints it. A row that says something new is
/// one retired and one added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Changes {
    pub(crate) added: u64,
    pub(crate) retired: u64,
    pub(crate) unchanged: u64,
}

impl std::ops::AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.retired += other.retired;
        self.unchanged += other.unchanged;
    }
}

/// What is kept beside an import's rows, to export its quarantine later.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) report: FileReport,
    pub(crate) heading: String,
}

/// Borders of the pack's districts, to tell whose a row is.
pub(crate) struct Borders<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) districts: atlas::Districts<'a>,
}

impl Borders<'_> {
    fn district_at(&self, point: Option<Point>) -> Option<DistrictCode> {
        let name = self.districts.name_at(point?)?;
        let named = |district: &&server::District| {
            district.name.ko == name || district.registered_as.iter().any(|known| known == name)
        };
        self.pack.districts.iter().find(named).map(|district| district.code.clone())
    }
}

/// Takes one file in.
pub(crate) async fn keep(
    store: &Store,
    borders: &Borders<'_>,
    read: &Read,
    now: Instant,
) -> Result<Changes> {
    match &read.reading {
        Err(_refused) => Ok(Changes::default()),
        Ok(atlas::Reading::Extract(extract)) => streets(store, borders, read, extract, now).await,
        Ok(atlas::Reading::Sheet(sheet)) => match sheet.kind {
            FileKind::DistrictBoundaries => {
                shapes(store, borders, read, sheet, "district", now).await
            }
            FileKind::DongBoundaries | FileKind::LegalDongBoundaries => {
                shapes(store, borders, read, sheet, "neighborhood", now).await
            }
            // Read and reported; nothing in the city asks for them yet.
            FileKind::BusRoutes | FileKind::Ridership => Ok(Changes::default()),
            _ => rows(store, borders, read, sheet, now).await,
        },
    }
}

async fn rows(
    store: &Store,
    borders: &Borders<'_>,
    read: &Read,
    sheet: &Sheet,
    now: Instant,
) -> Result<Changes> {
    let Some(kind) = asset_kind(sheet) else {
        return Ok(Changes::default());
    };
    let mut assets = Vec::with_capacity(sheet.accepted.len());
    for row in &sheet.accepted {
        let point = row.entry.point();
        assets.push(AssetRow {
            key: row.key.0,
            kind: kind_of(&row.entry).unwrap_or(kind),
            district: borders.district_at(point),
            point,
            count: count_of(&row.entry),
            checked_on: row.checked_on.map(String::from),
            payload: serde_json::to_string(&row.entry)?,
        });
    }
    let quarantined: Vec<QuarantinedRow> = sheet
        .quarantined
        .iter()
        .map(|row| QuarantinedRow {
            line: row.line.into(),
            reason: row.reason.as_str().to_owned(),
            original: row.original.clone().into_bytes(),
        })
        .collect();
    let kept = Kept { report: FileReport::from(sheet), heading: sheet.heading.clone() };
    let (as_of, report) = (sheet.checked_on.map(String::from), serde_json::to_string(&kept)?);
    let import = Import {
        kind: RegisterKind::Assets(kind),
        source: &sheet.series,
        district: None,
        digest: read.digest,
        file_name: &sheet.file,
        as_of: as_of.as_deref(),
        correction: sheet.correction,
        rows_in_file: sheet.rows,
        duplicates: sheet.duplicates,
        rows: &assets,
        quarantined: &quarantined,
        report: &report,
    };
    let rules = &borders.pack.rules.environment;
    let done = store.import_register(&import, rules, Actor::Operator, now).await?;
    Ok(match done {
        Imported::Taken { counts, .. } => Changes {
            added: counts.added + counts.changed,
            retired: counts.retired + counts.changed,
            unchanged: counts.unchanged,
        },
        Imported::Unchanged | Imported::Older => {
            Changes { unchanged: assets.len() as u64, ..Changes::default() }
        }
    })
}

/// The kind of the register a sheet belongs to.
const fn asset_kind(sheet: &Sheet) -> Option<AssetKind> {
    Some(match sheet.kind {
        FileKind::SecurityLights => AssetKind::SecurityLight,
        FileKind::StreetLights => AssetKind::StreetLight,
        FileKind::Cctv => AssetKind::Camera,
        FileKind::Bells => AssetKind::Bell,
        FileKind::PatrolHouses => AssetKind::PatrolHouse,
        FileKind::Police => AssetKind::PoliceBox,
        FileKind::BusStops => AssetKind::BusStop,
        FileKind::SubwayStations => AssetKind::SubwayStation,
        FileKind::ParcelLockers => AssetKind::ParcelLocker,
        FileKind::Crossings => AssetKind::Crossing,
        FileKind::BusRoutes
        | FileKind::Ridership
        | FileKind::DistrictBoundaries
        | FileKind::DongBoundaries
        | FileKind::LegalDongBoundaries
        | FileKind::Streets => return None,
    })
}

fn kind_of(entry: &Entry) -> Option<AssetKind> {
    match entry {
        Entry::Lamp(lamp) => Some(match lamp.kind {
            LampKind::Security => AssetKind::SecurityLight,
            LampKind::Street => AssetKind::StreetLight,
        }),
        _ => None,
    }
}

fn count_of(entry: &Entry) -> u32 {
    match entry {
        Entry::Lamp(lamp) => lamp.count.into(),
        Entry::Camera(camera) => camera.count.into(),
        _ => 1,
    }
}

/// A register of whole things: its event, and what it changed.
struct Whole<'a> {
    kind: RegisterKind,
    source: &'a str,
    report: &'a FileReport,
    digest: [u8; 32],
    accepted: u64,
    changed: u64,
}

impl Whole<'_> {
    fn tally(&self) -> Tally {
        Tally {
            rows: self.report.rows,
            accepted: self.report.accepted,
            duplicates: self.report.duplicates,
            quarantined: self.report.quarantined.values().sum(),
            added: self.changed,
            retired: 0,
            unchanged: self.accepted - self.changed,
        }
    }

    fn register(&self) -> kernel::Id<kernel::id::Register> {
        Import {
            kind: self.kind,
            source: self.source,
            district: None,
            digest: self.digest,
            file_name: "",
            as_of: None,
            correction: false,
            rows_in_file: 0,
            duplicates: 0,
            rows: &[],
            quarantined: &[],
            report: "",
        }
        .register()
    }

    fn command(&self) -> Result<Command> {
        Ok(Command::Import {
            import: store::new_id()?,
            kind: self.kind,
            district: None,
            source: Digest(self.digest),
            tally: self.tally(),
        })
    }
}

async fn streets(
    store: &Store,
    borders: &Borders<'_>,
    read: &Read,
    extract: &Extract,
    now: Instant,
) -> Result<Changes> {
    let accepted = extract.accepted();
    let kept = StreetExtract {
        digest: read.digest,
        file_name: extract.file.clone(),
        as_of: extract.drawn_on.map(String::from),
        at: now,
        elements: serde_json::to_vec(extract)?,
    };
    let (report, rules) = (FileReport::from(extract), &borders.pack.rules.environment);
    let whole = Whole {
        kind: RegisterKind::Streets,
        source: &extract.file,
        report: &report,
        digest: read.digest,
        accepted,
        changed: accepted,
    };
    let (register, command) = (whole.register(), whole.command()?);
    let context = Context::new(Actor::Operator, now);
    let fresh = store
        .transact("import::streets", async |tx| {
            let fresh = tx.street_extract_put(&kept).await?;
            if fresh {
                tx.act::<Register>(register, command, rules, &context).await?;
            }
            anyhow::Ok(fresh)
        })
        .await?;
    Ok(if fresh {
        Changes { added: accepted, ..Changes::default() }
    } else {
        Changes { unchanged: accepted, ..Changes::default() }
    })
}

async fn shapes(
    store: &Store,
    borders: &Borders<'_>,
    read: &Read,
    sheet: &Sheet,
    level: &str,
    now: Instant,
) -> Result<Changes> {
    let known: Vec<store::Boundary> = sheet
        .accepted
        .iter()
        .filter_map(|row| match &row.entry {
            Entry::Boundary(border) => Some(store::Boundary {
                code: border.code.to_string(),
                level: level.to_owned(),
                name: border.name.to_string(),
                geometry: geometry(border),
                digest: read.digest,
            }),
            _ => None,
        })
        .collect();
    let (report, rules) = (FileReport::from(sheet), &borders.pack.rules.environment);
    let kind = match level {
        "district" => RegisterKind::DistrictBoundary,
        _ => RegisterKind::NeighborhoodBoundary,
    };
    let context = Context::new(Actor::Operator, now);
    let changed = store
        .transact("import::boundaries", async |tx| {
            let changed = tx.boundaries_put(&known).await?;
            if changed > 0 {
                let whole = Whole {
                    kind,
                    source: &sheet.series,
                    report: &report,
                    digest: read.digest,
                    accepted: report.accepted,
                    changed,
                };
                let (register, command) = (whole.register(), whole.command()?);
                tx.act::<Register>(register, command, rules, &context).await?;
            }
            anyhow::Ok(changed)
        })
        .await?;
    Ok(Changes { added: changed, retired: 0, unchanged: known.len() as u64 - changed })
}

/// A border as a GeoJSON MultiPolygon, which also says whose it is.
fn geometry(border: &atlas::Boundary) -> String {
    let polygons: Vec<Vec<Vec<[f64; 2]>>> = border
        .polygons
        .iter()
        .map(|rings| {
            let ring = |ring: &Vec<Point>| ring.iter().map(|at| [at.lon, at.lat]).collect();
            rings.iter().map(ring).collect()
        })
        .collect();
    json!({"type": "MultiPolygon", "coordinates": polygons, "district": border.district})
        .to_string()
}

/// A border as it was kept; `None` when its geometry is not ours.
pub(super) fn border(kept: &store::Boundary) -> Option<atlas::Boundary> {
    #[derive(Deserialize)]
    struct Shape {
        coordinates: Vec<Vec<Vec<[f64; 2]>>>,
        #[serde(default)]
        district: Option<Box<str>>,
    }
    let shape: Shape = serde_json::from_str(&kept.geometry).ok()?;
    let ring = |ring: Vec<[f64; 2]>| {
        ring.into_iter().filter_map(|[lon, lat]| Point::new(lat, lon)).collect()
    };
    let polygons = shape.coordinates.into_iter().map(|rings| rings.into_iter().map(ring).collect());
    Some(atlas::Boundary {
        code: kept.code.as_str().into(),
        name: kept.name.as_str().into(),
        district: shape.district,
        polygons: polygons.collect(),
    })
}
