//! What the numbers of a table's two position columns mean: degrees, or metres of one of the
//! Korean grids; in the order their headings claim, or the other way round.

use kernel::{Area, Point};
use proj4rs::{proj::Proj, transform::transform};
use rstar::{RTree, primitives::GeomWithData};
use serde::{Deserialize, Serialize};

/// A reference system positions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Crs {
    /// Degrees, WGS 84.
    #[serde(rename = "EPSG:4326")]
    Wgs84,
    /// Korea 2000, central belt 2010: false northing 600 km. Today's official grid.
    #[serde(rename = "EPSG:5186")]
    Central2010,
    /// Korea 2000, unified belt (UTM-K).
    #[serde(rename = "EPSG:5179")]
    Unified,
    /// Korea 2000, central belt: false northing 500 km.
    #[serde(rename = "EPSG:5181")]
    Central,
    /// Korean 1985 on the Bessel ellipsoid, modified central belt (10.405″ east).
    #[serde(rename = "EPSG:5174")]
    BesselModifiedCentral,
    /// Korean 1985 on the Bessel ellipsoid, central belt.
    #[serde(rename = "EPSG:2097")]
    BesselCentral,
    /// Korean 1985 on the Bessel ellipsoid, unified belt.
    #[serde(rename = "EPSG:5178")]
    BesselUnified,
    /// Korea 2000, east belt 2010.
    #[serde(rename = "EPSG:5187")]
    East2010,
    /// Korea 2000, west belt 2010.
    #[serde(rename = "EPSG:5185")]
    West2010,
    /// WGS 84, UTM zone 52 north.
    #[serde(rename = "EPSG:32652")]
    Utm52,
    /// Web Mercator.
    #[serde(rename = "EPSG:3857")]
    WebMercator,
    /// Bessel, the navigation grid called KATEC.
    #[serde(rename = "KATEC")]
    Katec,
}

/// Datum shift of Korean 1985 to WGS 84. EPSG gives it as Molodensky–Badekas ("Korean 1985 to
/// WGS 84 (1)", 1 m: −145.907, 505.034, 685.756, −1.162, 2.347, 1.592, 6.342 about the pivot
/// −3159521.31, 4068151.32, 3748113.85); these are the same seven parameters without a pivot, with
/// the rotations' signs as `towgs84` wants them.
const KOREAN_1985: &str = "+ellps=bessel +towgs84=-114.61998514,475.96296987,675.01832869,1.162,\
                           -2.347,-1.592,6.342 +units=m +no_defs";
const KOREA_2000: &str = "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";

impl Crs {
    /// The grids in metres, the likelier first: when nothing else tells two apart, the first wins.
    pub(crate) const GRIDS: [Self; 11] = [
        Self::Central2010,
        Self::Unified,
        Self::Central,
        Self::BesselModifiedCentral,
        Self::BesselCentral,
        Self::Utm52,
        Self::WebMercator,
        Self::BesselUnified,
        Self::Katec,
        Self::East2010,
        Self::West2010,
    ];

    /// The authority's name, as reports print it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wgs84 => "EPSG:4326",
            Self::Central2010 => "EPSG:5186",
            Self::Unified => "EPSG:5179",
            Self::Central => "EPSG:5181",
            Self::BesselModifiedCentral => "EPSG:5174",
            Self::BesselCentral => "EPSG:2097",
            Self::BesselUnified => "EPSG:5178",
            Self::East2010 => "EPSG:5187",
            Self::West2010 => "EPSG:5185",
            Self::Utm52 => "EPSG:32652",
            Self::WebMercator => "EPSG:3857",
            Self::Katec => "KATEC",
        }
    }

    fn definition(self) -> String {
        let belt = |lon: &str, north: u32, datum: &str| {
            format!("+proj=tmerc +lat_0=38 +lon_0={lon} +k=1 +x_0=200000 +y_0={north} {datum}")
        };
        let unified = "+proj=tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000";
        match self {
            Self::Wgs84 => "+proj=longlat +datum=WGS84 +no_defs".to_owned(),
            Self::Central2010 => belt("127", 600_000, KOREA_2000),
            Self::East2010 => belt("129", 600_000, KOREA_2000),
            Self::West2010 => belt("125", 600_000, KOREA_2000),
            Self::Central => belt("127", 500_000, KOREA_2000),
            Self::BesselModifiedCentral => belt("127.002890277778", 500_000, KOREAN_1985),
            Self::BesselCentral => belt("127", 500_000, KOREAN_1985),
            Self::Unified => format!("{unified} {KOREA_2000}"),
            Self::BesselUnified => format!("{unified} {KOREAN_1985}"),
            Self::Katec => format!(
                "+proj=tmerc +lat_0=38 +lon_0=128 +k=0.9999 +x_0=400000 +y_0=600000 {KOREAN_1985}"
            ),
            Self::Utm52 => "+proj=utm +zone=52 +datum=WGS84 +units=m +no_defs".to_owned(),
            Self::WebMercator => {
                "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m \
                 +nadgrids=@null +no_defs"
                    .to_owned()
            }
        }
    }
}

/// A system with its order of axes, ready to turn pairs of numbers into points.
pub(crate) struct Grid {
    pub(crate) crs: Crs,
    /// The column that claims to be east holds north.
    pub(crate) swapped: bool,
    projection: Option<(Proj, Proj)>,
}

impl Grid {
    /// `None` when the projection cannot be set up; the definitions are constant and tested.
    pub(crate) fn of(crs: Crs, swapped: bool) -> Option<Self> {
        let projection = match crs {
            Crs::Wgs84 => None,
            grid => Some((
                Proj::from_proj_string(&grid.definition()).ok()?,
                Proj::from_proj_string(&Crs::Wgs84.definition()).ok()?,
            )),
        };
        Some(Self { crs, swapped, projection })
    }

    /// The point of a pair as the columns claim it: east (or x) and north (or y).
    pub(crate) fn point(&self, east: f64, north: f64) -> Option<Point> {
        let (east, north) = if self.swapped { (north, east) } else { (east, north) };
        let Some((from, to)) = &self.projection else { return Point::new(north, east) };
        // Beyond the reach of any grid the series of the projection mean nothing.
        if !(east.abs() < 2.5e7 && north.abs() < 2.5e7) {
            return None;
        }
        let mut place = (east, north, 0.0);
        transform(from, to, &mut place).ok()?;
        Point::new(place.1.to_degrees(), place.0.to_degrees())
    }
}

/// Where the city is, and what of it is already known.
#[derive(Clone, Copy, Debug)]
pub struct City<'a> {
    /// The city's box: rows outside it are quarantined.
    pub area: Area,
    /// Points known to lie on its streets; they tell grids apart that differ by some hundred
    /// metres only. May be empty.
    pub streets: &'a [Point],
}

impl City<'_> {
    /// A city known by its box alone.
    pub const fn within(area: Area) -> Self {
        City { area, streets: &[] }
    }
}

/// All of South Korea: a national table may hold hardly a row of the city itself.
const KOREA: Area = Area { south: 33.0, west: 124.5, north: 38.7, east: 132.0 };

/// How many rows are tried.
const SAMPLE: usize = 400;

/// What was decided about a table's pairs of numbers.
pub(crate) struct Decision {
    pub(crate) grid: Grid,
    /// Other grids that fit as well; not empty means nothing but custom decided.
    pub(crate) rivals: Vec<Crs>,
}

/// Decides what pairs of (east, north) mean. `hint` is what the headings say, in lower case.
/// `None` when they are metres of no grid that reaches the city or the country.
pub(crate) fn decide(pairs: &[(f64, f64)], hint: &str, city: &City<'_>) -> Option<Decision> {
    let step = (pairs.len() / SAMPLE).max(1);
    let sample: Vec<(f64, f64)> = pairs.iter().copied().step_by(step).collect();
    let degrees = sample.iter().filter(|(e, n)| e.abs() <= 180.0 && n.abs() <= 180.0).count();
    if degrees * 2 >= sample.len() {
        let plain = Grid::of(Crs::Wgs84, false)?;
        let turned = Grid::of(Crs::Wgs84, true)?;
        // A national table written the other way round may hold no sampled row of the city.
        let turn = [&city.area, &KOREA].iter().find_map(|area| {
            let (plain, turned) = (hits(&plain, &sample, area), hits(&turned, &sample, area));
            (plain != turned).then_some(turned > plain)
        });
        let grid = if turn == Some(true) { turned } else { plain };
        return Some(Decision { grid, rivals: Vec::new() });
    }
    [&city.area, &KOREA].iter().find_map(|area| among_grids(&sample, hint, city, area))
}

/// The grid that brings most rows into the area.
fn among_grids(
    sample: &[(f64, f64)],
    hint: &str,
    city: &City<'_>,
    area: &Area,
) -> Option<Decision> {
    let mut fits: Vec<(usize, Grid)> = Vec::new();
    for crs in Crs::GRIDS {
        for swapped in [false, true] {
            let grid = Grid::of(crs, swapped)?;
            let count = hits(&grid, sample, area);
            if count > 0 {
                fits.push((count, grid));
            }
        }
    }
    let best = fits.iter().map(|(count, _)| *count).max()?;
    // Grids that differ by a few hundred metres lose a row or two at the edge of the box.
    fits.retain(|(count, _)| count * 50 >= best * 49);
    let rivals: Vec<Crs> = fits.iter().map(|(_, grid)| grid.crs).collect();
    if let Some(told) = fits.iter().position(|(_, grid)| says(hint, grid.crs)) {
        return Some(Decision { grid: fits.swap_remove(told).1, rivals: Vec::new() });
    }
    if fits.len() > 1 && !city.streets.is_empty() {
        let tree = street_index(city.streets);
        let nearest = (0..fits.len()).min_by(|&a, &b| {
            let gap = |at: usize| fits.get(at).map_or(f64::MAX, |f| gap_m(&f.1, sample, &tree));
            gap(a).total_cmp(&gap(b))
        })?;
        return Some(Decision { grid: fits.swap_remove(nearest).1, rivals: Vec::new() });
    }
    let chosen = fits.into_iter().next()?.1;
    let rivals = rivals.into_iter().filter(|&crs| crs != chosen.crs).collect();
    Some(Decision { grid: chosen, rivals })
}

fn hits(grid: &Grid, sample: &[(f64, f64)], area: &Area) -> usize {
    sample
        .iter()
        .filter(|(east, north)| grid.point(*east, *north).is_some_and(|p| area.contains(p)))
        .count()
}

/// Whether the headings name this grid.
fn says(hint: &str, crs: Crs) -> bool {
    let code = crs.as_str().trim_start_matches("EPSG:").to_ascii_lowercase();
    hint.contains(&code)
        || match crs {
            Crs::BesselModifiedCentral => hint.contains("bessel"),
            Crs::Central => hint.contains("grs80"),
            Crs::Unified => hint.contains("utmk") || hint.contains("utm-k"),
            _ => false,
        }
}

type Streets = RTree<GeomWithData<[f64; 2], ()>>;

/// Street points, with degrees east shortened to the length of degrees north.
fn street_index(streets: &[Point]) -> Streets {
    let step = (streets.len() / 20_000).max(1);
    RTree::bulk_load(
        streets.iter().step_by(step).map(|p| GeomWithData::new(flat(*p), ())).collect(),
    )
}

fn flat(point: Point) -> [f64; 2] {
    [point.lon * point.lat.to_radians().cos(), point.lat]
}

/// The median distance in metres from the sampled rows to the nearest known street point.
fn gap_m(grid: &Grid, sample: &[(f64, f64)], streets: &Streets) -> f64 {
    let mut gaps: Vec<f64> = sample
        .iter()
        .filter_map(|(east, north)| grid.point(*east, *north))
        .filter_map(|point| {
            let near = streets.nearest_neighbor(flat(point))?.geom();
            Some((near[0] - flat(point)[0]).hypot(near[1] - flat(point)[1]) * 111_195.0)
        })
        // Rows far from every known street say nothing about the grid.
        .filter(|gap| *gap < 3_000.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(f64::MAX)
}

#[cfg(test)]
mod tests;
