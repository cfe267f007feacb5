//! The borders of the district and of its neighborhoods, as the two boundary files have them.

use super::ground::{SIDE_M, Spot};
use super::names::{CITY_KO, DONGS, GU_EN, GU_KO};
use serde_json::{Value, json};

/// How far the borders lie outside the outermost streets.
pub(super) const MARGIN_M: f64 = 90.0;

/// The district (자치구).
pub(super) fn gu() -> String {
    let (low, high) = (-MARGIN_M, SIDE_M + MARGIN_M);
    collection(&[json!({
        "geometry": {"coordinates": [ring((low, high), (low, high))], "type": "Polygon"},
        "properties": {"base_year": "2026", "code": "99110", "name": GU_KO, "name_eng": GU_EN},
        "type": "Feature",
    })])
}

/// Its neighborhoods (행정동).
pub(super) fn dongs() -> String {
    let third = SIDE_M / 3.0;
    let edge = |at: usize| match at {
        0 => -MARGIN_M,
        3 => SIDE_M + MARGIN_M,
        _ => at as f64 * third,
    };
    let features = DONGS.iter().enumerate().map(|(number, (ko, _en))| {
        let (column, row) = (number % 3, number / 3);
        let outline = ring((edge(column), edge(column + 1)), (edge(row), edge(row + 1)));
        json!({
            "geometry": {"coordinates": [[outline]], "type": "MultiPolygon"},
            "properties": {
                "OBJECTID": number + 1,
                "adm_cd": format!("99110{:02}", 51 + number),
                "adm_cd2": format!("99110{:03}00", 510 + number),
                "adm_nm": format!("{CITY_KO} {GU_KO} {ko}동"),
                "sgg": "99110",
                "sggnm": GU_KO,
                "sido": "99",
                "sidonm": CITY_KO,
            },
            "type": "Feature",
        })
    });
    collection(&features.collect::<Vec<Value>>())
}

pub(super) fn collection(features: &[Value]) -> String {
    // Members stand in alphabetical order here and above, so that the bytes are the same whether
    // or not some other crate of the build asks `serde_json` to keep the order of insertion.
    json!({"features": features, "type": "FeatureCollection"}).to_string()
}

pub(super) fn ring((west, east): (f64, f64), (south, north): (f64, f64)) -> Value {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let degrees = |value: f64| (value * 1e7).round() / 1e7;
    let ring: Vec<[f64; 2]> = corners
        .into_iter()
        .map(|(x, y)| {
            let point = Spot::new(x, y).point();
            [degrees(point.lon), degrees(point.lat)]
        })
        .collect();
    json!(ring)
}
