//! Register rows, sorted into what they are for. Different tables tell of the same store, station
//! or police box; here each becomes one.

use super::places::Spot;
use super::romanize::in_english;
use atlas::{Date, Entry, OfficeKind};
use kernel::{DistrictCode, Id, Point, id};
use route::{EpochDay, Facts, Fixture, HavenDoor, Lamp, LampState};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use wire::city::Bilingual;
use wire::environment::PlaceKind;

/// One current row of a register.
#[derive(Clone, Debug)]
pub struct Thing {
    /// The row's lasting name.
    pub key: u128,
    /// The day it was checked.
    pub checked_on: Option<Date>,
    /// The district it stands in, if borders are known.
    pub district: Option<DistrictCode>,
    /// What it says.
    pub entry: Entry,
}

/// A store the registers list as a Patrol House: membership, not readiness.
#[derive(Clone, Debug)]
pub struct HavenListed {
    /// Its id: from kind, name and place, so that a corrected phone number is still the same store.
    pub id: Id<id::Haven>,
    /// The same store as a public place.
    pub place: Id<id::Place>,
    /// Its name as registered.
    pub name: String,
    /// Its address as registered.
    pub address: String,
    /// Its own phone; never a call center's.
    pub phone: Option<String>,
    /// Where.
    pub at: Point,
    /// The district it stands in, if borders are known.
    pub district: Option<DistrictCode>,
}

/// Rows, sorted.
#[derive(Debug, Default)]
pub struct Laid {
    /// Public places.
    pub spots: Vec<Spot>,
    /// Stores.
    pub havens: Vec<HavenListed>,
    /// What is laid over the streets; havens in the order of `havens`, all closed.
    pub facts: Facts,
    /// Stations, one of each name, for the labels of the base map.
    pub stations: Vec<atlas::Station>,
    /// The newest day any row was checked on.
    pub checked_on: Option<Date>,
}

/// Two rows this near that say they are the same kind of office or store are one. Tables of
/// different years place one store up to 30 m apart (measured on Gwanak's two lists).
const SAME_STORE_M: f64 = 40.0;
/// A transfer station is listed once for each line, its platforms up to this far apart.
const SAME_STATION_M: f64 = 400.0;
/// Stations, offices and stores are few; a cell of the grid they are compared in, degrees.
const CELL_DEG: f64 = 0.005;

impl Laid {
    /// Sorts rows. The order of the input does not matter: newer rows speak first.
    pub fn of(mut things: Vec<Thing>) -> Self {
        things.sort_by_key(|thing| (std::cmp::Reverse(thing.checked_on), thing.key));
        let mut laid = Self {
            checked_on: things.iter().filter_map(|thing| thing.checked_on).max(),
            ..Self::default()
        };
        let mut cameras = HashSet::new();
        let mut seen = Seen::default();
        for thing in &things {
            laid.take(thing, &mut cameras, &mut seen);
        }
        laid
    }

    fn take(&mut self, thing: &Thing, cameras: &mut HashSet<(i32, i32)>, seen: &mut Seen) {
        let checked = thing.checked_on.and_then(epoch_day);
        match &thing.entry {
            Entry::Lamp(lamp) => {
                self.facts.lamps.push(Lamp { at: lamp.point, state: LampState::Working, checked });
            }
            // Traffic and rubbish cameras look at plates and bins. Of the rest one site counts
            // once, however many lenses hang there and however many tables list it.
            Entry::Camera(camera)
                if watched(camera.purpose) && cameras.insert(site(camera.point)) =>
            {
                self.facts.cameras.push(Fixture { at: camera.point, checked });
            }
            Entry::Bell(bell) => self.facts.bells.push(Fixture { at: bell.point, checked }),
            Entry::Crossing(crossing) => {
                self.facts.crossings.push(Fixture { at: crossing.point, checked });
            }
            Entry::PatrolHouse(house) if house.operating != Some(false) => {
                self.take_haven(house, thing.district.clone(), checked, seen);
            }
            Entry::Police(office) => {
                let staffed = matches!(
                    office.kind,
                    OfficeKind::Station | OfficeKind::DistrictUnit | OfficeKind::Box
                );
                if staffed && seen.is_new("police", &office.name, office.point, SAME_STORE_M) {
                    let name = police_name(&office.name, office.kind);
                    let spot = self.spot(thing.key, PlaceKind::Police, name, office.point);
                    spot.district.clone_from(&thing.district);
                    spot.phone = office.phone.as_deref().map(str::to_owned);
                }
            }
            Entry::BusStop(stop) if !stop.pier => {
                let name = bilingual(&stop.name);
                let spot = self.spot(thing.key, PlaceKind::BusStop, name, stop.point);
                spot.district.clone_from(&thing.district);
            }
            Entry::Station(station) => {
                let name = station_name(&station.name);
                if seen.is_new("station", &name.ko, station.point, SAME_STATION_M) {
                    let spot = self.spot(thing.key, PlaceKind::Station, name, station.point);
                    spot.district.clone_from(&thing.district);
                    self.stations.push(station.clone());
                }
            }
            _ => {}
        }
    }

    fn spot(&mut self, key: u128, kind: PlaceKind, name: Bilingual, at: Point) -> &mut Spot {
        let meeting = !matches!(kind, PlaceKind::Haven | PlaceKind::Street);
        let place = self.spots.len();
        let id = Id::from_bits(key);
        self.spots.push(Spot { id, kind, name, at, meeting, district: None, phone: None });
        &mut self.spots[place]
    }

    fn take_haven(
        &mut self,
        house: &atlas::PatrolHouse,
        district: Option<DistrictCode>,
        checked: Option<EpochDay>,
        seen: &mut Seen,
    ) {
        if !seen.is_new("haven", &house.name, house.point, SAME_STORE_M) {
            return;
        }
        let id = haven_id(&house.name, house.point);
        let phone = house.phone.as_deref().filter(|_| !house.phone_is_call_center);
        self.havens.push(HavenListed {
            id,
            place: Id::from_bits(id.bits()),
            name: house.name.to_string(),
            address: house.address.as_deref().unwrap_or_default().to_owned(),
            phone: phone.map(str::to_owned),
            at: house.point,
            district: district.clone(),
        });
        self.facts.havens.push(HavenDoor { at: house.point, open: false, checked });
        let spot = self.spot(id.bits(), PlaceKind::Haven, bilingual(&house.name), house.point);
        spot.district = district;
        spot.phone = phone.map(str::to_owned);
    }
}

/// A kind, and the cell of the grid.
type SeenCell = (&'static str, i32, i32);

/// What has been taken already, by kind and rough place.
#[derive(Debug, Default)]
struct Seen {
    cells: HashMap<SeenCell, Vec<(String, Point)>>,
}

impl Seen {
    /// Whether nothing of this kind with a like name has been taken within `near_m`; takes it.
    fn is_new(&mut self, kind: &'static str, name: &str, at: Point, near_m: f64) -> bool {
        let name: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let (x, y) = ((at.lon / CELL_DEG).floor() as i32, (at.lat / CELL_DEG).floor() as i32);
        let known = (-1..=1)
            .flat_map(|dx| (-1..=1).map(move |dy| (kind, x + dx, y + dy)))
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .any(|(other, place)| {
                let apart_m = place.distance_m(at);
                apart_m < near_m && (alike(other, &name) || apart_m < 3.0)
            });
        if !known {
            self.cells.entry((kind, x, y)).or_default().push((name, at));
        }
        !known
    }
}

/// Names as two tables write them: one may carry the branch or the chain the other leaves out.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a.contains(&b) || b.contains(&a)
}

fn haven_id(name: &str, at: Point) -> Id<id::Haven> {
    let folded: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let rounded = |degrees: f64| ((degrees * 1e4).round() as i64).to_be_bytes();
    let mut hash = Sha256::new();
    hash.update(b"haven\0");
    hash.update(folded.to_lowercase().as_bytes());
    hash.update([0]);
    hash.update(rounded(at.lat));
    hash.update(rounded(at.lon));
    let digest = hash.finalize();
    let mut bits = [0_u8; 16];
    bits.copy_from_slice(&digest[..16]);
    Id::from_bits(u128::from_be_bytes(bits))
}

const fn watched(purpose: atlas::CameraPurpose) -> bool {
    use atlas::CameraPurpose::{Children, Park, Security};
    matches!(purpose, Security | Children | Park)
}

/// A camera site: the same to about 10 m.
fn site(at: Point) -> (i32, i32) {
    ((at.lat * 1e4).round() as i32, (at.lon * 1e4).round() as i32)
}

fn epoch_day(date: Date) -> Option<EpochDay> {
    EpochDay::of_date(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

fn bilingual(ko: &str) -> Bilingual {
    Bilingual { ko: ko.to_owned(), en: in_english(ko) }
}

/// `신림`, `신림역` and `신림(양지병원)` are one station: 신림역.
fn station_name(written: &str) -> Bilingual {
    let stem = written.split('(').next().unwrap_or(written).trim();
    let ko = if stem.ends_with('역') { stem.to_owned() } else { format!("{stem}역") };
    bilingual(&ko)
}

fn police_name(written: &str, kind: OfficeKind) -> Bilingual {
    let ending = match kind {
        OfficeKind::Station => "경찰서",
        OfficeKind::DistrictUnit => "지구대",
        OfficeKind::Box => "파출소",
        OfficeKind::SecurityCenter | OfficeKind::Other => "",
    };
    let ko =
        if written.ends_with(ending) { written.to_owned() } else { format!("{written}{ending}") };
    bilingual(&ko)
}

#[cfg(test)]
mod tests;
