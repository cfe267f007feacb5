use super::{StopKind, Visit, judge};
use crate::budget::Budget;
use crate::night::Prices;
use crate::rehearsal::{Instance, Options, Thinking, offline, online};
use crate::search::Tuning;

/// One pair at a station; three people, two of whom want to be met at the same minute.
const EVENING: &str = r#"{
  "vehicles": [{"start_index": 0, "end_index": 0, "capacity": [1], "time_window": [0, 12600]}],
  "shipments": [
    {"pickup": {"location_index": 0, "service": 120, "time_windows": [[600, 1200]]},
     "delivery": {"location_index": 1, "service": 60, "time_windows": [[600, 2500]]}},
    {"pickup": {"location_index": 0, "service": 120, "time_windows": [[600, 1200]]},
     "delivery": {"location_index": 2, "service": 60, "time_windows": [[600, 2500]]}},
    {"pickup": {"location_index": 0, "service": 120, "time_windows": [[5000, 5600]]},
     "delivery": {"location_index": 2, "service": 60, "time_windows": [[5000, 7000]]}}],
  "x_locations": [[127.0, 37.55], [127.005, 37.55], [127.0, 37.555]],
  "x_meta": [{"booked": 0}, {"booked": 60}, {"booked": 3000}]
}"#;

fn stops(of: &[(StopKind, usize)]) -> Vec<Vec<Visit>> {
    vec![of.iter().map(|&(kind, request)| Visit { kind, request }).collect()]
}

use StopKind::{Delivery, Pickup};

#[test]
fn a_plan_is_walked_by_the_rule_of_the_instances() {
    let evening = Instance::read(EVENING).unwrap();
    // 440.8 m in a straight line: 573 m to walk, 477.5 s, half to even.
    assert_eq!((evening.leg(0, 1).meters, evening.leg(0, 1).seconds), (573, 478));
    let judged = judge(&evening, &stops(&[(Pickup, 0), (Delivery, 0), (Pickup, 2), (Delivery, 2)]));
    assert_eq!((judged.served, judged.violations, judged.teams_used), (2, 0, 1));
    assert_eq!(judged.waits_s, [0, 0]);
    let [a, b] = [evening.leg(0, 1), evening.leg(0, 2)].map(|leg| i64::from(leg.meters));
    assert_eq!((judged.empty_m, judged.walk_m), (a + b, 2 * a + 2 * b));
}

#[test]
fn every_kind_of_wrong_is_seen() {
    let evening = Instance::read(EVENING).unwrap();
    let wrong = |of: &[(StopKind, usize)]| judge(&evening, &stops(of)).violations;
    assert_eq!(wrong(&[(Pickup, 0), (Delivery, 0), (Pickup, 1), (Delivery, 1)]), 1, "too late");
    assert_eq!(wrong(&[(Pickup, 0), (Pickup, 1), (Delivery, 0), (Delivery, 1)]), 1, "two at once");
    assert_eq!(wrong(&[(Delivery, 0)]), 1, "home without having been met");
    assert_eq!(wrong(&[(Pickup, 0)]), 1, "met and never brought home");
    assert_eq!(wrong(&[(Pickup, 0), (Delivery, 0), (Pickup, 7)]), 1, "nobody of that number");
    let twice = [stops(&[(Pickup, 0), (Delivery, 0)]), stops(&[(Pickup, 0), (Delivery, 0)])];
    assert!(judge(&evening, &twice.concat()).violations > 0, "two teams for one person");
}

#[test]
fn what_search_and_dispatch_plan_passes_the_judge() {
    let evening = Instance::read(EVENING).unwrap();
    let budget = Budget::Rounds(100);
    let options = Options {
        budget,
        seed: 1,
        stop_at_served: None,
        from_flow: true,
        prices: Prices::default(),
        tuning: Tuning::default(),
    };
    let planned = offline(&evening, options);
    assert_eq!((planned.judged.served, planned.judged.violations), (2, 0));
    assert!(planned.bound.served >= 2);
    let thinking = Thinking {
        budget,
        seed: 1,
        prices: Prices::default(),
        tuning: Tuning::between_arrivals(),
        clock: &|| 0.0,
    };
    let played = online(&evening, thinking);
    assert_eq!((played.judged.served, played.judged.violations, played.broken), (2, 0, 0));
    assert_eq!((played.at_once, played.decisions_s.len()), (2, 3));
}

#[test]
fn what_is_no_instance_is_refused_by_name() {
    let lost = EVENING.replace(r#""location_index": 2"#, r#""location_index": 9"#);
    assert!(Instance::read(&lost).unwrap_err().to_string().contains("location"));
    let wide = EVENING.replacen("[[600, 1200]]", "[[0, 1], [2, 3]]", 1);
    assert!(Instance::read(&wide).unwrap_err().to_string().contains("one window"));
    assert!(Instance::read("{}").is_err());
}
