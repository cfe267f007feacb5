//! What people know of their city: where one can be met, and ways between points.

use super::phone::{Phone, Trouble};
use super::stroll::Stroll;
use crate::chance::Chance;
use kernel::{Area, Instant, Point, Zone, id};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use wire::city::{City, LatLon};
use wire::environment::{PlaceKind, Places};
use wire::route::RouteOptions;

/// A place to be met at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub(super) place: kernel::Id<id::Place>,
    pub(super) at: Point,
    station: bool,
}

/// The city as its people know it.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) zone: Zone,
    /// Whether walks could be asked for when the city was surveyed.
    pub(super) open: bool,
    area: Area,
    meetings: Vec<Meeting>,
}

pub(super) fn point(at: LatLon) -> Point {
    Point { lat: at.lat, lon: at.lon }
}

pub(super) fn lat_lon(at: Point) -> LatLon {
    LatLon { lat: at.lat, lon: at.lon }
}

impl Ground {
    /// Asks the city once what it offers. Places are asked for around nine points, because a
    /// city answers with the nearest few.
    pub(super) async fn survey(phone: &Phone) -> Result<Self, Trouble> {
        let city: City = phone.get("/api/city").await?;
        let zone = Zone::named(&city.zone).map_err(|_no| Trouble::Garbled(city.zone.clone()))?;
        let area = city.area;
        let mut meetings = BTreeMap::new();
        for row in [0.2, 0.5, 0.8] {
            for column in [0.2, 0.5, 0.8] {
                let lat = area.south + (area.north - area.south) * row;
                let lon = area.west + (area.east - area.west) * column;
                let path =
                    format!("/api/environment/places?meeting=true&limit=30&near={lat:.6},{lon:.6}");
                let found: Places = phone.get(&path).await?;
                for place in found.places {
                    let at = point(place.at);
                    if area.contains(at) {
                        let station = place.kind == PlaceKind::Station;
                        meetings.insert(place.id, Meeting { place: place.id, at, station });
                    }
                }
            }
        }
        if meetings.is_empty() {
            return Err(Trouble::Garbled("the city has no meeting place".to_owned()));
        }
        let open = city.service.open;
        Ok(Self { zone, open, area, meetings: meetings.into_values().collect() })
    }

    /// Where somebody comes out: two of three at a station, if there is one.
    pub(super) fn somewhere(&self, chance: &mut Chance) -> Option<Meeting> {
        let stations: Vec<&Meeting> = self.meetings.iter().filter(|place| place.station).collect();
        if chance.happens(0.65) && !stations.is_empty() {
            return chance.pick(&stations).map(|place| **place);
        }
        chance.pick(&self.meetings).copied()
    }

    /// A point between 350 and 1,100 m away, inside the city's box.
    pub(super) fn some_way_off(&self, from: Point, chance: &mut Chance) -> Point {
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
pub(super) async fn way(phone: &Phone, from: Point, to: Point, at: Instant) -> Option<Stroll> {
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
