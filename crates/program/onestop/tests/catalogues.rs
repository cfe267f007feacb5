//! Every answer of this word has a sentence in every language.

use kernel::Refusal as _;
use onestop::Refusal;

const KOREAN: &str = include_str!("../../../../lang/ko/onestop.ftl");
const ENGLISH: &str = include_str!("../../../../lang/en/onestop.ftl");

#[test]
fn whatever_is_refused_can_be_said_in_korean_and_english() {
    for refusal in Refusal::ALL {
        let message = format!("{} = ", refusal.code().replace(['.', '_'], "-"));
        for (language, catalogue) in [("ko", KOREAN), ("en", ENGLISH)] {
            let said = |line: &&str| line.starts_with(&message) && line.len() > message.len();
            assert_eq!(catalogue.lines().filter(said).count(), 1, "{message}in {language}");
        }
    }
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let mut codes: Vec<_> = Refusal::ALL.map(Refusal::code).into();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Refusal::ALL.len());
}
