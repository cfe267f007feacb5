//! Limits: tokens of a person, answers of a holder, and what was spent.

use super::{Section, tokens::taken, with};
use crate::answer::{answer, hex};
use curve25519_dalek::Scalar;
use serde_json::{Value, json};

const DAYS_90_MS: i64 = 7_776_000_000;

pub(super) fn made() -> Section {
    let mut section = Section::new("limits");
    let tokens = |given: &[i64], now: i64| json!({ "given": given, "now": now });
    section.gives("fifth-token", "tokens", tokens(&[0, 1, 2, 3], 4));
    section.gives("after-90-days", "tokens", tokens(&[0, 1, 2, 3, 4], DAYS_90_MS));
    section.refuses("sixth-token", "tokens", tokens(&[0, 1, 2, 3, 4], 5), "no_tokens_left");
    let early = tokens(&[0, 1, 2, 3, 4], DAYS_90_MS - 1);
    section.refuses("a-millisecond-early", "tokens", early, "no_tokens_left");
    section.refuses("clock-went-back", "tokens", tokens(&[9, 9, 9, 9, 9], 0), "no_tokens_left");

    let times = |count: usize, last: i64| {
        let mut times = vec![0; count];
        times.push(last);
        json!({ "times": times })
    };
    section.gives("200-in-an-hour", "cap", times(199, 0));
    section.gives("201st-an-hour-later", "cap", times(200, 3_600_000));
    section.refuses("201st", "cap", times(200, 0), "too_many_this_hour");
    section.refuses("201st-early", "cap", times(200, 3_599_999), "too_many_this_hour");
    section.refuses("201st-clock-back", "cap", times(200, -3_600_000), "too_many_this_hour");
    redeemed(&mut section);
    section
}

fn redeemed(section: &mut Section) {
    let (one, two) = (hex(&[8; 32]), hex(&[9; 32]));
    let spending = |question: &Value, number: u64| {
        let inputs = with(&taken([3; 32], number), "question", question.clone());
        answer("tokens", "take", &inputs).expect("a token")["spending"].clone()
    };
    let first = json!({ "spending": spending(&one, 77), "question": one });
    let key = hex(Scalar::from(77_u64).as_bytes());
    let good = json!({ "key": key, "spent": [], "spending": first["spending"], "question": one });
    section.gives("redeem", "redeem", good.clone());
    section.gives("the-same-question-again", "redeem", with(&good, "spent", json!([first])));
    let second = json!({
        "key": key, "spent": [first], "spending": spending(&two, 77), "question": two,
    });
    section.refuses("another-question", "redeem", second, "token_used");
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "redeem", with(&good, field, value), why);
    };
    refuse("taken-on-the-way", "question", two, "token_wrong");
    refuse("of-another-issuer", "spending", spending(&one, 78), "token_wrong");
    refuse("made-up", "spending", hex(&[1; 64]), "token_wrong");
    refuse("short", "spending", hex(&[1; 63]), "form_broken");
    refuse("key-of-zero", "key", hex(&[0; 32]), "scalar_broken");
}
