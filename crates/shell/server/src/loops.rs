//! What goes on without anybody asking: deadlines, news carried onward, forgetting, the self-test,
//! new imports. Each loop is a task of its own, so that one that waits holds up no other.

mod deadlines;

use crate::{Failure, alarm, app::App, escort, ground::Ground, patrol, volunteer};
use kernel::{Aggregate, Instant, Span};
use std::{
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use store::Recorded;
use tokio::{sync::watch, task::JoinSet};

/// Deadlines and events taken at a time.
const PAGE: u32 = 100;
/// So many events are read again at most after a restart by a relay none of them concerned.
const NOTED_EVERY: u64 = 500;
/// What is older than this is not rung for any more: after a long outage nobody's phone is
/// flooded with offers that lapsed long ago.
const STALE: Span = Span::minutes(10);
/// How long a loop waits after the world failed it.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often expired private rows are forgotten.
const FORGET_EVERY: Span = Span::minutes(5);
/// How often it is asked whether an alarm would arrive.
const TEST_EVERY: Span = Span::minutes(1);
/// How often it is told how many were turned away.
const COUNT_EVERY: Span = Span::minutes(1);
/// How often it is asked whom the plan has to send by now, if nothing happens meanwhile.
/// Less than a plan that is kept ready lasts.
const PLAN_EVERY: Span = Span::seconds(4);
/// How often it is looked whether the head of the log of keys has to be signed anew.
const HEAD_EVERY: Span = Span::minutes(10);
/// How often the heads of the journal and of the custody log are signed.
const SIGN_EVERY: Span = Span::hours(1);

/// The running loops.
pub struct Followers {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Followers {
    /// Lets every loop finish what it is at, and waits for them.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Who carries which news. Each keeps its own place in the journal.
#[derive(Clone, Copy, Debug)]
enum Relay {
    /// Rings phones.
    Ring,
    /// Passes a walk on to the next team.
    GoOn,
    /// Carries alarms to the walk or store they came from.
    Carry,
    /// Credits the hours of turns that have ended.
    Credit,
    /// Carries what patrols notice to the register, and back what became of it.
    Notice,
}

/// How far this process has read for each relay. The store knows it too, but is told only when
/// something was done or much was read: most events concern none of the five, and a commit for each
/// and each of them would be most of what a city writes.
#[derive(Debug, Default)]
pub(crate) struct Places([AtomicU64; Relay::ALL.len()]);

impl Places {
    const fn of(&self, relay: Relay) -> &AtomicU64 {
        &self.0[relay as usize]
    }
}

impl Relay {
    const ALL: [Self; 5] = [Self::Ring, Self::GoOn, Self::Carry, Self::Credit, Self::Notice];

    const fn name(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::GoOn => "go-on",
            Self::Carry => "carry",
            Self::Credit => "credit",
            Self::Notice => "notice",
        }
    }

    /// Carries one event; whether a message was put out. Whatever else a relay does is in the
    /// journal.
    async fn deliver(self, app: &App, recorded: &Recorded) -> Result<bool, Failure> {
        match self {
            Self::Ring if app.now().since(recorded.at) < STALE => return ring(app, recorded).await,
            Self::Ring => {}
            Self::GoOn => escort::relay::go_on(app, recorded).await?,
            Self::Carry => {
                alarm::relay::carry(app, recorded).await?;
                volunteer::incident::carry(app, recorded).await?;
            }
            Self::Credit => volunteer::relay::credit(app, recorded).await?,
            Self::Notice => patrol::relay::carry(app, recorded).await?,
        }
        Ok(false)
    }
}

/// Puts a message out. A sink that cannot be written is said so and passed by: the desk sees what
/// the message would have said, and the next message must not wait for this one. Whether there was
/// a message.
async fn ring(app: &App, recorded: &Recorded) -> Result<bool, Failure> {
    let message = match escort::relay::message(app, recorded)? {
        Some(message) => Some(message),
        None => match alarm::relay::message(app, recorded)? {
            Some(message) => Some(message),
            None => volunteer::relay::message(app, recorded).await?,
        },
    };
    let Some(message) = message else { return Ok(false) };
    if let Err(failure) = app.inner().outbox.send(&message).await {
        tracing::error!(%failure, number = recorded.number, "a message was not put out");
    }
    Ok(true)
}

impl App {
    /// Starts everything that goes on without anybody asking.
    pub fn spawn_followers(&self) -> Followers {
        let mut followers = Followers { tasks: JoinSet::new(), stop: watch::Sender::new(false) };
        followers.start(self, clock);
        for relay in Relay::ALL {
            followers.start(self, move |app, stop| carry_on(app, stop, relay));
        }
        followers.start(self, |app, stop| {
            every(app, stop, TEST_EVERY, async |app: &App| {
                app.self_test().await;
                Ok(())
            })
        });
        followers.start(self, |app, stop| {
            every(app, stop, FORGET_EVERY, async |app: &App| app.forget().await)
        });
        followers.start(self, |app, stop| {
            every(app, stop, SIGN_EVERY, async |app: &App| {
                app.store().checkpoint(app.now()).await.map(drop)
            })
        });
        followers.start(self, |app, stop| {
            every(app, stop, HEAD_EVERY, async |app: &App| app.keep_head().await)
        });
        followers.start(self, |app, stop| {
            every(app, stop, SIGN_EVERY, async |app: &App| app.keep_custody_head().await)
        });
        followers.start(self, |app, stop| {
            every(app, stop, COUNT_EVERY, async |app: &App| {
                app.inner().denials.tell();
                Ok(())
            })
        });
        followers.start(self, planning);
        followers.start(self, imports);
        followers.start(self, seats);
        followers
    }

    /// Does everything that is due and carries all news, until there is none. What the loops do
    /// continuously, for tests and simulations on a stepped clock.
    ///
    /// # Errors
    /// [`Failure`] of the store.
    pub async fn settle(&self) -> Result<(), Failure> {
        loop {
            let mut busy = self.lapse().await? > 0;
            for relay in Relay::ALL {
                busy |= self.carry(relay).await? > 0;
            }
            busy |= escort::dispatch::by_plan(self).await? > 0;
            if !busy {
                return Ok(());
            }
        }
    }

    /// Forgets what has expired: private rows, positions, sessions, remembered answers. The loops
    /// do it every five minutes.
    ///
    /// # Errors
    /// [`Failure`] of the store.
    pub async fn forget(&self) -> Result<(), Failure> {
        let now = self.now();
        let kept = Span::minutes(self.pack().rules.server.position_kept_minutes.into());
        self.bus().forget_older(now, kept);
        self.store().part_knocks(now).await?;
        self.store().part_cases(now).await?;
        if self.inner().matching.is_some() {
            self.store().part_entries(now).await?;
        }
        self.clear_files().await?;
        self.store().forget_expired(now).await.map(drop)
    }

    /// Carries a page of news; how much.
    async fn carry(&self, relay: Relay) -> Result<usize, Failure> {
        let place = self.inner().places.of(relay);
        let before = self.store().number();
        let read = place.load(Ordering::Relaxed);
        if read == before {
            return Ok(0);
        }
        // Another server of the same city may have carried it meanwhile, or this one's predecessor.
        let from = if read > 0 && self.store().is_alone() {
            read
        } else {
            read.max(self.store().follower_cursor(relay.name()).await?)
        };
        let page = self.store().read_after(from, PAGE).await?;
        let mut rang = false;
        for recorded in &page {
            rang |= relay.deliver(self, recorded).await?;
        }
        if let Some(last) = page.last().map(|last| last.number) {
            // What a relay did beside ringing has moved the journal on.
            let acted = rang || self.store().number() != before;
            if acted || last / NOTED_EVERY != from / NOTED_EVERY {
                self.store().advance_cursor(relay.name(), last).await?;
            }
            place.fetch_max(last, Ordering::Relaxed);
        }
        Ok(page.len())
    }
}

impl Followers {
    fn start<F, L>(&mut self, app: &App, run: F)
    where
        F: FnOnce(App, watch::Receiver<bool>) -> L,
        L: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(run(app.clone(), self.stop.subscribe()));
    }
}

/// Waits for something, or for the end; whether to go on.
async fn or_stop(stop: &mut watch::Receiver<bool>, wait: impl Future<Output = ()>) -> bool {
    tokio::select! {
        ended = stop.wait_for(|stop| *stop) => ended.is_err_and(|_gone| false),
        () = wait => true,
    }
}

/// Fires deadlines: at their time, after every append that may have set an earlier one, and all
/// overdue ones at once after a restart.
async fn clock(app: App, mut stop: watch::Receiver<bool>) {
    if let Err(turned) = app.end_stale_tests().await {
        tracing::error!(?turned, "an open self-test could not be ended");
    }
    let mut bell = app.doorbell();
    loop {
        bell.mark_unchanged();
        let wait = match fire(&app).await {
            Ok(next) => next,
            Err(failure) => {
                tracing::error!(%failure, "deadlines could not be looked at");
                Some(app.now() + Span::seconds(1))
            }
        };
        let next = wait.unwrap_or_else(|| app.now() + Span::minutes(1));
        let wait = async {
            tokio::select! {
                () = app.clock().wait_until(next) => {}
                _rung = bell.changed() => {}
            }
        };
        if !or_stop(&mut stop, wait).await {
            return;
        }
    }
}

async fn fire(app: &App) -> Result<Option<Instant>, Failure> {
    while app.lapse().await? > 0 {}
    app.store().next_deadline().await
}

/// Carries news whenever there is some.
async fn carry_on(app: App, mut stop: watch::Receiver<bool>, relay: Relay) {
    let mut bell = app.doorbell();
    loop {
        bell.mark_unchanged();
        let carried = app.carry(relay).await;
        let wait = async {
            match carried {
                Ok(0) => {
                    let _rung = bell.changed().await;
                }
                Ok(_more) => {}
                Err(failure) => {
                    tracing::error!(%failure, relay = relay.name(), "news waits");
                    tokio::time::sleep(PATIENCE).await;
                }
            }
        };
        if !or_stop(&mut stop, wait).await {
            return;
        }
    }
}

/// Offers by the plan whenever something has happened, and as time passes; and keeps one ready for
/// whoever asks next.
async fn planning(app: App, mut stop: watch::Receiver<bool>) {
    let mut bell = app.doorbell();
    loop {
        bell.mark_unchanged();
        if let Err(failure) = escort::dispatch::by_plan(&app).await {
            tracing::error!(%failure, "nothing could be offered by the plan");
            tokio::time::sleep(PATIENCE).await;
        }
        if let Err(failure) = app.keep_plan_ready().await {
            tracing::error!(%failure, "no plan is ready for who asks next");
            tokio::time::sleep(PATIENCE).await;
        }
        let next = app.now() + PLAN_EVERY;
        let wait = async {
            tokio::select! {
                () = app.clock().wait_until(next) => {}
                _rung = bell.changed() => {}
            }
        };
        if !or_stop(&mut stop, wait).await {
            return;
        }
        // News comes in bursts; a plan for all of it is one plan.
        if !or_stop(&mut stop, tokio::time::sleep(PATIENCE)).await {
            return;
        }
    }
}

/// Does something now and every so often, by the city's clock.
async fn every<W>(app: App, mut stop: watch::Receiver<bool>, each: Span, work: W)
where
    W: AsyncFn(&App) -> Result<(), Failure>,
{
    loop {
        let next = app.now() + each;
        if let Err(failure) = work(&app).await {
            tracing::error!(%failure, "something that is done regularly was not");
        }
        while app.now() < next {
            if !or_stop(&mut stop, app.clock().wait_until(next)).await {
                return;
            }
        }
    }
}

/// Stands on new ground whenever a register has been imported.
async fn imports(app: App, mut stop: watch::Receiver<bool>) {
    let mut bell = app.doorbell();
    let mut known = *bell.borrow_and_update();
    loop {
        let rung = async {
            let _rung = bell.changed().await;
            // An import of many files is one new ground, not many.
            tokio::time::sleep(PATIENCE).await;
        };
        if !or_stop(&mut stop, rung).await {
            return;
        }
        let head = *bell.borrow_and_update();
        match imported(&app, known).await {
            Ok(news) => {
                known = head;
                if news {
                    match Ground::read(app.store(), app.pack()).await {
                        Ok(ground) => app.stand_on(ground),
                        Err(failure) => tracing::error!(%failure, "the ground stays as it was"),
                    }
                }
            }
            Err(failure) => tracing::error!(%failure, "imports could not be looked for"),
        }
    }
}

/// Knows of every seat that was opened, changed or closed, by this process or another.
async fn seats(app: App, mut stop: watch::Receiver<bool>) {
    let mut bell = app.doorbell();
    let mut known = *bell.borrow_and_update();
    loop {
        let rung = async {
            let _rung = bell.changed().await;
        };
        if !or_stop(&mut stop, rung).await {
            return;
        }
        bell.mark_unchanged();
        match changed(&app, known).await {
            Ok((read, false)) => known = read,
            Ok((read, true)) => match app.seats().load(app.store(), app.now()).await {
                Ok(()) => known = read,
                Err(failure) => tracing::error!(%failure, "the seats stay as they were"),
            },
            Err(failure) => tracing::error!(%failure, "changes of seats could not be looked for"),
        }
    }
}

/// How far the journal was read, and whether a seat has changed on the way.
async fn changed(app: &App, mut from: u64) -> Result<(u64, bool), Failure> {
    let mut news = false;
    loop {
        let page = app.store().read_after(from, PAGE).await?;
        let Some(last) = page.last() else { return Ok((from, news)) };
        from = last.number;
        news |= page.iter().any(crate::seat::changes_seats);
    }
}

async fn imported(app: &App, mut from: u64) -> Result<bool, Failure> {
    loop {
        let page = app.store().read_after(from, PAGE).await?;
        let Some(last) = page.last() else { return Ok(false) };
        from = last.number;
        if page.iter().any(|one| one.stream == environment::Register::STREAM) {
            return Ok(true);
        }
    }
}
