//! Invented names, each in Korean and in the Revised Romanization. They are common nouns, chosen
//! so that none is the name of a real district, station or chain of stores.

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) ko: String,
    pub(super) en: String,
}

impl Name {
    pub(super) fn new(ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ko: ko.into(), en: en.into() }
    }
}

/// The invented city.
pub(super) const CITY_KO: &str = "가온시";
/// The invented district.
pub(super) const GU_KO: &str = "미리내구";
/// The same in English.
pub(super) const GU_EN: &str = "Mirinae-gu";

/// Its neighborhoods, from the south-west, row by row.
pub(super) const DONGS: [(&str, &str); 9] = [
    ("버들", "Beodeul"),
    ("나루", "Naru"),
    ("노을", "Noeul"),
    ("솔밭", "Solbat"),
    ("은하", "Eunha"),
    ("한울", "Hanul"),
    ("언덕", "Eondeok"),
    ("샛별", "Saetbyeol"),
    ("새벽", "Saebyeok"),
];

/// Neighborhoods that publish no register of lamps: what is known of their light is nothing.
pub(super) const WITHOUT_REGISTER: [usize; 2] = [2, 3];

const ROOTS: [(&str, &str); 26] = [
    ("은하", "Eunha"),
    ("미리내", "Mirinae"),
    ("달빛", "Dalbit"),
    ("등불", "Deungbul"),
    ("초롱", "Chorong"),
    ("여울", "Yeoul"),
    ("버들", "Beodeul"),
    ("나루", "Naru"),
    ("느티", "Neuti"),
    ("솔밭", "Solbat"),
    ("햇살", "Haetsal"),
    ("노을", "Noeul"),
    ("샘터", "Saemteo"),
    ("두레", "Dure"),
    ("도담", "Dodam"),
    ("다온", "Daon"),
    ("가람", "Garam"),
    ("물결", "Mulgyeol"),
    ("새벽", "Saebyeok"),
    ("한울", "Hanul"),
    ("꽃내", "Kkonnae"),
    ("바람", "Baram"),
    ("은빛", "Eunbit"),
    ("아람", "Aram"),
    ("이슬", "Iseul"),
    ("무지개", "Mujigae"),
];

/// The root of the name of a grid line: lines of both directions take turns.
fn root(line: usize, eastward: bool) -> (&'static str, &'static str) {
    let turn = (line / 4) * 2 + usize::from(eastward);
    ROOTS[turn % ROOTS.len()]
}

/// What a street on this grid line is called: great streets `대로`, streets `로`, and alleys by a
/// number after the street they leave (`달빛로3길`).
pub(super) fn street(line: usize, eastward: bool) -> Name {
    let (ko, en) = root(line, eastward);
    match line % 16 {
        0 => Name::new(format!("{ko}대로"), format!("{en}-daero")),
        4 | 8 | 12 => Name::new(format!("{ko}로"), format!("{en}-ro")),
        _ => {
            let great = (line / 4 * 4).is_multiple_of(16);
            let (suffix, roman) = if great { ("대로", "daero") } else { ("로", "ro") };
            let number = line % 4 * 2 + 1;
            Name::new(format!("{ko}{suffix}{number}길"), format!("{en}-{roman} {number}-gil"))
        }
    }
}

/// Invented chains of stores, three of them written in English as some really are.
const CHAINS: [(&str, &str); 5] = [
    ("온밤24", "Onbam24"),
    ("모퉁이편의점", "Motungi Mart"),
    ("달토끼마트", "Daltokki Mart"),
    ("Late Owl", "Late Owl"),
    ("참별상회", "Chambyeol Store"),
];

/// Branch names that are whole stores' names in English.
const ENGLISH_STORES: [&str; 4] =
    ["Moonlight Mart", "Lantern Corner", "Riverside Pantry", "Night Garden Store"];

/// The `number`-th store, near a street or place called `near`.
pub(super) fn store(number: usize, near: &str) -> String {
    if number % 11 == 7 {
        return ENGLISH_STORES[(number / 11) % ENGLISH_STORES.len()].to_owned();
    }
    let (ko, _en) = CHAINS[number % CHAINS.len()];
    format!("{ko} {near}점")
}

const STOP_PLACES: [(&str, &str); 18] = [
    ("시장입구", "Market Entrance"),
    ("주민센터", "Community Center"),
    ("초등학교", "Elementary School"),
    ("아파트", "Apartments"),
    ("삼거리", "Three-way Junction"),
    ("우체국", "Post Office"),
    ("도서관", "Library"),
    ("약수터", "Spring"),
    ("중학교", "Middle School"),
    ("공원", "Park"),
    ("사거리", "Crossroads"),
    ("보건소", "Health Center"),
    ("성당", "Catholic Church"),
    ("체육관", "Gymnasium"),
    ("병원", "Hospital"),
    ("다리", "Bridge"),
    ("빌라촌", "Villas"),
    ("문화센터", "Culture Center"),
];

/// The `number`-th bus stop of a district called `gu`; no two of the first 36 share a name.
pub(super) fn bus_stop_of(gu: &str, number: usize) -> String {
    let (place, _en) = STOP_PLACES[number % STOP_PLACES.len()];
    let newer = if number < STOP_PLACES.len() { "" } else { "새" };
    format!("{newer}{gu}{place}")
}

/// The `number`-th bus stop. No two of the first 234 share a name.
pub(super) fn bus_stop(number: usize) -> Name {
    let (place_ko, place_en) = STOP_PLACES[number % STOP_PLACES.len()];
    let (ko, en) = ROOTS[(number * 7 + number / STOP_PLACES.len()) % ROOTS.len()];
    Name::new(format!("{ko}{place_ko}"), format!("{en} {place_en}"))
}
