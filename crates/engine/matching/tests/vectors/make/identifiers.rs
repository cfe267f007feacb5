//! Spellings: those that are one, and those that are none.

use super::Section;
use serde_json::json;

const PHONES: &[&str] = &[
    "010-1234-5678",
    "01012345678",
    "+82 10-1234-5678",
    "+82 (0)10 1234 5678",
    "821012345678",
    "0082 10 1234 5678",
    "０１０－１２３４－５６７８",
    "\u{a0}010\u{2013}1234\u{2212}5678\u{3000}",
    "02-312-4567",
    "1588-1234",
    "+1 (415) 555-2671",
];

const NO_PHONES: &[&str] = &[
    "",
    "+",
    "112",
    "010-1234-567",
    "010-1234-56789",
    "010-1234-567a",
    "010+12345678",
    "++821012345678",
    "00149 1234567",
    "+0821012345678",
    "+1234567",
    "+1234567890123456",
    "9912345678",
    "٠١٠١٢٣٤٥٦٧٨",
    "전화번호",
    "010\u{200b}12345678",
    "010-1234-5678 내선 1",
];

const HANDLES: &[(&str, &str)] = &[
    ("instagram", "some_one"),
    ("instagram", "@Some_One"),
    ("instagram", " https://www.instagram.com/some_one/?igsh=x#y "),
    ("instagram", "m.kim"),
    ("www.Instagram.com", "m.instagram.com/some_one"),
    ("x", "https://twitter.com/SomeOne/status/1"),
    ("telegram", "t.me/some_one"),
    ("tiktok", "https://www.tiktok.com/@some.one"),
    ("facebook", "fb.com/Kim.Min.Su"),
    ("naver", "https://m.blog.naver.com/some-one/223"),
    ("kakaotalk", "Some-One"),
    ("example.kr", "ᄒ\u{1161}ᆫ빛"),
    ("example.kr", "ΟΔΟΣ"),
    ("example.kr", "İ"),
    ("www.www.example.kr", "someone"),
];

const NO_HANDLES: &[(&str, &str)] = &[
    ("instagram", ""),
    ("instagram", "@"),
    ("instagram", "@@twice"),
    ("instagram", "한빛"),
    ("instagram", "a b"),
    ("instagram", "ｓｏｍｅ"),
    ("instagram", "https://example.kr/a"),
    ("instagram", "instagram.com/"),
    ("instagram", "0123456789012345678901234567890"),
    ("x", "sixteen_letters_"),
    ("telegram", "abc"),
    ("facebook", "a.b.c"),
    ("kakaotalk", "abc"),
    ("naver", "a.bcde"),
    ("example.kr", "@@twice"),
    ("example.kr", "a b"),
    ("example.kr", "a/b"),
    ("example.kr", "a\u{7f}b"),
    ("nowhere", "someone"),
    (".kr", "someone"),
    ("a_b.kr", "someone"),
    ("", "someone"),
];

pub(super) fn made() -> Section {
    let mut section = Section::new("identifiers");
    for (at, text) in PHONES.iter().enumerate() {
        section.gives(&format!("phone-{at}"), "phone", json!({ "text": text }));
    }
    for (at, text) in NO_PHONES.iter().enumerate() {
        let inputs = json!({ "text": text });
        section.refuses(&format!("no-phone-{at}"), "phone", inputs, "not_a_phone");
    }
    for (at, (platform, text)) in HANDLES.iter().enumerate() {
        let inputs = json!({ "platform": platform, "text": text });
        section.gives(&format!("handle-{at}"), "handle", inputs);
    }
    for (at, (platform, text)) in NO_HANDLES.iter().enumerate() {
        let inputs = json!({ "platform": platform, "text": text });
        section.refuses(&format!("no-handle-{at}"), "handle", inputs, "not_a_handle");
    }
    for (at, text) in ["12가 3456", "１２３가-３４５６", "서울 1가 3456"].iter().enumerate()
    {
        section.gives(&format!("plate-{at}"), "plate", json!({ "text": text }));
    }
    let none =
        ["", "1가3456", "1234가3456", "12A3456", "12가345", "12가34567", "서울가3456", "12ㄱ3456"];
    for (at, text) in none.iter().enumerate() {
        let inputs = json!({ "text": text });
        section.refuses(&format!("no-plate-{at}"), "plate", inputs, "not_a_plate");
    }
    people(&mut section);
    section
}

fn people(section: &mut Section) {
    let of = |name: &str, born: i64, workplace: &str| json!({ "name": name, "born": born, "workplace": workplace });
    for (at, inputs) in [
        of("김민수", 1980, "한빛전자"),
        of("김 민수", 1980, "(주)한빛 전자"),
        of("김민수", 1980, "㈜한빛전자"),
        of("Kim Min-su", 1900, "주식회사 AB & Co."),
        of("O’Neil", 2100, "1동 ½"),
        of("김민수", 1980, "주식 회사 한빛전자"),
        of("김민수", 1980, "주식-회사 한빛전자"),
        of("김민수", 1980, "주식주식회사회사 한빛전자"),
        of("\u{1100}-\u{1175}민수", 1980, "\u{1112}-\u{1161}빛전자"),
    ]
    .into_iter()
    .enumerate()
    {
        section.gives(&format!("person-{at}"), "person", inputs);
    }
    for (name, inputs, refused) in [
        ("one-letter", of("김", 1980, "한빛전자"), "not_a_name"),
        ("no-name", of("", 1980, "한빛전자"), "not_a_name"),
        ("name-with-a-number", of("김민수2", 1980, "한빛전자"), "not_a_name"),
        ("name-with-a-bar", of("김|민수", 1980, "한빛전자"), "not_a_name"),
        ("before", of("김민수", 1899, "한빛전자"), "not_a_year"),
        ("after", of("김민수", 2101, "한빛전자"), "not_a_year"),
        ("only-a-form", of("김민수", 1980, "(주)"), "not_a_workplace"),
        ("no-workplace", of("김민수", 1980, " "), "not_a_workplace"),
    ] {
        section.refuses(name, "person", inputs, refused);
    }
}
