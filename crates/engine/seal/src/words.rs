//! Seven words: 70 random bits and 7 check bits, spelled in Korean or English.

use crate::{Refusal, form::Form};
use rand_core::CryptoRng;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// How many words there are.
pub const WORDS: usize = 7;
/// Bits of a word: its place in a list of 2,048.
const WORD_BITS: usize = 11;

/// In which of the two lists the numbers are spelled. The same numbers are the same phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The Korean list of BIP39.
    Korean,
    /// The English list of BIP39.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Korean, Self::English];

    /// The two letters forms and pages name it by: `ko`, `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    /// The language of two letters.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    const fn list(self) -> bip39::Language {
        match self {
            Self::Korean => bip39::Language::Korean,
            Self::English => bip39::Language::English,
        }
    }
}

/// What seven words spell. It has no `Debug` and is wiped when dropped: it opens everything.
#[derive(Clone)]
pub struct Phrase(Zeroizing<[u8; 10]>);

impl Phrase {
    /// A new phrase, from 9 random bytes of which the first 70 bits count.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut entropy = Zeroizing::new([0; 9]);
        rng.fill_bytes(&mut *entropy);
        Self::of(&entropy)
    }

    /// The phrase of 70 bits: the first of 9 bytes, the last two bits do not count.
    fn of(entropy: &[u8; 9]) -> Self {
        let mut phrase = Zeroizing::new([0; 10]);
        let [.., last, check] = &mut *phrase;
        let [.., entropy_last] = entropy;
        let bits = entropy_last & 0b1111_1100;
        let sum = check_bits(entropy);
        // Two check bits fill the ninth byte, five stand at the top of the tenth.
        *last = bits | (sum >> 5);
        *check = sum << 3;
        for (to, from) in phrase.iter_mut().zip(entropy).take(8) {
            *to = *from;
        }
        Self(phrase)
    }

    /// Reads what somebody typed: any white space, any spelling of the same letters, upper or
    /// lower case, Korean or English.
    ///
    /// # Errors
    /// [`Refusal::NotSevenWords`], [`Refusal::UnknownWord`], [`Refusal::TwoLanguages`],
    /// [`Refusal::WordsDoNotFit`], looked for in this order.
    pub fn read(text: &str) -> Result<(Self, Language), Refusal> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let words: [&str; WORDS] = words.try_into().map_err(|_count| Refusal::NotSevenWords)?;
        let mut numbers = Zeroizing::new([0_u16; WORDS]);
        let mut languages = [Language::English; WORDS];
        let slots = numbers.iter_mut().zip(&mut languages);
        for ((word, (number, language)), place) in words.into_iter().zip(slots).zip(1..) {
            (*number, *language) = look_up(word).ok_or(Refusal::UnknownWord { place })?;
        }
        let [first, rest @ ..] = languages;
        if rest.into_iter().any(|language| language != first) {
            return Err(Refusal::TwoLanguages);
        }
        Self::of_numbers(&numbers).map(|phrase| (phrase, first))
    }

    /// The phrase of seven numbers of 11 bits.
    fn of_numbers(numbers: &[u16; WORDS]) -> Result<Self, Refusal> {
        let mut phrase = Zeroizing::new([0_u8; 10]);
        for at in 0..WORDS * WORD_BITS {
            let number = numbers.get(at / WORD_BITS).copied().unwrap_or_default();
            let bit = (number >> (WORD_BITS - 1 - at % WORD_BITS)) & 1;
            if let Some(byte) = phrase.get_mut(at / 8) {
                *byte |= (bit as u8) << (7 - at % 8);
            }
        }
        let [entropy @ .., _check] = &*phrase;
        let again = Self::of(entropy);
        if *again.0 == *phrase { Ok(again) } else { Err(Refusal::WordsDoNotFit) }
    }

    /// The seven words, each in NFC, to be shown to her and to nobody else.
    pub fn words(&self, language: Language) -> [Zeroizing<String>; WORDS] {
        std::array::from_fn(|at| {
            let word = language.list().word_list().get(usize::from(self.number(at)));
            Zeroizing::new(word.map(|word| word.nfc().collect()).unwrap_or_default())
        })
    }

    /// The words with a space between.
    pub fn text(&self, language: Language) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for word in self.words(language) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word);
        }
        text
    }

    /// The number of the word at a place from 0.
    fn number(&self, at: usize) -> u16 {
        (at * WORD_BITS..(at + 1) * WORD_BITS).fold(0, |number, bit| {
            let byte = self.0.get(bit / 8).copied().unwrap_or_default();
            number << 1 | u16::from(byte >> (7 - bit % 8) & 1)
        })
    }

    /// The phrase in bytes: 77 bits and three zeros.
    pub fn expose(&self) -> &[u8; 10] {
        &self.0
    }
}

/// The number of a word and the list it is of. The lists are in NFKD and lower case.
fn look_up(word: &str) -> Option<(u16, Language)> {
    let letters = Zeroizing::new(word.nfkd().collect::<String>());
    let letters = Zeroizing::new(letters.to_lowercase());
    Language::ALL
        .into_iter()
        .find_map(|language| Some((language.list().find_word(&letters)?, language)))
}

/// Seven bits by which a mistyped word is noticed without asking a server.
fn check_bits(entropy: &[u8; 9]) -> u8 {
    let [first @ .., last] = entropy;
    let form = Form::labelled("words").bytes(first).u8(last & 0b1111_1100);
    let [top, ..] = form.hash();
    top >> 1
}

#[cfg(test)]
mod tests;
