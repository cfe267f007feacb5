//! A table's heading: which kind of table it is, and which column says what.

use crate::FileKind;

/// The column an export of quarantined rows puts first, and the one behind it. They carry no
/// content: a corrected row has the key it would have had without them.
pub(crate) const REASON_COLUMN: &str = "quarantine_reason";
pub(crate) const LINE_COLUMN: &str = "quarantine_line";

/// Columns that do not say what a row is: serial numbers, days of data and of loading.
const NOT_CONTENT: [&str; 13] = [
    REASON_COLUMN,
    LINE_COLUMN,
    "데이터기준일자",
    "연번",
    "no",
    "objectid",
    "update_dt",
    "update_date",
    "update_year",
    "update_month",
    "등록일자",
    "작업일자",
    "수정일시",
];

/// The heading of a table.
#[derive(Debug)]
pub(crate) struct Heading {
    /// Names, trimmed, in lower case, without blanks and without what stands in brackets.
    names: Vec<String>,
    /// The same with what stands in brackets.
    full: Vec<String>,
}

/// Where a table says what; `None` where it does not.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) lat: Option<usize>,
    pub(crate) lon: Option<usize>,
    pub(crate) x: Option<usize>,
    pub(crate) y: Option<usize>,
    pub(crate) name: Option<usize>,
    pub(crate) number: Option<usize>,
    pub(crate) place: Option<usize>,
    pub(crate) road_address: Option<usize>,
    pub(crate) lot_address: Option<usize>,
    pub(crate) district: Option<usize>,
    pub(crate) count: Option<usize>,
    pub(crate) purpose: Option<usize>,
    pub(crate) installed: Option<usize>,
    pub(crate) form: Option<usize>,
    pub(crate) agency: Option<usize>,
    pub(crate) checked_on: Option<usize>,
    pub(crate) phone: Option<usize>,
    pub(crate) police: Option<usize>,
    pub(crate) operating: Option<usize>,
    pub(crate) line: Option<usize>,
    pub(crate) year: Option<usize>,
    pub(crate) month: Option<usize>,
    pub(crate) boarded: Option<usize>,
    pub(crate) alighted: Option<usize>,
}

impl Columns {
    /// Whether two columns can hold a position.
    pub(crate) const fn can_place(&self) -> bool {
        (self.lat.is_some() && self.lon.is_some()) || (self.x.is_some() && self.y.is_some())
    }
}

impl Heading {
    pub(crate) fn new<'a>(fields: impl Iterator<Item = &'a str>) -> Self {
        let full: Vec<String> = fields
            .map(|name| {
                let plain: String = name
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != '\u{feff}' && !c.is_control())
                    .collect();
                plain.to_lowercase()
            })
            .collect();
        let names = full
            .iter()
            .map(|name| match name.split_once('(') {
                Some((base, _)) if !base.is_empty() => base.to_owned(),
                _ => name.clone(),
            })
            .collect();
        Self { names, full }
    }

    /// How many columns there are.
    pub(crate) const fn width(&self) -> usize {
        self.names.len()
    }

    /// All names as one text in lower case; a grid may be named in them.
    pub(crate) fn hint(&self) -> String {
        self.full.join(" ")
    }

    /// Whether the table is an export of quarantined rows, corrected.
    pub(crate) fn is_correction(&self) -> bool {
        self.has(REASON_COLUMN)
    }

    /// Columns that are content, by name: the order in which a row's key reads them.
    pub(crate) fn content(&self) -> Vec<(usize, &str)> {
        let mut columns: Vec<(usize, &str)> = self
            .full
            .iter()
            .enumerate()
            .map(|(at, name)| (at, name.as_str()))
            .filter(|(_, name)| !NOT_CONTENT.contains(name))
            .collect();
        columns.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        columns
    }

    /// Whether a column only says why or where a row was quarantined.
    pub(crate) fn is_quarantine_note(&self, at: usize) -> bool {
        self.full.get(at).is_some_and(|name| name == REASON_COLUMN || name == LINE_COLUMN)
    }

    /// Names for a sentence, shortened; a name with a long number may be a row, not a heading.
    pub(crate) fn shown(&self) -> String {
        let digits = |name: &str| name.bytes().filter(u8::is_ascii_digit).count();
        let mut shown: Vec<String> = self
            .full
            .iter()
            .take(8)
            .map(|name| match digits(name) {
                0..4 => name.chars().take(24).collect(),
                _ => "…".to_owned(),
            })
            .collect();
        if self.full.len() > 8 {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|have| have == name)
    }

    fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name))
    }

    fn any_contains(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.contains(part))
    }

    fn any_starts(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.starts_with(part))
    }

    /// The first of these names the table has.
    fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|have| have == name))
    }

    /// What table this is, and by whose schema.
    pub(crate) fn recognize(&self) -> Option<(FileKind, &'static str)> {
        self.recognize_lights_and_bells().or_else(|| self.recognize_places())
    }

    fn recognize_lights_and_bells(&self) -> Option<(FileKind, &'static str)> {
        let only_number_and_position = self.has_all(&["관리번호", "위도", "경도"])
            && self.names.iter().filter(|name| !NOT_CONTENT.contains(&name.as_str())).count() == 3;
        Some(if self.has("보안등위치명") || self.has_all(&["설치개수", "설치형태"]) {
            (FileKind::SecurityLights, "national")
        } else if self.any_starts("가로등") {
            (FileKind::StreetLights, "national")
        } else if only_number_and_position {
            (FileKind::StreetLights, "seoul")
        } else if self.has("카메라대수") && (self.has("설치목적구분") || self.has("보관일수"))
        {
            (FileKind::Cctv, "national")
        } else if self.has_all(&["info", "latitude", "longitude", "count"])
            || self.has("안심주소")
            || self.has("cctv수량")
        {
            (FileKind::Cctv, "ansimi")
        } else if self.has_all(&["cctv_use", "la", "lo"]) {
            (FileKind::Cctv, "police")
        } else if self.any_starts("안전비상벨") || self.any_starts("비상벨") {
            (FileKind::Bells, "national")
        } else {
            return None;
        })
    }

    fn recognize_places(&self) -> Option<(FileKind, &'static str)> {
        Some(
            if self.any_starts("여성안심지킴이집") || self.has_all(&["점포명", "관할경찰서명"])
            {
                (FileKind::PatrolHouses, "national")
            } else if self.has_all(&["name", "tel_number", "lat", "lng"]) {
                (FileKind::PatrolHouses, "list")
            } else if self.has_all(&["지구대파출소", "x좌표", "y좌표"]) {
                (FileKind::Police, "country")
            } else if self.has_all(&["관서명", "구분", "위도"]) {
                (FileKind::Police, "seoul")
            } else if self.has_all(&["관서명", "구분", "전화번호", "주소"]) {
                (FileKind::Police, "addresses")
            } else if self.has_all(&["stops_no", "name"]) {
                (FileKind::BusStops, "plain")
            } else if self.has("정류소명") || self.has("정류장명") {
                (FileKind::BusStops, "national")
            } else if self.has("승차총승객수") || self.any_contains("승차인원") {
                (FileKind::Ridership, "seoul")
            } else if self.has_all(&["name", "no_line", "lat", "lon"]) {
                (FileKind::SubwayStations, "plain")
            } else if self.has_all(&["역한글명칭", "호선명칭"]) {
                (FileKind::SubwayStations, "transfer")
            } else if (self.has("역명") || self.has("역사명")) && self.columns().can_place() {
                (FileKind::SubwayStations, "national")
            } else if self.any_contains("안심택배") {
                (FileKind::ParcelLockers, "seoul")
            } else if self.any_contains("보행등")
                || self.has_all(&["자치구", "주소", "x좌표", "y좌표"])
            {
                (FileKind::Crossings, "seoul")
            } else {
                return None;
            },
        )
    }

    /// Whether the table counts crimes.
    pub(crate) fn counts_crimes(&self) -> bool {
        self.any_starts("범죄") || self.any_contains("살인") || self.has("자치구별")
    }

    /// Which column says what, whatever the kind.
    pub(crate) fn columns(&self) -> Columns {
        Columns {
            lat: self.find(&["위도", "wgs84위도", "latitude", "lat", "la", "좌표위도"]),
            lon: self.find(&["경도", "wgs84경도", "longitude", "lon", "lng", "lo", "좌표경도"]),
            x: self.find(&["x좌표", "환승역x좌표", "좌표x", "x"]),
            y: self.find(&["y좌표", "환승역y좌표", "좌표y", "y"]),
            name: self.find(&[
                "점포명",
                "역한글명칭",
                "역명",
                "역사명",
                "지하철역",
                "정류소명",
                "정류장명",
                "지구대파출소",
                "관서명",
                "안심택배설치장소",
                "안심택배함명",
                "name",
            ]),
            number: self.find(&[
                "보안등위치명",
                "가로등관리번호",
                "가로등위치명",
                "관리번호",
                "안전비상벨관리번호",
                "stops_no",
                "node_id",
                "정류소번호",
                "정류장번호",
                "ars_id",
            ]),
            place: self.find(&["설치위치", "info", "안심주소", "safety_addr"]),
            road_address: self.find(&["소재지도로명주소", "도로명주소", "주소", "road_address"]),
            lot_address: self.find(&["소재지지번주소", "지번주소", "number_address"]),
            district: self.find(&["시군구명", "자치구", "city_county", "district", "atnrg_nm"]),
            count: self.find(&["설치개수", "카메라대수", "cctv_qty", "cctv수량", "count"]),
            purpose: self.find(&["설치목적구분", "cctv_use"]),
            installed: self.find(&["설치년도", "설치연도", "설치년월", "설치연월"]),
            form: self.find(&["설치형태"]),
            agency: self.find(&["관리기관명", "plcst_nm", "district", "시군구명"]),
            checked_on: self.find(&["데이터기준일자", "update_dt", "수정일시"]),
            phone: self.find(&["여성안심지킴이집전화번호", "전화번호", "tel_number"]),
            police: self.find(&["관할경찰서명", "경찰서", "서"]),
            operating: self.find(&["운영여부"]),
            line: self.find(&["호선명칭", "호선명", "노선명", "호선", "no_line"]),
            year: self.find(&["update_year", "지정연도", "지정년도"]),
            month: self.find(&["update_month"]),
            boarded: self.find(&["승차총승객수"]),
            alighted: self.find(&["하차총승객수"]),
        }
    }

    /// Columns of hourly counts: the hour and whether they count boardings.
    pub(crate) fn hours(&self) -> Vec<(usize, u8, bool)> {
        self.names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| {
                let hour = name.split_once('시')?.0.parse().ok().filter(|hour| *hour < 24)?;
                match (name.ends_with("승차인원"), name.ends_with("하차인원")) {
                    (true, _) => Some((at, hour, true)),
                    (_, true) => Some((at, hour, false)),
                    _ => None,
                }
            })
            .collect()
    }

    /// The column that names the period of a count.
    pub(crate) fn period(&self) -> Option<usize> {
        self.find(&["사용일자", "사용월"])
    }

    /// The column that says what kind of thing a row is (구분, type).
    pub(crate) fn sort(&self) -> Option<usize> {
        self.find(&["구분", "정류소타입", "type"])
    }
}

#[cfg(test)]
mod tests;
