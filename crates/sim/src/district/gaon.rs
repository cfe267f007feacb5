//! Gaon-si, the invented city: Mirinae-gu in the middle, and 24 districts around it of which
//! streets, borders, stations, stops, police and stores are known. None of them publishes its
//! lamps, cameras or bells, as most districts of a real city do not on its first day: what is known
//! of their light is nothing.

use super::boundaries::{self, MARGIN_M};
use super::ground::{SIDE_M, Spot, in_valley};
use super::names::{CITY_KO, GU_EN, GU_KO, Name, bus_stop_of, store};
use super::plan::{Class, Plan};
use super::streets::{self, Grid, LINES, class_of};
use super::{Drawn, PACK, STREETS, SourceFile, cp949, nature, places};
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
/// A district's stations: crossings of its grid away from the stream, and what they are called
/// after the district.
const STATIONS: [(usize, usize, &str, &str); 5] = [
    (32, 32, "구청역", "-gu Office Station"),
    (16, 16, "역", " Station"),
    (32, 16, "시장역", " Market Station"),
    (16, 32, "공원역", " Park Station"),
    (40, 24, "병원역", " Hospital Station"),
];
/// Bus stops of a district.
const STOPS: usize = 36;
/// Police offices of a district.
const POLICE: usize = 4;
/// How far the stream runs south and north of Mirinae-gu: past the outermost streets.
const STREAM_M: [(f64, f64); 2] = [(-6_480.0, 0.0), (SIDE_M, 9_480.0)];
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
        99_111 + self.cell()
    }

    /// The south-western corner of what is built in it.
    fn corner(&self) -> Spot {
        let off = |cell: usize| (cell as f64 - (SIDE / 2) as f64) * PITCH_M;
        Spot::new(off(self.column), off(self.row))
    }

    fn cell(&self) -> usize {
        self.row * SIDE + self.column
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

/// Its files: those of Mirinae-gu, with what there is of the others on the same map and below the
/// same tables.
pub fn files(seed: u64) -> Vec<SourceFile> {
    let mut drawn = Drawn::of(seed);
    let grids = spread(&mut drawn, seed);
    let more = Rows::of(&grids, seed);
    let mut files = drawn.files();
    for file in &mut files {
        let (rows, encode): (&str, fn(&str) -> Vec<u8>) = match file.name.as_str() {
            STREETS => {
                "gaon.osm".clone_into(&mut file.name);
                continue;
            }
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

/// Lays the streets of the other districts around Mirinae-gu and joins all 25; their grids, from
/// the south-west, row by row.
fn spread(drawn: &mut Drawn, seed: u64) -> Vec<Grid> {
    let plan = &mut drawn.plan;
    let mut grids: Vec<Grid> = around()
        .map(|gu| {
            let mut chance = Chance::of(seed, &format!("gaon-streets-{}", gu.code()));
            let grid = streets::lay(plan, gu.corner(), &mut chance);
            for (column, row, ko, en) in STATIONS {
                let name = Name::new(format!("{}{ko}", gu.ko), format!("{}{en}", gu.en));
                places::station(plan, grid.spot(column, row), &name);
            }
            grid
        })
        .collect();
    grids.insert(SIDE * SIDE / 2, drawn.grid.clone());
    join(plan, &grids, &mut Chance::of(seed, "gaon-borders"));
    for reach in STREAM_M {
        nature::stream(plan, reach);
    }
    grids
}

fn join(plan: &mut Plan, grids: &[Grid], chance: &mut Chance) {
    for (cell, grid) in grids.iter().enumerate() {
        let east = grids.get(cell + 1).filter(|_| cell % SIDE + 1 < SIDE);
        for (next, eastward) in [(east, true), (grids.get(cell + SIDE), false)] {
            if let Some(next) = next {
                streets::join(plan, (grid, next), eastward, chance);
            }
        }
    }
}

/// A spot beside some street of a grid at least as wide as `least`.
fn beside_street(grid: &Grid, least: Class, chance: &mut Chance) -> Spot {
    for _attempt in 0..1_000 {
        let (line, at) = (chance.below(LINES), chance.below(LINES - 1));
        let ends = if chance.happens(0.5) {
            ((at, line), (at + 1, line))
        } else {
            ((line, at), (line, at + 1))
        };
        let (here, there) = (grid.spot(ends.0.0, ends.0.1), grid.spot(ends.1.0, ends.1.1));
        let built = grid.node(ends.0.0, ends.0.1).and(grid.node(ends.1.0, ends.1.1)).is_some();
        if class_of(line) > least || !built || in_valley(here) || in_valley(there) {
            continue;
        }
        let side = if chance.happens(0.5) { 7.5 } else { -7.5 };
        return here.beside(there, chance.between(10.0, 40.0), side);
    }
    grid.spot(0, 0)
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
    fn of(grids: &[Grid], seed: u64) -> Self {
        let mut rows = Self::default();
        for (at, gu) in around().enumerate() {
            let Some(grid) = grids.get(gu.cell()) else { continue };
            let mut chance = Chance::of(seed, &format!("gaon-{}", gu.code()));
            rows.places((&gu, grid), at, &mut chance);
            let share = STORES / AROUND.len() + usize::from(at < STORES % AROUND.len());
            for number in 0..share {
                rows.store((&gu, grid), at, number, &mut chance);
            }
        }
        rows
    }

    fn places(&mut self, (gu, grid): (&Gu, &Grid), at: usize, chance: &mut Chance) {
        for (number, (column, row, ko, _en)) in (1..).zip(STATIONS) {
            let point = grid.spot(column, row).point();
            let _infallible = writeln!(
                self.stations,
                "{:.7},{:.7},{}{ko},{}",
                point.lat,
                point.lon,
                gu.ko,
                1 + number % 3
            );
        }
        for number in 0..STOPS {
            let point = beside_street(grid, Class::Street, chance).point();
            let _infallible = writeln!(
                self.stops,
                "{},{},{:.7},{:.7},일반차로",
                999_100_001 + at * 1_000 + number,
                bus_stop_of(gu.ko, number),
                point.lon,
                point.lat
            );
        }
        for number in 1..=POLICE {
            let point = beside_street(grid, Class::Lane, chance).point();
            let kind = if number == 1 { "지구대" } else { "파출소" };
            let _infallible = writeln!(
                self.police,
                "가온청,{0},{0}{number},{0}동,{kind},{CITY_KO} {0}구 {0}로 {number},{1:.7},{2:.7}",
                gu.ko, point.lat, point.lon
            );
        }
    }

    fn store(&mut self, (gu, grid): (&Gu, &Grid), at: usize, number: usize, chance: &mut Chance) {
        let point = beside_street(grid, Class::Lane, chance).point();
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
