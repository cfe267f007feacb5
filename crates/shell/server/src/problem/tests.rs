use super::*;
use std::path::Path;

/// One of each; adding one to `Turned` without adding it here does not compile.
fn all() -> Vec<Turned> {
    let every = |turned: &Turned| match turned {
        Turned::Refused { .. }
        | Turned::NotUnderstood(_)
        | Turned::NoKey
        | Turned::KeyReused
        | Turned::NoSuchThing
        | Turned::NotSignedIn
        | Turned::Confirm
        | Turned::NotYours
        | Turned::ForeignOrigin
        | Turned::SignInFailed
        | Turned::TooMany(_)
        | Turned::TooLarge
        | Turned::NoSuchMethod
        | Turned::TimedOut
        | Turned::IssuerAway
        | Turned::NoStreets
        | Turned::Failed(_)
        | Turned::Fault => {}
    };
    let all = vec![
        Turned::NotUnderstood(None),
        Turned::NoKey,
        Turned::KeyReused,
        Turned::NoSuchThing,
        Turned::NotSignedIn,
        Turned::Confirm,
        Turned::NotYours,
        Turned::ForeignOrigin,
        Turned::SignInFailed,
        Turned::TooMany(Vec::new()),
        Turned::TooLarge,
        Turned::NoSuchMethod,
        Turned::TimedOut,
        Turned::IssuerAway,
        Turned::NoStreets,
        Turned::Failed(Failure::Busy),
        Turned::Fault,
    ];
    all.iter().for_each(every);
    all
}

#[test]
fn every_no_has_words_in_both_languages() {
    let lang = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../lang");
    for language in ["ko", "en"] {
        let mut text = String::new();
        for file in std::fs::read_dir(lang.join(language)).unwrap() {
            text += &std::fs::read_to_string(file.unwrap().path()).unwrap();
        }
        for code in all().iter().map(|turned| turned.told().1).chain(OTHER_CODES) {
            let key = format!("\n{} =", code.replace(['.', '_'], "-"));
            assert!(text.contains(&key), "{language} has no words for {code}");
        }
    }
}

#[test]
fn a_refusal_of_the_domain_is_a_conflict_an_invalid_wish_or_not_there() {
    let status = |kind| {
        let turned = Turned::Refused { code: "x", kind, by: None, serves_now: Vec::new() };
        turned.told().0.as_u16()
    };
    assert_eq!(status(RefusalKind::Conflict), 409);
    assert_eq!(status(RefusalKind::Invalid), 422);
    assert_eq!(status(RefusalKind::Unknown), 404);
}
