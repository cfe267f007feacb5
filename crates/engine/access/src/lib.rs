//! Who may do what to which: Cedar policies and their schema, and the table they amount to.
//!
//! The policies are text (`policy/*.cedar`) that somebody who does not know Rust can read and
//! review. What is not permitted is hidden: the asker cannot tell it from what does not exist.

mod action;
mod entity;
mod remembered;
pub mod seat;
mod table;

pub use action::Action;
pub use entity::{Stage, What, Who};
pub use seat::{Role, Seat};
pub use table::{Table, table};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, PolicySet, PrincipalConstraint, Request,
    Schema, ValidationMode, Validator,
};
use entity::Names;
use remembered::Remembered;
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The answer to "may they?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They may.
    Allowed,
    /// For them there is no such thing.
    Hidden,
}

impl Verdict {
    /// Whether they may.
    pub fn allowed(self) -> bool {
        self == Self::Allowed
    }
}

/// The policies cannot be used. Only a change of the policy files can cause this.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The schema is not Cedar.
    #[error("the schema of the policies cannot be read: {0}")]
    Schema(String),
    /// A policy is not Cedar.
    #[error("the policies of {file} cannot be read: {reason}")]
    Policy {
        /// Which file.
        file: String,
        /// What Cedar says.
        reason: String,
    },
    /// A policy speaks of something the schema does not know, or can never apply.
    #[error("the policies do not fit their schema: {0}")]
    Unfit(String),
}

const SCHEMA: &str = include_str!("../policy/access.cedarschema");
/// The policy files: each role's and each word's permits. A new one takes its place here.
const POLICIES: [(&str, &str); 10] = [
    ("open.cedar", include_str!("../policy/open.cedar")),
    ("escort.cedar", include_str!("../policy/escort.cedar")),
    ("alarm.cedar", include_str!("../policy/alarm.cedar")),
    ("haven.cedar", include_str!("../policy/haven.cedar")),
    ("volunteer.cedar", include_str!("../policy/volunteer.cedar")),
    ("patrol.cedar", include_str!("../policy/patrol.cedar")),
    ("supervisor.cedar", include_str!("../policy/supervisor.cedar")),
    ("seat.cedar", include_str!("../policy/seat.cedar")),
    ("onestop.cedar", include_str!("../policy/onestop.cedar")),
    ("impact.cedar", include_str!("../policy/impact.cedar")),
];

/// The policies, read and checked once.
pub struct Access {
    /// The policies that can concern each kind of asker, as their own first line says: most speak
    /// of one, and need not be looked at for the others.
    policies: BTreeMap<String, PolicySet>,
    authorizer: Authorizer,
    names: Names,
    /// Each action with the groups it is in, as the schema says.
    actions: BTreeMap<Action, Entity>,
    /// Which kind of asker may ask which action of which kind of thing at all, as the schema says.
    askable: BTreeSet<(Action, String, String)>,
    remembered: Remembered,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").finish_non_exhaustive()
    }
}

impl Access {
    /// Reads the policies and checks them strictly against their schema.
    ///
    /// # Errors
    /// [`Failure`] when a policy file was changed into something that cannot be used.
    pub fn new() -> Result<Self, Failure> {
        Self::from_texts(SCHEMA, &POLICIES)
    }

    /// The texts [`Access::new`] reads: the schema, and each policy file with its name.
    pub const fn texts() -> (&'static str, &'static [(&'static str, &'static str)]) {
        (SCHEMA, &POLICIES)
    }

    /// The same from other texts: what would hold if a line were changed. The answer to "does a
    /// test notice?".
    ///
    /// # Errors
    /// [`Failure`] when the texts cannot be used.
    pub fn from_texts(schema: &str, files: &[(&str, &str)]) -> Result<Self, Failure> {
        let schema =
            Schema::from_str(schema).map_err(|wrong| Failure::Schema(wrong.to_string()))?;
        let mut policies = PolicySet::new();
        for (file, text) in files {
            let wrong = |reason: String| Failure::Policy { file: (*file).to_owned(), reason };
            let read = PolicySet::from_str(text).map_err(|no| wrong(no.to_string()))?;
            policies.merge(&read, true).map_err(|no| wrong(no.to_string()))?;
        }
        let names = Names::new().map_err(Failure::Schema)?;
        let actions = read_actions(&schema, &names)?;
        let askable = read_askable(&schema);
        let concerned = concerning(&schema, &policies).map_err(Failure::Unfit)?;
        let checked = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        if !checked.validation_passed() {
            let wrong: Vec<String> = checked.validation_errors().map(ToString::to_string).collect();
            return Err(Failure::Unfit(wrong.join("; ")));
        }
        let (authorizer, remembered) = (Authorizer::new(), Remembered::default());
        Ok(Self { policies: concerned, authorizer, names, actions, askable, remembered })
    }

    /// Whether `who` may do `action` to `what`. Everything that cannot be decided is hidden.
    pub fn decide(&self, who: &Who, action: Action, what: &What) -> Verdict {
        self.remembered.or_ask((who, action, what), || match self.ask_cedar(who, action, what) {
            Some(Decision::Allow) => Verdict::Allowed,
            Some(Decision::Deny) | None => Verdict::Hidden,
        })
    }

    fn ask_cedar(&self, who: &Who, action: Action, what: &What) -> Option<Decision> {
        // What the schema does not foresee no policy can permit: it need not be asked.
        let asked = (action, who.kind().to_owned(), what.kind().to_owned());
        if !self.askable.contains(&asked) {
            return Some(Decision::Deny);
        }
        let action = self.actions.get(&action)?;
        let (principal, resource) = (self.names.principal(who)?, self.names.resource(what)?);
        let (asks, about) = (principal.uid(), resource.uid());
        let request = Request::new(asks, action.uid(), about, Context::empty(), None).ok()?;
        let entities = Entities::from_entities([principal, resource, action.clone()], None).ok()?;
        let policies = self.policies.get(who.kind())?;
        Some(self.authorizer.is_authorized(&request, policies, &entities).decision())
    }
}

fn read_actions(schema: &Schema, names: &Names) -> Result<BTreeMap<Action, Entity>, Failure> {
    let wrong = |reason: &str| Failure::Schema(reason.to_owned());
    let all = schema.action_entities().map_err(|no| wrong(&no.to_string()))?;
    let read = |action: Action| {
        let uid = names.uid("Action", &action.name());
        let entity = uid.and_then(|uid| all.get(&uid).cloned());
        let unknown = || wrong(&format!("it has no action {}", action.name()));
        entity.map(|entity| (action, entity)).ok_or_else(unknown)
    };
    Action::ALL.into_iter().map(read).collect()
}

/// The policies by the kind of asker they can concern; one that names no kind concerns all.
fn concerning(
    schema: &Schema,
    policies: &PolicySet,
) -> Result<BTreeMap<String, PolicySet>, String> {
    let mut by_kind: BTreeMap<String, PolicySet> = BTreeMap::new();
    for kind in schema.principals().map(ToString::to_string) {
        let set = by_kind.entry(kind.clone()).or_default();
        for policy in policies.policies() {
            let concerns = match policy.principal_constraint() {
                PrincipalConstraint::Is(one) => one.to_string() == kind,
                _ => true,
            };
            let known = set.policy(policy.id()).is_some();
            if concerns && !known {
                set.add(policy.clone()).map_err(|no| no.to_string())?;
            }
        }
    }
    Ok(by_kind)
}

fn read_askable(schema: &Schema) -> BTreeSet<(Action, String, String)> {
    let foreseen = schema.request_envs().filter_map(|env| {
        let named = env.action().id().unescaped();
        let action = Action::ALL.into_iter().find(|action| action.name() == named)?;
        Some((action, env.principal().to_string(), env.resource().to_string()))
    });
    foreseen.collect()
}

#[cfg(test)]
mod tests;
