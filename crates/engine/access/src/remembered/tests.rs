use super::*;
use kernel::{DistrictCode, Id};
use std::cell::Cell;

fn seat(number: u128) -> What {
    let district = DistrictCode::try_from("gwanak".to_owned()).unwrap();
    What::Seat { seat: Id::from_bits(number), district, device: false, casework: false }
}

#[test]
fn the_same_question_is_asked_once_and_any_other_anew() {
    let (remembered, asked) = (Remembered::default(), Cell::new(0));
    let ask = |who: &Who, action, what: &What| {
        remembered.or_ask((who, action, what), || {
            asked.set(asked.get() + 1);
            if *who == Who::Citizen { Verdict::Hidden } else { Verdict::Allowed }
        })
    };
    let team = Who::Team(Id::from_bits(1));
    for _again in 0..3 {
        assert_eq!(ask(&team, Action::SeatView, &seat(1)), Verdict::Allowed);
        assert_eq!(ask(&Who::Citizen, Action::SeatView, &seat(1)), Verdict::Hidden);
        assert_eq!(ask(&team, Action::SeatEnd, &seat(1)), Verdict::Allowed);
        assert_eq!(ask(&team, Action::SeatView, &seat(2)), Verdict::Allowed);
    }
    assert_eq!(asked.get(), 4);
}

#[test]
fn however_many_are_asked_no_more_than_twice_the_limit_are_kept() {
    let remembered = Remembered::default();
    for number in 0..2 * KEPT as u128 + 10 {
        remembered.or_ask((&Who::Citizen, Action::SeatView, &seat(number)), || Verdict::Hidden);
    }
    assert!(remembered.len() <= 2 * KEPT, "{}", remembered.len());
}
