use super::{Cap, HOUR_MS, PER_HOUR};
use crate::Refusal;
use proptest::prelude::*;

#[test]
fn the_201st_in_an_hour_is_refused_and_raises_the_alarm_until_somebody_looks() {
    let mut cap = Cap::default();
    for at in 0..PER_HOUR as i64 {
        assert_eq!(cap.take(at), Ok(()));
    }
    assert_eq!(cap.alarm(), None);
    assert_eq!(cap.take(500), Err(Refusal::TooManyThisHour));
    assert_eq!(cap.take(600), Err(Refusal::TooManyThisHour));
    assert_eq!(cap.alarm(), Some(500));
    assert_eq!(cap.take(HOUR_MS - 1), Err(Refusal::TooManyThisHour));
    assert_eq!(cap.take(HOUR_MS), Ok(()));
    assert_eq!(cap.take(HOUR_MS), Err(Refusal::TooManyThisHour));
    assert_eq!(cap.take(0), Err(Refusal::TooManyThisHour), "a clock that goes back gives nothing");
    assert_eq!(cap.alarm(), Some(500));
    cap.quiet();
    assert_eq!(cap.alarm(), None);
}

#[test]
fn what_was_kept_counts_on() {
    let mut cap = Cap::default();
    for at in 0..PER_HOUR as i64 {
        assert_eq!(cap.take(at), Ok(()));
    }
    assert_eq!(cap.take(500), Err(Refusal::TooManyThisHour));
    let mut again = Cap::of(cap.answered(), cap.alarm());
    assert_eq!(again, cap);
    assert_eq!(again.take(600), Err(Refusal::TooManyThisHour));
    assert_eq!(again.alarm(), Some(500));
    let backwards = Cap::of(cap.answered().into_iter().rev().collect(), None);
    assert_eq!(backwards.answered(), cap.answered());
}

proptest! {
    #[test]
    fn never_more_than_200_in_any_hour(steps in proptest::collection::vec(0_i64..60_000, 1..900)) {
        let (mut cap, mut now, mut taken) = (Cap::default(), 0, Vec::new());
        for step in steps {
            now += step;
            if cap.take(now).is_ok() {
                taken.push(now);
            }
        }
        for window in taken.windows(PER_HOUR + 1) {
            prop_assert!(window[PER_HOUR] - window[0] >= HOUR_MS);
        }
    }
}
