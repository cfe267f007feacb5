//! From one shift to the next: what is open and who has it, notes that are forgotten by themselves,
//! and the one press with which the incoming dispatcher takes the watch over.

use super::{name_of, of, tonight, walk_item};
use crate::{
    alarm,
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Dispatcher},
    night::Night,
    problem::Turned,
    roster,
    story::Story,
};
use ::alarm::{
    DeskWatch,
    desk_watch::{Command, Event, Open},
};
use ::volunteer::team::Duty;
use axum::{Json, extract::State};
use kernel::{Actor, Aggregate, DistrictCode, Id, Instant, Secret, id};
use store::{Context, Failure, Outcome, Recall, Tx};
use wire::{
    desk::handover::{Handover, LeaveNote, Note, OpenAlarm, OpenWalk, TeamOut},
    problem::Problem,
};

/// The kind of the private row with what a note says.
const NOTE: &str = "alarm.desk_watch-note";
/// Letters of a note: what is longer is not read at two in the morning.
const NOTE_LETTERS: usize = 500;

/// The watch over a district's desk: one for each, always the same.
pub(crate) fn watch_of(district: &DistrictCode) -> Id<id::DeskWatch> {
    roster::id_of(&["watch", district.as_str()])
}

/// Who keeps the watch over a desk, as screens show it.
pub(super) fn kept_by(app: &App, night: &Night, district: &DistrictCode) -> wire::desk::DeskWatch {
    let watch = night.desk_watches.get(&watch_of(district)).map(|story| &story.state);
    wire::desk::DeskWatch {
        keeper: watch
            .and_then(|watch| watch.keeper)
            .map(|person| app.seats().shown(Actor::Desk(person))),
        since: watch.and_then(|watch| watch.since),
    }
}

/// What the next shift must know.
#[utoipa::path(get, path = "/api/desk/handover", tag = "desk",
    responses((status = 200, body = Handover), (status = "4XX", body = Problem)))]
pub async fn handover(State(app): State<App>, desk: Dispatcher) -> Answer<Handover> {
    page(&app, &desk).await.map(Json)
}

/// Take the watch over.
#[utoipa::path(post, path = "/api/desk/take-over", tag = "desk",
    responses((status = 200, body = Handover), (status = "4XX", body = Problem)))]
pub async fn take_over(State(app): State<App>, desk: Dispatcher, key: Keyed) -> Answer<Handover> {
    let board = of(&app, &desk).await?;
    let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
    let open = Open { alarms: count(board.alarms.len()), walks: count(board.walks.len()) };
    let key = key.within(&desk.audience(), &());
    act(&app, &desk, &key, &Asked::TakeOver(open)).await?;
    page(&app, &desk).await.map(Json)
}

/// Leave a note to the next shift.
#[utoipa::path(post, path = "/api/desk/notes", tag = "desk", request_body = LeaveNote,
    responses((status = 200, body = Handover), (status = "4XX", body = Problem)))]
pub async fn leave_note(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Told(note): Told<LeaveNote>,
) -> Answer<Handover> {
    let key = key.within(&desk.audience(), &note);
    let text = note.text.trim();
    if text.is_empty() || text.chars().count() > NOTE_LETTERS {
        return Err(Turned::NotUnderstood(Some("text".to_owned())));
    }
    act(&app, &desk, &key, &Asked::Note(Secret::new(text.as_bytes().to_vec()))).await?;
    page(&app, &desk).await.map(Json)
}

/// Put a note away: it is settled, and forgotten at once.
#[utoipa::path(post, path = "/api/desk/notes/{id}/put-away", tag = "desk",
    params(("id" = String, Path)), responses((status = 200, body = Handover),
        (status = "4XX", body = Problem)))]
pub async fn put_away(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(note): Named<id::Private>,
) -> Answer<Handover> {
    let key = key.within(&desk.audience(), &());
    act(&app, &desk, &key, &Asked::PutAway(note)).await?;
    page(&app, &desk).await.map(Json)
}

/// What a desk asks of its own watch.
enum Asked {
    TakeOver(Open),
    Note(Secret<Vec<u8>>),
    PutAway(Id<id::Private>),
}

impl Asked {
    /// The command, with its private row kept or forgotten in the same transaction.
    async fn command(
        &self,
        app: &App,
        desk: &Dispatcher,
        tx: &mut Tx,
        now: Instant,
    ) -> Result<Command, Failure> {
        Ok(match self {
            Self::TakeOver(open) => Command::TakeOver { by: desk.person, open: *open },
            Self::Note(text) => {
                let until = now + app.pack().rules.alarm.note_kept();
                Command::Note { row: tx.private_put(NOTE, text, until).await? }
            }
            Self::PutAway(row) => {
                // A row that is no note of this watch is refused after this, and nothing of the
                // transaction stays.
                tx.private_forget(*row).await?;
                Command::PutAway { row: *row }
            }
        })
    }
}

/// Gives the desk's own watch a command, once for each key.
async fn act(app: &App, desk: &Dispatcher, key: &store::Key, asked: &Asked) -> Result<(), Turned> {
    let (now, watch) = (app.now(), watch_of(&desk.district));
    app.store()
        .transact("desk::watch", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context =
                Context::new(desk.actor(), now).keyed(*key).in_district(desk.district.clone());
            let given = asked.command(app, desk, tx, now).await?;
            let acted =
                tx.act::<DeskWatch>(watch, given, &app.pack().rules.alarm, &context).await?;
            let outcome = Outcome {
                stream: DeskWatch::STREAM.to_owned(),
                id_bits: watch.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(key, &outcome, now).await?;
            Ok(())
        })
        .await
}

/// The seat that did something with it last, what happened last, and when.
fn hands<A: Aggregate>(app: &App, story: &Story<A>) -> (Option<String>, String, Instant) {
    let desk = story.told.iter().rev().find(|one| matches!(one.actor, Actor::Desk(_)));
    let with = desk.map(|one| app.seats().shown(one.actor));
    let last = story.told.last().map(|one| one.name.clone()).unwrap_or_default();
    (with, last, story.at)
}

async fn page(app: &App, desk: &Dispatcher) -> Result<Handover, Turned> {
    let now = app.now();
    let night = app.night().await?;
    let open = |one: &&Story<::alarm::Alarm>| one.state.open() && !crate::health::is_test(one);
    let alarms: Vec<_> = night.alarms.values().filter(open).cloned().collect();
    let mut walks: Vec<OpenWalk> = night
        .walks
        .values()
        .filter(|one| one.state.stage.live() && app.may_walk(desk, Action::EscortView, one))
        .map(|one| {
            let (with, last, last_at) = hands(app, one);
            OpenWalk { walk: walk_item(app, &desk.district, one), with, last, last_at }
        })
        .collect();
    walks.sort_by_key(|one| (one.walk.urgency, one.walk.asked_at, one.walk.id));
    let mut teams: Vec<TeamOut> = night
        .teams
        .values()
        .filter(|one| one.state.district.as_ref() == Some(&desk.district))
        .filter_map(|one| {
            Some(TeamOut {
                call_sign: app.seats().team(one.id).call_sign,
                until: one.state.shift_until?,
                engaged: matches!(one.state.duty, Duty::Engaged { .. }),
            })
        })
        .collect();
    teams.sort_by(|a, b| (a.until, &a.call_sign).cmp(&(b.until, &b.call_sign)));
    let watch = night.desk_watches.get(&watch_of(&desk.district)).cloned();
    let mut page = Handover {
        number: night.number,
        now,
        name: name_of(app, &desk.district),
        watch: kept_by(app, &night, &desk.district),
        alarms: Vec::new(),
        walks,
        teams,
        notes: Vec::new(),
        tonight: tonight(night.walks.values(), &desk.district, app.evening(now)),
    };
    drop(night);
    for one in alarms.iter().filter(|one| app.may_alarm(desk, Action::AlarmView, one)) {
        let (with, last, last_at) = hands(app, one);
        let alarm = alarm::view::item(app, one).await?;
        page.alarms.push(OpenAlarm { alarm, with, last, last_at });
    }
    page.alarms.sort_by_key(|one| (one.alarm.urgency, one.alarm.sent_at, one.alarm.id));
    if let Some(watch) = watch {
        page.notes = notes(app, &watch, now).await?;
    }
    Ok(page)
}

/// The notes that are still kept, with what they say.
async fn notes(app: &App, watch: &Story<DeskWatch>, now: Instant) -> Result<Vec<Note>, Failure> {
    let rules = &app.pack().rules.alarm;
    let mut notes = Vec::new();
    for note in watch.state.kept(rules, now) {
        let Some(text) = app.store().private_get(note.row, NOTE, now).await? else { continue };
        let left = watch.told.iter().find(|one| {
            one.decode::<DeskWatch>().is_ok_and(|event| event == Event::Noted { note: note.row })
        });
        notes.push(Note {
            id: note.row,
            text: String::from_utf8_lossy(text.expose()).into_owned(),
            by: left.map_or_else(String::new, |one| app.seats().shown(one.actor)),
            at: note.at,
            until: note.at + rules.note_kept(),
        });
    }
    Ok(notes)
}
