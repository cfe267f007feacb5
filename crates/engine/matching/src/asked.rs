//! Her side of the question: blinded, asked of any two holders, proven, put together.

use crate::{
    Refusal,
    chance::Older,
    group::{element, scalar},
    holder::{Answer, Holders, NEEDED, whole},
    identifier::Identifier,
};
use rand_core::CryptoRng;
use sha2::{Digest, Sha512};
use voprf::{EvaluationElement, Group, Proof, Ristretto255, VoprfClient};
use zeroize::Zeroizing;

/// What an identifier gives under the key that nobody has: 64 bytes that look like any others. It has
/// no `Debug`, and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Known(pub(crate) Zeroizing<[u8; 64]>);

impl Known {
    /// The one with these bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        Ok(Self(Zeroizing::new(bytes.try_into().map_err(|_length| Refusal::FormBroken)?)))
    }

    /// The bytes, for what is derived from them.
    pub fn expose(&self) -> &[u8; 64] {
        &self.0
    }
}

/// One question. Only her device has it.
pub struct Asked {
    input: Zeroizing<Vec<u8>>,
    blind: Zeroizing<[u8; 32]>,
    blinded: [u8; 32],
}

impl Asked {
    /// Blinds an identifier.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], which a canonical text cannot be.
    pub fn blind(identifier: &Identifier, rng: &mut impl CryptoRng) -> Result<Self, Refusal> {
        Self::of_input(identifier.expose().as_bytes(), rng)
    }

    /// Blinds any input: a token's number, too.
    pub(crate) fn of_input(input: &[u8], rng: &mut impl CryptoRng) -> Result<Self, Refusal> {
        let made = VoprfClient::<Ristretto255>::blind(input, &mut Older(rng));
        let made = made.map_err(|_input| Refusal::FormBroken)?;
        let state = Zeroizing::new(<[u8; 64]>::from(made.state.serialize()));
        let mut blind = Zeroizing::new([0; 32]);
        for (to, from) in blind.iter_mut().zip(state.iter()) {
            *to = *from;
        }
        let blinded = made.message.serialize().into();
        Ok(Self { input: Zeroizing::new(input.to_vec()), blind, blinded })
    }

    /// The same question from its parts, as a vector fixes them.
    ///
    /// # Errors
    /// [`Refusal::ScalarBroken`], [`Refusal::ElementBroken`], [`Refusal::IdentityElement`].
    pub fn again(input: &[u8], blind: &[u8], blinded: &[u8]) -> Result<Self, Refusal> {
        let blind = Zeroizing::new(scalar(blind)?.to_bytes());
        let blinded = element(blinded)?.compress().to_bytes();
        Ok(Self { input: Zeroizing::new(input.to_vec()), blind, blinded })
    }

    /// What is sent to the holders: 32 bytes that say nothing.
    pub const fn blinded(&self) -> [u8; 32] {
        self.blinded
    }

    /// Puts the answers of two holders together; a third is checked and not used.
    ///
    /// # Errors
    /// In this order: [`Refusal::TooFewAnswers`], [`Refusal::SameHolderTwice`], and for each answer
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::ProofWrong`].
    pub fn finish(&self, holders: &Holders, answers: &[Answer]) -> Result<Known, Refusal> {
        let mut answers = answers.to_vec();
        answers.sort_by_key(|answer| answer.no);
        if answers.len() < NEEDED {
            return Err(Refusal::TooFewAnswers);
        }
        if answers.windows(2).any(|pair| matches!(pair, [one, next] if one.no == next.no)) {
            return Err(Refusal::SameHolderTwice);
        }
        let mut parts = Vec::with_capacity(NEEDED);
        for answer in &answers {
            self.proven(&holders.key(answer.no)?, &answer.element, &answer.proof)?;
            parts.push((answer.no, element(&answer.element)?));
        }
        parts.truncate(NEEDED);
        let unblinded = whole(&parts) * scalar(&*self.blind)?.invert();
        Ok(self.finalized(&unblinded.compress().to_bytes()))
    }

    /// Checks one answer against one public key, and gives what that key alone would give.
    ///
    /// # Errors
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::ProofWrong`].
    pub(crate) fn proven(
        &self,
        key: &[u8; 32],
        answered: &[u8; 32],
        proof: &[u8; 64],
    ) -> Result<Known, Refusal> {
        element(answered)?;
        let refused = Refusal::ProofWrong;
        let state = Zeroizing::new([self.blind.as_slice(), &self.blinded].concat());
        let client = VoprfClient::<Ristretto255>::deserialize(&state).map_err(|_state| refused)?;
        let answered = EvaluationElement::deserialize(answered).map_err(|_element| refused)?;
        let proof = Proof::deserialize(proof).map_err(|_scalars| refused)?;
        let key = Ristretto255::deserialize_elem(key).map_err(|_element| refused)?;
        let out = client.finalize(&self.input, &answered, &proof, key);
        Known::from_bytes(&out.map_err(|_proof| refused)?)
    }

    /// The last step of RFC 9497.
    fn finalized(&self, unblinded: &[u8; 32]) -> Known {
        let mut hash = Sha512::new();
        for part in [self.input.as_slice(), unblinded] {
            hash.update((part.len() as u16).to_be_bytes());
            hash.update(part);
        }
        hash.update(b"Finalize");
        Known(Zeroizing::new(hash.finalize().into()))
    }
}

#[cfg(test)]
mod tests;
