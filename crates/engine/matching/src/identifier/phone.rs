//! Phone numbers as E.164: a number saved on one phone and typed on another is one number.

use super::compact;
use crate::Refusal;

/// What people write between digits. The last is the minus sign.
const BETWEEN: &str = "-.()/\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}";

/// Korea's country code.
const KOREA: &str = "82";

pub(super) fn canonical(text: &str) -> Result<String, Refusal> {
    let refused = Refusal::NotAPhone;
    let compact = compact(text, BETWEEN);
    let (abroad, digits) = match compact.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, compact.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused);
    }
    if abroad {
        return match digits.strip_prefix(KOREA) {
            Some(national) => korean(national),
            None if !digits.starts_with('0') && (8..=15).contains(&digits.len()) => {
                Ok(format!("tel:+{digits}"))
            }
            None => Err(refused),
        };
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return korean(rest.strip_prefix(KOREA).ok_or(refused)?);
    }
    if digits.starts_with('0') {
        return korean(digits);
    }
    if let Some(national) = digits.strip_prefix(KOREA) {
        return korean(national);
    }
    let short = ["15", "16", "18"].iter().any(|start| digits.starts_with(start));
    if short && digits.len() == 8 { korean(digits) } else { Err(refused) }
}

/// A number within Korea, with or without the zero before it.
fn korean(national: &str) -> Result<String, Refusal> {
    let number = national.strip_prefix('0').unwrap_or(national);
    let fits = if number.starts_with("10") {
        number.len() == 10
    } else {
        !number.starts_with('0') && (8..=11).contains(&number.len())
    };
    if fits { Ok(format!("tel:+{KOREA}{number}")) } else { Err(Refusal::NotAPhone) }
}
