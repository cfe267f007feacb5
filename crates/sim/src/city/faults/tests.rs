use super::*;

fn at(seconds: i64) -> Instant {
    Instant::from_millis(1_700_000_000_000 + seconds * 1_000)
}

fn plan(faults: Faults, seed: u64) -> Plan {
    let teams: Vec<String> = (1..=40).map(|team| format!("team-{team:02}")).collect();
    Plan::of(faults, seed, at(0), Span::hours(4), &teams)
}

#[test]
fn faults_are_written_as_words() {
    assert_eq!("".parse(), Ok(Faults::default()));
    assert_eq!("all".parse(), Ok(Faults::ALL));
    assert_eq!("loss, kill".parse(), Ok(Faults { loss: true, kill: true, ..Faults::default() }));
    assert_eq!("fire".parse::<Faults>(), Err(NoFault("fire".to_owned())));
    assert_eq!(Faults::ALL.to_string(), "loss,duplicate,silence,skew,burst,kill");
    assert_eq!(Faults::ALL.to_string().parse(), Ok(Faults::ALL));
}

fn fates(faults: Faults, seed: u64) -> Vec<Fate> {
    let mut plan = plan(faults, seed);
    (0..2_000).map(|turn| plan.fate("outing", true, at(turn * 7))).collect()
}

#[test]
fn the_same_seed_has_the_same_faults_and_another_seed_others() {
    assert_eq!(fates(Faults::ALL, 3), fates(Faults::ALL, 3));
    assert_ne!(fates(Faults::ALL, 3), fates(Faults::ALL, 4));
}

#[test]
fn without_faults_everything_arrives_and_with_them_each_kind_happens() {
    assert!(fates(Faults::default(), 1).iter().all(|fate| *fate == Fate::Arrives));
    let all = fates(Faults::ALL, 1);
    for kind in [Fate::LostBefore, Fate::LostAfter, Fate::Twice] {
        assert!(all.contains(&kind), "{kind:?}");
    }
    assert!(all.iter().any(|fate| matches!(fate, Fate::Killed(_))));
}

#[test]
fn a_silent_phone_reaches_nobody_for_some_minutes() {
    let faults = Faults { silence: true, ..Faults::default() };
    let mut plan = plan(faults, 1);
    let silent = plan.silences.clone();
    assert!((4..20).contains(&silent.len()), "{} of 40 teams", silent.len());
    for (team, (from, until)) in silent {
        assert_eq!(plan.fate(&team, false, from), Fate::LostBefore);
        assert_eq!(plan.fate(&team, false, until), Fate::Arrives);
        assert_eq!(plan.fate("desk-gwanak-1", false, from), Fate::Arrives);
    }
}

#[test]
fn ten_minutes_of_a_night_are_ten_times_as_busy() {
    let burst = plan(Faults { burst: true, ..Faults::default() }, 1);
    let first = crate::night::outing::piece_of(at(0));
    let rushes: Vec<f64> = (0..26).map(|ten| burst.rush(first + Span::minutes(10 * ten))).collect();
    assert_eq!(rushes.iter().filter(|rush| **rush > 1.0).count(), 1);
    assert!((rushes.iter().sum::<f64>() - 35.0).abs() < 1e-9);
}
