//! Tokens: five identifiers for a person in ninety days, and no way from a token to its person. One
//! kind asks, another leaves an entry; each kind has an issuer's key of its own.

use crate::{
    Refusal,
    asked::{Asked, Known},
    chance::Older,
    form::{Reader, exactly, hash, labelled},
    group::{element, scalar},
    level::Person,
};
use curve25519_dalek::Scalar;
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::{Sha256, Sha512};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;
use voprf::{BlindedElement, Ristretto255, VoprfServer};
use zeroize::Zeroizing;

/// How many identifiers a person may name.
pub const TOKENS: usize = 5;
/// In how long, in milliseconds: ninety days.
pub const WINDOW_MS: i64 = 90 * 24 * 3_600_000;
/// Bytes of what is spent.
pub const SPENDING_BYTES: usize = 64;

/// When one person got tokens. The issuer keeps one for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance(Vec<i64>);

impl Allowance {
    /// The one with these times, in milliseconds since 1970.
    pub const fn of(given: Vec<i64>) -> Self {
        Self(given)
    }

    /// The times, to be kept.
    pub fn given(&self) -> &[i64] {
        &self.0
    }

    /// Takes one, at a time in milliseconds.
    ///
    /// # Errors
    /// [`Refusal::NoTokensLeft`]. A clock that goes back gives no token back.
    pub fn take(&mut self, now: i64) -> Result<(), Refusal> {
        let now = self.0.iter().copied().fold(now, i64::max);
        self.0.retain(|given| now.saturating_sub(*given) < WINDOW_MS);
        if self.0.len() >= TOKENS {
            return Err(Refusal::NoTokensLeft);
        }
        self.0.push(now);
        Ok(())
    }
}

/// Bytes of what the issuer answers.
pub const ISSUED_BYTES: usize = 32 + 64;

/// What the issuer answers to a blinded token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The evaluated element.
    pub element: [u8; 32],
    /// The proof of RFC 9497.
    pub proof: [u8; 64],
}

impl Issued {
    /// The 96 bytes.
    pub fn bytes(&self) -> [u8; ISSUED_BYTES] {
        let mut bytes = [0; ISSUED_BYTES];
        let (element, proof) = bytes.split_at_mut(32);
        element.copy_from_slice(&self.element);
        proof.copy_from_slice(&self.proof);
        bytes
    }

    /// Reads them.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader(bytes);
        let issued = Self { element: form.bytes()?, proof: form.bytes()? };
        form.end()?;
        Ok(issued)
    }
}

/// Who knows that she is one person. It has no `Debug`, and its keys are wiped when it is dropped.
pub struct Issuer {
    server: VoprfServer<Ristretto255>,
    people: Zeroizing<[u8; 32]>,
}

impl Issuer {
    /// An issuer with a key for tokens, which changes, and a seed for people, which does not.
    ///
    /// # Errors
    /// [`Refusal::ScalarBroken`], [`Refusal::FormBroken`] unless the seed is 32 bytes.
    pub fn of(key: &[u8], people: &[u8]) -> Result<Self, Refusal> {
        scalar(key)?;
        let server = VoprfServer::new_with_key(key).map_err(|_key| Refusal::ScalarBroken)?;
        Ok(Self { server, people: Zeroizing::new(exactly(people, Refusal::FormBroken)?) })
    }

    /// The public key of its tokens.
    pub fn public(&self) -> [u8; 32] {
        self.server.get_public_key().compress().to_bytes()
    }

    /// What makes a person one person, from what the issuer knows her by.
    ///
    /// # Errors
    /// None in fact: [`Refusal::FormBroken`] where the derivation failed.
    pub fn person(&self, known_by: &[u8]) -> Result<Person, Refusal> {
        let info = labelled("person", &[&hash("person", &[known_by])]);
        let derivation = Hkdf::<Sha256>::from_prk(&*self.people);
        let derivation = derivation.map_err(|_short| Refusal::FormBroken)?;
        let mut person = Zeroizing::new([0; 32]);
        derivation.expand(&info, &mut *person).map_err(|_long| Refusal::FormBroken)?;
        Ok(Person(person))
    }

    /// Gives a token blind, and counts it. For the same blinded element it is the same token again: whoever
    /// did not get the answer is given it with an [`Allowance`] that is thrown away.
    ///
    /// # Errors
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::NoTokensLeft`].
    pub fn issue(
        &self,
        allowance: &mut Allowance,
        blinded: &[u8],
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Issued, Refusal> {
        element(blinded)?;
        let blinded =
            BlindedElement::deserialize(blinded).map_err(|_bytes| Refusal::ElementBroken)?;
        allowance.take(now)?;
        let made = self.server.blind_evaluate(&mut Older(rng), &blinded);
        Ok(Issued {
            element: made.message.serialize().into(),
            proof: made.proof.serialize().into(),
        })
    }

    /// Takes a token for one question: a blinded element, or what [`crate::entry::left`] gives. For the same question it is good again, so that another
    /// holder can be asked.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], [`Refusal::TokenWrong`], [`Refusal::TokenUsed`].
    pub fn redeem(
        &self,
        register: &mut Register,
        spending: &[u8],
        question: &[u8; 32],
    ) -> Result<(), Refusal> {
        let mut form = Reader(spending);
        let (nonce, mark) = (form.bytes::<32>()?, form.bytes::<32>()?);
        form.end()?;
        let out = self.server.evaluate(&nonce).map_err(|_input| Refusal::TokenWrong)?;
        let right = mark_of(&out, question)?;
        if !bool::from(right.as_slice().ct_eq(&mark)) {
            return Err(Refusal::TokenWrong);
        }
        let spent_on = *register.0.entry(nonce).or_insert(*question);
        if spent_on == *question { Ok(()) } else { Err(Refusal::TokenUsed) }
    }
}

/// Which tokens were spent, and on what. The issuer keeps it as long as the key of the tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register(BTreeMap<[u8; 32], [u8; 32]>);

/// What is kept of a token that was spent: its nonce, and on what.
pub type Spent = ([u8; 32], [u8; 32]);

impl Register {
    /// The one that was kept. Of a token that stands in it twice the first counts.
    pub fn of(spent: impl IntoIterator<Item = Spent>) -> Self {
        let mut register = BTreeMap::new();
        for (nonce, question) in spent {
            register.entry(nonce).or_insert(question);
        }
        Self(register)
    }

    /// On what the token of something spent was spent, if it was.
    pub fn spent_on(&self, spending: &[u8]) -> Option<Spent> {
        let nonce = spending.first_chunk::<32>()?;
        self.0.get(nonce).map(|question| (*nonce, *question))
    }

    /// Forgets a token that was just spent, and could not be kept as spent.
    pub fn take_back(&mut self, (nonce, _): &Spent) {
        self.0.remove(nonce);
    }
}

/// A token she asked for. Only her device has it.
pub struct TokenAsked {
    nonce: [u8; 32],
    asked: Asked,
}

impl TokenAsked {
    /// A new one, from randomness.
    ///
    /// # Errors
    /// None in fact: as [`Asked::blind`].
    pub fn draw(rng: &mut impl CryptoRng) -> Result<Self, Refusal> {
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        Ok(Self { nonce, asked: Asked::of_input(&nonce, rng)? })
    }

    /// The same from its parts, as a vector fixes them.
    ///
    /// # Errors
    /// As [`Asked::again`].
    pub fn again(nonce: [u8; 32], blind: &[u8], blinded: &[u8]) -> Result<Self, Refusal> {
        Ok(Self { nonce, asked: Asked::again(&nonce, blind, blinded)? })
    }

    /// What is sent to the issuer.
    pub const fn blinded(&self) -> [u8; 32] {
        self.asked.blinded()
    }

    /// Takes what was issued, if it proves itself.
    ///
    /// # Errors
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::ProofWrong`].
    pub fn finish(&self, issuer: &[u8; 32], issued: &Issued) -> Result<Token, Refusal> {
        element(issuer)?;
        let out = self.asked.proven(issuer, &issued.element, &issued.proof)?;
        Ok(Token { nonce: self.nonce, out })
    }
}

/// A token: good for one identifier. It has no `Debug`, and is wiped when it is dropped.
pub struct Token {
    nonce: [u8; 32],
    out: Known,
}

impl Token {
    /// What is sent with one question, or one entry: nobody on the way can spend it on another.
    ///
    /// # Errors
    /// None in fact: [`Refusal::FormBroken`] where the derivation failed.
    pub fn spend(&self, question: &[u8; 32]) -> Result<Vec<u8>, Refusal> {
        let mark = mark_of(self.out.expose(), question)?;
        Ok([self.nonce.as_slice(), &*mark].concat())
    }
}

/// Checks the public key of an issuer's tokens.
///
/// # Errors
/// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`].
pub fn check_public(key: &[u8; 32]) -> Result<(), Refusal> {
    element(key).map(drop)
}

/// Checks what is given to be evaluated blind, before anything is counted for it.
///
/// # Errors
/// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`].
pub fn check_blinded(blinded: &[u8; 32]) -> Result<(), Refusal> {
    element(blinded).map(drop)
}

/// Draws the private key of an issuer's tokens.
///
/// # Errors
/// None in fact: [`Refusal::ScalarBroken`] once in 2^250.
pub fn draw_key(rng: &mut impl CryptoRng) -> Result<Zeroizing<[u8; 32]>, Refusal> {
    let mut wide = Zeroizing::new([0; 64]);
    rng.fill_bytes(&mut *wide);
    let key = Zeroizing::new(Scalar::from_bytes_mod_order_wide(&wide).to_bytes());
    scalar(&*key)?;
    Ok(key)
}

fn mark_of(out: &[u8], question: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, Refusal> {
    let derivation = Hkdf::<Sha512>::from_prk(out).map_err(|_short| Refusal::FormBroken)?;
    let mut mark = Zeroizing::new([0; 32]);
    let info = labelled("spend", &[question]);
    derivation.expand(&info, &mut *mark).map_err(|_long| Refusal::FormBroken)?;
    Ok(mark)
}

#[cfg(test)]
mod tests;
