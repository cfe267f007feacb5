//! Mirinae-gu, a district that does not exist: three by three kilometres of bent streets, alleys,
//! a stream and a hill, in the very files a real district publishes, so that `demo` walks the same
//! way in as a real city.

mod boundaries;
mod buildings;
mod furniture;
pub mod gaon;
mod ground;
mod names;
mod nature;
mod osm_xml;
mod places;
mod plan;
mod streets;
mod tables;

use crate::chance::Chance;
use kernel::Area;

/// The city pack of the invented district, as `cities/` has them for real ones.
pub const PACK: &str = include_str!("district/mirinae.toml");

/// The file its streets are in.
const STREETS: &str = "mirinae.osm";

/// A file of the invented city, as it would have been downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, in the way publishers name files.
    pub name: String,
    /// Its bytes: XML and GeoJSON in UTF-8, tables in CP949 or UTF-8 with a byte order mark.
    pub bytes: Vec<u8>,
}

/// The invented district.
#[derive(Clone, Debug)]
pub struct District {
    files: Vec<SourceFile>,
}

impl District {
    /// The district of this seed. The same seed gives the same bytes on every machine.
    pub fn invent(seed: u64) -> Self {
        Self { files: Drawn::of(seed).files() }
    }

    /// Its files, streets first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Its files, given up.
    pub fn into_files(self) -> Vec<SourceFile> {
        self.files
    }

    /// The box it lies in, with 150 m around it.
    pub fn area() -> Area {
        let low = ground::Spot::new(-150.0, -150.0).point();
        let high = ground::Spot::new(ground::SIDE_M + 150.0, ground::SIDE_M + 150.0).point();
        Area { south: low.lat, west: low.lon, north: high.lat, east: high.lon }
    }
}

/// The district as it was drawn, before anybody wrote it into files.
struct Drawn {
    plan: plan::Plan,
    grid: streets::Grid,
    places: places::Places,
    furniture: furniture::Furniture,
}

impl Drawn {
    fn of(seed: u64) -> Self {
        let mut plan = plan::Plan::default();
        let corner = ground::Spot::new(0.0, 0.0);
        let grid = streets::lay(&mut plan, corner, &mut Chance::of(seed, "streets"));
        nature::grow(&mut plan, &grid, seed);
        buildings::build(&mut plan, &grid, seed);
        let places = places::settle(&mut plan, &grid, seed);
        let furniture = furniture::put_up(&plan, &grid, &places, seed);
        Self { plan, grid, places, furniture }
    }

    fn files(&self) -> Vec<SourceFile> {
        let Self { plan, places, furniture, .. } = self;
        let table = |name: &str, text: &str| SourceFile {
            name: format!("가온시_미리내구_{name}_20260930.csv"),
            bytes: cp949(text),
        };
        let marked = |name: &str, text: &str| SourceFile {
            name: format!("가온시_{name}.csv"),
            bytes: format!("\u{feff}{text}").into_bytes(),
        };
        let plain = |name: &str, text: String| SourceFile {
            name: name.to_owned(),
            bytes: text.into_bytes(),
        };
        vec![
            plain(STREETS, osm_xml::write(plan)),
            plain("mirinae_gu.geojson", boundaries::gu()),
            plain("mirinae_dong.geojson", boundaries::dongs()),
            table("보안등정보", &tables::security_lights(furniture)),
            table("가로등위치정보", &tables::street_lights(furniture)),
            table("CCTV", &tables::cameras(furniture)),
            table("안전비상벨", &tables::bells(furniture)),
            table("여성안심지킴이집", &tables::patrol_houses(places)),
            marked("경찰관서", &tables::police(places)),
            marked("버스정류장", &tables::bus_stops(places)),
            marked("지하철역", &tables::stations(places)),
        ]
    }
}

/// The encoding most Korean registers come in. All our letters exist in it.
fn cp949(text: &str) -> Vec<u8> {
    encoding_rs::EUC_KR.encode(text).0.into_owned()
}

#[cfg(test)]
mod tests;
