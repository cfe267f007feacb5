//! What other words do when volunteers have news: phones ring for a watch, hours are credited from the journal, whoever or
//! whatever ended the turn.

use crate::app::App;
use ::volunteer::{
    Attendance, Ledger, Watch, attendance, ledger,
    watch::{self, Watched},
};
use kernel::{Actor, Language};
use notify::{Matter, Outgoing, Recipient};
use store::{Context, Failure, Recorded, Stopped};

/// Rings whom a watch concerns: the team that is asked whether it is well, and the duty contact
/// once a desk has not looked.
pub(crate) async fn message(app: &App, recorded: &Recorded) -> Result<Option<Outgoing>, Failure> {
    let Some(watch) = recorded.id::<Watch>() else { return Ok(None) };
    let to = match recorded.decode::<Watch>()? {
        watch::Event::Asked => match app.store().load::<Watch>(watch).await?.state.who {
            Some(Watched::Team(team)) => Some((Recipient::Team(team), Matter::Change)),
            _ => None,
        },
        watch::Event::EscalatedToDuty | watch::Event::RangAgain => {
            Some((app.duty(recorded.district.as_ref()), Matter::WatchUnseen))
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

/// Credits a turn of duty that has ended. Told twice it counts once: a turn is known by its
/// beginning.
pub(crate) async fn credit(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let Some(person) = recorded.id::<Attendance>() else { return Ok(()) };
    let attendance::Event::ClockedOut { from, until, .. } = recorded.decode::<Attendance>()? else {
        return Ok(());
    };
    // Nobody has worked in no time.
    if until <= from {
        return Ok(());
    }
    let context = Context::new(Actor::Relay, app.now());
    let credited = app
        .store()
        .transact("volunteer::credit", async |tx| {
            let command = ledger::Command::Credit { from, until };
            tx.act::<Ledger>(person, command, &app.pack().rules.volunteer, &context).await
        })
        .await;
    match credited {
        Ok(_) => Ok(()),
        Err(Stopped::Failed(failure)) => Err(failure),
        // Somebody has put the hours right meanwhile; the correction stands.
        Err(Stopped::Refused(refused)) => {
            tracing::warn!(?refused, number = recorded.number, "a turn was not credited");
            Ok(())
        }
    }
}
