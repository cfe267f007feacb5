//! Deadlines lapse: each by its own word's rules, and with it what follows in other streams.

use super::PAGE;
use crate::{Failure, app::App, escort, volunteer};
use ::alarm::Alarm;
use ::escort::Request;
use ::haven::Store as Haven;
use ::patrol::{Round, Sighting};
use ::volunteer::{Application, Attendance, Debrief, NoGo, Shift, Team, Watch};
use kernel::{Actor, Aggregate, Instant};
use store::{Context, Due, Elapsed, Tx};

/// Deadlines that lapse in one transaction: a commit's wait for the disk is paid once for all, and
/// nobody else waits for the city longer than some tens of milliseconds.
const TOGETHER: usize = 20;

impl App {
    /// Lets every deadline lapse that has come; how many.
    ///
    /// Many are taken in one transaction, so that a restart after an outage is through with what
    /// is overdue in a moment. One that the world keeps from lapsing holds up none of the others.
    pub(super) async fn lapse(&self) -> Result<usize, Failure> {
        let now = self.now();
        let due = self.store().due(now, PAGE).await?;
        let mut lapsed = 0;
        let mut failed = None;
        for batch in due.chunks(TOGETHER) {
            if self.lapse_together(batch, now).await.is_ok() {
                lapsed += batch.len();
                continue;
            }
            for one in batch {
                match self.lapse_together(std::slice::from_ref(one), now).await {
                    Ok(()) => lapsed += 1,
                    Err(failure) => {
                        tracing::error!(%failure, stream = one.stream, deadline = one.name, "a deadline waits");
                        failed = Some(failure);
                    }
                }
            }
        }
        match failed {
            Some(failure) if lapsed == 0 => Err(failure),
            _ => Ok(lapsed),
        }
    }

    async fn lapse_together(&self, batch: &[Due], now: Instant) -> Result<(), Failure> {
        self.store()
            .transact("clock::lapse", async |tx| {
                for due in batch {
                    self.lapse_one(tx, due, now).await?;
                }
                Ok(())
            })
            .await
    }

    async fn lapse_one(&self, tx: &mut Tx, due: &Due, now: Instant) -> Result<(), Failure> {
        let rules = &self.pack().rules;
        match due.stream.as_str() {
            Request::STREAM => return self.lapse_walk(tx, due, now).await,
            Alarm::STREAM => drop(tx.elapse::<Alarm>(due, &rules.alarm, now).await?),
            Team::STREAM => return self.lapse_team(tx, due, now).await,
            Haven::STREAM => drop(tx.elapse::<Haven>(due, &rules.haven, now).await?),
            Application::STREAM => elapse::<Application>(tx, due, &rules.volunteer, now).await?,
            Attendance::STREAM => elapse::<Attendance>(tx, due, &rules.volunteer, now).await?,
            Shift::STREAM => return self.lapse_night(tx, due, now).await,
            Watch::STREAM => elapse::<Watch>(tx, due, &rules.volunteer, now).await?,
            Debrief::STREAM => elapse::<Debrief>(tx, due, &rules.volunteer, now).await?,
            NoGo::STREAM => elapse::<NoGo>(tx, due, &rules.volunteer, now).await?,
            Round::STREAM => elapse::<Round>(tx, due, &rules.patrol, now).await?,
            Sighting::STREAM => elapse::<Sighting>(tx, due, &rules.patrol, now).await?,
            other => tracing::error!(stream = other, "a deadline of a word that has no clock"),
        }
        Ok(())
    }

    /// A team's deadline; with the end of its shift both members come off duty.
    async fn lapse_team(&self, tx: &mut Tx, due: &Due, now: Instant) -> Result<(), Failure> {
        let Some(team) = due.id::<Team>() else { return Ok(()) };
        if let Elapsed::Acted(acted) =
            tx.elapse::<Team>(due, &self.pack().rules.volunteer, now).await?
        {
            let context = Context::new(Actor::Clock, now);
            volunteer::duty::follow_up(self, tx, team, &acted, &context).await?;
        }
        Ok(())
    }

    /// A night's deadline; with its end its teams part.
    async fn lapse_night(&self, tx: &mut Tx, due: &Due, now: Instant) -> Result<(), Failure> {
        if let Elapsed::Acted(acted) =
            tx.elapse::<Shift>(due, &self.pack().rules.volunteer, now).await?
        {
            let context = Context::new(Actor::Clock, now);
            volunteer::night::follow_up(self, tx, &acted, &context).await?;
        }
        Ok(())
    }

    /// A walk's deadline; the team whose offer lapsed is free in the same moment.
    async fn lapse_walk(&self, tx: &mut Tx, due: &Due, now: Instant) -> Result<(), Failure> {
        let Some(walk) = due.id::<Request>() else { return Ok(()) };
        let before = tx.load::<Request>(walk).await?.state.team();
        if let Elapsed::Acted(acted) =
            tx.elapse::<Request>(due, &self.pack().rules.escort, now).await?
        {
            let context = Context::new(Actor::Clock, now);
            escort::follow_up(self, tx, walk, before, &acted, &context).await?;
        }
        Ok(())
    }
}

/// A deadline from which nothing follows in other streams.
async fn elapse<A: Aggregate + 'static>(
    tx: &mut Tx,
    due: &Due,
    rules: &A::Rules,
    now: Instant,
) -> Result<(), Failure> {
    tx.elapse::<A>(due, rules, now).await.map(drop)
}
