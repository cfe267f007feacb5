use super::*;

const WHOLE: [u8; WRAP_BYTES] = [1; WRAP_BYTES];

fn closed(epochs: &[u32]) -> Vec<ClosedKey<'static>> {
    epochs.iter().map(|epoch| ClosedKey { epoch: *epoch, wrap: &WHOLE }).collect()
}

const BROKEN: Refusal = Refusal::Seal(seal::Refusal::FormBroken);

#[test]
fn shares_count_for_the_newest_key_with_older_ones_beside_it() {
    assert_eq!(takes_shares(3, 3, &closed(&[1, 2])), Ok(()));
    assert_eq!(takes_shares(1, 1, &[]), Ok(()));
    for epoch in [0, 2, 4] {
        assert_eq!(takes_shares(3, epoch, &[]), Err(Refusal::KeyNotCurrent), "{epoch}");
    }
    assert_eq!(takes_shares(0, 0, &[]), Err(Refusal::KeyNotCurrent), "a center without a key");
    for older in [&[3][..], &[4], &[0], &[1, 1], &[2, 1, 2]] {
        assert_eq!(takes_shares(3, 3, &closed(older)), Err(BROKEN), "{older:?}");
    }
}

#[test]
fn a_key_comes_back_with_the_newest_among_what_is_closed() {
    assert_eq!(takes_back(2, 2, &closed(&[1, 2])), Ok(()));
    assert_eq!(takes_back(2, 2, &closed(&[2])), Ok(()));
    assert_eq!(takes_back(2, 2, &closed(&[1])), Err(BROKEN));
    assert_eq!(takes_back(2, 2, &closed(&[2, 3])), Err(BROKEN));
    assert_eq!(takes_back(2, 1, &closed(&[1])), Err(Refusal::KeyNotCurrent));
}

#[test]
fn a_wrap_of_another_size_is_none() {
    let short = [ClosedKey { epoch: 1, wrap: &WHOLE[1..] }];
    let refused = Err(Refusal::Seal(seal::Refusal::WrapNotWhole));
    assert_eq!(takes_shares(2, 2, &short), refused);
    assert_eq!(takes_back(1, 1, &short), refused);
}
