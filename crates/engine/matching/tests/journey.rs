//! The checks of the study (§9: 18, 28, 29, 30, 31) on the whole way: issuer, three holders, entries as
//! a server keeps them, the matcher's batch, counsel.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test all through")]

mod city;

use city::{City, Filed, PHONE, Row};
use matching::{
    Refusal,
    asked::Asked,
    entry::{self, EntryNo},
    identifier::{Identifier, Typed},
    level::Level,
    token::TOKENS,
};
use std::collections::BTreeSet;

/// Check 18.
#[test]
fn three_testers_of_two_three_and_three_are_found_at_three_and_only_by_counsel() {
    let mut city = City::founded(1);
    let one = city.file("one", Typed::Phone("010-1234-5678"), Level::Two).unwrap();
    let two = city.file("two", Typed::Phone("+82 10 1234 5678"), Level::Three).unwrap();
    assert_eq!(city.counsel_sees(), Vec::<Vec<String>>::new(), "at two, nothing");
    let three = city.file("three", Typed::Phone("０１０１２３４５６７８"), Level::Three).unwrap();
    let contacts = ["ask one alone", "ask three alone", "ask two alone"].map(str::to_owned);
    assert_eq!(city.counsel_sees(), [contacts.to_vec()]);
    // Nobody else: what is kept, and what the matcher gives, has no contact in it.
    for filed in [&one, &two, &three] {
        assert!(!city.web_has(filed.contact.as_bytes()));
        assert!(!city.web_has(b"1012345678"));
        assert!(city.batch().openings.iter().flat_map(|one| &one.people).all(|one| {
            !one.sealed.windows(8).any(|window| filed.contact.as_bytes().starts_with(window))
        }));
    }
    // One of counsel alone reads nothing.
    assert!(city.either_of_counsel_alone_is_refused());
}

/// Check 18, the other side: a withdrawal before the opening takes all levels with it.
#[test]
fn who_takes_it_back_before_the_opening_is_in_none() {
    let mut city = City::founded(2);
    let one = city.file("one", PHONE, Level::Two).unwrap();
    assert!(!city.withdraw(one.number, &[0; 32]), "not without her token");
    assert!(city.withdraw(one.number, &one.withdrawal));
    city.file("two", PHONE, Level::Two).unwrap();
    city.file("three", PHONE, Level::Three).unwrap();
    assert_eq!(city.counsel_sees(), Vec::<Vec<String>>::new());
    assert!(!city.web_has(&one.entry));
    city.file("four", PHONE, Level::Two).unwrap();
    let seen = city.counsel_sees();
    assert_eq!(seen.len(), 1);
    assert!(!seen[0].contains(&one.contact));
}

/// Check 28, first: one person is one person, also with a second phone and new tokens.
#[test]
fn the_same_tester_twice_opens_nothing_at_two() {
    let mut city = City::founded(3);
    city.file("one", PHONE, Level::Two).unwrap();
    city.file("one", Typed::Phone("82 10 1234 5678"), Level::Two).unwrap();
    assert_eq!(city.counsel_sees(), Vec::<Vec<String>>::new());
    assert!(city.batch().refused.is_empty());
    city.file("two", PHONE, Level::Two).unwrap();
    assert_eq!(city.counsel_sees().len(), 1);
}

/// Check 28, second and third: a holder may be away, two may not.
#[test]
fn one_holder_away_changes_nothing_and_two_away_are_said() {
    let mut city = City::founded(4);
    let mut given = Vec::new();
    for away in 0..3 {
        city.away = BTreeSet::from([away]);
        given.push(city.ask("one", PHONE).unwrap().0);
    }
    assert!(given.windows(2).all(|pair| pair[0] == pair[1]));
    city.away = BTreeSet::from([0, 2]);
    assert_eq!(city.ask("one", PHONE).err(), Some(Refusal::TooFewAnswers));
    city.away = BTreeSet::from([0, 1, 2]);
    assert_eq!(city.ask("two", PHONE).err(), Some(Refusal::TooFewAnswers));
}

/// Check 28, fourth: a dictionary against one holder's disk, and for what it is worth against two.
#[test]
fn one_stolen_disk_and_a_dictionary_of_ten_thousand_find_nothing() {
    let mut city = City::founded(5);
    city.file("one", PHONE, Level::Two).unwrap();
    city.file("two", PHONE, Level::Three).unwrap();
    // Numbers from 010-1234-0000 on, hers among them. Whoever tries has the matcher's disk too: the
    // tags are what a guess is held against.
    let dictionary = || (0..10_000).map(|last| format!("tel:+82101234{last:04}"));
    let thief = city.thief(&[0]);
    assert_eq!(dictionary().filter(|input| thief.finds(input)).count(), 0);
    // Each other disk alone, around her number; and two disks, which find it: so the search could have.
    let near = || dictionary().skip(5_500).take(300);
    for disk in [1, 2] {
        let thief = city.thief(&[disk]);
        assert_eq!(near().filter(|input| thief.finds(input)).count(), 0, "disk {disk}");
    }
    let thieves = city.thief(&[0, 2]);
    let hits: Vec<String> = near().filter(|input| thieves.finds(input)).collect();
    assert_eq!(hits, ["tel:+821012345678"]);
}

/// Check 29, first.
#[test]
fn the_sixth_identifier_of_a_person_is_refused() {
    let mut city = City::founded(6);
    let phone = |at: usize| format!("010-1234-567{at}");
    for at in 0..TOKENS {
        city.file("one", Typed::Phone(&phone(at)), Level::Two).unwrap();
    }
    let sixth = city.file("one", Typed::Phone(&phone(TOKENS)), Level::Two);
    assert_eq!(sixth.err(), Some(Refusal::NoTokensLeft));
    // A token of before does not serve for another question, not even at a holder that was not asked.
    let identifier = Identifier::read(Typed::Phone(&phone(TOKENS))).unwrap();
    let asked = Asked::blind(&identifier, &mut city.rng).unwrap();
    let (token, _) = city.spent.last().unwrap();
    let spending = token.spend(&asked.blinded()).unwrap();
    let answer = city.answer(2, &spending, &asked.blinded());
    assert_eq!(answer.err(), Some(Refusal::TokenUsed));
    let (_, old) = city.spent.last().unwrap().clone();
    assert_eq!(city.answer(2, &old, &asked.blinded()).err(), Some(Refusal::TokenWrong));
    // Others are not held up, and ninety days later neither is she.
    city.file("two", PHONE, Level::Two).unwrap();
    city.now += matching::token::WINDOW_MS;
    city.file("one", Typed::Phone(&phone(TOKENS)), Level::Two).unwrap();
}

/// Check 29, for who knows what an identifier gives and needs to ask no more.
#[test]
fn nothing_is_left_without_a_token_of_its_own_and_the_sixth_is_refused() {
    let mut city = City::founded(11);
    let filed = city.file("liar", PHONE, Level::Two).unwrap();
    let row = |number: u8| Row {
        number: EntryNo([number; 16]),
        withdrawal_hash: [0; 32],
        entry: filed.entry.clone(),
    };
    assert_eq!(city.leave(row(1), &[1; 64]), Err(Refusal::TokenWrong));
    let token = city.token_to_leave("liar").unwrap();
    let of = |row: &Row| entry::left(row.number, &row.withdrawal_hash, &row.entry);
    let spending = token.spend(&of(&row(1))).unwrap();
    assert_eq!(city.leave(row(2), &spending), Err(Refusal::TokenWrong), "it is for that entry");
    assert_eq!(city.leave(row(1), &spending), Ok(()));
    let again = token.spend(&of(&row(2))).unwrap();
    assert_eq!(city.leave(row(2), &again), Err(Refusal::TokenUsed));
    for _ in 2..TOKENS {
        city.token_to_leave("liar").unwrap();
    }
    assert_eq!(city.token_to_leave("liar").err(), Some(Refusal::NoTokensLeft));
}

/// What is not defended, so that it is known: who changes the program is five people.
#[test]
fn a_liar_with_another_program_is_as_many_people_as_she_has_tokens() {
    let mut city = City::founded(12);
    city.file("she", PHONE, Level::Three).unwrap();
    city.lie("liar", PHONE, 1).unwrap();
    assert_eq!(city.counsel_sees(), Vec::<Vec<String>>::new());
    city.lie("liar", PHONE, 2).unwrap();
    let seen = city.counsel_sees();
    assert_eq!(seen, [["ask liar alone", "ask liar alone", "ask she alone"].map(str::to_owned)]);
}

/// Check 29, second.
#[test]
fn the_201st_answer_in_an_hour_is_refused_and_raises_the_alarm() {
    let mut city = City::founded(7);
    city.away = BTreeSet::from([2]);
    for at in 0..200 {
        city.ask(&format!("flood {}", at / TOKENS), PHONE).unwrap();
    }
    assert!(city.caps.iter().all(|cap| cap.alarm().is_none()));
    assert_eq!(city.ask("one", PHONE).err(), Some(Refusal::TooManyThisHour));
    assert_eq!(city.caps[0].alarm(), Some(city.now));
    // What has no token takes no place.
    let before = city.caps[2].clone();
    let identifier = Identifier::read(PHONE).unwrap();
    let blinded = Asked::blind(&identifier, &mut city.rng).unwrap().blinded();
    assert_eq!(city.answer(2, &[0; 64], &blinded).err(), Some(Refusal::TokenWrong));
    assert_eq!(city.caps[2], before);
    city.now += 3_600_000;
    city.file("one", PHONE, Level::Two).unwrap();
    assert!(city.caps[0].alarm().is_some(), "until somebody looked");
}

/// Check 30: whoever files against himself sees what everybody sees.
#[test]
fn every_byte_count_is_that_of_no_match() {
    let seen = |phones: &[&str]| -> Filed {
        let mut city = City::founded(8);
        for (at, phone) in phones.iter().enumerate() {
            city.file(&format!("woman {at}"), Typed::Phone(phone), Level::Two).unwrap();
            city.counsel_sees();
        }
        city.file("accused", PHONE, Level::Two).unwrap()
    };
    let nobody = seen(&[]);
    let near_miss = seen(&["010-1234-5678"]);
    let opened = seen(&["010-1234-5678", "010-1234-5678"]);
    let others = seen(&["010-1234-5679", "010-9999-0000"]);
    assert!(!nobody.sizes.is_empty());
    for one in [&near_miss, &opened, &others] {
        assert_eq!(one.sizes, nobody.sizes);
    }
    // Nor does what he names or for how many he waits show in a size.
    let mut city = City::founded(9);
    let person =
        Typed::Person {
            name: "김민수", born: 1980, workplace: "한빛전자 서울지점 영업부"
        };
    assert_eq!(city.file("accused", person, Level::Five).unwrap().sizes, nobody.sizes);
}

/// Check 31.
#[test]
fn no_two_entries_for_one_phone_are_equal_where_they_are_kept() {
    let mut city = City::founded(10);
    for who in 0..6 {
        city.file(&format!("woman {}", who / 2), PHONE, Level::Two).unwrap();
    }
    let kept = &city.web;
    for (at, one) in kept.iter().enumerate() {
        for other in kept.iter().skip(at + 1) {
            assert_ne!(one.number, other.number);
            assert_ne!(one.withdrawal_hash, other.withdrawal_hash);
            // Not even a run of sixteen bytes at the same place.
            let alike = one.entry.windows(16).zip(other.entry.windows(16));
            assert!(alike.clone().count() > 4_000);
            assert!(alike.into_iter().all(|(a, b)| a != b));
        }
    }
    // Nor do two questions of one phone, or two tokens of one person, at a holder or the issuer.
    let wires: BTreeSet<&Vec<u8>> = city.wires.iter().collect();
    assert_eq!(wires.len(), city.wires.len());
}
