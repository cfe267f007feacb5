//! From what is going on to a plan: teams as they will be free, walks nobody has been sent to yet.
//! What a team has been asked or has taken is locked: it is no part of the plan, only the place and
//! the moment it ends are.

use super::{
    OpenToCompany, Plan,
    learned::Learned,
    legs::{Asked, Legs, Places},
};
use crate::{app::App, night::Night, story::Story};
use ::escort::{Request, Rules, Stage, TeamsFrom};
use ::volunteer::{Team, team::Duty};
use assign::{
    Budget, Decision, Dispatch, DistrictNo, Districts, HORIZON_S, Prices, RequestNo, Window,
};
use kernel::{DistrictCode, Id, Instant, Point, Span, id};
use std::collections::HashMap;

/// How long the plan thinks on when somebody is left out or many wait, rounds: some milliseconds.
const ROUNDS: u64 = 60;

/// Homes of walks, as far as they were told.
pub type Homes = HashMap<Id<id::Escort>, Option<Point>>;

/// Where teams stand, as plans take it.
pub type Stands = HashMap<Id<id::Team>, Point>;

/// How far a team has moved before the plan takes it to stand elsewhere, metres: less than a minute's
/// walk. New places are searched on the streets, and hundreds of teams never stand quite still.
const MOVED_M: f64 = 50.0;

/// What the plan is drawn from, taken out of the night so that nobody waits meanwhile.
pub struct Scene {
    /// The journal number it is true at.
    pub number: u64,
    teams: Vec<Story<Team>>,
    waiting: Vec<Story<Request>>,
    taken: HashMap<Id<id::Escort>, Request>,
}

impl Scene {
    /// Who is out and reachable, who waits, and what teams have in hand.
    pub fn of(night: &Night, now: Instant) -> Self {
        let out = |story: &&Story<Team>| {
            story.state.shift_until.is_some_and(|until| until > now) && night.reachable(story, now)
        };
        let mut teams: Vec<Story<Team>> = night.teams.values().filter(out).cloned().collect();
        teams.sort_by_key(|story| story.id);
        let waits = |stage| matches!(stage, Stage::Sent | Stage::HandedOver | Stage::Seen);
        let mut waiting: Vec<Story<Request>> =
            night.walks.values().filter(|story| waits(story.state.stage)).cloned().collect();
        // Whoever was promised is planned first, the earliest promise before all others.
        waiting.sort_by_key(|story| {
            let by = story.state.promise.map(|promise| promise.meet_by);
            (by.is_none(), by, story.state.asked_at, story.id)
        });
        let in_hand = |team: &Story<Team>| [team.state.walk(), team.state.company()];
        let taken = teams
            .iter()
            .flat_map(in_hand)
            .filter_map(|walk| night.walks.get(&walk?))
            .map(|story| (story.id, story.state.clone()))
            .collect();
        Self { number: night.number, teams, waiting, taken }
    }

    /// The walks whose homes matter.
    pub fn walks(&self) -> impl Iterator<Item = (Id<id::Escort>, &Request)> {
        let waiting = self.waiting.iter().map(|story| (story.id, &story.state));
        waiting.chain(self.taken.iter().map(|(id, state)| (*id, state)))
    }
}

/// What somebody wishes, in the terms of a plan.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Where she wants to be met.
    pub pickup: Point,
    /// The meeting place, by its id.
    pub meeting_place: Id<id::Place>,
    /// How many walk.
    pub people: u8,
    /// Where she is going, if she said so.
    pub home: Option<Point>,
    /// When she wants to be met at the earliest.
    pub wanted_at: Instant,
    /// When she has to be met at the latest.
    pub by: Instant,
    /// Whether she would share the walk.
    pub shares: bool,
    /// The district she asks from.
    pub district: DistrictCode,
    /// Whether a team from any district may come.
    pub from_anywhere: bool,
}

impl App {
    fn district_number(&self, code: Option<&DistrictCode>) -> DistrictNo {
        let districts = &self.pack().districts;
        let at = districts.iter().position(|one| Some(&one.code) == code).unwrap_or(0);
        DistrictNo((at % 64) as u8)
    }

    fn districts_for(&self, wish: &Wish) -> Districts {
        let own = Districts::only(self.district_number(Some(&wish.district)));
        match self.pack().rules.escort.teams_from {
            TeamsFrom::City => Districts::ALL,
            _ if wish.from_anywhere => Districts::ALL,
            TeamsFrom::OwnDistrict => own,
            TeamsFrom::NextDoor => {
                let near = self.pack().outward(&wish.district).into_iter();
                near.filter(|(_, borders)| *borders == 1)
                    .map(|(one, _)| self.district_number(Some(&one.code)))
                    .fold(own, Districts::and)
            }
        }
    }
}

/// Seconds of the plan's clock.
pub fn seconds(at: Instant, since: Instant) -> i32 {
    let far = i64::from(HORIZON_S);
    at.since(since).as_seconds().clamp(-far, far) as i32
}

/// A wish as the plan asks it.
pub fn request(
    app: &App,
    (places, legs): (&mut Places, &mut Legs),
    wish: &Wish,
    since: Instant,
) -> assign::Request {
    let rules = &app.pack().rules.escort;
    let pickup = places.goal(legs, wish.pickup);
    let home = wish.home.map_or(pickup, |home| places.home(legs, home));
    let meeting_s = i32::from(rules.meeting_seconds);
    let parting = wish.home.map_or(rules.unknown_home_seconds, |_| rules.parting_seconds);
    let by_s = seconds(wish.by, since);
    assign::Request {
        pickup,
        meet: Window { from_s: seconds(wish.wanted_at, since).max(0), by_s },
        meeting_s,
        home,
        arrive: Window { from_s: -HORIZON_S, by_s: HORIZON_S },
        parting_s: i32::from(parting),
        // Who shares joins a walk that is in hand already; the plan itself walks one at a time.
        shares: false,
        priority: 0,
        districts: app.districts_for(wish),
    }
}

/// What a team on a walk still has before it: seconds until it is at the door, told or not.
fn busy_for(walk: &Request, home_s: Option<i32>, rules: &Rules, now: Instant) -> i64 {
    let assigned = walk.assigned.map_or(0, |assigned| i64::from(assigned.walk_seconds));
    let until = |at: Instant| at.since(now).as_seconds().max(0);
    let answer = i64::from(rules.answer_seconds);
    let there = match walk.stage {
        Stage::Offered | Stage::Accepted => until(walk.since + Span::seconds(answer)) + assigned,
        Stage::OnTheWay => until(walk.since + Span::seconds(assigned)),
        _ => 0,
    };
    let met = match walk.stage {
        Stage::Met | Stage::Walking => 0,
        _ => there.max(until(walk.wanted_at)) + i64::from(rules.meeting_seconds),
    };
    let home = match home_s {
        Some(home_s) => i64::from(home_s) + i64::from(rules.parting_seconds),
        None => i64::from(rules.unknown_home_seconds),
    };
    let walked = match walk.stage {
        Stage::Walking => now.since(walk.since).as_seconds().max(0),
        _ => 0,
    };
    // Whoever takes longer than thought is taken to need two minutes more, again and again.
    met + (home - walked).max(120)
}

/// Draws the plan.
pub fn draw(
    app: &App,
    (learned, legs): (Learned, &mut Legs),
    (homes, stands): (&Homes, &mut Stands),
    (scene, footsteps): (&Scene, u64),
    now: Instant,
) -> Plan {
    let rules = &app.pack().rules.escort;
    let Learned { mut places, table } = learned;
    let (mut known, mut open, mut teams) = (Vec::new(), Vec::new(), Vec::new());
    stands.retain(|team, _| scene.teams.binary_search_by_key(team, |story| story.id).is_ok());
    for story in &scene.teams {
        let stood = stand(app, stands, story);
        if let Some(team) = team(app, (&mut places, legs), (homes, stood), scene, story, now) {
            known.push((story.id, story.state.walk().is_some()));
            open.extend(open_to_company(scene, story, rules, now));
            teams.push(team);
        }
    }
    let wishes: Vec<(Id<id::Escort>, Wish)> =
        scene.waiting.iter().map(|story| (story.id, wish_of(app, homes, story, now))).collect();
    let asked: Vec<(Id<id::Escort>, Wish, assign::Request)> = wishes
        .into_iter()
        .map(|(walk, wish)| {
            let asked = request(app, (&mut places, legs), &wish, now);
            (walk, wish, asked)
        })
        .collect();
    let mut dispatch = Dispatch::on(table, Prices::default(), scene.number)
        .with_spread(i32::try_from(rules.wait_seconds_max).unwrap_or(HORIZON_S));
    dispatch.learn(places.count(), &Asked::of(&places, legs));
    for team in teams {
        // Places were learned just now, so that everybody joins.
        let _number = dispatch.join(team);
    }
    let many = asked.len() > 1;
    let mut left_out = false;
    let mut walks = HashMap::new();
    for (walk, wish, asked) in asked {
        let number = ask(&mut dispatch, asked, &wish, rules, now);
        left_out |= number.is_none_or(|number| dispatch.promised(number).is_none());
        if let Some(number) = number {
            walks.insert(walk, number);
        }
    }
    if many || left_out {
        dispatch.improve(Budget::Rounds(ROUNDS));
    }
    Plan {
        number: scene.number,
        at: now,
        footsteps,
        ready: false,
        dispatch,
        places,
        teams: known,
        walks,
        on_duty: scene.teams.len(),
        open_to_company: open,
    }
}

/// The walk a team has in hand, if somebody may still join it.
fn open_to_company(
    scene: &Scene,
    story: &Story<Team>,
    rules: &Rules,
    now: Instant,
) -> Option<OpenToCompany> {
    let walk = story.state.walk().filter(|_| rules.sharing && story.state.company().is_none())?;
    let state = scene.taken.get(&walk)?;
    let assigned = state.assigned?;
    let leaves = match state.stage {
        Stage::Offered | Stage::Accepted => {
            (state.since + Span::seconds(rules.answer_seconds.into())).max(now)
        }
        _ => state.since,
    };
    let there = leaves + Span::seconds(assigned.walk_seconds.into());
    Some(OpenToCompany {
        team: story.id,
        walk,
        state: state.clone(),
        there_at: there.max(state.wanted_at).max(now),
    })
}

/// Asks as promised; if that can no longer be kept, as late as anybody is asked to wait.
fn ask(
    dispatch: &mut Dispatch,
    asked: assign::Request,
    wish: &Wish,
    rules: &Rules,
    now: Instant,
) -> Option<RequestNo> {
    let (number, decision) = dispatch.ask(asked);
    if matches!(decision, Decision::Promised(_)) {
        return number;
    }
    let late = wish.wanted_at.max(now) + Span::seconds(rules.wait_seconds_max.into());
    let by_s = seconds(late, now);
    if by_s <= asked.meet.by_s {
        return number;
    }
    if let Some(number) = number {
        dispatch.cancel(number);
    }
    let meet = Window { by_s, ..asked.meet };
    dispatch.ask(assign::Request { meet, ..asked }).0
}

fn wish_of(app: &App, homes: &Homes, story: &Story<Request>, now: Instant) -> Wish {
    let rules = &app.pack().rules.escort;
    let walk = &story.state;
    let last = walk.wanted_at.max(now) + Span::seconds(rules.wait_seconds_max.into());
    let promised = walk.promise.map(|one| one.meet_by - Span::seconds(rules.proof_seconds.into()));
    Wish {
        pickup: app.meeting_point(walk),
        meeting_place: walk.meeting_place.unwrap_or(Id::from_bits(0)),
        people: walk.people,
        home: homes.get(&story.id).copied().flatten(),
        wanted_at: walk.wanted_at,
        by: promised.filter(|by| *by > now).map_or(last, |by| by.min(last)),
        shares: walk.shares,
        district: walk.district.clone().unwrap_or_else(|| app.district_at(None)),
        // What rings at the duty officer is everybody's.
        from_anywhere: walk.from_anywhere || walk.reach > ::escort::Reach::AllDesks,
    }
}

/// Where a team stands: where it stood, unless it has moved.
fn stand(app: &App, stands: &mut Stands, story: &Story<Team>) -> Option<Point> {
    let (at, _age) = crate::escort::dispatch::place_of(app, story)?;
    let stood = stands.entry(story.id).or_insert(at);
    if stood.distance_m(at) > MOVED_M {
        *stood = at;
    }
    Some(*stood)
}

fn team(
    app: &App,
    (places, legs): (&mut Places, &mut Legs),
    (homes, stands): (&Homes, Option<Point>),
    scene: &Scene,
    story: &Story<Team>,
    now: Instant,
) -> Option<assign::Team> {
    let rules = &app.pack().rules;
    let in_hand = story.state.walk().and_then(|walk| Some((walk, scene.taken.get(&walk)?)));
    let (at, free): (Point, i64) = match (story.state.duty, in_hand) {
        (Duty::Engaged { .. }, Some((walk, state))) => {
            let pickup = app.meeting_point(state);
            let home = homes.get(&walk).copied().flatten();
            let home_s = home.map(|home| legs.seconds(pickup, home));
            let busy = busy_for(state, home_s, &rules.escort, now);
            let last = home.unwrap_or(pickup);
            let (last, along) = match story.state.company() {
                Some(company) => along(app, legs, (last, homes.get(&company))),
                None => (last, 0),
            };
            (last, busy + along + rules.volunteer.rest().as_seconds())
        }
        (Duty::Resting { until }, _) => (stands?, until.since(now).as_seconds().max(0)),
        _ => (stands?, 0),
    };
    let post = story.state.post.and_then(|post| Some(app.ground().places.get(post)?.at));
    let free_s = free + i64::from(rules.escort.answer_seconds);
    Some(assign::Team {
        at: places.stand(legs, at),
        free_s: free_s.min(i64::from(HORIZON_S)) as i32,
        post: match post {
            Some(post) => places.goal(legs, post),
            None => places.anywhere(),
        },
        off_s: seconds(story.state.shift_until?, now),
        seats: 1,
        district: app.district_number(story.state.district.as_ref()),
        // Of two teams as good as one another the one that walked less tonight goes.
        walked_s: i32::from(story.state.walks) * 600,
    })
}

/// From one door to the other's, with the good-bye there.
fn along(
    app: &App,
    legs: &mut Legs,
    (from, home): (Point, Option<&Option<Point>>),
) -> (Point, i64) {
    let rules = &app.pack().rules.escort;
    match home.copied().flatten() {
        Some(to) => {
            let walk_s = legs.seconds(from, to);
            (to, i64::from(walk_s) + i64::from(rules.parting_seconds))
        }
        None => (from, i64::from(rules.unknown_home_seconds)),
    }
}
