//! Reading one table of rows and columns.

use crate::{
    City, Crs, Date, Encoding, FileKind, Key, Quarantined, Reason, Refused, RefusedCode, Row,
    Sheet, Suspicion, encoding,
    entry::{Named, entry_of},
    grid::{self, Decision},
    heading::{Columns, Heading},
    rows::{self, Record},
};
use kernel::Point;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// A table being read.
struct Table<'a> {
    heading: &'a Heading,
    columns: &'a Columns,
    kind: FileKind,
    city: &'a City<'a>,
    decision: Option<Decision>,
    /// Empty fields every row has behind those the heading names.
    surplus: usize,
    file_date: Option<Date>,
    content: Vec<(usize, &'a str)>,
    seen: HashSet<u128>,
    repeats: HashMap<u128, u32>,
}

/// Reads a table. `asked` overrides the kind its heading tells.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    asked: Option<FileKind>,
    city: &City<'_>,
) -> Result<Sheet, Refused> {
    let decoded = encoding::decode(bytes);
    let records = rows::split(&decoded.text);
    let Some((head, body)) = records.split_first() else {
        return Err(Refused::new(file, RefusedCode::Empty, "the file is empty"));
    };
    let source = Source { file, heading: head.original, encoding: decoded.encoding };
    read_records(&source, &Heading::new(head.fields.iter()), body, asked, city)
}

/// Where records came from.
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) heading: &'a str,
    pub(crate) encoding: Encoding,
}

/// Reads records that have been split already.
pub(crate) fn read_records(
    source: &Source<'_>,
    heading: &Heading,
    body: &[Record<'_>],
    asked: Option<FileKind>,
    city: &City<'_>,
) -> Result<Sheet, Refused> {
    let columns = heading.columns();
    let (kind, schema) = kind_of(source.file, asked, heading, &columns)?;
    let surplus = surplus_of(body, heading.width());
    let width = heading.width() + surplus;
    let fitting = || body.iter().filter(|record| record.fields.len() == width);
    let pairs: Vec<(f64, f64)> = fitting()
        .filter_map(|record| match pair_of(&columns, &record.fields) {
            Pair::Numbers(east, north) if east != 0.0 && north != 0.0 => Some((east, north)),
            _ => None,
        })
        .collect();
    let decision =
        if pairs.is_empty() { None } else { grid::decide(&pairs, &heading.hint(), city) };
    let mut sheet = Sheet {
        file: source.file.to_owned(),
        kind,
        series: String::new(),
        correction: heading.is_correction(),
        encoding: source.encoding,
        crs: decision.as_ref().map(|decision| decision.grid.crs),
        crs_rivals: decision.as_ref().map_or_else(Vec::new, |d| d.rivals.clone()),
        axes_swapped: decision.as_ref().is_some_and(|decision| decision.grid.swapped),
        rows_turned: 0,
        surplus_fields: if surplus > 0 { fitting().count() as u64 } else { 0 },
        checked_on: None,
        heading: source.heading.to_owned(),
        rows: body.len() as u64,
        duplicates: 0,
        accepted: Vec::with_capacity(body.len()),
        quarantined: Vec::new(),
    };
    let mut table = Table {
        heading,
        columns: &columns,
        kind,
        city,
        decision,
        surplus,
        file_date: Date::in_file_name(source.file),
        content: heading.content(),
        seen: HashSet::new(),
        repeats: HashMap::new(),
    };
    for record in body {
        table.take(record, &mut sheet);
    }
    sheet.checked_on = sheet.accepted.iter().filter_map(|row| row.checked_on).max();
    sheet.checked_on = sheet.checked_on.or(table.file_date);
    sheet.series = series(kind, schema, &sheet.accepted);
    Ok(sheet.closed())
}

/// The kind of a table, or the sentence that says why it has none.
fn kind_of(
    file: &str,
    asked: Option<FileKind>,
    heading: &Heading,
    columns: &Columns,
) -> Result<(FileKind, &'static str), Refused> {
    use FileKind as K;
    let known = heading.recognize();
    let refused = |code, found: String| Err(Refused::new(file, code, found));
    match (asked, known) {
        (None, Some(found)) => Ok(found),
        (Some(asked), Some((kind, schema))) if asked == kind => Ok((kind, schema)),
        (
            Some(
                K::Streets
                | K::BusRoutes
                | K::DistrictBoundaries
                | K::DongBoundaries
                | K::LegalDongBoundaries,
            ),
            _,
        ) => refused(
            RefusedCode::KindMismatch,
            format!("a table with the columns {}: no map of that kind", heading.shown()),
        ),
        (Some(asked), _) if columns.can_place() || asked == K::Ridership => Ok((asked, "asked")),
        (None, None) if heading.counts_crimes() => refused(
            RefusedCode::CrimeTable,
            "a table of crime counts; it names no places, and no figure about crime is put on a \
             street"
                .to_owned(),
        ),
        (Some(asked), _) => refused(
            RefusedCode::KindMismatch,
            format!(
                "a table with the columns {}: none of them holds a position, so it is not read \
                 as {asked}",
                heading.shown()
            ),
        ),
        (None, None) => refused(
            RefusedCode::UnknownTable,
            format!("a table with the columns {}: no table known here", heading.shown()),
        ),
    }
}

/// How many empty fields all rows alike have behind those the heading names: the sign of a
/// publisher who ends rows, but not the heading, with a delimiter. Nothing is lost by cutting.
fn surplus_of(body: &[Record<'_>], width: usize) -> usize {
    let Some(first) = body.first() else { return 0 };
    let surplus = first.fields.len().saturating_sub(width);
    let alike = body.iter().all(|record| {
        record.fields.len() == width + surplus
            && record.fields.iter().skip(width).all(|field| field.trim().is_empty())
    });
    if alike { surplus } else { 0 }
}

enum Pair {
    Absent,
    Unreadable,
    Numbers(f64, f64),
}

/// The two position fields of a row, as (east, north) by their headings.
fn pair_of(columns: &Columns, fields: &csv::StringRecord) -> Pair {
    let text = |column: Option<usize>| {
        column.and_then(|at| fields.get(at)).map(str::trim).filter(|text| !text.is_empty())
    };
    let (east, north) = match (text(columns.lon), text(columns.lat)) {
        (None, None) => (text(columns.x), text(columns.y)),
        pair => pair,
    };
    match (east, north) {
        (Some(east), Some(north)) => match (number(east), number(north)) {
            (Some(east), Some(north)) => Pair::Numbers(east, north),
            _ => Pair::Unreadable,
        },
        // Half a position (Gangbuk's lamps have 10,883 latitudes without a longitude) is none.
        _ => Pair::Absent,
    }
}

/// A coordinate: a decimal number, or degrees, minutes and seconds with their signs.
fn number(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    if !text.contains(['°', '도', 'º', '˚']) {
        return None;
    }
    let mut parts = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty())
        .map(str::parse::<f64>);
    let mut next = || parts.next().map_or(Some(0.0), Result::ok);
    let (degrees, minutes, seconds) = (next()?, next()?, next()?);
    (degrees <= 180.0 && minutes < 60.0 && seconds < 60.0)
        .then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

/// `37.3433` read as 37°34′33″.
fn as_degrees_minutes(number: f64) -> Option<f64> {
    let degrees = number.trunc();
    let minutes = ((number - degrees) * 100.0).trunc();
    let seconds = ((number - degrees) * 100.0 - minutes) * 100.0;
    (minutes < 60.0 && seconds < 60.0).then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

impl Table<'_> {
    /// Accounts for one row: it is accepted, a duplicate, or quarantined.
    fn take(&mut self, record: &Record<'_>, sheet: &mut Sheet) {
        let wrong = record.open_quote || record.fields.len() != self.heading.width() + self.surplus;
        let mut suspicion = None;
        let placed = if wrong {
            Err(Reason::FieldCount)
        } else if is_destroyed(record) {
            Err(Reason::DestroyedText)
        } else if !self.seen.insert(self.digest_of_all(record)) {
            sheet.duplicates += 1;
            return;
        } else {
            self.place(record, &mut suspicion)
        };
        let taken = placed.and_then(|placed| {
            if let Some(Placed { turned: true, .. }) = placed {
                sheet.rows_turned += 1;
            }
            self.row(record, placed.map(|placed| placed.point)).ok_or(Reason::Incomplete)
        });
        match taken {
            Ok(row) => sheet.accepted.push(row),
            Err(reason) => sheet.quarantined.push(Quarantined {
                reason,
                suspicion,
                line: record.line,
                original: record.original.to_owned(),
            }),
        }
    }

    /// Where a row is; `Ok(None)` for kinds that have no position.
    fn place(
        &self,
        record: &Record<'_>,
        suspicion: &mut Option<Suspicion>,
    ) -> Result<Option<Placed>, Reason> {
        if !self.kind.needs_position() {
            return Ok(None);
        }
        let (east, north) = match pair_of(self.columns, &record.fields) {
            Pair::Absent => return Err(Reason::NoPosition),
            Pair::Unreadable => return Err(Reason::UnreadablePosition),
            // No city lies on the equator, on the meridian of Greenwich or at a grid's origin.
            Pair::Numbers(0.0, _) | Pair::Numbers(_, 0.0) => return Err(Reason::ZeroPosition),
            Pair::Numbers(east, north) => (east, north),
        };
        let Some(Decision { grid, .. }) = &self.decision else { return Err(Reason::UnknownGrid) };
        let within = |point: Option<Point>| point.filter(|p| self.city.area.contains(*p));
        if let Some(point) = within(grid.point(east, north)) {
            return Ok(Some(Placed { point, turned: false }));
        }
        // 126.9 is no latitude anywhere: a row that lies in the city when turned was swapped.
        if let Some(point) = within(grid.point(north, east)) {
            return Ok(Some(Placed { point, turned: true }));
        }
        if grid.crs == Crs::Wgs84
            && let (Some(lon), Some(lat)) = (as_degrees_minutes(east), as_degrees_minutes(north))
            && within(grid.point(lon, lat)).is_some()
        {
            *suspicion = Some(Suspicion::DegreesMinutes);
        }
        Err(Reason::OutsideBox)
    }

    fn row(&mut self, record: &Record<'_>, point: Option<Point>) -> Option<Row> {
        let named = Named { heading: self.heading, columns: self.columns, fields: &record.fields };
        let entry = entry_of(self.kind, &named, point)?;
        let stated = named.get(self.columns.checked_on).and_then(Date::parse);
        let agency = named.get(self.columns.agency).map(Box::from);
        Some(Row {
            key: self.key(record),
            line: record.line,
            checked_on: stated.or_else(|| self.month_stated(&named)).or(self.file_date),
            agency,
            entry,
        })
    }

    /// The first day of a month given as two columns (`2022.0`, `12.0`).
    fn month_stated(&self, row: &Named<'_>) -> Option<Date> {
        let whole = |column| row.get(column)?.split('.').next()?.parse::<u16>().ok();
        let month = whole(self.columns.month)?;
        Date::new(whole(self.columns.year)?, u8::try_from(month).ok()?, 1)
    }

    /// The digest by which an exact repetition of a row is known.
    fn digest_of_all(&self, record: &Record<'_>) -> u128 {
        let mut digest = Sha256::new();
        for (at, field) in record.fields.iter().enumerate() {
            if !self.heading.is_quarantine_note(at) {
                digest.update(field.as_bytes());
                digest.update([0x1f]);
            }
        }
        first_128_bits(digest)
    }

    /// The lasting name of a row; see [`Key`].
    fn key(&mut self, record: &Record<'_>) -> Key {
        let mut digest = Sha256::new();
        digest.update(self.kind.as_str());
        for (at, name) in &self.content {
            let Some(field) = record.fields.get(*at).map(str::trim).filter(|f| !f.is_empty())
            else {
                continue;
            };
            digest.update([0x1e]);
            digest.update(name.as_bytes());
            digest.update([0x1f]);
            digest.update(plain(field).as_bytes());
        }
        let content = first_128_bits(digest);
        let repeats = self.repeats.entry(content).or_insert(0);
        *repeats += 1;
        Key(numbered(content, *repeats))
    }
}

/// A row's position.
struct Placed {
    point: Point,
    turned: bool,
}

/// The key of the `n`th row (from 1) with this content.
pub(crate) fn numbered(content: u128, n: u32) -> u128 {
    if n == 1 {
        return content;
    }
    let mut digest = Sha256::new();
    digest.update(content.to_be_bytes());
    digest.update(n.to_be_bytes());
    first_128_bits(digest)
}

pub(crate) fn first_128_bits(digest: Sha256) -> u128 {
    digest.finalize().iter().take(16).fold(0, |all, byte| (all << 8) | u128::from(*byte))
}

/// A decimal number without the zeros at its end: `37.46659000` is `37.46659`.
fn plain(field: &str) -> &str {
    if field.contains('.') && field.parse::<f64>().is_ok() {
        field.trim_end_matches('0').trim_end_matches('.')
    } else {
        field
    }
}

/// Whether characters of the row were lost: replacement marks, control characters, or a field in
/// which mostly question marks are left where words were.
pub(crate) fn is_destroyed_text(text: &str) -> bool {
    text.chars().any(|c| {
        c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    })
}

fn is_destroyed(record: &Record<'_>) -> bool {
    is_destroyed_text(record.original)
        || record.fields.iter().any(|field| {
            let signs = field.chars().filter(|c| !c.is_whitespace()).count();
            let lost = field.chars().filter(|c| *c == '?').count();
            lost >= 2 && lost * 2 > signs
        })
}

/// The series a sheet belongs to; see [`Sheet::series`].
fn series(kind: FileKind, schema: &str, rows: &[Row]) -> String {
    let mut agencies: HashMap<&str, usize> = HashMap::new();
    for agency in rows.iter().filter_map(|row| row.agency.as_deref()) {
        *agencies.entry(agency).or_insert(0) += 1;
    }
    let main = agencies
        .into_iter()
        .max_by(|a, b| (a.1, b.0).cmp(&(b.1, a.0)))
        .filter(|(_, count)| count * 10 >= rows.len() * 9)
        .map_or("", |(agency, _)| agency);
    // 서울특별시 강남구청 and 강남구청 publish the same table.
    let main: String = main.chars().filter(|c| !c.is_whitespace()).collect();
    let main = main.trim_start_matches("서울특별시").trim_end_matches('청');
    format!("{kind}/{schema}/{main}")
}

#[cfg(test)]
mod tests;
