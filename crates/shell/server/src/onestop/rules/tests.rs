use super::*;
use crate::Pack;

const GWANAK: &str = include_str!("../../../../../../cities/gwanak.toml");
const RULE: &str = r#"
[[onestop.age_rules]]
key = "kr-child"
name = { ko = "아동·청소년", en = "child or youth" }
kind = "under_19_until_its_year"
from = "2010-01-01"
until = "2024-04-01"
source = "Act A, Article 2"
confirmed_by = "Counsel B, 2026-11-20"
"#;

fn pack(rules: &str) -> Pack {
    Pack::parse(&format!("{GWANAK}\n{rules}")).unwrap()
}

fn names(pack: &Pack) -> BTreeMap<String, RuleHash> {
    by_name(&pack.code, &pack.onestop)
}

#[test]
fn a_rule_is_known_by_its_key_and_first_day_and_by_every_word_it_says() {
    let first = names(&pack(RULE));
    assert_eq!(first.keys().collect::<Vec<_>>(), ["age/kr-child/2010-01-01"]);
    assert_eq!(names(&pack(RULE)), first, "the same says the same");
    for (from, to) in [
        ("Counsel B", "Counsel C"),
        ("Article 2", "Article 3"),
        ("2024-04-01", "2024-04-02"),
        ("under_19_until_its_year", "under_19"),
    ] {
        assert_ne!(names(&pack(&RULE.replace(from, to))), first, "{to}");
    }
}

#[test]
fn the_hash_of_what_is_served_changes_with_what_is_served() {
    let hash = |pack: &Pack| said(&pack.code, &pack.onestop).hash;
    let (none, one) = (hash(&pack("")), hash(&pack(RULE)));
    assert_eq!(one.len(), 64);
    assert_ne!(none, one);
    assert_eq!(hash(&pack(RULE)), one);
    assert!(names(&pack("")).is_empty());
}

#[test]
fn what_may_be_spent_is_among_the_rules() {
    let table = |yearly: u32| {
        format!(
            "[onestop.figures]\nyearly_epsilon_thousandths = {yearly}\n\
             [[onestop.figures.tables]]\nkey = \"city\"\nname = {{ ko = \"도시\", en = \"City\" }}\n\
             every = \"quarter\"\nby = [\"type\"]\nepsilon_thousandths = 500\n"
        )
    };
    let (less, more) = (names(&pack(&table(500))), names(&pack(&table(3_000))));
    assert_eq!(less.keys().collect::<Vec<_>>(), ["figures", "table/city"]);
    assert_eq!(less["table/city"], more["table/city"]);
    assert_ne!(less["figures"], more["figures"]);
}
