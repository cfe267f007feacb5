//! Teams' phones: paired by code, on duty, saying where they are.

use super::{
    Load,
    child::Server,
    city::MeetingPlace,
    line::{Line, Pass},
    tally::{self, Tally},
};
use anyhow::{Context, Result, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use hyper::body::Bytes;
use kernel::{Point, Secret};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Phones paired at a time, as in a hall before a night.
const PAIRED_AT_ONCE: usize = 8;
/// The round each team walks, metres from its middle.
const ROUND_M: f64 = 120.0;
/// How fast.
const M_PER_SECOND: f64 = 1.2;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.0;
/// A position due before the end may still be sent this long after it.
const GRACE: Duration = Duration::from_secs(5);

/// A team's phone on duty.
pub(super) struct Phone {
    pub(super) pass: Pass,
    line: Line,
    number: usize,
    middle: Point,
    /// Where on its round, and when in its second, it begins.
    phase: f64,
}

/// What became of all positions.
#[derive(Default)]
pub(super) struct Walked {
    /// Whose moment came.
    pub(super) due: u64,
    sent: u64,
    accepted: u64,
    refused: u64,
    took_us: Vec<u32>,
    seconds: f64,
}

/// Pairs a phone with each code and sends its team out.
pub(super) async fn pair(
    server: &Server,
    codes: Vec<Secret<String>>,
    places: &[MeetingPlace],
    seed: u64,
) -> Result<Vec<Phone>> {
    let at = server.at;
    let mut random = SmallRng::seed_from_u64(seed);
    let begun: Vec<_> = codes
        .into_iter()
        .enumerate()
        .map(|(number, code)| {
            let middle = places[random.random_range(0..places.len())].at;
            (number, code, middle, random.random_range(0.0..1.0))
        })
        .collect();
    stream::iter(begun)
        .map(|(number, code, middle, phase)| async move {
            paired(at, number, &code, middle, phase)
                .await
                .with_context(|| format!("pairing phone {number}"))
        })
        .buffer_unordered(PAIRED_AT_ONCE)
        .try_collect()
        .await
}

async fn paired(
    server: SocketAddr,
    number: usize,
    code: &Secret<String>,
    middle: Point,
    phase: f64,
) -> Result<Phone> {
    let mut line = Line::to(server, None)?;
    let body = json!({ "code": code.expose() }).to_string().into();
    let answer = line.post("/api/session/enroll", &format!("bench-pair-{number}"), body).await?;
    ensure!(answer.acknowledged(), answer.problem());
    let pass = Pass::cookie(&answer.cookie.context("no cookie was set")?)?;
    line.show(pass.clone());
    let on = json!({ "on": true }).to_string().into();
    let answer = line.post("/api/volunteer/duty", &format!("bench-duty-{number}"), on).await?;
    ensure!(answer.acknowledged(), answer.problem());
    let mut phone = Phone { pass, line, number, middle, phase };
    let told = phone.tell(0.0, 0).await?;
    ensure!(told.is_none(), told.unwrap_or_default());
    Ok(phone)
}

impl Phone {
    /// Where the team is after so many seconds of its round.
    fn at(&self, seconds: f64) -> Point {
        let turned = TAU * self.phase + seconds * M_PER_SECOND / ROUND_M;
        let (east, north) = (ROUND_M * turned.cos(), ROUND_M * turned.sin());
        let degree_east_m = DEGREE_M * self.middle.lat.to_radians().cos();
        Point {
            lat: self.middle.lat + north / DEGREE_M,
            lon: self.middle.lon + east / degree_east_m,
        }
    }

    /// Says where it is: `None` when that was taken in, else why not.
    async fn tell(
        &mut self,
        seconds: f64,
        count: u64,
    ) -> Result<Option<String>, super::line::Unreached> {
        let Point { lat, lon } = self.at(seconds);
        let body = format!("{{\"at\":{{\"lat\":{lat:.6},\"lon\":{lon:.6}}},\"accuracy_m\":8}}");
        let key = format!("bench-{}-{count}", self.number);
        let answer = self.line.post("/api/volunteer/position", &key, Bytes::from(body)).await?;
        Ok((!answer.acknowledged()).then(|| answer.problem()))
    }

    /// Tells its place every so often until the end.
    async fn walk(
        mut self,
        every: Duration,
        start: Instant,
        until: Instant,
        tally: Arc<Tally>,
    ) -> Walked {
        let first = start + every.mul_f64(self.phase);
        let mut walked = Walked::default();
        for count in 1_u64.. {
            let due = first + every.mul_f64((count - 1) as f64);
            if due >= until {
                break;
            }
            walked.due += 1;
            if Instant::now() >= until + GRACE {
                // Too late to be of use to anybody: due, and not sent.
                continue;
            }
            tokio::time::sleep_until(due).await;
            walked.sent += 1;
            let told = self.tell((due - start).as_secs_f64(), count).await;
            let now = Instant::now();
            match told {
                Ok(None) => {
                    walked.accepted += 1;
                    tally.accepted((now - start).as_secs());
                    let took_us = (now - due).as_micros();
                    walked.took_us.push(u32::try_from(took_us).unwrap_or(u32::MAX));
                }
                Ok(Some(why)) => {
                    walked.refused += 1;
                    tally.error("position", &why);
                }
                Err(unreached) => tally.error("position", &unreached.to_string()),
            }
        }
        walked
    }
}

/// All phones tell their places, together at this rate.
pub(super) async fn walk(
    phones: Vec<Phone>,
    per_second: f64,
    load: &Load,
    tally: &Arc<Tally>,
) -> Result<Walked> {
    let every = Duration::from_secs_f64(phones.len() as f64 / per_second);
    let mut walking = JoinSet::new();
    for phone in phones {
        walking.spawn(phone.walk(every, load.start, load.until(), Arc::clone(tally)));
    }
    let mut all = Walked { seconds: load.lasts.as_secs_f64(), ..Walked::default() };
    while let Some(one) = walking.join_next().await {
        let one = one?;
        all.due += one.due;
        all.sent += one.sent;
        all.accepted += one.accepted;
        all.refused += one.refused;
        all.took_us.extend(one.took_us);
    }
    Ok(all)
}

impl Walked {
    pub(super) fn figures(self, tally: &Tally) -> Value {
        let per_second = |count: u64| tally::rounded(count as f64 / self.seconds);
        let mut figures = BTreeMap::new();
        figures.insert("due", json!(self.due));
        figures.insert("sent", json!(self.sent));
        figures.insert("accepted", json!(self.accepted));
        figures.insert("refused", json!(self.refused));
        figures.insert("sent_per_s", json!(per_second(self.sent)));
        figures.insert("accepted_per_s", json!(per_second(self.accepted)));
        figures.insert("accepted_per_s_least", json!(tally.least()));
        figures.insert("latency_ms", tally::latency_ms(self.took_us));
        json!(figures)
    }
}
