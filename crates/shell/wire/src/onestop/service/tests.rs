use super::*;

#[test]
fn words_are_kept_as_they_travel() {
    for one in Capability::ALL {
        assert_eq!(serde_json::to_value(one).unwrap(), one.name());
        assert_eq!(Capability::of_name(one.name()), Some(one));
    }
    for one in ServiceAccess::ALL {
        assert_eq!(serde_json::to_value(one).unwrap(), one.name());
        assert_eq!(ServiceAccess::of_name(one.name()), Some(one));
    }
    assert_eq!(Capability::of_name("magic"), None);
}
