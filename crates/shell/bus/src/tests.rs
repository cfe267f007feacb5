use super::*;

const TEAM: Id<id::Team> = Id::from_bits(7);
const SILLIM: Point = Point { lat: 37.4842, lon: 126.9297 };

fn heard(seconds: i64) -> Heard {
    Heard { at: SILLIM, accuracy_m: 8, heard_at: Instant::from_millis(seconds * 1_000) }
}

#[test]
fn a_late_position_does_not_push_a_team_back() {
    let bus = Bus::default();
    bus.heard(TEAM, heard(100));
    bus.heard(TEAM, heard(40));
    let known = bus.position(TEAM).unwrap();
    assert_eq!(known.heard_at, Instant::from_millis(100_000));
    assert_eq!(known.age_seconds(Instant::from_millis(104_900)), 4);
    assert_eq!(known.age_seconds(Instant::from_millis(0)), 0, "an age is never negative");
}

#[test]
fn a_team_off_duty_is_forgotten_and_so_is_an_old_position() {
    let bus = Bus::default();
    bus.heard(TEAM, heard(100));
    bus.forget(TEAM);
    assert_eq!(bus.position(TEAM), None);
    bus.heard(TEAM, heard(100));
    bus.forget_older(Instant::from_millis(100_000 + 3_600_001), Span::hours(1));
    assert_eq!(bus.position(TEAM), None);
}

#[test]
fn whoever_watches_is_woken_by_a_step() {
    let bus = Bus::default();
    let mut steps = bus.footsteps();
    steps.mark_unchanged();
    bus.heard(TEAM, heard(100));
    assert!(steps.has_changed().unwrap());
}
