use super::*;

fn problem(code: &str) -> Problem {
    Problem {
        code: code.to_owned(),
        status: 404,
        title: String::new(),
        field: None,
        by: None,
        serves_now: Vec::new(),
    }
}

#[test]
fn doors_that_stay_shut_are_counted_by_door_and_reason_and_nothing_else() {
    let denials = Denials::default();
    for _ in 0..3 {
        denials.note("/api/escort/requests/{id}", &problem("request.no-such-thing"));
    }
    denials.note("/api/desk/board", &problem("session.not-signed-in"));
    denials.note("/api/desk/board", &problem("escort.offer-lapsed"));
    let told: Vec<String> =
        denials.take().iter().map(|((route, code), n)| format!("{route} {code} {n}")).collect();
    assert_eq!(
        told,
        [
            "/api/desk/board session.not-signed-in 1",
            "/api/escort/requests/{id} request.no-such-thing 3",
        ]
    );
    assert!(denials.take().is_empty(), "told once");
}
