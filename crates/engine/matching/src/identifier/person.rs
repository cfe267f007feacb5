//! A person by name, year of birth and workplace.

use super::{folded, has_length};
use crate::Refusal;

/// Forms of companies, which some write and some leave out.
const FORMS: [&str; 4] = ["(주)", "주식회사", "(유)", "유한회사"];

pub(super) fn canonical(name: &str, born: u16, workplace: &str) -> Result<String, Refusal> {
    let mut name = folded(name);
    name.retain(|c| !c.is_whitespace() && !".'\u{2019}-\u{b7}".contains(c));
    if !has_length(&name, 2, 40) || !name.chars().all(char::is_alphabetic) {
        return Err(Refusal::NotAName);
    }
    if !(1900..=2100).contains(&born) {
        return Err(Refusal::NotAYear);
    }
    let mut workplace = folded(workplace);
    for form in FORMS {
        workplace = workplace.replace(form, "");
    }
    workplace.retain(char::is_alphanumeric);
    if !has_length(&workplace, 2, 60) {
        return Err(Refusal::NotAWorkplace);
    }
    Ok(format!("person:{name}|{born}|{workplace}"))
}
