//! How she names the person who harmed her, in one spelling: two that should be one must not be two.

mod handle;
mod person;
mod phone;
mod plate;

pub use handle::Platform;

use crate::Refusal;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What kind of thing an identifier is, with what she typed.
#[derive(Clone, Copy)]
pub enum Typed<'a> {
    /// A phone number, with or without its country.
    Phone(&'a str),
    /// A handle on a platform, or the address of its page.
    Handle(&'a Platform, &'a str),
    /// The plate of a Korean car.
    Plate(&'a str),
    /// A person by name, year of birth and workplace: all three, since a name is no one's alone.
    Person {
        /// The name.
        name: &'a str,
        /// Year of birth, 1900 to 2100.
        born: u16,
        /// Where the person works or studies.
        workplace: &'a str,
    },
}

/// An identifier in its one spelling. It has no `Debug`, and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier(Zeroizing<String>);

impl Identifier {
    /// Reads what she typed.
    ///
    /// # Errors
    /// The refusal of its kind: [`Refusal::NotAPhone`] and those after it.
    pub fn read(typed: Typed<'_>) -> Result<Self, Refusal> {
        let canonical = match typed {
            Typed::Phone(text) => phone::canonical(text)?,
            Typed::Handle(platform, text) => handle::canonical(platform, text)?,
            Typed::Plate(text) => plate::canonical(text)?,
            Typed::Person { name, born, workplace } => person::canonical(name, born, workplace)?,
        };
        Ok(Self(Zeroizing::new(canonical)))
    }

    /// The canonical text: for the blinding, and to show it to her.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// NFKC without white space and without these characters.
fn compact(text: &str, dropped: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !dropped.contains(*c)).collect()
}

/// NFKC, lower case, NFC.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().nfc().collect()
}

/// Whether it has so many characters.
fn has_length(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.chars().count())
}

#[cfg(test)]
mod tests;
