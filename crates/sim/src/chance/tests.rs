use super::Chance;

#[test]
fn one_seed_and_name_always_draw_the_same() {
    let draw = |seed, name| {
        let mut chance = Chance::of(seed, name);
        (chance.bits(), chance.bits())
    };
    assert_eq!(draw(7, "lamps"), draw(7, "lamps"));
    assert_ne!(draw(7, "lamps"), draw(7, "stores"));
    assert_ne!(draw(7, "lamps"), draw(8, "lamps"));
}

#[test]
fn draws_stay_within_what_was_asked_for() {
    let mut chance = Chance::of(1, "bounds");
    for _ in 0..2_000 {
        assert!((3.0..4.0).contains(&chance.between(3.0, 4.0)));
        assert!(chance.below(5) < 5);
        assert!(chance.waiting_s(30.0) >= 0.0);
    }
    assert_eq!(chance.below(0), 0);
    assert_eq!(chance.pick::<u8>(&[]), None);
}

#[test]
fn waiting_times_have_the_mean_that_was_asked_for() {
    let mut chance = Chance::of(2, "waiting");
    let total: f64 = (0..20_000).map(|_| chance.waiting_s(60.0)).sum();
    let mean = total / 20_000.0;
    assert!((57.0..63.0).contains(&mean), "{mean}");
}

#[test]
fn a_shuffle_loses_nobody() {
    let mut all = Chance::of(3, "shuffle").shuffled((0..50).collect::<Vec<u32>>());
    assert_ne!(all, (0..50).collect::<Vec<_>>());
    all.sort_unstable();
    assert_eq!(all, (0..50).collect::<Vec<_>>());
}
