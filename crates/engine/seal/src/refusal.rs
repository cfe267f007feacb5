//! Why something is not opened, taken or made. There is no other outcome than this or right bytes.

use std::fmt;

/// A refusal. It carries no content, no keys and no words; the place of an unknown word at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// Not seven words between the white space.
    NotSevenWords,
    /// A word of neither list.
    UnknownWord {
        /// Which of the seven, from 1; the first there is.
        place: u8,
    },
    /// Words of both lists.
    TwoLanguages,
    /// Seven words of one list whose check bits do not fit: one of them is another.
    WordsDoNotFit,
    /// More content than a compartment or a file holds.
    TooLong,
    /// It opened, and what is inside is not padded as it must be.
    PaddingBroken,
    /// Another case, kind, version or key, or changed bytes.
    NotForThisPlace,
    /// A version lower than one that was seen before.
    OlderThanSeen,
    /// A compartment has one wrap for each of eight columns.
    WrapsNotEight,
    /// A wrap has 1,168 bytes.
    WrapNotWhole,
    /// No wrap opens: not this reader, changed bytes, another place or another consent.
    NotForYou,
    /// A key that is no such thing.
    KeyNotWhole,
    /// Not the bytes of that form, or a value outside its range.
    FormBroken,
    /// Figures without the purpose of figures.
    PurposeMissing,
    /// Not signed by that key, or not what was signed.
    SignatureWrong,
    /// The entry is not in the tree of that head.
    EntryNotIncluded,
    /// The log did not sign this head.
    HeadNotSigned,
    /// Fewer than two known witnesses signed this head.
    TooFewWitnesses,
    /// A head older than one that was used.
    HeadOlder,
    /// The log shows two histories.
    HeadsDisagree,
    /// The head is more than 72 hours old, or more than 10 minutes ahead.
    HeadTooOld,
    /// The entry is not valid yet, or no more.
    EntryNotValidNow,
    /// Fewer than two shares.
    TooFewShares,
    /// The same share given as two.
    SameShareTwice,
    /// Shares of another team or epoch, or a changed one.
    SharesDoNotFit,
    /// A part of a file that is missing, exchanged, cut or changed.
    PartBroken,
}

impl Refusal {
    /// Every refusal, in the order of SPEC.md §12.
    pub const ALL: [Self; 26] = [
        Self::NotSevenWords,
        Self::UnknownWord { place: 1 },
        Self::TwoLanguages,
        Self::WordsDoNotFit,
        Self::TooLong,
        Self::PaddingBroken,
        Self::NotForThisPlace,
        Self::OlderThanSeen,
        Self::WrapsNotEight,
        Self::WrapNotWhole,
        Self::NotForYou,
        Self::KeyNotWhole,
        Self::FormBroken,
        Self::PurposeMissing,
        Self::SignatureWrong,
        Self::EntryNotIncluded,
        Self::HeadNotSigned,
        Self::TooFewWitnesses,
        Self::HeadOlder,
        Self::HeadsDisagree,
        Self::HeadTooOld,
        Self::EntryNotValidNow,
        Self::TooFewShares,
        Self::SameShareTwice,
        Self::SharesDoNotFit,
        Self::PartBroken,
    ];

    /// The stable name, the same in the browser.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSevenWords => "not_seven_words",
            Self::UnknownWord { .. } => "unknown_word",
            Self::TwoLanguages => "two_languages",
            Self::WordsDoNotFit => "words_do_not_fit",
            Self::TooLong => "too_long",
            Self::PaddingBroken => "padding_broken",
            Self::NotForThisPlace => "not_for_this_place",
            Self::OlderThanSeen => "older_than_seen",
            Self::WrapsNotEight => "wraps_not_eight",
            Self::WrapNotWhole => "wrap_not_whole",
            Self::NotForYou => "not_for_you",
            Self::KeyNotWhole => "key_not_whole",
            Self::FormBroken => "form_broken",
            Self::PurposeMissing => "purpose_missing",
            Self::SignatureWrong => "signature_wrong",
            Self::EntryNotIncluded => "entry_not_included",
            Self::HeadNotSigned => "head_not_signed",
            Self::TooFewWitnesses => "too_few_witnesses",
            Self::HeadOlder => "head_older",
            Self::HeadsDisagree => "heads_disagree",
            Self::HeadTooOld => "head_too_old",
            Self::EntryNotValidNow => "entry_not_valid_now",
            Self::TooFewShares => "too_few_shares",
            Self::SameShareTwice => "same_share_twice",
            Self::SharesDoNotFit => "shares_do_not_fit",
            Self::PartBroken => "part_broken",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests;
