//! The forms of `engine/seal`, SPEC.md. What is closed, signed or shared stands in two files of its own.

mod closed;
mod proven;

pub use closed::{content, file, key, knock, wraps};
pub use proven::{proof, share, signature};

use crate::key::{SIGNER, held, is_named};
use seal::{
    consent::Consent,
    custody::{self, Event},
    directory::{Entry, Head},
    id::TeamId,
    key::PublicKey,
    report::Manifest,
    words::{Language, Phrase},
};

/// Seven words, as somebody types them.
pub fn words(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Phrase::read(&text) {
        Ok((phrase, language)) => {
            assert_eq!(phrase.expose()[9] & 0b111, 0, "77 bits");
            for spelled in Language::ALL {
                let (again, read) = held(Phrase::read(&phrase.text(spelled)));
                assert!(read == spelled && again.expose() == phrase.expose());
            }
            let again = held(Phrase::read(&phrase.text(language)));
            assert!(again.1 == language, "it is told in the language it was typed in");
        }
        Err(refusal) => is_named(refusal),
    }
}

/// A consent, and her signature under it.
pub fn consent(bytes: &[u8]) {
    match Consent::read(bytes) {
        Ok(consent) => {
            assert_eq!(held(consent.bytes()), bytes, "one consent has one form");
            let (key, mut signature) = (SIGNER.public(), held(consent.sign(&SIGNER)));
            assert!(Consent::verify(bytes, &key, &signature).is_ok());
            signature[0] ^= 1;
            assert!(Consent::verify(bytes, &key, &signature).is_err());
        }
        Err(refusal) => is_named(refusal),
    }
}

/// An event of the custody log.
pub fn event(bytes: &[u8]) {
    match Event::read(bytes) {
        Ok(event) => {
            assert_eq!(held(event.bytes()), bytes, "one event has one form");
            assert_eq!(event.is_hers(), event.team == TeamId::HERSELF);
            let (key, signature) = (SIGNER.public(), held(event.sign(&SIGNER)));
            assert!(Event::verify(bytes, &key, &signature) == Ok(event));
            let mut other = bytes.to_vec();
            other[1] ^= 1;
            assert!(Event::verify(&other, &key, &signature).is_err());
        }
        Err(refusal) => is_named(refusal),
    }
}

/// A head of the log of keys, and one of the custody log, which has the same form and another label.
pub fn head(bytes: &[u8]) {
    match Head::read(bytes) {
        Ok(head) => {
            assert_eq!(head.bytes(), bytes, "one head has one form");
            let key = SIGNER.public();
            let (of_keys, of_custody) = (head.sign(&SIGNER), custody::sign_head(&head, &SIGNER));
            assert!(head.verify(&key, &of_keys).is_ok());
            assert!(head.verify(&key, &of_custody).is_err());
            assert!(custody::verify_head(bytes, &key, &of_custody) == Ok(head));
            assert!(custody::verify_head(bytes, &key, &of_keys).is_err());
        }
        Err(refusal) => is_named(refusal),
    }
}

/// An entry of the log of keys, of either form.
pub fn entry(bytes: &[u8]) {
    match Entry::read(bytes) {
        Ok(entry) => {
            assert_eq!(held(entry.bytes()), bytes, "one entry has one form");
            assert!(entry.team() != TeamId::HERSELF, "she is no team");
            assert!(entry.clone().team_key().is_ok() != entry.clone().device().is_ok());
            let (Entry::TeamKey(seal::directory::TeamKeyEntry { public_key, .. })
            | Entry::Device(seal::directory::DeviceEntry { public_key, .. })) = entry;
            if let Err(refusal) = PublicKey::from_bytes(&public_key) {
                is_named(refusal);
            }
        }
        Err(refusal) => is_named(refusal),
    }
}

/// The manifest of a report, and her signature under it.
pub fn manifest(bytes: &[u8]) {
    match Manifest::read(bytes) {
        Ok(mut manifest) => {
            assert_eq!(manifest.bytes(), bytes, "one manifest has one form");
            let (key, signature) = (SIGNER.public(), manifest.sign(&SIGNER));
            let verified = Manifest::verify(bytes, &signature);
            assert_eq!(verified.is_ok(), manifest.signing_key == key, "by the key it names");
            manifest.signing_key = key;
            let (bytes, signature) = (manifest.bytes(), manifest.sign(&SIGNER));
            assert!(Manifest::verify(&bytes, &signature) == Ok(manifest));
        }
        Err(refusal) => is_named(refusal),
    }
}
