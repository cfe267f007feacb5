use super::*;

fn at(lat: f64, lon: f64) -> Point {
    Point::new(lat, lon).unwrap()
}

#[test]
fn a_team_walks_the_line_at_its_pace_and_stays_at_the_door() {
    let corner = at(37.001, 125.0);
    let stroll = Stroll::along(vec![at(37.0, 125.0), corner, at(37.001, 125.002)]).unwrap();
    assert_eq!(stroll.after(Span::ZERO), at(37.0, 125.0));
    let first_leg_s = at(37.0, 125.0).distance_m(corner) / PACE_M_S;
    let near_corner = stroll.after(Span::millis((first_leg_s * 1_000.0) as i64));
    assert!(near_corner.distance_m(corner) < 0.01);
    let halfway = stroll.after(Span::millis((first_leg_s * 500.0) as i64));
    assert!((halfway.distance_m(corner) - first_leg_s * PACE_M_S / 2.0).abs() < 0.01);
    assert_eq!(stroll.after(Span::hours(3)), at(37.001, 125.002));
    assert_eq!(stroll.after(stroll.takes() + Span::seconds(1)), at(37.001, 125.002));
}

#[test]
fn nobody_walks_along_nothing() {
    assert_eq!(Stroll::along(Vec::new()), None);
    let standing = Stroll::along(vec![at(37.0, 125.0)]).unwrap();
    assert_eq!(standing.after(Span::minutes(1)), at(37.0, 125.0));
    assert_eq!(standing.takes(), Span::ZERO);
}
