//! A walk home, from the asking to the door.

pub mod ask;
pub mod desk;
pub mod dispatch;
pub mod give_up;
pub mod private;
pub mod relay;
pub mod see;
pub mod step;
pub mod view;
pub mod walk_up;

use crate::{app::App, problem::Turned, volunteer::duty};
use ::escort::{Command, Event, Request};
use ::volunteer::Team;
use kernel::{Id, id};
use store::{Acted, Context, Failure, Stopped, Tx};

/// What a walk's events ask of others in the same transaction: its team is set free the moment the
/// walk no longer needs it, and what must be forgotten gets its date. Called after every append to
/// a walk, whoever caused it, so that no path can forget it.
pub(crate) async fn follow_up(
    app: &App,
    tx: &mut Tx,
    walk: Id<id::Escort>,
    before: Option<Id<id::Team>>,
    acted: &Acted<Request>,
    context: &Context,
) -> Result<(), Failure> {
    let rules = &app.pack().rules;
    for event in &acted.events {
        let (team, walked) = match event {
            Event::Lapsed { team }
            | Event::Declined { team, .. }
            | Event::StoodDown { team, .. } => (Some(*team), false),
            Event::Cancelled { .. } => (before, false),
            Event::ArrivedHome { .. } => (before, true),
            _ => continue,
        };
        if let Some(team) = team {
            let release = ::volunteer::team::Command::Release { walk, walked };
            let context = Context { district: None, idempotency: None, ..context.clone() };
            match duty::act(app, tx, team, release, &context).await {
                // A team that is elsewhere by now must not keep her from calling it off, or from
                // being home.
                Ok(_) | Err(Stopped::Refused(_)) => {}
                Err(Stopped::Failed(failure)) => return Err(failure),
            }
        }
    }
    if let (Some(erase_at), Some(row)) = (acted.state.erase_at(&rules.escort), acted.state.private)
    {
        tx.private_extend(row, erase_at).await?;
    }
    Ok(())
}

/// Gives a walk a command, with everything that follows from it.
pub(crate) async fn act(
    app: &App,
    tx: &mut Tx,
    walk: Id<id::Escort>,
    command: Command,
    context: &Context,
) -> Result<Acted<Request>, Turned> {
    let before = tx.load::<Request>(walk).await?.state.team();
    let acted = tx.act::<Request>(walk, command, &app.pack().rules.escort, context).await?;
    follow_up(app, tx, walk, before, &acted, context).await?;
    Ok(acted)
}

/// A refusal that names who was first, as a desk needs it: whoever offered the walk to somebody
/// else, or sent the team elsewhere.
pub(crate) async fn taken_by(
    app: &App,
    walk: Id<id::Escort>,
    team: Option<Id<id::Team>>,
    turned: Turned,
) -> Result<Turned, Failure> {
    let Turned::Refused { code, .. } = &turned else { return Ok(turned) };
    let first = match (*code, team) {
        ("escort.already-offered" | "escort.already-taken", _) => {
            let story = app.story::<Request>(walk).await?;
            story.and_then(|story| story.last("offered").map(|offered| offered.actor))
        }
        ("volunteer.team-busy", Some(team)) => {
            let story = app.story::<Team>(team).await?;
            story.and_then(|story| story.last("engaged").map(|engaged| engaged.actor))
        }
        _ => None,
    };
    Ok(match first {
        Some(actor) => turned.by(app.seats().shown(actor)),
        None => turned,
    })
}
