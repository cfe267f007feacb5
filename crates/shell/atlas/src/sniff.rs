//! What bytes are, before anybody believes the name of the file.

use crate::{Refused, RefusedCode};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    OsmXml,
    GraphMl,
    OsmPbf,
}

/// Beginnings of files that are no text.
const OTHERS: [(&[u8], &str); 12] = [
    (b"PK\x03\x04", "a ZIP archive or an .xlsx spreadsheet; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.xls, .hwp); save the sheet as CSV"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"PAR1", "a Parquet file; save the table as CSV"),
    (b"\0\0\x27\x0a", "an ESRI shapefile; save it as GeoJSON"),
];

/// Tells the format, or says what was found instead.
pub(crate) fn format_of(file: &str, bytes: &[u8]) -> Result<Format, Refused> {
    let refused = |code, found: &str| Err(Refused::new(file, code, found));
    if let Some((_, what)) = OTHERS.iter().find(|(head, _)| bytes.starts_with(head)) {
        return refused(RefusedCode::OtherFormat, what);
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    // A PBF begins with the length of a block header that says "OSMHeader".
    if head.starts_with(b"\0\0") && head.windows(9).take(64).any(|part| part == b"OSMHeader") {
        return Ok(Format::OsmPbf);
    }
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if !wide && head.contains(&0) {
        return refused(RefusedCode::OtherFormat, "binary data of no format read here");
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() && bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(RefusedCode::Empty, "the file is empty");
    }
    if text.starts_with("version https://git-lfs") {
        return refused(
            RefusedCode::LfsPointer,
            "a Git LFS pointer: the file itself was never fetched",
        );
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.contains("<body")
    {
        return refused(RefusedCode::HtmlPage, "an HTML page, often an error page saved as a file");
    }
    if text.starts_with('<') {
        return match root_of(text) {
            Some("osm") => Ok(Format::OsmXml),
            Some("graphml") => Ok(Format::GraphMl),
            Some(root) => refused(
                RefusedCode::UnknownXml,
                &format!("an XML document that begins with <{root}>: no map known here"),
            ),
            None => refused(RefusedCode::UnknownXml, "an XML document without a beginning"),
        };
    }
    let json = text.starts_with('{') || text.starts_with('[');
    Ok(if json { Format::Json } else { Format::Table })
}

/// The name of the first element.
fn root_of(text: &str) -> Option<&str> {
    text.split('<').map(str::trim_start).find_map(|part| {
        let name = part.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
        let begins = name.chars().next()?;
        begins.is_alphabetic().then_some(name)
    })
}

#[cfg(test)]
mod tests;
