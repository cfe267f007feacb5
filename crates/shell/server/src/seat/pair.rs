//! One-time codes: how one more device is paired with a seat, or one more passkey made for it.

use super::{note, note_opened};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named},
    auth::{Action, Keeper, Seat, keyed},
    problem::Turned,
    roster::CODE_KEPT,
};
use access::seat::Command;
use axum::{Json, extract::State};
use kernel::{Id, Secret, id};
use store::{Context, Key};
use wire::{problem::Problem, seat::SeatCode};

/// Make a code. What is signed in stays so; to replace a lost phone, end it as well.
#[utoipa::path(post, path = "/api/seats/{id}/pair", tag = "seat",
    params(("id" = String, Path)),
    responses((status = 200, body = SeatCode), (status = "4XX", body = Problem)))]
pub async fn pair(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Named(seat): Named<id::Person>,
) -> Answer<SeatCode> {
    let seat = app.seat_for(&keeper, Action::SeatPair, seat)?;
    keeper.confirmed(&app)?;
    let key = key.within(&keeper.audience(), &());
    let now = app.now();
    let context = Context::new(keeper.actor(), now).in_district(seat.district.clone()).keyed(key);
    let code = app.code_of(seat.id, &key);
    app.once_for_seat("seat::pair", &key, seat.id, async |tx| {
        note_opened(tx, &seat, &context).await?;
        note(tx, seat.id, Command::MakeCode, &context).await?;
        Ok(tx.enrolment_put(&typed(&code), seat.id, now + CODE_KEPT).await?)
    })
    .await?;
    app.told_code(&seat, code).await.map(Json)
}

/// The code as it is kept: however it is typed, it is the same.
pub(super) fn typed(code: &str) -> Secret<String> {
    Secret::new(crate::session::normal(code))
}

impl App {
    /// The code a request made. A retry is told the same one, and it is kept nowhere but as a hash:
    /// it is made from the request's key under a secret of the server's. 130 bits.
    pub(crate) fn code_of(&self, seat: Id<id::Person>, key: &Key) -> String {
        let parts = [b"code".as_slice(), &seat.bits().to_be_bytes(), &key.hash()];
        let tag = keyed::tag(self.request_key(), &parts);
        let mut bits = [0_u8; 16];
        bits.copy_from_slice(&tag[..16]);
        let letters = Id::<id::Session>::from_bits(u128::from_be_bytes(bits)).to_string();
        letters.split_once('_').map_or(letters.clone(), |(_, letters)| letters.to_owned())
    }

    /// What is told of a code that was made for a seat.
    pub(super) async fn told_code(&self, seat: &Seat, code: String) -> Result<SeatCode, Turned> {
        let waiting = self.store().codes_in(&seat.district, self.now()).await?;
        let good_until = waiting.into_iter().find(|(whose, _)| *whose == seat.id);
        // Used already: this is the retry of an answer that did arrive after all.
        let (_, good_until) = good_until.ok_or(Turned::NoSuchThing)?;
        Ok(SeatCode { seat: seat.id, shown_as: seat.label.shown_as.clone(), code, good_until })
    }
}
