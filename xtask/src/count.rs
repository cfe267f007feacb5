//! Reads the closing lines of the test runners, so that one line can say what all of them found.

use std::ops::AddAssign;

/// How many tests or checks went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// What a runner's output adds up to, and the lines that said so.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Closing {
    pub(crate) count: Count,
    pub(crate) lines: Vec<String>,
}

/// Reads nextest (`Summary [..] 3 tests run: 3 passed`), cargo test (`test result: ok. 3 passed;
/// 0 failed`), vitest (`Tests  3 passed (3)`), Playwright (a line each for `3 passed (4.2s)`,
/// `1 failed`, `1 did not run`) and our own (`3 passed, 0 failed`).
pub(crate) fn closing(output: &str) -> Closing {
    let mut closing = Closing::default();
    // Of a failing test nextest repeats what its binary said, closing line and all.
    let nextest = output.lines().any(|line| without_color(line).trim().starts_with("Summary ["));
    for line in output.lines() {
        let line = without_color(line);
        let said = line.trim();
        let runner = said.starts_with("Summary [")
            || (said.starts_with("test result:") && !nextest)
            || said.starts_with("Tests ")
            || is_tally(said);
        if !runner {
            continue;
        }
        let count = Count {
            passed: PASSED.iter().map(|word| before(said, word)).sum(),
            failed: FAILED.iter().map(|word| before(said, word)).sum(),
            skipped: before(said, "skipped") + before(said, "ignored") + before(said, "todo"),
        };
        // Doc tests of a dozen crates without any say so a dozen times: nothing to repeat.
        if count != Count::default() {
            closing.count += count;
            closing.lines.push(said.to_owned());
        }
    }
    closing
}

/// What counts as passed. A journey that needed its second try is shown as `flaky` and counts:
/// whoever runs the suite sees the line and decides.
const PASSED: &[&str] = &["passed", "flaky"];
/// What counts as failed: also what never came to run.
const FAILED: &[&str] = &["failed", "timed out", "did not run", "interrupted"];

/// Whether a line is nothing but a number and what it counts, with perhaps a time behind.
fn is_tally(said: &str) -> bool {
    let counted = said.trim_start_matches(|c: char| c.is_ascii_digit());
    let (word, rest) = counted.split_once([',', '(']).unwrap_or((counted, ""));
    let known = ["skipped"].iter().chain(PASSED).chain(FAILED);
    counted.len() < said.len()
        && known.into_iter().any(|known| word.trim() == *known)
        && (rest.is_empty() || rest.ends_with(')') || rest.contains("failed"))
}

/// The number right before ` word` in a line; 0 when there is none.
fn before(line: &str, word: &str) -> usize {
    line.find(&format!(" {word}"))
        .and_then(|at| line.get(..at))
        .and_then(|head| head.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

/// The line without ANSI color sequences.
pub(crate) fn without_color(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            for inner in letters.by_ref() {
                if inner.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests;
