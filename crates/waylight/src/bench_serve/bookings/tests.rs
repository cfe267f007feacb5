use super::*;

#[test]
fn moments_come_at_their_rate_and_keep_no_distance_from_each_other() {
    let mut random = SmallRng::seed_from_u64(1);
    let hours = Duration::from_hours(100);
    let moments = moments(310.0, hours, &mut random);
    // 31,000 expected; four standard deviations are 704.
    assert!((30_296..=31_704).contains(&moments.len()), "{}", moments.len());
    assert!(moments.is_sorted() && moments.iter().all(|moment| *moment < hours));
    let gaps: Vec<f64> =
        moments.windows(2).map(|two| two[1].abs_diff(two[0]).as_secs_f64()).collect();
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    let spread =
        (gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / gaps.len() as f64).sqrt();
    assert!((0.9..1.1).contains(&(spread / mean)), "as spread as their mean: {}", spread / mean);
}
