use super::{Lack, Paper, Standing};
use crate::Rules;
use kernel::{Id, Instant, Span, person::Gender};

fn standing() -> Standing {
    Standing {
        person: Id::from_bits(1),
        gender: Gender::Woman,
        record_check_until: Some(Instant::from_millis(1_000)),
        training_until: Some(Instant::from_millis(2_000)),
        suspended: false,
    }
}

#[test]
fn papers_hold_until_the_moment_they_run_out_and_not_at_it() {
    assert_eq!(standing().lacks(Instant::from_millis(999)), []);
    assert!(standing().fit(Instant::from_millis(999)));
    assert_eq!(standing().lacks(Instant::from_millis(1_000)), [Lack::RecordCheckExpired]);
    assert_eq!(
        standing().lacks(Instant::from_millis(2_000)),
        [Lack::RecordCheckExpired, Lack::TrainingExpired]
    );
}

#[test]
fn everything_that_is_lacking_is_told_the_gravest_first() {
    let bare =
        Standing { record_check_until: None, training_until: None, suspended: true, ..standing() };
    assert_eq!(
        bare.lacks(Instant::from_millis(0)),
        [Lack::Suspended, Lack::NoRecordCheck, Lack::NoTraining]
    );
}

#[test]
fn a_paper_that_runs_out_soon_is_told_a_month_ahead_and_no_longer_once_it_has() {
    let now = Instant::from_millis(0);
    let until = |days| Some(now + Span::days(days));
    let soon = |check, training| {
        let standing = Standing {
            record_check_until: until(check),
            training_until: until(training),
            ..standing()
        };
        let papers = standing.runs_out_soon(&Rules::default(), now);
        papers.into_iter().map(|(paper, _)| paper).collect::<Vec<_>>()
    };
    assert_eq!(soon(31, 31), []);
    assert_eq!(soon(30, 12), [Paper::Training, Paper::RecordCheck]);
    assert_eq!(soon(0, 31), [], "what has run out is lacking, not running out");
}
