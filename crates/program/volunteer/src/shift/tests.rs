//! The state × command table, and the nights that go wrong.

mod table;

use super::*;
use crate::told::{START, Told, after};
use kernel::person::Gender;
use proptest::prelude::*;

/// The night begins an hour and twenty minutes after the start and lasts three hours.
const BEGINS: i64 = 2_880;
const ENDS: i64 = BEGINS + 180;
const YESTERDAY: i64 = BEGINS - 1_500;
const TODAY: i64 = BEGINS - 600;

fn standing(number: u128) -> Standing {
    let until = Some(after(100_000));
    Standing {
        person: Id::from_bits(number),
        gender: if number % 2 == 1 { Gender::Woman } else { Gender::Man },
        record_check_until: until,
        training_until: until,
        suspended: false,
    }
}

fn open() -> Command {
    Command::Open(Night {
        district: "gwanak".to_owned().try_into().unwrap(),
        starts_at: after(BEGINS),
        ends_at: after(ENDS),
        crew_min: 2,
        posts: vec![Id::from_bits(70), Id::from_bits(71)],
    })
}

fn sign_up(number: u128) -> Command {
    Command::SignUp { person: Id::from_bits(number) }
}

fn withdraw(number: u128) -> Command {
    Command::Withdraw { person: Id::from_bits(number) }
}

fn pair(team: u128, one: u128, other: u128) -> Command {
    Command::Pair {
        team: Id::from_bits(team),
        standings: [standing(one), standing(other)],
        post: Some(Id::from_bits(70)),
    }
}

fn answer(missing: u128, by: u128) -> Command {
    Command::AnswerCall { missing: Id::from_bits(missing), standing: standing(by) }
}

fn offer(number: u128) -> Command {
    Command::OfferSwap { person: Id::from_bits(number), to: SwapTo::Anybody }
}

fn accept(from: u128, by: u128) -> Command {
    Command::AcceptSwap { from: Id::from_bits(from), standing: standing(by) }
}

fn check_in(number: u128) -> Command {
    Command::CheckIn { person: Id::from_bits(number) }
}

fn absent(number: u128) -> Command {
    Command::NoteAbsent { person: Id::from_bits(number) }
}

/// Persons 1 and 2 are team 1.
fn paired() -> Vec<(i64, Command)> {
    vec![(0, open()), (0, sign_up(1)), (0, sign_up(2)), (0, pair(1, 1, 2))]
}

fn then(steps: &[(i64, Command)]) -> Vec<(i64, Command)> {
    paired().into_iter().chain(steps.iter().cloned()).collect()
}

#[test]
fn a_night_that_cannot_be_is_refused() {
    let with = |change: fn(&mut Night)| {
        let Command::Open(mut night) = open() else { panic!("not a night") };
        change(&mut night);
        Told::<Shift>::new().give(Command::Open(night))
    };
    assert_eq!(with(|_| {}), Ok(vec!["opened"]));
    assert_eq!(with(|night| night.ends_at = night.starts_at), Err("volunteer.night-passed"));
    assert_eq!(with(|night| night.crew_min = 1), Err("volunteer.crew-below-two"));
}

#[test]
fn signing_up_asks_for_no_papers_and_going_out_asks_for_all() {
    let mut told = Told::<Shift>::after(&[(0, open()), (0, sign_up(1)), (0, sign_up(2))]);
    let mut two = [standing(1), standing(2)];
    two[1].record_check_until = Some(after(BEGINS));
    let pair = |standings| Command::Pair { team: Id::from_bits(1), standings, post: None };
    assert_eq!(
        told.give(pair(two)),
        Err("volunteer.lack-record-check-expired"),
        "it holds today and will have run out by that night"
    );
    two[1] = Standing { gender: Gender::Man, ..standing(2) };
    two[0].gender = Gender::Man;
    assert_eq!(told.give(pair(two)), Err("volunteer.no-woman"));
    assert_eq!(told.give(pair([standing(1), standing(2)])), Ok(vec!["paired"]));
}

#[test]
fn a_drop_out_in_time_is_a_withdrawal_and_calls_nobody() {
    let mut told = Told::<Shift>::after(&paired());
    assert_eq!(told.give_at(YESTERDAY, withdraw(2)), Ok(vec!["parted", "withdrew"]));
    assert_eq!(told.state.missing(), 1);
    assert_eq!(told.fire_at(YESTERDAY), ["crew_short"]);
    told.give(sign_up(3)).unwrap();
    assert_eq!(told.state.missing(), 0);
    told.give(withdraw(3)).unwrap();
    assert_eq!(told.fire_at(YESTERDAY), ["crew_short"], "short once more, told once more");
}

#[test]
fn a_late_drop_out_is_replaced_and_the_two_become_a_new_team() {
    let mut told = Told::<Shift>::after(&paired());
    assert_eq!(
        told.give_at(TODAY, withdraw(2)),
        Ok(vec!["parted", "dropped_out", "replacement_called"])
    );
    let mut lacking = standing(4);
    lacking.training_until = Some(after(BEGINS - 1));
    let unfit = Command::AnswerCall { missing: Id::from_bits(2), standing: lacking };
    assert_eq!(told.give(unfit), Err("volunteer.lack-training-expired"));
    assert_eq!(told.give(answer(2, 1)), Err("volunteer.already-signed-up"));
    assert_eq!(told.give(answer(2, 4)), Ok(vec!["replacement_found"]));
    assert_eq!(told.give(answer(2, 6)), Err("volunteer.not-called"), "the first has it");
    assert_eq!(told.give(pair(2, 1, 4)), Ok(vec!["paired"]));
    assert_eq!(told.reread(), told.state);
}

#[test]
fn nobody_answering_is_told_to_the_desk() {
    let mut told = Told::<Shift>::after(&then(&[(TODAY, withdraw(2))]));
    assert_eq!(told.fire_at(TODAY + 59), ["crew_short"]);
    assert_eq!(told.give(answer(2, 4)).map(|_| ()), Ok(()));
    let mut told = Told::<Shift>::after(&then(&[(TODAY, withdraw(2))]));
    assert_eq!(told.fire_at(TODAY + 60), ["crew_short", "replacement_lapsed"]);
    assert_eq!(told.give(answer(2, 4)), Err("volunteer.not-called"));
}

#[test]
fn a_drop_out_that_leaves_a_large_crew_whole_calls_nobody() {
    let crew = [(0, sign_up(3)), (0, sign_up(5)), (TODAY, withdraw(5))];
    let told = Told::<Shift>::after(&then(&crew));
    assert!(told.state.calls.is_empty());
    let spare = [(0, sign_up(3)), (TODAY, withdraw(2))];
    assert!(Told::<Shift>::after(&then(&spare)).state.calls.is_empty(), "3 can go with 1");
}

#[test]
fn a_place_offered_to_one_is_taken_by_no_other() {
    let mut told = Told::<Shift>::after(&paired());
    let to = SwapTo::One(Id::from_bits(4));
    told.give(Command::OfferSwap { person: Id::from_bits(2), to }).unwrap();
    assert_eq!(told.give(accept(2, 6)), Err("volunteer.not-offered"));
    assert!(told.state.seat(Id::from_bits(2)).is_some(), "hers until somebody takes it");
    assert_eq!(told.give(accept(2, 4)), Ok(vec!["parted", "swapped"]));
    assert_eq!(told.give(pair(2, 1, 4)), Ok(vec!["paired"]));
    assert_eq!(told.give_at(BEGINS, offer(4)), Err("volunteer.not-offered"), "too late to swap");
}

#[test]
fn two_check_in_together_or_not_at_all() {
    let mut told = Told::<Shift>::after(&paired());
    assert_eq!(told.give_at(BEGINS - 31, check_in(1)), Err("volunteer.too-early"));
    assert_eq!(told.give_at(BEGINS - 30, check_in(1)), Ok(vec!["checked_in"]));
    assert_eq!(told.give_at(BEGINS - 19, check_in(2)), Ok(vec!["checked_in"]), "eleven minutes on");
    assert_eq!(told.give_at(BEGINS - 18, check_in(1)), Ok(vec!["checked_in", "team_ready"]));
    assert_eq!(told.give(check_in(2)), Ok(vec![]));
    assert_eq!(told.give(withdraw(2)), Err("volunteer.team-is-ready"));
}

#[test]
fn whoever_has_not_come_is_noted_and_may_still_come() {
    let mut told = Told::<Shift>::after(&then(&[(BEGINS, check_in(1))]));
    assert_eq!(told.fire_at(BEGINS + 14), [""; 0]);
    assert_eq!(told.fire_at(BEGINS + 15), ["no_show", "replacement_called", "crew_short"]);
    let mut late = told.clone();
    assert_eq!(late.give_at(BEGINS + 20, check_in(2)), Ok(vec!["checked_in"]));
    assert_eq!(late.give(check_in(1)), Ok(vec!["checked_in", "team_ready"]));
    assert!(late.state.calls.is_empty(), "nobody is called for any more");
    assert_eq!(told.give(answer(2, 4)), Ok(vec!["parted", "replacement_found"]));
    told.give(pair(2, 1, 4)).unwrap();
    assert_eq!(told.give(check_in(4)), Ok(vec!["checked_in"]));
    assert_eq!(told.give(check_in(1)), Ok(vec!["checked_in", "team_ready"]));
    assert_eq!(told.fire_at(ENDS), ["closed"]);
    assert_eq!(told.give(sign_up(9)), Err("volunteer.shift-over"));
}

#[test]
fn a_team_waits_only_where_the_district_has_posts() {
    let mut told = Told::<Shift>::after(&[(0, open()), (0, sign_up(1)), (0, sign_up(2))]);
    let elsewhere = Command::Pair {
        team: Id::from_bits(1),
        standings: [standing(1), standing(2)],
        post: Some(Id::from_bits(99)),
    };
    assert_eq!(told.give(elsewhere), Err("volunteer.not-a-post"));
}

fn any_command() -> impl Strategy<Value = Command> {
    let who = 1_u128..6;
    let two = (who.clone(), who.clone());
    prop_oneof![
        4 => who.clone().prop_map(sign_up),
        2 => who.clone().prop_map(withdraw),
        1 => two.clone().prop_map(|(missing, by)| answer(missing, by)),
        1 => who.clone().prop_map(offer),
        1 => two.clone().prop_map(|(from, by)| accept(from, by)),
        3 => (1_u128..4, two).prop_map(|(team, (one, other))| pair(team, one, other)),
        1 => (1_u128..4).prop_map(|team| Command::Part { team: Id::from_bits(team) }),
        4 => who.clone().prop_map(check_in),
        1 => who.prop_map(absent),
        2 => proptest::sample::select(vec!["crew-short", "replacement", "no-show", "end"])
            .prop_map(|name| Shift::elapsed(name).unwrap()),
    ]
}

proptest! {
    #[test]
    fn nobody_is_in_two_teams_and_every_team_is_of_the_crew(
        steps in proptest::collection::vec((any_command(), 0_i64..150), 1..60),
    ) {
        let mut told = Told::<Shift>::after(&[(0, open())]);
        let mut minutes = BEGINS - 1_600;
        for (command, later) in steps {
            minutes += later;
            let before = told.state.clone();
            if told.give_at(minutes, command).is_err() {
                prop_assert_eq!(&before, &told.state);
            }
            let shift = &told.state;
            let mut seated: Vec<_> = shift.crew.iter().map(|seat| seat.person).collect();
            seated.sort_unstable();
            let mut once = seated.clone();
            once.dedup();
            prop_assert_eq!(&once, &seated, "one seat each");
            let mut teamed: Vec<_> = shift.pairs.iter().flat_map(|pair| pair.members).collect();
            teamed.sort_unstable();
            let mut single = teamed.clone();
            single.dedup();
            prop_assert_eq!(&single, &teamed, "one team each");
            prop_assert!(teamed.iter().all(|person| seated.contains(person)));
            for pair in &shift.pairs {
                let woman = pair.members.iter().any(|person| person.bits() % 2 == 1);
                prop_assert!(woman, "no team without a woman");
            }
            for due in shift.deadlines(&told.rules) {
                prop_assert!(shift.stage == Stage::Open && due.due_at >= START);
            }
        }
        told.fire_at(minutes.max(BEGINS - 1_600));
        prop_assert_eq!(told.reread(), told.state);
    }
}
