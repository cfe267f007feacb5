//! Going on and off duty: the team and both of its members in one transaction, so that nobody is
//! ever out in two teams, whoever or whatever ends the turn.

use crate::{app::App, escort::dispatch, problem::Turned};
use ::volunteer::{
    Attendance, Engagement, Ledger, Team, Term, attendance, ledger,
    team::{Command, Duty, Event, Refused},
};
use kernel::{Id, Instant, id};
use store::{Acted, Context, Failure, Stopped, Tx};

/// What follows from an act on a team is under no key and no district of its own.
fn beside(context: &Context) -> Context {
    Context { district: None, idempotency: None, ..context.clone() }
}

/// Sends a team out: the rules for two people, then those for each of them.
///
/// # Errors
/// The first rule that says no; nothing has happened then.
pub(crate) async fn go_on(
    app: &App,
    tx: &mut Tx,
    team: Id<id::Team>,
    context: &Context,
) -> Result<Acted<Team>, Turned> {
    let known = tx.load::<Team>(team).await?.state;
    let no_such = || crate::problem::refused(Refused::NoSuchTeam);
    let members = known.members.ok_or_else(no_such)?;
    let standings = dispatch::standings(tx, members).await?.ok_or_else(no_such)?;
    let rules = &app.pack().rules.volunteer;
    // The post is where it was formed to wait; a team that moves keeps it.
    let command = Command::GoOnDuty { standings, post: known.post };
    let acted = act(app, tx, team, command, context).await?;
    let beside = beside(context);
    for standing in standings {
        let ledger = ledger_of(app, tx, standing.person, &beside).await?;
        let command = attendance::Command::ClockIn {
            team,
            standing,
            term: term(app, &ledger, context.at),
            week_left: ledger.week_left(rules, &app.pack().zone, context.at),
        };
        tx.act::<Attendance>(standing.person, command, rules, &beside).await?;
    }
    Ok(acted)
}

/// Where somebody stands in her or his time of service.
pub(crate) fn term(app: &App, ledger: &Ledger, now: Instant) -> Term {
    let rules = &app.pack().rules.volunteer;
    let served = ledger.engagement.zip(ledger.engaged_since);
    served.map_or(Term::Open, |(engagement, since)| {
        Term::of(engagement, since, rules, &app.pack().zone, now)
    })
}

/// Somebody's hours. Who was enlisted before hours were kept serves as a volunteer until somebody
/// says otherwise.
async fn ledger_of(
    app: &App,
    tx: &mut Tx,
    person: Id<id::Person>,
    context: &Context,
) -> Result<Ledger, Turned> {
    let known = tx.load::<Ledger>(person).await?.state;
    if known.engagement.is_some() {
        return Ok(known);
    }
    let command = ledger::Command::Engage { person, engagement: Engagement::Volunteer };
    Ok(tx.act::<Ledger>(person, command, &app.pack().rules.volunteer, context).await?.state)
}

/// Gives a team a command, with everything that follows from it. Whatever acts on a team acts
/// through this, so that no path can leave a member on duty with a team that is not.
pub(crate) async fn act(
    app: &App,
    tx: &mut Tx,
    team: Id<id::Team>,
    command: Command,
    context: &Context,
) -> Result<Acted<Team>, Stopped<Refused>> {
    let acted = tx.act::<Team>(team, command, &app.pack().rules.volunteer, context).await?;
    follow_up(app, tx, team, &acted, context).await?;
    Ok(acted)
}

/// Both members come off duty with their team.
pub(crate) async fn follow_up(
    app: &App,
    tx: &mut Tx,
    team: Id<id::Team>,
    acted: &Acted<Team>,
    context: &Context,
) -> Result<(), Failure> {
    let ended = acted.events.iter().any(|one| matches!(one, Event::WentOffDuty | Event::Disbanded));
    let out =
        matches!(acted.state.duty, Duty::OnDuty | Duty::Engaged { .. } | Duty::Resting { .. });
    if !ended || out {
        return Ok(());
    }
    let rules = &app.pack().rules.volunteer;
    let beside = beside(context);
    for person in acted.state.members.into_iter().flatten() {
        let command = attendance::Command::ClockOut { team, ended_at: context.at };
        match tx.act::<Attendance>(person, command, rules, &beside).await {
            Ok(_) => {}
            Err(Stopped::Failed(failure)) => return Err(failure),
            // Coming off duty is never refused; a rule that did would not keep a team out.
            Err(Stopped::Refused(refused)) => {
                tracing::error!(?refused, "somebody did not come off duty");
            }
        }
    }
    Ok(())
}
