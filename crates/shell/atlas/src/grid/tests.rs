use super::{City, Crs, Grid, decide};
use kernel::{Area, Point};

const SEOUL: Area = Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 };

/// Sillim station in each grid, computed with PROJ 9 from the EPSG registry.
const SILLIM: Point = Point { lat: 37.4842, lon: 126.9296 };
const SILLIM_IN: [(Crs, f64, f64); 9] = [
    (Crs::Central2010, 193_773.536_883, 542_752.858_493),
    (Crs::Unified, 949_571.462_176, 1_942_926.187_909),
    (Crs::Central, 193_773.536_883, 442_752.858_493),
    (Crs::BesselModifiedCentral, 193_703.733_700, 442_447.672_701),
    (Crs::BesselCentral, 193_959.340_644, 442_447.483_354),
    (Crs::BesselUnified, 949_760.832_811, 1_942_619.929_341),
    (Crs::West2010, 370_670.131_567, 544_499.800_123),
    (Crs::East2010, 16_874.955_920, 544_764.477_724),
    (Crs::Utm52, 316_948.205_939, 4_150_601.591_879),
];

#[test]
fn every_grid_brings_sillim_station_to_sillim() {
    for (crs, east, north) in SILLIM_IN {
        let point = Grid::of(crs, false).unwrap().point(east, north).unwrap();
        assert!(point.distance_m(SILLIM) < 0.2, "{crs:?}: {:.3} m", point.distance_m(SILLIM));
        let turned = Grid::of(crs, true).unwrap().point(north, east).unwrap();
        assert!(turned.distance_m(SILLIM) < 0.2);
    }
    for crs in Crs::GRIDS {
        assert!(Grid::of(crs, false).is_some(), "{crs:?}");
    }
}

#[test]
fn the_grid_is_told_from_where_the_rows_land() {
    let city = City::within(SEOUL);
    for (crs, east, north) in [SILLIM_IN[0], SILLIM_IN[1], SILLIM_IN[8]] {
        let rows: Vec<(f64, f64)> =
            (0..50).map(|i| (east + f64::from(i) * 90.0, north + f64::from(i) * 70.0)).collect();
        let found = decide(&rows, "", &city).unwrap();
        assert_eq!((found.grid.crs, found.grid.swapped), (crs, false));
        let turned: Vec<(f64, f64)> = rows.iter().map(|(e, n)| (*n, *e)).collect();
        let found = decide(&turned, "", &city).unwrap();
        assert_eq!((found.grid.crs, found.grid.swapped), (crs, true));
    }
}

#[test]
fn old_grids_that_differ_by_300_m_are_told_apart_by_the_streets() {
    let streets: Vec<Point> = (0..4_000)
        .map(|i| Point {
            lat: 37.47 + f64::from(i % 63) * 0.000_9 + f64::from(i % 7) * 0.000_03,
            lon: 126.91 + f64::from(i / 63) * 0.001_1 + f64::from(i % 5) * 0.000_05,
        })
        .collect();
    let proj = |crs: Crs| {
        // The lamps stand at streets; their numbers are found by walking the grid back.
        let grid = Grid::of(crs, false).unwrap();
        streets
            .iter()
            .step_by(17)
            .map(|street| {
                let (mut east, mut north) = (194_000.0, 443_000.0);
                for _ in 0..6 {
                    let at = grid.point(east, north).unwrap();
                    east += (street.lon - at.lon) * 88_000.0;
                    north += (street.lat - at.lat) * 111_000.0;
                }
                (east, north)
            })
            .collect::<Vec<_>>()
    };
    for crs in [Crs::Central, Crs::BesselModifiedCentral, Crs::BesselCentral] {
        let city = City { area: SEOUL, streets: &streets };
        let found = decide(&proj(crs), "", &city).unwrap();
        assert_eq!(found.grid.crs, crs);
        assert!(found.rivals.is_empty());
    }
    // Without streets the doubt is told, and a heading that names the grid ends it.
    let blind = decide(&proj(Crs::BesselModifiedCentral), "", &City::within(SEOUL)).unwrap();
    assert!(blind.rivals.contains(&Crs::BesselModifiedCentral));
    let told =
        decide(&proj(Crs::BesselModifiedCentral), "x(epsg:5174)", &City::within(SEOUL)).unwrap();
    assert_eq!(told.grid.crs, Crs::BesselModifiedCentral);
}

#[test]
fn degrees_written_the_other_way_round_are_turned() {
    let rows: Vec<(f64, f64)> = (0..30).map(|i| (37.48 + f64::from(i) * 0.001, 126.93)).collect();
    let found = decide(&rows, "", &City::within(SEOUL)).unwrap();
    assert!(found.grid.swapped);
    let point = found.grid.point(rows[0].0, rows[0].1).unwrap();
    assert!(SEOUL.contains(point));
}

#[test]
fn metres_of_no_known_grid_are_not_guessed() {
    let rows = vec![(5.0e6, 9.0e6); 10];
    assert!(decide(&rows, "", &City::within(SEOUL)).is_none());
    assert!(Grid::of(Crs::Central2010, false).unwrap().point(f64::NAN, 1.0).is_none());
}
