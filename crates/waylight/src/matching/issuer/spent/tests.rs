use super::*;
use matching::token::{Allowance, Token, TokenAsked, draw_key};

fn issuer() -> Issuer {
    let mut chance = crate::matching::files::chance().unwrap();
    Issuer::of(&*draw_key(&mut chance).unwrap(), &[1; 32]).unwrap()
}

fn token(issuer: &Issuer) -> Token {
    let mut chance = crate::matching::files::chance().unwrap();
    let asked = TokenAsked::draw(&mut chance).unwrap();
    let issued = issuer.issue(&mut Allowance::default(), &asked.blinded(), 0, &mut chance).unwrap();
    asked.finish(&issuer.public(), &issued).unwrap()
}

fn spending(token: &Token, question: u8) -> [u8; 64] {
    token.spend(&[question; 32]).unwrap().try_into().unwrap()
}

#[test]
fn what_was_spent_stays_spent_over_restarts_and_half_records() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("spent");
    let (issuer, of) = (issuer(), || Spent::open(&path).unwrap());
    let (one, other) = (token(&issuer), token(&issuer));
    let redeem = |spent: &Spent, token: &Token, question: u8| {
        spent.redeem(&issuer, &spending(token, question), &[question; 32]).map_err(|no| no.1)
    };
    assert_eq!(redeem(&of(), &one, 1), Ok(()));
    assert_eq!(redeem(&of(), &one, 1), Ok(()));
    assert_eq!(redeem(&of(), &one, 2), Err("matching.token_used"));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 64, "the same is written once");
    // A crash in the middle of a record.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend([7; 30]);
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(redeem(&of(), &other, 3), Ok(()));
    assert_eq!(redeem(&of(), &other, 4), Err("matching.token_used"));
    assert_eq!(redeem(&of(), &one, 2), Err("matching.token_used"));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 128);
    let false_one = of().redeem(&issuer, &[0; 64], &[1; 32]).map_err(|no| no.1);
    assert_eq!(false_one, Err("matching.token_wrong"));
}

#[test]
fn what_cannot_be_kept_is_not_spent() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("spent");
    let (issuer, spent) = (issuer(), Spent::open(&path).unwrap());
    let token = token(&issuer);
    // A file that takes nothing.
    spent.kept.lock().unwrap().1 = File::open(&path).unwrap();
    let refused = spent.redeem(&issuer, &spending(&token, 1), &[1; 32]);
    assert_eq!(refused, Err(No::NOT_KEPT));
    spent.kept.lock().unwrap().1 = OpenOptions::new().append(true).open(&path).unwrap();
    assert_eq!(spent.redeem(&issuer, &spending(&token, 2), &[2; 32]), Ok(()));
}
