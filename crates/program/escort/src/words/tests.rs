use super::WORDS;
use std::collections::HashSet;

#[test]
fn no_two_words_can_be_taken_for_each_other() {
    assert_eq!(WORDS.iter().map(|word| word.ko).collect::<HashSet<_>>().len(), 256);
    assert_eq!(WORDS.iter().map(|word| word.en).collect::<HashSet<_>>().len(), 256);
    for word in WORDS {
        assert!((2..=4).contains(&word.ko.chars().count()), "{} is hard to say", word.ko);
        assert!(word.ko.chars().all(|c| ('가'..='힣').contains(&c)), "{}", word.ko);
        assert!((2..=11).contains(&word.en.len()), "{} is hard to say", word.en);
        assert!(word.en.bytes().all(|b| b.is_ascii_lowercase()), "{}", word.en);
    }
}

#[test]
fn the_screens_load_the_list_the_server_knows() {
    let listed: serde_json::Value =
        serde_json::from_str(include_str!("../../../../../lang/proof-words.json")).unwrap();
    assert_eq!(
        listed,
        serde_json::to_value(WORDS.as_slice()).unwrap(),
        "lang/proof-words.json must hold exactly the words of words.rs, in their order"
    );
}
