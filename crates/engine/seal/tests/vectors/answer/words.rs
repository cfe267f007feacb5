use super::Answer;
use crate::{
    case::{Case, hex},
    make::Fixed,
};
use seal::words::{Language, Phrase};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "write" => Ok(write(case)),
        "read" => Phrase::read(&case.text("words")).map(|(phrase, language)| {
            json!({ "phrase": hex(phrase.expose()), "language": language.code() })
        }),
        _ => return None,
    })
}

fn write(case: &Case<'_>) -> serde_json::Value {
    let phrase = Phrase::draw(&mut Fixed(&case.bytes("entropy")));
    let language = Language::of_code(&case.text("language")).unwrap();
    json!({ "words": *phrase.text(language), "phrase": hex(phrase.expose()) })
}
