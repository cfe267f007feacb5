use super::Heading;
use crate::FileKind;

fn kind(heading: &str) -> Option<FileKind> {
    Heading::new(heading.split(',')).recognize().map(|(kind, _)| kind)
}

#[test]
fn a_table_is_told_by_its_columns_whatever_their_order() {
    let lights = "데이터기준일자,경도,위도,설치개수,보안등위치명,설치형태";
    assert_eq!(kind(lights), Some(FileKind::SecurityLights));
    assert_eq!(kind("관리번호,위도,경도"), Some(FileKind::StreetLights));
    assert_eq!(kind("관리번호,위도,경도,용도"), None);
    assert_eq!(kind("NO,CCTV_USE,LA,LO,CCTV_QTY"), Some(FileKind::Cctv));
    assert_eq!(kind("연번,호선,역명,위도,경도,작성일자"), Some(FileKind::SubwayStations));
    assert_eq!(kind("자치구, 안심 주소,위도,경도,CCTV 수량,수정 일시"), Some(FileKind::Cctv));
    assert_eq!(kind("이름,전화"), None);
}

#[test]
fn an_export_with_reasons_is_the_same_kind_of_table() {
    let heading = "quarantine_reason,quarantine_line,관리번호,위도,경도";
    assert_eq!(kind(heading), Some(FileKind::StreetLights));
    assert!(Heading::new(heading.split(',')).is_correction());
}

#[test]
fn a_sentence_about_columns_never_quotes_a_row_of_numbers() {
    let shown = Heading::new("홍길동,010-1234-5678,서울".split(',')).shown();
    assert!(!shown.contains("1234"), "{shown}");
}

#[test]
fn hours_are_read_from_the_headings() {
    let heading = Heading::new("사용월,06시-07시 승차인원,06시-07시 하차인원".split(','));
    assert_eq!(heading.hours(), [(1, 6, true), (2, 6, false)]);
}
