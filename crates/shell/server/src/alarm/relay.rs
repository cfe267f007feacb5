//! What other words do when an alarm has news: the duty contact is rung, the walk it came from
//! knows of it, a store where somebody shelters is asked about it.

use crate::app::App;
use ::alarm::{
    Alarm,
    alarm::{Event, Grade, Source},
};
use ::haven::store::Command as Refuge;
use kernel::{Actor, Id, Language, id};
use notify::{Matter, Outgoing};
use store::{Context, Failure, Recorded, Stopped};

/// Rings whom an event concerns.
pub(crate) fn message(app: &App, recorded: &Recorded) -> Result<Option<Outgoing>, Failure> {
    if recorded.id::<Alarm>().is_none() {
        return Ok(None);
    }
    let rings = matches!(recorded.decode::<Alarm>()?, Event::EscalatedToDuty | Event::RangAgain);
    Ok(rings.then(|| Outgoing {
        number: recorded.number,
        at: recorded.at,
        to: app.duty(recorded.district.as_ref()),
        matter: Matter::AlarmUnseen,
        language: Language::default(),
    }))
}

/// Carries an alarm to the walk or the store it came from.
pub(crate) async fn carry(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let Some(alarm) = recorded.id::<Alarm>() else { return Ok(()) };
    let source = async || Ok::<_, Failure>(app.store().load::<Alarm>(alarm).await?.state.source);
    let (source, shelter) = match recorded.decode::<Alarm>()? {
        Event::Raised { source, grade, .. } => (Some(source), Shelter::begins(grade)),
        Event::RaisedAgain { grade, .. } => (source().await?, Shelter::begins(grade)),
        // The desk has spoken with the store: whoever sheltered there has gone on, or been fetched.
        Event::Closed { .. } => (source().await?, Shelter::Ends),
        _ => return Ok(()),
    };
    match (source, shelter) {
        (Some(Source::Escort(walk)), Shelter::Begins | Shelter::None) => {
            trouble(app, walk, alarm).await
        }
        (Some(Source::Haven(haven)), Shelter::Begins) => {
            refuge(app, haven, Refuge::StartRefuge).await
        }
        (Some(Source::Haven(haven)), Shelter::Ends) => refuge(app, haven, Refuge::EndRefuge).await,
        _ => Ok(()),
    }
}

/// What an event says of somebody sheltering where the alarm came from.
#[derive(Clone, Copy)]
enum Shelter {
    None,
    Begins,
    Ends,
}

impl Shelter {
    const fn begins(grade: Grade) -> Self {
        if matches!(grade, Grade::Sheltering) { Self::Begins } else { Self::None }
    }
}

async fn trouble(app: &App, walk: Id<id::Escort>, alarm: Id<id::Alarm>) -> Result<(), Failure> {
    let context = Context::new(Actor::Relay, app.now());
    let noted = app
        .store()
        .transact("alarm::carry", async |tx| {
            let command = ::escort::Command::RaiseTrouble { alarm };
            tx.act::<::escort::Request>(walk, command, &app.pack().rules.escort, &context).await
        })
        .await;
    settled(noted)
}

async fn refuge(app: &App, haven: Id<id::Haven>, command: Refuge) -> Result<(), Failure> {
    let context = Context::new(Actor::Relay, app.now());
    let noted = app
        .store()
        .transact("alarm::carry", async |tx| {
            tx.act::<::haven::Store>(haven, command, &app.pack().rules.haven, &context).await
        })
        .await;
    settled(noted)
}

/// A refusal here means there is nothing to carry any more.
fn settled<T, R: std::fmt::Debug>(acted: Result<T, Stopped<R>>) -> Result<(), Failure> {
    match acted {
        Ok(_) | Err(Stopped::Refused(_)) => Ok(()),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}
