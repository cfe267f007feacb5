//! A stream told step by step, for the tests of every aggregate: what it answers, what its
//! deadlines do, that its journal gives the same state again, and its whole table.

use crate::Rules;
use kernel::{Aggregate, Fact, Instant, Refusal, Span};
use std::{collections::BTreeMap, fmt::Debug};

/// Monday, 2026-11-23, 22:40 in Seoul.
pub(crate) const START: Instant = Instant::from_millis(1_795_441_200_000);

/// So many minutes after the start.
pub(crate) fn after(minutes: i64) -> Instant {
    START + Span::minutes(minutes)
}

/// One stream, its rules and the clock on the wall.
#[derive(Clone, Debug)]
pub(crate) struct Told<A: Aggregate<Rules = Rules>> {
    pub(crate) state: A,
    pub(crate) rules: Rules,
    pub(crate) now: Instant,
    pub(crate) log: Vec<(A::Event, Instant)>,
}

/// The names of the events, or the code of the refusal.
pub(crate) type Answer = Result<Vec<&'static str>, &'static str>;

impl<A: Aggregate<Rules = Rules>> Told<A>
where
    A::Command: Clone + Debug,
{
    pub(crate) fn new() -> Self {
        Self { state: A::default(), rules: Rules::default(), now: START, log: Vec::new() }
    }

    pub(crate) fn after(steps: &[(i64, A::Command)]) -> Self {
        let mut told = Self::new();
        for (minutes, command) in steps {
            told.now = after(*minutes);
            if let Err(code) = told.give(command.clone()) {
                panic!("{command:?}: {code}");
            }
        }
        told
    }

    pub(crate) fn give(&mut self, command: A::Command) -> Answer {
        let events = self.state.decide(command, &self.rules, self.now).map_err(Refusal::code)?;
        for event in &events {
            self.state.apply(event, self.now);
            self.log.push((event.clone(), self.now));
        }
        Ok(events.iter().map(Fact::name).collect())
    }

    pub(crate) fn give_at(&mut self, minutes: i64, command: A::Command) -> Answer {
        self.now = after(minutes);
        self.give(command)
    }

    /// Fires what is due until nothing is, as the clock does.
    pub(crate) fn fire_at(&mut self, minutes: i64) -> Vec<&'static str> {
        self.now = after(minutes);
        let mut fired = Vec::new();
        for _ in 0..100 {
            let due = self.state.deadlines(&self.rules);
            let due = due.into_iter().find(|one| one.due_at <= self.now);
            let Some(due) = due else { return fired };
            let Some(command) = A::elapsed(due.name) else { panic!("{}: no command", due.name) };
            match self.give(command) {
                Ok(events) if !events.is_empty() => fired.extend(events),
                answer => panic!("{} is due and answers {answer:?}", due.name),
            }
        }
        panic!("a deadline fires without end");
    }

    /// The state that the journal alone gives, through its text.
    pub(crate) fn reread(&self) -> A {
        let mut again = A::default();
        for (event, at) in &self.log {
            let kept = serde_json::to_string(event).unwrap_or_default();
            match serde_json::from_str::<A::Event>(&kept) {
                Ok(read) => again.apply(&read, *at),
                Err(error) => panic!("{kept}: {error}"),
            }
        }
        again
    }
}

/// A state by name, and the commands that lead to it with the minutes they are given at.
pub(crate) type Way<'a, C> = (&'a str, &'a [(i64, C)]);

/// Every command in every state, with the deadlines of each.
pub(crate) fn table<A: Aggregate<Rules = Rules>>(
    states: &[Way<'_, A::Command>],
    commands: &[(&str, A::Command)],
) -> String
where
    A::Command: Clone + Debug,
{
    let mut lines = Vec::new();
    for (state, steps) in states {
        let told = Told::<A>::after(steps);
        let due: Vec<String> = told
            .state
            .deadlines(&told.rules)
            .iter()
            .map(|due| {
                let minutes = due.due_at.since(START).as_seconds() / 60;
                format!("{} after {minutes} min", due.name)
            })
            .collect();
        lines.push(format!("{state} ({})", due.join(", ")).replace(" ()", ""));
        let mut rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, command) in commands {
            match told.clone().give(command.clone()) {
                Ok(events) if events.is_empty() => {
                    rest.entry("changes nothing".to_owned()).or_default().push(name);
                }
                Ok(events) => lines.push(format!("  {name} -> {}", events.join(", "))),
                Err(code) => rest.entry(format!("refused, {code}")).or_default().push(name),
            }
        }
        lines
            .extend(rest.iter().map(|(answer, given)| format!("  {answer}: {}", given.join("; "))));
    }
    lines.join("\n")
}
