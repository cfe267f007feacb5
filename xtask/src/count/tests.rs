use super::{Count, closing};

fn count(output: &str) -> (usize, usize, usize) {
    let Count { passed, failed, skipped } = closing(output).count;
    (passed, failed, skipped)
}

#[test]
fn the_closing_line_of_nextest_is_read() {
    let said = "     Summary [   1.203s] 12 tests run: 11 passed (1 slow), 1 failed, 3 skipped";
    assert_eq!(count(said), (11, 1, 3));
    assert_eq!(closing(said).lines, [said.trim()]);
}

#[test]
fn a_failing_test_is_counted_once_though_nextest_repeats_it() {
    let said = "  FAIL [0.4s] (1/2) sim a\n  stdout ---\n    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 18 filtered out\n\
        Summary [ 0.4s] 2 tests run: 1 passed, 1 failed, 0 skipped\n";
    assert_eq!(count(said), (1, 1, 0));
}

#[test]
fn every_binary_of_cargo_test_is_added() {
    let said = "running 2 tests\ntest a ... ok\n\
        test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
        test result: FAILED. 1 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out\n\
        test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
    assert_eq!(count(said), (3, 4, 1));
    assert_eq!(closing(said).lines.len(), 2);
}

#[test]
fn vitest_counts_tests_and_not_files() {
    let said = " Test Files  1 failed | 2 passed (3)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m2 failed\u{1b}[39m | 17 passed | 1 skipped (20)";
    assert_eq!(count(said), (17, 2, 1));
}

#[test]
fn the_browser_runner_speaks_like_us() {
    assert_eq!(count("9 passed, 2 failed, 0 skipped\n"), (9, 2, 0));
}

#[test]
fn every_line_of_playwright_is_added() {
    let said = "Running 12 tests using 1 worker\n  ✓  1 escort.spec.ts:3:1 › a walk (2.1s)\n\
        \n  1 failed\n    escort.spec.ts:9:1 › another\n  2 did not run\n  1 flaky\n  1 skipped\n  8 passed (1.2m)\n";
    assert_eq!(count(said), (9, 3, 1));
    assert!(closing(said).lines.contains(&"1 flaky".to_owned()));
}

#[test]
fn a_sentence_about_passing_is_no_closing_line() {
    assert_eq!(
        count("havens passed: 3\nall 4 lamps passed the test\n3 passed by the haven\n"),
        (0, 0, 0)
    );
}
