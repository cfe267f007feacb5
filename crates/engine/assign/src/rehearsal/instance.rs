//! The instances of `bench-peers`: VROOM's input with `x_locations` and `x_meta`.

use crate::night::{DistrictNo, Districts, Request, Team, Window};
use crate::travel::{Leg, PlaceNo, Travel};
use kernel::Point;
use serde::Deserialize;
use std::fmt;

/// Metres walked for a metre in a straight line, as the instances have it.
const DETOUR: f64 = 1.3;
/// Metres a second, as the instances have it.
const PACE: f64 = 1.2;

/// An evening as a file tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct Instance {
    pub(super) vehicles: Vec<Vehicle>,
    pub(super) shipments: Vec<Shipment>,
    x_locations: Vec<[f64; 2]>,
    #[serde(default)]
    pub(super) x_meta: Vec<Meta>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Vehicle {
    pub(super) start_index: usize,
    pub(super) end_index: usize,
    pub(super) capacity: Vec<u8>,
    pub(super) time_window: [i32; 2],
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Shipment {
    pub(super) pickup: End,
    pub(super) delivery: End,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct End {
    pub(super) location_index: usize,
    pub(super) service: i32,
    pub(super) time_windows: Vec<[i32; 2]>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Meta {
    /// When the request becomes known.
    pub(super) booked: i32,
}

/// The file is no instance.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no escort instance: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

impl Instance {
    /// Reads an instance.
    ///
    /// # Errors
    /// The text is no JSON of that form, or names a location that is not there.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let read: Self = serde_json::from_str(text).map_err(|e| Unreadable(e.to_string()))?;
        let vehicles = read.vehicles.iter().flat_map(|v| [v.start_index, v.end_index]);
        let ends = read.shipments.iter().flat_map(|s| [&s.pickup, &s.delivery]);
        let known = read.x_locations.len();
        let seats = read.vehicles.iter().all(|v| v.capacity.len() == 1);
        let windows = ends.clone().all(|end| end.time_windows.len() == 1);
        let places = vehicles.chain(ends.map(|end| end.location_index)).all(|at| at < known);
        let points = read.x_locations.iter().all(|&[lon, lat]| Point::new(lat, lon).is_some());
        match (places && points, seats && windows) {
            (true, true) => Ok(read),
            (false, _) => Err(Unreadable("a location is not there".to_owned())),
            (_, false) => Err(Unreadable("one capacity and one window each".to_owned())),
        }
    }

    /// How many places it names.
    pub fn places(&self) -> usize {
        self.x_locations.len()
    }

    /// How many asked.
    pub fn requests(&self) -> usize {
        self.shipments.len()
    }

    /// The rule of the instances: 1.3 times the straight line, at 1.2 metres a second, both
    /// rounded half to even.
    pub fn leg(&self, from: usize, to: usize) -> Leg {
        let at = |index: usize| {
            let [lon, lat] = self.x_locations[index];
            Point { lat, lon }
        };
        let meters = (at(from).distance_m(at(to)) * DETOUR).round_ties_even();
        Leg { meters: meters as i32, seconds: (meters / PACE).round_ties_even() as i32 }
    }

    /// The teams on duty; each pair is one team.
    pub fn teams(&self) -> Vec<Team> {
        let team = |vehicle: &Vehicle| Team {
            at: PlaceNo(vehicle.start_index as u32),
            free_s: vehicle.time_window[0],
            post: PlaceNo(vehicle.end_index as u32),
            off_s: vehicle.time_window[1],
            seats: vehicle.capacity.first().copied().unwrap_or(1),
            district: DistrictNo(0),
            walked_s: 0,
        };
        self.vehicles.iter().map(team).collect()
    }

    /// The requests. With room for two in a team everybody agreed to share: these evenings ask it
    /// of nobody.
    pub fn asked(&self) -> Vec<Request> {
        let shares = self.vehicles.iter().any(|v| v.capacity.iter().any(|&seats| seats > 1));
        let window = |end: &End| {
            let [from_s, by_s] = end.time_windows.first().copied().unwrap_or([0, 0]);
            Window { from_s, by_s }
        };
        let request = |shipment: &Shipment| Request {
            pickup: PlaceNo(shipment.pickup.location_index as u32),
            meet: window(&shipment.pickup),
            meeting_s: shipment.pickup.service,
            home: PlaceNo(shipment.delivery.location_index as u32),
            arrive: window(&shipment.delivery),
            parting_s: shipment.delivery.service,
            shares,
            priority: 0,
            districts: Districts::ALL,
        };
        self.shipments.iter().map(request).collect()
    }

    /// When request `request` becomes known; its window's beginning if the file does not say.
    pub fn booked_s(&self, request: usize) -> i32 {
        let ready_s = self.shipments[request].pickup.time_windows.first().map_or(0, |w| w[0]);
        self.x_meta.get(request).map_or(ready_s, |meta| meta.booked)
    }
}

impl Travel for Instance {
    fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<Leg> {
        Some(self.leg(from.0 as usize, to.0 as usize))
    }
}
