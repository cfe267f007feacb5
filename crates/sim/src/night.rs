//! People living a night through the same HTTP interface as the screens: citizens, dispatchers,
//! teams and store staff, each with a phone and a will of her own, on the demo's clock. A seat a
//! real person signs in to is no longer played until she leaves it.

pub(crate) mod citizen;
pub(crate) mod dispatcher;
pub(crate) mod evening;
pub(crate) mod ground;
pub(crate) mod haven;
pub(crate) mod line;
pub(crate) mod outing;
pub(crate) mod phone;
mod stroll;
pub(crate) mod team;
pub(crate) mod watch;

pub use evening::Words;
pub use outing::{Mood, Outing, Press};
pub use phone::Trouble;
pub use stroll::{PACE_M_S, Stroll};

use crate::chance::Chance;
use ground::Ground;
use kernel::{DistrictCode, Id, Instant, Span, id};
use line::{Line, Network};
use phone::Phone;
use server::Pack;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use watch::Watch;
use wire::demo::DemoNight;
use wire::session::Role;

/// How often the night's clock and the seats are looked at, real time.
const BEAT: Duration = Duration::from_secs(1);

/// Where the night is lived and by whom.
#[derive(Clone)]
pub struct Night {
    /// The running demo, `http://127.0.0.1:8080`.
    pub origin: String,
    /// Where its pages say they come from, if a proxy stands before it; else the same.
    pub page: String,
    /// The seed everybody's will is drawn from.
    pub seed: u64,
    /// Proves to the demo that a sign-in is a simulated one and leaves the seat free.
    pub pass: String,
    /// How many districts' people live it.
    pub size: f64,
    /// Who and what belongs to which desk.
    pub desks: Desks,
}

/// What people know of their city without asking: which desk is whose.
#[derive(Clone)]
pub struct Desks {
    /// The city's places and the districts they stand in.
    pub ground: Arc<server::ground::Ground>,
    /// The districts that have a desk.
    pub pack: Pack,
    /// The desk of each team, by its call sign.
    pub teams: BTreeMap<String, DistrictCode>,
}

impl Desks {
    /// The desk of a place: what stands in no district is the first desk's.
    fn of_place(&self, place: Id<id::Place>) -> Option<DistrictCode> {
        let named = self.ground.places.get(place)?.district.as_ref();
        Some(self.pack.district_of(named.map(DistrictCode::as_str)).clone())
    }

    /// The desk of the team that is this part of the demo.
    fn of_team(&self, part: &str) -> Option<DistrictCode> {
        self.teams.get(part.strip_prefix("team-")?).cloned()
    }
}

/// Somebody who rings the desk and waits for a person to pick up.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    rings_since: Instant,
    /// Whose desk she rings, if her city has told; else whoever picks up.
    desk: Option<DistrictCode>,
    outing: Outing,
}

/// What every simulated person shares.
pub(crate) struct Scene {
    pub(crate) seed: u64,
    pub(crate) pass: String,
    pub(crate) line: Arc<dyn Line>,
    pub(crate) watch: Watch,
    pub(crate) ground: Ground,
    pub(crate) ringing: Mutex<VecDeque<Caller>>,
    /// How wrong phones' clocks are at most.
    pub(crate) skew: Span,
    /// How often a walking phone tells its place.
    pub(crate) tell_every: Span,
    /// And a standing one.
    pub(crate) tell_standing: Span,
}

impl Scene {
    /// The phone of this seat or person; its clock is as wrong as it always is.
    pub(crate) fn phone(&self, owner: &str) -> Phone {
        let reach = self.skew.as_millis() as f64;
        let skew =
            Span::millis(Chance::of(self.seed, &format!("skew-{owner}")).around(reach) as i64);
        Phone::new(Arc::clone(&self.line), owner).skewed(skew)
    }

    /// She rings the desk.
    fn ring(&self, outing: Outing) {
        let rings_since = self.watch.now();
        let mut voice = Chance::of(outing.chance_seed, "walk");
        let desk = self.ground.somewhere(&mut voice).and_then(|meeting| meeting.desk);
        let called =
            desk.as_ref().map_or_else(|| "telephone".to_owned(), |one| desk_bell(one.as_str()));
        let caller = Caller { rings_since, desk, outing };
        self.ringing.lock().unwrap_or_else(PoisonError::into_inner).push_back(caller);
        self.watch.ring(&called);
    }

    /// The caller at this desk who has waited longest. Who waited over three minutes has hung up.
    fn pick_up(&self, now: Instant, desk: &str) -> Option<Caller> {
        let mut ringing = self.ringing.lock().unwrap_or_else(PoisonError::into_inner);
        ringing.retain(|caller| now.since(caller.rings_since) < Span::minutes(3));
        let ours = |caller: &Caller| caller.desk.as_ref().is_none_or(|one| one.as_str() == desk);
        let first = ringing.iter().position(ours)?;
        ringing.remove(first)
    }

    /// Her own stream of chance, different every time she sits down.
    pub(crate) fn chance(&self, who: &str) -> Chance {
        Chance::of(self.seed ^ self.watch.now().millis().unsigned_abs(), who)
    }
}

/// What rings at the desk of a district.
pub(crate) fn desk_bell(district: &str) -> String {
    format!("desk/{district}")
}

/// What rings at the desks around a district, when its own has not answered.
pub(crate) fn help_bell(district: &str) -> String {
    format!("help/{district}")
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
        let line: Arc<dyn Line> = Arc::new(Network::new(http, &self.origin, &self.page));
        let phone = Phone::new(Arc::clone(&line), "night");
        let first = loop {
            if let Ok(night) = phone.get::<DemoNight>("/api/demo").await {
                break night;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        let (beat, watch) = watch::start(&first);
        // Nine points for a district, more for a city: what one answer holds is what is near.
        let rows = (3.0 * self.size.max(1.0).sqrt()).ceil() as u32;
        let ground = loop {
            match Ground::survey(&phone, rows, |place| self.desks.of_place(place)).await {
                Ok(ground) => break ground,
                Err(trouble) => tracing::debug!(%trouble, "the people wait for the city"),
            }
            tokio::time::sleep(BEAT).await;
        };
        let scene = Arc::new(Scene {
            seed: self.seed,
            pass: self.pass,
            line,
            watch,
            ground,
            ringing: Mutex::default(),
            skew: Span::ZERO,
            tell_every: Span::seconds(10),
            tell_standing: Span::seconds(60),
        });
        // Dropping the set ends everybody, so nobody outlives this future.
        let mut people = JoinSet::new();
        people.spawn(citizen::all(Arc::clone(&scene), self.size));
        if let Some(parts) = evening::parts(&first) {
            people.spawn(evening::live(Arc::clone(&scene), parts));
        }
        for part in &first.parts {
            let (scene, name) = (Arc::clone(&scene), part.part.clone());
            match part.role {
                Role::Dispatcher => people.spawn(dispatcher::play(scene, name)),
                Role::Team => {
                    let desk = self.desks.of_team(&name);
                    people.spawn(team::play(scene, name, desk))
                }
                Role::Haven => people.spawn(haven::play(scene, name)),
                // Nobody needs to be invented who looks on, looks after seats and figures, or walks a beat.
                Role::Supervisor
                | Role::Patrol
                | Role::Programme
                | Role::Analyst
                | Role::Administrator
                | Role::Caseworker
                | Role::ServicePartner
                | Role::CaseSupervisor => continue,
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
