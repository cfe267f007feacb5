//! Plates of Korean cars.

use super::compact;
use crate::Refusal;

/// What older and commercial plates begin with: it is part of the number.
const REGIONS: [&str; 17] = [
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남",
    "전북", "전남", "경북", "경남", "제주",
];

pub(super) fn canonical(text: &str) -> Result<String, Refusal> {
    let compact = compact(text, "-");
    let (region, rest) = REGIONS
        .iter()
        .find_map(|region| Some((*region, compact.strip_prefix(region)?)))
        .unwrap_or(("", &compact));
    let first = rest.chars().take_while(char::is_ascii_digit).count();
    let least = if region.is_empty() { 2 } else { 1 };
    let mut after = rest.chars().skip(first);
    let syllable = after.next().is_some_and(|c| ('가'..='힣').contains(&c));
    let last: Vec<char> = after.collect();
    let fits = (least..=3).contains(&first)
        && syllable
        && last.len() == 4
        && last.iter().all(char::is_ascii_digit);
    if fits { Ok(format!("plate:kr:{compact}")) } else { Err(Refusal::NotAPlate) }
}
