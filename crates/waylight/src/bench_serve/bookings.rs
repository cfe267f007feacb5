//! People who ask for company, at moments nobody arranged.

use super::{
    Load,
    child::Server,
    city::MeetingPlace,
    feed,
    line::{Line, Pass},
    tally::{self, Tally},
};
use anyhow::Result;
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use wire::escort::{Asked, Stage};

/// A booking the server says it has.
#[derive(Clone, Debug)]
pub(super) struct Acknowledged {
    pub(super) walk: kernel::Id<kernel::id::Escort>,
    pub(super) token: String,
    /// The journal number its answer was true at.
    pub(super) number: u64,
    turned_away: bool,
    took_us: u32,
}

/// What became of all bookings.
#[derive(Default)]
pub(super) struct Booked {
    pub(super) sent: u64,
    pub(super) acknowledged: Vec<Acknowledged>,
}

/// Moments of a Poisson process: drawn before the first is asked, so that no answer can move them.
fn moments(per_hour: f64, lasts: Duration, random: &mut SmallRng) -> Vec<Duration> {
    let mean_s = 3_600.0 / per_hour;
    let mut moments = Vec::new();
    let mut at_s = 0.0;
    loop {
        // Never the logarithm of zero.
        at_s -= mean_s * (1.0 - random.random_range(0.0..1.0_f64)).ln();
        if at_s >= lasts.as_secs_f64() {
            return moments;
        }
        moments.push(Duration::from_secs_f64(at_s));
    }
}

/// Asks at each moment, whether the ones before have been answered or not.
pub(super) async fn ask(
    server: &Server,
    places: &[MeetingPlace],
    per_hour: f64,
    load: &Load,
    tally: &Arc<Tally>,
) -> Result<Booked> {
    // Another stream of chance than the phones'.
    let mut random = SmallRng::seed_from_u64(!load.seed);
    let mut screens = JoinSet::new();
    let mut asking = JoinSet::new();
    let mut booked = Booked::default();
    for (number, moment) in moments(per_hour, load.lasts, &mut random).into_iter().enumerate() {
        let due = load.start + moment;
        let from = &places[random.random_range(0..places.len())];
        let home = &places[random.random_range(0..places.len())];
        let body = json!({
            "meeting_place": from.id,
            "people": 1,
            "first_name": "하늘",
            "phone": "010-0000-0000",
            "home": { "at": { "lat": home.at.lat, "lon": home.at.lon }, "words": "3층" },
            "language": "ko",
        });
        tokio::time::sleep_until(due).await;
        booked.sent += 1;
        let key = format!("bench-{}-{number:08}", load.seed);
        asking.spawn(one(server.at, key, body, due, Arc::clone(tally)));
        // Those that are through have their page open, as long as the night is measured.
        while let Some(done) = asking.try_join_next() {
            open_page(server.at, done?, &mut booked, &mut screens, tally)?;
        }
    }
    while let Some(done) = asking.join_next().await {
        open_page(server.at, done?, &mut booked, &mut screens, tally)?;
    }
    tokio::time::sleep_until(load.until()).await;
    Ok(booked)
}

fn open_page(
    server: SocketAddr,
    done: Option<Acknowledged>,
    booked: &mut Booked,
    screens: &mut JoinSet<()>,
    tally: &Arc<Tally>,
) -> Result<()> {
    if let Some(done) = done {
        let line = Line::to(server, Some(Pass::bearer(&done.token)?))?;
        let path = format!("/api/escort/requests/{}/live", done.walk);
        screens.spawn(feed::follow(line, path, Arc::clone(tally)));
        booked.acknowledged.push(done);
    }
    Ok(())
}

async fn one(
    server: SocketAddr,
    key: String,
    body: Value,
    due: Instant,
    tally: Arc<Tally>,
) -> Option<Acknowledged> {
    let mut line = Line::to(server, None).ok()?;
    let answer = line.post("/api/escort/requests", &key, body.to_string().into()).await;
    let took_us = u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX);
    let answer = match answer {
        Ok(answer) if answer.acknowledged() => answer,
        Ok(answer) => {
            tally.error("booking", &answer.problem());
            return None;
        }
        Err(unreached) => {
            tally.error("booking", &unreached.to_string());
            return None;
        }
    };
    let Ok(Asked { token: Some(token), request }) = serde_json::from_slice(&answer.body) else {
        tally.error("booking", "an answer that is none");
        return None;
    };
    let turned_away = request.stage == Stage::Refused;
    Some(Acknowledged { walk: request.id, token, number: request.number, turned_away, took_us })
}

impl Booked {
    /// `lost`: what of the acknowledged was not found again.
    pub(super) fn figures(&self, lost: &[String]) -> Value {
        let turned_away = self.acknowledged.iter().filter(|one| one.turned_away).count();
        let took_us = self.acknowledged.iter().map(|one| one.took_us).collect();
        json!({
            "sent": self.sent,
            "acknowledged": self.acknowledged.len(),
            "turned_away": turned_away,
            "lost": lost.len(),
            "lost_first": lost.iter().take(5).collect::<Vec<_>>(),
            "latency_ms": tally::latency_ms(took_us),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_at_their_rate_and_keep_no_distance_from_each_other() {
        let mut random = SmallRng::seed_from_u64(1);
        let hours = Duration::from_hours(100);
        let moments = moments(310.0, hours, &mut random);
        // 31,000 expected; four standard deviations are 704.
        assert!((30_296..=31_704).contains(&moments.len()), "{}", moments.len());
        assert!(moments.is_sorted() && moments.iter().all(|moment| *moment < hours));
        let gaps: Vec<f64> =
            moments.windows(2).map(|two| two[1].as_secs_f64() - two[0].as_secs_f64()).collect();
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let spread =
            (gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / gaps.len() as f64).sqrt();
        assert!(
            (0.9..1.1).contains(&(spread / mean)),
            "as spread as their mean: {}",
            spread / mean
        );
    }
}
