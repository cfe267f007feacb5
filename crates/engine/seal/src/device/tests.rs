use super::*;
use crate::{mailbox::Mailbox, tests::dice};

#[test]
fn the_same_words_give_the_same_device_and_nothing_of_the_mailbox() {
    let (phrase, salt) = (Phrase::draw(&mut dice(1)), Salt([1; 16]));
    let device = Device::open(&phrase, salt).ok().unwrap();
    let again = Device::open(&phrase, salt).ok().unwrap();
    let elsewhere = Device::open(&phrase, Salt([2; 16])).ok().unwrap();
    assert_eq!(device.sign().expose(), again.sign().expose());
    assert!(device.key().public() == again.key().public());
    assert_ne!(device.sign().expose(), elsewhere.sign().expose());
    assert!(device.key().public() != elsewhere.key().public());
    let mailbox = Mailbox::open(&phrase, salt).ok().unwrap();
    let all = [
        *device.sign().expose(),
        *device.key().seed().expose(),
        *mailbox.sign().expose(),
        *mailbox.key().seed().expose(),
        mailbox.locator(),
    ];
    assert_eq!(std::collections::BTreeSet::from(all).len(), all.len());
}

#[test]
fn a_passkey_is_a_root_of_its_own() {
    let prf = Seed::draw(&mut dice(1));
    let of_passkey = Device::of_passkey(&prf).ok().unwrap();
    let again = Device::of_passkey(&prf).ok().unwrap();
    let as_root = Device::of_root(&prf).ok().unwrap();
    assert_eq!(of_passkey.signer().public(), again.signer().public());
    assert_ne!(of_passkey.signer().public(), as_root.signer().public());
    assert!(of_passkey.key().public() != as_root.key().public());
}
