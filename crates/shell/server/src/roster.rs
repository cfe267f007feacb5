//! Who has a seat: dispatchers, teams, tills, caseworkers. Written by a coordinator as TOML, read by
//! the operator; names end up in private rows only.

mod center;

use crate::{
    Pack,
    app::App,
    auth::{Label, Seat, SeatOf, Seats, seats::Clerk},
};
use ::haven::{Store, store as haven};
use ::volunteer::{Engagement, Ledger, Person, Team, ledger, person, team};
use kernel::{Actor, DistrictCode, Id, Instant, Secret, Span, Week, id, person::Gender};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Context, Failure, Tx};
use wire::session::Role;

/// A roster as read.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Roster {
    /// Places at desks.
    pub dispatchers: Vec<DispatcherSeat>,
    /// Teams of two.
    pub teams: Vec<TeamSeat>,
    /// Stores.
    pub havens: Vec<HavenSeat>,
    /// Everybody else: supervisors, programme managers, analysts, administrators, patrols, caseworkers;
    /// people of several roles.
    pub staff: Vec<StaffSeat>,
}

/// A seat that is no team's and no store's, with one role or several.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffSeat {
    /// The district it belongs to.
    pub district: DistrictCode,
    /// What is shown of it (`Gwanak programme`): a seat, no name.
    pub shown_as: String,
    /// What one signs in to it as; the first is the usual one.
    pub roles: Vec<Role>,
    /// The two who walk with a patrol's phone; nobody else's seat has any.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The key of the center, as the pack's `[[onestop.centers]]` has it, of a caseworker, a case
    /// supervisor or a service partner; nobody else's seat has one.
    #[serde(default)]
    pub center: Option<String>,
}

/// A place at a desk.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatcherSeat {
    /// The desk's district.
    pub district: DistrictCode,
    /// What is shown of it (`Gwanak desk 2`): a seat, no name.
    pub shown_as: String,
}

/// A team.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamSeat {
    /// Whose desk it belongs to.
    pub district: DistrictCode,
    /// Its number on the vest.
    pub call_sign: String,
    /// The two.
    pub members: [Member; 2],
}

/// One of a team's two.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// What she is met by.
    pub first_name: String,
    /// As stated.
    pub gender: Gender,
    /// Days from now the criminal record check holds.
    pub record_check_days: u16,
    /// Days from now the training holds.
    pub training_days: u16,
    /// Paid by contract, or a volunteer.
    #[serde(default = "volunteer_unless_said")]
    pub engagement: Engagement,
}

const fn volunteer_unless_said() -> Engagement {
    Engagement::Volunteer
}

/// A store that takes part.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HavenSeat {
    /// Its name in the register of Patrol Houses.
    pub name: String,
    /// When it is open.
    pub hours: Week,
    /// What colleagues call its trained staff.
    pub staff: Vec<String>,
}

/// The text is no roster.
#[derive(Debug, thiserror::Error)]
#[error("not a roster: {0}")]
pub struct NotARoster(#[from] toml::de::Error);

/// Why a roster cannot be taken over.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotEnlisted {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Failure),
    /// A district has no desk in the pack.
    #[error("no district of this city is called {0}")]
    District(DistrictCode),
    /// The roles of a seat do not go together.
    #[error(
        "{0}: teams and stores come by name, a shared phone has one role, a caseworker has that one \
         and her center, a seat has at least one"
    )]
    Roles(String),
    /// A center has caseworkers or service partners, as its pack says what it takes.
    #[error(
        "{0}: a center that takes reports has caseworkers and case supervisors; one that takes \
             referrals only has service partners"
    )]
    Takes(String),
    /// The pack's one-stop network has no such center.
    #[error("no center of this city has the key {key}; [[onestop.centers]] has {known}")]
    Center {
        /// What was written.
        key: String,
        /// What there is.
        known: String,
    },
    /// The rules say no.
    #[error("{who}: refused as {code}")]
    Refused {
        /// Team or store.
        who: String,
        /// The refusal's code.
        code: &'static str,
    },
}

/// A seat and the one-time code that opens it. Has no `Debug`: the code is a secret.
pub struct NewSeat {
    /// What is shown of it.
    pub shown_as: String,
    /// The code to hand over, valid for a week.
    pub code: Secret<String>,
}

/// What enlisting did.
#[derive(Default)]
pub struct Enlisted {
    /// Seats that are new, with their codes.
    pub seats: Vec<NewSeat>,
    /// Stores of the roster that no register knows; nothing was done for them.
    pub unknown_havens: Vec<String>,
}

impl Roster {
    /// Reads a roster.
    ///
    /// # Errors
    /// [`NotARoster`] with line and key.
    pub fn parse(text: &str) -> Result<Self, NotARoster> {
        Ok(toml::from_str(text)?)
    }
}

/// How long a code is good.
pub(crate) const CODE_KEPT: Span = Span::days(7);
/// Seats enlisted in one transaction: a commit's wait for the disk is paid once for all of them.
const TOGETHER: usize = 50;

/// The same id every time the same roster is read: from what names the seat.
pub(crate) fn id_of<K: id::Kind>(parts: &[&str]) -> Id<K> {
    let mut hash = Sha256::new();
    hash.update(b"waylight roster 1");
    for part in parts {
        hash.update([0]);
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let mut bits = [0_u8; 16];
    bits.copy_from_slice(&digest[..16]);
    Id::from_bits(u128::from_be_bytes(bits))
}

fn refused<R: kernel::Refusal>(
    who: &str,
) -> impl Fn(store::Stopped<R>) -> NotEnlisted + use<'_, R> {
    move |stopped| match stopped {
        store::Stopped::Refused(refusal) => {
            NotEnlisted::Refused { who: who.to_owned(), code: refusal.code() }
        }
        store::Stopped::Failed(failure) => NotEnlisted::Store(failure),
    }
}

impl App {
    /// Takes a roster over: what is new gets a seat and a code, what is known stays as it is.
    ///
    /// # Errors
    /// [`NotEnlisted`]; some of what was enlisted before it stays.
    pub async fn enlist(&self, roster: &Roster) -> Result<Enlisted, NotEnlisted> {
        let now = self.now();
        let mut enlisted = Enlisted::default();
        let known = self.seats().all();
        let districts = roster.dispatchers.iter().map(|one| &one.district);
        let districts = districts.chain(roster.staff.iter().map(|one| &one.district));
        for district in districts.chain(roster.teams.iter().map(|one| &one.district)) {
            if self.pack().district(district).is_none() {
                return Err(NotEnlisted::District(district.clone()));
            }
        }
        let mut seats = Vec::new();
        for one in &roster.dispatchers {
            seats.push(dispatcher(one));
        }
        for one in &roster.staff {
            let seat = office(one, self.pack())?;
            if let [first, second] = one.members.as_slice() {
                let team = patrol_team(seat.id);
                let formed = self.store().transact("roster::form", async |tx| {
                    let (district, named) = (&one.district, &one.shown_as);
                    self.two(tx, team, district, named, [first, second], now).await
                });
                formed.await?;
            }
            seats.push(seat);
        }
        for batch in roster.teams.chunks(TOGETHER) {
            let formed = self.store().transact("roster::form", async |tx| {
                let mut formed = Vec::with_capacity(batch.len());
                for one in batch {
                    formed.push(self.form(tx, one, now).await?);
                }
                Ok::<_, NotEnlisted>(formed)
            });
            seats.extend(formed.await?);
        }
        for batch in roster.havens.chunks(TOGETHER) {
            let listed = self.store().transact("roster::haven", async |tx| {
                let mut listed = Vec::with_capacity(batch.len());
                for one in batch {
                    listed.push((one, self.enlist_haven(tx, one, now).await?));
                }
                Ok::<_, NotEnlisted>(listed)
            });
            for (one, seat) in listed.await? {
                match seat {
                    Some(seat) => seats.push(seat),
                    None => enlisted.unknown_havens.push(one.name.clone()),
                }
            }
        }
        seats.retain(|seat| !known.contains_key(&seat.id));
        for batch in seats.chunks(TOGETHER) {
            enlisted.seats.extend(self.seat_codes(batch, now).await?);
        }
        self.seats().load(self.store(), now).await?;
        Ok(enlisted)
    }

    /// A fresh one-time code for a seat that exists: a lost phone, a new passkey. `None` if there
    /// is no seat shown so.
    ///
    /// # Errors
    /// [`NotEnlisted`], for a failure of the store.
    pub async fn enroll_again(
        &self,
        shown_as: &str,
    ) -> Result<Option<Secret<String>>, NotEnlisted> {
        let all = self.seats().all();
        let seat = all.values().find(|seat| seat.label.shown_as == shown_as);
        let Some(seat) = seat else { return Ok(None) };
        let seats = self.seat_codes(std::slice::from_ref(seat), self.now()).await?;
        Ok(seats.into_iter().next().map(|seat| seat.code))
    }

    /// Keeps seats, opens the stream of each that has none, and gives each a fresh one-time code.
    async fn seat_codes(&self, seats: &[Seat], now: Instant) -> Result<Vec<NewSeat>, NotEnlisted> {
        self.store()
            .transact("roster::seat", async |tx| {
                let mut coded = Vec::with_capacity(seats.len());
                for seat in seats {
                    let code = store::new_id::<id::Session>()?.to_string();
                    let letters = code.split_once('_').map(|(_, letters)| letters.to_owned());
                    let code = letters.unwrap_or(code);
                    let kept = Secret::new(crate::session::normal(&code));
                    let shown_as = seat.label.shown_as.clone();
                    let context =
                        Context::new(Actor::Operator, now).in_district(seat.district.clone());
                    Seats::put(tx, seat, now).await?;
                    let opened = crate::seat::note_opened(tx, seat, &context).await;
                    opened.map_err(refused(&shown_as))?;
                    let made = access::seat::Command::MakeCode;
                    let made = crate::seat::note(tx, seat.id, made, &context).await;
                    made.map_err(refused(&shown_as))?;
                    tx.enrolment_put(&kept, seat.id, now + CODE_KEPT).await?;
                    coded.push(NewSeat { shown_as, code: Secret::new(code) });
                }
                Ok(coded)
            })
            .await
    }

    /// Makes two people a team, if they are not one already.
    async fn form(&self, tx: &mut Tx, one: &TeamSeat, now: Instant) -> Result<Seat, NotEnlisted> {
        let TeamSeat { district, call_sign, members } = one;
        let team: Id<id::Team> = id_of(&["team", district.as_str(), call_sign]);
        let [first, second] = members;
        self.two(tx, team, district, call_sign, [first, second], now).await?;
        Ok(Seat {
            id: id_of(&["seat", &team.to_string()]),
            of: SeatOf::Team { team },
            held: vec![SeatOf::Team { team }],
            district: district.clone(),
            label: Label {
                shown_as: format!("team {call_sign}"),
                call_sign: call_sign.clone(),
                first_names: members.iter().map(|one| one.first_name.clone()).collect(),
                clerks: Vec::new(),
            },
        })
    }

    /// Enrols two people and makes them a team, if that was not done before.
    async fn two(
        &self,
        tx: &mut Tx,
        team: Id<id::Team>,
        district: &DistrictCode,
        named: &str,
        members: [&Member; 2],
        now: Instant,
    ) -> Result<(), NotEnlisted> {
        let who = format!("team {named}");
        let rules = &self.pack().rules.volunteer;
        let context = Context::new(Actor::Operator, now).in_district(district.clone());
        if tx.load::<Team>(team).await?.version > 0 {
            return Ok(());
        }
        let mut two = Vec::with_capacity(2);
        for (at, member) in members.into_iter().enumerate() {
            let at = at.to_string();
            let one: Id<id::Person> = id_of(&["member", district.as_str(), named, &at]);
            enrol(tx, one, member, rules, &context).await.map_err(refused(&who))?;
            two.push(one);
        }
        let standings = crate::escort::dispatch::standings(tx, [two[0], two[1]]).await?;
        if let Some(standings) = standings {
            let command = team::Command::Form { standings, district: district.clone() };
            tx.act::<Team>(team, command, rules, &context).await.map_err(refused(&who))?;
        }
        Ok(())
    }

    /// Enlists a store of the register, with its hours and its trained staff.
    async fn enlist_haven(
        &self,
        tx: &mut Tx,
        one: &HavenSeat,
        now: Instant,
    ) -> Result<Option<Seat>, NotEnlisted> {
        let listed = {
            let ground = self.ground();
            ground.havens.iter().find(|haven| haven.name == one.name).cloned()
        };
        let Some(listed) = listed else { return Ok(None) };
        let named = listed.district.as_ref().map(DistrictCode::as_str);
        let district = self.pack().district_of(named).clone();
        let rules = &self.pack().rules.haven;
        let context = Context::new(Actor::Operator, now).in_district(district.clone());
        let clerks: Vec<Clerk> = one
            .staff
            .iter()
            .enumerate()
            .map(|(at, name)| Clerk {
                person: id_of(&["clerk", &listed.id.to_string(), &at.to_string()]),
                name: name.clone(),
            })
            .collect();
        let mut commands = vec![
            haven::Command::List { place: listed.place, district: district.clone() },
            haven::Command::SetHours { hours: one.hours.clone() },
        ];
        let stage = tx.load::<Store>(listed.id).await?.state.stage;
        if matches!(stage, haven::Stage::Nothing | haven::Stage::Listed) {
            commands.insert(1, haven::Command::Enlist);
            let train = |clerk: &Clerk| haven::Command::Train { person: clerk.person };
            commands.extend(clerks.iter().map(train));
        }
        for command in commands {
            tx.act::<Store>(listed.id, command, rules, &context)
                .await
                .map_err(refused(&one.name))?;
        }
        Ok(Some(Seat {
            id: id_of(&["seat", &listed.id.to_string()]),
            of: SeatOf::Haven { haven: listed.id },
            held: vec![SeatOf::Haven { haven: listed.id }],
            district,
            label: Label { shown_as: one.name.clone(), clerks, ..Label::default() },
        }))
    }
}

/// The seat of somebody with one or several roles. Refused if a role names something else (a team's,
/// a till's), a shared phone or a caseworker has another role beside, or there is none.
fn office(one: &StaffSeat, pack: &Pack) -> Result<Seat, NotEnlisted> {
    let wrong = || NotEnlisted::Roles(one.shown_as.clone());
    let held = match (one.roles.as_slice(), &one.center) {
        ([role], Some(key)) => vec![center::seat(one, *role, key, pack)?],
        (roles, None) => {
            let held: Option<Vec<SeatOf>> =
                roles.iter().map(|role| SeatOf::of_role(*role)).collect();
            held.ok_or_else(wrong)?
        }
        _ => return Err(wrong()),
    };
    let of = held.first().copied().ok_or_else(wrong)?;
    if held.len() > 1 && held.iter().any(|one| one.device()) {
        return Err(wrong());
    }
    let two = of == SeatOf::Patrol && one.members.len() == 2;
    if !two && !one.members.is_empty() {
        return Err(wrong());
    }
    // Whoever goes to another center has another seat there: this one stays with this one's cases.
    let at = one.center.as_deref().unwrap_or(one.district.as_str());
    Ok(Seat {
        id: id_of(&["staff", at, &one.shown_as]),
        of,
        held,
        district: one.district.clone(),
        label: Label {
            shown_as: one.shown_as.clone(),
            first_names: one.members.iter().map(|member| member.first_name.clone()).collect(),
            ..Label::default()
        },
    })
}

/// The two who walk with a patrol's phone, by its seat.
pub(crate) fn patrol_team(seat: Id<id::Person>) -> Id<id::Team> {
    id_of(&["patrol", &seat.to_string()])
}

fn dispatcher(one: &DispatcherSeat) -> Seat {
    Seat {
        id: id_of(&["dispatcher", one.district.as_str(), &one.shown_as]),
        of: SeatOf::Dispatcher,
        held: vec![SeatOf::Dispatcher],
        district: one.district.clone(),
        label: Label { shown_as: one.shown_as.clone(), ..Label::default() },
    }
}

async fn enrol(
    tx: &mut Tx,
    who: Id<id::Person>,
    member: &Member,
    rules: &::volunteer::Rules,
    context: &Context,
) -> Result<(), store::Stopped<person::Refused>> {
    let days = |days: u16| context.at + Span::days(days.into());
    let commands = [
        person::Command::Enrol { gender: member.gender },
        person::Command::PassRecordCheck { until: days(member.record_check_days) },
        person::Command::CompleteTraining { until: days(member.training_days) },
    ];
    for command in commands {
        tx.act::<Person>(who, command, rules, context).await?;
    }
    let engage = ledger::Command::Engage { person: who, engagement: member.engagement };
    match tx.act::<Ledger>(who, engage, rules, context).await {
        Err(store::Stopped::Failed(failure)) => Err(store::Stopped::Failed(failure)),
        // Nobody is refused hours of her own.
        Ok(_) | Err(store::Stopped::Refused(_)) => Ok(()),
    }
}
