use super::super::tests::{GWANAK, pack};
use crate::Pack;
use ::onestop::duty::{AgeKind, AgeOn, Deadline, PacketField};

const NETWORK: &str = r#"
[onestop]
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
key = "police"
service = "police"
name = { ko = "경찰", en = "Police" }
does = { ko = "수사해요", en = "Investigates" }
hours = { ko = "언제나", en = "always" }
phone = "02-000-0102"

[[onestop.age_rules]]
key = "kr-child"
name = { ko = "아동·청소년", en = "child or youth" }
kind = "under_19_until_its_year"
from = "2010-01-01"
until = "2024-04-01"
source = "Act A, Article 2"
confirmed_by = "Counsel B, 2026-11-20"
[[onestop.age_rules]]
key = "kr-child"
name = { ko = "아동·청소년", en = "child or youth" }
kind = "under_19"
from = "2024-04-01"
source = "Act A, Article 2 as amended"
confirmed_by = "Counsel B, 2026-11-20"

[[onestop.duties]]
key = "kr-report"
name = { ko = "신고 의무", en = "Duty to report" }
tells = { ko = "경찰에 알려야 해요", en = "We have to tell the police" }
from = "2013-06-19"
source = "Act A, Article 34"
confirmed_by = "Counsel B, 2026-11-20"
triggers = ["age", "sexual_offense"]
age_rule = "kr-child"
binds = ["counsel", "medical"]
receiver = "police"
deadline = "immediately"
fields = ["birth_year", "incident_type", "reporter"]

[onestop.figures]
yearly_epsilon_thousandths = 3000
[[onestop.figures.tables]]
key = "city"
name = { ko = "도시", en = "City" }
every = "quarter"
by = ["type"]
epsilon_thousandths = 500
"#;

#[track_caller]
fn refused(from: &str, to: &str, why: &str) {
    assert!(NETWORK.contains(from), "{from:?} is not in the network any more");
    let said = pack(&NETWORK.replacen(from, to, 1)).unwrap_err();
    assert!(said.contains(why), "{said}");
}

#[test]
fn rules_are_read_as_they_are_written() {
    let network = pack(NETWORK).unwrap().onestop;
    let kinds: Vec<_> =
        network.age_rules.iter().map(|one| (one.kind, one.from.to_string())).collect();
    assert_eq!(
        kinds,
        [
            (AgeKind::Under19UntilItsYear, "2010-01-01".to_owned()),
            (AgeKind::Under19, "2024-04-01".to_owned()),
        ]
    );
    let duty = &network.duties[0];
    assert_eq!((duty.age_on, duty.deadline), (AgeOn::Incident, Deadline::Immediately));
    let fields = [PacketField::BirthYear, PacketField::IncidentType, PacketField::Reporter];
    assert_eq!(duty.fields, fields);
    assert_eq!((network.figures.small_below_people, network.figures.tables.len()), (10, 1));
    let hours = NETWORK.replace("\"immediately\"", "{ hours = 24 }");
    assert_eq!(pack(&hours).unwrap().onestop.duties[0].deadline, Deadline::Hours(24));
}

#[test]
fn real_packs_say_no_law_before_counsel_has_read_it() {
    for text in [
        GWANAK,
        include_str!("../../../../../../../cities/seoul.toml"),
        include_str!("../../../../../../../cities/seoul-25.toml"),
    ] {
        let network = Pack::parse(text).unwrap().onestop;
        assert!(network.age_rules.is_empty() && network.duties.is_empty());
    }
}

#[test]
fn a_rule_without_source_day_or_somebody_who_answers_for_it_is_none() {
    refused("source = \"Act A, Article 2\"", "source = \" \"", "age rule kr-child has no source");
    refused(
        "confirmed_by = \"Counsel B, 2026-11-20\"\n[[onestop.age",
        "confirmed_by = \"\"\n[[onestop.age",
        "confirmed by nobody",
    );
    refused("source = \"Act A, Article 34\"", "", "source");
    refused("from = \"2010-01-01\"", "", "from");
    refused("from = \"2010-01-01\"", "from = \"2010-02-30\"", "2010-02-30");
    refused("until = \"2024-04-01\"", "until = \"2010-01-01\"", "ends before it begins");
    refused("ko = \"아동·청소년\"", "ko = \"\"", "needs its name");
    refused("key = \"kr-child\"", "key = \"KR\"", "lowercase");
    refused("under_19_until_its_year", "under_20", "under_20");
}

#[test]
fn changes_of_a_rule_follow_one_another() {
    refused("until = \"2024-04-01\"", "until = \"2024-04-02\"", "there twice");
    refused("until = \"2024-04-01\"\n", "", "there twice");
    refused("until = \"2024-04-01\"", "until = \"2024-03-31\"", "does not hold on every day");
    refused("from = \"2013-06-19\"", "from = \"2009-12-31\"", "does not hold on every day");
    // One that ends with the law it is for needs no rule afterwards.
    let both_end = NETWORK
        .replace("from = \"2024-04-01\"", "from = \"2024-04-01\"\nuntil = \"2030-01-01\"")
        .replace("from = \"2013-06-19\"", "from = \"2013-06-19\"\nuntil = \"2030-01-01\"");
    assert!(pack(&both_end).is_ok());
}

#[test]
fn a_duty_that_cannot_be_is_refused_with_what_to_do() {
    refused("age_rule = \"kr-child\"", "", "names no age_rule");
    refused(
        "triggers = [\"age\", \"sexual_offense\"]",
        "triggers = [\"disability\"]",
        "not triggered by age",
    );
    refused("triggers = [\"age\", \"sexual_offense\"]", "triggers = []", "needs its triggers");
    refused("\"sexual_offense\"]", "\"age\"]", "needs its triggers");
    refused("\"sexual_offense\"]", "\"anything\"]", "anything");
    refused("age_rule = \"kr-child\"", "age_rule = \"kr-adult\"", "kr-adult");
    refused("receiver = \"police\"", "receiver = \"nobody\"", "no center of this pack");
    refused("binds = [\"counsel\", \"medical\"]", "binds = []", "needs its binds");
    refused("fields = [\"birth_year\", ", "fields = [\"reporter\", ", "needs its fields");
    refused("fields = [\"birth_year\", ", "fields = [\"everything\", ", "everything");
    refused("\"immediately\"", "{ hours = 0 }", "1 to 720");
    refused("\"immediately\"", "{ hours = 721 }", "1 to 720");
    refused(
        "tells = { ko = \"경찰에 알려야 해요\"",
        "tells = { ko = \"\"",
        "what she is told before",
    );
}

#[test]
fn nobody_who_only_counts_is_told_of_one_person() {
    let counting = NETWORK.replace("service = \"police\"", "service = \"figures\"");
    let said = pack(&counting).unwrap_err();
    assert!(said.contains("no center of this pack that could hear it"), "{said}");
}

#[test]
fn tables_that_cannot_be_told_of_are_refused() {
    refused("= 3000", "= 499", "spends 500 thousandths");
    refused("epsilon_thousandths = 500", "epsilon_thousandths = 0", "spends 0 thousandths");
    refused("by = [\"type\"]", "by = []", "needs what it counts by");
    refused("by = [\"type\"]", "by = [\"type\", \"type\"]", "needs what it counts by");
    refused("by = [\"type\"]", "by = [\"name\"]", "name");
    refused("= 3000", "= 3000\nsmall_below_people = 4", "single people");
    refused("key = \"city\"", "key = \"\"", "lowercase");
    let table = NETWORK.split("[[onestop.figures.tables]]").nth(1).unwrap();
    let said = pack(&format!("{NETWORK}\n[[onestop.figures.tables]]{table}")).unwrap_err();
    assert!(said.contains("table city is listed twice"), "{said}");
}
