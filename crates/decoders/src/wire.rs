//! Bytes as text, and the bodies of one-stop's routes.

use crate::cut::Cut;
use serde::{Serialize, de::DeserializeOwned};
use wire::matching::{
    AskHolder, AskTokens, HolderAnswered, LeaveEntry, MatchingHouses, RedeemToken, TakeEntryBack,
    TokenRedeemed, TokensGiven,
};
use wire::onestop::{
    AnswerKnock, BeginFile, BeginOwnFile, BringBack, Bytes, CustodyFound, DeleteCase,
    DeleteOwnFiles, EndReferral, Exact, FindCase, FindCustody, FindOwnCustody, GetOwnPart, GetPart,
    HeadToWitness, MakeShares, MoveCase, MoveLetters, NewDevice, NewTeamKey, NoteCustody, NoteOwn,
    Proof, Report, ReserveRelease, SayService, SendOwnPart, SendPart, SendReferral, ShareTeamKey,
    WithdrawConsent, WitnessHead, WriteCase, WriteLetter, WriteMailbox,
};

/// base64url without padding, as one text of JSON.
pub fn text(bytes: &[u8]) {
    let spelled = serde_json::from_slice::<String>(bytes).ok();
    let read = serde_json::from_slice::<Bytes>(bytes).ok();
    let exact = serde_json::from_slice::<Exact<32>>(bytes).ok();
    assert_eq!(exact.is_some(), read.as_ref().is_some_and(|read| read.0.len() == 32));
    if let Some(read) = read {
        let again = serde_json::to_value(&read).ok();
        let again = again.as_ref().and_then(serde_json::Value::as_str);
        assert_eq!(again, spelled.as_deref(), "one byte string has one spelling");
        let text = serde_json::to_vec(&read).unwrap_or_default();
        assert!(serde_json::from_slice::<Bytes>(&text).is_ok_and(|again| again == read));
    }
}

/// What is read is written so that it reads the same.
fn body<T: Serialize + DeserializeOwned>(text: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(text) else { return };
    let written = serde_json::to_vec(&read).unwrap_or_default();
    let again = serde_json::from_slice::<T>(&written);
    let again = again.ok().and_then(|again| serde_json::to_vec(&again).ok());
    assert!(again.as_ref() == Some(&written), "one body has one form");
}

/// Every body that a route of one-stop, a witness or who verifies the custody log reads.
pub(crate) const BODIES: &[fn(&[u8])] = &[
    body::<Report>,
    body::<Proof>,
    body::<WriteMailbox>,
    body::<WithdrawConsent>,
    body::<DeleteCase>,
    body::<AnswerKnock>,
    body::<FindCase>,
    body::<WriteCase>,
    body::<MoveCase>,
    body::<NewDevice>,
    body::<NewTeamKey>,
    body::<ShareTeamKey>,
    body::<MakeShares>,
    body::<BringBack>,
    body::<SendReferral>,
    body::<WriteLetter>,
    body::<EndReferral>,
    body::<MoveLetters>,
    body::<BeginOwnFile>,
    body::<SendOwnPart>,
    body::<GetOwnPart>,
    body::<DeleteOwnFiles>,
    body::<NoteOwn>,
    body::<FindOwnCustody>,
    body::<BeginFile>,
    body::<SendPart>,
    body::<GetPart>,
    body::<NoteCustody>,
    body::<FindCustody>,
    body::<CustodyFound>,
    body::<ReserveRelease>,
    body::<SayService>,
    body::<WitnessHead>,
    body::<HeadToWitness>,
    body::<AskTokens>,
    body::<TokensGiven>,
    body::<RedeemToken>,
    body::<TokenRedeemed>,
    body::<AskHolder>,
    body::<HolderAnswered>,
    body::<LeaveEntry>,
    body::<TakeEntryBack>,
    body::<MatchingHouses>,
];

/// A body: the first byte says which.
pub fn bodies(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let which = usize::from(cut.u8()) % BODIES.len();
    if let Some(read) = BODIES.get(which) {
        read(cut.rest());
    }
}
