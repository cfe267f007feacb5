use super::*;
use wire::escort::Ask;

fn field(body: &str) -> Option<String> {
    match read::<Ask>(body.as_bytes()) {
        Err(Turned::NotUnderstood(field)) => field,
        other => panic!("{:?}", other.map(|_| "read")),
    }
}

#[test]
fn what_was_typed_is_never_repeated_back() {
    assert_eq!(field("{}").as_deref(), Some("meeting_place"));
    assert_eq!(field(r#"{"meeting_place":"`Hong Gildong` missing field"}"#), None);
    assert_eq!(field("not json"), None);
}
