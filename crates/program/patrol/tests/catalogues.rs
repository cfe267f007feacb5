//! Every answer of this word has a sentence in every language.

use kernel::Refusal;
use patrol::{beat, round, sighting};

const KOREAN: &[&str] = &[include_str!("../../../../lang/ko/patrol.ftl")];
const ENGLISH: &[&str] = &[include_str!("../../../../lang/en/patrol.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(beat::Refused::ALL.map(Refusal::code));
    codes.extend(round::Refused::ALL.map(Refusal::code));
    codes.extend(sighting::Refused::ALL.map(Refusal::code));
    codes.extend(sighting::Kind::ALL.map(sighting::Kind::code));
    codes.extend(sighting::Outcome::ALL.map(sighting::Outcome::code));
    codes
}

#[test]
fn whatever_a_patrol_is_answered_can_be_said_in_korean_and_english() {
    assert!(!codes().is_empty());
    for code in codes() {
        let message = format!("{} = ", code.replace('.', "-"));
        for (language, catalogues) in [("ko", KOREAN), ("en", ENGLISH)] {
            let found = catalogues
                .iter()
                .flat_map(|catalogue| catalogue.lines())
                .filter(|line| line.starts_with(&message) && line.len() > message.len());
            assert_eq!(found.count(), 1, "{message}in {language}");
        }
    }
}
