//! Who does something next. Every person of the simulated city is a future that runs until it
//! waits for a moment or for news; the timetable knows for what, the world wakes one at a time, so
//! the same seed always gives the same night.

use kernel::{Instant, Span};
use server::{Clock, SteppedClock};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// Somebody of the simulated city.
pub(crate) type Life = Pin<Box<dyn Future<Output = ()> + Send>>;
/// Which of them.
pub(crate) type Who = u64;
/// One waiting.
type Ticket = u64;

/// The timetable. Shared by everybody.
pub(crate) struct Timetable {
    clock: Arc<SteppedClock>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Who is woken when, in the order of moments and then of asking.
    waking: BTreeSet<(Instant, Ticket)>,
    holders: BTreeMap<Ticket, Who>,
    /// Waits that are over and not yet taken notice of.
    over: BTreeSet<Ticket>,
    tickets: Ticket,
    /// Who is running now.
    running: Who,
    /// Whether the one who runs has come to wait for the timetable, and not for the service.
    waits: bool,
    /// Who listens for news, until when, by which ticket.
    listening: BTreeMap<Who, (Instant, Ticket)>,
    /// Who was rung while she was busy, and when.
    missed: BTreeMap<Who, Instant>,
    ears: BTreeMap<String, BTreeSet<Who>>,
    newcomers: Vec<Life>,
}

impl Kept {
    fn ticket(&mut self, at: Instant) -> Ticket {
        self.tickets += 1;
        let (ticket, who) = (self.tickets, self.running);
        self.waking.insert((at, ticket));
        self.holders.insert(ticket, who);
        ticket
    }
}

impl Timetable {
    /// An empty one by this clock.
    pub(crate) fn new(clock: Arc<SteppedClock>) -> Self {
        Self { clock, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Now.
    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Moves the clock on; never back.
    pub(crate) fn step_to(&self, at: Instant) {
        let span = at.since(self.now());
        if span > Span::ZERO {
            self.clock.step(span);
        }
    }

    /// Somebody new comes into the city; she begins at once.
    pub(crate) fn come(&self, life: Life) {
        self.kept().newcomers.push(life);
    }

    /// Who has come since this was last asked.
    pub(crate) fn newcomers(&self) -> Vec<Life> {
        std::mem::take(&mut self.kept().newcomers)
    }

    /// When the next one wakes.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.kept().waking.first().map(|(at, _)| *at)
    }

    /// Takes the next one, if her moment has come: she runs now.
    pub(crate) fn wake(&self) -> Option<Who> {
        let now = self.now();
        let mut kept = self.kept();
        let (at, ticket) = *kept.waking.first()?;
        if at > now {
            return None;
        }
        kept.waking.remove(&(at, ticket));
        kept.over.insert(ticket);
        let who = kept.holders.remove(&ticket)?;
        kept.listening.remove(&who);
        kept.running = who;
        Some(who)
    }

    /// She runs now; a newcomer was not woken by anything.
    pub(crate) fn begin(&self, who: Who) {
        self.kept().running = who;
    }

    /// Called before whoever runs is polled: she has not come to wait yet.
    pub(crate) fn run(&self) {
        self.kept().waits = false;
    }

    /// Whether she waits for the timetable.
    pub(crate) fn waits(&self) -> bool {
        self.kept().waits
    }

    /// She has gone home; nobody rings her any more.
    pub(crate) fn gone(&self, who: Who) {
        let mut kept = self.kept();
        kept.ears.retain(|_, ears| {
            ears.remove(&who);
            !ears.is_empty()
        });
        kept.missed.remove(&who);
        kept.listening.remove(&who);
        let theirs: Vec<Ticket> = kept
            .holders
            .iter()
            .filter(|(_, one)| **one == who)
            .map(|(ticket, _)| *ticket)
            .collect();
        for ticket in theirs {
            kept.holders.remove(&ticket);
            kept.waking.retain(|(_, other)| *other != ticket);
        }
    }

    /// Everybody has gone.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        let tickets = kept.tickets;
        *kept = Kept { tickets, ..Kept::default() };
    }

    /// Waits until it is `at`.
    pub(crate) async fn wait_until(&self, at: Instant) {
        if at > self.now() {
            Wait { timetable: self, at, listens: false, ticket: None }.await;
        }
    }

    /// Waits until `at` or until she is rung, and a second at least: nobody looks faster.
    pub(crate) async fn listen_until(&self, at: Instant) {
        let soonest = self.now() + Span::seconds(1);
        Wait { timetable: self, at: at.max(soonest), listens: true, ticket: None }.await;
    }

    /// Whoever runs is rung from now on when `name` is.
    pub(crate) fn hear(&self, name: &str) {
        let mut kept = self.kept();
        let who = kept.running;
        if let Some(ears) = kept.ears.get_mut(name) {
            ears.insert(who);
        } else {
            kept.ears.insert(name.to_owned(), BTreeSet::from([who]));
        }
    }

    /// Rings everybody who hears `name`: she looks at `at`, or when she has time.
    pub(crate) fn ring(&self, name: &str, at: Instant) {
        let mut kept = self.kept();
        let Some(ears) = kept.ears.get(name).cloned() else { return };
        for who in ears {
            match kept.listening.get(&who).copied() {
                Some((until, ticket)) if at < until => {
                    kept.waking.remove(&(until, ticket));
                    kept.waking.insert((at, ticket));
                    kept.listening.insert(who, (at, ticket));
                }
                Some(_sooner) => {}
                None => {
                    kept.missed.entry(who).or_insert(at);
                }
            }
        }
    }

    /// Rings everybody: every feed was cut and comes back.
    pub(crate) fn ring_all(&self, at: Instant) {
        let names: Vec<String> = self.kept().ears.keys().cloned().collect();
        for name in names {
            self.ring(&name, at);
        }
    }
}

struct Wait<'a> {
    timetable: &'a Timetable,
    at: Instant,
    listens: bool,
    ticket: Option<Ticket>,
}

impl Future for Wait<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        let timetable = self.timetable;
        let mut kept = timetable.kept();
        match self.ticket {
            Some(ticket) if kept.over.remove(&ticket) => return Poll::Ready(()),
            Some(_) => {}
            None => {
                let who = kept.running;
                let mut at = self.at;
                if self.listens
                    && let Some(rung) = kept.missed.remove(&who)
                {
                    at = at.min(rung.max(timetable.clock.now() + Span::seconds(1)));
                }
                let ticket = kept.ticket(at);
                if self.listens {
                    kept.listening.insert(who, (at, ticket));
                }
                self.ticket = Some(ticket);
            }
        }
        kept.waits = true;
        Poll::Pending
    }
}

#[cfg(test)]
mod tests;
