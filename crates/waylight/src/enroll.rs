//! `waylight enroll`: a seat and its one-time code. The code is printed here and nowhere else, and
//! is good for a week.

use crate::cli::Seat;
use crate::{say, state::StateDir};
use anyhow::{Context, Result, bail};
use kernel::person::Gender;
use kernel::time::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
use kernel::{DistrictCode, Week, Window};
use server::{
    App, Config, DispatcherSeat, DutyPhones, Engagement, HavenSeat, Member, Pack, RealClock,
    Roster, StaffSeat, TeamSeat,
};
use std::fs;
use std::sync::Arc;
use wire::session::Role;

pub(crate) async fn run(seat: &Seat) -> Result<()> {
    let state = StateDir::from(match seat {
        Seat::Dispatcher { state, .. }
        | Seat::Team { state, .. }
        | Seat::Haven { state, .. }
        | Seat::Staff { state, .. }
        | Seat::Roster { state, .. } => state,
    });
    let pack = state.pack()?;
    let (roster, shown_as) = asked(seat, &pack)?;
    let store = state.open(&pack).await?;
    let config = Config {
        pack,
        public_origin: "http://localhost".to_owned(),
        outbox: state.file("outbox.jsonl"),
        duty_phones: DutyPhones::new(),
        demo: None,
    };
    let app = App::build(config, store.clone(), Arc::new(RealClock)).await?;
    let enlisted = app.enlist(&roster).await?;
    for seat in &enlisted.seats {
        say::line(format_args!("{}  {}", seat.code.expose(), seat.shown_as))?;
    }
    if !enlisted.unknown_havens.is_empty() {
        bail!("no register of Patrol Houses has {}", enlisted.unknown_havens.join(", "));
    }
    // A seat that was there already: a lost phone, a new passkey.
    if let (true, Some(shown_as)) = (enlisted.seats.is_empty(), shown_as) {
        let code = app.enroll_again(&shown_as).await?;
        let code = code.with_context(|| format!("there is no seat {shown_as}"))?;
        say::line(format_args!("{}  {shown_as}", code.expose()))?;
    }
    store.close().await;
    Ok(())
}

/// The roster of what was asked for, and how its one seat is shown.
fn asked(seat: &Seat, pack: &Pack) -> Result<(Roster, Option<String>)> {
    let mut roster = Roster::default();
    let shown_as = match seat {
        Seat::Dispatcher { shown_as, district, .. } => {
            let district = named(pack, district.as_deref())?;
            roster.dispatchers.push(DispatcherSeat { district, shown_as: shown_as.clone() });
            Some(shown_as.clone())
        }
        Seat::Team {
            call_sign, members, record_check_days, training_days, paid, district, ..
        } => {
            let [first, second] = members.as_slice() else {
                bail!("a team is two: give --member twice");
            };
            let member = |text: &str| -> Result<Member> {
                let (name, gender) = text.split_once(',').unwrap_or((text, "woman"));
                Ok(Member {
                    first_name: name.trim().to_owned(),
                    gender: gender_of(gender.trim())?,
                    record_check_days: *record_check_days,
                    training_days: *training_days,
                    engagement: if *paid { Engagement::Paid } else { Engagement::Volunteer },
                })
            };
            roster.teams.push(TeamSeat {
                district: named(pack, district.as_deref())?,
                call_sign: call_sign.clone(),
                members: [member(first)?, member(second)?],
            });
            Some(format!("team {call_sign}"))
        }
        Seat::Haven { name, hours, staff, .. } => {
            let week = match hours {
                None => Week::always(),
                Some(hours) => {
                    let window: Window = hours.parse()?;
                    Week::new([Mon, Tue, Wed, Thu, Fri, Sat, Sun].map(|day| (day, window)))
                }
            };
            roster.havens.push(HavenSeat { name: name.clone(), hours: week, staff: staff.clone() });
            Some(name.clone())
        }
        Seat::Staff { shown_as, roles, center, district, .. } => {
            let roles: Result<Vec<Role>> = roles.iter().map(|role| role_of(role)).collect();
            roster.staff.push(StaffSeat {
                district: named(pack, district.as_deref())?,
                shown_as: shown_as.clone(),
                roles: roles?,
                members: Vec::new(),
                center: center.clone(),
            });
            Some(shown_as.clone())
        }
        Seat::Roster { file, .. } => {
            let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
            roster = Roster::parse(&text)?;
            None
        }
    };
    Ok((roster, shown_as))
}

fn role_of(word: &str) -> Result<Role> {
    Ok(match word {
        "supervisor" => Role::Supervisor,
        "programme" => Role::Programme,
        "analyst" => Role::Analyst,
        "administrator" => Role::Administrator,
        "dispatcher" => Role::Dispatcher,
        "patrol" => Role::Patrol,
        "caseworker" => Role::Caseworker,
        "case_supervisor" => Role::CaseSupervisor,
        "service_partner" => Role::ServicePartner,
        _ => bail!(
            "{word:?}: write supervisor, programme, analyst, administrator, dispatcher, patrol, \
             caseworker, case_supervisor or service_partner"
        ),
    })
}

fn gender_of(word: &str) -> Result<Gender> {
    Ok(match word {
        "woman" => Gender::Woman,
        "man" => Gender::Man,
        "other" => Gender::Other,
        _ => bail!("{word:?}: write woman, man or other"),
    })
}

/// The district with this code; the pack's first without one.
fn named(pack: &Pack, code: Option<&str>) -> Result<DistrictCode> {
    let Some(code) = code else {
        return Ok(pack.district_of(None).clone());
    };
    let code = DistrictCode::try_from(code.to_owned())?;
    anyhow::ensure!(pack.district(&code).is_some(), "the pack has no district {code}");
    Ok(code)
}
