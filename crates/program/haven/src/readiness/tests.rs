use super::*;
use crate::store::{Command, SuspensionReason, tests::Shop};
use kernel::{Id, Span, Week, time::Weekday};

fn gaps(shop: &Shop) -> Vec<Gap> {
    match shop.store.readiness(shop.now, &shop.rules) {
        Readiness::Ready => vec![],
        Readiness::NotReady(gaps) => gaps,
    }
}

#[test]
fn a_store_is_ready_while_somebody_trained_is_there_the_drill_is_fresh_and_it_is_open() {
    assert_eq!(gaps(&Shop::ready()), []);
}

#[test]
fn membership_alone_makes_nobody_ready() {
    let store = Store { stage: Stage::Enlisted, ..Store::default() };
    let shop = Shop { store, ..Shop::ready() };
    assert_eq!(gaps(&shop), [Gap::HoursUnknown, Gap::NobodyTrainedOnShift, Gap::NeverDrilled]);
}

#[test]
fn when_the_last_trained_person_leaves_it_is_not_ready_any_more() {
    let mut shop = Shop::ready();
    shop.give_all([Command::EndShift { person: Id::from_bits(1) }]);
    assert_eq!(gaps(&shop), [Gap::NobodyTrainedOnShift]);
}

#[test]
fn a_shift_that_ran_out_does_not_count_even_if_no_timer_fired() {
    let mut shop = Shop::ready();
    shop.now = shop.now + Span::hours(12);
    assert_eq!(gaps(&shop), [Gap::NobodyTrainedOnShift]);
}

#[test]
fn a_drill_goes_stale_after_thirty_days() {
    let mut shop = Shop::ready();
    let again = |shop: &mut Shop| {
        shop.fire();
        shop.give_all([Command::StartShift { person: Id::from_bits(1) }]);
    };
    let drilled = shop.now;
    shop.now = drilled + Span::days(30);
    again(&mut shop);
    assert_eq!(gaps(&shop), []);
    shop.now = drilled + Span::days(30) + Span::seconds(1);
    assert_eq!(gaps(&shop), [Gap::DrillStale]);
    shop.give_all([Command::Drill { person: Id::from_bits(1) }]);
    assert_eq!(gaps(&shop), []);
}

#[test]
fn a_closed_store_is_not_ready_whoever_is_in_it() {
    let mut shop = Shop::ready();
    let hours = Week::new([(Weekday::Tue, "09:00-22:00".parse().unwrap())]);
    shop.give_all([Command::SetHours { hours }]);
    assert_eq!(gaps(&shop), [Gap::Closed], "22:00 is closing time");
}

#[test]
fn a_missing_sign_and_a_suspension_are_told() {
    let mut shop = Shop::ready();
    shop.give_all([
        Command::CheckSign { visible: false },
        Command::Suspend { reason: SuspensionReason::Equipment },
    ]);
    assert_eq!(gaps(&shop), [Gap::Suspended, Gap::SignMissing]);
    shop.give_all([Command::CheckSign { visible: true }, Command::Resume]);
    assert_eq!(gaps(&shop), []);
}
