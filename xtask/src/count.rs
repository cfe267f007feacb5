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
/// 0 failed`), vitest (`Tests  3 passed (3)`) and our browser runner (`3 passed, 0 failed`).
pub(crate) fn closing(output: &str) -> Closing {
    let mut closing = Closing::default();
    for line in output.lines() {
        let line = without_color(line);
        let said = line.trim();
        let runner = said.starts_with("Summary [")
            || said.starts_with("test result:")
            || said.starts_with("Tests ")
            || (said.starts_with(|c: char| c.is_ascii_digit()) && said.contains(" passed"));
        if !runner {
            continue;
        }
        let count = Count {
            passed: before(said, "passed"),
            failed: before(said, "failed") + before(said, "timed out"),
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
