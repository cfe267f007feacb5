//! Who may do what to which: Cedar policies and their schema, and the table they amount to.
//!
//! The policies are text (`policy/*.cedar`) that somebody who does not know Rust can read and
//! review. What is not permitted is hidden: the asker cannot tell it from what does not exist.

mod action;
mod entity;
mod table;

pub use action::Action;
pub use entity::{Stage, What, Who};
pub use table::table;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, PolicySet, Request, Schema, ValidationMode,
    Validator,
};
use entity::Names;
use std::{collections::BTreeMap, str::FromStr};

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
        file: &'static str,
        /// What Cedar says.
        reason: String,
    },
    /// A policy speaks of something the schema does not know, or can never apply.
    #[error("the policies do not fit their schema: {0}")]
    Unfit(String),
}

const SCHEMA: &str = include_str!("../policy/access.cedarschema");
const POLICIES: [(&str, &str); 6] = [
    ("open.cedar", include_str!("../policy/open.cedar")),
    ("escort.cedar", include_str!("../policy/escort.cedar")),
    ("alarm.cedar", include_str!("../policy/alarm.cedar")),
    ("haven.cedar", include_str!("../policy/haven.cedar")),
    ("volunteer.cedar", include_str!("../policy/volunteer.cedar")),
    ("supervisor.cedar", include_str!("../policy/supervisor.cedar")),
];

/// The policies, read and checked once.
pub struct Access {
    policies: PolicySet,
    authorizer: Authorizer,
    names: Names,
    /// Each action with the groups it is in, as the schema says.
    actions: BTreeMap<Action, Entity>,
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
        let schema =
            Schema::from_str(SCHEMA).map_err(|wrong| Failure::Schema(wrong.to_string()))?;
        let mut policies = PolicySet::new();
        for (file, text) in POLICIES {
            let wrong = |reason: String| Failure::Policy { file, reason };
            let read = PolicySet::from_str(text).map_err(|no| wrong(no.to_string()))?;
            policies.merge(&read, true).map_err(|no| wrong(no.to_string()))?;
        }
        let names = Names::new().map_err(Failure::Schema)?;
        let actions = read_actions(&schema, &names)?;
        let checked = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        if !checked.validation_passed() {
            let wrong: Vec<String> = checked.validation_errors().map(ToString::to_string).collect();
            return Err(Failure::Unfit(wrong.join("; ")));
        }
        Ok(Self { policies, authorizer: Authorizer::new(), names, actions })
    }

    /// Whether `who` may do `action` to `what`. Everything that cannot be decided is hidden.
    pub fn decide(&self, who: &Who, action: Action, what: &What) -> Verdict {
        match self.ask_cedar(who, action, what) {
            Some(Decision::Allow) => Verdict::Allowed,
            Some(Decision::Deny) | None => Verdict::Hidden,
        }
    }

    fn ask_cedar(&self, who: &Who, action: Action, what: &What) -> Option<Decision> {
        let action = self.actions.get(&action)?;
        let (principal, resource) = (self.names.principal(who)?, self.names.resource(what)?);
        let (asks, about) = (principal.uid(), resource.uid());
        let request = Request::new(asks, action.uid(), about, Context::empty(), None).ok()?;
        let entities = Entities::from_entities([principal, resource, action.clone()], None).ok()?;
        Some(self.authorizer.is_authorized(&request, &self.policies, &entities).decision())
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

#[cfg(test)]
mod tests;
