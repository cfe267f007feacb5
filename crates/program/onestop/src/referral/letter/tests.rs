use super::*;
use rand_core::SeedableRng;
use seal::{key::PrivateKey, letter::close, secret::Seed, sign::Signer, team::Epoch};

const REFERRAL: ReferralId = ReferralId([5; 16]);
const SENDER: TeamId = TeamId([1; 16]);
const RECEIVER: TeamId = TeamId([2; 16]);

fn rng() -> impl rand_core::CryptoRng {
    rand::rngs::ChaCha20Rng::seed_from_u64(9)
}

fn epoch(team: TeamId, number: u32) -> Epoch {
    Epoch { team, number }
}

fn signer(fill: u8) -> Signer {
    Signer::of(&Seed::from_bytes(&[fill; 32]).unwrap())
}

struct Two {
    sender: PrivateKey,
    receiver: PrivateKey,
}

fn two() -> Two {
    let mut rng = rng();
    Two {
        sender: PrivateKey::draw(&mut rng).unwrap(),
        receiver: PrivateKey::draw(&mut rng).unwrap(),
    }
}

/// The first letter, as its writer sends it.
fn first(two: &Two, by: &Signer) -> Arrived {
    let place = LetterPlace::of(REFERRAL, 1).unwrap();
    let (sender, receiver) = (two.sender.public(), two.receiver.public());
    let to = ((epoch(SENDER, 1), &sender), (epoch(RECEIVER, 1), &receiver));
    let letter = close(&place, b"{\"v\":1}", to.0, to.1, &mut rng()).unwrap();
    let written = Written::of(place, SENDER, RECEIVER, &letter.closed, &letter.wraps).unwrap();
    let signature = written.sign(by).to_vec();
    Arrived::read((REFERRAL, 1), letter.closed, letter.wraps.each(), signature).ok().unwrap()
}

#[test]
fn a_letter_is_taken_from_the_device_that_signed_it_for_these_two_centers_alone() {
    let arrived = first(&two(), &signer(1));
    let own = signer(1).public();
    assert_eq!(arrived.is_signed_by((SENDER, RECEIVER), &own), Ok(()));
    let wrong = Err(Refusal::Seal(seal::Refusal::SignatureWrong));
    assert_eq!(arrived.is_signed_by((RECEIVER, SENDER), &own), wrong);
    assert_eq!(arrived.is_signed_by((SENDER, TeamId([3; 16])), &own), wrong);
    assert_eq!(arrived.is_signed_by((SENDER, RECEIVER), &signer(2).public()), wrong);
}

#[test]
fn what_is_not_whole_is_not_read() {
    let arrived = first(&two(), &signer(1));
    let broken = Some(Refusal::Seal(seal::Refusal::FormBroken));
    let read = |number: u32, wraps: &[Vec<u8>]| {
        Arrived::read((REFERRAL, number), arrived.closed.clone(), wraps, vec![]).err()
    };
    let wraps: Vec<Vec<u8>> = arrived.wraps.each().iter().map(|wrap| wrap.to_vec()).collect();
    assert_eq!(read(0, &wraps), broken);
    assert_eq!(read(1, &wraps[..1]), broken);
    let short = [wraps[0].clone(), wraps[1][1..].to_vec()];
    assert_eq!(read(1, &short), Some(Refusal::Seal(seal::Refusal::WrapNotWhole)));
    let odd = Arrived { closed: arrived.closed[1..].to_vec(), ..arrived };
    assert_eq!(odd.is_signed_by((SENDER, RECEIVER), &signer(1).public()).err(), broken);
}

/// The receiver's next key, and the move to it.
fn moving(two: &Two, arrived: &Arrived, side: Side, by: &Signer) -> Moving {
    let mut rng = rng();
    let next = PrivateKey::draw(&mut rng).unwrap().public();
    let (team, key) = match side {
        Side::Sender => (SENDER, &two.sender),
        Side::Receiver => (RECEIVER, &two.receiver),
    };
    let (from, to) = ((epoch(team, 1), key), (epoch(team, 2), &next));
    let wraps = arrived.wraps.moved(&arrived.place, side, from, to, &mut rng).unwrap();
    let moved = Moved {
        place: arrived.place,
        closed_hash: arrived.closed_hash,
        before: arrived.wraps.hash(),
        after: wraps.hash(),
    };
    Moving { number: 1, signature: moved.sign(by).to_vec(), wraps }
}

fn kept(arrived: &Arrived) -> Vec<KeptLetter> {
    let (closed_hash, wraps) = (arrived.closed_hash, arrived.wraps.clone());
    vec![KeptLetter { number: 1, closed_hash, wraps }]
}

#[test]
fn each_side_moves_its_own_wrap_and_the_others_stays() {
    let two = two();
    let arrived = first(&two, &signer(1));
    let kept = kept(&arrived);
    for side in Side::ALL {
        let moves = |moving: &[Moving], by: u8, as_side: Side| {
            move_side(REFERRAL, as_side, &kept, moving, &signer(by).public())
        };
        let [once, twice, other] = [(); 3].map(|()| moving(&two, &arrived, side, &signer(4)));
        assert_eq!(moves(std::slice::from_ref(&once), 4, side), Ok(vec![Receipt::New]));
        let wrong = Err(Refusal::Seal(seal::Refusal::SignatureWrong));
        assert_eq!(moves(std::slice::from_ref(&once), 5, side), wrong);
        let theirs = Side::ALL.into_iter().find(|one| *one != side).unwrap();
        assert_eq!(moves(std::slice::from_ref(&once), 4, theirs), Err(Refusal::ColumnWrong));
        assert_eq!(moves(&[once, twice], 4, side), Err(Refusal::ColumnWrong));
        let unknown = Moving { number: 2, ..other };
        assert_eq!(moves(&[unknown], 4, side), Err(Refusal::VersionTaken));
    }
    let as_it_is = Moving { number: 1, wraps: arrived.wraps.clone(), signature: vec![] };
    let again = move_side(REFERRAL, Side::Sender, &kept, &[as_it_is], &signer(4).public());
    assert_eq!(again, Ok(vec![Receipt::Same]));
}
