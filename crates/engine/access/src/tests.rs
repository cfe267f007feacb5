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

/// FNV-1a, 64 bits, of every policy text with its name: `cargo xtask tidy` works it out again, and
/// says so when a policy was changed and the table was not looked at.
fn fingerprint() -> u64 {
    let (schema, policies) = Access::texts();
    let mut files: Vec<_> = policies.to_vec();
    files.push(("access.cedarschema", schema));
    files.sort_unstable();
    let bytes = files.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    bytes.flatten().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn who_may_do_what() {
    let table = table(&Access::new().unwrap());
    insta::assert_snapshot!(format!("{table}of policies {:016x}", fingerprint()));
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
    let table = table(&Access::new().unwrap()).to_string();
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

#[test]
fn no_office_has_a_walk_an_alarm_or_a_home() {
    let access = Access::new().unwrap();
    let (person, here) = (Id::from_bits(1), district("gwanak"));
    let alarm = What::Alarm {
        alarm: Id::from_bits(1),
        districts: vec![here.clone()],
        rings_everywhere: true,
        team: None,
        till: None,
    };
    for who in [
        Who::Programme { person, district: here.clone() },
        Who::Analyst { person, district: here.clone() },
        Who::Administrator { person, district: here },
        Who::Caseworker { person, center: Id::from_bits(1) },
    ] {
        for action in Action::ALL {
            for what in [&alarm, &walk(Some(1), Stage::Met), &walk(Some(1), Stage::BeforeMet)] {
                let verdict = access.decide(&who, action, what);
                assert!(!verdict.allowed(), "{who:?} may {}", action.name());
            }
        }
    }
}

#[test]
fn a_desk_ends_a_lost_phone_of_its_district_and_pairs_none() {
    let access = Access::new().unwrap();
    let desk = Who::Dispatcher { person: Id::from_bits(1), district: district("gwanak") };
    let seat = |bits, code, device| What::Seat {
        seat: Id::from_bits(bits),
        district: district(code),
        device,
        casework: false,
    };
    let may = |action, what: &What| access.decide(&desk, action, what).allowed();
    assert!(may(Action::SeatEnd, &seat(7, "gwanak", true)));
    assert!(!may(Action::SeatEnd, &seat(7, "dongjak", true)));
    assert!(!may(Action::SeatEnd, &seat(7, "gwanak", false)), "a colleague's");
    assert!(may(Action::SeatEnd, &seat(1, "gwanak", false)), "her own");
    assert!(!may(Action::SeatPair, &seat(7, "gwanak", true)));
}

#[test]
fn a_caseworker_works_for_her_own_center_and_nobody_else_for_any() {
    let access = Access::new().unwrap();
    let (person, here) = (Id::from_bits(1), district("gwanak"));
    let center = What::Center(Id::from_bits(1));
    let actions = [Action::OnestopWork, Action::OnestopHoldKeys, Action::OnestopRefer];
    let may = |who: &Who, what: &What| {
        actions.into_iter().any(|action| access.decide(who, action, what).allowed())
    };
    let hers = Who::Caseworker { person, center: Id::from_bits(1) };
    assert!(may(&hers, &center));
    assert!(!may(&hers, &What::Center(Id::from_bits(2))));
    assert!(!may(&hers, &What::City));
    for who in [
        Who::Citizen,
        Who::Dispatcher { person, district: here.clone() },
        Who::Supervisor { person, district: here.clone() },
        Who::Programme { person, district: here.clone() },
        Who::Administrator { person, district: here },
        Who::Duty(person),
        Who::Operator(person),
        Who::Demo(Id::from_bits(1)),
    ] {
        assert!(!may(&who, &center), "{who:?}");
    }
}

#[test]
fn where_only_referrals_are_taken_nobody_has_cases() {
    let access = Access::new().unwrap();
    let (person, center) = (Id::from_bits(1), Id::from_bits(1));
    let partner = Who::ServicePartner { person, center };
    let approves = Who::CaseSupervisor { person, center };
    let may = |who: &Who, action, center: u128| {
        access.decide(who, action, &What::Center(Id::from_bits(center))).allowed()
    };
    for action in [Action::OnestopHoldKeys, Action::OnestopRefer] {
        assert!(may(&partner, action, 1) && may(&approves, action, 1));
        assert!(!may(&partner, action, 2) && !may(&approves, action, 2));
    }
    assert!(may(&approves, Action::OnestopWork, 1) && !may(&partner, Action::OnestopWork, 1));
}

#[test]
fn an_administrator_puts_a_caseworker_out_and_cannot_become_one() {
    let access = Access::new().unwrap();
    let (person, here) = (Id::from_bits(1), district("gwanak"));
    let seat = What::Seat {
        seat: Id::from_bits(2),
        district: here.clone(),
        device: false,
        casework: true,
    };
    let administrator = Who::Administrator { person, district: here };
    for (action, may) in [
        (Action::SeatView, true),
        (Action::SeatEnd, true),
        (Action::SeatClose, true),
        (Action::SeatPair, false),
        (Action::SeatSetRoles, false),
    ] {
        let verdict = access.decide(&administrator, action, &seat);
        assert_eq!(verdict.allowed(), may, "{}", action.name());
    }
}

fn any_who() -> impl Strategy<Value = Who> {
    let dispatcher = |(person, code): (u128, &str)| Who::Dispatcher {
        person: Id::from_bits(person),
        district: district(code),
    };
    // The offices by turns: none of them has anything to do with a walk.
    let office = |(bits, code): (u128, &str)| {
        let (person, district) = (Id::from_bits(bits), district(code));
        match bits {
            0 => Who::Programme { person, district },
            1 => Who::Analyst { person, district },
            3 => Who::Caseworker { person, center: Id::from_bits(bits) },
            4 => Who::CaseSupervisor { person, center: Id::from_bits(bits) },
            5 => Who::ServicePartner { person, center: Id::from_bits(bits) },
            _ => Who::Administrator { person, district },
        }
    };
    let code = prop_oneof![Just("gwanak"), Just("dongjak")];
    prop_oneof![
        Just(Who::Citizen),
        (0_u128..3).prop_map(|bits| Who::Requester(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Sender(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Team(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Till(Id::from_bits(bits))),
        (0_u128..3).prop_map(|bits| Who::Watcher(Id::from_bits(bits))),
        (0_u128..3, code.clone()).prop_map(dispatcher),
        (0_u128..6, code).prop_map(office),
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
            // Nobody may do anything to a walk they may not know of, save answer an old offer, and
            // see how far the one is that they were shown.
            for action in Action::ALL {
                let answers = matches!(
                    action,
                    Action::EscortAccept | Action::EscortDecline | Action::EscortWatch
                );
                let allowed = access.decide(&who, action, &what).allowed();
                prop_assert!(view || answers || !allowed, "{}", action.name());
            }
            Ok(())
        })?;
    }
}
