//! Every answer of this word has a sentence in every language.

use alarm::{
    Outcome,
    alarm::{Grade, Refused, Stage},
    desk_watch,
};
use kernel::Refusal;

const KOREAN: &[&str] =
    &[include_str!("../../../../lang/ko/alarm.ftl"), include_str!("../../../../lang/ko/stage.ftl")];
const ENGLISH: &[&str] =
    &[include_str!("../../../../lang/en/alarm.ftl"), include_str!("../../../../lang/en/stage.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Refused::ALL.map(Refusal::code));
    codes.extend(desk_watch::Refused::ALL.map(Refusal::code));
    codes.extend(Stage::ALL.map(Stage::code));
    codes.extend(Grade::ALL.map(Grade::code));
    codes.extend(Outcome::ALL.map(Outcome::code));
    codes
}

#[test]
fn whatever_an_alarm_answers_can_be_said_in_korean_and_english() {
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
