use super::*;

const MORNING: Instant = Instant::from_millis(1_767_225_600_000);

fn rules(says: &[(&str, u8)]) -> BTreeMap<String, RuleHash> {
    says.iter().map(|(name, byte)| ((*name).to_owned(), RuleHash([*byte; 32]))).collect()
}

fn opened(book: &mut Rulebook, says: &[(&str, u8)], at: Instant) -> Vec<Event> {
    let Ok(events) = book.decide(Command::Open { rules: rules(says) }, &(), at);
    for event in &events {
        book.apply(event, at);
    }
    events
}

#[test]
fn a_city_without_rules_has_nothing_to_tell_of_them() {
    let mut book = Rulebook::default();
    assert!(opened(&mut book, &[], MORNING).is_empty());
    assert_eq!(book, Rulebook::default());
}

#[test]
fn what_changes_between_two_starts_is_dated_and_what_does_not_is_no_news() {
    let mut book = Rulebook::default();
    let first = opened(&mut book, &[("age/kr/2010", 1), ("duty/kr/2010", 2)], MORNING);
    assert_eq!(first.len(), 1);
    assert!(opened(&mut book, &[("age/kr/2010", 1), ("duty/kr/2010", 2)], MORNING).is_empty());

    let later = Instant::from_millis(MORNING.millis() + 3_600_000);
    let next = opened(&mut book, &[("age/kr/2010", 3), ("age/kr/2024", 4)], later);
    let Event::Changed { put, removed } = &next[0];
    assert_eq!(*put, rules(&[("age/kr/2010", 3), ("age/kr/2024", 4)]));
    assert_eq!(removed.iter().collect::<Vec<_>>(), ["duty/kr/2010"]);
    assert_eq!(book.rules, rules(&[("age/kr/2010", 3), ("age/kr/2024", 4)]));
    assert_eq!(book.since, Some(later));
}

#[test]
fn rules_that_are_all_taken_out_leave_that_they_were() {
    let mut book = Rulebook::default();
    opened(&mut book, &[("age/kr/2010", 1)], MORNING);
    assert_eq!(opened(&mut book, &[], MORNING).len(), 1);
    assert!(book.rules.is_empty() && book.since.is_some());
}

#[test]
fn a_hash_is_written_in_digits_and_read_back_from_nothing_else() {
    let hash = RuleHash([0xa7; 32]);
    let text = String::from(hash);
    assert_eq!(text, "a7".repeat(32));
    assert_eq!(RuleHash::try_from(text.clone()), Ok(hash));
    for wrong in [text.to_uppercase(), format!("{text}0"), "g7".repeat(32), String::new()] {
        assert!(RuleHash::try_from(wrong).is_err());
    }
}
