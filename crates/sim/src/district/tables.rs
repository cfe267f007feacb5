//! The registers as a district publishes them: national standard headers, CP949, and a few of the
//! faults real tables have.

use super::furniture::Furniture;
use super::ground::Spot;
use super::names::{CITY_KO, DONGS, GU_KO};
use super::places::{Place, Places, dong_of};
use std::fmt::Write;

/// The date the registers carry.
const DATE: &str = "2026-09-30";
/// The district office's number. No Korean exchange begins with a zero: nobody can be rung.
const OFFICE_PHONE: &str = "02-0000-0120";
/// A point in the open sea far outside the district: a typing error.
const ASTRAY: &str = "36.28,125.38";

/// 보안등, with one row astray, one written twice and one without a position.
pub(super) fn security_lights(furniture: &Furniture) -> String {
    let mut csv = String::from(
        "보안등위치명,설치개수,소재지도로명주소,소재지지번주소,위도,경도,설치년도,설치형태,\
         관리기관전화번호,관리기관명,데이터기준일자\n",
    );
    let row = |csv: &mut String, number: usize, lot: &str, position: &str| {
        let _infallible = writeln!(
            csv,
            "ML-{number:05},1,,{lot},{position},{},{},{OFFICE_PHONE},{CITY_KO} {GU_KO}청,{DATE}",
            2009 + number % 16,
            if number.is_multiple_of(3) { "건축물" } else { "한전주" },
        );
    };
    for (at, lamp) in furniture.security_lights.iter().enumerate() {
        row(&mut csv, at + 1, &lot(*lamp, at), &degrees(*lamp));
    }
    if let Some(first) = furniture.security_lights.first() {
        row(&mut csv, 1, &lot(*first, 0), &degrees(*first));
        let next = furniture.security_lights.len() + 1;
        row(&mut csv, next, &lot(*first, next), ASTRAY);
        row(&mut csv, next + 1, &lot(*first, next + 1), ",");
    }
    csv
}

/// 가로등: three columns only.
pub(super) fn street_lights(furniture: &Furniture) -> String {
    let mut csv = String::from("관리번호,위도,경도\n");
    for (at, lamp) in furniture.street_lights.iter().enumerate() {
        let (dong, _en) = DONGS[dong_of(*lamp)];
        let _infallible = writeln!(csv, "{dong}-{:04},{}", at + 1, degrees(*lamp));
    }
    csv
}

/// CCTV, standard schema; one row is written twice.
pub(super) fn cameras(furniture: &Furniture) -> String {
    let mut csv = String::from(
        "관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,\
         촬영방면정보,보관일수,설치년월,관리기관전화번호,위도,경도,데이터기준일자\n",
    );
    let mut rows: Vec<String> = Vec::new();
    for (at, (pole, count)) in furniture.cameras.iter().enumerate() {
        rows.push(format!(
            "{CITY_KO} {GU_KO}청,,{},{},{count},{},360도전방면,30,{}-{:02},{OFFICE_PHONE},{},{DATE}\n",
            lot(*pole, at),
            if at % 5 == 0 { "어린이보호" } else { "생활방범" },
            if at % 4 == 0 { 500 } else { 200 },
            2014 + at % 12,
            1 + at % 12,
            degrees(*pole),
        ));
    }
    rows.extend(rows.first().cloned());
    csv.extend(rows);
    csv
}

/// 안전비상벨.
pub(super) fn bells(furniture: &Furniture) -> String {
    let mut csv = String::from(
        "안전비상벨관리번호,설치위치,소재지도로명주소,소재지지번주소,위도,경도,관리기관명,\
         관리기관전화번호\n",
    );
    for (at, bell) in furniture.bells.iter().enumerate() {
        let (dong, _en) = DONGS[dong_of(*bell)];
        let _infallible = writeln!(
            csv,
            "{},{dong}동 비상벨 {},,{},{},{CITY_KO} {GU_KO}청,{OFFICE_PHONE}",
            at + 1,
            at + 1,
            lot(*bell, at),
            degrees(*bell),
        );
    }
    csv
}

/// 여성안심지킴이집; the last store has left the programme.
pub(super) fn patrol_houses(places: &Places) -> String {
    let mut csv = String::from(
        "점포명,시도명,시군구명,시군구코드,소재지도로명주소,소재지지번주소,위도,경도,\
         여성안심지킴이집전화번호,관할경찰서명,지정연도,운영여부,데이터기준일자\n",
    );
    for (at, store) in places.stores.iter().enumerate() {
        let _infallible = writeln!(
            csv,
            "{},{CITY_KO},{GU_KO},99110,{},,{},02-0000-{:04},미리내경찰서,{},{},{DATE}",
            store.name.ko,
            address(store),
            degrees(store.spot),
            2000 + at,
            2016 + at % 9,
            if at + 1 == places.stores.len() { "N" } else { "Y" },
        );
    }
    csv
}

/// Police stations and boxes, in the columns of the Seoul list.
pub(super) fn police(places: &Places) -> String {
    let mut csv = String::from("지방청,경찰서,관서명,동,구분,주소,위도,경도\n");
    for (place, kind) in &places.police {
        let (dong, _en) = DONGS[dong_of(place.spot)];
        let _infallible = writeln!(
            csv,
            "가온청,미리내,{},{dong}동,{kind},{},{}",
            place.name.ko,
            address(place),
            degrees(place.spot),
        );
    }
    csv
}

/// Bus stops: longitude first, as the source has them.
pub(super) fn bus_stops(places: &Places) -> String {
    let mut csv = String::from("stops_no,name,lon,lat,type\n");
    for (at, stop) in places.bus_stops.iter().enumerate() {
        let point = stop.spot.point();
        let _infallible = writeln!(
            csv,
            "{},{},{:.7},{:.7},일반차로",
            999_000_001 + at,
            stop.name.ko,
            point.lon,
            point.lat
        );
    }
    csv
}

/// Subway stations.
pub(super) fn stations(places: &Places) -> String {
    let mut csv = String::from("lat,lon,name,no_line\n");
    for station in &places.stations {
        let _infallible = writeln!(csv, "{},{},1", degrees(station.spot), station.name.ko);
    }
    csv
}

fn degrees(spot: Spot) -> String {
    let point = spot.point();
    format!("{:.7},{:.7}", point.lat, point.lon)
}

fn lot(spot: Spot, number: usize) -> String {
    let (dong, _en) = DONGS[dong_of(spot)];
    format!(
        "{CITY_KO} {GU_KO} {dong}동 {}-{}",
        100 + (spot.x / 7.0).abs() as usize,
        1 + number % 30
    )
}

fn address(place: &Place) -> String {
    format!("{CITY_KO} {GU_KO} {} {}", place.street.ko, place.door)
}
