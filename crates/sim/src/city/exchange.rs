//! The line between the people of the simulated city and its server: every request goes through
//! the real router in process, meets what the plan of faults has for it, and everything that
//! follows from it is done before anybody else does anything.

use super::chronicle::{self, Chronicle};
use super::diary::Diary;
use super::faults::{Fate, Plan};
use super::house::{House, NotBuilt, Open};
use super::invariants::{self, Broken, City, Standing};
use super::timetable::Timetable;
use crate::night::line::{Line, Parcel, Pass, Reply};
use crate::night::phone::Trouble;
use crate::night::{desk_bell, help_bell};
use axum::body::Body;
use axum::http::{Method, Request, header};
use futures::future::BoxFuture;
use kernel::{Actor, Instant, Span};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use store::{Failure, Recorded};
use tower::ServiceExt;

/// How long a phone waits before it says a write again, each time.
const SAID_AGAIN_AFTER_S: [i64; 5] = [2, 4, 8, 15, 30];
/// A body larger than this no screen reads.
const BODY_BYTES: usize = 8 << 20;
/// Events read at a time.
const PAGE: u32 = 500;

/// What is known of the night so far.
#[derive(Default)]
pub(super) struct Book {
    pub(super) chronicle: Chronicle,
    pub(super) diary: Diary,
    pub(super) broken: Option<Broken>,
    /// The world failed us: no invariant, but no night either.
    pub(super) failed: Option<String>,
    pub(super) restarts: u64,
    pub(super) requests: u64,
    pub(super) next_deadline: Option<Instant>,
}

/// The line.
pub(super) struct Exchange {
    pub(super) house: House,
    pub(super) timetable: Arc<Timetable>,
    open: Mutex<Option<Open>>,
    plan: Mutex<Plan>,
    book: Mutex<Book>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Polls a future so many times and then drops it wherever it is: what a kill does to a request.
pub(super) async fn cut_off<F: Future>(polls: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

impl Exchange {
    /// Opens the house.
    pub(super) async fn new(
        house: House,
        timetable: Arc<Timetable>,
        plan: Plan,
    ) -> Result<Self, NotBuilt> {
        let open = house.open().await?;
        Ok(Self {
            house,
            timetable,
            open: Mutex::new(Some(open)),
            plan: Mutex::new(plan),
            book: Mutex::default(),
        })
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(super) fn plan(&self, plan: Plan) {
        *lock(&self.plan) = plan;
    }

    pub(super) fn rush(&self, piece: Instant) -> f64 {
        lock(&self.plan).rush(piece)
    }

    /// The running server and its store.
    pub(super) fn open(&self) -> Option<Open> {
        lock(&self.open).clone()
    }

    fn now(&self) -> Instant {
        self.timetable.now()
    }

    async fn answer(&self, parcel: &Parcel) -> Option<Reply> {
        let Open { router, .. } = self.open()?;
        let response = router.oneshot(request(parcel)?).await.ok()?;
        let (parts, body) = response.into_parts();
        let cookies = parts.headers.get_all(header::SET_COOKIE).iter();
        let cookie = cookies
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect::<Vec<_>>()
            .join("; ");
        let body = axum::body::to_bytes(body, BODY_BYTES).await.ok()?.to_vec();
        Some(Reply { status: parts.status.as_u16(), cookie, body })
    }

    /// One try: what came back, if anything did.
    async fn once(&self, parcel: &Parcel) -> Option<Reply> {
        // A place is kept in memory only: a kill in the middle of telling it cuts nothing off.
        let writes = parcel.write.is_some() && !parcel.path.ends_with("/position");
        let fate = lock(&self.plan).fate(&parcel.owner, writes, self.now());
        self.book().requests += 1;
        let reply = match fate {
            Fate::LostBefore => return None,
            Fate::Arrives | Fate::LostAfter => self.answer(parcel).await,
            Fate::Twice => self.twice(parcel).await,
            Fate::Killed(polls) => {
                let reply = cut_off(polls, self.answer(parcel)).await;
                if reply.is_none() {
                    self.restart().await;
                }
                reply.flatten()
            }
        };
        self.carry_on().await;
        let reply = reply.filter(|_| fate != Fate::LostAfter)?;
        self.heard(parcel, &reply);
        Some(reply)
    }

    /// The same request twice at once: two answers, one thing.
    async fn twice(&self, parcel: &Parcel) -> Option<Reply> {
        let (first, second) = futures::join!(self.answer(parcel), self.answer(parcel));
        let (first, second) = (first?, second?);
        let made = |reply: &Reply| {
            let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            let id = ["/request/id", "/alarm/id"].into_iter().find_map(|at| body.pointer(at));
            id.and_then(serde_json::Value::as_str).map(str::to_owned)
        };
        if let (Some(one), Some(other)) = (made(&first), made(&second))
            && one != other
        {
            self.broke(Broken {
                invariant: "one_wish_once",
                says: "what is said twice happens once",
                what: format!("{one} and {other}"),
                at: self.now(),
            });
        }
        Some(first)
    }

    /// What arrived on a phone is written down, and looked for in the journal.
    fn heard(&self, parcel: &Parcel, reply: &Reply) {
        let now = self.now();
        let mut book = self.book();
        let Book { chronicle, diary, broken, .. } = &mut *book;
        diary.note(parcel, reply);
        if broken.is_none() {
            *broken = invariants::lost(diary, chronicle, now);
        }
    }

    fn broke(&self, broken: Broken) {
        self.book().broken.get_or_insert(broken);
    }

    /// Does what is due, carries the news, and tells it to whom it concerns.
    pub(super) async fn carry_on(&self) {
        if let Err(failure) = self.try_carry_on().await {
            self.book().failed.get_or_insert(failure.to_string());
        }
    }

    async fn try_carry_on(&self) -> Result<(), Failure> {
        let Some(open) = self.open() else { return Ok(()) };
        let now = self.now();
        let (known, due) = {
            let book = self.book();
            (book.chronicle.number, book.next_deadline.is_some_and(|at| at <= now))
        };
        if open.store.number() == known && !due {
            return Ok(());
        }
        let killed = lock(&self.plan).killed_carrying(now);
        let settled = match killed {
            None => Some(open.app.settle().await),
            Some(polls) => cut_off(polls, open.app.settle()).await,
        };
        drop(open);
        match settled {
            Some(settled) => settled?,
            None => self.restart().await,
        }
        // What the killed one left is carried by the next.
        let Some(open) = self.open() else { return Ok(()) };
        if killed.is_some() {
            open.app.settle().await?;
        }
        self.read(&open).await?;
        self.book().next_deadline = open.store.next_deadline().await?;
        self.look(None, false);
        Ok(())
    }

    /// Reads the journal to its end and rings whom it concerns.
    async fn read(&self, open: &Open) -> Result<(), Failure> {
        loop {
            let known = self.book().chronicle.number;
            let page = open.store.read_after(known, PAGE).await?;
            for recorded in &page {
                self.book().chronicle.take(recorded);
                self.ring(recorded);
            }
            if page.len() < PAGE as usize {
                return Ok(());
            }
        }
    }

    /// News travels to phones and desks in some tenths of a second.
    fn ring(&self, recorded: &Recorded) {
        let at = self.now() + Span::millis(300 + (recorded.number as i64 * 137) % 600);
        for name in concerned(recorded) {
            self.timetable.ring(&name, at);
        }
    }

    /// Asks every invariant; with what the store holds, if that was read.
    pub(super) fn look(&self, standing: Option<&Standing>, over: bool) {
        let now = self.now();
        let mut book = self.book();
        if book.broken.is_some() {
            return;
        }
        let found = {
            let Book { chronicle, diary, .. } = &*book;
            let rules = &self.house.pack().rules;
            invariants::broken(&City { chronicle, diary, standing, rules, now, over })
        };
        book.broken = found;
    }

    /// The server is gone and comes back on what it had stored; every feed was cut.
    async fn restart(&self) {
        lock(&self.open).take();
        match self.house.open().await {
            Ok(open) => *lock(&self.open) = Some(open),
            Err(error) => {
                self.book().failed.get_or_insert(error.to_string());
            }
        }
        self.book().restarts += 1;
        self.timetable.ring_all(self.now() + Span::seconds(2));
    }
}

impl Line for Exchange {
    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Result<Reply, Trouble>> {
        Box::pin(async move {
            if let Some(reply) = self.once(&parcel).await {
                return Ok(reply);
            }
            // Who only looks looks again by herself; a write is said again with its key.
            if parcel.write.is_some() && !parcel.path.ends_with("/position") {
                for pause in SAID_AGAIN_AFTER_S {
                    self.timetable.wait_until(self.now() + Span::seconds(pause)).await;
                    self.book().diary.said_again += 1;
                    if let Some(reply) = self.once(&parcel).await {
                        return Ok(reply);
                    }
                }
            }
            Err(Trouble::Unreached)
        })
    }
}

fn request(parcel: &Parcel) -> Option<Request<Body>> {
    let method = if parcel.write.is_some() { Method::POST } else { Method::GET };
    let mut request = Request::builder().method(method).uri(&parcel.path);
    request = match &parcel.pass {
        Pass::Nobody => request,
        Pass::Cookie(cookie) => request.header(header::COOKIE, cookie),
        Pass::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        Pass::Simulated(pass) => request.header("x-simulated", pass),
    };
    let body = match &parcel.write {
        None => Body::empty(),
        Some((key, body)) => {
            request = request
                .header(header::ORIGIN, super::house::ORIGIN)
                .header(header::CONTENT_TYPE, "application/json")
                .header("idempotency-key", key);
            Body::from(body.clone())
        }
    };
    request.body(body).ok()
}

/// Events a desk has something to do about; the others change its board and nothing it does.
const FOR_DESKS: [&str; 13] = [
    "asked",
    "handed_over",
    "seen",
    "lapsed",
    "declined",
    "stood_down",
    "overdue",
    "trouble_raised",
    "raised",
    "raised_again",
    "graded",
    "retracted",
    "asked_about",
];

/// What everybody who hears it is called by: the thing itself, whoever is named in it, the desk.
fn concerned(recorded: &Recorded) -> Vec<String> {
    let mut names: Vec<String> = chronicle::name_of(recorded).into_iter().collect();
    let ids = recorded
        .body
        .split('"')
        .filter(|word| word.len() == 30 && (word.starts_with("tem_") || word.starts_with("hav_")));
    names.extend(ids.map(str::to_owned));
    match recorded.actor {
        Actor::Team(team) => names.push(team.to_string()),
        Actor::Haven(haven) => names.push(haven.to_string()),
        _ => {}
    }
    let name = recorded.name.as_str();
    let rings_further = name.starts_with("escalated") || name == "rang_again";
    match recorded.district.as_ref() {
        Some(district) if rings_further && chronicle::is_walk(recorded) => {
            names.push(help_bell(district.as_str()));
        }
        // For an alarm every desk looks up.
        _ if rings_further => names.push("desk".to_owned()),
        Some(district) if FOR_DESKS.contains(&name) => names.push(desk_bell(district.as_str())),
        _ => {}
    }
    names.sort();
    names.dedup();
    names
}
