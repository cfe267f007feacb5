//! Before asking: when she would be met, or why nobody can come and what there is instead. The same
//! plan and the same rules answer as when she asks.

use super::{ask::Agrees, view};
use crate::{
    app::App,
    asked::{Answer, Keyed, Told},
    problem::Turned,
};
use ::escort::{Channel, Command, Outlook, When};
use axum::{Json, extract::State};
use kernel::{Actor, Instant, Language, Point, id};
use store::{Context, Recall};
use wire::{
    escort::{Quote, Quoted},
    problem::Problem,
};

/// When she would be met if she asked now. Nothing is booked. A wish nobody can meet is counted,
/// once for each key, as when she had asked; the home it came with is not kept.
#[utoipa::path(post, path = "/api/escort/quotes", tag = "escort", request_body = Quote,
    responses((status = 200, body = Quoted), (status = "4XX", body = Problem),
        (status = "5XX", body = Problem)))]
pub async fn quote(State(app): State<App>, key: Keyed, Told(asked): Told<Quote>) -> Answer<Quoted> {
    // One phone's wish, however often she changes it: turning away is counted once.
    let key = key.within("quote", &());
    let now = app.now();
    let ground = app.ground();
    let spot = ground.places.get(asked.meeting_place).filter(|spot| spot.meeting);
    let spot = spot.ok_or_else(|| Turned::NotUnderstood(Some("meeting_place".to_owned())))?;
    let home = match asked.home {
        Some(home) => Some(
            Point::new(home.lat, home.lon)
                .ok_or_else(|| Turned::NotUnderstood(Some("home".to_owned())))?,
        ),
        None => None,
    };
    let agrees = Agrees { shares: asked.shares, from_anywhere: asked.from_anywhere };
    let district = app.district_of_place(asked.meeting_place);
    let wish =
        super::ask::wish(&app, (spot, district), (home, asked.wanted_at), (asked.people, agrees));
    let (_, outlook) = app.outlook(&wish).await?;
    let when = asked.wanted_at.map_or(When::Now, When::At);
    let quoted = match app.pack().rules.escort.answer(when, &outlook, now) {
        Ok((wanted_at, promise)) => Quoted {
            wanted_at: Some(wanted_at),
            expected_at: promise.and_then(|promise| promise.expected_at),
            meet_by: promise.map(|promise| promise.meet_by),
            ..Quoted::default()
        },
        Err((reason, unmet)) => {
            if unmet.is_some() {
                count(&app, &key, &asked, outlook, now).await?;
            }
            Quoted {
                refused_code: Some(reason.code().to_owned()),
                shortage_code: unmet.as_ref().map(|unmet| unmet.shortage.code().to_owned()),
                helps: unmet.map(|unmet| view::helps(&unmet, wish.wanted_at)).unwrap_or_default(),
                serves_now: app.serves_now(spot.at, now).await?,
                ..Quoted::default()
            }
        }
    };
    Ok(Json(quoted))
}

/// Writes down that somebody was turned away: unmet demand is a figure, also of those who only
/// looked.
async fn count(
    app: &App,
    key: &store::Key,
    asked: &Quote,
    outlook: Outlook,
    now: Instant,
) -> Result<(), Turned> {
    app.store()
        .transact("escort::quote", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) | Recall::Misused => return Ok(()),
                Recall::Fresh => {}
            }
            // Nobody can make the figures of a place look worse than a prankster can anyway.
            if !app.asks().take(asked.meeting_place, now) {
                return Ok(());
            }
            let walk = store::new_id::<id::Escort>()?;
            let district = app.district_of_place(asked.meeting_place);
            let context =
                Context::new(Actor::Citizen, now).in_district(district.clone()).keyed(*key);
            let command = Command::Ask {
                channel: Channel::Web,
                district,
                meeting_place: asked.meeting_place,
                when: asked.wanted_at.map_or(When::Now, When::At),
                people: asked.people,
                private: None,
                language: Language::default(),
                shares: asked.shares,
                from_anywhere: asked.from_anywhere,
                outlook: outlook.clone(),
            };
            let acted = super::act(app, tx, walk, command, &context).await?;
            tx.remember(key, &super::desk::outcome(walk, acted.number), now).await?;
            Ok(())
        })
        .await
}
