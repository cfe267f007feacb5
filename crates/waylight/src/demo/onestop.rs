//! The invented one-stop network of the demo: five centers that nobody is behind, said so in their
//! names, two witnesses that the demo plays itself, people for each of the centers, and rules of law
//! that nobody has confirmed.

use anyhow::{Context, Result};
use kernel::Secret;
use seal::{secret::Seed, sign::Signer};
use server::{Center, Matching, Onestop, Pack, Service, StaffSeat, Takes};
use std::{collections::BTreeMap, fs, path::Path};
use store::Store;
use wire::{city::Bilingual, session::Role};

/// Hours within which an invented center answers.
const ANSWER_HOURS: u16 = 24;
/// Rules as a pack would have them, with `DISTRICT` where the first district's code goes.
const RULES: &str = include_str!("onestop/rules.toml");
/// What each center is for, the end of its key, its name after the district's, what it does, and who
/// works there. Numbers 02-000 are given to nobody.
const CENTERS: [Invented; 5] = [
    Invented {
        service: Service::Counsel,
        key: "counseling",
        name: ("상담소", "counseling center"),
        does: (
            "이야기를 듣고 무엇을 할지 함께 정해요. 원하면 병원과 경찰에 같이 가요.",
            "Listens, sorts out with you what to do, and comes along to hospital or police if you wish.",
        ),
        hours: ("날마다 09:00-22:00", "every day 09:00-22:00"),
        phone: "02-000-0101",
        takes: Takes::Reports,
        people: &[Role::Caseworker, Role::CaseSupervisor],
    },
    Invented {
        service: Service::Medical,
        key: "hospital",
        name: ("병원", "hospital"),
        does: (
            "치료하고, 원하면 증거를 남겨요. 신고하지 않아도 돼요.",
            "Treats you, and keeps evidence if you wish. You need not go to the police.",
        ),
        hours: ("언제나", "always open"),
        phone: "02-000-0102",
        takes: Takes::Reports,
        people: &[Role::Caseworker],
    },
    Invented {
        service: Service::Legal,
        key: "legal",
        name: ("법률 지원실", "legal aid office"),
        does: (
            "법으로 무엇을 할 수 있는지 알려 주고 서류를 함께 써요.",
            "Says what the law can do for you, and writes the papers with you.",
        ),
        hours: ("평일 09:00-18:00", "weekdays 09:00-18:00"),
        phone: "02-000-0103",
        takes: Takes::Referrals,
        people: &[Role::ServicePartner],
    },
    Invented {
        service: Service::Police,
        key: "police",
        name: ("경찰서 여성청소년과", "police, women and youth"),
        does: (
            "원할 때 신고를 받아요. 이 화면에서는 다른 기관이 법에 따라 알리는 것만 받아요.",
            "Takes a report if you wish. Here it gets only what the law makes other centers tell.",
        ),
        hours: ("언제나", "always open"),
        phone: "02-000-0104",
        takes: Takes::Referrals,
        people: &[Role::ServicePartner],
    },
    Invented {
        service: Service::Figures,
        key: "figures",
        name: ("통계실", "figures office"),
        does: (
            "동의한 것만 이름 없이 세요. 아무도 보지 않아요.",
            "Counts what you agree to, without names. It sees nobody.",
        ),
        hours: ("평일 09:00-18:00", "weekdays 09:00-18:00"),
        phone: "02-000-0105",
        takes: Takes::Referrals,
        people: &[Role::ServicePartner],
    },
];

struct Invented {
    service: Service,
    key: &'static str,
    name: (&'static str, &'static str),
    does: (&'static str, &'static str),
    hours: (&'static str, &'static str),
    phone: &'static str,
    takes: Takes,
    people: &'static [Role],
}

fn both((ko, en): (&str, &str)) -> Bilingual {
    Bilingual { ko: ko.to_owned(), en: en.to_owned() }
}

/// What the two witnesses sign with: the same for as long as the night's folder is.
pub(super) fn witnesses(store: &Store) -> [Secret<[u8; 32]>; 2] {
    ["demo witness 1", "demo witness 2"].map(|label| store.keys().derive(label))
}

/// The network of the demo's city, in place of any that its pack has: no real center answers in an
/// invented night.
pub(super) fn network(pack: &Pack, witnesses: &[Secret<[u8; 32]>; 2]) -> Result<Onestop> {
    let first = pack.districts.first().context("the pack has no district")?;
    let center = |one: Invented| Center {
        key: format!("{}-{}", first.code, one.key),
        service: one.service,
        takes: one.takes,
        name: Bilingual {
            ko: format!("{} {} (지어낸 곳)", first.name.ko, one.name.0),
            en: format!("{} {} (invented)", first.name.en, one.name.1),
        },
        does: both(one.does),
        hours: both(one.hours),
        phone: one.phone.to_owned(),
    };
    let public = |seed: &Secret<[u8; 32]>| {
        let seed = Seed::from_bytes(seed.expose()).ok().context("a seed has 32 bytes")?;
        Ok(Signer::of(&seed).public())
    };
    let rules = RULES.replace("DISTRICT", first.code.as_str());
    Ok(Onestop {
        answer_within_hours: ANSWER_HOURS,
        witnesses: witnesses.iter().map(public).collect::<Result<_>>()?,
        centers: CENTERS.into_iter().map(center).collect(),
        ..toml::from_str(&rules).context("the demo's rules are no pack's")?
    })
}

/// The houses of matching, which run beside the demo as they would anywhere.
pub(super) fn houses(file: &Path) -> Result<Matching> {
    let named = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(named)?;
    let houses: Matching = toml::from_str(&text).with_context(named)?;
    houses.check().map_err(anyhow::Error::msg).with_context(named)?;
    Ok(houses)
}

/// Whoever works at the invented centers.
pub(super) fn caseworkers(pack: &Pack) -> Vec<StaffSeat> {
    let seats = pack.districts.iter().take(1).flat_map(|first| {
        CENTERS.into_iter().flat_map(move |one| {
            one.people.iter().zip(1..).map(move |(role, number)| StaffSeat {
                district: first.code.clone(),
                shown_as: format!("{} {} 상담원 {number}", first.name.ko, one.name.0),
                roles: vec![*role],
                members: Vec::new(),
                center: Some(format!("{}-{}", first.code, one.key)),
            })
        })
    });
    seats.collect()
}

/// The key words of those at centers whom the night plays, by the part one plays them as.
pub(super) fn key_words(pack: &Pack, words: &sim::night::Words) -> BTreeMap<String, String> {
    let part = |role: &str, center: &str, words: &String| {
        let first = pack.districts.first()?;
        Some((format!("{role}-{}-{center}-1", first.code), words.clone()))
    };
    let all = [
        part("caseworker", "counseling", &words.counseling),
        part("caseworker", "hospital", &words.hospital),
        part("service-partner", "legal", &words.legal),
        part("service-partner", "police", &words.police),
        part("service-partner", "figures", &words.figures),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
