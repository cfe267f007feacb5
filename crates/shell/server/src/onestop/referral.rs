//! Referrals: letters from one center to another, that end with a token. Only the two centers are
//! told of one; for every other there is none.

use super::{
    letters::{self, known, last},
    state::team_of,
};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::{Action, Caseworker},
    pack::Service,
    problem::Turned,
};
use ::onestop::{
    Author, Receipt, Refusal,
    referral::{Arrived, KeptLetter, Moving, Opening, Purpose, Receiver, move_side},
    rules::kept_time,
};
use access::What;
use axum::{Json, extract::State, http::StatusCode};
use kernel::Id;
use seal::{
    id::{DeviceId, ReferralId, TeamId},
    letter::{LetterWraps, Side},
};
use store::{Failure, LetterMove, SealedLetter, SealedReferral};
use wire::{
    onestop::{EndReferral, MoveLetters, Received, Referrals, SendReferral, WriteLetter},
    problem::Problem,
};

/// Send a referral. The same again is one referral.
#[utoipa::path(post, path = "/api/onestop/referral", tag = "onestop", request_body = SendReferral,
    responses((status = 201, body = Received), (status = 200, body = Received),
        (status = "4XX", body = Problem)))]
pub async fn send(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<SendReferral>,
) -> Result<(StatusCode, Json<Received>), Turned> {
    app.may_refer(&worker)?;
    let device = DeviceId(asked.device.0);
    let (_, key) = app.own_device(&worker, device).await?;
    let (sender, receiver) = (team_of(worker.center), TeamId(asked.to.0));
    let purpose = Purpose::of_number(asked.purpose)?;
    let arrived = read(asked.referral.0, asked.letter)?;
    // Which receiver there is comes before what is signed for it: no center, no letter.
    let counts = app.receiver(receiver)?;
    if sender == receiver {
        return Err(Refusal::ReferralToItself.into());
    }
    arrived.is_signed_by((sender, receiver), &key)?;
    let letter = arrived.letter(device);
    let opening = Opening { purpose, sender, receiver, end_hash: asked.end_hash.0, letter };
    let (id, hour) = (asked.referral.0, kept_time(app.now()));
    let (receipt, received_at) = app
        .store()
        .transact("onestop::referral", async |tx| {
            let kept = tx.referral(&id).await?;
            let letters = tx.letters(&id).await?;
            let first = letters.first().map(last);
            let before = kept.as_ref().map(known).transpose()?;
            let before = before.as_ref().map(|known| (known, first.as_ref()));
            let receipt = opening.send(before, counts)?;
            if let (Receipt::Same, Some(kept)) = (receipt, &kept) {
                return Ok::<_, Turned>((receipt, kept.sent_at));
            }
            tx.referral_put(&SealedReferral {
                id,
                purpose: purpose.number(),
                sender: sender.0,
                receiver: receiver.0,
                end_hash: opening.end_hash,
                sent_at: hour,
                answered_at: None,
                ended_at: None,
            })
            .await?;
            tx.letter_put(&id, &sealed(&arrived, device, hour)).await?;
            Ok((receipt, hour))
        })
        .await?;
    let status = match receipt {
        Receipt::New => StatusCode::CREATED,
        Receipt::Same => StatusCode::OK,
    };
    Ok((status, Json(Received { received_at })))
}

/// Write one more letter, as either center of a referral.
#[utoipa::path(post, path = "/api/onestop/referral/write", tag = "onestop",
    request_body = WriteLetter,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn write(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<WriteLetter>,
) -> Answer<Received> {
    app.may_refer(&worker)?;
    let device = DeviceId(asked.device.0);
    let (_, key) = app.own_device(&worker, device).await?;
    let (team, id, now) = (team_of(worker.center), asked.referral.0, app.now());
    let arrived = read(id, asked.letter)?;
    let (letter, hour) = (arrived.letter(device), kept_time(now));
    let received_at = app
        .store()
        .transact("onestop::letter", async |tx| {
            let known = known(&tx.referral(&id).await?.ok_or(Turned::NoSuchThing)?)?;
            let side = known.side(team).ok_or(Turned::NoSuchThing)?;
            let letters = tx.letters(&id).await?;
            let at = letters.iter().find(|one| one.number == letter.number);
            let newest = letters.last().map_or(0, |one| one.number);
            let before = at.map(last);
            let hours = app.pack().onestop.referral_answer_hours;
            let receipt = known.write(&letter, (before.as_ref(), newest), (now, hours))?;
            arrived.is_signed_by((known.sender, known.receiver), &key)?;
            if let (Receipt::Same, Some(at)) = (receipt, at) {
                return Ok::<_, Turned>(at.written_at);
            }
            tx.letter_put(&id, &sealed(&arrived, device, hour)).await?;
            if side == Side::Receiver {
                tx.referral_answered(&id, hour).await?;
            }
            Ok(hour)
        })
        .await?;
    Ok(Json(Received { received_at }))
}

/// End a referral, by whoever has its token. No cookie is looked at, and the answer says nothing.
#[utoipa::path(post, path = "/api/onestop/referral/end", tag = "onestop",
    request_body = EndReferral,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn end(
    State(app): State<App>,
    Told(asked): Told<EndReferral>,
) -> Result<StatusCode, Turned> {
    let (id, hour) = (asked.referral.0, kept_time(app.now()));
    // Whoever guesses holds nobody up: only who has the token gets as far as writing. What it fits
    // never changes.
    let kept = app.store().referral(&id).await?.as_ref().map(known).transpose()?;
    if kept.is_some_and(|known| known.is_ended_by(&asked.token.0)) {
        let end = app
            .store()
            .transact("onestop::referral_end", async |tx| tx.referral_end(&id, hour).await);
        end.await?;
        app.scrubbed().await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Move the center's wraps of a referral to its next key.
#[utoipa::path(post, path = "/api/onestop/referral/move", tag = "onestop",
    request_body = MoveLetters,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn move_on(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<MoveLetters>,
) -> Answer<Received> {
    app.may_refer(&worker)?;
    let device = DeviceId(asked.device.0);
    let (author, key) = app.own_device(&worker, device).await?;
    let (team, id) = (team_of(worker.center), asked.referral.0);
    let moving = moving(asked)?;
    app.store()
        .transact("onestop::letters_move", async |tx| {
            let known = known(&tx.referral(&id).await?.ok_or(Turned::NoSuchThing)?)?;
            let side = known.side(team).ok_or(Turned::NoSuchThing)?;
            let letters = tx.letters(&id).await?;
            let kept: Result<Vec<_>, Failure> = letters.iter().map(wrapped).collect();
            let kept = kept?;
            let receipts = move_side(ReferralId(id), side, &kept, &moving, &key)?;
            for (one, receipt) in moving.iter().zip(receipts) {
                let before = kept.iter().find(|kept| kept.number == one.number);
                let (Receipt::New, Some(before), Author::Device(by)) = (receipt, before, author)
                else {
                    continue;
                };
                let moved = LetterMove {
                    number: one.number,
                    wraps_before: before.wraps.hash(),
                    device: by.0,
                    signature: one.signature.clone(),
                };
                tx.letter_rewrap(&id, &moved, one.wraps.joined()).await?;
            }
            Ok::<_, Turned>(())
        })
        .await?;
    app.scrubbed().await;
    Ok(Json(Received { received_at: kept_time(app.now()) }))
}

/// What the own center sent and got.
#[utoipa::path(get, path = "/api/onestop/referrals", tag = "onestop",
    responses((status = 200, body = Referrals), (status = "4XX", body = Problem)))]
pub async fn list(State(app): State<App>, worker: Caseworker) -> Answer<Referrals> {
    app.may_refer(&worker)?;
    let (sent, received) = app.store().referrals(&team_of(worker.center).0).await?;
    let (now, hours) = (app.now(), app.pack().onestop.referral_answer_hours);
    let shown = |side: Side| {
        move |one: store::WholeReferral| {
            let known = known(&one.referral)?;
            Ok::<_, Failure>(letters::referral(one, &known, side, (now, hours)))
        }
    };
    let sent: Result<Vec<_>, _> = sent.into_iter().map(shown(Side::Sender)).collect();
    let received: Result<Vec<_>, _> = received.into_iter().map(shown(Side::Receiver)).collect();
    Ok(Json(Referrals { sent: sent?, received: received?, answer_hours: hours }))
}

fn read(referral: [u8; 16], sent: wire::onestop::ReferralLetter) -> Result<Arrived, Turned> {
    let at = (ReferralId(referral), sent.number);
    Ok(Arrived::read(at, sent.closed.0, &sent.wraps, sent.signature.0)?)
}

fn moving(asked: MoveLetters) -> Result<Vec<Moving>, Turned> {
    let read = |one: wire::onestop::LetterMoved| {
        let wraps = LetterWraps::of(&one.wraps).map_err(Refusal::Seal)?;
        Ok(Moving { number: one.number, wraps, signature: one.signature.0 })
    };
    asked.moved.into_iter().map(read).collect()
}

fn wrapped(one: &SealedLetter) -> Result<KeptLetter, Failure> {
    // What was taken reads.
    let wraps = LetterWraps::of_joined(&one.wraps).map_err(|_changed| Failure::Sealed)?;
    Ok(KeptLetter { number: one.number, closed_hash: one.closed_hash, wraps })
}

fn sealed(arrived: &Arrived, device: DeviceId, hour: kernel::Instant) -> SealedLetter {
    SealedLetter {
        number: arrived.place.number.get(),
        closed: arrived.closed.clone(),
        closed_hash: arrived.closed_hash,
        wraps: arrived.wraps.joined().to_vec(),
        device: device.0,
        signature: arrived.signature.clone(),
        written_at: hour,
    }
}

impl App {
    /// Whether somebody may write and read letters for her center.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(super) fn may_refer(&self, worker: &Caseworker) -> Result<(), Turned> {
        self.may(&worker.into(), Action::OnestopRefer, &What::Center(worker.center))
    }

    /// Whether a center helps or counts.
    fn receiver(&self, team: TeamId) -> Result<Receiver, Turned> {
        let center = self.pack().center(Id::from_bits(u128::from_be_bytes(team.0)));
        match center.ok_or(Turned::NoSuchThing)?.service {
            Service::Figures => Ok(Receiver::Counts),
            _ => Ok(Receiver::Helps),
        }
    }
}
