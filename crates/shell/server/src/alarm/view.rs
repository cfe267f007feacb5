//! An alarm as its sender may know it, and as a desk must.

use crate::{app::App, problem::Turned, story::Story};
use ::alarm::{
    Alarm, Outcome,
    alarm::{Event, Grade, Reach, Source},
};
use kernel::Point;
use wire::{
    alarm::{AlarmForDesk, ForSender, LocationCandidate, LocationSource, RaisedBy},
    city::Bilingual,
    desk::AlarmItem,
    escort::Escalation,
};

/// Registered places further than this from a candidate do not describe it.
const NEAR_M: f64 = 400.0;

const fn grade(grade: Grade) -> wire::alarm::Grade {
    match grade {
        Grade::ComeAndLook => wire::alarm::Grade::ComeAndLook,
        Grade::Sheltering => wire::alarm::Grade::Sheltering,
        Grade::HelpNow => wire::alarm::Grade::HelpNow,
        Grade::PoliceNow => wire::alarm::Grade::PoliceNow,
    }
}

const fn escalation(reach: Reach) -> Escalation {
    match reach {
        Reach::OwnDesk => Escalation::None,
        Reach::AllDesks => Escalation::AllDesks,
        Reach::Duty => Escalation::Duty,
    }
}

const fn outcome(outcome: Outcome) -> wire::alarm::Outcome {
    use wire::alarm::Outcome as W;
    match outcome {
        Outcome::Helped | Outcome::SameAs(_) => W::Helped,
        Outcome::Police => W::Police,
        Outcome::Medical => W::Medical,
        Outcome::Fine => W::Fine,
        Outcome::Declined => W::Declined,
        Outcome::NotFound => W::NotFound,
        Outcome::Mistake => W::Mistake,
        Outcome::DeviceFault => W::DeviceFault,
        Outcome::Test => W::Test,
    }
}

/// What the sender sees. Nothing here depends on which PIN took it back.
pub fn for_sender(story: &Story<Alarm>, pin_set: bool) -> ForSender {
    let at = |name: &str| story.first(name).map(|recorded| recorded.at);
    ForSender {
        id: story.id,
        number: story.number,
        sent_at: story.state.raised_at.unwrap_or(story.at),
        seen_at: story.state.seen_at,
        retracted_at: at("retracted"),
        closed_at: at("closed"),
        escalated: escalation(story.state.reach),
        pin_set,
        grade: grade(story.state.grade),
    }
}

/// Who raised it.
pub fn raised_by(app: &App, alarm: &Alarm) -> RaisedBy {
    match alarm.source {
        Some(Source::Team(team)) => RaisedBy::Team { call_sign: app.seats().team(team).call_sign },
        Some(Source::Haven(haven)) => {
            let ground = app.ground();
            let listed = ground.haven(haven);
            RaisedBy::Haven {
                name: listed
                    .map_or_else(|| app.seats().till(haven).shown_as, |one| one.name.clone()),
                address: listed.map(|one| one.address.clone()).unwrap_or_default(),
                phone: listed.and_then(|one| one.phone.clone()),
            }
        }
        Some(Source::Citizen | Source::Escort(_)) | None => RaisedBy::Citizen,
    }
}

/// Where the thing it came from is, which no phone needs to tell.
async fn of_source(app: &App, alarm: &Alarm) -> Result<Option<LocationCandidate>, Turned> {
    let seen_at = alarm.raised_at.unwrap_or_default();
    let candidate = |at: Point, source| LocationCandidate {
        at: at.into(),
        accuracy_m: None,
        source,
        seen_at,
        words: None,
    };
    Ok(match alarm.source {
        Some(Source::Haven(haven)) => {
            let ground = app.ground();
            ground.haven(haven).map(|one| candidate(one.at, LocationSource::Haven))
        }
        Some(Source::Escort(walk)) => {
            let walk = app.story::<::escort::Request>(walk).await?;
            walk.map(|walk| candidate(app.meeting_point(&walk.state), LocationSource::Walk))
        }
        _ => None,
    })
}

/// All candidates, the newest of her own first, the server's own guess last.
async fn locations(app: &App, story: &Story<Alarm>) -> Result<Vec<LocationCandidate>, Turned> {
    let mut all = app.told_of(story).await?.locations;
    all.extend(of_source(app, &story.state).await?);
    Ok(all)
}

fn near(app: &App, locations: &[LocationCandidate], limit: usize) -> Vec<Bilingual> {
    let ground = app.ground();
    let best = locations.first().and_then(|one| Point::new(one.at.lat, one.at.lon));
    best.map(|at| {
        let search = crate::ground::Search { near: Some(at), limit, ..Default::default() };
        let found = ground.places.find(&search);
        found
            .into_iter()
            .filter(|found| found.distance_m.is_some_and(|m| m <= NEAR_M))
            .map(|found| found.spot.name.clone())
            .collect()
    })
    .unwrap_or_default()
}

/// What a desk sees of it.
pub async fn for_desk(app: &App, story: &Story<Alarm>) -> Result<AlarmForDesk, Turned> {
    let told = app.told_of(story).await?;
    let locations = locations(app, story).await?;
    let seen_by = story.first("seen").map(|recorded| app.seats().shown(recorded.actor));
    let walk = match story.state.source {
        Some(Source::Escort(walk)) => Some(walk),
        _ => None,
    };
    Ok(AlarmForDesk {
        alarm: for_sender(story, told.pin_set()),
        by: raised_by(app, &story.state),
        first_at: story.state.first_at.unwrap_or(story.at),
        duress: story.state.duress,
        silent: story.state.silent,
        near: near(app, &locations, 3),
        locations,
        escort: walk,
        seen_by,
        outcome: story.state.outcome.map(outcome),
        history: history(app, story),
    })
}

/// The history, where a forced retraction is told as what it is.
fn history(app: &App, story: &Story<Alarm>) -> Vec<wire::escort::Happened> {
    let mut lines = crate::escort::view::history(app, &story.told);
    for (line, recorded) in lines.iter_mut().zip(story.told.iter()) {
        let forced = recorded
            .decode::<Alarm>()
            .is_ok_and(|event| matches!(event, Event::Retracted { duress: true }));
        if forced {
            "retracted_under_duress".clone_into(&mut line.name);
        }
    }
    lines
}

/// Its line in the desk's queue.
pub async fn item(app: &App, story: &Story<Alarm>) -> Result<AlarmItem, Turned> {
    let locations = locations(app, story).await?;
    Ok(AlarmItem {
        id: story.id,
        urgency: story.state.urgency().rank(),
        by: raised_by(app, &story.state),
        grade: grade(story.state.grade),
        sent_at: story.state.raised_at.unwrap_or(story.at),
        seen_at: story.state.seen_at,
        retracted_at: story.first("retracted").map(|recorded| recorded.at),
        duress: story.state.duress,
        escalated: escalation(story.state.reach),
        near: near(app, &locations, 1).into_iter().next(),
    })
}
