use super::{Lack, Standing};
use kernel::{Id, Instant, person::Gender};

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
