//! People living a night through the same HTTP interface as the screens: citizens, dispatchers,
//! teams and store staff, each with a phone and a will of her own, on the demo's clock. A seat a
//! real person signs in to is no longer played until she leaves it.

mod citizen;
mod dispatcher;
mod ground;
mod haven;
mod outing;
mod phone;
mod stroll;
mod team;
mod watch;

pub use outing::{Mood, Outing, Press};
pub use phone::{Phone, Trouble};
pub use stroll::{PACE_M_S, Stroll};

use crate::chance::Chance;
use ground::Ground;
use kernel::{Instant, Span};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use watch::Watch;
use wire::demo::DemoNight;
use wire::session::Role;

/// How often the night's clock and the seats are looked at, real time.
const BEAT: Duration = Duration::from_secs(1);

/// Where the night is lived and by whom.
#[derive(Clone, Debug)]
pub struct Night {
    /// The running demo, `http://127.0.0.1:8080`.
    pub origin: String,
    /// Where its pages say they come from, if a proxy stands before it; else the same.
    pub page: String,
    /// The seed everybody's will is drawn from.
    pub seed: u64,
    /// Proves to the demo that a sign-in is a simulated one and leaves the seat free.
    pub pass: String,
}

/// Somebody who rings the desk and waits for a person to pick up.
#[derive(Clone, Debug)]
struct Caller {
    rings_since: Instant,
    outing: Outing,
}

/// What every simulated person shares.
struct Scene {
    night: Night,
    http: reqwest::Client,
    watch: Watch,
    ground: Ground,
    ringing: Mutex<VecDeque<Caller>>,
}

impl Scene {
    fn phone(&self) -> Phone {
        Phone::new(self.http.clone(), &self.night.origin, &self.night.page)
    }

    fn ring(&self, caller: Caller) {
        self.ringing.lock().unwrap_or_else(PoisonError::into_inner).push_back(caller);
    }

    /// The caller who has waited longest. Who waited over three minutes has hung up.
    fn pick_up(&self, now: Instant) -> Option<Caller> {
        let mut ringing = self.ringing.lock().unwrap_or_else(PoisonError::into_inner);
        ringing.retain(|caller| now.since(caller.rings_since) < Span::minutes(3));
        ringing.pop_front()
    }

    /// Her own stream of chance, different every time she sits down.
    fn chance(&self, who: &str) -> Chance {
        Chance::of(self.night.seed ^ self.watch.now().millis().unsigned_abs(), who)
    }
}

impl Night {
    /// Lives the night until the future is dropped. Begins once the demo answers; whatever goes
    /// wrong on the way is met as people meet it: they wait a little and try again.
    pub async fn live(self) {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(20))
            .pool_max_idle_per_host(16)
            .build()
            .unwrap_or_default();
        let phone = Phone::new(http.clone(), &self.origin, &self.page);
        let first = loop {
            if let Ok(night) = phone.get::<DemoNight>("/api/demo").await {
                break night;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        let (beat, watch) = watch::start(&first);
        let ground = loop {
            match Ground::survey(&phone).await {
                Ok(ground) => break ground,
                Err(trouble) => tracing::debug!(%trouble, "the people wait for the city"),
            }
            tokio::time::sleep(BEAT).await;
        };
        let scene = Arc::new(Scene { night: self, http, watch, ground, ringing: Mutex::default() });
        // Dropping the set ends everybody, so nobody outlives this future.
        let mut people = JoinSet::new();
        people.spawn(citizen::all(Arc::clone(&scene)));
        for part in &first.parts {
            let (scene, name) = (Arc::clone(&scene), part.part.clone());
            match part.role {
                Role::Dispatcher => people.spawn(dispatcher::play(scene, name)),
                Role::Team => people.spawn(team::play(scene, name)),
                Role::Haven => people.spawn(haven::play(scene, name)),
                // Nobody needs to be invented who looks on, looks after seats and figures, or walks a beat.
                Role::Supervisor
                | Role::Patrol
                | Role::Programme
                | Role::Analyst
                | Role::Administrator => continue,
            };
        }
        loop {
            tokio::time::sleep(BEAT).await;
            match phone.get::<DemoNight>("/api/demo").await {
                Ok(night) => watch::pass_on(&beat, &night),
                Err(trouble) => tracing::debug!(%trouble, "the night's clock was not heard"),
            }
        }
    }
}
