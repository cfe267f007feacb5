//! Referrals: letters between two centers, closed for both. The server sees who, when and what for;
//! whose case it is and what is asked stand in the letters.

use super::{Bytes, Exact, MoveMade};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A letter on its way.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ReferralLetter {
    /// From 1, both sides' together.
    pub number: u32,
    /// The ciphertext.
    #[schema(value_type = String)]
    pub closed: Bytes,
    /// Two: the sender's, then the receiver's.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// Label `letter-written`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// `POST /api/onestop/referral`: a new referral with its first letter. The same again is the same.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SendReferral {
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Its number, drawn for it; never a case's.
    #[schema(value_type = String)]
    pub referral: Exact<16>,
    /// 1 help at another center, 2 what the law asks to be told, 3 a line for the figures.
    pub purpose: u8,
    /// To which center.
    #[schema(value_type = String)]
    pub to: Exact<16>,
    /// SHA-256 of the token that ends it.
    #[schema(value_type = String)]
    pub end_hash: Exact<32>,
    /// The first letter.
    pub letter: ReferralLetter,
}

/// `POST /api/onestop/referral/write`: one more letter, from either side. The receiver's first is its
/// answer; after the hours of the pack none is taken any more.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WriteLetter {
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Which referral.
    #[schema(value_type = String)]
    pub referral: Exact<16>,
    /// The letter.
    pub letter: ReferralLetter,
}

/// `POST /api/onestop/referral/end`: by whoever has its token. The answer is the same whether there
/// is such a referral or not.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct EndReferral {
    /// Which.
    #[schema(value_type = String)]
    pub referral: Exact<16>,
    /// The token.
    #[schema(value_type = String)]
    pub token: Exact<32>,
}

/// Other wraps for a letter that is kept: one's own side's.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LetterMoved {
    /// Of which letter.
    pub number: u32,
    /// Two, one of them as before.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// Label `letter-moved`.
    #[schema(value_type = String)]
    pub signature: Bytes,
}

/// `POST /api/onestop/referral/move`: the center's wraps of one referral, closed for its next key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MoveLetters {
    /// One's own device, which signed.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Which referral.
    #[schema(value_type = String)]
    pub referral: Exact<16>,
    /// What was moved.
    pub moved: Vec<LetterMoved>,
}

/// Where a referral stands, as far as the server can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReferralState {
    /// The receiver has not written.
    Waiting,
    /// It was not answered in time.
    WentBack,
    /// The receiver has written: what, stands in its letter.
    Answered,
    /// She or the sender has ended it: its letters are gone.
    Ended,
}

/// A letter as it is kept.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct KeptLetter {
    /// From 1.
    pub number: u32,
    /// The ciphertext.
    #[schema(value_type = String)]
    pub closed: Bytes,
    /// Two, as they are now.
    #[schema(value_type = Vec<String>)]
    pub wraps: Vec<Bytes>,
    /// The device that wrote it.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Label `letter-written`.
    #[schema(value_type = String)]
    pub signature: Bytes,
    /// The full hour.
    #[schema(value_type = i64)]
    pub written_at: Instant,
    /// How its wraps became what they are, the first first.
    pub moves: Vec<MoveMade>,
}

/// A referral, to either of its two centers.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Referral {
    /// Its number.
    #[schema(value_type = String)]
    pub referral: Exact<16>,
    /// 1 to 3.
    pub purpose: u8,
    /// Who sent it.
    #[schema(value_type = String)]
    pub from: Exact<16>,
    /// To whom.
    #[schema(value_type = String)]
    pub to: Exact<16>,
    /// Where it stands.
    pub state: ReferralState,
    /// The full hour it came in.
    #[schema(value_type = i64)]
    pub sent_at: Instant,
    /// When it goes back unanswered, or went; null for what does not go back.
    #[schema(value_type = Option<i64>)]
    pub goes_back_at: Option<Instant>,
    /// The full hour of the receiver's first letter.
    #[schema(value_type = Option<i64>)]
    pub answered_at: Option<Instant>,
    /// The full hour it was ended.
    #[schema(value_type = Option<i64>)]
    pub ended_at: Option<Instant>,
    /// In their order. None once it has ended, and none for a receiver once it went back.
    pub letters: Vec<KeptLetter>,
}

/// `GET /api/onestop/referrals`: the center's, each list with the newest first.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Referrals {
    /// Those it sent.
    pub sent: Vec<Referral>,
    /// Those it got.
    pub received: Vec<Referral>,
    /// Hours within which one is answered.
    pub answer_hours: u16,
}
