//! A person by name, year of birth and workplace.

use super::{folded, has_length};
use crate::Refusal;
use unicode_normalization::UnicodeNormalization;

/// Forms of companies, which some write and some leave out.
const FORMS: [&str; 4] = ["(주)", "주식회사", "(유)", "유한회사"];

pub(super) fn canonical(name: &str, born: u16, workplace: &str) -> Result<String, Refusal> {
    let mut name = folded(name);
    name.retain(|c| !c.is_whitespace() && !".'\u{2019}-\u{b7}".contains(c));
    // What stood apart may be one letter now.
    let name: String = name.nfc().collect();
    if !has_length(&name, 2, 40) || !name.chars().all(char::is_alphabetic) {
        return Err(Refusal::NotAName);
    }
    if !(1900..=2100).contains(&born) {
        return Err(Refusal::NotAYear);
    }
    let mut workplace = folded(workplace);
    workplace.retain(|c| !c.is_whitespace());
    let workplace = without_forms(workplace);
    if !has_length(&workplace, 2, 60) {
        return Err(Refusal::NotAWorkplace);
    }
    Ok(format!("person:{name}|{born}|{workplace}"))
}

/// Letters and numbers alone, without the forms of companies: again and again, since what one leaves
/// may be another, and who copies the canonical text must come to the same.
fn without_forms(mut text: String) -> String {
    loop {
        let mut less = FORMS.iter().fold(text.clone(), |text, form| text.replace(form, ""));
        less.retain(char::is_alphanumeric);
        let less: String = less.nfc().collect();
        if less == text {
            return text;
        }
        text = less;
    }
}
