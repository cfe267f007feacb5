use super::{Fixed, Section, hex};
use seal::{
    Refusal,
    words::{Language, Phrase},
};
use serde_json::json;

const KO: Language = Language::Korean;
const EN: Language = Language::English;

fn phrase(entropy: [u8; 9]) -> Phrase {
    Phrase::draw(&mut Fixed(&entropy))
}

pub(super) fn made() -> Section {
    let mut section = Section::new("words");
    writes(&mut section);
    let entropy = [0xa5, 0x1c, 0x33, 0x70, 0x0f, 0x9e, 0x42, 0x87, 0xd8];
    let (ko, en) = (phrase(entropy).text(KO), phrase(entropy).text(EN));
    reads(&mut section, &phrase(entropy), &ko, &en);
    not_seven(&mut section, &en);
    unknown(&mut section, &en);
    let wrong = |name, says, words: String| ([name, says, "read"], json!({ "words": words }));
    let replaced = |text: &str, at: usize, word: &str| {
        let mut words: Vec<&str> = text.split(' ').collect();
        if let Some(slot) = words.get_mut(at) {
            *slot = word;
        }
        words.join(" ")
    };
    let both = [
        wrong("korean-first", "one Korean word before six English", replaced(&en, 0, "가격")),
        wrong("korean-last", "one Korean word after six English", replaced(&en, 6, "가격")),
        wrong("english-among", "one English word among Korean ones", replaced(&ko, 3, "abandon")),
    ];
    for (head, inputs) in both {
        section.refuses(head, &inputs, Refusal::TwoLanguages);
    }
    let mut swapped: Vec<&str> = en.split(' ').collect();
    swapped.swap(1, 2);
    let unfit = [
        wrong("another-word", "a word of the list, but not hers", replaced(&en, 2, "zoo")),
        wrong("another-last-word", "the word with the check bits", replaced(&en, 6, "zoo")),
        wrong("another-korean-word", "in Korean", replaced(&ko, 4, "힘껏")),
        wrong("two-exchanged", "her words in another order", swapped.join(" ")),
        wrong("all-the-same", "seven times the first word", ["abandon"; 7].join(" ")),
    ];
    for (head, inputs) in unfit {
        section.refuses(head, &inputs, Refusal::WordsDoNotFit);
    }
    section
}

fn writes(section: &mut Section) {
    let cases = [
        ("write-zeros", "no bit set", [0; 9], EN),
        ("write-zeros-korean", "the same in Korean", [0; 9], KO),
        ("write-ones", "every bit set", [0xff; 9], EN),
        (
            "write-ones-short",
            "the last two bits do not count",
            [255, 255, 255, 255, 255, 255, 255, 255, 0xfc],
            EN,
        ),
        ("write-korean", "NFC, a space between", [1, 2, 3, 4, 5, 6, 7, 8, 9], KO),
        ("write-english", "the same numbers", [1, 2, 3, 4, 5, 6, 7, 8, 9], EN),
    ];
    for (name, says, entropy, language) in cases {
        let inputs = json!({ "entropy": hex(&entropy), "language": language.code() });
        let phrase = phrase(entropy);
        let gives = json!({ "words": *phrase.text(language), "phrase": hex(phrase.expose()) });
        section.gives([name, says, "write"], &inputs, gives);
    }
}

fn reads(section: &mut Section, phrase: &Phrase, ko: &str, en: &str) {
    let apart: String = unicode_normalization::UnicodeNormalization::nfd(ko).collect();
    let wide: String = en
        .chars()
        .map(|c| if c == ' ' { '\u{3000}' } else { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) })
        .collect();
    let cases = [
        ("read-korean", "as it is written", ko.to_owned(), KO),
        ("read-english", "the same phrase in the other language", en.to_owned(), EN),
        ("read-korean-apart", "NFD, as some keyboards send it", apart, KO),
        ("read-capitals", "capitals", en.to_uppercase(), EN),
        ("read-wide", "full-width letters and spaces, as some keyboards send them", wide, EN),
        (
            "read-lines",
            "line ends, tabs, spaces around",
            format!("\n\t {}\r\n", en.replace(' ', "\r\n\t")),
            EN,
        ),
        (
            "read-white-spaces",
            "U+00A0, U+2003 and U+0085 are white space",
            format!("\u{a0}{}\u{85}", en.replace(' ', "\u{2003}")),
            EN,
        ),
    ];
    for (name, says, words, language) in cases {
        let gives = json!({ "phrase": hex(phrase.expose()), "language": language.code() });
        section.gives([name, says, "read"], &json!({ "words": words }), gives);
    }
}

fn not_seven(section: &mut Section, en: &str) {
    let cases = [
        ("none", "nothing typed", String::new()),
        ("white-space", "only white space", " \t\u{3000}\n".to_owned()),
        ("six", "one word forgotten", en.rsplit_once(' ').map_or("", |(six, _)| six).to_owned()),
        ("eight", "one word too many", format!("{en} zoo")),
        ("twice", "the phrase twice", format!("{en} {en}")),
        ("joined", "no spaces", en.replace(' ', "")),
        ("dashes", "other signs between", en.replace(' ', "-")),
        ("strange-and-six", "the count is looked at first", "x x x x x x".to_owned()),
    ];
    for (name, says, words) in cases {
        section.refuses([name, says, "read"], &json!({ "words": words }), Refusal::NotSevenWords);
    }
}

fn unknown(section: &mut Section, en: &str) {
    let at = |at: usize, word: &str| {
        let words = en.split(' ').enumerate();
        let words: Vec<&str> = words.map(|(i, hers)| if i == at { word } else { hers }).collect();
        words.join(" ")
    };
    let cases = [
        ("unknown-first", "a word of no list", 1, at(0, "waylight")),
        ("unknown-last", "a word of no list", 7, at(6, "waylight")),
        ("unknown-short", "four letters are not enough", 3, at(2, "aban")),
        ("unknown-comma", "a comma is not white space", 2, at(1, "abandon,")),
        ("unknown-digits", "its number is not the word", 5, at(4, "0")),
        ("unknown-invisible", "a joiner inside", 4, at(3, "aban\u{200d}don")),
        ("unknown-mark", "U+FEFF is not white space", 1, format!("\u{feff}{en}")),
        ("unknown-accent", "another letter", 6, at(5, "\u{e1}bandon")),
        ("unknown-korean", "a Korean word that is in no list", 2, at(1, "안심")),
        (
            "unknown-before-languages",
            "this is looked for before the languages",
            7,
            "가격 abandon abandon abandon abandon abandon waylight".to_owned(),
        ),
        (
            "unknown-two",
            "the first of two is named",
            3,
            "abandon abandon waylight abandon lantern abandon abandon".to_owned(),
        ),
    ];
    for (name, says, place, words) in cases {
        let refusal = Refusal::UnknownWord { place };
        section.refuses([name, says, "read"], &json!({ "words": words }), refusal);
    }
}
