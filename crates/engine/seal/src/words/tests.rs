use super::*;
use crate::tests::{dice, refused};
use proptest::prelude::*;

#[test]
fn what_is_written_reads_the_same_in_both_languages() {
    for seed in 0..200 {
        let phrase = Phrase::draw(&mut dice(seed));
        for language in Language::ALL {
            let (read, found) = Phrase::read(&phrase.text(language)).ok().unwrap();
            assert_eq!((read.expose(), found), (phrase.expose(), language));
        }
    }
}

#[test]
fn spelling_by_another_keyboard_is_the_same_word() {
    let phrase = Phrase::of(&[0xa5; 9]);
    let korean = phrase.text(Language::Korean);
    let apart: String = korean.nfd().collect();
    assert_ne!(apart, *korean);
    let english = phrase.text(Language::English).to_uppercase().replace(' ', "\u{3000}\n\t");
    for text in [apart, english, format!("\u{a0} {} \r\n", *korean)] {
        assert!(Phrase::read(&text).is_ok_and(|(read, _)| read.expose() == phrase.expose()));
    }
}

#[test]
fn the_lists_are_the_ones_everybody_has() {
    let list = |language: Language| {
        let words: Vec<String> =
            language.list().word_list().iter().map(|word| word.nfkd().collect()).collect();
        words.join("\n") + "\n"
    };
    let hash = |text: String| {
        let hash = crate::form::hash(text.as_bytes());
        hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    // SHA-256 of english.txt in bitcoin/bips, bip-0039.
    let english = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
    assert_eq!(hash(list(Language::English)), english);
    // And of korean.txt.
    let korean = "9e95f86c167de88f450f0aaf89e87f6624a57f973c67b516e338e8e8b8897f60";
    assert_eq!(hash(list(Language::Korean)), korean);
}

#[test]
fn refusals_come_in_their_order() {
    let read = |text: &str| refused(Phrase::read(text));
    let good = Phrase::of(&[1; 9]).text(Language::English);
    assert_eq!(read(""), Refusal::NotSevenWords);
    assert_eq!(read("never never never"), Refusal::NotSevenWords);
    assert_eq!(read(&format!("{} abandon", *good)), Refusal::NotSevenWords);
    let mixed = "abandon 가격 abandon no abandon abandon neither";
    assert_eq!(read(mixed), Refusal::UnknownWord { place: 4 });
    let mixed = "abandon 가격 abandon abandon abandon abandon abandon";
    assert_eq!(read(mixed), Refusal::TwoLanguages);
}

#[test]
fn a_wrong_word_among_the_right_ones_is_noticed_in_127_of_128_cases() {
    let words = Phrase::of(&[0x3c; 9]).words(Language::English);
    let mut unnoticed = 0;
    for at in 0..WORDS {
        for other in bip39::Language::English.word_list() {
            let mut typed: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
            if typed[at] == *other {
                continue;
            }
            typed[at] = other;
            unnoticed += u32::from(Phrase::read(&typed.join(" ")).is_ok());
        }
    }
    // 7 × 2,047 / 128 = 112, and chance.
    assert!((70..160).contains(&unnoticed), "{unnoticed}");
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_be_refused(text in any::<String>()) {
        prop_assert!(Phrase::read(&text).is_err());
    }

    #[test]
    fn the_last_two_random_bits_do_not_count(mut entropy in any::<[u8; 9]>()) {
        let phrase = Phrase::of(&entropy);
        entropy[8] ^= 3;
        prop_assert!(phrase.expose() == Phrase::of(&entropy).expose());
        prop_assert_eq!(phrase.expose()[9] & 7, 0);
    }
}
