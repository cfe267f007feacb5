//! Every answer of this word has a sentence in every language.

use kernel::{Instant, Refusal};
use volunteer::{
    Engagement, Paper, Term, application, attendance, calendar, debrief, ledger, no_go, pairing,
    person, shift, team, watch,
};

const KOREAN: &[&str] = &[include_str!("../../../../lang/ko/volunteer.ftl")];
const ENGLISH: &[&str] = &[include_str!("../../../../lang/en/volunteer.ftl")];

fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(person::Refused::ALL.map(Refusal::code));
    codes.extend(team::Refused::all().into_iter().map(Refusal::code));
    codes.extend(application::Refused::ALL.map(Refusal::code));
    codes.extend(attendance::Refused::all().into_iter().map(Refusal::code));
    codes.extend(debrief::Refused::ALL.map(Refusal::code));
    codes.extend(ledger::Refused::ALL.map(Refusal::code));
    codes.extend(no_go::Refused::ALL.map(Refusal::code));
    codes.extend(shift::Refused::all().into_iter().map(Refusal::code));
    codes.extend(watch::Refused::ALL.map(Refusal::code));
    codes.extend(application::DeclineReason::ALL.map(application::DeclineReason::code));
    codes.extend(calendar::Closed::ALL.map(calendar::Closed::code));
    codes.extend(ledger::CorrectionReason::ALL.map(ledger::CorrectionReason::code));
    codes.extend(no_go::Reason::ALL.map(no_go::Reason::code));
    codes.extend(pairing::Alone::all().into_iter().map(pairing::Alone::code));
    codes.extend(shift::CallOffReason::ALL.map(shift::CallOffReason::code));
    codes.extend(watch::Outcome::ALL.map(watch::Outcome::code));
    codes.extend(Engagement::ALL.map(Engagement::code));
    codes.extend(Paper::ALL.map(Paper::code));
    let (ends_at, ended_at) = (Instant::from_millis(0), Instant::from_millis(0));
    let terms = [Term::EndsSoon { ends_at }, Term::Over { ended_at }];
    codes.extend(terms.into_iter().filter_map(Term::code));
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
