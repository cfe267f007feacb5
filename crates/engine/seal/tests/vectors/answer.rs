//! What the crate answers to one case: a section each.

mod compartments;
mod consent;
mod custody;
mod device;
mod directory;
mod files;
mod knock;
mod letters;
mod mailbox;
mod recovery;
mod report;
mod team;
mod words;
mod wraps;
mod written;

use crate::case::Case;
use seal::Refusal;
use serde_json::Value;

/// What an operation gives, or how it is refused.
type Answer = Result<Value, Refusal>;

/// Nothing, where the section or its operation is not known.
pub fn answer(section: &str, case: &Case<'_>) -> Option<Answer> {
    let operation = case.text("operation");
    let answer = match section {
        "words" => words::answer,
        "mailbox" => mailbox::answer,
        "device" => device::answer,
        "compartments" => compartments::answer,
        "wraps" => wraps::answer,
        "consent" => consent::answer,
        "report" => report::answer,
        "written" => written::answer,
        "knock" => knock::answer,
        "directory" => directory::answer,
        "team" => team::answer,
        "recovery" => recovery::answer,
        "files" => files::answer,
        "letters" => letters::answer,
        "custody" => custody::answer,
        _ => return None,
    };
    answer(&operation, case)
}

/// What a case of the operation `close` closes: a compartment, or a part of a file.
pub fn closed(case: &Case<'_>, part: Option<usize>) -> Vec<u8> {
    match part {
        None => compartments::close(case).unwrap(),
        Some(part) => files::close(case).unwrap().swap_remove(part),
    }
}
