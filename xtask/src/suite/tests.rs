use super::{Ended, Options, report};
use crate::count::{Closing, Count};

#[test]
fn one_step_can_be_asked_for_by_name() {
    let options = Options::parse(&["--only", "tidy", "--no-install"]).unwrap();
    assert_eq!(options, Options { no_install: true, only: Some("tidy".to_owned()) });
}

#[test]
fn a_step_that_does_not_exist_is_refused_with_the_ones_that_do() {
    let refused = Options::parse(&["--only", "tidyy"]).unwrap_err();
    assert!(refused.contains("tidyy") && refused.contains("clippy"), "{refused}");
    assert!(Options::parse(&["--quick"]).is_err());
}

#[test]
fn a_runner_that_dies_without_counting_is_still_a_failure() {
    let count = report("rust", 1, Ended::Failed(Count::default(), String::new()));
    assert_eq!(count, Count { failed: 1, ..Count::default() });
}

#[test]
fn the_tests_of_a_runner_are_counted_one_by_one() {
    let count = Count { passed: 7, failed: 2, skipped: 1 };
    assert_eq!(report("rust", 1, Ended::Failed(count, String::new())), count);
    let closing = Closing { count, lines: Vec::new() };
    assert_eq!(report("rust", 1, Ended::Counted(closing)), count);
}
