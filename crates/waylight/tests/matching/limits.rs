//! How much anybody may ask, also over restarts.

use crate::{
    city::City,
    house::{done, refused, run},
    she::She,
};
use matching::{
    asked::Asked,
    identifier::{Identifier, Typed},
};
use serde_json::json;

fn question(she: &mut She, at: usize) -> Asked {
    let phone = format!("010-2222-{at:04}");
    let identifier = Identifier::read(Typed::Phone(&phone)).unwrap();
    Asked::blind(&identifier, &mut she.chance).unwrap()
}

/// Check 29, first.
#[test]
fn the_sixth_identifier_of_a_person_is_refused_where_she_is_admitted() {
    let city = City::founded();
    let dir = city.at("issuer");
    let admit = ["matching", "issuer", "admit", "--dir", &dir];
    let codes = city.admit("M123456701", 3);
    let said = refused(&[admit.as_slice(), &["--identifiers", "3"]].concat(), "m 1234-56701");
    assert!(said.contains("She has 2 left"), "{said}");
    let mut she = She::opens(&city, 1);
    for code in codes.iter().chain(&city.admit("M123456701", 2)) {
        she.takes_tokens(&city, code).map_err(|no| no.body).unwrap();
    }
    let said = refused(&admit, "M123456701");
    assert!(said.contains("five in ninety days") && said.contains("She has 0 left"), "{said}");
    assert!(!said.contains("M123456701"), "what she is known by is not repeated");
    city.admit("M123456702", 1);
    // A used code gives nothing more, and one that was never printed nothing at all.
    let used = she.takes_tokens(&city, &codes[0]).err().unwrap();
    used.is(409, "matching.code_used");
    let none = she.takes_tokens(&city, "0000-0000-0000").err().unwrap();
    none.is(404, "matching.code_unknown");
}

/// A token is for one question, whoever restarts; and each kind for its own.
#[test]
fn a_token_of_before_serves_for_no_other_question() {
    let mut city = City::founded();
    let codes = city.admit("M123456701", 2);
    let mut she = She::opens(&city, 1);
    let tokens = she.takes_tokens(&city, &codes[0]).map_err(|no| no.body).unwrap();
    let (one, other) = (question(&mut she, 1), question(&mut she, 2));
    let ask = |city: &City, holder: usize, token, asked: &Asked| {
        let at = city.holders[holder - 1].as_ref().unwrap().at;
        She::asks_one(at, token, asked).unwrap()
    };
    assert_eq!(ask(&city, 1, &tokens.ask, &one).status, 200);
    assert_eq!(ask(&city, 2, &tokens.ask, &one).status, 200, "another holder, the same question");
    city.stop_holder(3);
    city.start_holder(3);
    ask(&city, 3, &tokens.ask, &other).is(409, "matching.token_used");
    ask(&city, 3, &tokens.leave, &other).is(409, "matching.token_wrong");
    // And an entry is not left with a token to ask with.
    let entry = json!({
        "number": "A".repeat(22), "withdrawal_hash": "A".repeat(43), "entry": "A".repeat(6_124),
        "spending": "A".repeat(86),
    });
    let left = city.ask("POST", "/api/onestop/matching/entry", &entry);
    left.is(409, "matching.token_wrong");
    let short = json!({
        "number": "A".repeat(22), "withdrawal_hash": "A".repeat(43), "entry": "AAAA",
        "spending": "A".repeat(86),
    });
    city.ask("POST", "/api/onestop/matching/entry", &short).is(422, "matching.form_broken");
}

/// Check 29, second: the hour of a holder, over a restart, and its alarm.
#[test]
fn the_201st_answer_in_an_hour_is_refused_and_raises_an_alarm_until_it_is_seen() {
    let mut city = City::founded();
    let dir = city.at("holder-1");
    let alarm = ["matching", "holder", "alarm", "--dir", &dir];
    let mut she = She::opens(&city, 1);
    let mut asked = 0;
    let mut refused_at = None;
    for person in 0..41 {
        for code in city.admit(&format!("M5000000{person:02}"), 5) {
            if asked == 100 {
                city.stop_holder(1);
                city.start_holder(1);
            }
            let tokens = she.takes_tokens(&city, &code).map_err(|no| no.body).unwrap();
            let question = question(&mut she, asked);
            let at = city.holders[0].as_ref().unwrap().at;
            let answer = She::asks_one(at, &tokens.ask, &question).unwrap();
            if asked < 200 {
                assert_eq!(answer.status, 200, "question {}: {}", asked + 1, answer.body);
                // Asking the same again says nothing new and takes no place.
                if asked % 50 == 7 {
                    let again = She::asks_one(at, &tokens.ask, &question).unwrap();
                    assert_eq!(again.status, 200);
                }
            } else {
                answer.is(429, "matching.too_many_this_hour");
                refused_at = Some(asked + 1);
                break;
            }
            if asked == 199 {
                assert_eq!(done(&alarm, "").trim(), "quiet");
            }
            asked += 1;
        }
    }
    assert_eq!(refused_at, Some(201));
    let raised = run(&alarm, "");
    assert!(!raised.status.success());
    assert!(String::from_utf8(raised.stdout).unwrap().starts_with("raised at "));
    assert!(city.holders[0].as_ref().unwrap().log().contains("more is asked in an hour"));
    city.stop_holder(1);
    city.start_holder(1);
    assert!(!run(&alarm, "").status.success(), "it stays until somebody looks");
    assert!(done(&[alarm.as_slice(), &["--seen"]].concat(), "").starts_with("seen: "));
    assert_eq!(done(&alarm, "").trim(), "quiet");
}
