//! A city without the table has no such thing, and a page may reach no other house.

use crate::{
    city::{City, without_matching},
    house::ask,
};
use serde_json::{Value, json};

fn connects(headers: &str) -> Vec<&str> {
    let mut lines = headers.lines();
    let policy = lines.find(|line| line.to_lowercase().starts_with("content-security-policy:"));
    let part = policy.unwrap().split(';').find(|part| part.contains("connect-src")).unwrap();
    part.split_whitespace().skip(1).collect()
}

#[test]
fn without_the_table_every_route_is_no_such_thing_whatever_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let city = without_matching(&folder);
    let of = |method, path, body: &Value| ask(city.at, method, path, body).unwrap();
    let none = of("GET", "/api/onestop/matching", &Value::Null);
    none.is(404, "request.no-such-thing");
    for path in ["/api/onestop/matching/entry", "/api/onestop/matching/withdraw"] {
        for body in [json!({}), json!("broken"), json!({ "withdrawal": "A".repeat(43) })] {
            of("POST", path, &body).is(404, "request.no-such-thing");
        }
    }
    for page in ["/report", "/"] {
        assert_eq!(connects(&of("GET", page, &Value::Null).headers), ["'self'"], "{page}");
    }
}

#[test]
fn with_it_one_page_reaches_these_houses_and_no_other_does() {
    let city = City::founded();
    let report = city.ask("GET", "/report", &Value::Null);
    let mut houses = vec!["'self'".to_owned(), city.issuer.origin()];
    houses.extend(city.holders.iter().flatten().map(crate::house::House::origin));
    assert_eq!(connects(&report.headers), houses);
    for page in ["/", "/case", "/desk"] {
        assert_eq!(connects(&city.ask("GET", page, &Value::Null).headers), ["'self'"], "{page}");
    }
}
