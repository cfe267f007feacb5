use super::*;

#[test]
fn a_share_of_the_bookings_took_no_longer_than_its_percentile() {
    let hundred: Vec<u32> = (1..=100).rev().map(|ms| ms * 1_000).collect();
    let expected = json!({"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0});
    assert_eq!(latency_ms(hundred), expected);
    assert_eq!(latency_ms(vec![7_250])["p95"], json!(7.25));
    assert_eq!(latency_ms(vec![])["p50"], Value::Null);
}
