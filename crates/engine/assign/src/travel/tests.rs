use super::{Leg, PlaceNo, Table, Travel};

/// A way of its own in each direction, and none to place 3.
fn leg(from: PlaceNo, to: PlaceNo) -> Option<Leg> {
    let seconds = (10 * from.0 + to.0) as i32;
    (to.0 != 3).then_some(Leg { seconds, meters: 2 * seconds })
}

#[test]
fn a_table_that_grew_knows_what_one_made_at_once_knows() {
    let whole = Table::new(9, &leg);
    let mut grown = Table::new(2, &leg);
    for places in [3, 4, 7, 9] {
        grown.extend(places, &leg);
    }
    for from in (0..9).map(PlaceNo) {
        for to in (0..9).map(PlaceNo) {
            assert_eq!(grown.seconds(from, to), whole.seconds(from, to));
            assert_eq!(grown.seconds_to(to)[from.0 as usize], whole.seconds(from, to));
            assert_eq!(grown.seconds_from(from)[to.0 as usize], whole.seconds(from, to));
        }
    }
    assert_eq!(whole.seconds(PlaceNo(1), PlaceNo(3)), Leg::NONE.seconds);
    assert_eq!(whole.seconds(PlaceNo(3), PlaceNo(3)), 0);
}

/// A town in which nobody ever walks to places with even numbers.
struct Odd;

impl Travel for Odd {
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg> {
        assert!(self.is_goal(to), "nobody walks to {to:?}");
        leg(from, to)
    }

    fn is_goal(&self, place: PlaceNo) -> bool {
        place.0 % 2 == 1
    }
}

#[test]
fn only_ways_to_goals_are_asked_and_known() {
    let whole = Table::new(11, &leg);
    let mut grown = Table::new(4, &Odd);
    for places in [5, 6, 11] {
        grown.extend(places, &Odd);
    }
    for to in (0..11).map(PlaceNo) {
        assert_eq!(grown.leads_to(to), Odd.is_goal(to));
        for from in (0..11).map(PlaceNo).filter(|_| Odd.is_goal(to)) {
            assert_eq!(grown.seconds(from, to), whole.seconds(from, to));
            assert_eq!(grown.seconds_to(to)[from.0 as usize], whole.seconds(from, to));
            if Odd.is_goal(from) {
                assert_eq!(grown.seconds_from(from)[to.0 as usize], whole.seconds(from, to));
            }
        }
    }
    assert!(!grown.leads_to(PlaceNo(11)));
}

#[test]
fn a_table_of_fewer_places_knows_what_the_whole_one_knew_and_can_grow() {
    let whole = Table::new(11, &Odd);
    let kept = [7, 2, 1, 10, 5].map(PlaceNo);
    let mut fewer = whole.only(&kept);
    assert_eq!(fewer.places(), kept.len());
    for (to, old_to) in kept.iter().enumerate().filter(|(_, old)| whole.leads_to(**old)) {
        for (from, old_from) in kept.iter().enumerate() {
            let (new_from, new_to) = (PlaceNo(from as u32), PlaceNo(to as u32));
            assert_eq!(fewer.seconds(new_from, new_to), whole.seconds(*old_from, *old_to));
        }
        for (other, old_other) in kept.iter().enumerate().filter(|(_, o)| whole.leads_to(**o)) {
            let away = fewer.seconds_from(PlaceNo(to as u32))[other];
            assert_eq!(away, whole.seconds(*old_to, *old_other));
        }
    }
    assert!(!fewer.leads_to(PlaceNo(1)) && fewer.leads_to(PlaceNo(0)));
    let again = |from: PlaceNo, to: PlaceNo| {
        let old = |place: PlaceNo| kept.get(place.0 as usize).copied().unwrap_or(PlaceNo(9));
        leg(old(from), old(to))
    };
    fewer.extend(6, &again);
    assert_eq!(fewer.seconds(PlaceNo(0), PlaceNo(5)), whole.seconds(PlaceNo(7), PlaceNo(9)));
    assert_eq!(fewer.seconds(PlaceNo(5), PlaceNo(2)), whole.seconds(PlaceNo(9), PlaceNo(1)));
}
