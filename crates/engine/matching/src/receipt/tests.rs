use super::*;

#[test]
fn a_receipt_is_for_one_key_one_kind_and_one_question() {
    let key = ReceiptKey::of(&[7; 32]).unwrap();
    let other = ReceiptKey::of(&[8; 32]).unwrap();
    let receipt = key.receipt(Kind::Ask, &[1; 32]);
    assert_eq!(check(&key.public(), Kind::Ask, &[1; 32], &receipt), Ok(()));
    let wrong = Err(Refusal::ProofWrong);
    assert_eq!(check(&key.public(), Kind::Leave, &[1; 32], &receipt), wrong);
    assert_eq!(check(&key.public(), Kind::Ask, &[2; 32], &receipt), wrong);
    assert_eq!(check(&other.public(), Kind::Ask, &[1; 32], &receipt), wrong);
    for at in 0..RECEIPT_BYTES {
        let mut changed = receipt;
        changed[at] ^= 1;
        assert_eq!(check(&key.public(), Kind::Ask, &[1; 32], &changed), wrong, "byte {at}");
    }
}

#[test]
fn a_key_of_small_order_is_no_key() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(check_public(&neutral), Err(Refusal::KeyNotWhole));
    assert_eq!(check_public(&ReceiptKey::of(&[7; 32]).unwrap().public()), Ok(()));
    assert_eq!(ReceiptKey::of(&[7; 31]).err(), Some(Refusal::FormBroken));
}
