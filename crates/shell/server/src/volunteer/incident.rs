//! What a team's alarm means for its two: an alarm takes the place of a watch that runs, and once
//! it is closed a talk is owed to each of them.

use crate::{app::App, roster};
use ::alarm::{
    Alarm, Outcome,
    alarm::{Event, Source},
};
use ::volunteer::{
    Debrief, Team, Watch,
    debrief::{self, Incident},
    watch::{self, Watched},
};
use kernel::{Actor, Id, id};
use store::{Context, Failure, Recorded, Stopped, Tx};

/// Carries a team's alarm to the watch over it and to the talks owed afterwards.
pub(crate) async fn carry(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let Some(alarm) = recorded.id::<Alarm>() else { return Ok(()) };
    match recorded.decode::<Alarm>()? {
        Event::Raised { source: Source::Team(team), .. } => take_over(app, team).await,
        // Nobody is asked to talk about a drill, or about what another alarm tells.
        Event::Closed { outcome: Outcome::Test | Outcome::DeviceFault | Outcome::SameAs(_) } => {
            Ok(())
        }
        Event::Closed { .. } => match app.store().load::<Alarm>(alarm).await?.state.source {
            Some(Source::Team(team)) => owe(app, team, alarm).await,
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

async fn take_over(app: &App, team: Id<id::Team>) -> Result<(), Failure> {
    let open: Vec<Id<id::Watch>> = {
        let night = app.night().await?;
        let watches = night.helper_watches.values().filter(|one| one.state.open());
        watches.filter(|one| one.state.who == Some(Watched::Team(team))).map(|one| one.id).collect()
    };
    let context = Context::new(Actor::Relay, app.now());
    for watch in open {
        app.store()
            .transact("volunteer::take_over", async |tx| {
                let command = watch::Command::Close { outcome: watch::Outcome::Alarm };
                let rules = &app.pack().rules.volunteer;
                settled(tx.act::<Watch>(watch, command, rules, &context).await)
            })
            .await?;
    }
    Ok(())
}

/// A talk for each of the two, since one may want it and the other not. Its id comes from the alarm
/// and the person: told twice, one talk is owed.
async fn owe(app: &App, team: Id<id::Team>, alarm: Id<id::Alarm>) -> Result<(), Failure> {
    app.store()
        .transact("volunteer::owe", async |tx| {
            let known = tx.load::<Team>(team).await?.state;
            let (Some(members), Some(district)) = (known.members, known.district) else {
                return Ok(());
            };
            let context = Context::new(Actor::Relay, app.now()).in_district(district.clone());
            for person in members {
                let talk = roster::id_of(&["debrief", &alarm.to_string(), &person.to_string()]);
                let district = district.clone();
                let after = Incident::Alarm(alarm);
                owe_one(app, tx, talk, debrief::Command::Owe { person, district, after }, &context)
                    .await?;
            }
            Ok(())
        })
        .await
}

async fn owe_one(
    app: &App,
    tx: &mut Tx,
    talk: Id<id::Debrief>,
    command: debrief::Command,
    context: &Context,
) -> Result<(), Failure> {
    settled(tx.act::<Debrief>(talk, command, &app.pack().rules.volunteer, context).await)
}

/// A refusal here means there is nothing to carry any more.
fn settled<T, R: std::fmt::Debug>(acted: Result<T, Stopped<R>>) -> Result<(), Failure> {
    match acted {
        Ok(_) | Err(Stopped::Refused(_)) => Ok(()),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}
