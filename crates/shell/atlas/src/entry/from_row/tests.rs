use super::{brand_of, is_call_center, office_kind, purpose};
use crate::{Brand, CameraPurpose, OfficeKind};

#[test]
fn a_chain_is_the_same_in_all_its_spellings() {
    for name in ["CU 관악낙성점", "cu봉천점", "씨유 신림점"] {
        assert_eq!(brand_of(name), Brand::Cu, "{name}");
    }
    for name in ["GS25 신림점", "GS 관악점", "gs25봉천"] {
        assert_eq!(brand_of(name), Brand::Gs25, "{name}");
    }
    for name in ["세븐일레븐 신사시장점", "7-ELEVEN 역삼점"] {
        assert_eq!(brand_of(name), Brand::SevenEleven, "{name}");
    }
    assert_eq!(brand_of("행복슈퍼"), Brand::Other);
}

#[test]
fn a_call_center_does_not_ring_in_the_store() {
    assert!(is_call_center("1577-9621"));
    assert!(!is_call_center("02-889-1069"));
    assert!(!is_call_center("02-1577-9621"));
}

#[test]
fn a_camera_that_looks_at_cars_is_no_camera_that_looks_at_people() {
    assert_eq!(purpose(Some("교통단속")), CameraPurpose::Traffic);
    assert_eq!(purpose(Some("차량방범")), CameraPurpose::Traffic);
    assert_eq!(purpose(Some("불법주정차")), CameraPurpose::Traffic);
    assert_eq!(purpose(Some("시설물 관리")), CameraPurpose::Other);
    assert_eq!(purpose(Some("어린이보호")), CameraPurpose::Children);
    assert_eq!(purpose(Some("생활방범")), CameraPurpose::Security);
    assert_eq!(purpose(None), CameraPurpose::Security);
}

#[test]
fn an_office_is_known_by_how_its_name_ends() {
    assert_eq!(office_kind("강동파출소"), OfficeKind::Box);
    assert_eq!(office_kind("강릉경찰서"), OfficeKind::Station);
    assert_eq!(office_kind("남부지구대"), OfficeKind::DistrictUnit);
    assert_eq!(office_kind("순찰대"), OfficeKind::Other);
}
