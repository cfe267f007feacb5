use super::*;

#[test]
fn an_id_survives_printing_and_reading() {
    for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0011_2233_4455_6677] {
        let id = Id::<Escort>::from_bits(bits);
        assert_eq!(id.to_string().parse::<Id<Escort>>(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<Id<Escort>>(&json).unwrap(), id);
    }
}

#[test]
fn a_team_is_never_read_as_a_walk() {
    let team = Id::<Team>::from_bits(7).to_string();
    assert_eq!(team.parse::<Id<Escort>>(), Err(NotAnId { expected: "esc" }));
}

#[test]
fn damaged_ids_are_refused() {
    let good = Id::<Escort>::from_bits(7).to_string();
    for bad in [
        "",
        "esc",
        "esc_",
        good.trim_end_matches('7'),
        &format!("{good}0"),
        "esc_u0000000000000000000000000",
        "esc_80000000000000000000000000",
    ] {
        assert!(bad.parse::<Id<Escort>>().is_err(), "{bad}");
    }
}

#[test]
fn prefixes_are_distinct_and_in_order() {
    assert!(PREFIXES.windows(2).all(|pair| pair[0] < pair[1]));
}
