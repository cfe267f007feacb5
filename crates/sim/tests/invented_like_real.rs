//! The invented district goes in by the same door as a real one.
#![expect(clippy::panic, reason = "a test stops at the first surprise")]

use atlas::{City, FileKind, Reading, Reason};
use sim::district::District;
use std::collections::BTreeMap;

fn sheets() -> (Vec<atlas::Sheet>, Vec<atlas::Extract>) {
    let city = City::within(District::area());
    let (mut sheets, mut extracts) = (Vec::new(), Vec::new());
    for file in District::invent(1).files() {
        match atlas::read(&file.name, &file.bytes, None, &city) {
            Ok(Reading::Sheet(sheet)) => sheets.push(sheet),
            Ok(Reading::Extract(extract)) => extracts.push(extract),
            Err(refused) => panic!("{}: {refused:?}", file.name),
        }
    }
    (sheets, extracts)
}

#[test]
fn every_file_is_recognized_from_its_content_and_every_row_accounted_for() {
    let (sheets, extracts) = sheets();
    assert_eq!(extracts.len(), 1);
    let kinds: Vec<FileKind> = sheets.iter().map(|sheet| sheet.kind).collect();
    assert_eq!(
        kinds,
        [
            FileKind::DistrictBoundaries,
            FileKind::DongBoundaries,
            FileKind::SecurityLights,
            FileKind::StreetLights,
            FileKind::Cctv,
            FileKind::Bells,
            FileKind::PatrolHouses,
            FileKind::Police,
            FileKind::BusStops,
            FileKind::SubwayStations,
        ]
    );
    for sheet in &sheets {
        assert!(sheet.adds_up(), "{}", sheet.file);
        assert!(!sheet.accepted.is_empty(), "{}", sheet.file);
    }
}

#[test]
fn its_faults_are_found_as_those_of_real_tables_are() {
    let (sheets, _) = sheets();
    let mut found: BTreeMap<FileKind, (u64, BTreeMap<Reason, u64>)> = BTreeMap::new();
    for sheet in &sheets {
        found.insert(sheet.kind, (sheet.duplicates, sheet.by_reason()));
    }
    let (duplicates, reasons) = &found[&FileKind::SecurityLights];
    assert_eq!(*duplicates, 1);
    assert_eq!(*reasons, BTreeMap::from([(Reason::NoPosition, 1), (Reason::OutsideBox, 1)]),);
    assert_eq!(found[&FileKind::Cctv], (1, BTreeMap::new()));
    for kind in [FileKind::Bells, FileKind::PatrolHouses, FileKind::Police, FileKind::BusStops] {
        assert_eq!(found[&kind], (0, BTreeMap::new()), "{kind}");
    }
}
