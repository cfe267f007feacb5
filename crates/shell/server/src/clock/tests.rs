use super::*;

const START: Instant = Instant::from_millis(1_795_442_400_000);

#[test]
fn a_stepped_clock_stands_still_until_it_is_stepped() {
    let clock = SteppedClock::at(START);
    assert_eq!(clock.now(), START);
    clock.step(Span::seconds(20));
    assert_eq!(clock.now(), START + Span::seconds(20));
}

#[tokio::test]
async fn whoever_waits_on_a_stepped_clock_wakes_when_the_moment_has_come() {
    let clock = SteppedClock::at(START);
    let mut waiting = clock.wait_until(START + Span::seconds(45));
    clock.step(Span::seconds(44));
    assert!(futures::poll!(&mut waiting).is_pending());
    clock.step(Span::seconds(1));
    waiting.await;
}

#[test]
fn the_demo_night_skips_ahead_and_never_back() {
    let clock = DemoClock::starting(START, 500);
    assert_eq!(clock.speed(), 60, "a night faster than 60 cannot be followed by eye");
    clock.skip_to(START + Span::hours(1));
    assert!(clock.now() >= START + Span::hours(1));
    clock.skip_to(START);
    assert!(clock.now() >= START + Span::hours(1));
    clock.set_speed(0);
    assert_eq!(clock.speed(), 1);
}
