//! Showing the passkey once more, before what is sensitive: a screen left open at a desk must not
//! be enough to pair a stranger's phone.

use super::Ceremony;
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Keeper,
    problem::Turned,
};
use axum::{Json, extract::State, http::StatusCode};
use store::{Failure, Passkey};
use webauthn_rs::prelude::PublicKeyCredential;
use wire::{
    problem::Problem,
    session::{PasskeyFinish, PasskeyStarted},
};

/// Begin: any passkey of the seat that is signed in will do, and no other.
#[utoipa::path(post, path = "/api/session/confirm/start", tag = "session",
    responses((status = 200, body = PasskeyStarted), (status = "4XX", body = Problem)))]
pub async fn start(State(app): State<App>, keeper: Keeper) -> Answer<PasskeyStarted> {
    let no = || Turned::SignInFailed;
    let webauthn = app.inner().webauthn.as_ref().ok_or_else(no)?;
    let kept = app.store().passkeys(keeper.person).await?;
    let passkeys: Vec<webauthn_rs::prelude::Passkey> =
        kept.iter().filter_map(|one| serde_json::from_str(&one.credential).ok()).collect();
    if passkeys.is_empty() {
        return Err(no());
    }
    let (challenge, state) =
        webauthn.start_passkey_authentication(&passkeys).map_err(|_why| no())?;
    let ceremony = App::random_token()?;
    let begun = Ceremony::Confirm(Box::new(state), keeper.session);
    app.inner().ceremonies.begin(ceremony.clone(), begun, app.now());
    let passkey = serde_json::to_value(&challenge.public_key).map_err(Failure::Unwritable)?;
    Ok(Json(PasskeyStarted { passkey, ceremony }))
}

/// The passkey answered: for some minutes what is sensitive is done without asking again.
#[utoipa::path(post, path = "/api/session/confirm/finish", tag = "session",
    request_body = PasskeyFinish,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn finish(
    State(app): State<App>,
    keeper: Keeper,
    Told(finish): Told<PasskeyFinish>,
) -> Result<StatusCode, Turned> {
    let now = app.now();
    let no = || Turned::SignInFailed;
    let taken = app.inner().ceremonies.take(&finish.ceremony, now);
    let Some(Ceremony::Confirm(state, session)) = taken else { return Err(no()) };
    if session != keeper.session {
        return Err(no());
    }
    let webauthn = app.inner().webauthn.as_ref().ok_or_else(no)?;
    let answer: PublicKeyCredential =
        serde_json::from_value(finish.credential).map_err(|_json| no())?;
    let result = webauthn.finish_passkey_authentication(&answer, &state).map_err(|_why| no())?;
    // Looked up again: it may have been taken from her while she reached for it.
    let kept = app.store().passkey(result.cred_id()).await?.ok_or_else(no)?;
    if kept.person != keeper.person {
        return Err(no());
    }
    let mut passkey: webauthn_rs::prelude::Passkey =
        serde_json::from_str(&kept.credential).map_err(|_json| no())?;
    passkey.update_credential(&result);
    let kept = Passkey {
        credential: serde_json::to_string(&passkey).map_err(Failure::Unwritable)?,
        used_at: Some(now),
        ..kept
    };
    app.store()
        .transact("session::confirm", async |tx| {
            tx.passkey_put(&kept).await?;
            tx.session_confirm(session, now).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
