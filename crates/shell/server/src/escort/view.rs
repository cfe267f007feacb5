//! The same walk as each reader may know it. `ForTeam` gets its home from one place only, and
//! only after they have met.

use super::private::Requester;
use crate::{
    app::App,
    auth::{Action, Dispatcher},
    problem::Turned,
    story::Story,
};
use ::escort::{Channel, Event, Help, Reach, Request, Stage, Unmet};
use kernel::{Id, Instant, Span, id};
use store::Recorded;
use wire::{
    city::Bilingual,
    escort::{
        self as wire_escort, Escalation, Eta, ForDesk, ForRequester, ForTeam, Happened,
        HelpOffered, Rung, WhoComes,
    },
};

/// The stage as it is told.
pub const fn stage(stage: Stage) -> wire_escort::Stage {
    use wire_escort::Stage as W;
    match stage {
        Stage::Nothing | Stage::Sent => W::Sent,
        Stage::Seen => W::Seen,
        Stage::Offered => W::Offered,
        Stage::Accepted => W::Accepted,
        Stage::OnTheWay => W::OnTheWay,
        Stage::Arrived => W::Arrived,
        Stage::Met => W::Met,
        Stage::Walking => W::Walking,
        Stage::Home => W::Home,
        Stage::Cancelled => W::Cancelled,
        Stage::Refused => W::Refused,
        Stage::HandedOver => W::HandedOver,
    }
}

/// How far an unseen walk has travelled.
pub const fn escalation(reach: Reach) -> Escalation {
    match reach {
        Reach::OwnDesk => Escalation::None,
        Reach::AllDesks => Escalation::AllDesks,
        Reach::Duty => Escalation::Duty,
        Reach::Neighbor => Escalation::Neighbor,
    }
}

/// How it came in.
pub const fn channel(channel: Option<Channel>) -> wire_escort::Channel {
    match channel {
        Some(Channel::Phone) => wire_escort::Channel::Phone,
        Some(Channel::WalkUp) => wire_escort::Channel::WalkUp,
        Some(Channel::Web) | None => wire_escort::Channel::Web,
    }
}

/// The ladder of receipts: what was reached when. A rung that was left again (the team stood
/// down, the walk was handed over) is not reached any more.
pub fn ladder(story: &Story<Request>) -> Vec<Rung> {
    const RUNGS: [(Stage, &str); 9] = [
        (Stage::Sent, "asked"),
        (Stage::Seen, "seen"),
        (Stage::Offered, "offered"),
        (Stage::Accepted, "accepted"),
        (Stage::OnTheWay, "set_off"),
        (Stage::Arrived, "arrived"),
        (Stage::Met, "met"),
        (Stage::Walking, "walking_started"),
        (Stage::Home, "arrived_home"),
    ];
    let reached = reached(story);
    let mut ladder: Vec<Rung> = RUNGS
        .iter()
        .map(|(rung, name)| Rung {
            stage: stage(*rung),
            // "Sent" is reached by asking, whatever became of it.
            at: story
                .last(name)
                .filter(|_| *rung == Stage::Sent || *rung <= reached)
                .map(|recorded| recorded.at),
        })
        .collect();
    if let Stage::Cancelled | Stage::Refused | Stage::HandedOver = story.state.stage {
        ladder.push(Rung { stage: stage(story.state.stage), at: Some(story.state.since) });
    }
    ladder
}

/// The highest rung the walk stands on, or stood on when it was called off.
fn reached(story: &Story<Request>) -> Stage {
    if story.state.stage != Stage::Cancelled {
        return match story.state.stage {
            Stage::HandedOver | Stage::Refused => Stage::Sent,
            stage => stage,
        };
    }
    let mut before = Request::default();
    for recorded in story.told.iter() {
        let Ok(event) = recorded.decode::<Request>() else { continue };
        if matches!(event, Event::Cancelled { .. }) {
            break;
        }
        ::kernel::Aggregate::apply(&mut before, &event, recorded.at);
    }
    before.stage
}

/// The history as a desk may read it.
pub fn history(app: &App, told: &[Recorded]) -> Vec<Happened> {
    told.iter()
        .map(|recorded| Happened {
            number: recorded.number,
            at: recorded.at,
            name: recorded.name.clone(),
            by: app.seats().shown(recorded.actor),
        })
        .collect()
}

/// What would serve her, each with the time she would choose for it.
pub fn helps(unmet: &Unmet, wanted_at: Instant) -> Vec<HelpOffered> {
    let shown = |help: &Help| HelpOffered {
        code: help.code().to_owned(),
        wanted_at: match help {
            Help::Later { minutes } => Some(wanted_at + Span::minutes(i64::from(*minutes))),
            Help::NextDistrict | Help::Company => None,
        },
    };
    unmet.helps.iter().map(shown).collect()
}

/// What the requester sees.
pub async fn for_requester(app: &App, story: &Story<Request>) -> Result<ForRequester, Turned> {
    let walk = &story.state;
    let taken = matches!(
        walk.stage,
        Stage::Accepted | Stage::OnTheWay | Stage::Arrived | Stage::Met | Stage::Walking
    );
    let team = walk.team().filter(|_| taken);
    let refused = walk.turned_away.map(::escort::TurnedAwayReason::code);
    let nobody_comes = walk.stage == Stage::Seen && !walk.passed.is_empty();
    let serves_now = match app.meeting_point(walk) {
        at if refused.is_some() || nobody_comes || walk.stage == Stage::Cancelled => {
            app.serves_now(at, walk.since.max(app.now())).await?
        }
        _ => Vec::new(),
    };
    Ok(ForRequester {
        id: story.id,
        number: story.number,
        stage: stage(walk.stage),
        ladder: ladder(story),
        desk: desk_name(app, walk),
        meeting_place: app.place_view(walk.meeting_place, None),
        people: walk.people.max(1),
        meet_by: walk.promise.map(|promise| promise.meet_by).filter(|_| walk.stage.live()),
        expected_at: walk
            .promise
            .and_then(|promise| promise.expected_at)
            .filter(|_| walk.stage.live()),
        shares: walk.shares,
        shortage_code: walk.unmet.as_ref().map(|unmet| unmet.shortage.code().to_owned()),
        helps: walk.unmet.as_ref().map(|one| helps(one, walk.wanted_at)).unwrap_or_default(),
        team_eta: (walk.stage == Stage::OnTheWay).then(|| eta(app, walk)).flatten(),
        team: team.map(|team| who_comes(app, team)),
        proof_secret: app.proof_secret(walk).await?,
        refused_code: refused.map(str::to_owned),
        serves_now,
        escalated: escalation(walk.reach),
        alarm: walk.troubles.last().copied(),
    })
}

fn desk_name(app: &App, walk: &Request) -> Bilingual {
    walk.district
        .as_ref()
        .and_then(|code| app.pack().district(code))
        .map_or_else(|| app.pack().name.clone(), |district| district.name.clone())
}

fn eta(app: &App, walk: &Request) -> Option<Eta> {
    let heard = app.position(walk.team()?)?;
    let way = app.ground().walking.shortest(heard.at, app.meeting_point(walk));
    Some(Eta { seconds: way.seconds, age_seconds: heard.age_seconds(app.now()) })
}

fn who_comes(app: &App, team: Id<id::Team>) -> WhoComes {
    let seat = app.seats().team(team);
    WhoComes { call_sign: seat.call_sign, first_names: seat.first_names }
}

/// What the team sees of its walk. Nothing of her before acceptance but place and time; her name
/// after it; her home from the meeting until the door.
pub async fn for_team(
    app: &App,
    story: &Story<Request>,
    team: Id<id::Team>,
) -> Result<Option<ForTeam>, Turned> {
    let walk = &story.state;
    let Some(assigned) = walk.assigned.filter(|assigned| assigned.team == team) else {
        return Ok(None);
    };
    if !walk.stage.live() {
        return Ok(None);
    }
    let accepted = walk.stage > Stage::Offered;
    let met = app.may_walk(access::Who::Team(team), Action::EscortViewHome, story);
    let proof = app.may_walk(access::Who::Team(team), Action::EscortViewProof, story);
    let requester = if accepted { app.requester(walk).await? } else { Requester::default() };
    Ok(Some(ForTeam {
        id: story.id,
        number: story.number,
        stage: stage(walk.stage),
        meeting_place: app.place_view(walk.meeting_place, None),
        wanted_at: walk.wanted_at,
        people: walk.people,
        walk_seconds: assigned.walk_seconds,
        lapses_at: walk.offer_until(&app.pack().rules.escort),
        first_name: requester.first_name.filter(|_| accepted),
        proof_secret: app.proof_secret(walk).await?.filter(|_| proof),
        home: requester.home.filter(|_| met),
        ladder: ladder(story),
    }))
}

/// What a desk sees.
pub async fn for_desk(
    app: &App,
    desk: &Dispatcher,
    story: &Story<Request>,
) -> Result<ForDesk, Turned> {
    let walk = &story.state;
    let may = |action| app.may_walk(desk, action, story);
    let requester = app.requester(walk).await?;
    Ok(ForDesk {
        // The secret of the proof belongs to the two who meet; a desk compares nothing.
        request: ForRequester { proof_secret: None, ..for_requester(app, story).await? },
        channel: channel(walk.channel),
        district: walk.district.as_ref().map(ToString::to_string).unwrap_or_default(),
        wanted_at: walk.wanted_at,
        epoch: walk.epoch,
        first_name: requester.first_name,
        phone: requester.phone.filter(|_| may(Action::EscortViewPhone)),
        home: requester.home.filter(|_| may(Action::EscortViewHome)),
        team: walk.team(),
        history: history(app, &story.told),
    })
}
