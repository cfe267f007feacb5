//! The state × command table, shifts and refuge.

use super::*;
use kernel::{Span, time::Weekday};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Tuesday 24 November 2026, 22:00 in Seoul.
const START: Instant = Instant::from_millis(1_795_525_200_000);

fn person(number: u128) -> Id<id::Person> {
    Id::from_bits(number)
}

fn list() -> Command {
    Command::List { place: Id::from_bits(1), district: "gwanak".to_owned().try_into().unwrap() }
}

#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub store: Store,
    pub rules: Rules,
    pub now: Instant,
    pub log: Vec<(Event, Instant)>,
}

impl Shop {
    fn new() -> Self {
        Self { store: Store::default(), rules: Rules::default(), now: START, log: Vec::new() }
    }

    /// Enlisted, open round the clock, person 1 trained, on shift and drilled.
    pub fn ready() -> Self {
        let mut shop = Self::new();
        shop.give_all([
            list(),
            Command::Enlist,
            Command::SetHours { hours: Week::always() },
            Command::Train { person: person(1) },
            Command::StartShift { person: person(1) },
            Command::Drill { person: person(1) },
        ]);
        shop
    }

    pub fn give(&mut self, command: Command) -> Result<Vec<&'static str>, &'static str> {
        let events = self.store.decide(command, &self.rules, self.now).map_err(Refusal::code)?;
        for event in &events {
            self.store.apply(event, self.now);
            self.log.push((event.clone(), self.now));
        }
        Ok(events.iter().map(Fact::name).collect())
    }

    pub fn give_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.give(command.clone()).unwrap_or_else(|no| panic!("{command:?}: {no}"));
        }
    }

    pub fn fire(&mut self) -> Vec<&'static str> {
        let due = self.store.deadlines(&self.rules);
        let names: Vec<_> =
            due.iter().filter(|one| one.due_at <= self.now).map(|one| one.name).collect();
        names
            .into_iter()
            .flat_map(|name| self.give(Store::elapsed(name).unwrap()).unwrap())
            .collect()
    }
}

fn every_command() -> Vec<(&'static str, Command)> {
    let open = Week::new([(Weekday::Tue, "09:00-18:00".parse().unwrap())]);
    vec![
        ("list", list()),
        ("enlist", Command::Enlist),
        ("set hours", Command::SetHours { hours: open }),
        ("train person 1", Command::Train { person: person(1) }),
        ("person 1 starts", Command::StartShift { person: person(1) }),
        ("person 2 starts", Command::StartShift { person: person(2) }),
        ("person 1 ends", Command::EndShift { person: person(1) }),
        ("person 1 holds a drill", Command::Drill { person: person(1) }),
        ("sign is up", Command::CheckSign { visible: true }),
        ("suspend", Command::Suspend { reason: SuspensionReason::OwnWish }),
        ("resume", Command::Resume),
        ("retire", Command::Retire),
        ("somebody comes in", Command::StartRefuge),
        ("she leaves", Command::EndRefuge),
    ]
}

fn table() -> String {
    let ready = Shop::ready();
    let with = |commands: Vec<Command>| {
        let mut shop = ready.clone();
        shop.give_all(commands);
        shop
    };
    let mut listed = Shop::new();
    listed.give_all([list()]);
    let states = [
        ("nothing", Shop::new()),
        ("listed", listed),
        ("enlisted, person 1 on shift", ready.clone()),
        ("enlisted, somebody sheltering", with(vec![Command::StartRefuge])),
        ("suspended", with(vec![Command::Suspend { reason: SuspensionReason::OwnWish }])),
        ("retired", with(vec![Command::Retire])),
    ];
    let mut lines = Vec::new();
    for (name, shop) in states {
        lines.push(name.to_owned());
        let mut rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, command) in every_command() {
            match shop.clone().give(command) {
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

#[test]
fn every_command_in_every_state() {
    insta::assert_snapshot!(table(), @r#"
    nothing
      list -> listed
      refused, haven.no-such-store: enlist; set hours; train person 1; person 1 starts; person 2 starts; person 1 ends; person 1 holds a drill; sign is up; suspend; resume; retire; somebody comes in; she leaves
    listed
      enlist -> enlisted
      set hours -> hours_set
      retire -> retired
      somebody comes in -> refuge_started
      changes nothing: list; she leaves
      refused, haven.not-enlisted: train person 1; person 1 starts; person 2 starts; person 1 ends; person 1 holds a drill; sign is up; suspend; resume
    enlisted, person 1 on shift
      set hours -> hours_set
      train person 1 -> trained
      person 1 ends -> shift_ended
      person 1 holds a drill -> drilled
      sign is up -> sign_checked
      suspend -> suspended
      retire -> retired
      somebody comes in -> refuge_started
      changes nothing: list; enlist; person 1 starts; she leaves
      refused, haven.not-suspended: resume
      refused, haven.not-trained: person 2 starts
    enlisted, somebody sheltering
      set hours -> hours_set
      train person 1 -> trained
      person 1 ends -> shift_ended
      person 1 holds a drill -> drilled
      sign is up -> sign_checked
      suspend -> suspended
      retire -> retired
      she leaves -> refuge_ended
      changes nothing: list; enlist; person 1 starts; somebody comes in
      refused, haven.not-suspended: resume
      refused, haven.not-trained: person 2 starts
    suspended
      set hours -> hours_set
      train person 1 -> trained
      person 1 ends -> shift_ended
      person 1 holds a drill -> drilled
      sign is up -> sign_checked
      resume -> resumed
      retire -> retired
      somebody comes in -> refuge_started
      changes nothing: list; enlist; person 1 starts; suspend; she leaves
      refused, haven.not-trained: person 2 starts
    retired
      changes nothing: list; retire; she leaves
      refused, haven.retired: enlist; set hours; train person 1; person 1 starts; person 2 starts; person 1 ends; person 1 holds a drill; sign is up; suspend; resume; somebody comes in
    "#);
}

#[test]
fn a_name_forgotten_on_the_screen_goes_off_shift_by_itself() {
    let mut shop = Shop::ready();
    shop.now = START + Span::hours(12) - Span::seconds(1);
    assert_eq!(shop.fire(), [""; 0]);
    shop.now = START + Span::hours(12);
    assert_eq!(shop.fire(), ["shift_ended"]);
    assert_eq!(shop.store.on_shift, []);
}

#[test]
fn whoever_shelters_is_asked_about_until_she_has_left() {
    let mut shop = Shop::ready();
    shop.give_all([Command::StartRefuge]);
    for quarter in 1..=3 {
        shop.now = START + Span::minutes(15 * quarter);
        assert_eq!(shop.fire(), ["refuge_asked_about"]);
        assert_eq!(shop.fire(), [""; 0]);
    }
    assert_eq!(shop.store.refuge.unwrap().since, START);
    shop.give_all([Command::EndRefuge]);
    shop.now = START + Span::minutes(60);
    assert_eq!(shop.fire(), [""; 0]);
}

#[test]
fn a_store_that_is_not_ready_shelters_all_the_same() {
    let mut listed = Shop::new();
    listed.give_all([list()]);
    assert_eq!(listed.give(Command::StartRefuge), Ok(vec!["refuge_started"]));
}

#[test]
fn a_store_that_retires_does_not_forget_who_is_inside() {
    let mut shop = Shop::ready();
    shop.give_all([Command::StartRefuge, Command::Retire]);
    shop.now = START + Span::minutes(15);
    assert_eq!(shop.fire(), ["refuge_asked_about"]);
    assert_eq!(shop.give(Command::EndRefuge), Ok(vec!["refuge_ended"]));
}

#[test]
fn a_training_holds_a_year_and_can_be_renewed() {
    let mut shop = Shop::ready();
    shop.now = START + Span::days(365);
    shop.fire();
    assert_eq!(shop.give(Command::StartShift { person: person(1) }), Err("haven.training-expired"));
    shop.give_all([Command::Train { person: person(1) }]);
    assert_eq!(shop.store.trained.len(), 1);
    assert_eq!(shop.give(Command::StartShift { person: person(1) }), Ok(vec!["shift_started"]));
}

fn any_command() -> impl Strategy<Value = Command> {
    let usual: Vec<Command> = every_command().into_iter().map(|(_, command)| command).collect();
    prop_oneof![
        8 => proptest::sample::select(usual).prop_filter("keeps the membership", |command| {
            !matches!(command, Command::Retire)
        }),
        1 => Just(Command::Retire),
        3 => prop_oneof![Just(Lapse::Shift), Just(Lapse::Refuge)].prop_map(Command::Elapsed),
    ]
}

proptest! {
    #[test]
    fn nobody_sheltering_is_forgotten_and_nobody_untrained_is_on_shift(
        steps in proptest::collection::vec((any_command(), 0_i64..300), 1..60),
    ) {
        let mut shop = Shop::new();
        for (command, minutes) in steps {
            shop.now = shop.now + Span::minutes(minutes);
            let before = shop.store.clone();
            let refused = shop.give(command).is_err();
            prop_assert!(!refused || before == shop.store);
            let deadlines = shop.store.deadlines(&shop.rules);
            let runs = |name| deadlines.iter().any(|one| one.name == name);
            prop_assert_eq!(runs("refuge"), shop.store.refuge.is_some());
            prop_assert_eq!(runs("shift"), !shop.store.on_shift.is_empty());
            for shift in &shop.store.on_shift {
                prop_assert!(shop.store.trained_until(shift.person).is_some());
            }
            let ready = shop.store.readiness(shop.now, &shop.rules).ready();
            prop_assert!(!ready || shop.store.stage == Stage::Enlisted);
        }
        let kept = serde_json::to_string(&shop.log).unwrap();
        let read: Vec<(Event, Instant)> = serde_json::from_str(&kept).unwrap();
        let mut again = Store::default();
        for (event, at) in &read {
            again.apply(event, *at);
        }
        prop_assert_eq!(again, shop.store);
    }
}
