//! Women on their way home: by the page or by phone, patient or not, now and then frightened.

use super::Scene;
use super::ground::{Meeting, lat_lon, way};
use super::outing::{self, Mood, Outing, Press};
use super::phone::{Phone, Trouble};
use super::watch::Look;
use crate::chance::Chance;
use kernel::{Id, Instant, Point, Span, id};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use wire::alarm::{LocationCandidate, LocationSource, Raise, Raised, Retract};
use wire::escort::{Ask, Asked, Cancel, CancelReason, ForRequester, Home, Stage};
use wire::haven::Havens;

/// A page looks again this often, real time, at the least.
const GLANCE: Duration = Duration::from_millis(400);
/// How her page looks.
const LOOK: Look = Look { often: Span::seconds(8), idle: Span::seconds(90), least: GLANCE };
/// The PIN simulated people set against a press by mistake.
const PIN: &str = "2580";

/// Sends everybody of the plan out at her time; so many districts' people.
pub(super) async fn all(scene: Arc<Scene>, size: f64) {
    let mut out = JoinSet::new();
    // Who should have left a little before we began still leaves: the ask has the same key as it
    // would have had, so after a restart nobody asks twice.
    let began = scene.watch.now();
    let mut opening =
        if scene.ground.open { outing::opening(scene.seed, began) } else { Vec::new() };
    let mut from = began - Span::minutes(1);
    loop {
        let piece = outing::piece_of(from);
        let (seed, zone) = (scene.seed, &scene.ground.zone);
        let mut leaving: Vec<(Instant, Errand)> = Vec::new();
        let outings = outing::outings(seed, zone, piece, size);
        leaving.extend(outings.into_iter().map(|outing| (outing.at, Errand::Walk(outing))));
        let opening = opening.drain(..);
        leaving.extend(opening.map(|outing| (outing.at, Errand::Walk(outing))));
        let presses = outing::presses(seed, zone, piece, size);
        leaving.extend(presses.into_iter().map(|press| (press.at, Errand::Press(press))));
        leaving.sort_by_key(|(at, _)| *at);
        for (at, errand) in leaving.into_iter().filter(|(at, _)| *at >= from) {
            scene.watch.wait_until(at, Duration::ZERO).await;
            // A clock skipped far ahead leaves the people of the hours between at home.
            if scene.watch.now().since(at) < Span::minutes(5) {
                out.spawn(errand.run(Arc::clone(&scene)));
            }
            while out.try_join_next().is_some() {}
        }
        from = piece + outing::PIECE;
        scene.watch.wait_until(from, Duration::ZERO).await;
        if scene.watch.now().since(from) > Span::minutes(30) {
            from = scene.watch.now();
        }
    }
}

/// What takes somebody out into the night.
pub(crate) enum Errand {
    /// She wants to get home.
    Walk(Outing),
    /// She presses the alarm somewhere.
    Press(Press),
}

impl Errand {
    /// Lives it through.
    pub(crate) async fn run(self, scene: Arc<Scene>) {
        let done = match self {
            Self::Walk(outing) if outing.by_phone => {
                scene.ring(outing);
                Ok(())
            }
            Self::Walk(outing) => by_page(&scene, &outing).await,
            Self::Press(press) => on_the_street(&scene, &press).await,
        };
        if let Err(trouble) = done {
            tracing::debug!(%trouble, "a simulated citizen gave up");
        }
    }
}

/// Where she comes out and where she lives: of some tries the first that streets join. A map may
/// hold stations whose streets nobody has drawn yet.
pub(super) async fn way_of(
    scene: &Scene,
    phone: &Phone,
    chance: &mut Chance,
) -> Option<(Meeting, Home)> {
    let mut last = None;
    for _attempt in 0..8 {
        let meeting = scene.ground.somewhere(chance)?;
        let to = scene.ground.some_way_off(meeting.at, chance);
        let words = format!("{}호", 101 + chance.below(6) * 100 + chance.below(4));
        let found = scene.ground.walks_anywhere
            || way(phone, meeting.at, to, scene.watch.now()).await.is_some();
        last = Some((meeting, Home { at: lat_lon(to), words }));
        if found {
            break;
        }
    }
    last
}

/// She looks at the ways, asks, waits, meets, walks; or calls off.
async fn by_page(scene: &Scene, outing: &Outing) -> Result<(), Trouble> {
    let mut chance = Chance::of(outing.chance_seed, "walk");
    let phone = scene.phone(&outing.key);
    let Some((meeting, home)) = way_of(scene, &phone, &mut chance).await else {
        return Ok(());
    };
    let near = format!("/api/haven/near?near={:.6},{:.6}", meeting.at.lat, meeting.at.lon);
    let _shown: Havens = phone.get(&near).await?;
    scene.watch.wait(Span::seconds(6 + chance.below(20) as i64), Duration::ZERO).await;
    let ask = Ask {
        meeting_place: meeting.place,
        wanted_at: None,
        home: (!outing.keeps_home).then_some(home),
        people: outing.people,
        first_name: outing.first_name.clone(),
        phone: None,
        language: outing.language,
        shares: false,
        from_anywhere: false,
    };
    let asked = ask_until_heard(scene, &phone, outing, &ask).await?;
    let Some(token) = asked.token else {
        return Ok(());
    };
    wait_for_company(scene, &phone.holding(&token), outing, asked.request, &mut chance).await
}

/// Asks until there is an answer; the key makes it one wish however often it is said.
async fn ask_until_heard(
    scene: &Scene,
    phone: &Phone,
    outing: &Outing,
    ask: &Ask,
) -> Result<Asked, Trouble> {
    loop {
        match phone.post::<Ask, Asked>("/api/escort/requests", &outing.key, ask).await {
            Err(trouble) if trouble.may_retry() => {
                scene.watch.wait(Span::seconds(3), GLANCE).await;
            }
            Ok(asked) if outing.stutters => {
                let again: Asked = phone.post("/api/escort/requests", &outing.key, ask).await?;
                if again.request.id != asked.request.id {
                    tracing::error!("one wish became two requests");
                }
                return Ok(again);
            }
            answer => return answer,
        }
    }
}

async fn wait_for_company(
    scene: &Scene,
    phone: &Phone,
    outing: &Outing,
    first: ForRequester,
    chance: &mut Chance,
) -> Result<(), Trouble> {
    let (asked_at, path) = (scene.watch.now(), format!("/api/escort/requests/{}", first.id));
    scene.watch.hear(&first.id.to_string());
    let mut now_shown = first;
    let mut pressed = false;
    loop {
        if matches!(
            now_shown.stage,
            Stage::Home | Stage::Cancelled | Stage::Refused | Stage::HandedOver
        ) {
            return Ok(());
        }
        let waited = scene.watch.now().since(asked_at);
        let waits = matches!(
            now_shown.stage,
            Stage::Sent | Stage::Seen | Stage::Offered | Stage::Accepted | Stage::OnTheWay
        );
        if matches!(outing.mood, Mood::CallsOff(after) if waits && waited > after) {
            let reason = if waited > Span::minutes(6) {
                CancelReason::TooLate
            } else {
                CancelReason::OtherWay
            };
            let key = format!("{}-off", outing.key);
            let off: Result<ForRequester, Trouble> =
                phone.post(&format!("{path}/cancel"), &key, &Cancel { reason }).await;
            match off {
                Err(trouble) if !trouble.may_retry() => return Err(trouble),
                Err(_) => {}
                Ok(shown) => now_shown = shown,
            }
        } else if now_shown.stage == Stage::Walking && !pressed {
            pressed = true;
            on_the_way(scene, phone, outing, now_shown.id, chance).await?;
        }
        let calls_off = match outing.mood {
            Mood::CallsOff(after) if waits => Some(asked_at + after + Span::seconds(1)),
            _ => None,
        };
        scene.watch.news(LOOK, calls_off).await;
        match phone.get(&path).await {
            Ok(shown) => now_shown = shown,
            Err(trouble) if trouble.may_retry() => {}
            Err(trouble) => return Err(trouble),
        }
    }
}

/// Some press on the way: by mistake, or because somebody follows.
async fn on_the_way(
    scene: &Scene,
    phone: &Phone,
    outing: &Outing,
    walk: Id<id::Escort>,
    chance: &mut Chance,
) -> Result<(), Trouble> {
    let by_mistake = match outing.mood {
        Mood::PressesByMistake => true,
        Mood::NeedsHelp => false,
        Mood::Patient | Mood::CallsOff(_) => return Ok(()),
    };
    scene.watch.wait(Span::seconds(40 + chance.below(120) as i64), Duration::ZERO).await;
    press(scene, phone, &outing.key, (Some(walk), None), by_mistake, chance).await
}

/// Somebody on no walk at all.
async fn on_the_street(scene: &Scene, pressed: &Press) -> Result<(), Trouble> {
    let mut chance = Chance::of(pressed.chance_seed, "press");
    let at = scene.ground.somewhere(&mut chance).map(|meeting| {
        let around = |degrees: f64, chance: &mut Chance| degrees + chance.around(0.002);
        Point { lat: around(meeting.at.lat, &mut chance), lon: around(meeting.at.lon, &mut chance) }
    });
    let phone = scene.phone(&pressed.key);
    press(scene, &phone, &pressed.key, (None, at), pressed.by_mistake, &mut chance).await
}

/// The hold, and the taking back if it was a mistake.
async fn press(
    scene: &Scene,
    phone: &Phone,
    key: &str,
    (escort, at): (Option<Id<id::Escort>>, Option<Point>),
    by_mistake: bool,
    chance: &mut Chance,
) -> Result<(), Trouble> {
    let now = scene.watch.now();
    let locations = at.map(|at| LocationCandidate {
        at: lat_lon(at),
        accuracy_m: Some(8 + chance.below(60) as u32),
        source: LocationSource::Gps,
        seen_at: phone.shows(now),
        words: None,
    });
    let with_pin = chance.happens(0.5);
    let raise = Raise {
        first_at: phone.shows(now),
        locations: locations.into_iter().collect(),
        silent: true,
        grade: None,
        escort,
        pin: with_pin.then(|| PIN.to_owned()),
        duress_pin: None,
    };
    let key = format!("{key}-alarm");
    let raised: Raised = loop {
        match phone.post("/api/alarm/alarms", &key, &raise).await {
            Err(trouble) if trouble.may_retry() => {
                scene.watch.wait(Span::seconds(1), GLANCE).await;
            }
            answer => break answer?,
        }
    };
    if !by_mistake {
        return Ok(());
    }
    scene.watch.wait(Span::seconds(6 + chance.below(15) as i64), Duration::ZERO).await;
    let holder =
        raised.token.as_deref().map_or_else(|| phone.clone(), |token| phone.holding(token));
    let pin = with_pin.then(|| PIN.to_owned());
    let path = format!("/api/alarm/alarms/{}/retract", raised.alarm.id);
    holder.tell(&path, &format!("{key}-back"), &Retract { pin }).await
}
