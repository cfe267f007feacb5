//! The nights themselves: who is there, who does something next, and what is looked at meanwhile.

use super::exchange::{Book, Exchange};
use super::faults::{Plan, SKEW};
use super::house::{House, Open};
use super::invariants::Standing;
use super::report::{Report, Tally};
use super::timetable::{Life, Timetable, Who};
use super::{NotRun, Simulation, crowd, standing};
use crate::night::ground::Ground;
use crate::night::line::Line;
use crate::night::phone::Phone;
use crate::night::watch::Watch;
use crate::night::{Scene, dispatcher, haven, team};
use kernel::{DistrictCode, Instant, Span};
use server::{Pack, SteppedClock};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use wire::demo::DemoNight;
use wire::session::Role;

/// A night begins at this local hour, before the first ask can be made.
const BEGINS: &str = "21:10";
/// Nobody asks any more so long after the beginning.
const ASKS_FOR: Span = Span::minutes(240);
/// It is over at the earliest so long after the beginning: teams have gone off duty.
const LASTS: Span = Span::minutes(280);
/// And at the latest then, whoever is still out.
const LASTS_AT_MOST: Span = Span::minutes(480);
/// How often a walking phone tells its place: 150 metres on. Real ones tell it every few seconds;
/// for who is near and who is late it makes no difference, and it is most of what is sent.
const TELLS_EVERY: Span = Span::minutes(2);
/// Opens seats to simulated people; nobody else is here.
const PASS: &str = "simulated";

fn failed(error: impl Display) -> NotRun {
    NotRun(error.to_string())
}

/// The first night with service that begins after this.
fn night_after(pack: &Pack, after: Instant) -> Option<Instant> {
    (0..400).find_map(|days| {
        let local = pack.zone.local(after + Span::days(days));
        let text =
            |hour: &str| format!("{:04}-{:02}-{:02}T{hour}", local.year, local.month, local.day);
        let begins = pack.zone.moment(&text(BEGINS))?;
        let served = pack.zone.moment(&text("22:30"))?;
        let open = pack.rules.escort.service.open_at(pack.zone.local(served));
        (open && begins > after).then_some(begins)
    })
}

/// The city as it runs.
struct World {
    simulation: Simulation,
    exchange: Arc<Exchange>,
    timetable: Arc<Timetable>,
    ground: Ground,
    /// Where each call sign belongs, and its place in the turns.
    teams: BTreeMap<String, (DistrictCode, usize)>,
    lives: BTreeMap<Who, Life>,
    known: Who,
    tally: Tally,
    /// The hash the journal ended in when it was last read whole.
    head: String,
}

/// Lives the nights.
pub(super) async fn live(simulation: Simulation) -> Result<Report, NotRun> {
    // On the heap: it is a whole city.
    let mut world = Box::pin(World::begin(simulation)).await?;
    let mut after = world.simulation.from;
    let mut nights = 0;
    for night in 0..world.simulation.nights {
        let begins = night_after(&world.simulation.pack, after)
            .ok_or_else(|| failed("the city has no night with service"))?;
        world.night(night as usize, begins).await?;
        nights += 1;
        if world.is_broken() {
            break;
        }
        after = begins;
    }
    Ok(world.report(nights))
}

impl World {
    async fn begin(mut simulation: Simulation) -> Result<Self, NotRun> {
        let clock = Arc::new(SteppedClock::at(simulation.from));
        let timetable = Arc::new(Timetable::new(Arc::clone(&clock)));
        let (pack, dir) = (simulation.pack.clone(), simulation.dir.clone());
        let ground = Arc::clone(&simulation.ground);
        let house = House::new(pack, dir, ground, clock, (PASS, simulation.proxy));
        let plan = Plan::none(simulation.from);
        let exchange =
            Arc::new(Exchange::new(house, Arc::clone(&timetable), plan).await.map_err(failed)?);
        let open = exchange.open().ok_or_else(|| failed("the house is closed"))?;
        open.app.enlist(&simulation.roster).await.map_err(failed)?;
        drop(open);
        exchange.carry_on().await;
        let teams = turns(&simulation);
        let mut ground = Self::survey(&simulation, &exchange, &timetable).await?;
        let ridership = std::mem::take(&mut simulation.ridership);
        ground.crowd(|name| ridership.at(name));
        ground.walks_anywhere = true;
        Ok(Self {
            simulation,
            exchange,
            timetable,
            ground,
            teams,
            lives: BTreeMap::new(),
            known: 0,
            tally: Tally::default(),
            head: String::new(),
        })
    }

    /// Asks the city for its places, around a point every 1.4 kilometres.
    async fn survey(
        simulation: &Simulation,
        exchange: &Arc<Exchange>,
        timetable: &Timetable,
    ) -> Result<Ground, NotRun> {
        timetable.begin(0);
        let line = Arc::clone(exchange) as Arc<dyn Line>;
        let area = simulation.pack.area;
        let rows = ((area.north - area.south) * 111.2 / 1.4).ceil().clamp(3.0, 24.0) as u32;
        let desk = |place| {
            let named = exchange.house.ground().places.get(place)?.district.clone();
            let named = named.as_ref().map(DistrictCode::as_str);
            Some(simulation.pack.district_of(named).clone())
        };
        Ground::survey(&Phone::new(line, "survey"), rows, desk).await.map_err(failed)
    }

    fn is_broken(&self) -> bool {
        let book = self.exchange.book();
        book.broken.is_some() || book.failed.is_some()
    }

    /// Steps to the evening, deadline by deadline, with nobody about.
    async fn day(&mut self, until: Instant) -> Result<(), NotRun> {
        // By day nothing goes wrong: the nights are long enough.
        self.exchange.plan(Plan::none(until));
        while !self.is_broken() {
            let due = self.exchange.book().next_deadline;
            let Some(due) = due.filter(|due| *due < until) else { break };
            self.timetable.step_to(due);
            self.exchange.carry_on().await;
        }
        self.timetable.step_to(until);
        let open = self.exchange.open().ok_or_else(|| failed("the house is closed"))?;
        open.app.forget().await.map_err(failed)
    }

    async fn night(&mut self, number: usize, begins: Instant) -> Result<(), NotRun> {
        self.day(begins).await?;
        {
            let mut book = self.exchange.book();
            book.chronicle.let_go(begins);
            book.diary = super::diary::Diary::default();
        }
        self.settle_in(number, begins).await?;
        let mut minute = begins + Span::minutes(1);
        while !self.is_broken() {
            let due = self.exchange.book().next_deadline;
            let next = [Some(minute), due, self.timetable.next()].into_iter().flatten().min();
            self.timetable.step_to(next.unwrap_or(minute));
            let now = self.timetable.now();
            if due.is_some_and(|due| due <= now) {
                self.exchange.carry_on().await;
            }
            while let Some(who) = self.timetable.wake() {
                self.let_live(who).await;
                if self.is_broken() {
                    break;
                }
            }
            if minute <= now {
                self.minute(minute.since(begins)).await?;
                minute = minute + Span::minutes(1);
                if self.is_over(now.since(begins)) {
                    break;
                }
            }
        }
        self.lives.clear();
        self.timetable.clear();
        self.end().await
    }

    fn is_over(&self, since: Span) -> bool {
        let book = self.exchange.book();
        let quiet = book.chronicle.live.is_empty() && book.chronicle.open.is_empty();
        (quiet && since >= LASTS) || since >= LASTS_AT_MOST
    }

    /// Everybody comes: desks, tills, the teams whose turn it is, the crowd.
    async fn settle_in(&mut self, number: usize, begins: Instant) -> Result<(), NotRun> {
        let line = Arc::clone(&self.exchange) as Arc<dyn Line>;
        let seed = self.simulation.seed;
        let scene = Arc::new(Scene {
            seed,
            pass: PASS.to_owned(),
            line: Arc::clone(&line),
            watch: Watch::Stepped(Arc::clone(&self.timetable)),
            ground: self.ground.clone(),
            ringing: std::sync::Mutex::default(),
            skew: if self.simulation.faults.skew { SKEW } else { Span::ZERO },
            tell_every: TELLS_EVERY,
            tell_standing: Span::minutes(6),
        });
        self.timetable.begin(0);
        let phone = Phone::new(line, "night");
        let night: DemoNight = phone.get("/api/demo").await.map_err(failed)?;
        let mut parts = Vec::new();
        for part in night.parts {
            let scene = Arc::clone(&scene);
            let life: Life = match part.role {
                Role::Dispatcher => Box::pin(dispatcher::play(scene, part.part)),
                Role::Haven => Box::pin(haven::play(scene, part.part)),
                Role::Team => {
                    let sign = part.part.trim_start_matches("team-");
                    let Some((desk, turn)) = self.teams.get(sign) else { continue };
                    if turn % self.simulation.turns.max(1) != number % self.simulation.turns.max(1)
                    {
                        continue;
                    }
                    parts.push(part.part.clone());
                    Box::pin(team::play(scene, part.part, Some(desk.clone())))
                }
                // They look on, look after seats and figures, or walk a beat: nobody waits for
                // them at night.
                Role::Supervisor
                | Role::Patrol
                | Role::Programme
                | Role::Analyst
                | Role::Administrator
                | Role::Caseworker
                | Role::ServicePartner
                | Role::CaseSupervisor => continue,
            };
            self.timetable.come(life);
        }
        let (faults, until) = (self.simulation.faults, begins + ASKS_FOR);
        self.exchange.plan(Plan::of(faults, seed, begins, ASKS_FOR, &parts));
        let (exchange, timetable) = (Arc::clone(&self.exchange), Arc::clone(&self.timetable));
        let size = self.simulation.size;
        self.timetable.come(Box::pin(crowd::all(scene, exchange, timetable, size, until)));
        self.receive().await;
        Ok(())
    }

    /// Whoever has come begins.
    async fn receive(&mut self) {
        loop {
            let newcomers = self.timetable.newcomers();
            if newcomers.is_empty() {
                return;
            }
            for life in newcomers {
                self.known += 1;
                let who = self.known;
                self.lives.insert(who, life);
                self.timetable.begin(who);
                self.run(who).await;
            }
        }
    }

    async fn let_live(&mut self, who: Who) {
        self.run(who).await;
        self.receive().await;
    }

    /// Lets one person run until she waits for a moment or for news, or has gone home.
    async fn run(&mut self, who: Who) {
        let Some(mut life) = self.lives.remove(&who) else { return };
        let timetable = Arc::clone(&self.timetable);
        let gone = poll_fn(|context| {
            timetable.run();
            match life.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(true),
                Poll::Pending if timetable.waits() => Poll::Ready(false),
                Poll::Pending => Poll::Pending,
            }
        })
        .await;
        if gone {
            self.timetable.gone(who);
        } else {
            self.lives.insert(who, life);
        }
    }

    /// What goes on by itself each minute, and a full look at the city.
    async fn minute(&mut self, since: Span) -> Result<(), NotRun> {
        let Some(Open { app, store, .. }) = self.exchange.open() else { return Ok(()) };
        let minutes = since.as_seconds() / 60;
        app.self_test().await;
        if minutes % 5 == 0 {
            app.forget().await.map_err(failed)?;
        }
        if minutes % 60 == 0 {
            store.checkpoint(self.timetable.now()).await.map_err(failed)?;
        }
        drop((app, store));
        self.exchange.carry_on().await;
        let standing = self.standing().await?;
        self.exchange.look(Some(&standing), false);
        Ok(())
    }

    async fn standing(&self) -> Result<Standing, NotRun> {
        let open = self.exchange.open().ok_or_else(|| failed("the house is closed"))?;
        let tests: Vec<String> = {
            let book = self.exchange.book();
            let tests = book.chronicle.alarms.iter().filter(|(_, alarm)| alarm.test);
            tests.map(|(id, _)| id.clone()).collect()
        };
        let is_test = |id: &str| tests.iter().any(|one| one == id);
        standing::read(&open, self.timetable.now(), is_test).await.map_err(failed)
    }

    /// The night is over: the record is read whole, and what happened is counted.
    async fn end(&mut self) -> Result<(), NotRun> {
        let broken = self.is_broken();
        let mut standing = self.standing().await?;
        let open = self.exchange.open().ok_or_else(|| failed("the house is closed"))?;
        self.head = standing::audit(&open, &mut standing).await.map_err(failed)?;
        if !broken {
            self.exchange.look(Some(&standing), true);
        }
        let book = self.exchange.book();
        let Book { chronicle, diary, failed: world, .. } = &*book;
        self.tally.night(chronicle, diary);
        world.as_ref().map_or(Ok(()), |what| Err(failed(what)))
    }

    fn report(self, nights: u32) -> Report {
        let book = self.exchange.book();
        let Simulation { seed, faults, pack, size, turns, .. } = &self.simulation;
        let broken = book.broken.clone();
        let last = book.chronicle.last.iter().cloned();
        Report {
            nights,
            seed: *seed,
            size: *size,
            faults: faults.to_string(),
            districts: pack.districts.len(),
            teams: self.teams.len().div_ceil((*turns).max(1)),
            invariants_broken: u32::from(broken.is_some()),
            last_events: if broken.is_some() { last.collect() } else { Vec::new() },
            broken,
            restarts: book.restarts,
            served_requests: book.requests,
            head: self.head,
            ..self.tally.report(&book.chronicle)
        }
    }
}

/// Where each call sign belongs, and its place among the teams of its district.
fn turns(simulation: &Simulation) -> BTreeMap<String, (DistrictCode, usize)> {
    let mut counts: BTreeMap<DistrictCode, usize> = BTreeMap::new();
    let mut teams = BTreeMap::new();
    for team in &simulation.roster.teams {
        let count = counts.entry(team.district.clone()).or_default();
        teams.insert(team.call_sign.clone(), (team.district.clone(), *count));
        *count += 1;
    }
    teams
}
