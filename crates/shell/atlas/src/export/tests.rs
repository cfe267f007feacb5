use crate::{City, Reading, Reason, Sheet, read};
use kernel::Area;

const SEOUL: City<'static> =
    City::within(Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 });

fn sheet(text: &str) -> Sheet {
    match read("t.csv", text.as_bytes(), None, &SEOUL).unwrap() {
        Reading::Sheet(sheet) => sheet,
        Reading::Extract(_) => panic!("a sheet"),
    }
}

#[test]
fn rows_come_back_from_quarantine_once_corrected() {
    let dirty = sheet(
        "관리번호,위도,경도\n가-1,37.48,126.93\n가-2,0,0\n\"가,-3\",,\n가-4,37.48\n가-5,\"35.1\",129.0\n",
    );
    assert_eq!((dirty.accepted.len(), dirty.quarantined.len()), (1, 4));
    let export = dirty.export_quarantine();
    assert_eq!(export.extension, "csv");
    // Imported as it is, every row is quarantined again for the reason it had.
    let again = sheet(&export.text);
    let reasons = |s: &Sheet| s.quarantined.iter().map(|row| row.reason).collect::<Vec<Reason>>();
    assert!(again.correction);
    assert_eq!(reasons(&again), reasons(&dirty));
    let corrected = export
        .text
        .replace("가-2,0,0", "가-2,37.481,126.931")
        .replace("\"가,-3\",,", "\"가,-3\",37.482,126.932")
        .replace("가-4,37.48", "가-4,37.483,126.933")
        .replace("\"35.1\",129.0", "37.484,126.934");
    let clean = sheet(&corrected);
    assert_eq!((clean.accepted.len(), clean.quarantined.len()), (4, 0));
    // A corrected row has the key it would have had, had it been right at once.
    let at_once = sheet("관리번호,위도,경도\n가-2,37.481,126.931\n");
    assert_eq!(clean.accepted[0].key, at_once.accepted[0].key);
}

#[test]
fn a_table_of_addresses_is_exported_with_columns_to_fill_in() {
    let dirty = sheet("안심택배설치장소,2016,2017\n서원동 주민센터,,37%\n");
    assert_eq!(dirty.quarantined[0].reason, Reason::NoPosition);
    let filled = dirty.export_quarantine().text.replace("37%,,", "37%,37.4801,126.9301");
    assert_eq!(sheet(&filled).accepted.len(), 1);
}

#[test]
fn stores_of_a_json_list_come_back_too() {
    let dirty = sheet(r#"[{"name":"CU 신림점","tel_number":"","lat":0,"lng":0}]"#);
    let export = dirty.export_quarantine();
    assert_eq!(export.extension, "json");
    let clean = sheet(&export.text.replace("\"lat\":0,\"lng\":0", "\"lat\":37.48,\"lng\":126.93"));
    assert_eq!(clean.accepted.len(), 1);
    assert!(clean.correction);
}
