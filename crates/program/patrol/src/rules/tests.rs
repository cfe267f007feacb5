use super::*;

#[test]
fn a_pack_names_only_what_differs_and_a_mistyped_limit_is_told() {
    let rules: Rules = toml::from_str("round_hours_max = 2").unwrap();
    assert_eq!(rules, Rules { round_hours_max: 2, ..Rules::default() });
    assert!(toml::from_str::<Rules>("round_hours = 2").is_err());
}

#[test]
fn no_pack_rings_without_end_or_makes_patrols_fly() {
    let rules = Rules {
        desk_again_seconds: 0,
        defect_again_hours: 0,
        sighting_wait_hours: 0,
        round_hours_max: 0,
        patrol_m_per_minute: 9_000.0,
        ..Rules::default()
    };
    for span in [rules.desk_again(), rules.defect_again(), rules.sighting_wait(), rules.round_max()]
    {
        assert!(span > Span::ZERO);
    }
    assert!(rules.walked_m(Span::minutes(1)) <= 120.0);
}
