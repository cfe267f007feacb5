//! Matching: several who name the same person, found by counsel and nobody else
//! (`engine/matching/SPEC.md`). What goes between her browser, the city, the issuer and the holders; all
//! of it is bytes of one length, and none of it has a `Debug`.

use crate::{
    city::Bilingual,
    onestop::{Bytes, Exact},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/matching`: the houses, and whom an entry is closed for.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MatchingHouses {
    /// Who identifies her in person, and gives tokens.
    pub issuer: MatchingIssuer,
    /// Three holders, in the order of their numbers.
    pub holders: Vec<MatchingHolder>,
    /// Whom entries are closed for: 1,216 bytes.
    #[schema(value_type = String)]
    pub matcher_key: Bytes,
    /// Two of counsel, in their order.
    pub counsel: Vec<MatchingCounsel>,
}

/// The issuer, as she finds it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MatchingIssuer {
    /// What it is called.
    pub name: Bilingual,
    /// Where she is identified.
    #[serde(rename = "where")]
    pub place: Bilingual,
    /// When somebody is there.
    pub hours: Bilingual,
    /// A number to call before.
    pub phone: String,
    /// Where its service answers.
    pub origin: String,
    /// The key of tokens to ask with.
    #[schema(value_type = String)]
    pub ask_key: Exact<32>,
    /// The key of tokens to leave an entry with.
    #[schema(value_type = String)]
    pub leave_key: Exact<32>,
}

/// A holder.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MatchingHolder {
    /// 1, 2 or 3.
    pub number: u8,
    /// What the house is called.
    pub name: Bilingual,
    /// Where its service answers.
    pub origin: String,
    /// Its public key.
    #[schema(value_type = String)]
    pub key: Exact<32>,
}

/// One of counsel.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MatchingCounsel {
    /// What the house is called.
    pub name: Bilingual,
    /// 1,216 bytes.
    #[schema(value_type = String)]
    pub key: Bytes,
}

/// `POST /api/onestop/matching/entry`: leave an entry.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LeaveEntry {
    /// What it is called: random, drawn by her.
    #[schema(value_type = String)]
    pub number: Exact<16>,
    /// Of the token that takes it back.
    #[schema(value_type = String)]
    pub withdrawal_hash: Exact<32>,
    /// 4,593 bytes.
    #[schema(value_type = String)]
    pub entry: Bytes,
    /// A token to leave it with.
    #[schema(value_type = String)]
    pub spending: Exact<64>,
}

/// Nothing is said about an entry but that it is kept.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EntryLeft {}

/// `POST /api/onestop/matching/withdraw`: take it back.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TakeEntryBack {
    /// The token she kept.
    #[schema(value_type = String)]
    pub withdrawal: Exact<32>,
}

/// `POST /v1/tokens` at the issuer: tokens for a code, blind.
#[derive(Clone, Serialize, Deserialize)]
pub struct AskTokens {
    /// The code, as she typed it.
    pub code: String,
    /// A blinded token to ask the holders with.
    pub ask: Exact<32>,
    /// A blinded token to leave an entry with.
    pub leave: Exact<32>,
}

/// What the issuer gives for a code.
#[derive(Clone, Serialize, Deserialize)]
pub struct TokensGiven {
    /// What makes her one person, however often she files.
    pub person: Exact<32>,
    /// Element and proof.
    pub ask: Exact<96>,
    /// Element and proof.
    pub leave: Exact<96>,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// To ask the holders.
    Ask,
    /// To leave an entry.
    Leave,
}

/// `POST /v1/redeem` at the issuer, by a holder or by the web server.
#[derive(Clone, Serialize, Deserialize)]
pub struct RedeemToken {
    /// What the token is for.
    pub kind: TokenKind,
    /// The token.
    pub spending: Exact<64>,
    /// What it is spent on.
    pub question: Exact<32>,
}

/// The issuer took it.
#[derive(Clone, Serialize, Deserialize)]
pub struct TokenRedeemed {
    /// Signed by the issuer for this kind and question.
    pub receipt: Exact<64>,
}

/// `POST /v1/answer` at a holder.
#[derive(Clone, Serialize, Deserialize)]
pub struct AskHolder {
    /// The blinded question.
    pub blinded: Exact<32>,
    /// A token to ask with, spent on it.
    pub spending: Exact<64>,
}

/// What a holder answers.
#[derive(Clone, Serialize, Deserialize)]
pub struct HolderAnswered {
    /// Number, element and proof.
    pub answer: Exact<97>,
}
