//! Whether an alarm would arrive, asked every minute.
//!
//! Each minute an alarm is raised through the very code a phone's goes through, with its keys,
//! private rows, projections and deadlines, and rolled back at the last moment; then a small row
//! is committed and read back, so that a disk that no longer takes anything is found. Once an
//! hour, and at the start, one is really committed: raised, seen on the way to every desk's feed,
//! acknowledged and closed as a test. So the journal holds three events an hour of it and not
//! three a minute, which in most districts would be more than all walks together. A test's alarm
//! is raised by the clock, which never raises another, and is not shown in any queue.

use crate::{app::App, asked::Answer, problem::Turned, story::Story};
use ::alarm::{
    Alarm, Outcome,
    alarm::{Command, Grade, Press, Source},
};
use axum::{Json, extract::State};
use kernel::{Actor, Id, Instant, Span, id};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::{Context, Failure};
use wire::{desk, health::Health, problem::Problem};

/// How often the whole way is gone.
const WHOLE_EVERY: Span = Span::hours(1);
/// An alarm that takes longer than this has not arrived.
const IN_TIME: Duration = Duration::from_secs(2);

/// The last result.
#[derive(Debug, Default)]
pub(crate) struct SelfTest {
    last: Mutex<Option<desk::SelfTest>>,
    whole_at: Mutex<Option<Instant>>,
}

impl SelfTest {
    /// The last one; before the first, one that has not arrived.
    pub(crate) fn last(&self) -> desk::SelfTest {
        let none = desk::SelfTest { arrived: false, at: None, took_millis: None };
        self.last.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or(none)
    }
}

/// Whether an alarm is a self-test's.
pub(crate) fn is_test(alarm: &Story<Alarm>) -> bool {
    alarm.told.first().is_some_and(|raised| raised.actor == Actor::Clock)
}

/// How a rehearsal ends: nothing of it stays.
enum Ended {
    Rehearsed,
    Turned(Turned),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Turned(Turned::Failed(failure))
    }
}

impl App {
    /// Whether the last self-test arrived.
    pub fn self_test_arrived(&self) -> bool {
        self.inner().self_test.last().arrived
    }

    /// One self-test; its result is on every board. The loops do one each minute.
    pub async fn self_test(&self) {
        let began = tokio::time::Instant::now();
        let test = &self.inner().self_test;
        let now = self.now();
        let whole = {
            let whole_at = test.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
            whole_at.is_none_or(|at| now.since(at) >= WHOLE_EVERY)
        };
        let went =
            async { if whole { self.whole_way(now).await } else { self.rehearse(now).await } };
        let arrived = match tokio::time::timeout(IN_TIME, went).await {
            Ok(Ok(())) => true,
            Ok(Err(turned)) => {
                tracing::error!(?turned, "the self-test did not arrive");
                false
            }
            Err(_late) => {
                tracing::error!("the self-test did not arrive in time");
                false
            }
        };
        if arrived && whole {
            *test.whole_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        }
        let took_millis = u32::try_from(began.elapsed().as_millis()).ok();
        let result = desk::SelfTest { arrived, at: Some(now), took_millis };
        *test.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        // Every board looks again.
        self.bus().step();
    }

    fn press(&self, now: Instant) -> Command {
        Command::Raise(Press {
            source: Source::Citizen,
            grade: Grade::HelpNow,
            district: self.district_at(None),
            first_at: now,
            silent: true,
            location: None,
        })
    }

    async fn rehearse(&self, now: Instant) -> Result<(), Turned> {
        let rules = &self.pack().rules.alarm;
        let alarm = store::new_id::<id::Alarm>()?;
        let rehearsed: Result<(), Ended> = self
            .store()
            .transact("health::rehearse", async |tx| {
                let told = crate::alarm::private::Told::default().with_pins(
                    self.pin_key(),
                    alarm,
                    Some("0000"),
                    None,
                );
                told.keep(tx, self, now).await?;
                let context = Context::new(Actor::Clock, now);
                tx.act::<Alarm>(alarm, self.press(now), rules, &context)
                    .await
                    .map_err(|stopped| Ended::Turned(stopped.into()))?;
                Err(Ended::Rehearsed)
            })
            .await;
        match rehearsed {
            Ok(()) | Err(Ended::Rehearsed) => {}
            Err(Ended::Turned(turned)) => return Err(turned),
        }
        let mark = u64::try_from(now.millis()).unwrap_or(0);
        self.store().advance_cursor("self-test", mark).await?;
        if self.store().follower_cursor("self-test").await? < mark {
            return Err(Turned::Fault);
        }
        Ok(())
    }

    async fn whole_way(&self, now: Instant) -> Result<(), Turned> {
        let alarm = store::new_id::<id::Alarm>()?;
        let mut bell = self.doorbell();
        bell.mark_unchanged();
        self.test_step(alarm, self.press(now), now).await?;
        // What wakes every open board.
        bell.changed().await.map_err(|_gone| Turned::Fault)?;
        let listed = self.night().await?.alarms.contains_key(&alarm);
        self.test_step(alarm, Command::Acknowledge, now).await?;
        self.test_step(alarm, Command::Close { outcome: Outcome::Test }, now).await?;
        if listed { Ok(()) } else { Err(Turned::Fault) }
    }

    async fn test_step(
        &self,
        alarm: Id<id::Alarm>,
        command: Command,
        now: Instant,
    ) -> Result<(), Turned> {
        let rules = &self.pack().rules.alarm;
        self.store()
            .transact("health::whole_way", async |tx| {
                let context = Context::new(Actor::Clock, now).in_district(self.district_at(None));
                tx.act::<Alarm>(alarm, command.clone(), rules, &context).await
            })
            .await?;
        Ok(())
    }

    /// Ends tests that a crash left open, before anybody is rung for them.
    pub(crate) async fn end_stale_tests(&self) -> Result<(), Turned> {
        let now = self.now();
        let stale: Vec<Id<id::Alarm>> = {
            let night = self.night().await?;
            let open = night.alarms.values().filter(|alarm| alarm.state.open() && is_test(alarm));
            open.map(|alarm| alarm.id).collect()
        };
        for alarm in stale {
            self.test_step(alarm, Command::Acknowledge, now).await?;
            self.test_step(alarm, Command::Close { outcome: Outcome::Test }, now).await?;
        }
        Ok(())
    }
}

/// Whether the server lives, and whether an alarm would arrive.
#[utoipa::path(get, path = "/api/health", tag = "health",
    responses((status = 200, body = Health), (status = 503, body = Problem)))]
pub async fn health(State(app): State<App>) -> Answer<Health> {
    let number = app.night().await?.number;
    app.store().next_deadline().await?;
    Ok(Json(Health {
        number,
        self_test: app.inner().self_test.last(),
        streets: app.ground().walking.has_streets(),
    }))
}
