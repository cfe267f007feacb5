//! What the tests share: chance from a seed, three holders of a known key, and people.

use crate::{
    Refusal,
    asked::{Asked, Known},
    entry::{EntryNo, Readers, close},
    holder::{HolderKey, HolderNo, Holders},
    identifier::{Identifier, Typed},
    level::{Level, Person},
};
use curve25519_dalek::Scalar;
use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::key::PrivateKey;

/// The same chance every time.
pub(crate) fn dice(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A key pair from a seed.
pub(crate) fn key(seed: u64) -> PrivateKey {
    PrivateKey::draw(&mut dice(seed)).unwrap()
}

/// The whole key of the test's holders, which nobody has outside a test.
pub(crate) fn whole() -> Scalar {
    Scalar::from(1_234_567_u64)
}

/// Three holders on the line from the whole key.
pub(crate) fn holders() -> ([HolderKey; 3], Holders) {
    let share = |no: HolderNo| whole() + Scalar::from(89_u64) * no.place();
    let keys = HolderNo::ALL.map(|no| HolderKey::of(no, share(no).as_bytes()).unwrap());
    let public = Holders::of([keys[0].public(), keys[1].public(), keys[2].public()]).unwrap();
    (keys, public)
}

/// What a phone number gives under the whole key.
pub(crate) fn known(phone: &str) -> Known {
    let identifier = Identifier::read(Typed::Phone(phone)).unwrap();
    let (keys, public) = holders();
    let asked = Asked::blind(&identifier, &mut dice(1)).unwrap();
    let answers =
        [&keys[0], &keys[1]].map(|key| key.answer(&asked.blinded(), &mut dice(2)).unwrap());
    asked.finish(&public, &answers).unwrap()
}

/// A person by a number.
pub(crate) fn person(number: u8) -> Person {
    Person::from_bytes(&[number; 32]).unwrap()
}

/// The matcher and the two of counsel.
pub(crate) fn readers() -> Readers {
    let [matcher, first, second] = [100, 101, 102].map(|seed| key(seed).public());
    Readers { matcher, counsel: [first, second] }
}

/// An entry of a person who accepts so many.
pub(crate) fn entry(at: u8, phone: &str, who: u8, people: Level) -> (EntryNo, Vec<u8>) {
    let number = EntryNo([at; 16]);
    let contact = format!("person {who}, entry {at}");
    let mut rng = dice(u64::from(at) + 1_000);
    let (known, person) = (known(phone), person(who));
    let entry = close(number, &known, &person, people, contact.as_bytes(), &readers(), &mut rng);
    (number, entry.unwrap())
}

/// The same bytes with one bit turned; bit 0 is the highest of the first byte.
pub(crate) fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 0x80 >> (bit % 8);
    bytes
}

/// What was refused, without asking what would have come instead: much of it cannot be printed.
pub(crate) fn refused<T>(answer: Result<T, Refusal>) -> Refusal {
    match answer {
        Err(refusal) => refusal,
        Ok(_taken) => panic!("it was taken"),
    }
}
