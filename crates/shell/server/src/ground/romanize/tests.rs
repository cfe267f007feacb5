use super::*;

#[test]
fn names_sound_as_the_notice_of_2000_spells_them() {
    for (korean, latin) in [
        ("신림", "Sillim"),
        ("종로", "Jongno"),
        ("왕십리", "Wangsimni"),
        ("관악", "Gwanak"),
        ("봉천", "Bongcheon"),
        ("서울대입구", "Seouldaeipgu"),
        ("신라", "Silla"),
        ("독립문", "Dongnimmun"),
        ("별내", "Byeollae"),
        ("좋고", "Joko"),
        ("압구정", "Apgujeong"),
        ("낙성대", "Nakseongdae"),
    ] {
        assert_eq!(romanized(korean), latin, "{korean}");
    }
}

#[test]
fn stations_and_police_boxes_say_what_they_are() {
    assert_eq!(in_english("신림역"), "Sillim Station");
    assert_eq!(in_english("서원동"), "Seowon-dong");
    assert_eq!(in_english("신림지구대"), "Sillim Police District Unit");
    assert_eq!(in_english("GS25 신림점"), "GS25 Sillimjeom");
    assert_eq!(in_english("꽃내시장입구"), "Kkonnae Market Entrance");
    assert_eq!(in_english("새가람도서관"), "Saegaram Library");
    assert_eq!(in_english("강남구청역"), "Gangnam-gu Office Station");
    assert_eq!(in_english("관악구"), "Gwanak-gu");
}

#[test]
fn what_is_not_hangul_stays() {
    assert_eq!(in_english("CU (24h)"), "CU (24h)");
    assert_eq!(in_english(""), "");
}
