//! What other words do when an alarm has news: the duty contact is rung, the walk it came from
//! knows of it, a store where somebody shelters is asked about it.

use crate::app::App;
use ::alarm::{
    Alarm,
    alarm::{Event, Grade, Source},
};
use kernel::{Actor, Language};
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
    let context = Context::new(Actor::Relay, app.now());
    let rules = &app.pack().rules;
    let (source, grade) = match recorded.decode::<Alarm>()? {
        Event::Raised { source, grade, .. } => (Some(source), grade),
        Event::RaisedAgain { grade, .. } => {
            (app.store().load::<Alarm>(alarm).await?.state.source, grade)
        }
        _ => return Ok(()),
    };
    match source {
        Some(Source::Escort(walk)) => {
            let noted = app
                .store()
                .transact("alarm::carry", async |tx| {
                    let command = ::escort::Command::RaiseTrouble { alarm };
                    tx.act::<::escort::Request>(walk, command, &rules.escort, &context).await
                })
                .await;
            settled(noted)
        }
        Some(Source::Haven(haven)) if grade == Grade::Sheltering => {
            let noted = app
                .store()
                .transact("alarm::carry", async |tx| {
                    let command = ::haven::store::Command::StartRefuge;
                    tx.act::<::haven::Store>(haven, command, &rules.haven, &context).await
                })
                .await;
            settled(noted)
        }
        _ => Ok(()),
    }
}

/// A refusal here means there is nothing to carry any more.
fn settled<T, R: std::fmt::Debug>(acted: Result<T, Stopped<R>>) -> Result<(), Failure> {
    match acted {
        Ok(_) | Err(Stopped::Refused(_)) => Ok(()),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}
