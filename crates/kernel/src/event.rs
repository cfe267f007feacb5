//! What happened, who did it, and the shape every aggregate has.
//!
//! `decide` says what would happen, `apply` makes it so. Neither knows a clock, a database or a
//! random number: the same state and the same command give the same answer for ever, which is
//! what makes a city's night replayable.

use crate::{Id, Instant, id};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;

/// A thing that happened to one aggregate: the body of a journal row. Carries no name, phone,
/// address, free text or position, ever; those live in private rows that events point to.
pub trait Fact: Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned {
    /// The past participle of what happened, as the journal keeps it (`offered`). Stable.
    fn name(&self) -> &'static str;
    /// The version of this event's body, from 1. Readers keep understanding every older one.
    fn version(&self) -> u16 {
        1
    }
}

/// The domain says no. Expected, translated, and always with a next step for the person.
pub trait Refusal: Copy + fmt::Debug + Eq {
    /// Stable code (`escort.offer-lapsed`); also the message key in both catalogues.
    fn code(self) -> &'static str;
    /// Which kind of no; the surface turns it into a status.
    fn kind(self) -> RefusalKind;
}

/// The kinds of no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// Somebody else was first, or the moment has passed: look again.
    Conflict,
    /// What was asked cannot be done as asked: change it.
    Invalid,
    /// There is no such thing, or the asker may not know of it: the two are never told apart.
    Unknown,
}

/// A state that lives as a fold over its own short stream of events.
pub trait Aggregate: Clone + Default + fmt::Debug + PartialEq {
    /// What its id names.
    type Kind: id::Kind;
    /// What can be asked of it, in the imperative.
    type Command;
    /// What can happen to it, in the past participle.
    type Event: Fact;
    /// How it says no.
    type Refusal: Refusal;
    /// The limits it keeps; from the city pack, per district.
    type Rules;
    /// The stream's name in the journal: `word.noun`.
    const STREAM: &'static str;

    /// What happens if `command` is given now.
    ///
    /// # Errors
    /// The refusal, when the rules or the state say no. Nothing has happened then.
    fn decide(
        &self,
        command: Self::Command,
        rules: &Self::Rules,
        now: Instant,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Takes in what happened at `at`. Total: whatever the journal holds can be applied.
    fn apply(&mut self, event: &Self::Event, at: Instant);

    /// What must happen by when if nothing else does. The store keeps these rows beside the
    /// stream and replaces them with every append, so a crash cannot forget one.
    fn deadlines(&self, _rules: &Self::Rules) -> Vec<Deadline> {
        Vec::new()
    }

    /// The command a lapsed deadline gives, by the name it was kept under. `None` if the name is
    /// not (any longer) one of this aggregate's.
    fn elapsed(_name: &str) -> Option<Self::Command> {
        None
    }
}

/// Something that happens at a certain time unless the stream moves on before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What lapses (`unseen`, `offer`): stable, kept in the store.
    pub name: &'static str,
    /// When.
    pub due_at: Instant,
}

/// Who did it, as the journal keeps it: a role and a pseudonymous id, never a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "role", content = "id")]
pub enum Actor {
    /// The woman herself, without account: only her request's own token is known.
    Citizen,
    /// A dispatcher at a desk.
    Desk(Id<id::Person>),
    /// A team member on a phone.
    Team(Id<id::Team>),
    /// A store's paired till.
    Haven(Id<id::Haven>),
    /// Whoever signs in and is none of these: programme manager, analyst, administrator, patrol.
    Seat(Id<id::Person>),
    /// A deadline that lapsed.
    Clock,
    /// A follower of the journal carrying one word's news to another (`server/<word>/relay`).
    Relay,
    /// An operator at the command line.
    Operator,
}
