//! Who goes: the team the plan has for her; if it has none, the free team with the shortest walk.
//! Nothing here holds the city while streets are searched; what was found is checked again by the
//! rules in the transaction that offers it.

use super::private::PROOF;
use crate::{app::App, problem::Turned, story::Story};
use ::escort::{Command, Request, Rules};
use ::volunteer::{Team, team};
use kernel::{Actor, DistrictCode, Id, Instant, Point, Secret, Span, id};
use store::{Context, Failure, Recall, Tx};
use wire::escort::{Candidate, OtherTeam};

/// How many teams' walks are computed: the nearest by the straight line. A team behind twelve
/// others in the straight line is not first on foot.
const LOOKED_AT: usize = 12;
/// The age of a position that is not known.
const NOWHERE: u32 = u32::MAX;

/// A team that could be asked.
#[derive(Clone, Debug)]
pub struct Free {
    /// Which.
    pub team: Id<id::Team>,
    /// Its walk to the meeting point; the pack's reach when nobody knows where it is.
    pub walk_seconds: u32,
    /// Age of the position that was computed from; 0 at its post, [`NOWHERE`] when nobody knows where
    /// it is.
    pub position_age_seconds: u32,
    /// It has just passed this walk on.
    pub declined: bool,
    /// The plan has it for this walk.
    pub planned: bool,
    /// The plan is about to need it for somebody else.
    pub spoken_for: bool,
    /// It has this walk in hand and would take her along: both asked for company.
    pub beside: Option<Id<id::Escort>>,
}

impl Free {
    /// Whether it is sent without a person choosing it: it is known to be near enough, or the plan
    /// has it for her, and it has not just said no.
    fn goes_by_itself(&self, rules: &Rules) -> bool {
        let near = self.position_age_seconds != NOWHERE
            && self.walk_seconds <= rules.reach_walk_seconds_max;
        !self.declined && (self.planned || near)
    }

    /// As a desk sees it.
    pub fn shown(self, app: &App) -> Candidate {
        Candidate {
            team: self.team,
            call_sign: app.seats().team(self.team).call_sign,
            walk_seconds: self.walk_seconds,
            position_age_seconds: self.position_age_seconds,
            declined: self.declined,
            planned: self.planned,
        }
    }
}

/// Whose desk acts on a walk, and as of which giving from desk to desk.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The desk's district.
    pub desk: DistrictCode,
    /// The epoch its screen showed; `None` from screens that do not say.
    pub epoch: Option<u32>,
}

impl Fence {
    /// Refuses what a desk does to a walk that is no longer its own. Asked inside the transaction
    /// that acts: what was looked at before may have moved meanwhile.
    ///
    /// # Errors
    /// `escort.moved`, with the district that has it.
    pub async fn check(&self, app: &App, tx: &mut Tx, walk: Id<id::Escort>) -> Result<(), Turned> {
        let state = tx.load::<Request>(walk).await?.state;
        state.check_owner(&self.desk, self.epoch).map_err(|moved| {
            let has_it = state.district.as_ref().and_then(|code| app.pack().district(code));
            let turned = crate::problem::refused(moved);
            match has_it {
                Some(one) => turned.by(format!("{} · {}", one.name.ko, one.name.en)),
                None => turned,
            }
        })
    }
}

/// Where a team is taken to be: where it was last heard, else at its post.
pub(crate) fn place_of(app: &App, story: &Story<Team>) -> Option<(Point, u32)> {
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

/// The teams that can be asked at all: free, on duty, and neither of the two wants to be left alone.
async fn askable(app: &App) -> Result<Vec<Story<Team>>, Failure> {
    let now = app.now();
    let night = app.night().await?;
    let free = night.teams.values().filter(|story| story.state.free(now));
    Ok(free.filter(|story| night.reachable(story, now)).cloned().collect())
}

/// Teams of a district that could be asked and are not among those looked at, by their call signs: a
/// dispatcher may know better than the distance.
pub async fn others(
    app: &App,
    district: &DistrictCode,
    near: &[Free],
) -> Result<Vec<OtherTeam>, Failure> {
    let mut all = askable(app).await?;
    all.retain(|story| {
        let here = story.state.district.as_ref() == Some(district);
        here && near.iter().all(|free| free.team != story.id)
    });
    let shown = |story: Story<Team>| OtherTeam {
        team: story.id,
        call_sign: app.seats().team(story.id).call_sign,
        position_age_seconds: place_of(app, &story).map(|(_, age)| age),
    };
    let mut all: Vec<_> = all.into_iter().map(shown).collect();
    all.sort_by(|a, b| (&a.call_sign, a.team).cmp(&(&b.call_sign, b.team)));
    Ok(all)
}

/// The free teams for a walk: the one the plan has for it, then the nearest first; those the plan
/// needs elsewhere after them, then those that have just passed it on, then those of whom nobody
/// knows where they are. No more of the others than are looked at: a team of which only is known that
/// a dozen are nearer is none to be sent.
pub async fn candidates(app: &App, story: &Story<Request>) -> Result<Vec<Free>, Failure> {
    let (now, walk) = (app.now(), &story.state);
    let rules = &app.pack().rules.escort;
    let mut planner = app.planner().await?;
    let planned = planner.planned(app, story.id).filter(|planned| planned.next);
    let free = askable(app).await?;
    let walks = walks(app, app.meeting_point(walk), &free);
    let nowhere = free.iter().enumerate().filter(|(_, story)| place_of(app, story).is_none());
    let nowhere = nowhere.map(|(at, _)| (at, rules.reach_walk_seconds_max, NOWHERE));
    let mut teams: Vec<Free> = walks
        .into_iter()
        .chain(nowhere)
        .map(|(at, walk_seconds, position_age_seconds)| {
            let team = free[at].id;
            Free {
                team,
                walk_seconds,
                position_age_seconds,
                declined: walk.passed_recently(team, rules, now),
                planned: planned.is_some_and(|planned| planned.team == team),
                spoken_for: planner.spoken_for(team, story.id),
                beside: None,
            }
        })
        .collect();
    // Nobody of her own, and a walk from the same place that she may join.
    if planned.is_none()
        && let Some((team, beside)) = planner.company(app, story)
    {
        let night = app.night().await?;
        let known = night.walks.get(&beside).and_then(|one| one.state.assigned);
        teams.push(Free {
            team,
            walk_seconds: known.map_or(rules.reach_walk_seconds_max, |one| one.walk_seconds),
            position_age_seconds: 0,
            declined: false,
            planned: true,
            spoken_for: false,
            beside: Some(beside),
        });
    }
    drop(planner);
    // Of equals, who walked less tonight: the load is fair.
    let load = |team: &Free| {
        free.iter().find(|story| story.id == team.team).map_or(0, |story| story.state.walks)
    };
    teams.sort_by_key(|team| {
        let nowhere = team.position_age_seconds == NOWHERE;
        let order = (team.declined, nowhere, !team.planned, team.spoken_for);
        (order, team.walk_seconds, load(team), team.team)
    });
    Ok(teams)
}

/// Offers by the plan what a desk has had time to offer itself: walks that a person has seen, whose
/// team is free and has to leave now. How many were offered.
///
/// # Errors
/// [`Failure`] of the store.
pub async fn by_plan(app: &App) -> Result<usize, Failure> {
    let now = app.now();
    let rules = &app.pack().rules.escort;
    let grace = Span::seconds(rules.offer_by_plan_seconds.into());
    let waiting: Vec<Story<Request>> = {
        let night = app.night().await?;
        let free = night.teams.values().any(|team| team.state.free(now));
        if !free && !rules.sharing {
            return Ok(0);
        }
        let left = |story: &&Story<Request>| {
            story.state.stage == ::escort::Stage::Seen && story.state.since + grace <= now
        };
        let mut left: Vec<_> = night.walks.values().filter(left).cloned().collect();
        left.sort_by_key(|story| (story.state.asked_at, story.id));
        left
    };
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut due = Vec::new();
    {
        let mut planner = app.planner().await?;
        for walk in waiting {
            let planned = planner.planned(app, walk.id);
            if !planned.is_some_and(|one| one.next) && planner.company(app, &walk).is_some() {
                due.push((walk.id, None));
                continue;
            }
            match planned {
                // It has just said no: whoever else is free and near.
                Some(one) if one.due && walk.state.passed_recently(one.team, rules, now) => {
                    due.push((walk.id, None));
                }
                Some(one) if one.due => due.push((walk.id, Some(one.team))),
                Some(_later) => {}
                // Nobody can be there as she wished; somebody may come all the same.
                None if walk.state.wanted_at <= now => due.push((walk.id, None)),
                None => {}
            }
        }
    }
    let mut offered = 0;
    for (walk, team) in due {
        match offer(app, walk, team, Actor::Relay, None, None).await {
            Ok(()) => offered += 1,
            // A desk was faster, or the team is muted by now: the next plan knows.
            Err(Turned::Failed(failure)) => return Err(failure),
            Err(_refused) => {}
        }
    }
    Ok(offered)
}

/// A team a desk names though it is not among the nearest, with its own walk to her, however long:
/// what she is told of its coming is the truth.
async fn by_name(app: &App, walk: &Request, team: Id<id::Team>) -> Result<Free, Failure> {
    let known = app.night().await?.teams.get(&team).cloned();
    let stands = known.and_then(|story| place_of(app, &story));
    let (walk_seconds, position_age_seconds) = match stands {
        Some((from, age)) => {
            (app.ground().walking.shortest(from, app.meeting_point(walk)).seconds, age)
        }
        None => (app.pack().rules.escort.reach_walk_seconds_max, NOWHERE),
    };
    Ok(Free {
        team,
        walk_seconds,
        position_age_seconds,
        declined: false,
        planned: false,
        spoken_for: false,
        beside: None,
    })
}

/// Offers a walk to a team and engages the team, both or neither. `None`: the team the plan has for
/// it, else the free team with the shortest walk within reach; if somebody else is faster with that
/// one, the next.
///
/// # Errors
/// What the rules say, or that no team is free.
pub async fn offer(
    app: &App,
    walk: Id<id::Escort>,
    team: Option<Id<id::Team>>,
    by: Actor,
    key: Option<store::Key>,
    fence: Option<&Fence>,
) -> Result<(), Turned> {
    let story = app.known::<Request>(walk).await?;
    let candidates = candidates(app, &story).await?;
    let chosen: Vec<Free> = if let Some(team) = team {
        match candidates.into_iter().find(|free| free.team == team) {
            Some(near) => vec![near],
            // Farther than those looked at, or not free: tried all the same, the rules say why not.
            None => vec![by_name(app, &story.state, team).await?],
        }
    } else {
        let rules = &app.pack().rules.escort;
        candidates.into_iter().filter(|free| free.goes_by_itself(rules)).collect()
    };
    let mut last = Turned::Refused {
        code: "escort.no-team-free",
        kind: kernel::RefusalKind::Conflict,
        by: None,
        serves_now: Vec::new(),
    };
    for free in chosen {
        match offer_to(app, walk, &free, by, (key, fence)).await {
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
    (key, fence): (Option<store::Key>, Option<&Fence>),
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
            if let Some(fence) = fence {
                fence.check(app, tx, walk).await?;
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
            match free.beside {
                Some(beside) => accompany(app, tx, (walk, beside), free.team, &context).await?,
                None => engage(app, tx, walk, free.team, &context).await?,
            }
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

/// Reserves a team for one walk more beside one it has in hand, if both asked for company: asked
/// again here, because one of them may have changed or set off meanwhile.
async fn accompany(
    app: &App,
    tx: &mut Tx,
    (walk, beside): (Id<id::Escort>, Id<id::Escort>),
    team: Id<id::Team>,
    context: &Context,
) -> Result<(), Turned> {
    let her = tx.load::<Request>(walk).await?.state;
    let other = tx.load::<Request>(beside).await?.state;
    if other.team() != Some(team) || !her.may_join(&other, &app.pack().rules.escort) {
        return Err(crate::problem::refused(::escort::Refused::NotShared));
    }
    let no_such = || crate::problem::refused(team::Refused::NoSuchTeam);
    let members = tx.load::<Team>(team).await?.state.members.ok_or_else(no_such)?;
    let standings = standings(tx, members).await?.ok_or_else(no_such)?;
    let command = team::Command::Accompany { walk, beside, standings };
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
