use super::{Begun, Heard, Said, Told, begin};
use crate::{
    Refusal,
    asked::Asked,
    holder::{HolderKey, HolderNo, Holders},
    tests::{dice, flipped, key, refused},
};
use seal::key::PublicKey;
use std::collections::BTreeMap;

/// The seed of each holder's key for what is sealed for it.
fn mine(no: HolderNo) -> u64 {
    200 + u64::from(no.number())
}

fn keys() -> BTreeMap<HolderNo, PublicKey> {
    HolderNo::ALL.into_iter().map(|no| (no, key(mine(no)).public())).collect()
}

fn begun() -> Vec<Begun> {
    HolderNo::ALL.into_iter().map(|no| begin(no, &mut dice(mine(no))).unwrap()).collect()
}

/// What the others said, of three words.
fn others(said: &[Said], at: usize) -> Vec<&[u8]> {
    said.iter().enumerate().filter(|(no, _)| *no != at).map(|(_, said)| said.as_slice()).collect()
}

fn heard() -> (Vec<Heard>, Vec<Told>) {
    let begun = begun();
    let said: Vec<Said> = begun.iter().map(|one| *one.said()).collect();
    let mut told = Vec::new();
    let mut all = Vec::new();
    for (at, one) in begun.into_iter().enumerate() {
        let (heard, values) = one.hear(&others(&said, at), &keys(), &mut dice(9)).unwrap();
        all.push(heard);
        told.extend(values);
    }
    (all, told)
}

fn for_one(told: &[Told], no: HolderNo) -> Vec<Told> {
    told.iter().filter(|one| one.to == no).cloned().collect()
}

fn finish(heard: Heard, told: &[Told]) -> Result<(HolderKey, Holders), Refusal> {
    let no = heard.no;
    heard.finish(&key(mine(no)), told)
}

#[test]
fn three_make_a_key_of_which_any_two_answer_alike_and_none_has_the_whole() {
    let (all, told) = heard();
    let made: Vec<(HolderKey, Holders)> = all
        .into_iter()
        .map(|one| {
            let told = for_one(&told, one.no);
            finish(one, &told).unwrap()
        })
        .collect();
    let public = made[0].1;
    assert!(made.iter().all(|(_, holders)| *holders == public));
    for (key, _) in &made {
        assert_eq!(public.key(key.no()).unwrap(), key.public());
    }
    let asked = Asked::of_input(b"tel:+821012345678", &mut dice(1)).unwrap();
    let answers: Vec<_> =
        made.iter().map(|(key, _)| key.answer(&asked.blinded(), &mut dice(2)).unwrap()).collect();
    let known = asked.finish(&public, &answers[..2]).unwrap();
    for pair in [[0, 2], [1, 2]] {
        assert!(asked.finish(&public, &pair.map(|at| answers[at])).unwrap() == known);
    }
}

#[test]
fn a_word_that_is_none_or_not_proven_is_refused() {
    let said: Vec<Said> = begun().iter().map(|one| *one.said()).collect();
    let hear = |others: &[&[u8]]| {
        let one = begin(HolderNo::ALL[0], &mut dice(mine(HolderNo::ALL[0]))).unwrap();
        refused(one.hear(others, &keys(), &mut dice(9)))
    };
    assert_eq!(hear(&[&said[1]]), Refusal::HolderUnknown);
    assert_eq!(hear(&[&said[1], &said[1]]), Refusal::HolderUnknown);
    assert_eq!(hear(&[&said[0], &said[1]]), Refusal::HolderUnknown);
    assert_eq!(hear(&[&said[1], &said[2][1..]]), Refusal::FormBroken);
    // Somebody else's word as one's own: the proof holds for its speaker's number only.
    let mut stolen = said[1];
    stolen[0] = 3;
    assert_eq!(hear(&[&said[1], &stolen]), Refusal::CeremonyProofWrong);
    let mut nobody = said[2];
    nobody[0] = 4;
    assert_eq!(hear(&[&said[1], &nobody]), Refusal::HolderUnknown);
    // The proof is of the first commitment; another second one is noticed by the others' words.
    for bit in [8, 600, 1_000] {
        let changed = flipped(&said[2], bit);
        assert_eq!(hear(&[&said[1], &changed]), Refusal::CeremonyProofWrong, "bit {bit}");
    }
}

#[test]
fn who_tells_two_others_two_things_is_noticed_by_both() {
    let mut begun = begun();
    let said: Vec<Said> = begun.iter().map(|one| *one.said()).collect();
    let other = *begin(HolderNo::ALL[2], &mut dice(77)).unwrap().said();
    let second = begun.remove(1);
    let first = begun.remove(0);
    let (first, _) = first.hear(&[&said[1], &said[2]], &keys(), &mut dice(9)).unwrap();
    let (_, told) = second.hear(&[&said[0], &other], &keys(), &mut dice(9)).unwrap();
    let (_, honest) = heard();
    let mut told = for_one(&told, HolderNo::ALL[0]);
    told.extend(honest.into_iter().filter(|one| one.from.number() == 3 && one.to.number() == 1));
    assert_eq!(refused(finish(first, &told)), Refusal::CeremonyDisagrees);
}

#[test]
fn a_value_that_is_missing_moved_or_does_not_fit_is_refused() {
    let first = HolderNo::ALL[0];
    let (_, told) = heard();
    let good = for_one(&told, first);
    let one = || heard().0.remove(0);
    assert!(finish(one(), &good).is_ok());
    assert_eq!(refused(finish(one(), &good[..1])), Refusal::HolderUnknown);
    let twice = [good[0].clone(), good[0].clone()];
    assert_eq!(refused(finish(one(), &twice)), Refusal::HolderUnknown);
    let others = for_one(&told, HolderNo::ALL[1]);
    assert_eq!(refused(finish(one(), &others)), Refusal::HolderUnknown);
    let moved = Told { sealed: others[0].sealed.clone(), ..good[0].clone() };
    assert_eq!(refused(finish(one(), &[moved, good[1].clone()])), Refusal::CeremonyDisagrees);
    // Sealed as it must be, and another value.
    let heard = one();
    let place = super::place(&heard.words, good[0].from, first);
    let value = [4; 32];
    let to = key(mine(first)).public();
    let sealed = seal::envelope::close_all(&to, "matching-ceremony", &place, &value, &mut dice(1));
    let wrong = Told { sealed: sealed.unwrap(), ..good[0].clone() };
    assert_eq!(refused(finish(heard, &[wrong, good[1].clone()])), Refusal::ShareWrong);
}
