//! Quarantined rows as a file that can be corrected and imported again.

use crate::{
    FileKind, Sheet,
    heading::{Heading, LINE_COLUMN, REASON_COLUMN},
    rows,
};
use std::fmt::Write;

/// A file of quarantined rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// How its name should end: `csv`, `json` or `geojson`.
    pub extension: &'static str,
    /// Its text. CSV begins with a byte order mark, without which spreadsheets misread Korean.
    pub text: String,
}

impl Sheet {
    /// The quarantined rows with their reasons in front, otherwise as they stood. A table without
    /// columns for a position gets `위도,경도` at its end, to be filled in.
    pub fn export_quarantine(&self) -> Export {
        if self.heading.is_empty() { self.export_json() } else { self.export_csv() }
    }

    fn export_csv(&self) -> Export {
        let delimiter = char::from(rows::delimiter_of(&self.heading));
        let names = rows::split(&self.heading);
        let heading = Heading::new(names.first().into_iter().flat_map(|row| row.fields.iter()));
        let placeless = self.kind.needs_position() && !heading.columns().can_place();
        // A file that was exported and corrected before has its reasons already.
        let fresh = !heading.is_correction();
        let mut text = String::from("\u{feff}");
        let mut put = |reason: &str, line: &str, row: &str, tail: [&str; 2]| {
            if fresh {
                let _infallible = write!(text, "{reason}{delimiter}{line}{delimiter}");
            }
            text.push_str(row);
            if placeless {
                let _infallible = write!(text, "{delimiter}{}{delimiter}{}", tail[0], tail[1]);
            }
            text.push('\n');
        };
        put(REASON_COLUMN, LINE_COLUMN, &self.heading, ["위도", "경도"]);
        for row in &self.quarantined {
            put(row.reason.as_str(), &row.line.to_string(), &row.original, ["", ""]);
        }
        Export { extension: "csv", text }
    }

    fn export_json(&self) -> Export {
        let map = matches!(
            self.kind,
            FileKind::BusRoutes
                | FileKind::DistrictBoundaries
                | FileKind::DongBoundaries
                | FileKind::LegalDongBoundaries
        );
        let items: Vec<String> = self
            .quarantined
            .iter()
            .map(|row| match row.original.strip_prefix('{') {
                Some(rest) if !rest.contains(REASON_COLUMN) => {
                    let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
                    format!(
                        "{{\"{REASON_COLUMN}\":\"{}\",\"{LINE_COLUMN}\":{}{comma}{rest}",
                        row.reason.as_str(),
                        row.line
                    )
                }
                _ => row.original.clone(),
            })
            .collect();
        let list = format!("[\n{}\n]", items.join(",\n"));
        if map {
            let text = format!("{{\"type\":\"FeatureCollection\",\"features\":{list}}}\n");
            Export { extension: "geojson", text }
        } else {
            Export { extension: "json", text: list + "\n" }
        }
    }
}

#[cfg(test)]
mod tests;
