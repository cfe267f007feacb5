use super::*;
use proptest::prelude::*;

const NOW: Instant = Instant::from_millis(1_795_441_200_000);

fn candidate(number: u128, gender: Gender, seniority: Seniority) -> Candidate {
    let until = Some(NOW + Span::days(100));
    let standing = Standing {
        person: Id::from_bits(number),
        gender,
        record_check_until: until,
        training_until: until,
        suspended: false,
    };
    Candidate { standing, seniority }
}

fn shown(pairing: &Pairing) -> String {
    let number = |one: &Standing| one.person.bits().to_string();
    let pairs = pairing.pairs.iter().map(|two| two.each_ref().map(number).join("+"));
    let alone = pairing.alone.iter().map(|(who, why)| format!("{} {}", who.bits(), why.code()));
    pairs.chain(alone).collect::<Vec<_>>().join(", ")
}

use Gender::{Man, Woman};
use Seniority::{Newcomer, Veteran};

#[test]
fn a_veteran_goes_with_a_newcomer_and_the_last_to_sign_up_stays() {
    let people = [
        candidate(1, Woman, Veteran),
        candidate(2, Woman, Veteran),
        candidate(3, Woman, Newcomer),
        candidate(4, Man, Newcomer),
        candidate(5, Woman, Newcomer),
    ];
    let pairing = pair(&people, &Rules::default(), NOW);
    assert_eq!(shown(&pairing), "1+3, 2+4, 5 volunteer.alone-nobody-left");
}

#[test]
fn women_are_spread_so_that_every_man_can_go_out() {
    let people = [
        candidate(1, Woman, Veteran),
        candidate(2, Woman, Newcomer),
        candidate(3, Man, Veteran),
        candidate(4, Man, Veteran),
        candidate(5, Man, Veteran),
    ];
    let pairing = pair(&people, &Rules::default(), NOW);
    assert_eq!(shown(&pairing), "2+3, 1+4, 5 volunteer.alone-nobody-left");
    let without = Rules { woman_required: false, ..Rules::default() };
    assert_eq!(pair(&people, &without, NOW).pairs.len(), 2);
    let men = [candidate(3, Man, Veteran), candidate(4, Man, Veteran)];
    assert_eq!(
        shown(&pair(&men, &Rules::default(), NOW)),
        "3 volunteer.alone-no-woman-left, 4 volunteer.alone-no-woman-left"
    );
    assert_eq!(shown(&pair(&men, &without, NOW)), "3+4");
}

#[test]
fn whoever_may_not_go_out_is_left_with_the_rule() {
    let mut people = [candidate(1, Woman, Veteran), candidate(2, Woman, Newcomer)];
    people[0].standing.record_check_until = Some(NOW);
    assert_eq!(
        shown(&pair(&people, &Rules::default(), NOW)),
        "1 volunteer.lack-record-check-expired, 2 volunteer.alone-nobody-left"
    );
}

#[test]
fn three_months_of_service_make_a_veteran() {
    let seniority = |days| Seniority::of(NOW, &Rules::default(), NOW + Span::days(days));
    assert_eq!((seniority(89), seniority(90)), (Newcomer, Veteran));
}

/// The oracle: every way to make teams, and the best of them.
fn best(people: &[Candidate], rules: &Rules) -> (usize, usize) {
    let Some((first, rest)) = people.split_first() else { return (0, 0) };
    let mut found = best(rest, rules);
    for (at, other) in rest.iter().enumerate() {
        let woman = [first, other].iter().any(|one| one.standing.gender == Woman);
        if rules.woman_required && !woman {
            continue;
        }
        let mut left = rest.to_vec();
        left.remove(at);
        let (pairs, mixed) = best(&left, rules);
        let mixes = usize::from(first.seniority != other.seniority);
        found = found.max((pairs + 1, mixed + mixes));
    }
    found
}

proptest! {
    #[test]
    fn no_other_way_makes_more_teams_or_more_of_veteran_and_newcomer(
        kinds in proptest::collection::vec((0_usize..3, any::<bool>(), 0_u8..8), 0..8),
        woman_required in any::<bool>(),
    ) {
        let rules = Rules { woman_required, ..Rules::default() };
        let people: Vec<Candidate> = kinds
            .into_iter()
            .zip(1..)
            .map(|((gender, veteran, luck), number)| {
                let gender = [Woman, Man, Gender::Other][gender];
                let mut one = candidate(number, gender, if veteran { Veteran } else { Newcomer });
                one.standing.suspended = luck == 0;
                one
            })
            .collect();
        let pairing = pair(&people, &rules, NOW);
        let fit: Vec<Candidate> =
            people.iter().filter(|one| one.standing.fit(NOW)).copied().collect();
        let seniority = |of: &Standing| {
            people.iter().find(|one| one.standing.person == of.person).unwrap().seniority
        };
        let mixed =
            pairing.pairs.iter().filter(|[a, b]| seniority(a) != seniority(b)).count();
        prop_assert_eq!((pairing.pairs.len(), mixed), best(&fit, &rules));
        for two in &pairing.pairs {
            prop_assert_eq!(crate::team::check_pair(two, rules.woman_required, NOW), Ok(()));
        }
        let mut placed: Vec<u128> =
            pairing.pairs.iter().flatten().map(|one| one.person.bits()).collect();
        placed.extend(pairing.alone.iter().map(|(who, _)| who.bits()));
        placed.sort_unstable();
        let everybody: Vec<u128> = people.iter().map(|one| one.standing.person.bits()).collect();
        prop_assert_eq!(placed, everybody, "everybody is in one team or left with a reason");
    }
}
