use super::*;
use kernel::{DistrictCode, Id, id};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn district(code: &str) -> DistrictCode {
    code.to_owned().try_into().unwrap()
}

fn walk(team: Option<u128>, stage: Stage) -> What {
    What::Walk {
        walk: Id::from_bits(1),
        districts: vec![district("gwanak")],
        rings_everywhere: false,
        team: team.map(Id::from_bits),
        passed: vec![],
        stage,
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "the table is the test")]
fn who_may_do_what() {
    insta::assert_snapshot!(table(&Access::new().unwrap()), @r#"
     1 citizen
     2 requester, own walk
     3 requester, own walk ended
     4 requester, another's
     5 sender, own alarm
     6 sender, another's
     7 team, walk offered to it
     8 team, own walk before met
     9 team, own walk once met
    10 team, own walk ended
    11 team, walk it let pass
    12 team, another's
    13 till, own store
    14 till, another's
    15 desk, own district
    16 desk, own district, ended
    17 desk, another district
    18 desk, rings everywhere
    19 duty officer
    20 duty officer, ended
    21 operator
    22 demo screen
    23 supervisor
                            1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
    escort.ask              ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔
    escort.view             ·  ✔  ✔  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.view-proof       ·  ✔  ·  ·  ·  ·  ·  ✔  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
    escort.view-home        ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·  ·  ·  ·  ✔  ·  ·  ✔  ✔  ·  ·  ·  ·
    escort.view-phone       ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·  ✔  ✔  ·  ·  ·  ·
    escort.see              ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.offer            ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.hand-over        ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.look-into        ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.accept           ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ✔  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.decline          ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ✔  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.stand-down       ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.set-off          ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.arrive           ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.meet             ·  ✔  ✔  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.start-walking    ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.arrive-home      ·  ✔  ✔  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.cancel           ·  ✔  ✔  ·  ·  ·  ✔  ✔  ✔  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    escort.walk-up          ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ✔  ✔  ✔  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
    alarm.raise             ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔
    alarm.view              ·  ·  ·  ·  ✔  ·  ✔  ✔  ✔  ✔  ·  ·  ✔  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    alarm.add-location      ·  ·  ·  ·  ✔  ·  ✔  ✔  ✔  ✔  ·  ·  ✔  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    alarm.retract           ·  ·  ·  ·  ✔  ·  ✔  ✔  ✔  ✔  ·  ·  ✔  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
    alarm.view-location     ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    alarm.acknowledge       ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    alarm.close             ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ✔  ✔  ✔  ·  ·  ·
    haven.list              ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔
    haven.view              ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ✔  ✔  ·  ·  ✔  ✔  ✔  ·  ·
    haven.shift             ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
    haven.drill             ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
    haven.refuge            ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ✔  ✔  ·  ·  ✔  ✔  ·  ·  ·
    haven.enlist            ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    haven.train             ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    haven.set-hours         ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    haven.check-sign        ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    haven.suspend           ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    haven.retire            ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    volunteer.view          ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ✔  ·  ·  ·  ·  ✔  ✔  ·  ·  ✔  ✔  ·  ·  ·
    volunteer.duty          ·  ·  ·  ·  ·  ·  ✔  ✔  ✔  ✔  ·  ·  ·  ·  ✔  ✔  ·  ·  ✔  ✔  ·  ·  ·
    volunteer.form          ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ·  ✔  ✔  ✔  ·  ·
    volunteer.disband       ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ✔  ·  ·  ✔  ✔  ✔  ·  ·
    volunteer.vet           ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    environment.view        ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔
    environment.import      ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    route.ask               ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔  ✔
    desk.oversee            ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔
    journal.verify          ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·  ·
    demo.take-seat          ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·
    demo.set-clock          ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✔  ·
    "#);
}

#[test]
fn no_action_of_the_schema_is_missing_here_and_none_is_too_many() {
    let schema = Schema::from_str(SCHEMA).unwrap();
    let known: BTreeSet<String> = Action::ALL.iter().map(|one| one.name().to_owned()).collect();
    let applicable: BTreeSet<String> =
        schema.request_envs().map(|env| env.action().id().unescaped().to_owned()).collect();
    assert_eq!(known, applicable);
}

#[test]
fn every_action_can_be_done_by_somebody() {
    let table = table(&Access::new().unwrap());
    for action in Action::ALL {
        let row = table.lines().find(|line| line.starts_with(&format!("{} ", action.name())));
        assert!(row.unwrap().contains('✔'), "nobody may {}", action.name());
    }
}

#[test]
fn the_home_is_told_only_to_the_team_that_has_met_her() {
    let access = Access::new().unwrap();
    let may = |team, what: &What| {
        access.decide(&Who::Team(Id::from_bits(team)), Action::EscortViewHome, what).allowed()
    };
    assert!(!may(7, &walk(Some(7), Stage::Offered)));
    assert!(!may(7, &walk(Some(7), Stage::BeforeMet)));
    assert!(may(7, &walk(Some(7), Stage::Met)));
    assert!(!may(7, &walk(Some(7), Stage::Ended)));
    assert!(!may(8, &walk(Some(7), Stage::Met)));
    assert!(!may(7, &walk(None, Stage::Met)));
}

#[test]
fn a_team_that_was_merely_asked_sees_no_word_and_number() {
    let access = Access::new().unwrap();
    for (stage, shown) in [
        (Stage::Offered, false),
        (Stage::BeforeMet, true),
        (Stage::Met, false),
        (Stage::Ended, false),
    ] {
        let team = Who::Team(Id::from_bits(7));
        let verdict = access.decide(&team, Action::EscortViewProof, &walk(Some(7), stage));
        assert_eq!(verdict.allowed(), shown, "{stage:?}");
    }
}

#[test]
fn a_token_opens_one_thing_and_no_other() {
    let access = Access::new().unwrap();
    // The same bits, of another kind: an alarm's token does not open a walk.
    let sender = Who::Sender(Id::from_bits(1));
    assert!(!access.decide(&sender, Action::EscortView, &walk(None, Stage::BeforeMet)).allowed());
    let requester = Who::Requester(Id::from_bits(1));
    assert!(access.decide(&requester, Action::EscortView, &walk(None, Stage::BeforeMet)).allowed());
}

#[test]
fn a_broken_policy_is_not_loaded() {
    let schema = Schema::from_str(SCHEMA).unwrap();
    let typo =
        r#"permit (principal is Team, action, resource is Walk) when { resource.home == "" };"#;
    let policies = PolicySet::from_str(typo).unwrap();
    let checked = Validator::new(schema).validate(&policies, ValidationMode::Strict);
    assert!(!checked.validation_passed());
}

fn any_who() -> impl Strategy<Value = Who> {
    let dispatcher = |(person, code): (u128, &str)| Who::Dispatcher {
        person: Id::from_bits(person),
        district: district(code),
    };
    let code = prop_oneof![Just("gwanak"), Just("dongjak")];
    prop_oneof![
        Just(Who::Citizen),
        (0_u128..3).prop_map(|bits| Who::Requester(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Sender(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Team(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Till(Id::from_bits(bits))),
        (0_u128..3, code).prop_map(dispatcher),
        (0_u128..3).prop_map(|bits| Who::Supervisor(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Duty(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Operator(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Demo(Id::from_bits(bits))),
    ]
}

fn any_walk() -> impl Strategy<Value = What> {
    let teams = || (0_u128..3).prop_map(Id::<id::Team>::from_bits);
    let stage = prop_oneof![
        Just(Stage::Offered),
        Just(Stage::BeforeMet),
        Just(Stage::Met),
        Just(Stage::Ended)
    ];
    let districts = proptest::sample::subsequence(vec!["gwanak", "dongjak"], 0..=2);
    (
        0_u128..3,
        districts,
        any::<bool>(),
        proptest::option::of(teams()),
        proptest::collection::vec(teams(), 0..2),
        stage,
    )
        .prop_map(|(bits, districts, rings_everywhere, team, passed, stage)| What::Walk {
            walk: Id::from_bits(bits),
            districts: districts.into_iter().map(district).collect(),
            rings_everywhere,
            team,
            passed,
            stage,
        })
}

/// The rule for looking at a walk, once more and by hand.
fn may_view_by_hand(who: &Who, what: &What) -> bool {
    let What::Walk { walk, districts, rings_everywhere, team, stage, .. } = what else {
        return false;
    };
    match who {
        Who::Requester(own) => own == walk,
        Who::Team(own) => *team == Some(*own) && *stage != Stage::Ended,
        Who::Dispatcher { district, .. } => districts.contains(district) || *rings_everywhere,
        Who::Duty(_) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_policies_say_what_a_person_would(who in any_who(), what in any_walk()) {
        thread_local!(static ACCESS: Access = Access::new().unwrap());
        ACCESS.with(|access| {
            let view = access.decide(&who, Action::EscortView, &what).allowed();
            prop_assert_eq!(view, may_view_by_hand(&who, &what));
            // Nobody may do anything to a walk they may not know of, save answer an old offer.
            for action in Action::ALL {
                let answers = matches!(action, Action::EscortAccept | Action::EscortDecline);
                let allowed = access.decide(&who, action, &what).allowed();
                prop_assert!(view || answers || !allowed, "{}", action.name());
            }
            Ok(())
        })?;
    }
}
