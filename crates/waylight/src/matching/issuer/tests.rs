use super::*;

#[test]
fn somebody_is_one_person_however_her_document_is_typed() {
    let one = known_by("M 123-45678\n").unwrap();
    assert_eq!(*one, *known_by("m12345678").unwrap());
    for wrong in ["", "1234567", "ABCDEFGHIJ", "김민수"] {
        assert!(known_by(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn keys_are_made_once() {
    let dir = tempfile::tempdir().unwrap();
    new(dir.path()).unwrap();
    let keys = Keys::read(dir.path()).unwrap();
    assert_ne!(keys.ask.public(), keys.leave.public());
    assert!(new(dir.path()).is_err(), "people would be other people");
    assert_eq!(Keys::read(dir.path()).unwrap().ask.public(), keys.ask.public());
}
