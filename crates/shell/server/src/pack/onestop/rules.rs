//! The dated rules of a network: who counts as a child or youth, what the law asks to be told, and
//! what may be told of all women together. Each names its source and who confirmed it: what stands
//! here has been read in a law by somebody who answers for it, not guessed.

use super::{Center, Service, is_key};
use ::onestop::{
    duty::{AgeKind, AgeOn, Deadline, PacketField, Trigger},
    ledger::{self, Dimension, Every},
};
use ::volunteer::date::Date;
use serde::Deserialize;
use wire::city::Bilingual;

/// Longest time a duty can wait: thirty days.
const DEADLINE_HOURS: u16 = 720;
/// Counts below this are never told, at least.
const SMALL_BELOW_LEAST: u16 = 5;

/// `[[onestop.age_rules]]`: how an age is looked at, from a day on. Rules of one key follow one
/// another; they are the same rule, as the law has changed it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeRule {
    /// Short key, the same through its changes.
    pub key: String,
    /// What the law calls who it means.
    pub name: Bilingual,
    /// How it counts.
    pub kind: AgeKind,
    /// First day it holds.
    pub from: Date,
    /// First day it no longer does.
    #[serde(default)]
    pub until: Option<Date>,
    /// Law and article.
    pub source: String,
    /// Who has read it there and answers for it.
    pub confirmed_by: String,
}

/// `[[onestop.duties]]`: what the law asks a center to tell, from a day on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Short key, the same through its changes.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// What she is told before: who will hear what, and what happens then.
    pub tells: Bilingual,
    /// First day it holds.
    pub from: Date,
    /// First day it no longer does.
    #[serde(default)]
    pub until: Option<Date>,
    /// Law and article.
    pub source: String,
    /// Who has read it there and answers for it.
    pub confirmed_by: String,
    /// What must be true; all of it.
    pub triggers: Vec<Trigger>,
    /// The key of the rule of age, where `age` is among the triggers.
    #[serde(default)]
    pub age_rule: Option<String>,
    /// On which day the age is looked at.
    #[serde(default = "of_the_incident")]
    pub age_on: AgeOn,
    /// Whom it binds.
    pub binds: Vec<Service>,
    /// Who is told: the key of a center.
    pub receiver: String,
    /// By when.
    pub deadline: Deadline,
    /// What is told, and nothing else.
    pub fields: Vec<PacketField>,
}

const fn of_the_incident() -> AgeOn {
    AgeOn::Incident
}

/// `[onestop.figures]`: what may be told of all women together.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Figures {
    /// What all tables of a year may spend, in thousandths of epsilon.
    pub yearly_epsilon_thousandths: u32,
    /// Counts below this are told as "fewer than".
    pub small_below_people: u16,
    /// The tables.
    pub tables: Vec<FigureTable>,
}

impl Default for Figures {
    fn default() -> Self {
        Self { yearly_epsilon_thousandths: 0, small_below_people: 10, tables: Vec::new() }
    }
}

/// `[[onestop.figures.tables]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureTable {
    /// Short key, for ever: what it has spent is kept under it.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// How often it is told of.
    pub every: Every,
    /// What it counts by; a case's line for it says this and nothing else.
    pub by: Vec<Dimension>,
    /// What telling of it once spends, in thousandths of epsilon.
    pub epsilon_thousandths: u32,
}

impl FigureTable {
    /// As the ledger counts it.
    pub const fn counted(&self) -> ledger::Table {
        ledger::Table { every: self.every, epsilon_thousandths: self.epsilon_thousandths }
    }
}

/// What age rules and duties have in common.
struct Dated<'a> {
    what: &'static str,
    key: &'a str,
    name: &'a Bilingual,
    from: Date,
    until: Option<Date>,
    source: &'a str,
    confirmed_by: &'a str,
}

impl Dated<'_> {
    fn check(&self) -> Result<(), String> {
        let Self { what, key, .. } = self;
        if !is_key(key) {
            return Err(format!(
                "the {what} key {key:?}: write lowercase letters, digits or hyphens"
            ));
        }
        if is_blank(self.name) {
            return Err(format!("{what} {key} needs its name in ko and en"));
        }
        if self.source.trim().is_empty() {
            return Err(format!("{what} {key} has no source: write the law and its article"));
        }
        if self.confirmed_by.trim().is_empty() {
            return Err(format!(
                "{what} {key} is confirmed by nobody: a rule of law needs somebody who has read it \
                 there and answers for it"
            ));
        }
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(format!("{what} {key} ends before it begins, on {}", self.from));
        }
        Ok(())
    }

    /// Whether the two hold on a same day.
    fn meets(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| one.until.is_some_and(|until| until <= two.from);
        !before(self, other) && !before(other, self)
    }
}

fn is_blank(text: &Bilingual) -> bool {
    text.ko.trim().is_empty() || text.en.trim().is_empty()
}

fn apart(all: &[Dated<'_>]) -> Result<(), String> {
    for (at, one) in all.iter().enumerate() {
        one.check()?;
        if all[..at].iter().any(|other| other.key == one.key && other.meets(one)) {
            let Dated { what, key, from, .. } = one;
            return Err(format!(
                "{what} {key} is there twice on {from} or after: end the earlier one with until"
            ));
        }
    }
    Ok(())
}

/// The one of `all` there is twice.
fn twice<T: PartialEq>(all: &[T]) -> bool {
    all.iter().enumerate().any(|(at, one)| all[..at].contains(one))
}

impl AgeRule {
    fn dated(&self) -> Dated<'_> {
        Dated {
            what: "age rule",
            key: &self.key,
            name: &self.name,
            from: self.from,
            until: self.until,
            source: &self.source,
            confirmed_by: &self.confirmed_by,
        }
    }
}

impl Duty {
    fn dated(&self) -> Dated<'_> {
        Dated {
            what: "duty",
            key: &self.key,
            name: &self.name,
            from: self.from,
            until: self.until,
            source: &self.source,
            confirmed_by: &self.confirmed_by,
        }
    }

    fn check(&self, ages: &[AgeRule], centers: &[Center]) -> Result<(), String> {
        let key = &self.key;
        if is_blank(&self.tells) {
            return Err(format!(
                "duty {key} does not say in ko and en what she is told before: write tells"
            ));
        }
        for (what, count, double) in [
            ("triggers", self.triggers.len(), twice(&self.triggers)),
            ("binds", self.binds.len(), twice(&self.binds)),
            ("fields", self.fields.len(), twice(&self.fields)),
        ] {
            if count == 0 || double {
                return Err(format!("duty {key} needs its {what}, each once"));
            }
        }
        match (self.triggers.contains(&Trigger::Age), &self.age_rule) {
            (true, None) => {
                return Err(format!("duty {key} is triggered by age and names no age_rule"));
            }
            (false, Some(_)) => {
                return Err(format!("duty {key} names an age_rule and is not triggered by age"));
            }
            (true, Some(rule)) if !self.is_covered(rule, ages) => {
                return Err(format!(
                    "the age rule {rule} does not hold on every day that duty {key} does: write \
                     [[onestop.age_rules]] with that key without gaps"
                ));
            }
            _ => {}
        }
        let receiver = centers.iter().find(|center| center.key == self.receiver);
        if receiver.is_none_or(|center| center.service == Service::Figures) {
            return Err(format!(
                "duty {key} is told to {:?}, which is no center of this pack that could hear it",
                self.receiver
            ));
        }
        if self.deadline.hours().is_some_and(|hours| !(1..=DEADLINE_HOURS).contains(&hours)) {
            return Err(format!(
                "duty {key} waits 1 to {DEADLINE_HOURS} hours, or write deadline = \"immediately\""
            ));
        }
        Ok(())
    }

    /// Whether the rules of age of this key hold from the duty's first day to its last.
    fn is_covered(&self, rule: &str, ages: &[AgeRule]) -> bool {
        let mut own: Vec<_> = ages.iter().filter(|one| one.key == rule).collect();
        own.sort_unstable_by_key(|one| one.from);
        let mut day = self.from;
        for one in own.iter().filter(|one| one.until.is_none_or(|until| self.from < until)) {
            if day < one.from {
                return false;
            }
            match one.until {
                None => return true,
                Some(until) => day = until,
            }
        }
        day > self.from && self.until.is_some_and(|until| until <= day)
    }
}

impl Figures {
    fn check(&self) -> Result<(), String> {
        if self.small_below_people < SMALL_BELOW_LEAST {
            return Err(format!(
                "[onestop.figures] small_below_people hides counts that are single people: \
                 {SMALL_BELOW_LEAST} or more"
            ));
        }
        for (at, table) in self.tables.iter().enumerate() {
            let key = &table.key;
            if !is_key(key) {
                return Err(format!(
                    "the table key {key:?}: write lowercase letters, digits or hyphens"
                ));
            }
            if is_blank(&table.name) {
                return Err(format!("table {key} needs its name in ko and en"));
            }
            if self.tables[..at].iter().any(|other| other.key == *key) {
                return Err(format!("table {key} is listed twice"));
            }
            if table.by.is_empty() || twice(&table.by) {
                return Err(format!("table {key} needs what it counts by, each once"));
            }
            let affordable = 1..=self.yearly_epsilon_thousandths;
            if !affordable.contains(&table.epsilon_thousandths) {
                return Err(format!(
                    "table {key} spends {} thousandths of epsilon: 1 to the {} of \
                     yearly_epsilon_thousandths",
                    table.epsilon_thousandths, self.yearly_epsilon_thousandths
                ));
            }
        }
        Ok(())
    }
}

/// What cannot be true of a network's rules, with what to do about it.
///
/// # Errors
/// The reason, as one sentence.
pub(super) fn check(
    ages: &[AgeRule],
    duties: &[Duty],
    figures: &Figures,
    centers: &[Center],
) -> Result<(), String> {
    apart(&ages.iter().map(AgeRule::dated).collect::<Vec<_>>())?;
    apart(&duties.iter().map(Duty::dated).collect::<Vec<_>>())?;
    for duty in duties {
        duty.check(ages, centers)?;
    }
    figures.check()
}

#[cfg(test)]
mod tests;
