//! Damaged files: whatever happens to the bytes, nothing stops and every row is accounted for.

use crate::folder::{SEOUL, bytes};
use atlas::{FileKind, FileReport, read};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The beginnings of one file of each kind and format.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    [
        "security_lights/서울특별시_관악구_보안등정보_20190605.csv",
        "cctv/서울특별시_종로구_CCTV_20190918.csv",
        "bells/Seoul_Bell.csv",
        "police/경찰관서위치_20200409.csv",
        "patrol_houses/seoul_patrol_houses_13gu.json",
        "crossings/서울특별시_보행등 위치좌표 현황_20221223.csv",
        "transit/CARD_SUBWAY_MONTH_202310.csv",
        "boundaries/seoul_gu_kostat2013_simple.geojson",
        "osm_seoul/gongdeok_mapo.osm",
        "osm_seoul/gwanak_sillim_overpass.json",
        "osm_seoul/gwanak_sillim.graphml",
        "osm_other/helsinki.osm.pbf",
    ]
    .iter()
    .map(|path| bytes(path))
    .collect()
});

fn check(bytes: &[u8], kind: Option<FileKind>) -> Result<(), TestCaseError> {
    let result = read("damaged", bytes, kind, &SEOUL);
    let report = FileReport::from(&result);
    prop_assert!(report.adds_up(), "{report:?}");
    prop_assert!(result.is_ok() || report.refused.is_some_and(|r| !r.sentence.is_empty()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn bytes_changed_anywhere_stop_nothing(
        sample in 0..12_usize,
        cut in 200..40_000_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
    ) {
        let mut bytes: Vec<u8> = SAMPLES[sample].iter().copied().take(cut).collect();
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        check(&bytes, None)?;
    }

    #[test]
    fn whole_maps_with_one_changed_byte_stop_nothing(
        sample in 10..12_usize,
        at in any::<prop::sample::Index>(),
        value in any::<u8>(),
    ) {
        let mut bytes = SAMPLES[sample].clone();
        let at = at.index(bytes.len().min(60_000));
        bytes[at] = value;
        check(&bytes, None)?;
    }

    #[test]
    fn noise_stops_nothing_whatever_it_is_said_to_be(
        bytes in prop::collection::vec(any::<u8>(), 0..3_000),
        kind in prop::option::of(prop::sample::select(&FileKind::ALL)),
    ) {
        check(&bytes, kind)?;
    }

    #[test]
    fn lines_of_quotes_commas_and_digits_are_accounted_for(
        body in "([0-9\",\n]|관|37\\.4|126\\.9){0,800}",
    ) {
        let text = format!("관리번호,위도,경도\n{body}");
        check(text.as_bytes(), None)?;
    }
}
