use super::*;
use crate::{
    columns::Columns,
    compartment::Kind,
    consent::{Channel, GivenBy, Purpose},
    report::Sealed,
    tests::{columns, cuts, dice, flips, key, refused, signer},
    words::Language,
};

const EPOCH: Epoch = Epoch { team: TeamId([3; 16]), number: 4 };
const COLUMN: u8 = 5;

fn consent() -> Consent {
    Consent {
        salt: [1; 16],
        case: CaseId([2; 16]),
        recipient: EPOCH.team,
        epoch: EPOCH.number,
        compartments: [Kind::Contact, Kind::Message].into_iter().collect(),
        purposes: [Purpose::Services].into_iter().collect(),
        given_at: 1_000,
        ends_at: 0,
        given_by: GivenBy::Herself,
        channel: Channel::InWriting,
        language: Language::Korean,
        text_hash: [5; 32],
    }
}

fn column() -> ColumnNo {
    ColumnNo::of_number(COLUMN).unwrap()
}

fn knock(consent: Consent) -> Knock {
    let signature = consent.sign(&signer(1)).unwrap();
    Knock { column: column(), consent, signature }
}

/// Her case, with the consent's mark in the team's column.
fn manifest() -> Manifest {
    let mut marks = ColumnNo::ALL.map(|no| columns().at(no));
    marks[usize::from(COLUMN)] = consent().mark().unwrap();
    Manifest {
        case: consent().case,
        locator: [3; 32],
        signing_key: signer(1).public(),
        public_key: key(1).public().bytes(),
        columns: Columns::new(marks),
        compartments: [Sealed { closed_hash: [0; 32], wraps_hash: [0; 32] }; 12],
    }
}

#[test]
fn a_team_opens_what_is_for_it_and_finds_its_column() {
    let reader = key(7);
    let closed = knock(consent()).close(&reader.public(), &mut dice(1)).unwrap();
    assert_eq!(closed.len(), KNOCK_BYTES);
    assert_eq!(KNOCK_BYTES, 1_330);
    let opened = Knock::open(EPOCH, &reader, &closed).ok().unwrap();
    assert!(opened == knock(consent()) && opened.case() == consent().case);
    assert_eq!(opened.verify(&manifest()), Ok(()));
}

#[test]
fn another_key_team_or_epoch_does_not_open_it() {
    let reader = key(7);
    let closed = knock(consent()).close(&reader.public(), &mut dice(1)).unwrap();
    let not = Refusal::NotForYou;
    assert_eq!(refused(Knock::open(EPOCH, &key(8), &closed)), not);
    let others = [Epoch { number: 5, ..EPOCH }, Epoch { team: TeamId([9; 16]), ..EPOCH }];
    for epoch in others {
        assert_eq!(refused(Knock::open(epoch, &reader, &closed)), not);
    }
    for broken in flips(&closed) {
        assert_eq!(refused(Knock::open(EPOCH, &reader, &broken)), not);
    }
    for broken in cuts(&closed) {
        assert_eq!(refused(Knock::open(EPOCH, &reader, &broken)), Refusal::WrapNotWhole);
    }
}

#[test]
fn a_knock_is_never_for_herself() {
    let herself = Consent { recipient: TeamId::HERSELF, epoch: 0, ..consent() };
    let closed = knock(herself).close(&key(7).public(), &mut dice(1));
    assert_eq!(closed, Err(Refusal::FormBroken));
}

/// Closed by hand: what `close` would not make.
fn by_hand(epoch: Epoch, case: CaseId, column: u8, consent: &[u8]) -> Vec<u8> {
    let inside = Form::new().bytes(&case.0).u8(column).bytes(consent).bytes(&[6; 64]).done();
    envelope::close_all(&key(7).public(), PURPOSE, &bound(epoch), &inside, &mut dice(1)).unwrap()
}

#[test]
fn what_opens_and_is_no_knock_for_this_key_is_broken() {
    let (reader, good, case) = (key(7), consent().bytes().unwrap(), consent().case);
    let broken = Refusal::FormBroken;
    let open = |closed: &[u8]| Knock::open(EPOCH, &reader, closed);
    assert!(open(&by_hand(EPOCH, case, COLUMN, &good)).is_ok());
    assert_eq!(refused(open(&by_hand(EPOCH, case, 8, &good))), broken);
    assert_eq!(refused(open(&by_hand(EPOCH, CaseId([9; 16]), COLUMN, &good))), broken);
    let others = [
        Consent { recipient: TeamId([9; 16]), ..consent() },
        Consent { epoch: 5, ..consent() },
        Consent { recipient: TeamId::HERSELF, epoch: 0, ..consent() },
    ];
    for other in others {
        let bytes = other.bytes().unwrap();
        assert_eq!(refused(open(&by_hand(EPOCH, case, COLUMN, &bytes))), broken);
    }
    let nobody = Epoch { team: TeamId::HERSELF, number: 0 };
    let hers = Consent { recipient: TeamId::HERSELF, epoch: 0, ..consent() };
    let closed = by_hand(nobody, case, COLUMN, &hers.bytes().unwrap());
    assert_eq!(refused(Knock::open(nobody, &reader, &closed)), broken);
    let mut figures = good;
    figures[53] |= 0x08;
    let closed = by_hand(EPOCH, case, COLUMN, &figures);
    assert_eq!(refused(open(&closed)), Refusal::PurposeMissing);
    let closed = by_hand(EPOCH, case, 8, &figures);
    assert_eq!(refused(open(&closed)), broken);
}

#[test]
fn a_knock_is_for_the_case_its_manifest_says() {
    let good = manifest();
    let mut exchanged = good.clone();
    exchanged.columns = columns();
    let broken = [
        (Manifest { case: CaseId([9; 16]), ..good.clone() }, Refusal::FormBroken),
        (exchanged, Refusal::FormBroken),
        (Manifest { signing_key: signer(2).public(), ..good.clone() }, Refusal::SignatureWrong),
    ];
    for (manifest, refusal) in broken {
        assert_eq!(knock(consent()).verify(&manifest), Err(refusal));
    }
    let moved = Knock { column: ColumnNo::of_number(4).unwrap(), ..knock(consent()) };
    assert_eq!(moved.verify(&good), Err(Refusal::FormBroken));
    let other = knock(Consent { salt: [2; 16], ..consent() });
    assert_eq!(other.verify(&good), Err(Refusal::FormBroken));
    for broken in flips(&knock(consent()).signature) {
        let forged = Knock { signature: broken.try_into().unwrap(), ..knock(consent()) };
        assert_eq!(forged.verify(&good), Err(Refusal::SignatureWrong));
    }
}
