//! From a row's fields to what it says.

use super::{
    Bell, Brand, BusStop, Camera, CameraPurpose, Crossing, Entry, Lamp, LampForm, LampKind, Locker,
    OfficeKind, Passengers, PatrolHouse, PoliceOffice, Ridership, Station,
};
use crate::{
    FileKind,
    date::year_of,
    heading::{Columns, Heading},
};
use kernel::Point;

/// A row with its columns named.
pub(crate) struct Named<'a> {
    pub(crate) heading: &'a Heading,
    pub(crate) columns: &'a Columns,
    pub(crate) fields: &'a csv::StringRecord,
}

impl<'a> Named<'a> {
    /// A field, trimmed; `None` when the column is absent or the field blank.
    pub(crate) fn get(&self, column: Option<usize>) -> Option<&'a str> {
        self.fields.get(column?).map(str::trim).filter(|text| !text.is_empty())
    }

    fn text(&self, column: Option<usize>) -> Option<Box<str>> {
        self.get(column).map(Box::from)
    }

    fn address(&self) -> Option<Box<str>> {
        self.text(self.columns.road_address).or_else(|| self.text(self.columns.lot_address))
    }

    /// A count of things at one place, from 1; tables leave it out where it is one.
    fn count(&self) -> u16 {
        self.get(self.columns.count)
            .and_then(|text| text.split('.').next()?.parse().ok())
            .filter(|count| *count > 0)
            .unwrap_or(1)
    }

    fn number(&self, column: usize) -> u32 {
        let digits: String =
            self.get(Some(column)).unwrap_or_default().chars().filter(|c| *c != ',').collect();
        digits.parse().unwrap_or(0)
    }
}

/// What a row says; `None` when it lacks what its kind must say. `point` is there for every kind
/// that needs a position.
pub(crate) fn entry_of(kind: FileKind, row: &Named<'_>, point: Option<Point>) -> Option<Entry> {
    if kind == FileKind::Ridership {
        return ridership(row);
    }
    let point = point?;
    let columns = row.columns;
    Some(match kind {
        FileKind::SecurityLights => lamp(row, point, LampKind::Security),
        FileKind::StreetLights => lamp(row, point, LampKind::Street),
        FileKind::Cctv => Entry::Camera(Camera {
            point,
            count: row.count(),
            purpose: purpose(row.get(columns.purpose)),
            installed: row.get(columns.installed).and_then(year_of),
            place: row.address().or_else(|| row.text(columns.place)),
        }),
        FileKind::Bells => Entry::Bell(Bell {
            point,
            number: row.text(columns.number).unwrap_or_default(),
            place: row.text(columns.place),
            address: row.address(),
        }),
        FileKind::PatrolHouses => patrol_house(row, point)?,
        FileKind::Police => police(row, point)?,
        FileKind::BusStops => Entry::BusStop(BusStop {
            point,
            number: row.text(columns.number).unwrap_or_default(),
            name: row.text(columns.name)?,
            pier: row.get(row.heading.sort()).is_some_and(|sort| sort.contains("선착장")),
        }),
        FileKind::SubwayStations => Entry::Station(Station {
            point,
            name: row.text(columns.name)?,
            line: row.text(columns.line).unwrap_or_default(),
        }),
        FileKind::ParcelLockers => {
            Entry::Locker(Locker { point, name: row.text(columns.name)?, address: row.address() })
        }
        FileKind::Crossings => Entry::Crossing(Crossing {
            point,
            district: row.text(columns.district),
            address: row.address(),
        }),
        FileKind::BusRoutes
        | FileKind::Ridership
        | FileKind::DistrictBoundaries
        | FileKind::DongBoundaries
        | FileKind::LegalDongBoundaries
        | FileKind::Streets => return None,
    })
}

fn lamp(row: &Named<'_>, point: Point, kind: LampKind) -> Entry {
    let form = row.get(row.columns.form).map(|form| match form {
        "한전주" => LampForm::UtilityPole,
        "건축물" => LampForm::Building,
        "전용주" => LampForm::OwnPole,
        _ => LampForm::Other,
    });
    Entry::Lamp(Lamp {
        point,
        count: row.count(),
        kind,
        installed: row.get(row.columns.installed).and_then(year_of),
        form,
        label: row.text(row.columns.number).unwrap_or_default(),
        address: row.address(),
    })
}

/// A schema without a column of purposes (안심이) lists cameras the control room watches.
fn purpose(text: Option<&str>) -> CameraPurpose {
    match text.map(|text| text.replace(' ', "")).as_deref() {
        None | Some("생활방범" | "방범" | "다목적") => CameraPurpose::Security,
        Some(text) if text.contains("어린이") => CameraPurpose::Children,
        Some(text) if text.contains("공원") => CameraPurpose::Park,
        Some(text) if ["교통", "차량", "주정차"].iter().any(|traffic| text.contains(traffic)) => {
            CameraPurpose::Traffic
        }
        Some(text) if text.contains("방범") => CameraPurpose::Security,
        Some(_) => CameraPurpose::Other,
    }
}

fn patrol_house(row: &Named<'_>, point: Point) -> Option<Entry> {
    let columns = row.columns;
    let name = row.text(columns.name)?;
    let phone = row.text(columns.phone);
    Some(Entry::PatrolHouse(PatrolHouse {
        point,
        brand: brand_of(&name),
        name,
        district: row.text(columns.district),
        address: row.address(),
        phone_is_call_center: phone.as_deref().is_some_and(is_call_center),
        phone,
        police: row.text(columns.police),
        since: row.get(columns.year).and_then(year_of),
        operating: row.get(columns.operating).and_then(|text| match text {
            "Y" | "y" | "예" | "운영" => Some(true),
            "N" | "n" | "아니오" | "미운영" => Some(false),
            _ => None,
        }),
    }))
}

/// Numbers that begin 15, 16 or 18 and have eight digits belong to call centers.
pub(crate) fn is_call_center(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.len() == 8 && ["15", "16", "18"].iter().any(|head| digits.starts_with(head))
}

/// The chain a store's name begins with, in any of its spellings.
pub(crate) fn brand_of(name: &str) -> Brand {
    let name: String =
        name.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_lowercase();
    let begins = |heads: &[&str]| heads.iter().any(|head| name.starts_with(head));
    if begins(&["cu", "씨유"]) {
        Brand::Cu
    } else if begins(&["gs", "지에스"]) {
        Brand::Gs25
    } else if begins(&["세븐", "7eleven", "seveneleven"]) {
        Brand::SevenEleven
    } else if begins(&["이마트24", "emart24", "위드미"]) {
        Brand::Emart24
    } else if begins(&["미니스톱", "ministop"]) {
        Brand::Ministop
    } else {
        Brand::Other
    }
}

fn police(row: &Named<'_>, point: Point) -> Option<Entry> {
    let columns = row.columns;
    let name = row.text(columns.name)?;
    // Without a column of kinds the name itself ends in the kind.
    let kind = office_kind(row.get(row.heading.sort()).unwrap_or(&name));
    Some(Entry::Police(PoliceOffice {
        point,
        kind,
        name,
        station: row.text(columns.police),
        phone: row.text(columns.phone),
        address: row.address(),
    }))
}

/// The kind of office a text ends in.
pub(crate) fn office_kind(text: &str) -> OfficeKind {
    let ends = |tail: &str| text.ends_with(tail);
    if ends("경찰서") {
        OfficeKind::Station
    } else if ends("지구대") {
        OfficeKind::DistrictUnit
    } else if ends("파출소") {
        OfficeKind::Box
    } else if ends("치안센터") {
        OfficeKind::SecurityCenter
    } else {
        OfficeKind::Other
    }
}

fn ridership(row: &Named<'_>) -> Option<Entry> {
    let columns = row.columns;
    let mut counts: Vec<Passengers> = Vec::new();
    for (at, hour, boarding) in row.heading.hours() {
        let known = counts.iter().position(|count| count.hour == Some(hour));
        let place = known.unwrap_or_else(|| {
            counts.push(Passengers { hour: Some(hour), boarded: 0, alighted: 0 });
            counts.len() - 1
        });
        if let Some(count) = counts.get_mut(place) {
            *(if boarding { &mut count.boarded } else { &mut count.alighted }) = row.number(at);
        }
    }
    if let (Some(boarded), Some(alighted)) = (columns.boarded, columns.alighted) {
        let (boarded, alighted) = (row.number(boarded), row.number(alighted));
        counts.push(Passengers { hour: None, boarded, alighted });
    }
    Some(Entry::Ridership(Ridership {
        period: row.text(row.heading.period())?,
        line: row.text(columns.line).unwrap_or_default(),
        station: row.text(columns.name)?,
        counts,
    }))
}

#[cfg(test)]
mod tests;
