use super::*;
use crate::tests::{cuts, flips, refused, signer};
use proptest::prelude::*;

fn consent() -> Consent {
    Consent {
        salt: [1; 16],
        case: CaseId([2; 16]),
        recipient: TeamId([3; 16]),
        epoch: 4,
        compartments: [Kind::Contact, Kind::Incident].into_iter().collect(),
        purposes: [Purpose::Services].into_iter().collect(),
        given_at: 1_000,
        ends_at: 2_000,
        given_by: GivenBy::WithSupport,
        channel: Channel::ByVoice,
        language: Language::Korean,
        text_hash: [5; 32],
    }
}

#[test]
fn what_is_written_reads_the_same() {
    let bytes = consent().bytes().unwrap();
    assert_eq!(bytes.len(), CONSENT_BYTES);
    let read = Consent::read(&bytes).ok().unwrap();
    assert!(read == consent());
    assert_eq!(read.mark(), consent().mark());
    for broken in cuts(&bytes) {
        assert_eq!(refused(Consent::read(&broken)), Refusal::FormBroken);
    }
}

#[test]
fn every_turned_bit_of_a_consent_is_refused() {
    let (signer, bytes) = (signer(1), consent().bytes().unwrap());
    let (key, signature) = (signer.public(), consent().sign(&signer).unwrap());
    assert!(Consent::verify(&bytes, &key, &signature).is_ok());
    for broken in flips(&bytes) {
        assert!(Consent::verify(&broken, &key, &signature).is_err());
    }
    for broken in flips(&signature) {
        let refusal = refused(Consent::verify(&bytes, &key, &broken));
        assert_eq!(refusal, Refusal::SignatureWrong);
    }
}

#[test]
fn values_outside_their_range_are_neither_written_nor_read() {
    let herself = TeamId::HERSELF;
    let broken = [
        Consent { compartments: Compartments(0), ..consent() },
        Consent { compartments: Compartments(1 << 14), ..consent() },
        Consent { purposes: Purposes(0), ..consent() },
        Consent { purposes: Purposes(1 << 7), ..consent() },
        Consent { ends_at: 1_000, ..consent() },
        Consent { ends_at: 999, ..consent() },
        Consent { epoch: 0, ..consent() },
        Consent { recipient: herself, ..consent() },
    ];
    for consent in broken {
        assert_eq!(consent.bytes(), Err(Refusal::FormBroken));
    }
    assert!(Consent { recipient: herself, epoch: 0, ends_at: 0, ..consent() }.bytes().is_ok());
    for thread in [12, 13] {
        let compartments = Compartments(1 << thread);
        assert!(Consent { compartments, ..consent() }.bytes().is_ok());
    }
    let bytes = consent().bytes().unwrap();
    for (at, value) in [(0, 0), (0, 2), (73, 4), (74, 3), (78, 3), (79, b'K'), (80, b'n')] {
        let mut broken = bytes.clone();
        broken[at] = value;
        assert_eq!(refused(Consent::read(&broken)), Refusal::FormBroken, "byte {at}");
    }
}

#[test]
fn figures_need_the_purpose_of_figures() {
    let figures: Compartments = [Kind::Figures].into_iter().collect();
    let without = Consent { compartments: figures, ..consent() };
    assert_eq!(without.bytes(), Err(Refusal::PurposeMissing));
    let both = [Purpose::Services, Purpose::Figures].into_iter().collect();
    let with = Consent { purposes: both, ..without };
    assert!(with.bytes().is_ok());
    let mut bytes = with.bytes().unwrap();
    bytes[56] = 1;
    assert_eq!(refused(Consent::read(&bytes)), Refusal::PurposeMissing);
}

#[test]
fn who_gave_it_withdraws_it() {
    let (hers, other) = (signer(1), signer(2));
    let withdrawal = Withdrawal { mark: consent().mark().unwrap(), at: 7 };
    let signature = withdrawal.sign(&hers);
    assert_eq!(withdrawal.verify(&hers.public(), &signature), Ok(()));
    let wrong = Err(Refusal::SignatureWrong);
    assert_eq!(withdrawal.verify(&other.public(), &signature), wrong);
    let later = Withdrawal { at: 8, ..withdrawal };
    assert_eq!(later.verify(&hers.public(), &signature), wrong);
    let another = Withdrawal { mark: [0; 32], ..withdrawal };
    assert_eq!(another.verify(&hers.public(), &signature), wrong);
    // Giving is not withdrawing.
    let given = consent().sign(&hers).unwrap();
    assert_eq!(withdrawal.verify(&hers.public(), &given), wrong);
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(
        bytes in prop_oneof![any::<Vec<u8>>(), prop::collection::vec(any::<u8>(), 113)],
    ) {
        if let Ok(consent) = Consent::read(&bytes) {
            prop_assert_eq!(consent.bytes(), Ok(bytes));
        }
    }
}
