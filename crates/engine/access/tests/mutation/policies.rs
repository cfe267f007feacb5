//! What can be taken out of the policies and their schema, and what then comes of the table.

use access::{Access, Table, table};
use cedar_policy::{Policy, PolicySet, PrincipalConstraint};
use serde_json::Value;
use std::str::FromStr;

/// The policies that concern one kind of asker, with one thing taken out of one of them. What the
/// others are answered does not depend on it.
struct Mutant {
    /// What was taken out, and from which file.
    without: String,
    whole: String,
    changed: String,
}

/// What a JSON value becomes when one thing is taken out of it, with a name for the thing.
fn lessened(policy: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    // Each `when` and `unless` as a whole, and each side of every `&&` and `||` within.
    let conditions = policy["conditions"].as_array().unwrap();
    for (at, condition) in conditions.iter().enumerate() {
        let mut less = policy.clone();
        less["conditions"].as_array_mut().unwrap().remove(at);
        all.push((format!("without `{}`", condition["kind"].as_str().unwrap()), less));
        for (name, body) in halved(&condition["body"]) {
            let mut less = policy.clone();
            less["conditions"][at]["body"] = body;
            all.push((name, less));
        }
    }
    // Each action of a list.
    if let Some(actions) = policy["action"]["entities"].as_array() {
        for (at, action) in actions.iter().enumerate() {
            let mut less = policy.clone();
            less["action"]["entities"].as_array_mut().unwrap().remove(at);
            all.push((format!("without {}", action["id"].as_str().unwrap()), less));
        }
    }
    all
}

/// The expression with one side of one `&&` or `||` gone.
fn halved(body: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let Some(fields) = body.as_object() else { return all };
    for (operator, sides) in fields {
        if operator == "&&" || operator == "||" {
            for (gone, kept) in [("left", "right"), ("right", "left")] {
                all.push((format!("without the {gone} of {operator}"), sides[kept].clone()));
                for (name, half) in halved(&sides[kept]) {
                    let mut whole = body.clone();
                    whole[operator][kept] = half;
                    all.push((name, whole));
                }
            }
        }
    }
    all
}

/// The kind of asker a policy speaks of, if it speaks of one.
fn asker(policy: &Policy) -> Option<String> {
    match policy.principal_constraint() {
        PrincipalConstraint::Is(kind) => Some(kind.to_string()),
        _ => None,
    }
}

/// Every way to take one thing out of the policies.
fn mutants() -> Vec<Mutant> {
    let (_, files) = Access::texts();
    let read = |(file, text): &(&'static str, &str)| {
        let set = PolicySet::from_str(text).unwrap();
        set.policies().map(|policy| (*file, policy.clone())).collect::<Vec<_>>()
    };
    let all: Vec<(&str, Policy)> = files.iter().flat_map(read).collect();
    let mut mutants = Vec::new();
    for (at, (file, policy)) in all.iter().enumerate() {
        let concerned = |other: &Policy| {
            let (own, other) = (asker(policy), asker(other));
            own.is_none() || other.is_none() || own == other
        };
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let rest: String = others
            .filter(|(_, (_, other))| concerned(other))
            .map(|(_, (_, other))| other.to_string())
            .collect();
        let whole = format!("{rest}{policy}");
        let mut less = vec![("gone".to_owned(), String::new())];
        let json = policy.to_json().unwrap();
        less.extend(
            lessened(&json)
                .into_iter()
                .map(|(name, json)| (name, Policy::from_json(None, json).unwrap().to_string())),
        );
        mutants.extend(less.into_iter().map(|(name, changed)| Mutant {
            without: format!("{file} {}: {name}", headline(policy)),
            whole: whole.clone(),
            changed: format!("{rest}{changed}"),
        }));
    }
    mutants
}

/// Who and what a policy is about, on one line.
fn headline(policy: &Policy) -> String {
    let text = policy.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let scope = text.split(" when ").next().unwrap_or_default();
    scope.trim_start_matches("permit ").replace("Action::", "")
}

/// The schema's actions with one group taken off one of them.
fn ungrouped() -> Vec<(String, String)> {
    let (schema, _) = Access::texts();
    let whole: Vec<&str> = schema.lines().collect();
    let mut all = Vec::new();
    for (at, line) in whole.iter().enumerate().filter(|(_, line)| line.contains(" in [")) {
        let (before, after) = line.split_once(" in [").unwrap();
        let (groups, rest) = after.split_once(']').unwrap();
        let groups: Vec<&str> = groups.split(", ").collect();
        for gone in &groups {
            let kept: Vec<&str> = groups.iter().copied().filter(|group| group != gone).collect();
            let mut less = whole.clone();
            let line = if kept.is_empty() {
                format!("{before}{rest}")
            } else {
                format!("{before} in [{}]{rest}", kept.join(", "))
            };
            less[at] = &line;
            // A long list of actions has its groups on a line of their own.
            let actions = if before.trim().is_empty() { whole[at - 1] } else { before };
            let name = format!("schema, {}: not in {gone}", actions.trim());
            all.push((name, less.join("\n")));
        }
    }
    all
}

/// What came of a mutant: the cells that turned, or what the schema said.
fn came(whole: &Table, mutant: Result<Access, access::Failure>) -> Result<String, ()> {
    match mutant {
        Err(refused) => {
            let said = refused.to_string();
            Ok(format!("refused: {}", said.lines().next().unwrap_or_default()))
        }
        Ok(access) => match whole.turned(&table(&access)) {
            turned if turned.is_empty() => Err(()),
            turned => Ok(format!("{} cells: {}", turned.len(), turned.join("; "))),
        },
    }
}

/// Says what came of each, and fails if nothing did for one.
fn tell(all: impl Iterator<Item = (String, Result<String, ()>)>) {
    let mut survivors = Vec::new();
    let mut tried = 0;
    for (without, came) in all {
        tried += 1;
        match came {
            Ok(turned) => println!("{without}\n      {turned}"),
            Err(()) => survivors.push(without),
        }
    }
    println!("{tried} tried, {} not noticed", survivors.len());
    assert!(survivors.is_empty(), "nobody noticed:\n{}", survivors.join("\n"));
}

#[test]
fn whatever_is_taken_out_of_the_policies_the_table_turns() {
    let (schema, _) = Access::texts();
    let read = |text: &str| Access::from_texts(schema, &[("policies", text)]);
    let mut known: Option<(String, Table)> = None;
    tell(mutants().into_iter().map(|Mutant { without, whole, changed }| {
        let before = match known.take() {
            Some(before) if before.0 == whole => before,
            _ => (whole.clone(), table(&read(&whole).unwrap())),
        };
        let came = came(&before.1, read(&changed));
        known = Some(before);
        (without, came)
    }));
}

#[test]
fn whichever_group_an_action_leaves_the_table_turns() {
    let (_, policies) = Access::texts();
    let whole = table(&Access::new().unwrap());
    let all = ungrouped().into_iter();
    tell(
        all.map(|(without, schema)| (without, came(&whole, Access::from_texts(&schema, policies)))),
    );
}
