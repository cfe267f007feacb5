use super::*;

const NOW: i64 = 1_800_000_000_000;

fn person(seed: u8) -> Person {
    Person::from_bytes(&[seed; 32]).unwrap()
}

fn codes(people: &People, who: u8, wanted: usize, now: i64) -> Vec<String> {
    match people.admit(&person(who), wanted, now).unwrap() {
        Admitted::Codes(codes) => codes,
        Admitted::Full { left, .. } => panic!("{left} left"),
    }
}

fn full(people: &People, who: u8, now: i64) -> (usize, i64) {
    match people.admit(&person(who), 1, now).unwrap() {
        Admitted::Codes(_) => panic!("there was one left"),
        Admitted::Full { left, free_at } => (left, free_at),
    }
}

#[test]
fn five_in_ninety_days_counted_when_they_are_promised_and_when_they_are_given() {
    let dir = tempfile::tempdir().unwrap();
    let people = People::in_folder(dir.path());
    let first = codes(&people, 1, 3, NOW);
    let rest = codes(&people, 1, 2, NOW);
    assert_eq!(full(&people, 1, NOW), (0, NOW + CODE_MS), "codes that wait count");
    assert_eq!(codes(&people, 2, 5, NOW).len(), 5, "others are not held up");
    for (at, code) in first.iter().enumerate() {
        let at = at as u8;
        assert_eq!(people.give(code, (&[at; 32], &[at; 32]), NOW).unwrap(), [1; 32]);
    }
    // The two codes nobody used are over after a week; the three that were given count for ninety days.
    let later = NOW + CODE_MS;
    assert_eq!(
        people.give(&rest[0], (&[9; 32], &[9; 32]), later).unwrap_err().1,
        "matching.code_unknown"
    );
    for code in codes(&people, 1, 2, later) {
        people.give(&code, (&[9; 32], &[9; 32]), later).unwrap();
    }
    assert_eq!(full(&people, 1, later), (0, NOW + WINDOW_MS));
    assert_eq!(full(&people, 1, NOW + WINDOW_MS - 1).0, 0);
    codes(&people, 1, 3, NOW + WINDOW_MS);
    assert_eq!(full(&people, 1, NOW + WINDOW_MS).0, 0);
}

#[test]
fn what_was_promised_by_mistake_is_refused_where_it_is_given() {
    let dir = tempfile::tempdir().unwrap();
    let people = People::in_folder(dir.path());
    let mut all = Vec::new();
    for week in 0..5 {
        all.extend(codes(&people, 1, 1, NOW + week));
    }
    // A register that was put back from yesterday's copy promises once more.
    let file = dir.path().join(PEOPLE);
    let mut register: Register = files::read(&file, "register").unwrap();
    let spare = register.codes.pop().unwrap();
    files::replace(&file, &files::json(&register).unwrap()).unwrap();
    all.extend(codes(&people, 1, 1, NOW));
    register = files::read(&file, "register").unwrap();
    register.codes.push(spare);
    files::replace(&file, &files::json(&register).unwrap()).unwrap();
    let given: Vec<_> = all
        .iter()
        .map(|code| people.give(code, (&[1; 32], &[2; 32]), NOW).map_err(|no| no.1))
        .collect();
    assert_eq!(given.iter().filter(|one| one.is_ok()).count(), TOKENS);
    assert_eq!(given.last().unwrap(), &Err("matching.no_tokens_left"));
}

#[test]
fn a_code_is_good_once_and_for_asking_the_same_again() {
    let dir = tempfile::tempdir().unwrap();
    let people = People::in_folder(dir.path());
    let code = codes(&people, 1, 1, NOW).remove(0);
    let of =
        |typed: &str, seed: u8| people.give(typed, (&[seed; 32], &[2; 32]), NOW).map_err(|no| no.1);
    assert_eq!(of("0000-0000-0000", 1), Err("matching.code_unknown"));
    assert_eq!(of(&code, 1), Ok([1; 32]));
    let as_typed = format!(" {} ", code.to_lowercase().replace('-', " "));
    assert_eq!(of(&as_typed, 1), Ok([1; 32]));
    assert_eq!(of(&code, 3), Err("matching.code_used"));
    // Neither the code nor what it was drawn for stands in the register in the open.
    let kept = std::fs::read_to_string(dir.path().join(PEOPLE)).unwrap();
    assert!(!kept.contains(&code) && !kept.contains(&code.replace('-', "")));
}

#[test]
fn a_code_has_one_spelling() {
    let spelled = normalized("k7pd 2mqx-9RTV");
    assert_eq!(spelled.as_deref(), Some("K7PD2MQX9RTV"));
    assert_eq!(normalized("oOiIlL000000").as_deref(), Some("001111000000"));
    for wrong in ["", "K7PD-2MQX-9RT", "K7PD-2MQX-9RTVV", "K7PD-2MQX-9RTU", "K7PD-2MQX-9R가"] {
        assert_eq!(normalized(wrong), None, "{wrong}");
    }
    let code = drawn().unwrap();
    assert_eq!(normalized(&shown(&code)), Some(code.clone()));
    assert_ne!(code, drawn().unwrap());
}
