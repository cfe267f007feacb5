//! The register of people, which stays with the issuer: for each a tag and when she was given tokens, and
//! the codes that were printed. Who a tag is stands nowhere; whoever has the seed and a document's number
//! can find out.

use crate::matching::{
    files::{self, Alone},
    house::{No, not_kept},
};
use anyhow::Result;
use axum::http::StatusCode;
use matching::{
    level::Person,
    token::{Allowance, TOKENS, WINDOW_MS},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use wire::onestop::Exact;

/// The file.
const PEOPLE: &str = "people.json";
/// How long a code is good, in milliseconds: seven days.
const CODE_MS: i64 = 7 * 24 * 3_600_000;
/// Letters and digits of a code: 60 bits.
const CODE_LETTERS: usize = 12;
/// Without what is mistaken for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Default, Serialize, Deserialize)]
struct Register {
    /// When each was given tokens, UTC milliseconds, by tag.
    given_at: BTreeMap<String, Vec<i64>>,
    codes: Vec<Code>,
}

/// A code that was printed.
#[derive(Serialize, Deserialize)]
struct Code {
    hash: Exact<32>,
    /// What makes her one person.
    person: Exact<32>,
    /// UTC milliseconds.
    good_until: i64,
    /// For which blinded tokens it was used.
    used_for: Option<(Exact<32>, Exact<32>)>,
}

/// What came of somebody's admission.
pub(super) enum Admitted {
    /// The codes, which are kept nowhere.
    Codes(Vec<String>),
    /// She has had five, or has codes for as many.
    Full {
        /// How many more she could be given.
        left: usize,
        /// When one more is free, UTC milliseconds.
        free_at: i64,
    },
}

/// The register of a folder.
pub(super) struct People {
    dir: PathBuf,
}

impl People {
    pub(super) fn in_folder(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Draws codes for a person, if she has so many identifiers left.
    pub(super) fn admit(&self, person: &Person, wanted: usize, now: i64) -> Result<Admitted> {
        let _alone = Alone::in_folder(&self.dir)?;
        let mut register = self.read(now)?;
        let waiting = register
            .codes
            .iter()
            .filter(|code| code.used_for.is_none() && code.person.0 == *person.expose());
        let mut taken: Vec<i64> = waiting.map(|code| code.good_until).collect();
        let given = register.given_at.get(&tag(person.expose()));
        taken.extend(given.into_iter().flatten().map(|at| at.saturating_add(WINDOW_MS)));
        taken.retain(|until| *until > now);
        let left = TOKENS.saturating_sub(taken.len());
        if wanted > left {
            taken.sort_unstable();
            return Ok(Admitted::Full { left, free_at: taken.first().copied().unwrap_or(now) });
        }
        let mut codes = Vec::new();
        for _ in 0..wanted {
            let code = drawn()?;
            register.codes.push(Code {
                hash: Exact(hash(&code)),
                person: Exact(*person.expose()),
                good_until: now.saturating_add(CODE_MS),
                used_for: None,
            });
            codes.push(shown(&code));
        }
        self.keep(&register)?;
        Ok(Admitted::Codes(codes))
    }

    /// Uses a code for two blinded tokens, and counts them; for the same two it may be used again. Who
    /// she is to the matching.
    pub(super) fn give(
        &self,
        typed: &str,
        blinded: (&[u8; 32], &[u8; 32]),
        now: i64,
    ) -> Result<[u8; 32], No> {
        const UNKNOWN: No = No(StatusCode::NOT_FOUND, "matching.code_unknown");
        const USED: No = No(StatusCode::CONFLICT, "matching.code_used");
        let hash = hash(&normalized(typed).ok_or(UNKNOWN)?);
        let _alone = Alone::in_folder(&self.dir).map_err(not_kept)?;
        let mut register = self.read(now).map_err(not_kept)?;
        let code = register.codes.iter_mut().find(|code| code.hash.0 == hash).ok_or(UNKNOWN)?;
        let person = code.person.0;
        if let Some((ask, leave)) = &code.used_for {
            return if (&ask.0, &leave.0) == blinded { Ok(person) } else { Err(USED) };
        }
        let times = register.given_at.entry(tag(&person)).or_default();
        let mut allowance = Allowance::of(times.clone());
        allowance.take(now).map_err(No::of)?;
        *times = allowance.given().to_vec();
        code.used_for = Some((Exact(*blinded.0), Exact(*blinded.1)));
        self.keep(&register).map_err(not_kept)?;
        Ok(person)
    }

    /// The register without what is over: codes that are no longer good, and people whose ninety days
    /// have passed.
    fn read(&self, now: i64) -> Result<Register> {
        let kept: Option<Register> =
            files::read_if(&self.dir.join(PEOPLE), "register of an issuer")?;
        let mut register = kept.unwrap_or_default();
        register.codes.retain(|code| code.good_until > now);
        register
            .given_at
            .retain(|_, times| times.iter().any(|at| now.saturating_sub(*at) < WINDOW_MS));
        Ok(register)
    }

    fn keep(&self, register: &Register) -> Result<()> {
        files::replace(&self.dir.join(PEOPLE), &files::json(register)?)
    }
}

/// Under what a person stands in the register: not what she is to the matching.
fn tag(person: &[u8; 32]) -> String {
    let hash = Sha256::new_with_prefix("waylight/matching/tag").chain_update(person).finalize();
    files::letters(&<[u8; 32]>::from(hash))
}

fn hash(code: &str) -> [u8; 32] {
    Sha256::new_with_prefix("waylight/matching/code").chain_update(code).finalize().into()
}

/// A new code, without its hyphens.
fn drawn() -> Result<String> {
    let chance = files::drawn()?;
    let letters = chance.iter().take(CODE_LETTERS);
    Ok(letters.map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// As it is printed.
fn shown(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// A code as it was typed, in its one spelling.
fn normalized(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let read = letters.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let code: String = read.collect();
    let known = code.len() == CODE_LETTERS && code.bytes().all(|b| ALPHABET.contains(&b));
    known.then_some(code)
}

#[cfg(test)]
mod tests;
