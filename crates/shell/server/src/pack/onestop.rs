//! The one-stop network of a city: the centers whose people read a report when she chose them, and
//! the witnesses without whom no page believes whose keys are whose.

use super::dialable;
use kernel::{DistrictCode, Id, id};
use serde::{Deserialize, Deserializer, de};
use sha2::{Digest, Sha256};
use wire::city::Bilingual;

mod matching;
mod rules;
pub use matching::{Matching, MatchingCounsel, MatchingHolder, MatchingIssuer, Origin};
pub use rules::{AgeRule, Duty, FigureTable, Figures};

/// Before what the id of a center is made of.
const CENTER: &str = "waylight/onestop/center";
/// Witnesses a head needs: with one, the log and a single friend could tell a woman anything.
const WITNESSES: usize = 2;
/// Longest key of a center, in letters.
const KEY_LETTERS: usize = 40;
/// Longest time a woman is told to wait for an answer: three days.
const ANSWER_HOURS: u16 = 72;
/// Longest time what a center says of itself may hold: a week.
const SERVICE_HOURS: u16 = 168;

/// `[onestop]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Onestop {
    /// Hours within which she is told that somebody will have answered; 1 to 72.
    pub answer_within_hours: u16,
    /// Hours after which a referral nobody answered goes back; 1 to 72.
    pub referral_answer_hours: u16,
    /// Hours for which what a center says it can do holds; 1 to 168.
    pub service_stale_hours: u16,
    /// Public Ed25519 keys of who else signs the directory of keys, each 32 bytes in base64url.
    #[serde(deserialize_with = "witnesses")]
    pub witnesses: Vec<[u8; 32]>,
    /// Where a report can go.
    pub centers: Vec<Center>,
    /// Who counts as a child or youth, and since when.
    pub age_rules: Vec<AgeRule>,
    /// What the law asks to be told, and since when.
    pub duties: Vec<Duty>,
    /// What may be told of all women together.
    pub figures: Figures,
    /// Who finds those that name the same person; without it nobody does, and no page says a word of it.
    /// Apart from the rest, since it is long and most packs have none.
    pub matching: Option<Box<Matching>>,
}

/// A center of the network.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Center {
    /// Short key, for ever: another key is another center, that reads none of this one's cases.
    pub key: String,
    /// What it is.
    pub service: Service,
    /// From whom it takes what it works on; [`Center::takes`] says it of who counts, too.
    #[serde(default)]
    pub takes: Takes,
    /// What it is called.
    pub name: Bilingual,
    /// What it does for somebody who comes, in a sentence.
    pub does: Bilingual,
    /// When somebody is there, as people say it.
    pub hours: Bilingual,
    /// A number to call.
    pub phone: String,
}

/// From whom a center takes what it works on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    /// Reports from women, and referrals.
    #[default]
    Reports,
    /// Referrals from other centers only.
    Referrals,
}

/// Kinds of centers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Counseling, and going along.
    Counsel,
    /// Treatment and evidence.
    Medical,
    /// Legal aid.
    Legal,
    /// A place to stay.
    Shelter,
    /// The police.
    Police,
    /// Counting what may be told of all together; it sees nobody.
    Figures,
}

impl Service {
    /// Its name in the pack and in the interface.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counsel => "counsel",
            Self::Medical => "medical",
            Self::Legal => "legal",
            Self::Shelter => "shelter",
            Self::Police => "police",
            Self::Figures => "figures",
        }
    }
}

impl Default for Onestop {
    fn default() -> Self {
        Self {
            answer_within_hours: 24,
            referral_answer_hours: 24,
            service_stale_hours: 12,
            witnesses: Vec::new(),
            centers: Vec::new(),
            age_rules: Vec::new(),
            duties: Vec::new(),
            figures: Figures::default(),
            matching: None,
        }
    }
}

impl Center {
    /// Its id in this city: the same for as long as city and key keep their names.
    pub fn id(&self, city: &DistrictCode) -> Id<id::Center> {
        let hash = Sha256::new()
            .chain_update(CENTER)
            .chain_update(city.as_str())
            .chain_update([0])
            .chain_update(&self.key);
        let mut bits = [0_u8; 16];
        bits.copy_from_slice(&hash.finalize()[..16]);
        Id::from_bits(u128::from_be_bytes(bits))
    }

    /// From whom it takes what it works on. Who counts sees nobody, so no report goes there.
    pub fn takes(&self) -> Takes {
        if self.service == Service::Figures { Takes::Referrals } else { self.takes }
    }

    fn check(&self) -> Result<(), String> {
        let key = &self.key;
        if !is_key(key) {
            return Err(format!(
                "the center key {key:?}: write 1 to {KEY_LETTERS} lowercase letters, digits or hyphens"
            ));
        }
        for (what, text) in [("name", &self.name), ("does", &self.does), ("hours", &self.hours)] {
            if text.ko.trim().is_empty() || text.en.trim().is_empty() {
                return Err(format!("center {key} needs its {what} in ko and en"));
            }
        }
        if !dialable(&self.phone) {
            return Err(format!("{:?} of center {key} cannot be dialed", self.phone));
        }
        Ok(())
    }
}

impl Onestop {
    /// What cannot be true, with what to do about it.
    ///
    /// # Errors
    /// The reason, as one sentence.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=ANSWER_HOURS).contains(&self.answer_within_hours) {
            return Err(format!(
                "[onestop] answer_within_hours is what a woman is told to wait: 1 to {ANSWER_HOURS}"
            ));
        }
        if !(1..=ANSWER_HOURS).contains(&self.referral_answer_hours) {
            return Err(format!(
                "[onestop] referral_answer_hours is how long a referral waits: 1 to {ANSWER_HOURS}"
            ));
        }
        if !(1..=SERVICE_HOURS).contains(&self.service_stale_hours) {
            return Err(format!(
                "[onestop] service_stale_hours is how long a free bed is believed: 1 to \
                 {SERVICE_HOURS}"
            ));
        }
        for (at, center) in self.centers.iter().enumerate() {
            center.check()?;
            if self.centers[..at].iter().any(|other| other.key == center.key) {
                return Err(format!("center {} is listed twice", center.key));
            }
        }
        rules::check(&self.age_rules, &self.duties, &self.figures, &self.centers)?;
        if let Some(matching) = &self.matching {
            matching.check()?;
        }
        for (at, witness) in self.witnesses.iter().enumerate() {
            if self.witnesses[..at].contains(witness) {
                return Err("[onestop] witnesses has the same key twice: one of two witnesses \
                            is none"
                    .to_owned());
            }
        }
        if !self.centers.is_empty() && self.witnesses.len() < WITNESSES {
            return Err(format!(
                "[onestop] has centers and {} witnesses: write the public keys of at least \
                 {WITNESSES} people or bodies outside this city's administration under witnesses",
                self.witnesses.len()
            ));
        }
        Ok(())
    }
}

/// Whether a text can be a key that is kept for ever.
fn is_key(key: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !key.is_empty() && key.len() <= KEY_LETTERS && key.bytes().all(letter)
}

fn witnesses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<[u8; 32]>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let read = |text: &String| {
        crate::auth::bearer::read(text).map(|key| *key.expose()).ok_or_else(|| {
            de::Error::custom(format!(
                "{text:?} is no witness: write its public Ed25519 key, 32 bytes as 43 letters of \
                 base64url without ="
            ))
        })
    };
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests;
