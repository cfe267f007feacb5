use super::{in_drawing_order, line, ring, simplify, turn};
use proptest::prelude::*;

fn square(low: f64, high: f64) -> Vec<[f64; 2]> {
    vec![[low, low], [high, low], [high, high], [low, high], [low, low]]
}

#[test]
fn a_line_that_leaves_and_returns_is_two_parts() {
    let parts = line(&[[1.0, 1.0], [20.0, 1.0], [20.0, 9.0], [1.0, 9.0]], 0.0, 10.0);
    assert_eq!(parts, [vec![[1.0, 1.0], [10.0, 1.0]], vec![[10.0, 9.0], [1.0, 9.0]]]);
    assert!(line(&[[11.0, 0.0], [12.0, 5.0]], 0.0, 10.0).is_empty());
    let across = line(&[[-5.0, 5.0], [15.0, 5.0]], 0.0, 10.0);
    assert_eq!(across, [vec![[0.0, 5.0], [10.0, 5.0]]]);
}

#[test]
fn a_ring_around_the_tile_becomes_the_tile() {
    assert!((turn(&ring(&square(-50.0, 50.0), 0.0, 10.0)).abs() - 200.0).abs() < 1e-9);
    assert!(ring(&square(20.0, 30.0), 0.0, 10.0).is_empty());
}

#[test]
fn holes_follow_their_outer_ring_and_turn_the_other_way() {
    let island = square(4.0, 5.0);
    let rings = in_drawing_order(vec![square(3.0, 6.0), island, square(0.0, 10.0)]);
    let turns: Vec<bool> = rings.iter().map(|ring| turn(ring) > 0.0).collect();
    assert_eq!(rings.len(), 3);
    assert_eq!(turns.iter().filter(|right| !**right).count(), 1, "one hole");
    let hole = turns.iter().position(|right| !*right).unwrap();
    assert_eq!(rings[hole - 1], square(0.0, 10.0));
    let mut left = square(0.0, 2.0);
    left.reverse();
    assert!(turn(&in_drawing_order(vec![left])[0]) > 0.0);
}

#[test]
fn bends_nobody_can_see_are_dropped_and_corners_stay() {
    let bent = [[0.0, 0.0], [5.0, 0.4], [10.0, 0.0], [10.0, 10.0]];
    assert_eq!(simplify(&bent, 1.0), [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]);
    assert_eq!(simplify(&[], 1.0), Vec::<[f64; 2]>::new());
}

proptest! {
    /// Against the slow and obvious: a point of the line lies within the square exactly when it
    /// lies on a part.
    #[test]
    fn a_cut_line_covers_what_lies_inside(
        spots in prop::collection::vec((-20.0..30.0_f64, -20.0..30.0_f64), 2..8),
        at in 0.0..1.0_f64,
    ) {
        let whole: Vec<[f64; 2]> = spots.iter().map(|(x, y)| [*x, *y]).collect();
        let parts = line(&whole, 0.0, 10.0);
        for spot in parts.iter().flatten() {
            prop_assert!(spot.iter().all(|v| (-1e-9..=10.0 + 1e-9).contains(v)));
        }
        let piece = ((whole.len() - 1) as f64 * at) as usize;
        let t = (whole.len() - 1) as f64 * at - piece as f64;
        let (a, b) = (whole[piece], whole[piece + 1]);
        let probe = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        let inside = probe.iter().all(|v| (0.01..=9.99).contains(v));
        let drawn = parts.iter().any(|part| {
            part.windows(2).any(|ends| super::distance(probe, ends[0], ends[1]) < 1e-6)
        });
        prop_assert!(!inside || drawn);
    }

    /// The area of a cut triangle, against counting small cells.
    #[test]
    fn a_cut_ring_keeps_the_area_inside(
        a in (-10.0..20.0_f64, -10.0..20.0_f64),
        b in (-10.0..20.0_f64, -10.0..20.0_f64),
        c in (-10.0..20.0_f64, -10.0..20.0_f64),
    ) {
        let triangle = vec![[a.0, a.1], [b.0, b.1], [c.0, c.1], [a.0, a.1]];
        let cells = (0..100).flat_map(|x| (0..100).map(move |y| (x, y)));
        let counted = cells
            .filter(|(x, y)| {
                let place = [f64::from(*x) / 10.0 + 0.05, f64::from(*y) / 10.0 + 0.05];
                super::holds(&triangle, place)
            })
            .count() as f64
            / 100.0;
        let cut = turn(&ring(&triangle, 0.0, 10.0)).abs() / 2.0;
        prop_assert!((cut - counted).abs() < 2.5, "{cut} against {counted}");
    }
}
