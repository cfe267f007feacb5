//! Who should go: the free team with the shortest walk. Nothing here holds the city while streets
//! are searched; what was found is checked again by the rules in the transaction that offers it.

use super::private::PROOF;
use crate::{app::App, problem::Turned, story::Story};
use ::escort::{Command, Nearest, Request};
use ::volunteer::{Team, team};
use kernel::{Actor, Id, Instant, Point, Secret, Span, id};
use store::{Context, Failure, Recall, Tx};
use wire::escort::Candidate;

/// How many teams' walks are computed: the nearest by the straight line. A team behind twelve
/// others in the straight line is not first on foot.
const LOOKED_AT: usize = 12;
/// Until an engaged team is free, if nothing else is known: half a walk home and the way back.
const ENGAGED_SECONDS: u32 = 20 * 60;

/// A team that could be asked.
#[derive(Clone, Debug)]
pub struct Free {
    /// Which.
    pub team: Id<id::Team>,
    /// Its walk to the meeting point; the pack's reach when nobody knows where it is.
    pub walk_seconds: u32,
    /// Age of the position that was computed from; 0 at its post.
    pub position_age_seconds: u32,
    /// It has just passed this walk on.
    pub declined: bool,
}

impl Free {
    /// As a desk sees it.
    pub fn shown(self, app: &App) -> Candidate {
        Candidate {
            team: self.team,
            call_sign: app.seats().team(self.team).call_sign,
            walk_seconds: self.walk_seconds,
            position_age_seconds: self.position_age_seconds,
            declined: self.declined,
        }
    }
}

/// Where a team is taken to be: where it was last heard, else at its post.
fn place_of(app: &App, story: &Story<Team>) -> Option<(Point, u32)> {
    let now = app.now();
    let heard = app.position(story.id).map(|heard| (heard.at, heard.age_seconds(now)));
    heard.or_else(|| {
        let post = story.state.post?;
        Some((app.ground().places.get(post)?.at, 0))
    })
}

/// The teams `among` that stand nearest to a point, with their walks.
fn walks(app: &App, to: Point, among: &[Story<Team>]) -> Vec<(usize, u32, u32)> {
    let mut placed: Vec<(usize, Point, u32)> = among
        .iter()
        .enumerate()
        .filter_map(|(at, story)| place_of(app, story).map(|(from, age)| (at, from, age)))
        .collect();
    // Teams at one and the same stop: always in the same order, or a night could not be lived again.
    placed.sort_by(|a, b| {
        let nearer = a.1.distance_m(to).total_cmp(&b.1.distance_m(to));
        nearer.then_with(|| among[a.0].id.cmp(&among[b.0].id))
    });
    placed.truncate(LOOKED_AT);
    let ground = app.ground();
    placed
        .into_iter()
        .map(|(at, from, age)| (at, ground.walking.shortest(from, to).seconds, age))
        .collect()
}

/// The free teams for a walk, nearest first; those that have just passed it on at the end.
pub async fn candidates(app: &App, walk: &Request) -> Result<Vec<Free>, Failure> {
    let now = app.now();
    let rules = &app.pack().rules.escort;
    let free: Vec<Story<Team>> = {
        let night = app.night().await?;
        let free = night.teams.values().filter(|story| story.state.free(now));
        free.filter(|story| night.reachable(story, now)).cloned().collect()
    };
    let walks = walks(app, app.meeting_point(walk), &free);
    let mut teams: Vec<Free> = free
        .iter()
        .enumerate()
        .map(|(at, story)| {
            let walked = walks.iter().find(|(known, _, _)| *known == at);
            Free {
                team: story.id,
                walk_seconds: walked.map_or(rules.reach_walk_seconds_max, |walked| walked.1),
                position_age_seconds: walked.map_or(u32::MAX, |walked| walked.2),
                declined: walk.passed_recently(story.id, rules, now),
            }
        })
        .collect();
    // Of equals, who walked less tonight: the load is fair.
    let load = |team: &Free| {
        free.iter().find(|story| story.id == team.team).map_or(0, |story| story.state.walks)
    };
    teams.sort_by_key(|team| (team.declined, team.walk_seconds, load(team), team.team));
    Ok(teams)
}

/// What the planner knows of the team that could be there first.
pub async fn nearest(app: &App, to: Point) -> Result<Nearest, Failure> {
    let now = app.now();
    let out: Vec<Story<Team>> = {
        let night = app.night().await?;
        night
            .teams
            .values()
            .filter(|story| story.state.shift_until.is_some_and(|until| until > now))
            .filter(|story| night.reachable(story, now))
            .cloned()
            .collect()
    };
    if out.is_empty() {
        return Ok(Nearest::NoneOnDuty);
    }
    let free_in = |story: &Story<Team>| match story.state.duty {
        team::Duty::Resting { until } if until > now => {
            u32::try_from(until.since(now).as_seconds()).unwrap_or(u32::MAX)
        }
        team::Duty::Engaged { .. } => ENGAGED_SECONDS,
        _ => 0,
    };
    let first = walks(app, to, &out)
        .into_iter()
        .map(|(at, walk_seconds, _age)| (walk_seconds, free_in(&out[at])))
        .min_by_key(|(walk, free_in)| walk.saturating_add(*free_in));
    Ok(first.map_or(Nearest::Unknown, |(walk_seconds, free_in_seconds)| Nearest::Team {
        walk_seconds,
        free_in_seconds,
    }))
}

/// Offers a walk to a team and engages the team, both or neither. `None`: the free team with the
/// shortest walk; if somebody else is faster with that one, the next.
///
/// # Errors
/// What the rules say, or that no team is free.
pub async fn offer(
    app: &App,
    walk: Id<id::Escort>,
    team: Option<Id<id::Team>>,
    by: Actor,
    key: Option<store::Key>,
) -> Result<(), Turned> {
    let story = app.known::<Request>(walk).await?;
    let candidates = candidates(app, &story.state).await?;
    let chosen: Vec<Free> = match team {
        Some(team) => {
            let known = candidates.into_iter().find(|free| free.team == team);
            let unknown = || Free {
                team,
                walk_seconds: app.pack().rules.escort.reach_walk_seconds_max,
                position_age_seconds: u32::MAX,
                declined: false,
            };
            // A team that is not free is tried all the same: the rules say why not.
            vec![known.unwrap_or_else(unknown)]
        }
        None => candidates.into_iter().filter(|free| !free.declined).collect(),
    };
    let mut last = Turned::Refused {
        code: "escort.no-team-free",
        kind: kernel::RefusalKind::Conflict,
        by: None,
        serves_now: Vec::new(),
    };
    for free in chosen {
        match offer_to(app, walk, &free, by, key).await {
            Ok(()) => return Ok(()),
            Err(Turned::Refused { code, kind, by, serves_now })
                if code.starts_with("volunteer.") && team.is_none() =>
            {
                last = Turned::Refused { code, kind, by, serves_now };
            }
            Err(turned) => return Err(turned),
        }
    }
    Err(last)
}

async fn offer_to(
    app: &App,
    walk: Id<id::Escort>,
    free: &Free,
    by: Actor,
    key: Option<store::Key>,
) -> Result<(), Turned> {
    let now = app.now();
    app.store()
        .transact("escort::offer", async |tx| {
            if let Some(key) = &key {
                match tx.recall(key).await? {
                    Recall::Answered(_) => return Ok(()),
                    Recall::Misused => return Err(Turned::KeyReused),
                    Recall::Fresh => {}
                }
            }
            let mut context = Context::new(by, now);
            context.idempotency = key;
            let before = tx.load::<Request>(walk).await?.state.team();
            let proof = secret(tx, now).await?;
            let command = Command::Offer {
                team: free.team,
                walk_seconds: free.walk_seconds,
                proof: Some(proof),
            };
            let acted =
                tx.act::<Request>(walk, command, &app.pack().rules.escort, &context).await?;
            super::follow_up(app, tx, walk, before, &acted, &context).await?;
            engage(app, tx, walk, free.team, &context).await?;
            reach(tx, free.team, now).await?;
            if let Some(key) = &key {
                tx.remember(key, &super::desk::outcome(walk, acted.number), now).await?;
            }
            Ok(())
        })
        .await
}

/// The secret both sides prove themselves with, for as long as a night lasts.
async fn secret(tx: &mut Tx, now: Instant) -> Result<Id<id::Private>, Failure> {
    let halves = [store::new_id::<id::Private>()?, store::new_id::<id::Private>()?];
    let bytes = halves.map(|half| half.bits().to_be_bytes()).concat();
    tx.private_put(PROOF, &Secret::new(bytes), now + Span::hours(12)).await
}

/// Reserves a team for a walk, if its two may go out.
pub async fn engage(
    app: &App,
    tx: &mut Tx,
    walk: Id<id::Escort>,
    team: Id<id::Team>,
    context: &Context,
) -> Result<(), Turned> {
    let no_such = || crate::problem::refused(team::Refused::NoSuchTeam);
    let members = tx.load::<Team>(team).await?.state.members.ok_or_else(no_such)?;
    let standings = standings(tx, members).await?.ok_or_else(no_such)?;
    let command = team::Command::Engage { walk, standings };
    let context = Context { district: None, idempotency: None, ..context.clone() };
    tx.act::<Team>(team, command, &app.pack().rules.volunteer, &context).await?;
    Ok(())
}

/// Whether an offer may reach both of a team: off duty or muted receives nothing. Asked after the
/// team's own rules, whose no says more.
async fn reach(tx: &mut Tx, team: Id<id::Team>, now: Instant) -> Result<(), Turned> {
    let members = tx.load::<Team>(team).await?.state.members;
    for person in members.into_iter().flatten() {
        let attendance = tx.load::<::volunteer::Attendance>(person).await?.state;
        attendance.reachable(team, now).map_err(crate::problem::refused)?;
    }
    Ok(())
}

/// The two as the volunteer register knows them at this moment.
pub async fn standings(
    tx: &mut Tx,
    [a, b]: [Id<id::Person>; 2],
) -> Result<Option<[::volunteer::Standing; 2]>, Failure> {
    let first = tx.load::<::volunteer::Person>(a).await?.state.standing(a);
    let second = tx.load::<::volunteer::Person>(b).await?.state.standing(b);
    Ok(first.zip(second).map(|(first, second)| [first, second]))
}
