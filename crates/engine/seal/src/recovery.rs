//! Giving back a lost team key: two of three shares, kept by people of two houses.

use crate::{
    Refusal,
    form::{Form, Reader},
    id::TeamId,
    key::PrivateKey,
    secret::Seed,
    team::Epoch,
};
use rand_core::CryptoRng;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

/// How many shares there are.
pub const SHARES: usize = 3;
/// How many give the key back.
pub const NEEDED: usize = 2;
/// A seed of 32 bytes and 8 by which shares that do not belong together are noticed: any two points
/// lie on a line.
const SECRET_BYTES: usize = 40;

/// One share, to be kept by one person. It has no `Debug` and is wiped when dropped.
#[derive(Clone)]
pub struct Share {
    epoch: Epoch,
    /// 1 to 3.
    x: u8,
    y: Zeroizing<[u8; SECRET_BYTES]>,
}

impl Share {
    /// Which key it is a share of.
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The 62 bytes of the form, to be printed or kept closed.
    pub fn expose(&self) -> Zeroizing<Vec<u8>> {
        let form = Form::new().u8(1).bytes(&self.epoch.team.0).u32(self.epoch.number).u8(self.x);
        Zeroizing::new(form.bytes(&*self.y).done())
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let epoch = Epoch { team: TeamId(form.bytes()?), number: form.u32()? };
        let share = Self { epoch, x: form.u8()?, y: Zeroizing::new(form.bytes()?) };
        form.end()?;
        if (1..=SHARES as u8).contains(&share.x) { Ok(share) } else { Err(Refusal::FormBroken) }
    }
}

/// Shares a team's key.
///
/// # Errors
/// None in fact: [`Refusal::SharesDoNotFit`] where the sharing itself failed.
pub fn split(
    epoch: Epoch,
    key: &PrivateKey,
    rng: &mut impl CryptoRng,
) -> Result<[Share; SHARES], Refusal> {
    let refused = Refusal::SharesDoNotFit;
    let secret = secret(epoch, key.seed());
    let points = Gf256::split_bytes(NEEDED, SHARES, &*secret, rng).map_err(|_sizes| refused)?;
    let mut shares = Vec::with_capacity(SHARES);
    for point in points {
        let point = Zeroizing::new(point);
        let (x, y) = point.split_first().ok_or(refused)?;
        let y = Zeroizing::new(y.try_into().map_err(|_length| refused)?);
        shares.push(Share { epoch, x: *x, y });
    }
    shares.try_into().map_err(|_count| refused)
}

/// Gives the key back from two or three shares as they were kept.
///
/// # Errors
/// In this order: [`Refusal::FormBroken`], [`Refusal::TooFewShares`], [`Refusal::SameShareTwice`],
/// [`Refusal::SharesDoNotFit`].
pub fn join(shares: &[impl AsRef<[u8]>]) -> Result<(Epoch, PrivateKey), Refusal> {
    let shares: Vec<Share> =
        shares.iter().map(|share| Share::read(share.as_ref())).collect::<Result<_, _>>()?;
    let [first, rest @ ..] = shares.as_slice() else { return Err(Refusal::TooFewShares) };
    if shares.len() < NEEDED {
        return Err(Refusal::TooFewShares);
    }
    let mut seen = [false; SHARES + 1];
    for share in &shares {
        let seen = seen.get_mut(usize::from(share.x)).ok_or(Refusal::FormBroken)?;
        if std::mem::replace(seen, true) {
            return Err(Refusal::SameShareTwice);
        }
    }
    if rest.iter().any(|share| share.epoch != first.epoch) {
        return Err(Refusal::SharesDoNotFit);
    }
    let seed = seed(first.epoch, &shares)?;
    Ok((first.epoch, PrivateKey::of(seed)?))
}

/// Where the line through the shares meets 0. A third must lie on the line of the other two: the
/// check bytes would not tell, since a curve through three meets 0 at the same point when two of them
/// are changed alike.
fn seed(epoch: Epoch, shares: &[Share]) -> Result<Seed, Refusal> {
    let refused = Refusal::SharesDoNotFit;
    let [first, second, more @ ..] = shares else { return Err(Refusal::TooFewShares) };
    let joined = at_zero(first, second)?;
    for third in more {
        if *at_zero(first, third)? != *joined {
            return Err(refused);
        }
    }
    let (seed, _check) = joined.split_at_checked(32).ok_or(refused)?;
    let seed = Seed::from_bytes(seed)?;
    if *secret(epoch, &seed) == joined.as_slice() { Ok(seed) } else { Err(refused) }
}

/// Where the line through two shares meets 0.
fn at_zero(one: &Share, other: &Share) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let point = |share: &Share| [&[share.x], share.y.as_slice()].concat();
    let points: Zeroizing<Vec<Vec<u8>>> = Zeroizing::new(vec![point(one), point(other)]);
    let joined = Gf256::combine_bytes(&*points).map_err(|_points| Refusal::SharesDoNotFit)?;
    Ok(Zeroizing::new(joined))
}

/// The seed and its check bytes.
fn secret(epoch: Epoch, seed: &Seed) -> Zeroizing<Vec<u8>> {
    let form = Form::labelled("recovery").bytes(&epoch.team.0).u32(epoch.number);
    let signed = Zeroizing::new(form.bytes(seed.expose()).done());
    let check = crate::form::hash(&signed);
    Zeroizing::new(seed.expose().iter().chain(check.iter().take(8)).copied().collect())
}

#[cfg(test)]
mod tests;
