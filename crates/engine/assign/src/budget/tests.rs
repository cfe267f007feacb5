use super::{Budget, Spending};
use std::cell::Cell;

#[test]
fn a_counted_budget_is_spent_to_the_round() {
    let mut spending = Spending::new(Budget::Rounds(5));
    let shares: Vec<f64> = std::iter::from_fn(|| spending.next()).collect();
    assert_eq!(shares, [0.0, 0.2, 0.4, 0.6, 0.8]);
    assert!(Spending::new(Budget::Rounds(0)).next().is_none());
}

#[test]
fn a_timed_budget_ends_with_the_first_reading_after_it() {
    let now = Cell::new(100.0);
    let clock = || now.replace(now.get() + 0.5);
    let mut spending = Spending::new(Budget::Seconds { seconds: 2.0, clock: &clock });
    let rounds = std::iter::from_fn(|| spending.next()).count();
    // Readings at 100.5, 101.0 and 101.5 pass, that at 102.0 does not.
    assert_eq!(rounds, 24);
    let spent = Budget::Seconds { seconds: 2.0, clock: &clock }.since(90.0);
    assert!(Spending::new(spent).next().is_none());
}
