//! What other words do when a walk has news: phones ring, and a walk that one team has passed on
//! goes to the next.

use super::dispatch;
use crate::{app::App, problem::Turned};
use ::escort::{Event, Request};
use kernel::{Actor, Language};
use notify::{Matter, Outgoing, Recipient};
use store::{Failure, Recorded};

/// Rings whom an event concerns. At least once; the message's id tells a repeat.
pub(crate) fn message(app: &App, recorded: &Recorded) -> Result<Option<Outgoing>, Failure> {
    if recorded.id::<Request>().is_none() {
        return Ok(None);
    }
    let event = recorded.decode::<Request>()?;
    let team = |team, matter| Some((Recipient::Team(team), matter));
    let to = match event {
        Event::Offered { team: to, .. } => team(to, Matter::Offer),
        Event::Lapsed { team: to } | Event::StoodDown { team: to, .. } => team(to, Matter::Change),
        Event::EscalatedToDuty | Event::RangAgain => {
            Some((app.duty(recorded.district.as_ref()), Matter::WalkUnseen))
        }
        _ => None,
    };
    Ok(to.map(|(to, matter)| Outgoing {
        number: recorded.number,
        at: recorded.at,
        to,
        matter,
        language: Language::default(),
    }))
}

/// A walk that a team has passed on is offered to the next one: nobody at the desk has to watch
/// for that. Happening twice does no harm, since a walk that stands elsewhere by then refuses.
pub(crate) async fn go_on(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let Some(walk) = recorded.id::<Request>() else { return Ok(()) };
    let passed_on =
        matches!(recorded.decode::<Request>()?, Event::Lapsed { .. } | Event::Declined { .. });
    if !passed_on {
        return Ok(());
    }
    match dispatch::offer(app, walk, None, Actor::Relay, None, None).await {
        // Nobody is free, or a dispatcher was faster: the walk's own deadline looks after it.
        Ok(()) | Err(Turned::Refused { .. } | Turned::NoSuchThing) => Ok(()),
        Err(Turned::Failed(failure)) => Err(failure),
        Err(turned) => {
            tracing::error!(?turned, number = recorded.number, "a walk did not go on");
            Ok(())
        }
    }
}
