//! Gaon-si, the invented city: Mirinae-gu in the middle, and 24 districts around it of which only
//! borders, stations, stops, police and stores are known. No street extract covers them, as none
//! covers most of a real city on its first day, so walks there are guessed.

use super::boundaries::{self, MARGIN_M};
use super::ground::{SIDE_M, Spot};
use super::names::{CITY_KO, GU_EN, GU_KO, store};
use super::{District, PACK, SourceFile, cp949};
use crate::chance::Chance;
use serde_json::{Value, json};
use std::fmt::Write;

/// The districts around Mirinae-gu, from the south-west, row by row. Common nouns, as all names here.
const AROUND: [(&str, &str); 24] = [
    ("가람", "Garam"),
    ("나래", "Narae"),
    ("다솜", "Dasom"),
    ("라온", "Raon"),
    ("마루", "Maru"),
    ("바다", "Bada"),
    ("아라", "Ara"),
    ("자락", "Jarak"),
    ("초롱", "Chorong"),
    ("타래", "Tarae"),
    ("파란", "Paran"),
    ("하늘", "Haneul"),
    ("구름", "Gureum"),
    ("노을", "Noeul"),
    ("도담", "Dodam"),
    ("모래", "Morae"),
    ("보람", "Boram"),
    ("소담", "Sodam"),
    ("이슬", "Iseul"),
    ("여울", "Yeoul"),
    ("온새", "Onsae"),
    ("한결", "Hangyeol"),
    ("단비", "Danbi"),
    ("버들", "Beodeul"),
];

/// Districts along a side.
const SIDE: usize = 5;
/// Metres from one district to the next.
const PITCH_M: f64 = SIDE_M + 2.0 * MARGIN_M;
/// Stations of a district.
const STATIONS: usize = 5;
/// Bus stops of a district.
const STOPS: usize = 36;
/// Police offices of a district.
const POLICE: usize = 4;
/// Stores of the programme in the whole city, without those of Mirinae-gu: 656 with them.
const STORES: usize = 612;

/// One district around Mirinae-gu.
struct Gu {
    ko: &'static str,
    en: &'static str,
    column: usize,
    row: usize,
}

fn around() -> impl Iterator<Item = Gu> {
    let cells = (0..SIDE * SIDE).filter(|cell| *cell != SIDE * SIDE / 2);
    cells.zip(AROUND).map(|(cell, (ko, en))| Gu { ko, en, column: cell % SIDE, row: cell / SIDE })
}

impl Gu {
    fn code(&self) -> String {
        self.en.to_lowercase()
    }

    fn registered(&self) -> usize {
        99_111 + self.row * SIDE + self.column
    }

    /// The south-western corner of what is built in it.
    fn corner(&self) -> Spot {
        let off = |cell: usize| (cell as f64 - (SIDE / 2) as f64) * PITCH_M;
        Spot::new(off(self.column), off(self.row))
    }

    fn spot(&self, chance: &mut Chance) -> Spot {
        let corner = self.corner();
        Spot::new(
            corner.x + chance.between(60.0, SIDE_M - 60.0),
            corner.y + chance.between(60.0, SIDE_M - 60.0),
        )
    }

    /// The codes of the districts on its four sides.
    fn neighbors(&self) -> Vec<String> {
        let beside =
            |column: usize, row: usize| self.column.abs_diff(column) + self.row.abs_diff(row) == 1;
        let others = around().filter(|other| beside(other.column, other.row));
        let mut codes: Vec<String> = others.map(|other| other.code()).collect();
        if beside(SIDE / 2, SIDE / 2) {
            codes.insert(0, "mirinae".to_owned());
        }
        codes
    }
}

fn listed(codes: &[String]) -> String {
    codes.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ")
}

/// The city pack, as `cities/` has them for real ones: Mirinae-gu's own with 24 districts more.
pub fn pack() -> String {
    let low = Spot::new(-2.0 * PITCH_M - 150.0, -2.0 * PITCH_M - 150.0).point();
    let high = Spot::new(3.0 * PITCH_M, 3.0 * PITCH_M).point();
    let beside: Vec<String> = around()
        .filter(|gu| gu.neighbors().iter().any(|code| code == "mirinae"))
        .map(|gu| gu.code())
        .collect();
    let mut text = String::new();
    for line in PACK.lines() {
        let line = match line.split_once(" = ").map(|(key, _)| key) {
            Some("code") if !text.contains("[[districts]]") => "code = \"gaon\"".to_owned(),
            Some("name") if !text.contains("[[districts]]") => {
                format!("name = {{ ko = \"{CITY_KO}\", en = \"Gaon\" }}")
            }
            Some("area") => format!(
                "area = {{ south = {:.4}, west = {:.4}, north = {:.4}, east = {:.4} }}",
                low.lat, low.lon, high.lat, high.lon
            ),
            // Here the districts of its own are around it, not those beyond the demo's map.
            Some("neighbors") => break,
            _ => line.to_owned(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let _infallible = writeln!(text, "neighbors = [{}]", listed(&beside));
    for gu in around() {
        let _infallible = writeln!(
            text,
            "\n[[districts]]\ncode = \"{}\"\nname = {{ ko = \"{}구\", en = \"{}-gu\" }}\n\
             registered_as = [\"{}구\", \"{CITY_KO} {}구\", \"{}\"]\nneighbors = [{}]",
            gu.code(),
            gu.ko,
            gu.en,
            gu.ko,
            gu.ko,
            gu.registered(),
            listed(&gu.neighbors()),
        );
    }
    text
}

/// Its files: those of Mirinae-gu, with the rows of the others below them.
pub fn files(seed: u64) -> Vec<SourceFile> {
    let more = Rows::of(seed);
    let mut files = District::invent(seed).into_files();
    for file in &mut files {
        let (rows, encode): (&str, fn(&str) -> Vec<u8>) = match file.name.as_str() {
            "mirinae_gu.geojson" => {
                *file = SourceFile { name: "gaon_gu.geojson".to_owned(), bytes: outlines().into() };
                continue;
            }
            name if name.contains("여성안심지킴이집") => (&more.stores, cp949),
            name if name.contains("경찰관서") => (&more.police, |text| text.into()),
            name if name.contains("버스정류장") => (&more.stops, |text| text.into()),
            name if name.contains("지하철역") => (&more.stations, |text| text.into()),
            _ => continue,
        };
        file.bytes.extend(encode(rows));
    }
    files
}

/// The borders of all 25.
fn outlines() -> String {
    let (low, high) = (-MARGIN_M, SIDE_M + MARGIN_M);
    let feature = |corner: Spot, code: usize, ko: String, en: String| {
        let ring =
            boundaries::ring((corner.x + low, corner.x + high), (corner.y + low, corner.y + high));
        json!({
            "geometry": {"coordinates": [ring], "type": "Polygon"},
            "properties": {
                "base_year": "2026", "code": code.to_string(), "name": ko, "name_eng": en,
            },
            "type": "Feature",
        })
    };
    let mut features: Vec<Value> =
        vec![feature(Spot::new(0.0, 0.0), 99_110, GU_KO.to_owned(), GU_EN.to_owned())];
    features.extend(around().map(|gu| {
        feature(gu.corner(), gu.registered(), format!("{}구", gu.ko), format!("{}-gu", gu.en))
    }));
    boundaries::collection(&features)
}

/// What the tables of the city hold of the districts around Mirinae-gu.
#[derive(Default)]
struct Rows {
    stores: String,
    police: String,
    stops: String,
    stations: String,
}

impl Rows {
    fn of(seed: u64) -> Self {
        let mut rows = Self::default();
        for (at, gu) in around().enumerate() {
            let mut chance = Chance::of(seed, &format!("gaon-{}", gu.code()));
            rows.places(&gu, at, &mut chance);
            let share = STORES / AROUND.len() + usize::from(at < STORES % AROUND.len());
            for number in 0..share {
                rows.store(&gu, at, number, &mut chance);
            }
        }
        rows
    }

    fn places(&mut self, gu: &Gu, at: usize, chance: &mut Chance) {
        for number in 1..=STATIONS {
            let point = gu.spot(chance).point();
            let _infallible = writeln!(
                self.stations,
                "{:.7},{:.7},{}{number}단지역,{}",
                point.lat,
                point.lon,
                gu.ko,
                1 + number % 3
            );
        }
        for number in 1..=STOPS {
            let point = gu.spot(chance).point();
            let _infallible = writeln!(
                self.stops,
                "{},{}{number}앞,{:.7},{:.7},일반차로",
                999_100_000 + at * 1_000 + number,
                gu.ko,
                point.lon,
                point.lat
            );
        }
        for number in 1..=POLICE {
            let point = gu.spot(chance).point();
            let kind = if number == 1 { "지구대" } else { "파출소" };
            let _infallible = writeln!(
                self.police,
                "가온청,{0},{0}{number},{0}동,{kind},{CITY_KO} {0}구 {0}로 {number},{1:.7},{2:.7}",
                gu.ko, point.lat, point.lon
            );
        }
    }

    fn store(&mut self, gu: &Gu, at: usize, number: usize, chance: &mut Chance) {
        let point = gu.spot(chance).point();
        // Stores with English names are listed once in the city, in Mirinae-gu.
        let name = store(11 * number, &format!("{}{}호", gu.ko, number + 1));
        let _infallible = writeln!(
            self.stores,
            "{name},{CITY_KO},{0}구,{1},{CITY_KO} {0}구 {0}로 {2},,{3:.7},{4:.7},02-0000-{5:04},\
             {0}경찰서,{6},Y,2026-09-30",
            gu.ko,
            gu.registered(),
            10 + number,
            point.lat,
            point.lon,
            3_000 + at * 40 + number,
            2016 + number % 9,
        );
    }
}

#[cfg(test)]
mod tests;
