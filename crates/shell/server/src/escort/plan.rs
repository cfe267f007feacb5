//! The plan of the night: who goes to whom, and when somebody who asks would be met. Drawn from the
//! journal and the positions whenever either has changed, kept in memory only, and gone with the
//! process: nothing depends on a plan but what is offered next. What is taken is answered by the
//! journal; a plan that is wrong or missing costs a longer walk, never a walk.

mod drawn;
mod learned;
mod legs;

pub use drawn::Wish;

use crate::{app::App, story::Story};
use ::escort::{Help, Outlook, Request, Shortage, Unmet};
use assign::{Decision, Dispatch, PlaceNo, Reason, Refused, Relaxation, RequestNo, TeamNo};
use drawn::{Homes, Scene, Stands, request, seconds};
use kernel::{Id, Instant, Span, id};
use learned::Learned;
use legs::{Asked, Legs, Places};
use std::{collections::HashMap, sync::Arc};
use store::Failure;
use tokio::sync::MutexGuard;

/// A plan this old is drawn anew even if nothing has happened: teams walk, and time passes.
const FRESH: Span = Span::seconds(5);
/// After so long without a question the plan is no longer kept ready for the next.
const KEPT_READY: Span = Span::minutes(10);
/// How long before a team has to leave a walk is offered to it, beyond the time it takes to answer.
const EARLY_S: i32 = 30;
/// How long somebody is asked to stand with the team for another who walks with them.
const COMPANY_WAITS: Span = Span::minutes(5);

/// The plan as it is, and what is kept to draw the next one.
#[derive(Default)]
pub struct Planner {
    homes: Homes,
    stands: Stands,
    legs: Legs,
    plan: Option<Plan>,
    /// When somebody last wanted to know what she can be told.
    asked_at: Option<Instant>,
}

/// How much may have changed since a plan was drawn for it to serve still.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Serves {
    /// Nothing: it is asked whom to send.
    Exact,
    /// Teams have walked on, for as long as a plan that is kept ready lasts: a few metres.
    Ready,
}

/// One plan, true at a moment.
pub struct Plan {
    number: u64,
    at: Instant,
    footsteps: u64,
    /// Whether it was drawn to be ready for whoever asks next.
    ready: bool,
    dispatch: Dispatch,
    places: Places,
    /// In the order of their numbers; whether a walk is in hand.
    teams: Vec<(Id<id::Team>, bool)>,
    walks: HashMap<Id<id::Escort>, RequestNo>,
    /// How many are on duty and reachable, whether or not anybody knows where they are.
    on_duty: usize,
    open_to_company: Vec<OpenToCompany>,
}

/// A walk in hand that somebody may still join, if both asked for it.
struct OpenToCompany {
    team: Id<id::Team>,
    walk: Id<id::Escort>,
    state: Request,
    /// When the team is there.
    there_at: Instant,
}

/// Whom the plan has for a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Who goes.
    pub team: Id<id::Team>,
    /// Whether the team is free and goes to her before anybody else.
    pub next: bool,
    /// Whether it has to be asked now to be there in time.
    pub due: bool,
}

impl Plan {
    /// What it has learned.
    fn learned(self) -> Learned {
        Learned { places: self.places, table: self.dispatch.into_table() }
    }

    fn team(&self, number: TeamNo) -> Option<(Id<id::Team>, bool)> {
        self.teams.get(number.0 as usize).copied()
    }

    /// Where a team is before it goes to somebody it meets at `begin_s`, and how many it walks
    /// home until then.
    fn before(&self, team: TeamNo, begin_s: i32) -> (PlaceNo, u16) {
        let at = self.dispatch.teams()[team.0 as usize].at;
        let before = self.dispatch.ahead(team).into_iter().filter(|stop| stop.begin_s < begin_s);
        before.fold((at, 0), |(_, walks), stop| {
            let request = &self.dispatch.requests()[stop.request.0 as usize];
            let place = if stop.meets { request.pickup } else { request.home };
            (place, walks + u16::from(!stop.meets))
        })
    }
}

impl Planner {
    /// Whom the plan has for a walk; `None` if nobody, or if it does not know the walk.
    pub fn planned(&mut self, app: &App, walk: Id<id::Escort>) -> Option<Planned> {
        let plan = self.plan.as_ref()?;
        let number = *plan.walks.get(&walk)?;
        let promise = plan.dispatch.promised(number)?;
        let (team, in_hand) = plan.team(promise.team)?;
        let first = plan.dispatch.ahead(promise.team).first().map(|stop| stop.request);
        let (from, _) = plan.before(promise.team, promise.expected_s);
        let pickup = plan.dispatch.requests()[number.0 as usize].pickup;
        let walk_s = plan.places.seconds(&mut self.legs, from, pickup);
        let answer_s = i32::from(app.pack().rules.escort.answer_seconds);
        let next = first == Some(number) && !in_hand;
        let due = promise.expected_s - walk_s - answer_s <= EARLY_S;
        Some(Planned { team, next, due: next && due })
    }

    /// Whether a free team is about to be needed by somebody else.
    pub fn spoken_for(&self, team: Id<id::Team>, besides: Id<id::Escort>) -> bool {
        let Some(plan) = &self.plan else { return false };
        let Some(number) = plan.teams.iter().position(|(known, _)| *known == team) else {
            return false;
        };
        let next = plan.dispatch.ahead(TeamNo(number as u32)).first().map(|stop| stop.request);
        next.is_some() && next != plan.walks.get(&besides).copied()
    }

    /// What the plan has for somebody who asks now. Nothing is booked.
    fn outlook(&mut self, app: &App, wish: &Wish) -> Outlook {
        let Some(plan) = &mut self.plan else { return Outlook::Unknown };
        if plan.teams.is_empty() && plan.on_duty > 0 {
            // Somebody is out, and nobody knows where.
            return Outlook::Unknown;
        }
        let since = plan.at;
        let asked = request(app, (&mut plan.places, &mut self.legs), wish, since);
        plan.dispatch.learn(plan.places.count(), &Asked::of(&plan.places, &mut self.legs));
        let decision = match plan.dispatch.quote(&asked) {
            // Somebody else may make room: tried on a copy, because nothing is booked yet.
            Decision::Refused(_) => plan.dispatch.clone().ask(asked).1,
            promised @ Decision::Promised(_) => promised,
        };
        match decision {
            Decision::Promised(promise) => {
                let (from, before) = plan.before(promise.team, promise.expected_s);
                let in_hand = plan.team(promise.team).is_some_and(|(_, in_hand)| in_hand);
                let walk_s = plan.places.seconds(&mut self.legs, from, asked.pickup);
                let walk_seconds = u32::try_from(walk_s).unwrap_or(u32::MAX);
                let rules = &app.pack().rules.escort;
                let at_best = i64::from(rules.handling_seconds()) + i64::from(walk_seconds);
                let in_seconds = i64::from(promise.expected_s).max(at_best);
                Outlook::Team {
                    walk_seconds,
                    in_seconds: u32::try_from(in_seconds).unwrap_or(u32::MAX),
                    walks_before: before + u16::from(in_hand),
                }
            }
            Decision::Refused(refused) => {
                let together = self.together(app, wish);
                if let Some(outlook) = together.clone().filter(|_| wish.shares) {
                    return outlook;
                }
                let shortage = self.shortage(app, &asked, &refused);
                let wanted_s = seconds(wish.wanted_at, since).max(0);
                let mut helps = helps(&refused, wanted_s);
                helps.extend(together.map(|_would_serve| Help::Company));
                Outlook::Nobody(Unmet { shortage, helps })
            }
        }
    }

    /// The walk in hand that somebody would join, if she asked for it too.
    fn joined(&self, app: &App, wish: &Wish) -> Option<&OpenToCompany> {
        let rules = &app.pack().rules.escort;
        let her = Request {
            shares: true,
            meeting_place: Some(wish.meeting_place),
            people: wish.people,
            ..Request::default()
        };
        // Who has met is not kept standing for somebody who comes later.
        let in_time = |open: &&OpenToCompany| {
            open.there_at <= wish.by && wish.wanted_at <= open.there_at + COMPANY_WAITS
        };
        let open = self.plan.as_ref()?.open_to_company.iter();
        open.filter(in_time)
            .filter(|open| her.may_join(&open.state, rules))
            .min_by_key(|open| (open.there_at, open.walk))
    }

    fn together(&self, app: &App, wish: &Wish) -> Option<Outlook> {
        let (open, now) = (self.joined(app, wish)?, app.now());
        let handling = app.pack().rules.escort.handling_seconds();
        let there = u32::try_from(open.there_at.since(now).as_seconds()).unwrap_or(0);
        Some(Outlook::Team {
            walk_seconds: open.state.assigned.map_or(0, |assigned| assigned.walk_seconds),
            in_seconds: there.max(handling),
            walks_before: 0,
        })
    }

    /// The team that has in hand a walk which this one, waiting, may join; and that walk.
    pub fn company(
        &self,
        app: &App,
        story: &Story<Request>,
    ) -> Option<(Id<id::Team>, Id<id::Escort>)> {
        let rules = &app.pack().rules.escort;
        let open = self.plan.as_ref()?.open_to_company.iter();
        let ready = |open: &&OpenToCompany| {
            story.state.may_join(&open.state, rules)
                && !story.state.passed_recently(open.team, rules, app.now())
                && story.state.wanted_at <= open.there_at + COMPANY_WAITS
        };
        let first = open.filter(ready).min_by_key(|open| (open.there_at, open.walk))?;
        Some((first.team, first.walk))
    }

    fn shortage(&mut self, app: &App, asked: &assign::Request, refused: &Refused) -> Shortage {
        match refused.reason {
            Reason::NoWay => Shortage::NoWay,
            Reason::WindowsTooNarrow => Shortage::TimeTooShort,
            Reason::NoTeamOnDuty => Shortage::NobodyOnDuty,
            Reason::ShiftsEnd => Shortage::ShiftEnds,
            Reason::TeamsTaken => Shortage::AllTaken,
            // Too far is one thing, near and busy for too long another.
            Reason::NoTeamInTime => {
                let Some(plan) = &self.plan else { return Shortage::NobodyInTime };
                let reach_s = app.pack().rules.escort.reach_walk_seconds_max;
                let (places, legs) = (&plan.places, &mut self.legs);
                let mut teams = plan.dispatch.teams().iter();
                let near = teams.any(|team| {
                    let walk_s = places.seconds(legs, team.at, asked.pickup);
                    asked.districts.contains(team.district)
                        && u32::try_from(walk_s).is_ok_and(|walk_s| walk_s <= reach_s)
                });
                if near { Shortage::AllTaken } else { Shortage::NobodyInTime }
            }
        }
    }
}

/// What she could agree to.
fn helps(refused: &Refused, wanted_s: i32) -> Vec<Help> {
    let helps = refused.relaxations.iter().filter_map(|relaxed| match relaxed.relaxation {
        Relaxation::Later { .. } => {
            // To the next ten minutes: that is how she chooses another time.
            let minutes = ((relaxed.expected_s - wanted_s).max(1) + 599) / 600 * 10;
            Some(Help::Later { minutes: u16::try_from(minutes).ok()? })
        }
        Relaxation::NextDistrict => Some(Help::NextDistrict),
        // Asked of the walks in hand instead.
        Relaxation::Company => None,
    });
    helps.collect()
}

impl App {
    /// The planner with a plan that is true now. Whoever holds it keeps others from promising the
    /// same team meanwhile.
    pub(crate) async fn planner(&self) -> Result<MutexGuard<'_, Planner>, Failure> {
        let mut planner = self.inner().planner.lock().await;
        self.plan_on(&mut planner, Serves::Exact).await?;
        Ok(planner)
    }

    /// What somebody who asks now can be told, and the planner that says it: whoever books holds
    /// it until the promise is written down. Nothing is booked.
    ///
    /// A plan that was kept ready answers even if teams have walked on since: a few metres change no
    /// promise of minutes. It never turns anybody away; a plan that is true now has to say so, too.
    pub(crate) async fn outlook(
        &self,
        wish: &Wish,
    ) -> Result<(MutexGuard<'_, Planner>, Outlook), Failure> {
        let mut planner = self.inner().planner.lock().await;
        planner.asked_at = Some(self.now());
        self.plan_on(&mut planner, Serves::Ready).await?;
        let mut outlook = planner.outlook(self, wish);
        if !matches!(outlook, Outlook::Team { .. }) && !self.is_true(&planner) {
            self.plan_on(&mut planner, Serves::Exact).await?;
            outlook = planner.outlook(self, wish);
        }
        Ok((planner, outlook))
    }

    /// Draws the plan anew for whoever asks next, if people ask tonight: a city's plan may take a
    /// tenth of a second, and she should not wait for it.
    ///
    /// # Errors
    /// [`Failure`] of the store.
    pub async fn keep_plan_ready(&self) -> Result<(), Failure> {
        let mut planner = self.inner().planner.lock().await;
        let asked = planner.asked_at;
        if asked.is_none_or(|at| self.now().since(at) > KEPT_READY) {
            return Ok(());
        }
        self.plan_on(&mut planner, Serves::Exact).await?;
        if let Some(plan) = &mut planner.plan {
            plan.ready = true;
        }
        Ok(())
    }

    /// Whether no team has been seen elsewhere since the plan was drawn.
    fn is_true(&self, planner: &Planner) -> bool {
        planner.plan.as_ref().is_some_and(|plan| plan.footsteps == *self.footsteps().borrow())
    }

    async fn plan_on(&self, planner: &mut Planner, serves: Serves) -> Result<(), Failure> {
        let number = self.night().await?.number;
        let now = self.now();
        let serves = planner.plan.as_ref().is_some_and(|plan| {
            plan.number == number
                && now.since(plan.at) < FRESH
                && (serves == Serves::Ready && plan.ready || self.is_true(planner))
        });
        if serves { Ok(()) } else { self.draw_on(planner).await }
    }

    async fn draw_on(&self, planner: &mut Planner) -> Result<(), Failure> {
        let now = self.now();
        let footsteps = *self.footsteps().borrow();
        let scene = Scene::of(&*self.night().await?, now);
        let homes = self.homes_of(&scene, std::mem::take(&mut planner.homes)).await?;
        let ground = Arc::clone(&self.ground());
        let same = planner.legs.stand_on(&ground);
        let learned = planner.plan.take().filter(|_| same).map(Plan::learned).unwrap_or_default();
        let Planner { legs, stands, .. } = &mut *planner;
        let learned = (learned.again(), legs);
        let plan = drawn::draw(self, learned, (&homes, stands), (&scene, footsteps), now);
        planner.homes = homes;
        planner.plan = Some(plan);
        Ok(())
    }

    /// Where the walks of a scene lead. Those told before are looked up once; what is over is
    /// forgotten.
    async fn homes_of(&self, scene: &Scene, known: Homes) -> Result<Homes, Failure> {
        let mut homes = Homes::new();
        for (walk, state) in scene.walks() {
            let home = match known.get(&walk) {
                Some(home) => *home,
                None => self.home_of(state).await?,
            };
            homes.insert(walk, home);
        }
        Ok(homes)
    }

    async fn home_of(&self, walk: &Request) -> Result<Option<kernel::Point>, Failure> {
        let home = self.requester(walk).await?.home;
        Ok(home.and_then(|home| kernel::Point::new(home.at.lat, home.at.lon)))
    }
}
