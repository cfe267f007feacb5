//! `[onestop.matching]`: the houses without which nobody who names the same person is found. A pack
//! without the table has no matching.

use super::dialable;
use ::matching::{holder::Holders, receipt, token};
use axum::http::{Uri, uri::Scheme};
use seal::key::PublicKey;
use serde::{Deserialize, Deserializer, de};
use std::{collections::BTreeSet, fmt};
use wire::{
    city::Bilingual,
    onestop::{Bytes, Exact},
};

/// `[onestop.matching]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matching {
    /// Whom entries are closed for.
    pub matcher_key: SealingKey,
    /// Where this server reaches the issuer, if not at the issuer's origin.
    #[serde(default)]
    pub redeem_at: Option<Origin>,
    /// Who identifies her, and gives tokens.
    pub issuer: MatchingIssuer,
    /// Three, in the order of their numbers.
    pub holders: Vec<MatchingHolder>,
    /// Two, in their order.
    pub counsel: Vec<MatchingCounsel>,
}

/// The issuer: another house than any that helps her.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingIssuer {
    /// What it is called.
    pub name: Bilingual,
    /// Where she is identified in person.
    #[serde(rename = "where")]
    pub place: Bilingual,
    /// When somebody is there.
    pub hours: Bilingual,
    /// A number to call before.
    pub phone: String,
    /// Where its service answers.
    pub origin: Origin,
    /// Of tokens to ask with.
    pub ask_key: Key,
    /// Of tokens to leave an entry with.
    pub leave_key: Key,
    /// Of what it signs when a token was taken.
    pub receipt_key: Key,
}

/// One of three holders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingHolder {
    /// What the house is called.
    pub name: Bilingual,
    /// Where its service answers.
    pub origin: Origin,
    /// Its public key, from the ceremony.
    pub key: Key,
}

/// One of two of counsel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingCounsel {
    /// What the house is called.
    pub name: Bilingual,
    /// Whom the contact is closed for.
    pub key: SealingKey,
}

/// 32 bytes of a public key, as 43 letters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub [u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = "no key: write 32 bytes as 43 letters of base64url without =";
        Exact::deserialize(deserializer)
            .map(|key| Self(key.0))
            .map_err(|_text| de::Error::custom(said))
    }
}

/// A key something is closed for: 1,216 bytes, as 1,622 letters of base64url.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealingKey(pub Vec<u8>);

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(..)")
    }
}

impl<'de> Deserialize<'de> for SealingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = "no key to close for: write its 1,216 bytes as 1,622 letters of base64url";
        let read = Bytes::deserialize(deserializer).ok().map(|key| key.0);
        let whole = read.filter(|key| PublicKey::from_bytes(key).is_ok());
        whole.map(Self).ok_or_else(|| de::Error::custom(said))
    }
}

/// Scheme, host and port, as browsers write it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin: `https`, or `http` on the machine itself or in a tunnel to it.
    pub fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let (scheme, host) = (uri.scheme()?, uri.host()?);
        let port = uri.port().map_or_else(String::new, |port| format!(":{port}"));
        // Nothing but its own three parts, so that it can stand in a header as it is.
        let whole = format!("{scheme}://{host}{port}");
        let near = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        // An address may have more in its host than a policy of a page may.
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        let safe = *scheme == Scheme::HTTPS && host.bytes().all(plain);
        let fits = safe || (near && (*scheme == Scheme::HTTPS || *scheme == Scheme::HTTP));
        (fits && whole == text).then_some(Self(whole))
    }

    /// `https://issuer.example.org`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| {
            de::Error::custom(format!(
                "{text:?} is no origin of a house: write https://host, without a path, or \
                 http://127.0.0.1:port on this machine"
            ))
        })
    }
}

impl Matching {
    /// Where pages must be let to: the issuer, then the holders.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let holders = self.holders.iter().map(|one| &one.origin);
        std::iter::once(&self.issuer.origin).chain(holders)
    }

    /// What cannot be true, with what to do about it.
    ///
    /// # Errors
    /// The reason, as one sentence.
    pub fn check(&self) -> Result<(), String> {
        let [one, two, three] = self.holders.as_slice() else {
            return Err(format!(
                "[onestop.matching] has {} holders: it needs three, in three houses",
                self.holders.len()
            ));
        };
        Holders::of([one, two, three].map(|holder| holder.key.0)).map_err(|refusal| {
            format!(
                "the keys of the three holders are not of one ceremony, or not in the order of \
                 their numbers ({refusal}): copy the lines `waylight matching holder finish` printed"
            )
        })?;
        if self.counsel.len() != 2 {
            return Err(format!(
                "[onestop.matching] has {} of counsel: it needs two, each with a key of their own",
                self.counsel.len()
            ));
        }
        self.check_issuer()?;
        self.check_apart()?;
        let counsel = self.counsel.iter().map(|one| &one.name);
        let holders = self.holders.iter().map(|one| &one.name);
        let issuer = [&self.issuer.name, &self.issuer.place, &self.issuer.hours];
        let empty = |text: &&Bilingual| text.ko.trim().is_empty() || text.en.trim().is_empty();
        if counsel.chain(holders).chain(issuer).any(|text| empty(&text)) {
            return Err("[onestop.matching] needs every name, and where and when the issuer is \
                        found, in ko and en"
                .to_owned());
        }
        Ok(())
    }

    fn check_issuer(&self) -> Result<(), String> {
        let MatchingIssuer { phone, ask_key, leave_key, receipt_key, .. } = &self.issuer;
        if !dialable(phone) {
            return Err(format!("{phone:?} of the issuer cannot be dialed"));
        }
        let wrong = |what: &str| format!("{what} of the issuer is no key of `matching issuer new`");
        token::check_public(&ask_key.0).map_err(|_element| wrong("ask_key"))?;
        token::check_public(&leave_key.0).map_err(|_element| wrong("leave_key"))?;
        receipt::check_public(&receipt_key.0).map_err(|_key| wrong("receipt_key"))?;
        if ask_key == leave_key {
            return Err("ask_key and leave_key of the issuer are the same: a token to ask with \
                        would leave an entry as well"
                .to_owned());
        }
        Ok(())
    }

    /// What is one house, or one person, counts once.
    fn check_apart(&self) -> Result<(), String> {
        let origins: BTreeSet<&Origin> = self.origins().collect();
        if origins.len() != 4 {
            return Err("the issuer and the three holders of [onestop.matching] have one origin \
                        together: two shares in one house are one share"
                .to_owned());
        }
        let counsel = self.counsel.iter().map(|one| &one.key);
        let keys: BTreeSet<&SealingKey> = counsel.chain([&self.matcher_key]).collect();
        if keys.len() != 3 {
            return Err(
                "the matcher and the two of counsel in [onestop.matching] need three keys: \
                        who has two of them reads alone"
                    .to_owned(),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
