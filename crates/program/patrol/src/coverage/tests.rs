use super::*;
use kernel::Span;

fn segments(numbers: impl IntoIterator<Item = u64>) -> BTreeSet<Segment> {
    numbers.into_iter().map(Segment).collect()
}

#[test]
fn a_street_counts_once_by_its_length_and_only_in_the_beat() {
    let length_m = |segment: Segment| (segment.0 < 10).then_some(segment.0 as f64 * 10.0);
    let coverage = Coverage::of(&segments([1, 2, 3, 99]), &segments([2, 3, 7]), length_m);
    assert_eq!(coverage, Coverage { visited_m: 50.0, beat_m: 60.0, unknown_segments: 1 });
    assert_eq!(coverage.share(), Some(50.0 / 60.0));
}

#[test]
fn a_beat_the_map_has_lost_has_no_share() {
    let coverage = Coverage::of(&segments([1]), &segments([1]), |_| None);
    assert_eq!(coverage.share(), None);
}

#[test]
fn a_round_told_late_makes_no_street_older() {
    let evening = Instant::from_millis(1_795_441_200_000);
    let mut last = LastVisits::default();
    let visited = |numbers: [u64; 2], hours| Event::Visited {
        segments: segments(numbers),
        by: evening + Span::hours(hours),
    };
    last.take_in(&visited([1, 2], 5));
    last.take_in(&visited([2, 3], 1));
    last.take_in(&Event::Ended { ending: crate::round::Ending::Finished });
    let hours = [1, 2, 3, 4]
        .map(|number| last.of(Segment(number)).map(|at| at.since(evening).as_seconds() / 3_600));
    assert_eq!(hours, [Some(5), Some(5), Some(1), None]);
}
