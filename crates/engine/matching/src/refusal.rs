//! Why something is not opened, taken or made. There is no other outcome than this or right bytes.

use std::fmt;

/// Declares the refusals with their stable names.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// A refusal. It carries no identifier, no key and no contact.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Refusal {
            $($(#[$doc])* $name,)*
        }

        impl Refusal {
            /// Every refusal, in the order of SPEC.md §8.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name, the same in the browser.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

refusals! {
    /// No phone number.
    NotAPhone = "not_a_phone",
    /// No handle of that platform.
    NotAHandle = "not_a_handle",
    /// No plate of a Korean car.
    NotAPlate = "not_a_plate",
    /// No name of a person.
    NotAName = "not_a_name",
    /// No year of birth.
    NotAYear = "not_a_year",
    /// No workplace.
    NotAWorkplace = "not_a_workplace",
    /// Not the bytes of that form, or a value outside its range.
    FormBroken = "form_broken",
    /// Not the canonical bytes of an element of the group.
    ElementBroken = "element_broken",
    /// The one element that says nothing.
    IdentityElement = "identity_element",
    /// Not the canonical bytes of a scalar, or zero.
    ScalarBroken = "scalar_broken",
    /// A key that is no such thing.
    KeyNotWhole = "key_not_whole",
    /// No such holder, or not each other holder once.
    HolderUnknown = "holder_unknown",
    /// Three public keys that are not of one key.
    HoldersDoNotFit = "holders_do_not_fit",
    /// A holder that does not prove to know what it committed to.
    CeremonyProofWrong = "ceremony_proof_wrong",
    /// The holders did not hear the same words.
    CeremonyDisagrees = "ceremony_disagrees",
    /// Fewer than two holders answered.
    TooFewAnswers = "too_few_answers",
    /// Two answers of one holder.
    SameHolderTwice = "same_holder_twice",
    /// The answer was not made with the key it is claimed for.
    ProofWrong = "proof_wrong",
    /// A number of people that is not 2, 3 or 5.
    LevelUnknown = "level_unknown",
    /// Fewer shares than people are needed.
    TooFewShares = "too_few_shares",
    /// One person's share given as two.
    SameShareTwice = "same_share_twice",
    /// A share that does not fit its commitments.
    ShareWrong = "share_wrong",
    /// Shares of different polynomials.
    SharesDoNotFit = "shares_do_not_fit",
    /// More than a contact holds.
    TooLong = "too_long",
    /// It opened, and what is inside is not padded as it must be.
    PaddingBroken = "padding_broken",
    /// Not closed for this key, use and number, or changed.
    NotForYou = "not_for_you",
    /// Two entries of one number.
    EntryTwice = "entry_twice",
    /// An entry whose contact its own share does not open.
    ContactDoesNotOpen = "contact_does_not_open",
    /// This person had all tokens of these ninety days.
    NoTokensLeft = "no_tokens_left",
    /// Not a token, or not for this question.
    TokenWrong = "token_wrong",
    /// The token was spent on another question.
    TokenUsed = "token_used",
    /// The holder has answered as often as it may in an hour.
    TooManyThisHour = "too_many_this_hour",
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests;
