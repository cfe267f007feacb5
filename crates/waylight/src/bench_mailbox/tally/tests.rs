use super::*;

fn times(all: &[f64]) -> Times {
    Times(all.to_vec())
}

/// A textbook's two samples of fifteen: t = -2.46.
#[test]
fn welchs_t_is_that_of_the_books() {
    let a = times(&[
        27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4,
    ]);
    let b = times(&[
        27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4,
    ]);
    let t = a.welch_t(&b).unwrap();
    assert!((t + 2.455_4).abs() < 0.001, "{t}");
    assert!((b.welch_t(&a).unwrap() + t).abs() < 1e-12);
}

#[test]
fn too_little_says_nothing() {
    assert_eq!(times(&[1.0]).welch_t(&times(&[1.0, 2.0])), None);
    assert_eq!(
        times(&[1.0, 1.0]).welch_t(&times(&[2.0, 2.0])),
        None,
        "no spread, no measure of it"
    );
}

#[test]
fn a_difference_that_is_there_is_seen_and_one_that_is_not_is_not() {
    let wave = |from: f64| times(&(0..1_000).map(|n| from + f64::from(n % 97)).collect::<Vec<_>>());
    assert!(wave(100.0).welch_t(&wave(106.0)).unwrap() < -3.0);
    assert!(wave(100.0).welch_t(&wave(100.1)).unwrap().abs() < 3.0);
}
