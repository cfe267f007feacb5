use super::{Percentiles, percentile, stops};
use crate::rehearsal::{StopKind, Visit};
use serde_json::json;

#[test]
fn a_percentile_lies_between_its_neighbors() {
    let values = [4.0, 1.0, 3.0, 2.0];
    assert!((percentile(&values, 0.5) - 2.5).abs() < 1e-9);
    assert!((percentile(&values, 0.95) - 3.85).abs() < 1e-9);
    assert!(percentile(&[], 0.5).abs() < 1e-9);
    assert_eq!(Percentiles::of(&[1e-6, 3e-6]), Percentiles { p50: 2.0, p99: 3.0 });
}

#[test]
fn a_pair_that_stays_home_has_no_stops_to_check() {
    let visits = [vec![], vec![Visit { kind: StopKind::Pickup, request: 4 }]];
    let told = json!({"routes": [{"vehicle": 1, "stops": [{"kind": "pickup", "request": 4}]}]});
    assert_eq!(stops(&visits), told);
}
