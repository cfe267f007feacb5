//! How three holders make a key that none of them has: the distributed key generation of
//! `frost-ristretto255`, two of three, with forms of our own.

use crate::{
    Refusal,
    chance::Older,
    form::{Reader, exactly, hash},
    holder::{HOLDERS, HolderKey, HolderNo, Holders, NEEDED},
};
use frost_ristretto255::{
    Error, Identifier, Signature,
    keys::{
        SigningShare, VerifiableSecretSharingCommitment,
        dkg::{part1, part2, part3, round1, round2},
    },
};
use rand_core::CryptoRng;
use seal::{
    envelope::{close_all, open_all},
    key::{PrivateKey, PublicKey},
};
use std::collections::BTreeMap;

/// Bytes of what a holder says to both others.
pub const SAID_BYTES: usize = 1 + 32 + 32 + 64;
/// The name of the envelope's label.
const PURPOSE: &str = "matching-ceremony";

/// What a holder says to both others, in the open.
pub type Said = [u8; SAID_BYTES];

/// A value that one holder sealed for one other.
#[derive(Clone)]
pub struct Told {
    /// Who sealed it.
    pub from: HolderNo,
    /// For whom.
    pub to: HolderNo,
    /// 1,168 bytes.
    pub sealed: Vec<u8>,
}

/// A holder that has spoken. It has no `Debug`, and what is secret in it is wiped when dropped.
pub struct Begun {
    no: HolderNo,
    said: Said,
    secret: round1::SecretPackage,
}

/// A holder that has heard the others.
pub struct Heard {
    no: HolderNo,
    words: [u8; 32],
    secret: round2::SecretPackage,
    others: BTreeMap<Identifier, round1::Package>,
}

/// Begins: draws a line and commits to it.
///
/// # Errors
/// None in fact: [`Refusal::CeremonyProofWrong`] where the library failed.
pub fn begin(no: HolderNo, rng: &mut impl CryptoRng) -> Result<Begun, Refusal> {
    let refused = |_error: Error| Refusal::CeremonyProofWrong;
    let made = part1(identifier(no)?, HOLDERS as u16, NEEDED as u16, Older(rng));
    let (secret, package) = made.map_err(refused)?;
    let commitments = package.commitment().serialize_whole().map_err(refused)?;
    let proof = package.proof_of_knowledge().serialize().map_err(refused)?;
    let said = [&[no.number()], commitments.as_slice(), &proof].concat();
    Ok(Begun { no, said: exactly(&said, Refusal::FormBroken)?, secret })
}

impl Begun {
    /// What both others, and whoever audits, must get.
    pub const fn said(&self) -> &Said {
        &self.said
    }

    /// Hears both others, and seals for each of them its value of this holder's line.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], [`Refusal::HolderUnknown`] unless each other spoke once,
    /// [`Refusal::CeremonyProofWrong`].
    pub fn hear(
        self,
        others: &[&[u8]],
        keys: &BTreeMap<HolderNo, PublicKey>,
        rng: &mut impl CryptoRng,
    ) -> Result<(Heard, Vec<Told>), Refusal> {
        let mut all = BTreeMap::from([(self.no, self.said)]);
        let mut packages = BTreeMap::new();
        for said in others {
            let said: Said = exactly(said, Refusal::FormBroken)?;
            let (no, package) = read(&said)?;
            packages.insert(identifier(no)?, package);
            if all.insert(no, said).is_some() {
                return Err(Refusal::HolderUnknown);
            }
        }
        if all.len() != HOLDERS {
            return Err(Refusal::HolderUnknown);
        }
        let words: Vec<&[u8]> = all.values().map(Said::as_slice).collect();
        let heard = hash("ceremony", &words);
        let (secret, values) =
            part2(self.secret, &packages).map_err(|_proof| Refusal::CeremonyProofWrong)?;
        let mut told = Vec::new();
        for to in HolderNo::ALL.into_iter().filter(|no| *no != self.no) {
            let key = keys.get(&to).ok_or(Refusal::HolderUnknown)?;
            let value = values.get(&identifier(to)?).ok_or(Refusal::HolderUnknown)?;
            let value = zeroize::Zeroizing::new(value.signing_share().serialize());
            let place = place(&heard, self.no, to);
            let sealed = close_all(key, PURPOSE, &place, &value, rng);
            let sealed = sealed.map_err(|_key| Refusal::KeyNotWhole)?;
            told.push(Told { from: self.no, to, sealed });
        }
        Ok((Heard { no: self.no, words: heard, secret, others: packages }, told))
    }
}

impl Heard {
    /// Takes the two values that were sealed for this holder.
    ///
    /// # Errors
    /// [`Refusal::HolderUnknown`] unless each other sealed one, [`Refusal::CeremonyDisagrees`] if one
    /// does not open, since its sender heard something else, [`Refusal::ShareWrong`] if one does not
    /// fit what its sender committed to, [`Refusal::HoldersDoNotFit`].
    pub fn finish(self, mine: &PrivateKey, told: &[Told]) -> Result<(HolderKey, Holders), Refusal> {
        let mut values = BTreeMap::new();
        for one in told {
            if one.to != self.no || one.from == self.no {
                return Err(Refusal::HolderUnknown);
            }
            let opened =
                open_all(mine, PURPOSE, &place(&self.words, one.from, one.to), &one.sealed);
            let opened = opened.map_err(|_tag| Refusal::CeremonyDisagrees)?;
            let share =
                SigningShare::deserialize(&opened).map_err(|_scalar| Refusal::ShareWrong)?;
            if values.insert(identifier(one.from)?, round2::Package::new(share)).is_some() {
                return Err(Refusal::HolderUnknown);
            }
        }
        if values.len() != HOLDERS - 1 {
            return Err(Refusal::HolderUnknown);
        }
        let made = part3(&self.secret, &self.others, &values);
        let (key, public) = made.map_err(|_share| Refusal::ShareWrong)?;
        let mut keys = [[0; 32]; HOLDERS];
        for (no, key) in HolderNo::ALL.into_iter().zip(&mut keys) {
            let share = public.verifying_shares().get(&identifier(no)?);
            let share = share.ok_or(Refusal::HolderUnknown)?.serialize();
            let share = share.map_err(|_identity| Refusal::IdentityElement)?;
            *key = exactly(&share, Refusal::ElementBroken)?;
        }
        let bytes = zeroize::Zeroizing::new(key.signing_share().serialize());
        Ok((HolderKey::of(self.no, &bytes)?, Holders::of(keys)?))
    }
}

/// Reads what another holder said.
fn read(said: &Said) -> Result<(HolderNo, round1::Package), Refusal> {
    let refused = |_error: Error| Refusal::CeremonyProofWrong;
    let mut form = Reader(said);
    let [no] = form.bytes()?;
    let commitments = [form.bytes::<32>()?, form.bytes()?];
    let commitments =
        VerifiableSecretSharingCommitment::deserialize(commitments).map_err(refused)?;
    let proof = Signature::deserialize(&form.bytes::<64>()?).map_err(refused)?;
    form.end()?;
    Ok((HolderNo::of(no)?, round1::Package::new(commitments, proof)))
}

fn identifier(no: HolderNo) -> Result<Identifier, Refusal> {
    Identifier::try_from(u16::from(no.number())).map_err(|_zero| Refusal::HolderUnknown)
}

fn place(heard: &[u8; 32], from: HolderNo, to: HolderNo) -> Vec<u8> {
    [heard.as_slice(), &[from.number(), to.number()]].concat()
}

#[cfg(test)]
mod tests;
