//! GeoJSON: outlines of districts and neighborhoods, lines of bus routes.

use crate::{
    Boundary, BusRoute, City, Crs, Date, Encoding, Entry, FileKind, Key, Quarantined, Reason,
    Refused, RefusedCode, Row, Sheet,
    table::{first_128_bits, is_destroyed_text, numbered},
};
use kernel::{Area, Point};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

impl Geometry {
    /// The coordinates of polygons, one alone or several.
    fn polygons(self) -> Option<Vec<Vec<Vec<Vec<f64>>>>> {
        match self.kind.as_str() {
            "Polygon" => serde_json::from_value(self.coordinates).ok().map(|one| vec![one]),
            "MultiPolygon" => serde_json::from_value(self.coordinates).ok(),
            _ => None,
        }
    }

    /// The coordinates of lines, one alone or several.
    fn lines(self) -> Option<Vec<Vec<Vec<f64>>>> {
        match self.kind.as_str() {
            "LineString" => serde_json::from_value(self.coordinates).ok().map(|one| vec![one]),
            "MultiLineString" => serde_json::from_value(self.coordinates).ok(),
            _ => None,
        }
    }
}

/// Reads the features of a collection.
pub(crate) fn read(
    file: &str,
    features: &[&RawValue],
    encoding: Encoding,
    asked: Option<FileKind>,
    city: &City<'_>,
) -> Result<Sheet, Refused> {
    let kind = kind_of(file, features, asked)?;
    let mut sheet = Sheet {
        file: file.to_owned(),
        kind,
        series: format!("{kind}/geojson/"),
        correction: false,
        encoding,
        crs: Some(Crs::Wgs84),
        crs_rivals: Vec::new(),
        axes_swapped: false,
        rows_turned: 0,
        surplus_fields: 0,
        checked_on: Date::in_file_name(file),
        heading: String::new(),
        rows: features.len() as u64,
        duplicates: 0,
        accepted: Vec::new(),
        quarantined: Vec::new(),
    };
    let mut seen = HashSet::new();
    let mut repeats: HashMap<u128, u32> = HashMap::new();
    for (at, raw) in features.iter().enumerate() {
        if !seen.insert(raw.get()) {
            sheet.duplicates += 1;
            continue;
        }
        let line = at as u32 + 1;
        match entry_of(kind, raw.get(), city) {
            Ok(entry) => {
                let mut digest = Sha256::new();
                digest.update(kind.as_str());
                digest.update(raw.get());
                let content = first_128_bits(digest);
                let repeat = repeats.entry(content).or_insert(0);
                *repeat += 1;
                sheet.accepted.push(Row {
                    key: Key(numbered(content, *repeat)),
                    line,
                    checked_on: sheet.checked_on,
                    agency: None,
                    entry,
                });
            }
            Err(reason) => sheet.quarantined.push(Quarantined {
                reason,
                suspicion: None,
                line,
                original: raw.get().to_owned(),
            }),
        }
    }
    sheet.correction = features.iter().any(|raw| raw.get().contains("\"quarantine_reason\""));
    Ok(sheet.closed())
}

/// The kind of a collection, from the properties of the first feature that has any.
fn kind_of(
    file: &str,
    features: &[&RawValue],
    asked: Option<FileKind>,
) -> Result<FileKind, Refused> {
    use FileKind as K;
    let known = [K::BusRoutes, K::DistrictBoundaries, K::DongBoundaries, K::LegalDongBoundaries];
    if let Some(asked) = asked {
        return if known.contains(&asked) {
            Ok(asked)
        } else {
            Err(Refused::new(
                file,
                RefusedCode::KindMismatch,
                format!("a GeoJSON collection; it is not read as {asked}"),
            ))
        };
    }
    let properties = features
        .iter()
        .find_map(|raw| serde_json::from_str::<Feature>(raw.get()).ok()?.properties)
        .unwrap_or_default();
    let has = |name: &str| properties.contains_key(name);
    if has("rte_id") || has("route_id") {
        Ok(K::BusRoutes)
    } else if has("adm_cd") || has("adm_nm") || has("ADM_CD") {
        Ok(K::DongBoundaries)
    } else if has("EMD_CD") {
        Ok(K::LegalDongBoundaries)
    } else if has("SIG_CD") || (has("code") && has("name")) {
        Ok(K::DistrictBoundaries)
    } else {
        let names: Vec<&str> = properties.keys().map(String::as_str).take(8).collect();
        Err(Refused::new(
            file,
            RefusedCode::UnknownJson,
            format!(
                "a GeoJSON collection with the properties {}: no map known here",
                names.join(", ")
            ),
        ))
    }
}

fn entry_of(kind: FileKind, raw: &str, city: &City<'_>) -> Result<Entry, Reason> {
    if is_destroyed_text(raw) {
        return Err(Reason::DestroyedText);
    }
    let feature: Feature =
        serde_json::from_str(raw).map_err(|_no_feature| Reason::UnreadablePosition)?;
    let properties = feature.properties.unwrap_or_default();
    let text = |names: &[&str]| -> Option<Box<str>> {
        let value = names.iter().find_map(|name| properties.get(*name))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (!text.trim().is_empty()).then(|| text.trim().into())
    };
    let geometry = feature.geometry.ok_or(Reason::NoPosition)?;
    if kind == FileKind::BusRoutes {
        let lines = geometry.lines().ok_or(Reason::Incomplete)?;
        let lines: Vec<Vec<Point>> =
            lines.iter().map(|line| points(line)).collect::<Result<_, _>>()?;
        touches(lines.iter().flatten(), &city.area)?;
        let number = text(&["rte_id", "route_id"]).ok_or(Reason::Incomplete)?;
        return Ok(Entry::BusRoute(BusRoute { number, lines }));
    }
    let polygons = geometry.polygons().ok_or(Reason::Incomplete)?;
    let polygons: Vec<Vec<Vec<Point>>> =
        polygons.iter().map(|rings| rings_of(rings)).collect::<Result<_, _>>()?;
    touches(polygons.iter().flatten().flatten(), &city.area)?;
    let name = text(&["name", "adm_nm", "ADM_NM", "EMD_KOR_NM", "SIG_KOR_NM"]);
    let district = text(&["sggnm"]);
    Ok(Entry::Boundary(Boundary {
        code: text(&["adm_cd2", "adm_cd", "ADM_CD", "EMD_CD", "SIG_CD", "code"])
            .ok_or(Reason::Incomplete)?,
        district: if kind == FileKind::DistrictBoundaries { name.clone() } else { district },
        name: name.ok_or(Reason::Incomplete)?,
        polygons,
    }))
}

fn rings_of(rings: &[Vec<Vec<f64>>]) -> Result<Vec<Vec<Point>>, Reason> {
    let rings: Vec<Vec<Point>> = rings.iter().map(|ring| points(ring)).collect::<Result<_, _>>()?;
    if rings.is_empty() || rings.iter().any(|ring| ring.len() < 4) {
        return Err(Reason::Incomplete);
    }
    Ok(rings)
}

fn points(places: &[Vec<f64>]) -> Result<Vec<Point>, Reason> {
    places
        .iter()
        .map(|place| match place.as_slice() {
            [lon, lat, ..] if lon.abs() > 180.0 || lat.abs() > 180.0 => Err(Reason::UnknownGrid),
            [lon, lat, ..] => Point::new(*lat, *lon).ok_or(Reason::UnreadablePosition),
            _ => Err(Reason::UnreadablePosition),
        })
        .collect()
}

/// Whether the box around the points touches the city's.
fn touches<'a>(points: impl Iterator<Item = &'a Point>, area: &Area) -> Result<(), Reason> {
    let around = points.fold(None, |around: Option<Area>, p| {
        let around =
            around.unwrap_or(Area { south: p.lat, west: p.lon, north: p.lat, east: p.lon });
        Some(Area {
            south: around.south.min(p.lat),
            west: around.west.min(p.lon),
            north: around.north.max(p.lat),
            east: around.east.max(p.lon),
        })
    });
    let around = around.ok_or(Reason::NoPosition)?;
    let apart = around.south > area.north
        || around.north < area.south
        || around.west > area.east
        || around.east < area.west;
    if apart { Err(Reason::OutsideBox) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
