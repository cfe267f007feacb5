use super::{Identifier, Platform, Typed};
use crate::Refusal;
use proptest::prelude::*;

fn text(typed: Typed<'_>) -> Result<String, Refusal> {
    Identifier::read(typed).map(|identifier| identifier.expose().to_owned())
}

#[test]
fn one_phone_has_one_spelling_however_it_is_typed() {
    for typed in [
        "010-1234-5678",
        "01012345678",
        " 010 1234 5678 ",
        "+82 10-1234-5678",
        "+82 (0)10 1234 5678",
        "821012345678",
        "0082-10-1234-5678",
        "０１０－１２３４－５６７８",
        "010.1234.5678",
        "010–1234–5678",
    ] {
        assert_eq!(text(Typed::Phone(typed)).unwrap(), "tel:+821012345678", "{typed}");
    }
    assert_eq!(text(Typed::Phone("02-312-4567")).unwrap(), "tel:+8223124567");
    assert_eq!(text(Typed::Phone("1588-1234")).unwrap(), "tel:+8215881234");
    assert_eq!(text(Typed::Phone("+1 (415) 555-2671")).unwrap(), "tel:+14155552671");
}

#[test]
fn what_is_no_phone_number_is_refused_rather_than_never_found() {
    for typed in [
        "",
        "+",
        "010-1234-567",
        "010-1234-56789",
        "112",
        "00149 1234567",
        "+0821012345678",
        "010-1234-567a",
        "전화",
        "+1234567",
        "+1234567890123456",
        "010+12345678",
        "9912345678",
    ] {
        assert_eq!(text(Typed::Phone(typed)).err(), Some(Refusal::NotAPhone), "{typed}");
    }
}

#[test]
fn a_handle_is_the_same_with_its_address_its_sign_and_its_capitals() {
    let instagram = Platform::of("instagram").unwrap();
    for typed in [
        "some_one",
        "@Some_One",
        " https://www.instagram.com/some_one/ ",
        "instagram.com/some_one?igsh=x",
        "http://m.instagram.com/Some_One#a",
    ] {
        let read = text(Typed::Handle(&instagram, typed)).unwrap();
        assert_eq!(read, "handle:instagram:some_one", "{typed}");
    }
    let facebook = Platform::of("facebook").unwrap();
    let read = text(Typed::Handle(&facebook, "fb.com/Kim.Min.Su")).unwrap();
    assert_eq!(read, "handle:facebook:kimminsu");
    assert_eq!(Platform::of("www.Instagram.com"), Ok(Platform::Instagram));
    let site = Platform::of("www.Example.kr").unwrap();
    let decomposed = text(Typed::Handle(&site, "ᄒ\u{1161}ᆫ빛")).unwrap();
    assert_eq!(decomposed, "handle:example.kr:한빛");
}

#[test]
fn a_handle_of_another_form_is_refused() {
    for (platform, typed) in [
        ("instagram", ""),
        ("instagram", "한빛"),
        ("instagram", "a b"),
        ("x", "sixteen_letters_"),
        ("telegram", "abc"),
        ("kakaotalk", "＠abcd"),
        ("instagram", "@@twice"),
        ("naver", "a.bcde"),
        ("example.kr", "a b"),
        ("example.kr", "a/b"),
        ("instagram", "https://example.kr/a"),
    ] {
        let platform = Platform::of(platform).unwrap();
        let read = text(Typed::Handle(&platform, typed));
        assert_eq!(read.err(), Some(Refusal::NotAHandle), "{typed}");
    }
    for host in ["", "site", ".kr", "a_b.kr", "ex ample.kr", "kr."] {
        assert_eq!(Platform::of(host).err(), Some(Refusal::NotAHandle), "{host}");
    }
}

#[test]
fn plates_and_people_have_one_spelling() {
    assert_eq!(text(Typed::Plate("12가 3456")).unwrap(), "plate:kr:12가3456");
    assert_eq!(text(Typed::Plate("１２３가-３４５６")).unwrap(), "plate:kr:123가3456");
    assert_eq!(text(Typed::Plate("서울 1가 3456")).unwrap(), "plate:kr:서울1가3456");
    for typed in
        ["", "1가3456", "1234가3456", "12A3456", "12가345", "12가34567", "서울가3456", "서울"]
    {
        assert_eq!(text(Typed::Plate(typed)).err(), Some(Refusal::NotAPlate), "{typed}");
    }
    let person = |name, born, workplace| text(Typed::Person { name, born, workplace });
    for workplace in ["한빛전자", "(주)한빛 전자", "㈜한빛전자", "주식회사 한빛전자"]
    {
        let read = person("김 민수", 1980, workplace).unwrap();
        assert_eq!(read, "person:김민수|1980|한빛전자", "{workplace}");
    }
    assert_eq!(person("Kim Min-su", 1980, "AB").unwrap(), "person:kimminsu|1980|ab");
    assert_eq!(person("김", 1980, "한빛전자").err(), Some(Refusal::NotAName));
    assert_eq!(person("김|1990", 1980, "한빛전자").err(), Some(Refusal::NotAName));
    assert_eq!(person("김민수", 1899, "한빛전자").err(), Some(Refusal::NotAYear));
    assert_eq!(person("김민수", 1980, "(주)").err(), Some(Refusal::NotAWorkplace));
}

proptest! {
    #[test]
    fn nothing_typed_breaks_the_reading_and_what_was_read_reads_as_itself(typed in "\\PC{0,24}") {
        let site = Platform::Site("example.kr".to_owned());
        let _ = text(Typed::Plate(&typed));
        let _ = text(Typed::Phone(&typed));
        if let Ok(read) = text(Typed::Handle(&site, &typed)) {
            let handle = read.strip_prefix("handle:example.kr:").unwrap();
            // One sign is dropped, and a second may stand behind it.
            if !handle.starts_with('@') {
                prop_assert_eq!(text(Typed::Handle(&site, handle)).unwrap(), read.clone());
            }
        }
    }

    #[test]
    fn digits_of_a_mobile_number_always_give_it(number in 0u32..100_000_000, plus in any::<bool>()) {
        let typed = if plus { format!("+82 10 {number:08}") } else { format!("010-{number:08}") };
        prop_assert_eq!(text(Typed::Phone(&typed)).unwrap(), format!("tel:+8210{number:08}"));
    }
}
