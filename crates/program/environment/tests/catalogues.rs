//! Every answer of this word has a sentence in every language.

use environment::{defect, register::Refused};
use kernel::Refusal;

const KOREAN: &[&str] = &[include_str!("../../../../lang/ko/environment.ftl")];
const ENGLISH: &[&str] = &[include_str!("../../../../lang/en/environment.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Refused::ALL.map(Refusal::code));
    codes.extend(defect::Refused::ALL.map(Refusal::code));
    codes
}

#[test]
fn whatever_a_register_answers_can_be_said_in_korean_and_english() {
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
