//! `waylight demo`: a night to look at and take part in. The invented district, or a real one,
//! goes in by the same door as every import; simulated people live in it over HTTP.

pub(crate) mod clock;
mod onestop;
pub(crate) mod roster;

use crate::cli::{Demo, Scale};
use crate::import::{self, reading::Files, sources};
use crate::{say, serve, state::StateDir};
use anyhow::{Context, Result};
use clock::Noted;
use kernel::time::Weekday;
use kernel::{Instant, Span, id};
use server::ground::Ground;
use server::{App, Clock, Config, DemoClock, DutyPhones, Pack, RealClock};
use sim::night::{Desks, Night, Words};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// When the night begins, on the next night with service.
const BEGINS: &str = "22:35";
/// How often the clock is compared with its note.
const LOOK: Duration = Duration::from_millis(100);
/// How often the note is renewed if nothing surprising happened.
const NOTE: Span = Span::seconds(2);

pub(crate) async fn run(demo: &Demo, now: Instant) -> Result<()> {
    let (listener, address) = serve::listen(demo.listen).await?;
    if !address.ip().is_loopback() {
        say::aside("Whoever can reach this address can take part in the demo as anybody.");
    }
    // Kept until the end of the night: dropping it removes the folder.
    let temporary = if demo.dir.is_none() { Some(tempfile::tempdir()?) } else { None };
    let dir = demo.dir.clone().or(temporary.as_ref().map(|folder| folder.path().to_owned()));
    let state = StateDir::new(&dir.context("no folder for the night")?, demo.database.clone());
    let (mut pack, text) = pack(demo, &state)?;
    let store = state.open(&pack).await?;
    let witnesses = onestop::witnesses(&store);
    pack.onestop = onestop::network(&pack, &witnesses)?;
    let houses = demo.matching.as_deref().map(onestop::houses).transpose()?;
    pack.onestop.matching = houses.map(Box::new);
    let note = state.file("night.json");
    let begun = Noted::read(&note);
    if begun.is_none() {
        fill(demo.data.as_deref(), (demo.scale, demo.seed), &store, &pack, now).await?;
        state.remember(&text)?;
    }
    let clock = Arc::new(begin(demo, &store, &pack, begun.as_ref(), now).await?);
    let pass = format!("{}{}", store::new_id::<id::Session>()?, store::new_id::<id::Session>()?);
    let words = Words::of(demo.seed);
    let config = Config {
        pack: pack.clone(),
        public_origin: demo.origin.clone().unwrap_or_else(|| format!("http://{address}")),
        outbox: state.file("outbox.jsonl"),
        duty_phones: DutyPhones::new(),
        demo: Some(server::Demo {
            clock: Arc::clone(&clock),
            pass: pass.clone(),
            witnesses,
            key_words: onestop::key_words(&pack, &words),
        }),
    };
    let ground = Arc::new(Ground::read(&store, &pack).await?);
    let lasting = Arc::clone(&clock) as Arc<dyn Clock>;
    let app = App::build_on(Arc::clone(&ground), config, store.clone(), lasting).await?;
    let mut roster = roster::roster(&store, &pack, &crew(demo)).await?;
    roster.staff.extend(onestop::caseworkers(&pack));
    let enlisted = app.enlist(&roster).await?;
    for name in enlisted.unknown_havens {
        tracing::warn!(store = %name, "the register has no such store");
    }
    let origin = format!("http://{address}");
    welcome(&origin, &pack, clock.now(), (demo.quiet_city, &words))?;
    let noted = tokio::spawn(keep_noting(note, Arc::clone(&clock)));
    let people = (!demo.quiet_city).then(|| {
        let page = demo.origin.clone().unwrap_or_else(|| origin.clone());
        let teams = roster.teams.into_iter().map(|team| (team.call_sign, team.district)).collect();
        let desks = Desks { ground, pack: pack.clone(), teams };
        let size = size(demo, &pack);
        tokio::spawn(Night { origin, page, seed: demo.seed, pass, size, desks }.live())
    });
    let served =
        serve::until(app, listener, store, Arc::clone(&clock) as Arc<dyn Clock>, serve::stopped());
    let served = served.await;
    noted.abort();
    if let Some(people) = people {
        people.abort();
    }
    served
}

/// The city: what the folder remembers, what was named, or the invented district.
fn pack(demo: &Demo, state: &StateDir) -> Result<(Pack, String)> {
    let text = match &demo.pack {
        Some(file) => fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None if state.has_pack() => fs::read_to_string(state.file("pack.toml"))?,
        None if demo.scale == Scale::City => sim::district::gaon::pack(),
        None => sim::district::PACK.to_owned(),
    };
    Ok((Pack::parse(&text)?, text))
}

fn crew(demo: &Demo) -> roster::Crew {
    match demo.scale {
        Scale::District => roster::Crew::district(),
        Scale::City => roster::Crew::tonight(),
    }
}

/// How many districts' people live the night.
fn size(demo: &Demo, pack: &Pack) -> f64 {
    match demo.scale {
        Scale::District => 1.0,
        Scale::City => pack.districts.len() as f64,
    }
}

/// Imports the city. Begun again from the start if it was interrupted: imports repeat harmlessly.
/// Without `data` it is the invented district, or city, of the seed.
pub(crate) async fn fill(
    data: Option<&Path>,
    (scale, seed): (Scale, u64),
    store: &Store,
    pack: &Pack,
    now: Instant,
) -> Result<()> {
    let files = match data {
        Some(data) => Files::OnDisk(sources::listed(&pack.sources, data)?),
        None if scale == Scale::City => Files::invented(sim::district::gaon::files(seed)),
        None => Files::invented(sim::district::District::invent(seed).into_files()),
    };
    let report = import::into(store, pack, files, None, now).await?;
    for file in report.files {
        if let Some(refused) = file.refused {
            say::aside(format_args!("{} was refused: {}", file.file, refused.sentence));
        }
    }
    Ok(())
}

/// The night's clock: where it was left, or 22:35 of the next night with service.
async fn begin(
    demo: &Demo,
    store: &Store,
    pack: &Pack,
    begun: Option<&Noted>,
    now: Instant,
) -> Result<DemoClock> {
    let asked = match &demo.start {
        Some(text) => Some(pack.zone.moment(text).with_context(|| {
            format!("{text:?} is no local time: write it like 2026-11-23T22:35")
        })?),
        None => None,
    };
    let newest = newest_event(store).await?;
    let start = match begun {
        Some(noted) => {
            let on = noted.resumed(now, newest);
            asked.map_or(on, |asked| asked.max(on))
        }
        None => asked.or_else(|| service_night(pack, now)).unwrap_or(now),
    };
    Ok(DemoClock::starting(start, begun.map_or(demo.speed, |noted| noted.speed)))
}

/// When the newest event of the city happened; imports carry the machine's time and do not count.
async fn newest_event(store: &Store) -> Result<Option<Instant>> {
    let head = *store.head().borrow();
    let tail = store.read_after(head.saturating_sub(50), 50).await?;
    let lived = tail.iter().filter(|event| event.stream != "environment.register");
    Ok(lived.map(|event| event.at).max())
}

/// 22:35 of the first night from today on which teams are out then.
fn service_night(pack: &Pack, now: Instant) -> Option<Instant> {
    let zone = &pack.zone;
    (0..14).find_map(|days| {
        let local = zone.local(now + Span::days(days));
        let text = format!("{:04}-{:02}-{:02}T{BEGINS}", local.year, local.month, local.day);
        let begins = zone.moment(&text)?;
        pack.rules.escort.service.open_at(zone.local(begins)).then_some(begins)
    })
}

/// Where the screens are. Told here and nowhere else.
fn welcome(origin: &str, pack: &Pack, now: Instant, (quiet, words): (bool, &Words)) -> Result<()> {
    let (name, wall) = (&pack.name, pack.zone.wall(now));
    let day = match pack.zone.local(now).weekday {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    };
    let people = if quiet { "nobody in it but you" } else { "everybody in it simulated" };
    say::line(format_args!("listening {origin}"))?;
    say::line(format_args!(
        "\n{} / {}: an invented night, {day} {}, {people}.\n\n\
         \x20 {origin}/        citizen: ask for company, find an open store, hold the alarm\n\
         \x20 {origin}/desk    desk: take a dispatcher's seat; alarms and asks come in\n\
         \x20 {origin}/supervisor   supervisor: how every desk fares\n\
         \x20 {origin}/team    team: take a team's seat; accept, meet, walk home\n\
         \x20 {origin}/haven   store: take a till; tap your name, do the drill\n\
         \x20 {origin}/admin   office: take its seat; end a lost phone, pair a new one\n\
         \x20 {origin}/join    helper: ask to join; once taken on, sign up for a night\n\
         \x20 {origin}/crew    programme: answer who asks, note papers, make tonight's teams\n\
         \x20 {origin}/patrol  patrol: set out on the beat, notice something in three taps\n\
         \x20 {origin}/report  anybody: write what happened, closed for the centers she chooses\n\
         \x20 {origin}/case    caseworker: open what came, answer\n",
        name.ko,
        name.en,
        wall.replace('T', " "),
    ))?;
    if !quiet {
        let [answered, waits, took_back] = &words.reports;
        say::line(format_args!(
            "Three invented women have written. Their words, for {origin}/report:\n\
             \x20 {answered}   (answered)\n\
             \x20 {waits}   (waits)\n\
             \x20 {took_back}   (took a consent back)\n\
             and the key words of the caseworker they wrote to, for {origin}/case:\n\
             \x20 {}\n",
            words.counseling
        ))?;
    }
    say::line("Whoever takes a seat plays it; leaving it gives it back. Ctrl-C ends the night.")
}

/// Notes where the night stands every two seconds, and at once when its speed was changed or it
/// was skipped ahead.
async fn keep_noting(path: PathBuf, clock: Arc<DemoClock>) {
    let mut last: Option<Noted> = None;
    loop {
        let (night, machine, speed) = (clock.now(), RealClock.now(), clock.speed());
        let surprising = last.is_none_or(|noted| {
            let expected = noted.resumed(machine, None);
            noted.speed != speed
                || night.since(expected).as_millis().abs() > 1_000
                || machine.since(noted.machine) >= NOTE
        });
        if surprising {
            let noted = Noted { night, machine, speed };
            match noted.write(&path) {
                Ok(()) => last = Some(noted),
                Err(error) => tracing::warn!(%error, "the night's clock could not be noted"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}
