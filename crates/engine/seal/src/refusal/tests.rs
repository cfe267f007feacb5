use super::Refusal;
use std::collections::BTreeSet;

#[test]
fn every_refusal_has_a_name_of_its_own_that_stands_in_the_specification() {
    let spec = include_str!("../../SPEC.md");
    let (_, table) = spec.split_once("## 12. Refusals").unwrap();
    let names: BTreeSet<&str> = Refusal::ALL.into_iter().map(Refusal::code).collect();
    assert_eq!(names.len(), Refusal::ALL.len());
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: BTreeSet<&str> = rows
        .flat_map(|row| row.split(" |").next().unwrap_or_default().split('`'))
        .filter(|name| !name.trim().is_empty())
        .collect();
    assert_eq!(names, listed);
}
