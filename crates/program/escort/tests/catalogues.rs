//! Every answer of this word has a sentence in every language.

use escort::*;
use kernel::Refusal;

const KOREAN: &[&str] = &[
    include_str!("../../../../lang/ko/escort.ftl"),
    include_str!("../../../../lang/ko/stage.ftl"),
    include_str!("../../../../lang/ko/assign.ftl"),
];
const ENGLISH: &[&str] = &[
    include_str!("../../../../lang/en/escort.ftl"),
    include_str!("../../../../lang/en/stage.ftl"),
    include_str!("../../../../lang/en/assign.ftl"),
];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Refused::ALL.map(Refusal::code));
    codes.extend(Stage::ALL.iter().map(|label| label.code()));
    codes.extend(Reach::ALL.iter().map(|label| label.code()));
    codes.extend(Channel::ALL.iter().map(|label| label.code()));
    codes.extend(TurnedAwayReason::ALL.iter().map(|label| label.code()));
    codes.extend(DeclineReason::ALL.iter().map(|label| label.code()));
    codes.extend(StandDownReason::ALL.iter().map(|label| label.code()));
    codes.extend(CancelReason::ALL.iter().map(|label| label.code()));
    codes.extend(Lapse::ALL.map(Lapse::code));
    codes.extend(Shortage::ALL.iter().map(|label| label.code()));
    codes.extend(Help::ALL.map(Help::code));
    codes
}

#[test]
fn whatever_a_walk_answers_can_be_said_in_korean_and_english() {
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
