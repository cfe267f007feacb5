use super::*;
use kernel::id;

const WALK: Id<id::Escort> = Id::from_bits(0x0123_4567_89ab_cdef);

#[test]
fn a_token_opens_one_walk_and_no_other_and_no_alarm_of_the_same_number() {
    let key = BearerKey::new(Secret::new([7; 32]));
    let bearer = Bearer(read(&key.token(WALK)).unwrap());
    assert!(key.fits(Some(&bearer), WALK));
    assert!(!key.fits(Some(&bearer), Id::<id::Escort>::from_bits(WALK.bits() + 1)));
    assert!(!key.fits(Some(&bearer), Id::<id::Alarm>::from_bits(WALK.bits())));
    assert!(!BearerKey::new(Secret::new([8; 32])).fits(Some(&bearer), WALK));
    assert!(!key.fits(None, WALK));
}

#[test]
fn a_token_has_one_spelling() {
    let key = BearerKey::new(Secret::new([7; 32]));
    let token = key.token(WALK);
    assert_eq!(token.len(), 43);
    // Four of the last letter's six bits are the token's: of the 64 letters, one spells it.
    let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']);
    let start = token.strip_suffix(|_last| true).unwrap();
    let spelled = letters.filter_map(|last| read(&format!("{start}{last}")));
    let same = spelled.filter(|read| read.expose() == &key.mac(WALK));
    assert_eq!(same.count(), 1, "a second spelling of one token");
    assert!(read("").is_none());
    assert!(read("한국어").is_none());
}

#[test]
fn base64url_agrees_with_the_vectors_of_rfc_4648() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg"),
        ("fo", "Zm8"),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64url(bytes.as_bytes()), text);
    }
}
