//! The dated rules as browsers read them, and the journal of their changes. Public: whoever thinks of
//! reporting may read what a center would have to tell, and whoever works there reads the same.

use super::directory::service;
use crate::{
    app::App,
    pack::{AgeRule, Duty, FigureTable, Onestop},
};
use ::onestop::{
    duty::{AgeKind, AgeOn, Command, PacketField, RuleHash, Rulebook, Trigger},
    ledger::{Dimension, Every},
};
use axum::{Json, extract::State};
use kernel::{Actor, DistrictCode, Id};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{Context, Failure, Stopped};
use wire::onestop::{
    AgeRuleDay, AgeRuleItem, AgeRuleKind, CaseRules, DutyField, DutyItem, DutyTrigger, Exact,
    FigureTableItem, TableDimension, TableEvery,
};

/// A city has one rulebook.
const RULEBOOK: u128 = 1;

/// The dated rules.
#[utoipa::path(get, path = "/api/onestop/rules", tag = "onestop",
    responses((status = 200, body = CaseRules)))]
pub async fn rules(State(app): State<App>) -> Json<CaseRules> {
    Json(said(&app.pack().code, &app.pack().onestop))
}

/// The rules of a network with the hash of all they say.
fn said(city: &DistrictCode, network: &Onestop) -> CaseRules {
    let mut rules = CaseRules {
        hash: String::new(),
        age_rules: network.age_rules.iter().map(age_rule).collect(),
        duties: network.duties.iter().filter_map(|one| duty(city, network, one)).collect(),
        tables: network.figures.tables.iter().map(table).collect(),
    };
    rules.hash = hash(&rules).into();
    rules
}

/// The hash of what something says.
fn hash(says: &impl Serialize) -> RuleHash {
    // What is made of texts and numbers can always be written.
    RuleHash(Sha256::digest(serde_json::to_vec(says).unwrap_or_default()).into())
}

/// Each rule by its name, with the hash of what it says; and what may be spent.
fn by_name(city: &DistrictCode, network: &Onestop) -> BTreeMap<String, RuleHash> {
    let rules = said(city, network);
    let ages =
        rules.age_rules.iter().map(|one| (format!("age/{}/{}", one.key, one.from), hash(one)));
    let duties =
        rules.duties.iter().map(|one| (format!("duty/{}/{}", one.key, one.from), hash(one)));
    let spends = network.figures.tables.iter().zip(&rules.tables).map(|(table, says)| {
        (format!("table/{}", table.key), hash(&(says, table.epsilon_thousandths)))
    });
    let mut named: BTreeMap<_, _> = ages.chain(duties).chain(spends).collect();
    if !network.figures.tables.is_empty() {
        let figures = &network.figures;
        let budget = (figures.yearly_epsilon_thousandths, figures.small_below_people);
        named.insert("figures".to_owned(), hash(&budget));
    }
    named
}

fn age_rule(rule: &AgeRule) -> AgeRuleItem {
    AgeRuleItem {
        key: rule.key.clone(),
        name: rule.name.clone(),
        kind: match rule.kind {
            AgeKind::Under19UntilItsYear => AgeRuleKind::Under19UntilItsYear,
            AgeKind::Under19 => AgeRuleKind::Under19,
        },
        from: rule.from.to_string(),
        until: rule.until.map(|until| until.to_string()),
        source: rule.source.clone(),
        confirmed_by: rule.confirmed_by.clone(),
    }
}

/// A duty as it is served. The pack is held to name a receiver that there is.
fn duty(city: &DistrictCode, network: &Onestop, duty: &Duty) -> Option<DutyItem> {
    let receiver = network.centers.iter().find(|center| center.key == duty.receiver)?;
    Some(DutyItem {
        key: duty.key.clone(),
        name: duty.name.clone(),
        tells: duty.tells.clone(),
        from: duty.from.to_string(),
        until: duty.until.map(|until| until.to_string()),
        source: duty.source.clone(),
        confirmed_by: duty.confirmed_by.clone(),
        triggers: duty.triggers.iter().copied().map(trigger).collect(),
        age_rule: duty.age_rule.clone(),
        age_on: match duty.age_on {
            AgeOn::Incident => AgeRuleDay::Incident,
            AgeOn::Today => AgeRuleDay::Today,
        },
        binds: duty.binds.iter().copied().map(service).collect(),
        receiver: Exact(receiver.id(city).bits().to_be_bytes()),
        deadline_hours: duty.deadline.hours(),
        fields: duty.fields.iter().copied().map(field).collect(),
    })
}

const fn trigger(trigger: Trigger) -> DutyTrigger {
    match trigger {
        Trigger::Age => DutyTrigger::Age,
        Trigger::SexualOffense => DutyTrigger::SexualOffense,
        Trigger::ByCaregiver => DutyTrigger::ByCaregiver,
        Trigger::Disability => DutyTrigger::Disability,
    }
}

const fn field(field: PacketField) -> DutyField {
    match field {
        PacketField::Called => DutyField::Called,
        PacketField::BirthYear => DutyField::BirthYear,
        PacketField::Sex => DutyField::Sex,
        PacketField::IncidentType => DutyField::IncidentType,
        PacketField::IncidentDate => DutyField::IncidentDate,
        PacketField::IncidentPlace => DutyField::IncidentPlace,
        PacketField::Relationship => DutyField::Relationship,
        PacketField::SafeContact => DutyField::SafeContact,
        PacketField::Told => DutyField::Told,
        PacketField::Reporter => DutyField::Reporter,
    }
}

fn table(table: &FigureTable) -> FigureTableItem {
    FigureTableItem {
        key: table.key.clone(),
        name: table.name.clone(),
        every: match table.every {
            Every::Month => TableEvery::Month,
            Every::Quarter => TableEvery::Quarter,
            Every::Year => TableEvery::Year,
        },
        by: table.by.iter().copied().map(dimension).collect(),
    }
}

const fn dimension(dimension: Dimension) -> TableDimension {
    match dimension {
        Dimension::Month => TableDimension::Month,
        Dimension::District => TableDimension::District,
        Dimension::Type => TableDimension::Type,
        Dimension::Context => TableDimension::Context,
        Dimension::AgeBand => TableDimension::AgeBand,
        Dimension::Service => TableDimension::Service,
    }
}

impl App {
    /// Notes in the journal by which rules the city works from now on, if they are others than when
    /// it last started.
    pub(crate) async fn keep_rules(&self) -> Result<(), Failure> {
        let rules = by_name(&self.pack().code, &self.pack().onestop);
        let book = Id::from_bits(RULEBOOK);
        if self.store().load::<Rulebook>(book).await?.state.rules == rules {
            return Ok(());
        }
        let context = Context::new(Actor::Operator, self.now());
        let kept = self.store().transact("onestop::rules", async |tx| {
            tx.act::<Rulebook>(book, Command::Open { rules }, &(), &context).await.map(drop)
        });
        kept.await.map_err(|stopped| match stopped {
            Stopped::Refused(never) => match never {},
            Stopped::Failed(failure) => failure,
        })
    }
}

#[cfg(test)]
mod tests;
