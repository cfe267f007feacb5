//! What a programme manager keeps of somebody on the roster: record check, training, whether she
//! may go out, her hours, the talks owed to her.

use crate::{
    app::App,
    asked::{Answer, Find, Keyed, Named, Told, same_word},
    auth::{Action, Programme},
    once::Done,
    problem::Turned,
};
use ::volunteer::{
    Debrief, Ledger, Person,
    date::{Date, Month},
    debrief, ledger, person,
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, Instant, id};
use serde::Deserialize;
use store::Context;
use wire::{
    problem::Problem,
    volunteer::crew::{
        CorrectHours, Crew, DebriefStep, NotePaper, Paper, Statement, Suspend, TurnItem,
    },
};

/// The district of somebody on the roster, if she is this manager's to look after.
async fn theirs(
    app: &App,
    manager: &Programme,
    person: Id<id::Person>,
) -> Result<DistrictCode, Turned> {
    let known = app.store().load::<Person>(person).await?;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(manager, Action::VolunteerVet, &district)?;
    Ok(district)
}

async fn give(
    app: &App,
    manager: &Programme,
    key: &store::Key,
    person: Id<id::Person>,
    command: person::Command,
) -> Answer<Crew> {
    theirs(app, manager, person).await?;
    let now = app.now();
    let context = Context::new(manager.actor(), now).keyed(*key);
    let leaves = matches!(command, person::Command::Leave);
    let known = app.store().application_of(person).await?;
    app.once("volunteer::papers", key, async |tx| {
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<Person>(person, command, rules, &context).await?;
        if leaves && let Some(row) = known.and_then(|listed| listed.state.private) {
            // As after a no: kept a while in case it is contested.
            tx.private_extend(row, now + rules.application_kept()).await?;
        }
        Ok(Done::to::<Person>(person, acted.number))
    })
    .await?;
    super::crew::of(app, manager).await.map(Json)
}

/// The end of a day by the city's clocks.
fn end_of(app: &App, date: String) -> Result<Instant, Turned> {
    let wrong = || Turned::NotUnderstood(Some("until".to_owned()));
    let date = Date::try_from(date).map_err(|_text| wrong())?;
    date.tomorrow().moment(&app.pack().zone, 0).ok_or_else(wrong)
}

/// Note a passed record check or a completed training.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/papers", tag = "volunteer",
    params(("id" = String, Path)), request_body = NotePaper,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn papers(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<NotePaper>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let until = end_of(&app, asked.until)?;
    let command = match asked.paper {
        Paper::RecordCheck => person::Command::PassRecordCheck { until },
        Paper::Training => person::Command::CompleteTraining { until },
    };
    give(&app, &manager, &key, person, command).await
}

/// Do not send out for now.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/suspend", tag = "volunteer",
    params(("id" = String, Path)), request_body = Suspend,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn suspend(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<Suspend>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let reason = same_word(&asked.reason)?;
    give(&app, &manager, &key, person, person::Command::Suspend { reason }).await
}

/// Send out again.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/reinstate", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn reinstate(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(person): Named<id::Person>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &());
    give(&app, &manager, &key, person, person::Command::Reinstate).await
}

/// Somebody leaves the programme; her page closes at once.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/leave", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn leave(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(person): Named<id::Person>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &());
    give(&app, &manager, &key, person, person::Command::Leave).await
}

/// Put a turn of duty right; it stays visible that somebody did.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/hours", tag = "volunteer",
    params(("id" = String, Path)), request_body = CorrectHours,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn hours(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<CorrectHours>,
) -> Answer<Crew> {
    theirs(&app, &manager, person).await?;
    let key = key.within(&manager.audience(), &asked);
    let context = Context::new(manager.actor(), app.now()).keyed(key);
    let CorrectHours { from, until, reason } = asked;
    let (reason, by) = (same_word(&reason)?, manager.person);
    app.once("volunteer::hours", &key, async |tx| {
        let command = ledger::Command::Correct { from, until, reason, by };
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<Ledger>(person, command, rules, &context).await?;
        Ok(Done::to::<Ledger>(person, acted.number))
    })
    .await?;
    super::crew::of(&app, &manager).await.map(Json)
}

/// Arrange a talk owed, note that it was held, or that it is not wanted.
#[utoipa::path(post, path = "/api/volunteer/debriefs/{id}", tag = "volunteer",
    params(("id" = String, Path)), request_body = DebriefStep,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn debrief(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(talk): Named<id::Debrief>,
    Told(asked): Told<DebriefStep>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let district = app.known::<Debrief>(talk).await?.state.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(&manager, Action::VolunteerVet, &district)?;
    let command = match asked {
        DebriefStep::Arrange { at } => debrief::Command::Arrange { at },
        DebriefStep::Hold => debrief::Command::Hold,
        DebriefStep::Waive => debrief::Command::Waive,
    };
    let context = Context::new(manager.actor(), app.now()).keyed(key);
    app.once("volunteer::debrief", &key, async |tx| {
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<Debrief>(talk, command, rules, &context).await?;
        Ok(Done::to::<Debrief>(talk, acted.number))
    })
    .await?;
    super::crew::of(&app, &manager).await.map(Json)
}

/// Which month.
#[derive(Deserialize)]
pub struct OfMonth {
    month: Option<String>,
}

/// A month of somebody's hours and pay.
#[utoipa::path(get, path = "/api/volunteer/people/{id}/statement", tag = "volunteer",
    params(("id" = String, Path), ("month" = Option<String>, Query)),
    responses((status = 200, body = Statement), (status = "4XX", body = Problem)))]
pub async fn statement(
    State(app): State<App>,
    manager: Programme,
    Named(person): Named<id::Person>,
    Find(asked): Find<OfMonth>,
) -> Answer<Statement> {
    theirs(&app, &manager, person).await?;
    app.statement(person, asked.month).await.map(Json)
}

impl App {
    /// A month of somebody's hours; this one unless another is named.
    pub(super) async fn statement(
        &self,
        person: Id<id::Person>,
        month: Option<String>,
    ) -> Result<Statement, Turned> {
        let zone = &self.pack().zone;
        let wrong = || Turned::NotUnderstood(Some("month".to_owned()));
        let month = match month {
            Some(month) => Month::try_from(month).map_err(|_text| wrong())?,
            None => Date::of(zone.local(self.now())).month(),
        };
        let ledger = self.store().load::<Ledger>(person).await?.state;
        let sums = ledger.statement(month, &self.pack().rules.volunteer, zone);
        let entries = ledger.entries.iter();
        let entries = entries.filter(|entry| Date::of(zone.local(entry.from)).month() == month);
        Ok(Statement {
            month: String::from(month),
            turns: sums.turns,
            paid_minutes: sums.paid_minutes,
            night_minutes: sums.night_minutes,
            volunteer_minutes: sums.volunteer_minutes,
            report_minutes: sums.report_minutes,
            pay: sums.pay.0,
            corrected: sums.corrected,
            entries: entries
                .map(|entry| TurnItem {
                    from: entry.from,
                    until: entry.until,
                    corrections: entry.corrections,
                })
                .collect(),
        })
    }
}
