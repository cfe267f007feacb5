//! A small Gwanak: two stations, a police box, two stores, two desks, three teams, on a Tuesday
//! night at 22:40. Everything goes through the router, as a phone would send it.

mod database;
mod things;

use axum::{
    Router,
    body::Body,
    http::{Method, Request, Response, StatusCode, header},
};
use database::Database;
use kernel::{Actor, DistrictCode, Id, Instant, Point, Secret, Span, id};
use serde_json::{Value, json};
use server::{
    App, Clock, Config, Demo, DemoClock, DutyPhones, Pack, Roster, SteppedClock,
    ground::{Crow, Ground},
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::{Context, Keys, Location, Recorded, Store};
use tempfile::TempDir;
use things::north;
pub use things::{place, things};
use tower::ServiceExt;

pub const ORIGIN: &str = "http://localhost:8080";
/// Sillim station.
pub const SILLIM: Point = Point { lat: 37.4842, lon: 126.9297 };
/// Where she lives: a canary nobody else's data contains.
pub const HOME: &str = "서원동 카나리아빌라 301호";
pub const HOME_LAT: f64 = 37.478_123;
pub const PHONE: &str = "010-5550-7788";
pub const NAME: &str = "카나리아";

pub struct City {
    pub app: App,
    pub clock: Arc<SteppedClock>,
    pub dir: TempDir,
    pub router: Router,
    pub store: Store,
    keys: AtomicU64,
    /// Dropped last: a database of its own, if the tests run on PostgreSQL.
    database: Option<Database>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub bytes: Vec<u8>,
    pub headers: axum::http::HeaderMap,
}

impl Answer {
    pub fn text(&self, path: &str) -> String {
        self.body.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self
    }
    #[track_caller]
    pub fn is(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status.as_u16(), self.text("/code").as_str()),
            (status, code),
            "{}",
            self.body
        );
        self
    }
}

/// Who sends.
#[derive(Clone, Debug, Default)]
pub struct Phone {
    pub cookie: Option<String>,
    pub bearer: Option<String>,
}

impl Phone {
    /// With the cookie that an answer has set.
    pub fn signed_in(answer: &Answer) -> Self {
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        Self { cookie: Some(cookie.split(';').next().unwrap().to_owned()), bearer: None }
    }

    pub fn holding(token: &str) -> Self {
        Self { cookie: None, bearer: Some(token.to_owned()) }
    }
}

const ROSTER: &str = r#"
[[dispatchers]]
district = "gwanak"
shown_as = "Gwanak desk 1"
[[dispatchers]]
district = "gwanak"
shown_as = "Gwanak desk 2"
[[dispatchers]]
district = "dongjak"
shown_as = "Dongjak desk 1"
[[staff]]
district = "gwanak"
shown_as = "City supervisor"
roles = ["supervisor"]
[[teams]]
district = "gwanak"
call_sign = "07"
members = [
  { first_name = "지은", gender = "woman", record_check_days = 200, training_days = 200 },
  { first_name = "민호", gender = "man", record_check_days = 200, training_days = 200 },
]
[[teams]]
district = "gwanak"
call_sign = "11"
members = [
  { first_name = "수진", gender = "woman", record_check_days = 200, training_days = 200 },
  { first_name = "영희", gender = "woman", record_check_days = 200, training_days = 200 },
]
[[teams]]
district = "dongjak"
call_sign = "51"
members = [
  { first_name = "서연", gender = "woman", record_check_days = 200, training_days = 200 },
  { first_name = "도윤", gender = "man", record_check_days = 200, training_days = 200 },
]
[[havens]]
name = "CU 신림점"
hours = { mon = "00:00-24:00", tue = "00:00-24:00", wed = "00:00-24:00" }
staff = ["하늘", "보라"]
"#;

/// 22:40 on Tuesday 24 November 2026.
pub fn tuesday_night() -> Instant {
    kernel::Zone::named("Asia/Seoul").unwrap().moment("2026-11-24T22:40").unwrap()
}

impl City {
    /// The city on SQLite, at 22:40 on a Tuesday.
    pub async fn new() -> Self {
        Self::at(tuesday_night()).await
    }

    pub async fn at(now: Instant) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(dir.path().to_owned());
        Self::open(dir, location, None, now).await
    }

    /// The same without the demo's doors: nobody can sign in by part.
    pub async fn without_demo() -> Self {
        Self::new().await.lives_again(PACK, (false, ORIGIN)).await
    }

    /// The same behind another public origin.
    pub async fn at_origin(origin: &str) -> Self {
        Self::new().await.lives_again(PACK, (false, origin)).await
    }

    /// A second server on the same database: the tables of both are one.
    pub async fn beside(&self) -> Self {
        let url = self.database.as_ref().unwrap().url.clone();
        let dir = tempfile::tempdir().unwrap();
        // The keys are the city's, not the server's.
        copy(self.dir.path(), dir.path());
        let clock = Arc::clone(&self.clock);
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let (app, store) = build(&dir, Location::Postgres(url), clock_of, true, ORIGIN).await;
        let router = app.router();
        let keys = AtomicU64::new(500_000);
        Self { app, clock, dir, router, store, keys, database: None }
    }

    /// The same on PostgreSQL, if the suite was given one.
    pub async fn on_postgres() -> Option<Self> {
        let database = Database::create()?;
        let dir = tempfile::tempdir().unwrap();
        let location = Location::Postgres(database.url.clone());
        Some(Self::open(dir, location, Some(database), tuesday_night()).await)
    }

    /// On every database there is: SQLite always, PostgreSQL when the suite was given one.
    pub async fn everywhere() -> Vec<Self> {
        let mut cities = vec![Self::new().await];
        cities.extend(Self::on_postgres().await);
        cities
    }

    /// The same where the pack says something more about walks home.
    pub async fn with_rules(more: &str) -> Self {
        Self::of(&PACK.replace("[rules.escort]", &format!("[rules.escort]\n{more}"))).await
    }

    /// The same where the one-stop network says something more.
    pub async fn with_network(more: &str) -> Self {
        Self::of(&format!("{PACK}\n{more}")).await
    }

    async fn of(pack: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SteppedClock::at(tuesday_night()));
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let location = Location::Sqlite(dir.path().to_owned());
        let (app, store) = build_of(pack, &dir, location, clock_of, (true, ORIGIN)).await;
        app.enlist(&Roster::parse(ROSTER).unwrap()).await.unwrap();
        let router = app.router();
        Self { app, clock, dir, router, store, keys: AtomicU64::new(1), database: None }
    }

    async fn open(
        dir: TempDir,
        location: Location,
        database: Option<Database>,
        now: Instant,
    ) -> Self {
        let clock = Arc::new(SteppedClock::at(now));
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let (app, store) = build(&dir, location, clock_of, true, ORIGIN).await;
        app.enlist(&Roster::parse(ROSTER).unwrap()).await.unwrap();
        let router = app.router();
        Self { app, clock, dir, router, store, keys: AtomicU64::new(1), database }
    }

    /// Closes this city; what [`City::again`] begins from.
    pub async fn kept(self) -> Self {
        self.app.close_store().await;
        self
    }

    /// A city as a closed one was, on a copy of its folder: whatever is done to it, the next one
    /// begins from the same night. `turn` keeps its idempotency keys apart from those used before.
    pub async fn again(kept: &Self, turn: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(kept.dir.path(), dir.path());
        let clock = Arc::new(SteppedClock::at(kept.clock.now()));
        let location = Location::Sqlite(dir.path().to_owned());
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let (app, store) = build(&dir, location, clock_of, true, ORIGIN).await;
        let router = app.router();
        let keys = AtomicU64::new((turn + 1) * 1_000_000);
        Self { app, clock, dir, router, store, keys, database: None }
    }

    /// Power off, power on: a new server on the same folder.
    pub async fn restart(self) -> Self {
        self.lives_again(PACK, (true, ORIGIN)).await
    }

    /// The same with a pack whose one-stop network says something else.
    pub async fn restart_with_network(self, more: &str) -> Self {
        self.lives_again(&format!("{PACK}\n{more}"), (true, ORIGIN)).await
    }

    async fn lives_again(self, pack: &str, how: (bool, &str)) -> Self {
        let Self { app, clock, dir, router, store, keys, database } = self;
        drop((app, router, store));
        let location = Location::Sqlite(dir.path().to_owned());
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let (app, store) = build_of(pack, &dir, location, clock_of, how).await;
        let router = app.router();
        Self { app, clock, dir, router, store, keys, database }
    }

    pub fn key(&self) -> String {
        format!("key-{:012}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// What the city's clock shows.
    pub fn app_now(&self) -> Instant {
        self.clock.now()
    }

    pub fn clock_millis(&self) -> i64 {
        self.clock.now().millis()
    }

    /// Gives a store a command of the programme's, for which there is no route yet.
    pub async fn suspend(&self, store: Id<id::Haven>, command: haven::store::Command) {
        let context = Context::new(Actor::Operator, self.clock.now());
        let rules = haven::Rules::default();
        self.store
            .transact("test::suspend", async |tx| {
                tx.act::<haven::Store>(store, command, &rules, &context).await
            })
            .await
            .unwrap();
    }

    pub async fn step(&self, seconds: i64) {
        self.clock.step(Span::seconds(seconds));
        self.app.settle().await.unwrap();
    }

    pub async fn send(
        &self,
        phone: &Phone,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path);
        if let Some(cookie) = &phone.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(bearer) = &phone.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = if method == Method::GET {
            Body::empty()
        } else {
            request = request
                .header(header::ORIGIN, ORIGIN)
                .header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        read(response).await
    }

    /// Only the status and the problem's code: a feed's body never ends.
    pub async fn status(
        &self,
        phone: &Phone,
        method: &Method,
        path: &str,
        key: &str,
        body: &Value,
    ) -> (u16, String) {
        if !path.ends_with("/live") {
            let answer = self.send(phone, method.clone(), path, Some(key), body).await;
            return (answer.status.as_u16(), answer.text("/code"));
        }
        let mut request = Request::get(path);
        if let Some(cookie) = &phone.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(bearer) = &phone.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        if response.status().is_success() {
            return (response.status().as_u16(), String::new());
        }
        let answer = read(response).await;
        (answer.status.as_u16(), answer.text("/code"))
    }

    pub async fn get(&self, phone: &Phone, path: &str) -> Answer {
        self.send(phone, Method::GET, path, None, &Value::Null).await
    }

    pub async fn post(&self, phone: &Phone, path: &str, body: Value) -> Answer {
        let key = self.key();
        self.send(phone, Method::POST, path, Some(&key), &body).await
    }

    /// Signs in to a seat, as the demo's screens do.
    pub async fn seat(&self, part: &str) -> Phone {
        let answer =
            self.post(&Phone::default(), "/api/demo/sign-in", json!({ "part": part })).await.ok();
        Phone::signed_in(&answer)
    }

    /// A team on duty, standing some metres north of Sillim station.
    pub async fn team_at(&self, call_sign: &str, metres: f64) -> Phone {
        let team = self.seat(&format!("team-{call_sign}")).await;
        self.post(&team, "/api/volunteer/duty", json!({ "on": true })).await.ok();
        self.move_to(&team, metres).await;
        team
    }

    pub async fn move_to(&self, team: &Phone, metres: f64) {
        let at = north(metres);
        let here = json!({ "at": { "lat": at.lat, "lon": at.lon }, "accuracy_m": 8 });
        self.post(team, "/api/volunteer/position", here).await.ok();
    }

    /// A walk asked for on the web from Sillim station, with everything she could tell.
    pub async fn ask(&self) -> (Phone, String) {
        let asked = self.post(&Phone::default(), "/api/escort/requests", wish()).await.ok();
        (Phone::holding(&asked.text("/token")), asked.text("/request/id"))
    }

    /// What the journal holds after `number`.
    pub async fn journal_after(&self, number: u64) -> Vec<Recorded> {
        self.store.read_after(number, 1_000).await.unwrap()
    }

    /// Every byte the server has written, in files a thief of the disk would find, as text.
    pub fn at_rest(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.dir.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
                }
            }
        }
        files
    }
}

pub fn wish() -> Value {
    json!({
        "meeting_place": place(1),
        "home": { "at": { "lat": HOME_LAT, "lon": 126.931_456 }, "words": HOME },
        "people": 1,
        "first_name": NAME,
        "phone": PHONE,
        "language": "ko",
    })
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

const PACK: &str = concat!(
    include_str!("../../../../../cities/gwanak.toml"),
    "\n",
    include_str!("city/network.toml"),
);
/// What the two witnesses of the pack sign with.
pub const WITNESSES: [[u8; 32]; 2] = [[1; 32], [2; 32]];

async fn build(
    dir: &TempDir,
    location: Location,
    clock: Arc<dyn Clock>,
    demo: bool,
    origin: &str,
) -> (App, Store) {
    build_of(PACK, dir, location, clock, (demo, origin)).await
}

async fn build_of(
    pack: &str,
    dir: &TempDir,
    location: Location,
    clock: Arc<dyn Clock>,
    (demo, origin): (bool, &str),
) -> (App, Store) {
    let pack = Pack::parse(pack).unwrap();
    let keys = Keys::open_or_create(dir.path()).unwrap();
    let store = Store::open(location, keys, "gwanak").await.unwrap();
    let config = Config {
        pack,
        public_origin: origin.to_owned(),
        outbox: dir.path().join("outbox.jsonl"),
        duty_phones: DutyPhones::from([(
            DistrictCode::try_from("gwanak".to_owned()).unwrap(),
            Secret::new("02-000-0045".to_owned()),
        )]),
        // The screens of the demo sign in by part; the clock of these tests is another one.
        demo: demo.then(|| Demo {
            clock: Arc::new(DemoClock::starting(tuesday_night(), 1)),
            pass: "a random pass".to_owned(),
            witnesses: WITNESSES.map(Secret::new),
            key_words: std::collections::BTreeMap::new(),
        }),
    };
    let app = App::build(config, store.clone(), clock).await.unwrap();
    let crow = Crow { factor: 1.3, pace_m_per_s: 1.2 };
    app.stand_on(Ground::new(things(), None, route::Weights::default(), crow));
    (app, store)
}

pub async fn read(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 4 << 20).await.unwrap().to_vec();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status: parts.status, body, bytes, headers: parts.headers }
}
