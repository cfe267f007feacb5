//! A seat: who may sign in as what, as the journal keeps it. Passkeys, codes and tokens are no
//! events; that one was used, made or ended is, with who did it and when.

use kernel::{Aggregate, Fact, Id, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};

/// What somebody signs in as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A dispatcher at a district's desk.
    Dispatcher,
    /// A supervisor of all districts.
    Supervisor,
    /// The programme manager of a district.
    Programme,
    /// An analyst of a district's figures.
    Analyst,
    /// The administrator of a district's seats.
    Administrator,
    /// A team on its shared phone.
    Team,
    /// A patrol on its shared phone.
    Patrol,
    /// A store's till.
    Haven,
    /// A caseworker of a center of the one-stop network.
    Caseworker,
    /// Somebody at a center that takes referrals only.
    ServicePartner,
    /// A caseworker who also approves what colleagues plan.
    CaseSupervisor,
}

impl Role {
    /// Whether it is a shared phone's or a till's, paired by a code; the others are people's, who
    /// sign in with a passkey.
    pub const fn device(self) -> bool {
        matches!(self, Self::Team | Self::Patrol | Self::Haven)
    }

    /// Whether it is a role at a center of the one-stop network, which only the operator gives.
    pub const fn casework(self) -> bool {
        matches!(self, Self::Caseworker | Self::ServicePartner | Self::CaseSupervisor)
    }

    /// Why a seat with this role has no other, if that is so.
    const fn alone(self) -> Option<Refused> {
        match self {
            Self::Team | Self::Patrol | Self::Haven => Some(Refused::DeviceRole),
            one if one.casework() => Some(Refused::CaseworkerRole),
            _ => None,
        }
    }
}

/// The fold over one seat's stream. Seats made before seats had streams have an empty one, and are
/// as good as any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// What may be done from it; empty for one opened before there was a stream.
    pub roles: Vec<Role>,
    /// Whether nobody can sign in to it any more.
    pub closed: bool,
    /// When everything of it was last ended: a passkey whose making began before is not taken.
    pub ended_at: Option<Instant>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make it a seat with these roles.
    Open {
        /// The roles.
        roles: Vec<Role>,
    },
    /// Change its roles.
    SetRoles {
        /// The roles from now on.
        roles: Vec<Role>,
    },
    /// Make a one-time code for it.
    MakeCode,
    /// Somebody signs in to it.
    SignIn {
        /// The session that begins.
        session: Id<id::Session>,
        /// As what.
        role: Role,
    },
    /// End one of its sessions; a device's pairing with it.
    End {
        /// Which.
        session: Id<id::Session>,
    },
    /// End all of its sessions and codes, and its passkeys if asked.
    EndAll {
        /// Whether its passkeys go too: somebody has lost what she signs in with.
        passkeys: bool,
    },
    /// Close it for good.
    Close,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the command above says what each field is")]
pub enum Event {
    Opened { roles: Vec<Role> },
    RolesSet { roles: Vec<Role> },
    CodeMade,
    SignedIn { session: Id<id::Session>, role: Role },
    Ended { session: Id<id::Session> },
    AllEnded { passkeys: bool },
    Closed,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::RolesSet { .. } => "roles-set",
            Self::CodeMade => "code-made",
            Self::SignedIn { .. } => "signed-in",
            Self::Ended { .. } => "ended",
            Self::AllEnded { .. } => "all-ended",
            Self::Closed => "closed",
        }
    }
}

/// How it says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is closed; a new one has to be opened.
    Closed,
    /// It is a seat already.
    OpenAlready,
    /// A seat without a role is a closed one; and no role twice.
    NoRole,
    /// A shared phone or till is one thing and nothing else, and no person's seat becomes one.
    DeviceRole,
    /// A seat at a center is that and nothing else, and no other seat becomes one: whoever can give
    /// roles could otherwise give herself a center's cases.
    CaseworkerRole,
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::Closed => "seat.closed",
            Self::OpenAlready => "seat.open-already",
            Self::NoRole => "seat.no-role",
            Self::DeviceRole => "seat.device-role",
            Self::CaseworkerRole => "seat.caseworker-role",
        }
    }

    fn kind(self) -> RefusalKind {
        match self {
            Self::Closed | Self::OpenAlready => RefusalKind::Conflict,
            Self::NoRole | Self::DeviceRole | Self::CaseworkerRole => RefusalKind::Invalid,
        }
    }
}

/// Roles that make a seat: at least one, none twice, and a device's or a center's alone.
fn checked(mut roles: Vec<Role>) -> Result<Vec<Role>, Refused> {
    roles.sort_unstable();
    roles.dedup();
    match roles.as_slice() {
        [] => Err(Refused::NoRole),
        [_one] => Ok(roles),
        many => match many.iter().find_map(|role| role.alone()) {
            Some(why) => Err(why),
            None => Ok(roles),
        },
    }
}

impl Aggregate for Seat {
    type Kind = id::Person;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = ();
    const STREAM: &'static str = "access.seat";

    fn decide(&self, command: Command, _rules: &(), _now: Instant) -> Result<Vec<Event>, Refused> {
        // What is closed can still be put out: closing and ending must not race.
        let ends = matches!(command, Command::End { .. } | Command::EndAll { .. });
        if self.closed && !ends {
            return Err(Refused::Closed);
        }
        let event = match command {
            Command::Open { .. } if !self.roles.is_empty() => return Err(Refused::OpenAlready),
            Command::Open { roles } => Event::Opened { roles: checked(roles)? },
            Command::SetRoles { roles } => {
                let roles = checked(roles)?;
                if roles == self.roles {
                    return Ok(Vec::new());
                }
                match roles.iter().chain(&self.roles).find_map(|role| role.alone()) {
                    Some(why) => return Err(why),
                    None => Event::RolesSet { roles },
                }
            }
            Command::MakeCode => Event::CodeMade,
            Command::SignIn { session, role } => Event::SignedIn { session, role },
            Command::End { session } => Event::Ended { session },
            Command::EndAll { passkeys } => Event::AllEnded { passkeys },
            Command::Close => Event::Closed,
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Opened { roles } | Event::RolesSet { roles } => self.roles.clone_from(roles),
            Event::AllEnded { .. } => self.ended_at = Some(at),
            Event::Closed => {
                self.closed = true;
                self.ended_at = Some(at);
            }
            Event::CodeMade | Event::SignedIn { .. } | Event::Ended { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests;
