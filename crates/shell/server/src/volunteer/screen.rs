//! What a team sees.

use crate::{app::App, escort, night::Night, problem::Turned};
use ::alarm::alarm::Source;
use ::escort::Request;
use ::volunteer::{attendance::Mute, team};
use kernel::{Id, Instant, Point, id};
use wire::volunteer::{Duty, TeamMember, TeamScreen};

/// Duty as screens tell it.
pub(crate) const fn duty(duty: team::Duty) -> Duty {
    match duty {
        team::Duty::Nothing | team::Duty::OffDuty | team::Duty::Disbanded => Duty::Off,
        // A rest ends by itself; nothing is asked of the team meanwhile, and it is out.
        team::Duty::OnDuty | team::Duty::Resting { .. } => Duty::On,
        team::Duty::Engaged { .. } => Duty::Engaged,
    }
}

/// The two of a team, with what each wants to be left alone from.
fn members(
    night: &Night,
    team: &::volunteer::Team,
    first_names: &[String],
    now: Instant,
) -> Vec<TeamMember> {
    let members = team.members.into_iter().flatten().enumerate();
    members
        .map(|(at, person)| {
            let mute = night.attendances.get(&person).map_or(Mute::Off, |one| one.state.mute);
            TeamMember {
                person,
                first_name: first_names.get(at).cloned().unwrap_or_default(),
                muted: mute.holds(now),
                muted_until: match mute {
                    Mute::Until(until) if now < until => Some(until),
                    _ => None,
                },
                out_since: night
                    .attendances
                    .get(&person)
                    .and_then(|one| one.state.turn)
                    .map(|turn| turn.since),
            }
        })
        .collect()
}

/// The whole screen of a team.
pub(crate) async fn of(app: &App, team: Id<id::Team>) -> Result<TeamScreen, Turned> {
    let seat = app.seats().team(team);
    let now = app.now();
    let (state, alarm, members, mut number) = {
        let night = app.night().await?;
        let story = night.teams.get(&team).ok_or(Turned::NoSuchThing)?;
        let alarm = night.open_alarm(Source::Team(team)).cloned();
        let members = members(&night, &story.state, &seat.first_names, now);
        let muted = members.iter().filter_map(|one| night.attendances.get(&one.person));
        let number = muted.map(|one| one.number).fold(story.number, u64::max);
        (story.state.clone(), alarm, members, number)
    };
    let walk = match state.walk() {
        Some(walk) => {
            let story = app.known::<Request>(walk).await?;
            number = number.max(story.number);
            escort::view::for_team(app, &story, team).await?
        }
        None => None,
    };
    let meeting = walk
        .as_ref()
        .and_then(|walk| Point::new(walk.meeting_place.at.lat, walk.meeting_place.at.lon));
    let no_go = match &state.district {
        Some(district) => super::no_go::holding(app, district, meeting).await?,
        None => Vec::new(),
    };
    let alarm = match alarm {
        Some(story) => {
            number = number.max(story.number);
            let pin_set = app.told_of(&story).await?.pin_set();
            Some(crate::alarm::view::for_sender(&story, pin_set))
        }
        None => None,
    };
    Ok(TeamScreen {
        team,
        call_sign: seat.call_sign,
        first_names: seat.first_names,
        number,
        duty: duty(state.duty),
        walk,
        alarm,
        walks_tonight: state.walks,
        members,
        watch: super::watch::team_watch(app, team).await?,
        no_go,
        now,
    })
}
