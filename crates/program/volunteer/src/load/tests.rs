use super::*;
use crate::told::{START, after};
use kernel::{Id, id};
use proptest::prelude::*;

fn on_duty(minutes: i64) -> (Event, Instant) {
    (Event::WentOnDuty { post: None, shift_until: after(180) }, after(minutes))
}

fn engaged(minutes: i64) -> (Event, Instant) {
    (Event::Engaged { walk: Id::<id::Escort>::from_bits(1) }, after(minutes))
}

fn released(minutes: i64, walked: bool) -> (Event, Instant) {
    let rest_until = walked.then(|| after(minutes + 2));
    (Event::Released { walk: Id::from_bits(1), walked, rest_until }, after(minutes))
}

fn load(events: &[(Event, Instant)], from: i64, until: i64) -> Load {
    let events = events.iter().map(|(event, at)| (event, *at));
    Load::of_team(events, after(from), after(until))
}

#[test]
fn an_evening_is_counted_as_it_was_lived() {
    let evening = [
        on_duty(0),
        engaged(10),
        released(12, false),
        engaged(20),
        released(45, true),
        (Event::Rested, after(47)),
        engaged(60),
        released(90, true),
        (Event::WentOffDuty, after(91)),
    ];
    let whole = load(&evening, 0, 180);
    let expected =
        Load { offers: 3, walks: 2, duty_minutes: 91, walking_minutes: 55, rest_minutes: 3 };
    assert_eq!(whole, expected, "an offer not taken is no walking");
    assert_eq!(load(&evening, 0, 30).plus(load(&evening, 30, 180)).offers, 3);
    assert_eq!(load(&evening, 0, 30).duty_minutes, 30);
}

#[test]
fn everybody_sees_herself_beside_the_middle_and_nobody_else() {
    let of = |walks| Load { offers: walks, walks, duty_minutes: 600, ..Load::default() };
    let all = [of(1), of(9), of(4), of(5), of(6), Load::default()];
    let shares = Shares::of(of(9), &all, &Rules::default());
    assert_eq!(shares.walks_per_10_hours, Share { own: 9, median: Some(5) });
    let few = Shares::of(of(9), &all[..4], &Rules::default());
    assert_eq!(few.walks_per_10_hours, Share { own: 9, median: None }, "among four it would tell");
    assert_eq!(Shares::of(Load::default(), &[], &Rules::default()).offers_per_10_hours.own, 0);
}

proptest! {
    /// The oracle asks the team's own state at every minute.
    #[test]
    fn duty_and_rest_are_what_the_team_did_minute_by_minute(
        steps in proptest::collection::vec((0_u8..5, any::<bool>(), 1_i64..40), 0..40),
        from in 0_i64..200,
        length in 0_i64..600,
    ) {
        use crate::team::{Duty, Team};
        use kernel::Aggregate;
        let (mut minute, mut events, mut walking) = (0, Vec::new(), false);
        for (step, walked, later) in steps {
            minute += later;
            match step {
                0 if !walking => events.push(on_duty(minute)),
                1 if !walking => {
                    events.extend([on_duty(minute), engaged(minute)]);
                    walking = true;
                }
                2 | 3 if walking => {
                    events.push(released(minute, walked));
                    walking = false;
                }
                4 if !walking => events.push((Event::WentOffDuty, after(minute))),
                _ => {}
            }
        }
        let until = from + length;
        let (mut duty, mut rest) = (0, 0);
        for at in from..until {
            let mut team = Team::default();
            for (event, when) in events.iter().filter(|(_, when)| *when <= after(at)) {
                team.apply(event, *when);
            }
            duty += u32::from(!matches!(team.duty, Duty::OffDuty | Duty::Nothing));
            let resting = matches!(team.duty, Duty::Resting { until } if after(at) < until);
            rest += u32::from(resting);
        }
        let counted = load(&events, from, until);
        prop_assert_eq!((counted.duty_minutes, counted.rest_minutes), (duty, rest));
        prop_assert!(counted.walking_minutes + counted.rest_minutes <= counted.duty_minutes);
        prop_assert!(START <= after(from));
    }
}
