//! The state × command table, and that no team is ever sent twice.

use super::*;
use kernel::Span;
use proptest::prelude::*;
use std::collections::BTreeMap;

const START: Instant = Instant::from_millis(1_795_441_200_000);

fn after(minutes: i64) -> Instant {
    START + Span::minutes(minutes)
}

fn standing(person: u128, gender: Gender) -> Standing {
    Standing {
        person: Id::from_bits(person),
        gender,
        record_check_until: Some(after(600)),
        training_until: Some(after(600)),
        suspended: false,
    }
}

fn pair() -> [Standing; 2] {
    [standing(1, Gender::Woman), standing(2, Gender::Man)]
}

fn walk(number: u128) -> Id<id::Escort> {
    Id::from_bits(number)
}

fn form(standings: [Standing; 2]) -> Command {
    Command::Form { standings, district: "gwanak".to_owned().try_into().unwrap() }
}

fn on_duty() -> Command {
    Command::GoOnDuty { standings: pair(), post: None }
}

fn engage(number: u128) -> Command {
    Command::Engage { walk: walk(number), standings: pair() }
}

#[derive(Clone, Debug)]
struct Shift {
    team: Team,
    rules: Rules,
    now: Instant,
    log: Vec<(Event, Instant)>,
}

impl Shift {
    fn new() -> Self {
        Self { team: Team::default(), rules: Rules::default(), now: START, log: Vec::new() }
    }

    fn on_duty() -> Self {
        let mut shift = Self::new();
        shift.give_all([form(pair()), on_duty()]);
        shift
    }

    fn give(&mut self, command: Command) -> Result<Vec<&'static str>, &'static str> {
        let events = self.team.decide(command, &self.rules, self.now).map_err(Refusal::code)?;
        for event in &events {
            self.team.apply(event, self.now);
            self.log.push((event.clone(), self.now));
        }
        Ok(events.iter().map(Fact::name).collect())
    }

    fn give_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.give(command.clone()).unwrap_or_else(|no| panic!("{command:?}: {no}"));
        }
    }

    fn fire(&mut self) -> Vec<&'static str> {
        let due = self.team.deadlines(&self.rules);
        let due = due.into_iter().filter(|one| one.due_at <= self.now);
        let names: Vec<_> = due.map(|one| one.name).collect();
        names
            .into_iter()
            .flat_map(|name| self.give(Team::elapsed(name).unwrap()).unwrap())
            .collect()
    }
}

fn table() -> String {
    let finished = Command::Release { walk: walk(1), walked: true };
    let states = [
        ("nothing", vec![]),
        ("off duty", vec![form(pair())]),
        ("on duty", vec![form(pair()), on_duty()]),
        ("engaged with walk 1", vec![form(pair()), on_duty(), engage(1)]),
        ("resting", vec![form(pair()), on_duty(), engage(1), finished.clone()]),
        ("disbanded", vec![form(pair()), Command::Disband]),
    ];
    let commands = [
        ("form", form(pair())),
        ("go on duty", on_duty()),
        ("engage with walk 1", engage(1)),
        ("engage with walk 2", engage(2)),
        ("release from walk 1, walked", finished),
        ("release from walk 1, not taken", Command::Release { walk: walk(1), walked: false }),
        ("release from walk 2", Command::Release { walk: walk(2), walked: false }),
        ("go off duty", Command::GoOffDuty),
        ("disband", Command::Disband),
    ];
    let mut lines = Vec::new();
    for (state, steps) in states {
        let mut shift = Shift::new();
        shift.give_all(steps);
        let deadlines: Vec<String> = shift
            .team
            .deadlines(&shift.rules)
            .iter()
            .map(|due| {
                format!("{} after {} min", due.name, due.due_at.since(START).as_seconds() / 60)
            })
            .collect();
        lines.push(format!("{state} ({})", deadlines.join(", ")).replace(" ()", ""));
        let mut rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, command) in commands.clone() {
            match shift.clone().give(command) {
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
      form -> formed
      refused, volunteer.no-such-team: go on duty; engage with walk 1; engage with walk 2; release from walk 1, walked; release from walk 1, not taken; release from walk 2; go off duty; disband
    off duty
      go on duty -> went_on_duty
      disband -> disbanded
      changes nothing: release from walk 1, walked; release from walk 1, not taken; release from walk 2; go off duty
      refused, volunteer.already-formed: form
      refused, volunteer.off-duty: engage with walk 1; engage with walk 2
    on duty (shift after 180 min)
      engage with walk 1 -> engaged
      engage with walk 2 -> engaged
      go off duty -> went_off_duty
      disband -> disbanded
      changes nothing: go on duty; release from walk 1, walked; release from walk 1, not taken; release from walk 2
      refused, volunteer.already-formed: form
    engaged with walk 1
      release from walk 1, walked -> released
      release from walk 1, not taken -> released
      changes nothing: engage with walk 1
      refused, volunteer.already-formed: form
      refused, volunteer.not-engaged: release from walk 2
      refused, volunteer.team-busy: go on duty; engage with walk 2; go off duty; disband
    resting (shift after 180 min, rest after 2 min)
      go on duty -> went_on_duty
      go off duty -> went_off_duty
      disband -> disbanded
      changes nothing: release from walk 1, walked; release from walk 1, not taken; release from walk 2
      refused, volunteer.already-formed: form
      refused, volunteer.resting: engage with walk 1; engage with walk 2
    disbanded
      changes nothing: go off duty; disband
      refused, volunteer.disbanded: form; go on duty; engage with walk 1; engage with walk 2; release from walk 1, walked; release from walk 1, not taken; release from walk 2
    "#);
}

#[test]
fn whoever_comes_second_learns_which_walk_has_the_team() {
    let mut shift = Shift::on_duty();
    shift.give_all([engage(1)]);
    let answer = shift.team.decide(engage(2), &shift.rules, shift.now);
    assert_eq!(answer, Err(Refused::TeamBusy { walk: walk(1) }));
}

#[test]
fn two_people_one_of_them_a_woman_both_checked_and_trained() {
    let form_with = |change: fn(&mut [Standing; 2])| {
        let mut standings = pair();
        change(&mut standings);
        Shift::new().give(form(standings))
    };
    assert_eq!(form_with(|_| {}), Ok(vec!["formed"]));
    assert_eq!(form_with(|two| two[1].gender = Gender::Woman), Ok(vec!["formed"]));
    assert_eq!(form_with(|two| two[1] = two[0]), Err("volunteer.not-two-people"));
    assert_eq!(form_with(|two| two[0].gender = Gender::Man), Err("volunteer.no-woman"));
    assert_eq!(
        form_with(|two| two[1].record_check_until = None),
        Err("volunteer.lack-no-record-check")
    );
    assert_eq!(
        form_with(|two| two[1].training_until = Some(START)),
        Err("volunteer.lack-training-expired")
    );
    assert_eq!(form_with(|two| two[0].suspended = true), Err("volunteer.lack-suspended"));
}

#[test]
fn a_check_that_runs_out_during_the_shift_ends_the_engagements() {
    let mut shift = Shift::on_duty();
    let mut standings = pair();
    standings[0].record_check_until = Some(after(30));
    let engage_at = |minutes, shift: &mut Shift| {
        shift.now = after(minutes);
        shift.clone().give(Command::Engage { walk: walk(1), standings })
    };
    assert_eq!(engage_at(29, &mut shift), Ok(vec!["engaged"]));
    assert_eq!(engage_at(30, &mut shift), Err("volunteer.lack-record-check-expired"));
}

#[test]
fn other_peoples_papers_do_not_count() {
    let mut shift = Shift::on_duty();
    let strangers = [standing(8, Gender::Woman), standing(9, Gender::Woman)];
    let answer = shift.give(Command::Engage { walk: walk(1), standings: strangers });
    assert_eq!(answer, Err("volunteer.not-its-members"));
    let [one, two] = pair();
    let swapped = Command::Engage { walk: walk(1), standings: [two, one] };
    assert_eq!(shift.give(swapped), Ok(vec!["engaged"]), "their order means nothing");
}

#[test]
fn after_a_walk_the_team_rests_and_then_is_free_by_time_alone() {
    let mut shift = Shift::on_duty();
    shift.give_all([engage(1), Command::Release { walk: walk(1), walked: true }]);
    assert_eq!(shift.give(engage(2)), Err("volunteer.resting"));
    shift.now = after(2);
    assert!(shift.team.free(shift.now), "the rest is over although no timer has fired");
    assert_eq!(shift.clone().give(engage(2)), Ok(vec!["engaged"]));
    assert_eq!(shift.fire(), ["rested"]);
    assert_eq!(shift.team.walks, 1);
}

#[test]
fn a_lapsed_offer_costs_a_team_neither_rest_nor_load() {
    let mut shift = Shift::on_duty();
    shift.give_all([engage(1), Command::Release { walk: walk(1), walked: false }]);
    assert_eq!(shift.team.walks, 0);
    assert_eq!(shift.give(engage(2)), Ok(vec!["engaged"]));
}

#[test]
fn a_shift_ends_by_itself_but_never_in_the_middle_of_a_walk() {
    let mut shift = Shift::on_duty();
    shift.now = after(179);
    assert_eq!(shift.fire(), [""; 0]);
    let mut idle = shift.clone();
    idle.now = after(180);
    assert_eq!(idle.give(engage(1)), Err("volunteer.off-duty"), "no offer in the last second");
    assert_eq!(idle.fire(), ["went_off_duty"]);
    shift.give_all([engage(1)]);
    shift.now = after(200);
    assert_eq!(shift.fire(), [""; 0]);
    assert_eq!(shift.give(Command::GoOffDuty), Err("volunteer.team-busy"));
    let release = Command::Release { walk: walk(1), walked: true };
    assert_eq!(shift.give(release), Ok(vec!["released", "went_off_duty"]));
}

#[test]
fn moving_to_another_post_does_not_make_the_shift_longer() {
    let mut shift = Shift::on_duty();
    shift.now = after(100);
    let elsewhere = Command::GoOnDuty { standings: pair(), post: Some(Id::from_bits(4)) };
    assert_eq!(shift.give(elsewhere), Ok(vec!["went_on_duty"]));
    assert_eq!(shift.team.shift_until, Some(after(180)));
    shift.give_all([Command::GoOffDuty, on_duty()]);
    assert_eq!(shift.team.shift_until, Some(after(280)), "a new shift is a new one");
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(form(pair())),
        3 => Just(on_duty()),
        6 => (1_u128..4).prop_map(engage),
        5 => (1_u128..4, any::<bool>())
            .prop_map(|(number, walked)| Command::Release { walk: walk(number), walked }),
        1 => Just(Command::GoOffDuty),
        3 => prop_oneof![Just(Lapse::Shift), Just(Lapse::Rest)].prop_map(Command::Elapsed),
    ]
}

proptest! {
    #[test]
    fn no_team_is_ever_on_two_walks(
        steps in proptest::collection::vec((any_command(), 0_i64..30), 1..60),
    ) {
        let mut shift = Shift::new();
        shift.give_all([form(pair())]);
        let mut engaged: Option<Id<id::Escort>> = None;
        for (command, minutes) in steps {
            shift.now = shift.now + Span::minutes(minutes);
            let seen = shift.log.len();
            let before = shift.team.clone();
            let refused = shift.give(command).is_err();
            prop_assert!(!refused || before == shift.team);
            // The oracle: a walk begins only when none is on, and ends only itself.
            for (event, _) in &shift.log[seen..] {
                match event {
                    Event::Engaged { walk } => {
                        prop_assert_eq!(engaged, None);
                        engaged = Some(*walk);
                    }
                    Event::Released { walk, .. } => {
                        prop_assert_eq!(engaged, Some(*walk));
                        engaged = None;
                    }
                    Event::WentOffDuty => prop_assert_eq!(engaged, None, "left in the middle"),
                    _ => {}
                }
            }
            prop_assert_eq!(shift.team.walk(), engaged);
            let out = matches!(shift.team.duty, Duty::OnDuty | Duty::Resting { .. });
            prop_assert_eq!(!shift.team.deadlines(&shift.rules).is_empty(), out);
        }
        let kept = serde_json::to_string(&shift.log).unwrap();
        let read: Vec<(Event, Instant)> = serde_json::from_str(&kept).unwrap();
        let mut again = Team::default();
        for (event, at) in &read {
            again.apply(event, *at);
        }
        prop_assert_eq!(again, shift.team);
    }
}

#[test]
fn a_team_takes_one_along_beside_another_and_rests_after_the_last() {
    let mut shift = Shift::on_duty();
    let along = |walked: u128, beside: u128| Command::Accompany {
        walk: walk(walked),
        beside: walk(beside),
        standings: pair(),
    };
    assert_eq!(shift.give(along(2, 1)), Err("volunteer.not-engaged"), "beside nobody");
    shift.give_all([engage(1)]);
    assert_eq!(shift.give(along(3, 2)), Err("volunteer.team-busy"), "beside somebody else");
    assert_eq!(shift.give(along(2, 1)), Ok(vec!["accompanied"]));
    assert_eq!(shift.give(along(2, 1)), Ok(vec![]), "once");
    assert_eq!(shift.give(along(3, 1)), Err("volunteer.team-busy"), "two and no more");
    assert_eq!((shift.team.walk(), shift.team.company()), (Some(walk(1)), Some(walk(2))));
    assert_eq!(shift.give(Command::GoOffDuty), Err("volunteer.team-busy"));
    let home = |number| Command::Release { walk: walk(number), walked: true };
    assert_eq!(shift.give(home(1)), Ok(vec!["released"]));
    assert_eq!(shift.team.duty, Duty::Engaged { walk: walk(2), company: None }, "nobody is left");
    assert_eq!(shift.give(engage(3)), Err("volunteer.team-busy"));
    assert_eq!(shift.give(home(2)), Ok(vec!["released"]));
    assert!(matches!(shift.team.duty, Duty::Resting { .. }));
    assert_eq!(shift.team.walks, 2);
}

#[test]
fn what_was_engaged_before_company_was_known_can_still_be_read() {
    let kept = r#"{"duty":"engaged","walk":"esc_00000000000000000000000001"}"#;
    let read: Duty = serde_json::from_str(kept).unwrap();
    assert_eq!(read, Duty::Engaged { walk: walk(1), company: None });
    assert_eq!(serde_json::to_string(&read).unwrap(), kept);
}
