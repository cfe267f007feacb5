use super::*;
use crate::Pack;

pub(super) const GWANAK: &str = include_str!("../../../../../../cities/gwanak.toml");
const NETWORK: &str = r#"
[onestop]
answer_within_hours = 48
witnesses = [
  "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w",
  "gTl3Dqh9F19Wo1Rmw0x-zMuNipG07jeiXfYPW4_Js5Q",
]
[[onestop.centers]]
key = "one"
service = "counsel"
name = { ko = "하나", en = "One" }
does = { ko = "들어요", en = "Listens" }
hours = { ko = "언제나", en = "always" }
phone = "02-000-0101"
[[onestop.centers]]
key = "two"
service = "shelter"
name = { ko = "둘", en = "Two" }
does = { ko = "머물러요", en = "A place to stay" }
hours = { ko = "언제나", en = "always" }
phone = "02-000-0102"
"#;

pub(super) fn pack(network: &str) -> Result<Pack, String> {
    Pack::parse(&format!("{GWANAK}\n{network}")).map_err(|wrong| wrong.to_string())
}

#[track_caller]
fn refused(from: &str, to: &str, why: &str) {
    assert!(NETWORK.contains(from), "{from:?} is not in the network any more");
    let said = pack(&NETWORK.replace(from, to)).unwrap_err();
    assert!(said.contains(why), "{said}");
}

#[test]
fn a_city_without_a_network_has_no_center_and_promises_a_day() {
    let network = pack("").unwrap().onestop;
    assert!(network.centers.is_empty() && network.witnesses.is_empty());
    assert_eq!(network.answer_within_hours, 24);
    assert_eq!((network.referral_answer_hours, network.service_stale_hours), (24, 12));
}

#[test]
fn a_center_takes_reports_unless_it_says_otherwise_or_counts() {
    let takes =
        |from: &str, to: &str| pack(&NETWORK.replace(from, to)).unwrap().onestop.centers[1].takes();
    let shelter = "service = \"shelter\"";
    assert_eq!(takes(shelter, shelter), Takes::Reports);
    assert_eq!(takes(shelter, "service = \"shelter\"\ntakes = \"referrals\""), Takes::Referrals);
    assert_eq!(takes(shelter, "service = \"figures\""), Takes::Referrals);
    refused(shelter, "service = \"shelter\"\ntakes = \"all\"", "all");
    refused("= 48", "= 48\nreferral_answer_hours = 0", "how long a referral waits");
    refused("= 48", "= 48\nreferral_answer_hours = 73", "how long a referral waits");
    refused("= 48", "= 48\nservice_stale_hours = 0", "how long a free bed is believed");
    refused("= 48", "= 48\nservice_stale_hours = 169", "how long a free bed is believed");
}

#[test]
fn real_packs_have_no_center_as_long_as_nobody_is_behind_it() {
    for text in [
        GWANAK,
        include_str!("../../../../../../cities/seoul.toml"),
        include_str!("../../../../../../cities/seoul-25.toml"),
    ] {
        assert!(Pack::parse(text).unwrap().onestop.centers.is_empty());
    }
}

#[test]
fn a_network_is_read_as_it_is_written() {
    let pack = pack(NETWORK).unwrap();
    let network = &pack.onestop;
    assert_eq!(network.answer_within_hours, 48);
    assert_eq!(network.witnesses.len(), 2);
    assert_eq!(network.witnesses[0][..2], [0x8a, 0x88]);
    let told: Vec<_> = network.centers.iter().map(|one| (&*one.key, one.service.name())).collect();
    assert_eq!(told, [("one", "counsel"), ("two", "shelter")]);
}

#[test]
fn a_center_keeps_its_id_and_shares_it_with_none() {
    let pack = pack(NETWORK).unwrap();
    let [one, two] = [0, 1].map(|at| pack.onestop.centers[at].id(&pack.code));
    // SHA-256 of waylight/onestop/centergwanak, a zero byte, one.
    assert_eq!(one.bits().to_be_bytes()[..4], [0x5a, 0xff, 0xab, 0x93]);
    assert_ne!(one, two);
    assert_eq!(pack.center(two).map(|center| &*center.key), Some("two"));
    assert!(pack.center(Id::from_bits(1)).is_none());
    let elsewhere: DistrictCode = "seoul".to_owned().try_into().unwrap();
    assert_ne!(pack.onestop.centers[0].id(&elsewhere), one);
}

#[test]
fn a_network_that_cannot_be_is_refused_with_what_to_do() {
    refused("= 48", "= 0", "1 to 72");
    refused("= 48", "= 73", "1 to 72");
    refused("key = \"two\"", "key = \"one\"", "listed twice");
    refused("key = \"two\"", "key = \"Two\"", "lowercase");
    refused("key = \"two\"", "key = \"\"", "lowercase");
    refused("service = \"shelter\"", "service = \"hotel\"", "hotel");
    refused("en = \"Two\"", "en = \" \"", "center two needs its name in ko and en");
    refused("en = \"Listens\"", "en = \"\"", "center one needs its does in ko and en");
    refused("02-000-0102", "ask at the door", "cannot be dialed");
    let witness = "  \"gTl3Dqh9F19Wo1Rmw0x-zMuNipG07jeiXfYPW4_Js5Q\",\n";
    refused(witness, "", "at least 2");
    refused("gTl3Dqh9F19Wo1Rmw0x-zMuNipG07jeiXfYPW4_Js5Q", "gTl3", "43 letters");
    let first = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w";
    refused("gTl3Dqh9F19Wo1Rmw0x-zMuNipG07jeiXfYPW4_Js5Q", first, "same key twice");
}
