//! Every public table of Seoul's districts, against the figures of its source list
//! (`../shared/data/SOURCES.md`).

use crate::folder::{SEOUL, bytes, files, sheet};
use atlas::{Crs, Encoding, Entry, FileKind, FileReport, Reading, Reason, Sheet, Suspicion, read};

/// district · rows · exact duplicates · rows without coordinates · rows outside Seoul
const LIGHTS: [(&str, u64, u64, u64, u64); 17] = [
    ("강남구", 11_498, 3_855, 11_498, 0),
    ("강동구", 7_534, 0, 0, 5),
    ("강북구", 18_816, 6_133, 11_977, 0),
    ("관악구", 11_783, 0, 0, 0),
    ("광진구", 8_823, 1_216, 799, 0),
    ("구로구", 8_723, 1_029, 0, 0),
    ("동대문구", 11_100, 3, 11_100, 0),
    ("마포구", 9_843, 907, 9_843, 0),
    ("서대문구", 9_827, 1_012, 9_827, 0),
    ("서초구", 11_609, 3_359, 4_939, 0),
    ("송파구", 8_816, 82, 8_816, 0),
    ("양천구", 7_055, 1, 7_055, 0),
    ("영등포구", 9_290, 0, 9_290, 0),
    ("용산구", 10_000, 3, 1, 0),
    ("은평구", 9_870, 10, 5, 0),
    ("종로구", 9_362, 0, 759, 0),
    ("중구", 5_796, 0, 0, 0),
];

const CAMERAS: [(&str, u64, u64, u64); 17] = [
    ("강남구", 1_933, 2, 0),
    ("강동구", 875, 0, 0),
    ("강북구", 1_773, 444, 0),
    ("관악구", 1_380, 0, 0),
    ("광진구", 956, 74, 1),
    ("구로구", 1_320, 88, 0),
    ("동대문구", 798, 10, 0),
    ("마포구", 905, 22, 0),
    ("서초구", 2_372, 887, 0),
    ("성동구", 1_020, 6, 0),
    ("송파구", 1_046, 23, 0),
    ("양천구", 843, 0, 0),
    ("영등포구", 1_082, 0, 0),
    ("용산구", 669, 23, 0),
    ("은평구", 1_177, 57, 0),
    ("종로구", 654, 0, 6),
    ("중구", 754, 9, 0),
];

fn of(sheet: &Sheet, reason: Reason) -> u64 {
    sheet.by_reason().get(&reason).copied().unwrap_or(0)
}

/// Rows of the file without coordinates, or with one of the two, counted apart from the reader: repeated ones included.
fn blank_positions(path: &str) -> u64 {
    let bytes = bytes(path);
    let (text, _, _) = encoding_rs::EUC_KR.decode(&bytes);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let headings = table.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (lat, lon) = (at("위도"), at("경도"));
    table
        .records()
        .map(Result::unwrap)
        .filter(|row| row[lat].is_empty() || row[lon].is_empty())
        .count() as u64
}

#[test]
fn the_lamps_of_all_districts_agree_with_the_source_list() {
    let folder = files("security_lights");
    assert_eq!(folder.len(), LIGHTS.len());
    let mut placed = 0;
    for (district, rows, duplicates, blank, outside) in LIGHTS {
        let path = folder.iter().find(|path| path.contains(&format!("_{district}_"))).unwrap();
        let sheet = sheet(path);
        assert_eq!(sheet.kind, FileKind::SecurityLights, "{district}");
        assert_eq!((sheet.rows, sheet.duplicates), (rows, duplicates), "{district}");
        assert_eq!(of(&sheet, Reason::OutsideBox), outside, "{district}");
        // A repeated row without coordinates counts once, as a duplicate.
        let repeated_blank = blank - of(&sheet, Reason::NoPosition);
        assert!(repeated_blank <= duplicates, "{district}");
        assert_eq!(blank_positions(path), blank, "{district}");
        assert_eq!(
            sheet.accepted.len() as u64,
            rows - outside - blank - (duplicates - repeated_blank),
            "{district}"
        );
        if blank == rows {
            assert!(sheet.accepted.is_empty(), "{district} publishes addresses only");
            assert_eq!(sheet.crs, None);
        }
        placed += rows - outside - blank;
        assert!(sheet.accepted.iter().all(|row| row.checked_on.is_some()), "{district}");
    }
    assert_eq!(placed, 83_831);
}

#[test]
fn the_cameras_of_all_districts_agree_with_the_source_list() {
    let folder = files("cctv");
    let mut usable = 0;
    for (district, rows, duplicates, outside) in CAMERAS {
        let path =
            folder.iter().find(|path| path.contains(&format!("특별시_{district}_CCTV"))).unwrap();
        let sheet = sheet(path);
        assert_eq!(sheet.kind, FileKind::Cctv, "{district}");
        assert_eq!((sheet.rows, sheet.duplicates), (rows, duplicates), "{district}");
        assert_eq!(of(&sheet, Reason::OutsideBox), outside, "{district}");
        assert_eq!(sheet.accepted.len() as u64, rows - duplicates - outside, "{district}");
        usable += rows - outside;
    }
    assert_eq!(usable, 19_550);
    let jongno = sheet(folder.iter().find(|path| path.contains("종로구")).unwrap());
    assert!(
        jongno.quarantined.iter().all(|row| row.suspicion == Some(Suspicion::DegreesMinutes)),
        "37.3433, 127.0438 looks like degrees and minutes written as decimals"
    );
}

#[test]
fn all_three_camera_schemas_are_cameras() {
    let ansimi = sheet("cctv/관악구_안심이_CCTV_2022.csv");
    assert_eq!((ansimi.kind, ansimi.rows, ansimi.accepted.len()), (FileKind::Cctv, 5_366, 5_366));
    assert_eq!(ansimi.series, "cctv/ansimi/관악구");
    let police = sheet("cctv/동대문구_CCTV.csv");
    assert_eq!((police.kind, police.rows, police.accepted.len()), (FileKind::Cctv, 2_628, 2_628));
    assert_eq!(police.series, "cctv/police/서울동대문경찰서");
    let national = sheet("cctv/서울특별시_관악구_CCTV_20191031.csv");
    assert_eq!(national.series, "cctv/national/관악구");
}

#[test]
fn encodings_are_told_apart() {
    for (path, encoding) in [
        ("security_lights/서울특별시_관악구_보안등정보_20190605.csv", Encoding::Cp949),
        ("security_lights/서울특별시_강남구_보안등정보_20190816.csv", Encoding::EucKr),
        ("cctv/서울특별시_영등포구_CCTV_20190430.csv", Encoding::Cp949),
        ("bells/Seoul_Bell.csv", Encoding::Cp949),
        ("police/경찰관서위치_20200409.csv", Encoding::Utf8Bom),
        ("transit/seoul_bus_stops.csv", Encoding::Utf8),
    ] {
        assert_eq!(sheet(path).encoding, encoding, "{path}");
    }
}

#[test]
fn the_other_tables_agree_with_the_source_list() {
    use FileKind as K;
    let bells = ("bells/Seoul_Bell.csv", K::Bells, 13_088, 13_086);
    for (path, kind, rows, accepted) in [
        bells,
        ("street_lights/서울특별시_가로등 위치 정보_20221108.csv", K::StreetLights, 19_316, 19_291),
        ("patrol_houses/서울특별시_관악구_여성안심지킴이집_20220928.csv", K::PatrolHouses, 51, 51),
        ("patrol_houses/seoul_patrol_houses_13gu.json", K::PatrolHouses, 384, 384),
        ("police/경찰서_파출소_지구대_치안센터_위치정보.csv", K::Police, 453, 453),
        ("police/경찰관서위치_20200409.csv", K::Police, 2_264, 355),
        ("police/경찰청_지역경찰관서 주소(지파출소)_20181017.csv", K::Police, 2_010, 0),
        ("transit/seoul_bus_stops.csv", K::BusStops, 11_253, 11_253),
        ("transit/seoul_subway_stations.csv", K::SubwayStations, 254, 254),
        ("transit/지하철_좌표.csv", K::SubwayStations, 765, 471),
        ("transit/CARD_SUBWAY_MONTH_202310.csv", K::Ridership, 18_911, 18_911),
        ("transit/서울시 지하철 호선별 역별 시간대별 승하차 인원 정보.csv", K::Ridership, 615, 615),
        ("transit/bus-routes.geojson", K::BusRoutes, 1_446, 1_446),
        ("crossings/서울특별시_보행등 위치좌표 현황_20221223.csv", K::Crossings, 24_385, 24_385),
        ("safe_routes/관악구_여성안심택배_20221130.csv", K::ParcelLockers, 16, 0),
        ("boundaries/seoul_gu_kostat2013_simple.geojson", K::DistrictBoundaries, 25, 25),
        ("boundaries/seoul_dong_2021.geojson", K::DongBoundaries, 425, 425),
        (
            "boundaries/seoul_neighborhoods_juso2015_simple.geojson",
            K::LegalDongBoundaries,
            467,
            467,
        ),
    ] {
        let sheet = sheet(path);
        assert_eq!(sheet.kind, kind, "{path}");
        assert_eq!(sheet.rows, rows, "{path}");
        assert_eq!(sheet.accepted.len(), accepted, "{path}: {:?}", sheet.by_reason());
        assert_eq!(sheet.duplicates, 0, "{path}");
    }
    let police = sheet("police/경찰관서위치_20200409.csv");
    assert_eq!(of(&police, Reason::OutsideBox), 1_909);
    let lamps = sheet("street_lights/서울특별시_가로등 위치 정보_20221108.csv");
    assert_eq!(of(&lamps, Reason::ZeroPosition), 25);
    let ridership = sheet("transit/CARD_SUBWAY_MONTH_202310.csv");
    assert_eq!(ridership.surplus_fields, 18_911, "every row ends in a field without a name");
}

#[test]
fn crossings_in_metres_land_where_their_district_is() {
    let crossings = sheet("crossings/서울특별시_보행등 위치좌표 현황_20221223.csv");
    assert_eq!((crossings.crs, crossings.axes_swapped), (Some(Crs::Central2010), false));
    assert!(crossings.crs_rivals.is_empty(), "{:?}", crossings.crs_rivals);
    let dongs = sheet("boundaries/seoul_dong_2021.geojson");
    let mut inside = 0_u32;
    for row in &crossings.accepted {
        let Entry::Crossing(crossing) = &row.entry else { panic!("a crossing") };
        inside += u32::from(dongs.accepted.iter().any(|row| match &row.entry {
            Entry::Boundary(dong) => {
                dong.district == crossing.district && dong.contains(crossing.point)
            }
            _ => false,
        }));
    }
    // Crossings on a border lie in one district and are kept by another.
    assert!(inside * 100 >= 24_385 * 95, "{inside} of 24385 lie in their district");
}

#[test]
fn every_file_of_the_folder_is_accounted_for_or_refused_with_a_sentence() {
    let mut refused = Vec::new();
    for folder in [
        "security_lights",
        "street_lights",
        "cctv",
        "bells",
        "patrol_houses",
        "police",
        "transit",
        "crossings",
        "boundaries",
        "safe_routes",
        "crime",
        "support_centers",
        "population",
        "gtfs",
    ] {
        for path in files(folder) {
            let result = read(&path, &bytes(&path), None, &SEOUL);
            let report = FileReport::from(&result);
            assert!(report.adds_up(), "{path}: {report:?}");
            match result {
                Ok(_) => assert!(report.rows > 0, "{path}"),
                Err(refusal) => {
                    assert!(refusal.found.len() > 12, "{path}: {refusal}");
                    refused.push((folder, refusal.code.key()));
                }
            }
        }
    }
    let count = |folder: &str| refused.iter().filter(|(at, _)| *at == folder).count();
    for taken in [
        "security_lights",
        "street_lights",
        "cctv",
        "bells",
        "patrol_houses",
        "police",
        "transit",
        "crossings",
        "boundaries",
    ] {
        assert_eq!(count(taken), 0, "{taken}");
    }
    assert_eq!(count("crime"), 7);
    assert!(
        refused.iter().all(|(at, code)| *at != "crime" || *code == "atlas.crime-table"),
        "{refused:?}"
    );
}

#[test]
fn a_second_reading_changes_nothing_and_a_re_encoded_file_keeps_its_keys() {
    let path = "patrol_houses/서울특별시_관악구_여성안심지킴이집_20220928.csv";
    let first = sheet(path);
    assert_eq!(first, sheet(path));
    let original = bytes(path);
    let (text, _, _) = encoding_rs::EUC_KR.decode(&original);
    let newer = text.replace("2022-09-28", "2026-01-02");
    let Ok(Reading::Sheet(newer)) = read("newer.csv", newer.as_bytes(), None, &SEOUL) else {
        panic!("a sheet")
    };
    let keys = |sheet: &Sheet| sheet.accepted.iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(keys(&first), keys(&newer));
    assert_eq!(first.series, newer.series);
    assert!(first.checked_on < newer.checked_on);
    let mut all = keys(&sheet("cctv/관악구_안심이_CCTV_2022.csv"));
    all.extend(keys(&sheet("security_lights/서울특별시_관악구_보안등정보_20190605.csv")));
    let rows = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), rows, "no two rows share a key");
}
