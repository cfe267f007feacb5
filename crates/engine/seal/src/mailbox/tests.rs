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

#[test]
fn what_is_asked_is_signed_for_that_mailbox_that_challenge_and_nothing_else() {
    let (hers, other) = (crate::tests::signer(1), crate::tests::signer(2));
    let proof = Proof { locator: [1; 32], challenge: [2; CHALLENGE_BYTES] };
    for (asked, another) in [(Asked::Opened, Asked::Deleted), (Asked::Deleted, Asked::Opened)] {
        let signature = proof.sign(asked, &hers);
        let wrong = Err(Refusal::SignatureWrong);
        assert_eq!(proof.verify(asked, &hers.public(), &signature), Ok(()));
        assert_eq!(proof.verify(another, &hers.public(), &signature), wrong);
        assert_eq!(proof.verify(asked, &other.public(), &signature), wrong);
        for at in 0..CHALLENGE_BYTES {
            let mut later = proof;
            later.challenge[at] ^= 1;
            assert_eq!(later.verify(asked, &hers.public(), &signature), wrong);
        }
        let elsewhere = Proof { locator: [3; 32], ..proof };
        assert_eq!(elsewhere.verify(asked, &hers.public(), &signature), wrong);
    }
}
