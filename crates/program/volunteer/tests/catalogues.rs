//! Every answer of this word has a sentence in every language.

use kernel::Refusal;
use volunteer::{person, team};

const KOREAN: &[&str] = &[include_str!("../../../../lang/ko/volunteer.ftl")];
const ENGLISH: &[&str] = &[include_str!("../../../../lang/en/volunteer.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(person::Refused::ALL.map(Refusal::code));
    codes.extend(team::Refused::all().into_iter().map(Refusal::code));
    codes
}

#[test]
fn whatever_a_team_answers_can_be_said_in_korean_and_english() {
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
