//! JSON lists of places, read as the tables they are.

use crate::{
    City, FileKind, Refused, RefusedCode, Sheet, encoding,
    encoding::Encoding,
    heading::Heading,
    outline,
    rows::Record,
    table::{self, Source},
};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

/// What a JSON document turned out to be.
pub(crate) enum Document {
    Sheet(Sheet),
    /// An Overpass answer; the caller reads it as streets.
    Overpass,
}

/// The members that tell documents apart.
#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    elements: Option<&'a RawValue>,
}

pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    asked: Option<FileKind>,
    city: &City<'_>,
) -> Result<Document, Refused> {
    let decoded = encoding::decode(bytes);
    let text = decoded.text.as_str();
    let broken = |error: &serde_json::Error| {
        Refused::new(
            file,
            RefusedCode::Broken,
            format!("JSON that breaks at line {}, column {}", error.line(), error.column()),
        )
    };
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| broken(&e))?;
        return list(file, &items, decoded.encoding, asked, city).map(Document::Sheet);
    }
    let shape: Shape<'_> = serde_json::from_str(text).map_err(|e| broken(&e))?;
    if shape.elements.is_some() {
        return Ok(Document::Overpass);
    }
    if let (Some("FeatureCollection"), Some(features)) = (shape.kind.as_deref(), &shape.features) {
        return outline::read(file, features, decoded.encoding, asked, city).map(Document::Sheet);
    }
    let members: Map<String, Value> = serde_json::from_str(text).map_err(|e| broken(&e))?;
    let heading = Heading::new(members.keys().map(String::as_str));
    Err(Refused::new(
        file,
        RefusedCode::UnknownJson,
        format!("a JSON document with the members {}: no list known here", heading.shown()),
    ))
}

/// A list of objects is a table: members are columns, in the order they first appear.
fn list(
    file: &str,
    items: &[&RawValue],
    encoding: Encoding,
    asked: Option<FileKind>,
    city: &City<'_>,
) -> Result<Sheet, Refused> {
    let objects: Vec<Option<Map<String, Value>>> =
        items.iter().map(|item| serde_json::from_str(item.get()).ok()).collect();
    let mut names: Vec<&str> = Vec::new();
    for object in objects.iter().flatten().take(50) {
        for name in object.keys() {
            if !names.contains(&name.as_str()) && names.len() < 200 {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return Err(Refused::new(
            file,
            RefusedCode::UnknownJson,
            "a JSON list that holds no objects: no list known here",
        ));
    }
    let records: Vec<Record<'_>> = items
        .iter()
        .zip(&objects)
        .enumerate()
        .map(|(at, (item, object))| Record {
            line: at as u32 + 1,
            original: item.get(),
            fields: object.as_ref().map_or_else(csv::StringRecord::new, |object| {
                names.iter().map(|name| object.get(*name).map_or_else(String::new, plain)).collect()
            }),
            open_quote: object.is_none(),
        })
        .collect();
    let heading = Heading::new(names.iter().copied());
    let source = Source { file, heading: "", encoding };
    table::read_records(&source, &heading, &records, asked, city)
}

/// A value as a table would write it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
