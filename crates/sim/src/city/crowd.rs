//! Who comes out of which station when: the plan of the night for a whole city. Most people who
//! ask have asked before: the same woman has the same home, the same stop and the same habits.

use super::exchange::Exchange;
use super::timetable::Timetable;
use crate::chance::Chance;
use crate::night::Scene;
use crate::night::citizen::Errand;
use crate::night::outing::{self, PIECE};
use kernel::{Instant, Span};
use std::sync::Arc;

/// The share of asks that come from somebody who asks again and again.
const REGULAR: f64 = 0.7;
/// How many regulars there are for each walk of a night: each walks about twice a month.
const REGULARS_A_WALK: f64 = 14.0;
/// Walks the plan of one outing-rate has in a night; the share of 56 that a rate of 1.0 gives.
const PLANNED: f64 = 47.0;
/// Presses of the alarm for each as many as the demo shows, where something has to happen: thirty
/// a day in a city of 25 districts.
const PRESSES: f64 = 0.35;

/// Sends everybody out at her time, until the night has no asks any more.
pub(super) async fn all(
    scene: Arc<Scene>,
    exchange: Arc<Exchange>,
    timetable: Arc<Timetable>,
    size: f64,
    until: Instant,
) {
    let rate = size * super::WALKS_A_NIGHT / PLANNED;
    let regulars = (size * super::WALKS_A_NIGHT * REGULARS_A_WALK).ceil() as usize;
    let mut piece = outing::piece_of(timetable.now());
    while piece < until {
        let (seed, zone) = (scene.seed, &scene.ground.zone);
        let mut leaving: Vec<(Instant, Errand)> = Vec::new();
        for mut outing in outing::outings(seed, zone, piece, rate * exchange.rush(piece)) {
            let mut chance = Chance::of(outing.chance_seed, "regular");
            if chance.happens(REGULAR) {
                let who = chance.below(regulars);
                outing.chance_seed = Chance::of(seed, &format!("citizen-{who}")).bits();
            }
            leaving.push((outing.at, Errand::Walk(outing)));
        }
        for press in outing::presses(seed, zone, piece, rate * PRESSES) {
            leaving.push((press.at, Errand::Press(press)));
        }
        leaving.sort_by_key(|(at, _)| *at);
        for (at, errand) in leaving {
            timetable.wait_until(at).await;
            if at >= timetable.now() - Span::seconds(1) {
                timetable.come(Box::pin(errand.run(Arc::clone(&scene))));
            }
        }
        piece = piece + PIECE;
        timetable.wait_until(piece).await;
    }
}
