use super::*;
use kernel::Span;

#[test]
fn a_group_of_friends_passes_and_a_script_waits() {
    let asks = Asks::<kernel::id::Place>::new(3, 20);
    let (exit_4, stop) = (Id::from_bits(4), Id::from_bits(9));
    let now = Instant::from_millis(1_795_442_400_000);
    let taken: Vec<bool> = (0..5).map(|_| asks.take(exit_4, now)).collect();
    assert_eq!(taken, [true, true, true, false, false]);
    assert!(asks.take(stop, now), "another place is not touched");
    assert!(!asks.take(exit_4, now + Span::seconds(19)));
    assert!(asks.take(exit_4, now + Span::seconds(20)));
    assert!(!asks.take(exit_4, now + Span::seconds(21)));
    let later = now + Span::hours(1);
    let taken: Vec<bool> = (0..4).map(|_| asks.take(exit_4, later)).collect();
    assert_eq!(taken, [true, true, true, false], "a quiet hour fills it, and no further");
}
