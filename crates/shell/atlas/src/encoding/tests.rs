use super::{Encoding, decode};

#[test]
fn the_same_words_are_read_in_every_encoding_the_districts_publish() {
    let words = "보안등위치명,위도,경도";
    let (korean, _, _) = encoding_rs::EUC_KR.encode(words);
    let mut with_mark = b"\xef\xbb\xbf".to_vec();
    with_mark.extend_from_slice(words.as_bytes());
    for (bytes, encoding) in [
        (words.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark, Encoding::Utf8Bom),
        (korean.to_vec(), Encoding::EucKr),
    ] {
        let found = decode(&bytes);
        assert_eq!(found.text, words);
        assert_eq!(found.encoding, encoding);
    }
}

#[test]
fn a_syllable_euc_kr_does_not_have_makes_it_cp949() {
    // 똠 and 햏 exist in CP949 only.
    let (bytes, _, _) = encoding_rs::EUC_KR.encode("똠방길 햏");
    let found = decode(&bytes);
    assert_eq!(found.encoding, Encoding::Cp949);
    assert_eq!(found.text, "똠방길 햏");
}

#[test]
fn damage_stays_where_it_happened() {
    let (korean, _, _) = encoding_rs::EUC_KR.encode("관악구 신림동,37.4\n관악구 봉천동,37.5\n");
    let mut bytes = korean.to_vec();
    bytes[1] = 0x20;
    let found = decode(&bytes);
    let lines: Vec<&str> = found.text.lines().collect();
    assert!(lines[0].contains('\u{fffd}'));
    assert_eq!(lines[1], "관악구 봉천동,37.5");
}

#[test]
fn one_broken_byte_does_not_turn_utf8_into_korean_windows() {
    let mut bytes = "관악구 신림동 보안등 하나\n".repeat(10).into_bytes();
    bytes[4] = b'x';
    assert_eq!(decode(&bytes).encoding, Encoding::Utf8);
}

#[test]
fn utf16_with_its_mark_is_read() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("위도".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(decode(&bytes).text, "위도");
}
