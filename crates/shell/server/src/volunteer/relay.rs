//! What other words do when volunteers have news: hours are credited from the journal, whoever or
//! whatever ended the turn.

use crate::app::App;
use ::volunteer::{Attendance, Ledger, attendance, ledger};
use kernel::Actor;
use store::{Context, Failure, Recorded, Stopped};

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
