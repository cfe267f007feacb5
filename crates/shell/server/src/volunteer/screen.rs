//! What a team sees.

use crate::{app::App, escort, problem::Turned};
use ::alarm::alarm::Source;
use ::escort::Request;
use ::volunteer::team;
use kernel::{Id, id};
use wire::volunteer::{Duty, TeamScreen};

/// Duty as screens tell it.
pub(crate) const fn duty(duty: team::Duty) -> Duty {
    match duty {
        team::Duty::Nothing | team::Duty::OffDuty | team::Duty::Disbanded => Duty::Off,
        // A rest ends by itself; nothing is asked of the team meanwhile, and it is out.
        team::Duty::OnDuty | team::Duty::Resting { .. } => Duty::On,
        team::Duty::Engaged { .. } => Duty::Engaged,
    }
}

/// The whole screen of a team.
pub(crate) async fn of(app: &App, team: Id<id::Team>) -> Result<TeamScreen, Turned> {
    let (state, alarm, mut number) = {
        let night = app.night().await?;
        let story = night.teams.get(&team).ok_or(Turned::NoSuchThing)?;
        let alarm = night.open_alarm(Source::Team(team)).cloned();
        (story.state.clone(), alarm, story.number)
    };
    let walk = match state.walk() {
        Some(walk) => {
            let story = app.known::<Request>(walk).await?;
            number = number.max(story.number);
            escort::view::for_team(app, &story, team).await?
        }
        None => None,
    };
    let alarm = match alarm {
        Some(story) => {
            number = number.max(story.number);
            let pin_set = app.told_of(&story).await?.pin_set();
            Some(crate::alarm::view::for_sender(&story, pin_set))
        }
        None => None,
    };
    let seat = app.seats().team(team);
    Ok(TeamScreen {
        team,
        call_sign: seat.call_sign,
        first_names: seat.first_names,
        number,
        duty: duty(state.duty),
        walk,
        alarm,
        walks_tonight: state.walks,
        now: app.now(),
    })
}
