//! What every screen needs first: the city, its hours, its numbers, its clock; and what serves now
//! when the thing asked for does not.

use crate::{app::App, asked::Answer};
use ::escort::Request;
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, Instant, Point, Span, id};
use notify::Recipient;
use store::Failure;
use wire::{
    alarm::{ServesNow, ServesNowKind},
    city::{Bilingual, City, DistrictNamed, Service},
    environment::{Place, PlaceKind},
};

/// The city now.
#[utoipa::path(get, path = "/api/city", tag = "city", responses((status = 200, body = City)))]
pub async fn city(State(app): State<App>) -> Answer<City> {
    let now = app.now();
    let pack = app.pack();
    let rules = &pack.rules.escort;
    let booking = rules.booking_at(now);
    Ok(Json(City {
        name: pack.name.clone(),
        zone: pack.zone.name().to_owned(),
        languages: pack.languages.clone(),
        area: pack.area,
        districts: pack
            .districts
            .iter()
            .map(|one| DistrictNamed { code: one.code.to_string(), name: one.name.clone() })
            .collect(),
        emergency_phone: pack.numbers.emergency.clone(),
        desk_phone: pack.numbers.desk.clone(),
        service: Service {
            open: booking.is_some(),
            opens_at: match booking {
                Some(_) => None,
                None => rules.next_night(now).map(|night| night.booking_from),
            },
            closes_at: booking.map(|night| night.booking_until),
            lead_time_minutes: rules.lead_time_minutes,
        },
        now,
        demo: app.demo().is_some(),
        registers_checked_on: app.ground().checked_on.map(|date| date.to_string()),
    }))
}

fn same(text: &str) -> Bilingual {
    Bilingual { ko: text.to_owned(), en: text.to_owned() }
}

impl App {
    /// The numbers that can be called, whatever else has failed.
    pub(crate) fn numbers(&self) -> Vec<ServesNow> {
        let numbers = &self.pack().numbers;
        let call = |kind, name: Bilingual, phone: &str| ServesNow {
            kind,
            name,
            phone: Some(phone.to_owned()),
            at: None,
            walk_minutes: None,
            opens_at: None,
        };
        vec![
            call(ServesNowKind::DeskPhone, same(&numbers.desk), &numbers.desk),
            call(ServesNowKind::Emergency, same(&numbers.emergency), &numbers.emergency),
        ]
    }

    /// What serves somebody at a point now: ready havens and police boxes, nearest first; the
    /// numbers; and when a walk can be asked for again.
    pub(crate) async fn serves_now(
        &self,
        from: Point,
        at: Instant,
    ) -> Result<Vec<ServesNow>, Failure> {
        let mut serves: Vec<ServesNow> = self
            .ready_near(from, at, 3)
            .await?
            .into_iter()
            .map(|haven| ServesNow {
                kind: ServesNowKind::Haven,
                name: Bilingual { en: crate::ground::in_english(&haven.name), ko: haven.name },
                phone: haven.phone,
                at: Some(haven.at),
                walk_minutes: haven.walk_minutes,
                opens_at: None,
            })
            .collect();
        let ground = self.ground();
        for found in ground.police(from, 2) {
            let walk = ground.walking.shortest(from, found.spot.at);
            serves.push(ServesNow {
                kind: ServesNowKind::Police,
                name: found.spot.name.clone(),
                phone: found.spot.phone.clone(),
                at: Some(found.spot.at.into()),
                walk_minutes: u16::try_from(walk.seconds.div_ceil(60)).ok(),
                opens_at: None,
            });
        }
        serves.sort_by_key(|one| one.walk_minutes);
        serves.extend(self.numbers());
        let rules = &self.pack().rules.escort;
        if rules.booking_at(at).is_none()
            && let Some(night) = rules.next_night(at)
        {
            serves.push(ServesNow {
                kind: ServesNowKind::WalkLater,
                name: self.pack().name.clone(),
                phone: None,
                at: None,
                walk_minutes: None,
                opens_at: Some(night.booking_from),
            });
        }
        Ok(serves)
    }

    /// Where a walk begins. One whose place has left the registers begins at the city's middle:
    /// a distance is then wrong, but nothing stops.
    pub(crate) fn meeting_point(&self, walk: &Request) -> Point {
        let ground = self.ground();
        let spot = walk.meeting_place.and_then(|place| ground.places.get(place));
        spot.map_or_else(|| self.pack().area.center(), |spot| spot.at)
    }

    /// A place as screens show it.
    pub(crate) fn place_view(&self, place: Option<Id<id::Place>>, near: Option<Point>) -> Place {
        let ground = self.ground();
        match place.and_then(|place| ground.places.get(place)) {
            Some(spot) => {
                crate::environment::shown(spot, near.map(|near| near.distance_m(spot.at)))
            }
            None => Place {
                id: place.unwrap_or(Id::from_bits(0)),
                kind: PlaceKind::Street,
                name: same("—"),
                at: self.pack().area.center().into(),
                distance_m: None,
                meeting: false,
            },
        }
    }

    /// Whom to ring when nobody at a district's desk looks.
    pub(crate) fn duty(&self, district: Option<&DistrictCode>) -> Recipient {
        let district = district.unwrap_or(self.pack().district_of(None));
        Recipient::Duty {
            district: district.to_string(),
            phone: self.config().duty_phones.get(district).cloned(),
        }
    }

    /// When this evening began: the last local noon.
    pub(crate) fn evening(&self, now: Instant) -> Instant {
        let minutes = i64::from(self.pack().zone.local(now).minute);
        now - Span::minutes((minutes - 720).rem_euclid(1_440))
    }
}
