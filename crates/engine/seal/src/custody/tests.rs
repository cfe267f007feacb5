use super::*;
use crate::tests::{cuts, flips, signer};
use proptest::prelude::*;

const AT: u64 = 497_222 * HOUR_MS;

fn event(seq: u64) -> Event {
    Event {
        seq,
        leaf: leaf(&[3; 16], &[4; 32]),
        action: Action::Opened,
        team: TeamId([5; 16]),
        device: DeviceId([6; 16]),
        at: AT,
        reason_hash: reason_hash("asked by the court"),
    }
}

fn hers() -> Event {
    let (team, device) = (TeamId::HERSELF, Event::HERS);
    Event { action: Action::Received, team, device, ..event(1) }
}

#[test]
fn an_event_reads_as_it_was_written_and_nothing_else_does() {
    for event in [event(1), hers(), Event { at: 0, ..event(u64::MAX) }] {
        let bytes = event.bytes().unwrap();
        assert_eq!((bytes.len(), Event::read(&bytes)), (EVENT_BYTES, Ok(event)));
        for broken in cuts(&bytes) {
            assert_eq!(Event::read(&broken), Err(Refusal::FormBroken));
        }
    }
    assert!(hers().is_hers() && !event(1).is_hers());
    for number in 0..=u8::MAX {
        assert_eq!(Action::of_number(number).is_ok(), (1..=7).contains(&number));
    }
}

#[test]
fn a_value_outside_its_range_is_no_event() {
    for wrong in [
        event(0),
        Event { team: TeamId::HERSELF, ..event(1) },
        Event { device: Event::HERS, ..event(1) },
        Event { at: AT + 60_000, ..event(1) },
        Event { at: AT + 1, ..event(1) },
        Event { at: u64::MAX, ..event(1) },
    ] {
        assert_eq!(wrong.bytes(), Err(Refusal::FormBroken));
        assert_eq!(wrong.sign(&signer(1)), Err(Refusal::FormBroken));
    }
}

#[test]
fn an_event_is_of_who_signed_it() {
    let (bytes, signature) = (event(2).bytes().unwrap(), event(2).sign(&signer(7)).unwrap());
    let key = signer(7).public();
    assert_eq!(Event::verify(&bytes, &key, &signature), Ok(event(2)));
    let wrong = Err(Refusal::SignatureWrong);
    assert_eq!(Event::verify(&bytes, &signer(8).public(), &signature), wrong);
    for broken in flips(&signature) {
        assert_eq!(Event::verify(&bytes, &key, &broken), wrong);
    }
    for broken in flips(&bytes) {
        assert!(Event::verify(&broken, &key, &signature).is_err());
    }
    assert_eq!(Event::verify(&bytes[1..], &key, &signature), Err(Refusal::FormBroken));
}

#[test]
fn a_piece_of_evidence_is_named_by_salt_and_original() {
    let named = leaf(&[3; 16], &[4; 32]);
    assert_ne!(named, leaf(&[2; 16], &[4; 32]));
    assert_ne!(named, leaf(&[3; 16], &[5; 32]));
    assert_ne!(named, form::hash(&[[3; 16].as_slice(), &[4; 32]].concat()), "with its label");
    assert_eq!(reason_hash(""), form::hash(b""));
}

/// So many events of a log, their hashes as leaves, and the head.
fn log(size: u64, at: u64) -> (Vec<Vec<u8>>, Vec<Hash>, Head) {
    let events: Vec<Vec<u8>> = (1..=size).map(|seq| event(seq).bytes().unwrap()).collect();
    let leaves: Vec<Hash> = events.iter().map(|event| merkle::leaf(event)).collect();
    let head = Head { size, root: merkle::root(&leaves), at };
    (events, leaves, head)
}

#[test]
fn a_head_of_custody_is_none_of_the_directory() {
    let (.., head) = log(3, AT);
    let (bytes, key) = (head.bytes(), signer(9).public());
    let signature = sign_head(&head, &signer(9));
    assert_eq!(verify_head(&bytes, &key, &signature), Ok(head));
    assert_eq!(head.verify(&key, &signature), Err(Refusal::SignatureWrong));
    let unsigned = Err(Refusal::HeadNotSigned);
    assert_eq!(verify_head(&bytes, &key, &head.sign(&signer(9))), unsigned);
    assert_eq!(verify_head(&bytes, &signer(8).public(), &signature), unsigned);
    for broken in flips(&bytes) {
        assert!(verify_head(&broken, &key, &signature).is_err());
    }
    assert_eq!(verify_head(&bytes[1..], &key, &signature), Err(Refusal::FormBroken));
}

#[test]
fn an_event_taken_out_or_changed_is_noticed() {
    let (events, leaves, head) = log(5, AT);
    for (at, bytes) in events.iter().enumerate() {
        let proof = merkle::prove_inclusion(&leaves, at);
        assert_eq!(included(&head, bytes, at as u64, &proof), Ok(event(at as u64 + 1)));
        let elsewhere = included(&head, bytes, at as u64 + 1, &proof);
        assert_eq!(elsewhere, Err(Refusal::EntryNotIncluded));
    }
    let (.., before) = log(3, AT - 1);
    let proof = merkle::prove_consistency(&leaves, 3);
    assert_eq!(follows(&before, &head, &proof), Ok(()));
    assert_eq!(follows(&head, &head, &[]), Ok(()));
    let mut without = leaves.clone();
    without.remove(1);
    let head_of =
        |leaves: &[Hash]| Head { size: leaves.len() as u64, root: merkle::root(leaves), at: AT };
    let proof = merkle::prove_consistency(&without, 3);
    let disagree = Err(Refusal::HeadsDisagree);
    assert_eq!(follows(&before, &head_of(&without), &proof), disagree);
    let mut changed = leaves.clone();
    changed[0] = [1; 32];
    let proof = merkle::prove_consistency(&changed, 3);
    assert_eq!(follows(&before, &head_of(&changed), &proof), disagree);
    let older = Err(Refusal::HeadOlder);
    assert_eq!(follows(&head, &head_of(&leaves[..4]), &[]), older);
    assert_eq!(follows(&head, &Head { at: AT - 1, ..head }, &[]), older);
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(
        bytes in prop_oneof![any::<Vec<u8>>(), prop::collection::vec(any::<u8>(), EVENT_BYTES)],
    ) {
        if let Ok(read) = Event::read(&bytes) {
            prop_assert_eq!(read.bytes(), Ok(bytes));
        }
    }
}
