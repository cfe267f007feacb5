use super::*;

const GWANAK: &str = include_str!("../../../../../cities/gwanak.toml");

fn refused(from: &str, to: &str) -> String {
    assert!(GWANAK.contains(from), "{from:?} is not in the pack any more");
    Pack::parse(&GWANAK.replace(from, to)).unwrap_err().to_string()
}

#[test]
fn gwanak_is_a_pack() {
    let pack = Pack::parse(GWANAK).unwrap();
    assert_eq!(pack.code.as_str(), "gwanak");
    assert_eq!(pack.numbers.emergency, "112");
    assert!(pack.area.contains(Point { lat: 37.4842, lon: 126.9297 }), "Sillim station");
    assert_eq!(pack.rules.escort.zone, pack.zone);
    assert_eq!(pack.rules.escort.unseen_all_desks_seconds, 20);
    assert!(pack.sources.iter().any(|source| source.contains("보안등")));
}

#[test]
fn a_place_belongs_to_the_desk_its_register_names_and_else_to_the_first() {
    let pack = Pack::parse(GWANAK).unwrap();
    assert_eq!(pack.district_of(Some("서울특별시 동작구")).as_str(), "dongjak");
    assert_eq!(pack.district_of(Some("11620")).as_str(), "gwanak");
    assert_eq!(pack.district_of(Some("somewhere else")).as_str(), "gwanak");
    assert_eq!(pack.district_of(None).as_str(), "gwanak");
}

#[test]
fn a_pack_that_cannot_be_true_is_refused_with_the_reason() {
    assert!(refused("south = 37.440", "south = 38.440").contains("area"));
    assert!(refused("neighbors = [\"dongjak\"]", "neighbors = [\"mapo\"]").contains("mapo"));
    assert!(refused("emergency = \"112\"", "emergency = \"call 112\"").contains("dialed"));
    assert!(refused("languages = [\"ko\", \"en\"]", "languages = []").contains("language"));
    assert!(refused("zone = \"Asia/Seoul\"", "zone = \"Asia/Sillim\"").contains("Sillim"));
    assert!(refused("booking =", "bookings =").contains("bookings"));
}

#[test]
fn districts_lie_outward_from_ones_own_the_nearest_first() {
    let district = |code: &str, neighbors: &str| {
        format!(
            "[[districts]]\ncode = \"{code}\"\nname = {{ ko = \"{code}\", en = \"{code}\" }}\nneighbors = [{neighbors}]\n"
        )
    };
    let head = GWANAK.split("[[districts]]").next().unwrap();
    let text = [
        district("gwanak", "\"dongjak\", \"geumcheon\""),
        district("mapo", ""),
        district("yongsan", "\"dongjak\""),
        district("geumcheon", "\"gwanak\""),
        district("dongjak", "\"gwanak\", \"yongsan\""),
    ]
    .concat();
    let pack = Pack::parse(&format!("{head}{text}")).unwrap();
    let from = pack.district_of(Some("gwanak")).clone();
    let outward = pack.outward(&from);
    let told: Vec<_> = outward.iter().map(|(one, borders)| (one.code.as_str(), *borders)).collect();
    assert_eq!(told, [("dongjak", 1), ("geumcheon", 1), ("yongsan", 2), ("mapo", 0)]);
}

#[test]
fn hours_are_written_once_and_walks_are_asked_for_by_them() {
    let gwanak = include_str!("../../../../../cities/gwanak.toml");
    let pack = Pack::parse(gwanak).unwrap();
    assert_eq!(pack.rules.escort.service, pack.rules.volunteer.calendar.hours);
    let calendar = "[rules.volunteer.calendar]\nholidays = [\"2026-12-25\"]\nhours = { sat = \"20:00-23:00\" }\n";
    let twice = Pack::parse(&format!("{gwanak}\n{calendar}")).unwrap_err().to_string();
    assert!(twice.contains("[rules.volunteer.calendar]"), "{twice}");
    let (before, service) = gwanak.split_once("[rules.escort.service]").unwrap();
    let (_, after) = service.split_once("[route").unwrap();
    let pack = Pack::parse(&format!("{before}[route{after}\n{calendar}")).unwrap();
    assert_eq!(pack.rules.escort.service, pack.rules.volunteer.calendar.hours);
    assert_eq!(pack.rules.escort.closed.len(), 1);
}
