//! Every answer of this word has a sentence in every language.

use haven::{
    Gap,
    store::{Refused, SuspensionReason},
};
use kernel::Refusal;

const KOREAN: &[&str] = &[include_str!("../../../../lang/ko/haven.ftl")];
const ENGLISH: &[&str] = &[include_str!("../../../../lang/en/haven.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Refused::ALL.map(Refusal::code));
    codes.extend(Gap::ALL.map(Gap::code));
    codes.extend(SuspensionReason::ALL.map(SuspensionReason::code));
    codes
}

#[test]
fn whatever_a_store_answers_can_be_said_in_korean_and_english() {
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
