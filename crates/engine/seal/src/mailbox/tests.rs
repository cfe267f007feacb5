use super::*;
use crate::{tests::dice, words::Language};

#[test]
fn the_same_words_open_the_same_mailbox_and_others_another() {
    let phrase = Phrase::draw(&mut dice(1));
    let (spelled, _) = Phrase::read(&phrase.text(Language::Korean)).ok().unwrap();
    let salt = Salt([1; 16]);
    let opened = Mailbox::open(&phrase, salt).ok().unwrap();
    let again = Mailbox::open(&spelled, salt).ok().unwrap();
    let elsewhere = Mailbox::open(&phrase, Salt([2; 16])).ok().unwrap();
    let other = Mailbox::open(&Phrase::draw(&mut dice(2)), salt).ok().unwrap();
    assert_eq!(opened.locator(), again.locator());
    assert_eq!(opened.signer().public(), again.signer().public());
    assert!(opened.key().public() == again.key().public());
    for different in [elsewhere, other] {
        assert_ne!(opened.locator(), different.locator());
        assert_ne!(opened.signer().public(), different.signer().public());
        assert!(opened.key().public() != different.key().public());
    }
}

#[test]
fn its_three_parts_share_nothing() {
    let opened = Mailbox::open(&Phrase::draw(&mut dice(1)), Salt([1; 16])).ok().unwrap();
    assert_ne!(opened.sign.expose(), opened.key().seed().expose());
    assert_ne!(&opened.locator(), opened.sign.expose());
    assert_ne!(&opened.locator(), opened.key().seed().expose());
}
