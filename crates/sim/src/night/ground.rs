//! What people know of their city: where one can be met, and ways between points.

use super::phone::{Phone, Trouble};
use super::stroll::Stroll;
use crate::chance::Chance;
use kernel::{Area, DistrictCode, Id, Instant, Point, Zone, id};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use wire::city::{City, LatLon};
use wire::environment::{PlaceKind, Places};
use wire::route::RouteOptions;

/// How often a post is drawn from the whole city until it is a desk's own: a small district has a
/// hundredth of the crowd.
const POST_DRAWN: usize = 400;

/// A place to be met at.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub(crate) place: Id<id::Place>,
    pub(crate) at: Point,
    /// Whose desk it belongs to, where that is known.
    pub(crate) desk: Option<DistrictCode>,
    pub(crate) name: String,
    station: bool,
}

/// The city as its people know it.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) zone: Zone,
    /// Whether walks could be asked for when the city was surveyed.
    pub(crate) open: bool,
    /// Whether people go home wherever they live, with or without streets on the map.
    pub(crate) walks_anywhere: bool,
    area: Area,
    meetings: Vec<Meeting>,
    /// The stations among them with the share of people who come out at each or an earlier one.
    stations: Vec<(usize, f64)>,
}

pub(crate) fn point(at: LatLon) -> Point {
    Point { lat: at.lat, lon: at.lon }
}

pub(crate) fn lat_lon(at: Point) -> LatLon {
    LatLon { lat: at.lat, lon: at.lon }
}

impl Ground {
    /// Asks the city once what it offers. Places are asked for around `rows` times as many points,
    /// because a city answers with the nearest few. `desk` knows whose desk a place belongs to.
    pub(crate) async fn survey(
        phone: &Phone,
        rows: u32,
        desk: impl Fn(Id<id::Place>) -> Option<DistrictCode>,
    ) -> Result<Self, Trouble> {
        let city: City = phone.get("/api/city").await?;
        let zone = Zone::named(&city.zone).map_err(|_no| Trouble::Garbled(city.zone.clone()))?;
        let area = city.area;
        let mut meetings = BTreeMap::new();
        let steps = || (0..rows).map(|step| (f64::from(step) + 0.5) / f64::from(rows));
        for row in steps() {
            for column in steps() {
                let lat = area.south + (area.north - area.south) * row;
                let lon = area.west + (area.east - area.west) * column;
                let path =
                    format!("/api/environment/places?meeting=true&limit=50&near={lat:.6},{lon:.6}");
                let found: Places = phone.get(&path).await?;
                for place in found.places {
                    let at = point(place.at);
                    if area.contains(at) {
                        let station = place.kind == PlaceKind::Station;
                        let (place, name) = (place.id, place.name.ko);
                        let desk = desk(place);
                        meetings.insert(place, Meeting { place, at, desk, name, station });
                    }
                }
            }
        }
        if meetings.is_empty() {
            return Err(Trouble::Garbled("the city has no meeting place".to_owned()));
        }
        let (open, meetings) = (city.service.open, meetings.into_values().collect());
        let mut ground =
            Self { zone, open, walks_anywhere: false, area, meetings, stations: Vec::new() };
        ground.crowd(|_name| 1.0);
        Ok(ground)
    }

    /// How many come out at each station, by its name; only their proportion counts.
    pub(crate) fn crowd(&mut self, come_out: impl Fn(&str) -> f64) {
        let all = self.meetings.iter().enumerate().filter(|(_, place)| place.station);
        let mut sum = 0.0;
        self.stations = all
            .map(|(at, place)| {
                sum += come_out(&place.name).max(0.0);
                (at, sum)
            })
            .collect();
        if sum > 0.0 {
            self.stations.iter_mut().for_each(|(_, share)| *share /= sum);
        }
    }

    /// Where somebody comes out: two of three at a station, if there is one.
    pub(crate) fn somewhere(&self, chance: &mut Chance) -> Option<Meeting> {
        if chance.happens(0.65) && !self.stations.is_empty() {
            let drawn = chance.unit();
            let found = self.stations.partition_point(|(_, share)| *share <= drawn);
            let (at, _) = self.stations.get(found).or(self.stations.last())?;
            return self.meetings.get(*at).cloned();
        }
        chance.pick(&self.meetings).cloned()
    }

    /// A place of this desk's to wait at, anywhere if none is known to be its. As people come out, so
    /// are posts chosen: two of three at a station, the busier the likelier.
    pub(crate) fn post_of(&self, desk: &str, chance: &mut Chance) -> Option<Meeting> {
        let theirs = |place: &&Meeting| place.desk.as_ref().is_some_and(|one| one.as_str() == desk);
        let ours: Vec<&Meeting> = self.meetings.iter().filter(theirs).collect();
        if ours.is_empty() {
            return self.somewhere(chance);
        }
        for _attempt in 0..POST_DRAWN {
            let drawn = self.somewhere(chance)?;
            if theirs(&&drawn) {
                return Some(drawn);
            }
        }
        chance.pick(&ours).map(|place| (*place).clone())
    }

    /// A point between 350 and 1,100 m away, inside the city's box.
    pub(crate) fn some_way_off(&self, from: Point, chance: &mut Chance) -> Point {
        for _attempt in 0..12 {
            let (away_m, angle) = (chance.between(350.0, 1_100.0), chance.between(0.0, TAU));
            let lat = from.lat + away_m * angle.sin() / 111_195.0;
            let lon = from.lon + away_m * angle.cos() / (111_195.0 * from.lat.to_radians().cos());
            let to = Point { lat, lon };
            if self.area.contains(to) {
                return to;
            }
        }
        self.area.center()
    }
}

/// The way a person takes from one point to another: the balanced one where there is a choice.
pub(crate) async fn way(phone: &Phone, from: Point, to: Point, at: Instant) -> Option<Stroll> {
    let path = format!(
        "/api/route/options?from={:.6},{:.6}&to={:.6},{:.6}&at={}",
        from.lat,
        from.lon,
        to.lat,
        to.lon,
        at.millis()
    );
    let found: RouteOptions = phone.get(&path).await.ok()?;
    let chosen = found.options.get(1).or(found.options.first())?;
    let line = chosen.geometry.iter().map(|[lon, lat]| Point { lat: *lat, lon: *lon });
    Stroll::along(line.collect())
}
