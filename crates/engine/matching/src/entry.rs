//! What she leaves: the same number of bytes whoever she names, however many she waits for.

use crate::{
    Refusal,
    asked::Known,
    form::{Reader, exactly, hash, labelled},
    level::{Level, Person, Polynomial, Share},
};
use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use seal::{
    envelope::{EXTRA_BYTES, close_all, open_all},
    key::{PrivateKey, PublicKey},
};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a contact with its padding.
pub const CONTACT_BYTES: usize = 512;
/// The most bytes a contact may have.
pub const CONTACT_BYTES_MAX: usize = CONTACT_BYTES - 2;
/// Bytes of what counsel gets.
pub const FOR_COUNSEL_BYTES: usize = CONTACT_BYTES + 2 * EXTRA_BYTES;
const TAG_BYTES: usize = 16;
const WRAP_BYTES: usize = 32 + TAG_BYTES;
const BODY_BYTES: usize = FOR_COUNSEL_BYTES + TAG_BYTES;
/// Ten commitments, three points with their values, three wraps.
const SLOTS_BYTES: usize = 10 * 32 + 3 * (64 + WRAP_BYTES);
/// Bytes of an entry: all of them have the same.
pub const ENTRY_BYTES: usize = 1 + SLOTS_BYTES + BODY_BYTES + EXTRA_BYTES;

/// Names of the envelopes' labels.
const CONTACT: &str = "matching-contact";
const ENTRY: &str = "matching-entry";

/// What an entry is called where it is kept: random, drawn by her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryNo(pub [u8; 16]);

/// Whom an entry is closed for.
pub struct Readers {
    /// The matcher.
    pub matcher: PublicKey,
    /// The two of counsel, in their order.
    pub counsel: [PublicKey; 2],
}

/// Closes an entry: `people` is her own number, 2, 3 or 5, and `contact` how she may be asked alone.
///
/// # Errors
/// [`Refusal::TooLong`] for more than 510 bytes; [`Refusal::KeyNotWhole`], which keys that were read
/// cannot be; [`Refusal::ScalarBroken`], once in 2^250.
pub fn close(
    number: EntryNo,
    known: &Known,
    person: &Person,
    people: Level,
    contact: &[u8],
    readers: &Readers,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Refusal> {
    let contact = padded(contact)?;
    let mut key = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *key);
    let mut inside = Zeroizing::new(vec![1]);
    for level in Level::ALL {
        let nobody = level < people;
        let seed = if nobody { drawn(rng)? } else { known.clone() };
        let polynomial = Polynomial::of(&seed, level)?;
        let share = polynomial.share(&seed, person)?;
        let wrapping = wrapping(&*polynomial.secret()?, &share, number)?;
        let place = labelled("wrap", &[&[level.people()], &number.0]);
        inside.extend_from_slice(share.commitments.as_flattened());
        inside.extend_from_slice(&share.x);
        inside.extend_from_slice(&share.y);
        inside.extend_from_slice(&closed(&wrapping, &place, &*key)?);
    }
    let [first, second] = &readers.counsel;
    let inner = enveloped(second, CONTACT, &at_counsel(number, 2), &contact, rng)?;
    let for_counsel = enveloped(first, CONTACT, &at_counsel(number, 1), &inner, rng)?;
    inside.extend_from_slice(&closed(&key, &labelled("body", &[&number.0]), &for_counsel)?);
    enveloped(&readers.matcher, ENTRY, &number.0, &inside, rng)
}

/// What stands in the place of an identifier at a level she does not accept.
fn drawn(rng: &mut impl CryptoRng) -> Result<Known, Refusal> {
    let mut bytes = Zeroizing::new([0; 64]);
    rng.fill_bytes(&mut *bytes);
    Known::from_bytes(&*bytes)
}

/// An entry, opened by the matcher. It has no `Debug`.
pub struct Opened {
    /// What it is called.
    pub number: EntryNo,
    /// One for each level, with what opens the contact there.
    pub slots: Vec<(Share, [u8; WRAP_BYTES])>,
    body: [u8; BODY_BYTES],
}

impl Opened {
    /// Opens an entry with the matcher's key, and checks its shares.
    ///
    /// # Errors
    /// In this order: [`Refusal::NotForYou`], [`Refusal::FormBroken`], and for each level as
    /// [`Share::check`].
    pub fn open(number: EntryNo, matcher: &PrivateKey, entry: &[u8]) -> Result<Self, Refusal> {
        let inside = open_all(matcher, ENTRY, &number.0, entry);
        let inside = inside.map_err(|_tag| Refusal::NotForYou)?;
        let mut form = Reader(&inside);
        form.only(1)?;
        let mut slots = Vec::with_capacity(Level::ALL.len());
        for level in Level::ALL {
            let (commitments, _) = form.take(32 * level.size())?.as_chunks::<32>();
            let commitments = commitments.to_vec();
            let share = Share { level, commitments, x: form.bytes()?, y: form.bytes()? };
            slots.push((share, form.bytes()?));
        }
        let body = form.bytes()?;
        form.end()?;
        for (share, _) in &slots {
            share.check()?;
        }
        Ok(Self { number, slots, body })
    }

    /// What counsel gets of it, once its level is open.
    ///
    /// # Errors
    /// [`Refusal::ContactDoesNotOpen`].
    pub fn for_counsel(&self, level: Level, secret: &[u8; 32]) -> Result<Vec<u8>, Refusal> {
        let refused = Refusal::ContactDoesNotOpen;
        let slot = self.slots.iter().find(|(share, _)| share.level == level);
        let (share, wrap) = slot.ok_or(refused)?;
        let wrapping = wrapping(secret, share, self.number)?;
        let place = labelled("wrap", &[&[level.people()], &self.number.0]);
        let key = opened(&wrapping, &place, wrap).ok_or(refused)?;
        let key = Zeroizing::new(key.as_slice().try_into().map_err(|_length| refused)?);
        let body = opened(&key, &labelled("body", &[&self.number.0]), &self.body);
        body.map(|body| body.to_vec()).ok_or(refused)
    }
}

/// The first of counsel opens what came out of a batch.
///
/// # Errors
/// [`Refusal::NotForYou`].
pub fn first_opens(
    number: EntryNo,
    key: &PrivateKey,
    for_counsel: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let opened = open_all(key, CONTACT, &at_counsel(number, 1), for_counsel);
    opened.map_err(|_tag| Refusal::NotForYou)
}

/// The second reads the contact.
///
/// # Errors
/// [`Refusal::NotForYou`], [`Refusal::PaddingBroken`].
pub fn second_reads(
    number: EntryNo,
    key: &PrivateKey,
    inner: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let opened = open_all(key, CONTACT, &at_counsel(number, 2), inner);
    let opened = opened.map_err(|_tag| Refusal::NotForYou)?;
    let refused = Refusal::PaddingBroken;
    if opened.len() != CONTACT_BYTES {
        return Err(refused);
    }
    let mut form = Reader(&opened);
    let length = usize::from(u16::from_be_bytes(form.bytes()?));
    let contact = form.take(length).map_err(|_long| refused)?;
    let zeros = form.0.iter().all(|byte| *byte == 0);
    if zeros { Ok(Zeroizing::new(contact.to_vec())) } else { Err(refused) }
}

/// What the token is spent on with which an entry is left.
pub fn left(number: EntryNo, withdrawal_hash: &[u8; 32], entry: &[u8]) -> [u8; 32] {
    hash("entry", &[&number.0, withdrawal_hash, entry])
}

/// What takes an entry back. It has no `Debug`.
pub struct Withdrawal(Zeroizing<[u8; 32]>);

impl Withdrawal {
    /// A new one, from randomness.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut token = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *token);
        Self(token)
    }

    /// The one with these bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] unless they are 32.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Ok(Self(Zeroizing::new(exactly(bytes, Refusal::FormBroken)?)))
    }

    /// The bytes, for her to keep.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What is kept beside the entry.
    pub fn hash(&self) -> [u8; 32] {
        hash("withdrawal", &[&*self.0])
    }
}

fn at_counsel(number: EntryNo, which: u8) -> Vec<u8> {
    [number.0.as_slice(), &[which]].concat()
}

fn padded(contact: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    if contact.len() > CONTACT_BYTES_MAX {
        return Err(Refusal::TooLong);
    }
    let mut padded = Zeroizing::new(Vec::with_capacity(CONTACT_BYTES));
    padded.extend_from_slice(&(contact.len() as u16).to_be_bytes());
    padded.extend_from_slice(contact);
    padded.resize(CONTACT_BYTES, 0);
    Ok(padded)
}

/// The key of one wrap: of one person, at one level, of one entry.
fn wrapping(
    secret: &[u8; 32],
    share: &Share,
    number: EntryNo,
) -> Result<Zeroizing<[u8; 32]>, Refusal> {
    let info = labelled("wrap", &[&[share.level.people()], &number.0, &share.x]);
    let derivation = Hkdf::<Sha256>::new(Some(&labelled("wrap", &[])), secret);
    let mut key = Zeroizing::new([0; 32]);
    derivation.expand(&info, &mut *key).map_err(|_long| Refusal::FormBroken)?;
    Ok(key)
}

fn enveloped(
    to: &PublicKey,
    purpose: &str,
    place: &[u8],
    inside: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Refusal> {
    close_all(to, purpose, place, inside, rng).map_err(|_key| Refusal::KeyNotWhole)
}

fn closed(key: &[u8; 32], place: &[u8], content: &[u8]) -> Result<Vec<u8>, Refusal> {
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: content, aad: place };
    cipher.encrypt(&Nonce::default(), payload).map_err(|_long| Refusal::TooLong)
}

fn opened(key: &[u8; 32], place: &[u8], closed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: closed, aad: place };
    cipher.decrypt(&Nonce::default(), payload).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests;
