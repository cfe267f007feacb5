//! The forms of `engine/matching`, SPEC.md.

use crate::{
    cut::Cut,
    key::{PUBLIC, READER, dice, held},
};
use matching::{
    Refusal,
    asked::{Asked, Known},
    ceremony::{self, Said, Told},
    entry::{CONTACT_BYTES, EntryNo, Opened, Readers, Withdrawal, close, second_reads},
    holder::{Answer, HOLDERS, HolderKey, HolderNo, Holders},
    identifier::{Identifier, Platform, Typed},
    level::{Level, Person, Share, join},
    receipt::{self, Kind, ReceiptKey},
    token::{Issued, Issuer, Register, TokenAsked},
};
use seal::{
    envelope::close_all,
    key::{PrivateKey, PublicKey},
};
use std::{collections::BTreeMap, sync::LazyLock};

fn is_named(refusal: Refusal) {
    assert!(Refusal::ALL.contains(&refusal) && !refusal.code().is_empty());
}

/// What somebody types to name a person: what is canonical stays as it is when it is typed again.
pub fn identifier(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let (kind, born, first) = (cut.u8() % 4, cut.u16(), String::from_utf8_lossy(cut.field()));
    let second = String::from_utf8_lossy(cut.rest());
    match kind {
        0 => again(Identifier::read(Typed::Phone(&second)), |text| {
            Identifier::read(Typed::Phone(text.strip_prefix("tel:")?)).ok()
        }),
        1 => again(Identifier::read(Typed::Plate(&second)), |text| {
            Identifier::read(Typed::Plate(text.strip_prefix("plate:kr:")?)).ok()
        }),
        2 => {
            let Ok(platform) = Platform::of(&first) else { return };
            assert!(
                Platform::of(platform.name()) == Ok(platform.clone()),
                "one platform, one name"
            );
            again(Identifier::read(Typed::Handle(&platform, &second)), |text| {
                let (_, handle) = text.strip_prefix("handle:")?.split_once(':')?;
                Identifier::read(Typed::Handle(&platform, handle)).ok()
            });
        }
        _ => {
            let typed = Typed::Person { name: &first, born, workplace: &second };
            again(Identifier::read(typed), |text| {
                let mut parts = text.strip_prefix("person:")?.split('|');
                let (name, born, workplace) =
                    (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
                Identifier::read(Typed::Person { name, born, workplace }).ok()
            });
        }
    }
}

/// Two who name one person must not miss each other because one copied what the other was shown.
fn again(read: Result<Identifier, Refusal>, retyped: impl Fn(&str) -> Option<Identifier>) {
    match read {
        Ok(one) => {
            let two = retyped(one.expose());
            let two = two.as_ref().map(Identifier::expose);
            assert_eq!(two, Some(one.expose()), "typed again");
        }
        Err(refusal) => is_named(refusal),
    }
}

/// Three holders of a key, as a ceremony of known chance gives them.
static THREE: LazyLock<([HolderKey; HOLDERS], Holders)> = LazyLock::new(|| {
    let mut keys = Vec::new();
    for no in HolderNo::ALL {
        let (begun, others) = (begun(no), others(no));
        let said: Vec<&[u8]> = others.iter().map(Said::as_slice).collect();
        let (heard, _) = held(begun.hear(&said, &public_keys(), &mut dice(20)));
        keys.push(held(heard.finish(&holder_key(no), &told_to(no))));
    }
    let holders = keys.first().map(|(_, holders)| *holders);
    let keys: Vec<HolderKey> = keys.into_iter().map(|(key, _)| key).collect();
    match (keys.try_into(), holders) {
        (Ok(keys), Some(holders)) => (keys, holders),
        _ => unreachable!("there are three"),
    }
});

/// A question, and what it gives.
static QUESTION: LazyLock<(Asked, Vec<u8>, Vec<Answer>)> = LazyLock::new(|| {
    let number = held(Identifier::read(Typed::Phone("010-1234-5678")));
    let asked = held(Asked::blind(&number, &mut dice(21)));
    let answers: Vec<Answer> =
        THREE.0.iter().map(|key| held(key.answer(&asked.blinded(), &mut dice(22)))).collect();
    let known = held(asked.finish(&THREE.1, &answers)).expose().to_vec();
    (asked, known, answers)
});

/// Answers of holders, elements and scalars as they come: the right result, or none.
pub fn answer(bytes: &[u8]) {
    match Answer::read(bytes) {
        Ok(answer) => assert_eq!(answer.bytes(), bytes, "one answer has one form"),
        Err(refusal) => is_named(refusal),
    }
    let (asked, known, answers) = &*QUESTION;
    let mut cut = Cut::new(bytes);
    let (first, second) = (cut.below(answers.len()), cut.below(answers.len()));
    let mut spoilt = answers[first].bytes();
    let changed = cut.spoil(&mut spoilt);
    if let Ok(answer) = Answer::read(&spoilt) {
        match asked.finish(&THREE.1, &[answer, answers[second]]) {
            Ok(gives) => assert!(!changed && first != second && gives.expose()[..] == known[..]),
            Err(refusal) => is_named(refusal),
        }
    }
    elements(&mut Cut::new(bytes));
}

fn elements(cut: &mut Cut<'_>) {
    let (scalar, element) = (cut.exactly::<32>(), cut.exactly::<32>());
    if let Ok(key) = HolderKey::of(HolderNo::ALL[0], &scalar) {
        assert_eq!(key.expose(), &scalar, "one scalar has one form");
    }
    let answered = THREE.0[0].answer(&element, &mut dice(23));
    match Asked::again(b"input", &scalar, &element) {
        Ok(asked) => assert!(asked.blinded() == element && answered.is_ok()),
        Err(refusal) => is_named(refusal),
    }
    let keys = [element, cut.exactly(), cut.exactly()];
    match Holders::of(keys) {
        Ok(holders) => assert!(*holders.keys() == keys),
        Err(refusal) => is_named(refusal),
    }
    let rest = cut.rest();
    assert_eq!(Known::from_bytes(rest).is_ok(), rest.len() == 64);
    assert_eq!(Person::from_bytes(rest).is_ok(), rest.len() == 32);
    assert_eq!(Withdrawal::read(rest).is_ok(), rest.len() == 32);
}

fn holder_key(no: HolderNo) -> PrivateKey {
    held(PrivateKey::draw(&mut dice(30 + u64::from(no.number()))))
}

fn public_keys() -> BTreeMap<HolderNo, PublicKey> {
    HolderNo::ALL.map(|no| (no, holder_key(no).public())).into()
}

fn begun(no: HolderNo) -> ceremony::Begun {
    held(ceremony::begin(no, &mut dice(40 + u64::from(no.number()))))
}

fn others(no: HolderNo) -> Vec<Said> {
    HolderNo::ALL
        .into_iter()
        .filter(|other| *other != no)
        .map(|other| *begun(other).said())
        .collect()
}

/// What both others seal for a holder.
fn told_to(no: HolderNo) -> Vec<Told> {
    let mut told = Vec::new();
    for other in HolderNo::ALL.into_iter().filter(|other| *other != no) {
        let heard = others(other);
        let heard: Vec<&[u8]> = heard.iter().map(Said::as_slice).collect();
        let (_, tells) = held(begun(other).hear(&heard, &public_keys(), &mut dice(50)));
        told.extend(tells.into_iter().filter(|one| one.to == no));
    }
    told
}

/// What one holder hears and is told, the keys of all, and its own.
type Heard = (Vec<Said>, Vec<Told>, BTreeMap<HolderNo, PublicKey>, PrivateKey);

/// The first holder's.
static CEREMONY: LazyLock<Heard> = LazyLock::new(|| {
    let first = HolderNo::ALL[0];
    (others(first), told_to(first), public_keys(), holder_key(first))
});

/// What holders say and tell each other while they make the key: heard whole, or not at all.
pub fn ceremony(bytes: &[u8]) {
    let (said, told, keys, mine) = &*CEREMONY;
    let mut cut = Cut::new(bytes);
    let (which, of) = (cut.u8(), cut.below(2));
    let (mut said, mut told) = (said.clone(), told.clone());
    let mut raw = Vec::new();
    let changed = match which % 4 {
        0 => cut.spoil(&mut said[of]),
        1 => cut.spoil(&mut told[of].sealed),
        2 => {
            raw = cut.rest().to_vec();
            raw != said[of]
        }
        _ => {
            told.push(told[of].clone());
            true
        }
    };
    let mut hears: Vec<&[u8]> = said.iter().map(Said::as_slice).collect();
    if which % 4 == 2 {
        hears[of] = &raw;
    }
    let heard = begun(HolderNo::ALL[0]).hear(&hears, keys, &mut dice(51));
    match heard.and_then(|(heard, _)| heard.finish(mine, &told)) {
        Ok((key, holders)) => {
            assert!(!changed, "something else was heard");
            assert!(key.public() == holders.keys()[0]);
        }
        Err(refusal) => {
            assert!(changed, "{refusal}");
            is_named(refusal);
        }
    }
}

const NUMBER: EntryNo = EntryNo([6; 16]);

/// An entry that was left, for the reader alone.
static LEFT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let readers = Readers { matcher: PUBLIC.clone(), counsel: [PUBLIC.clone(), PUBLIC.clone()] };
    let known = held(Known::from_bytes(&QUESTION.1));
    let person = held(Person::from_bytes(&[1; 32]));
    held(close(NUMBER, &known, &person, Level::Three, b"by night", &readers, &mut dice(52)))
});

/// What is left for others to find: an entry with its bits turned, what may stand in one that opens, a
/// person's share, and what counsel reads at last.
pub fn left(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let mut entry = LEFT.clone();
    let changed = cut.spoil(&mut entry);
    match Opened::open(NUMBER, &READER, &entry) {
        Ok(_opened) => assert!(!changed, "an entry that was changed opens"),
        Err(refusal) => assert!(changed && refusal == Refusal::NotForYou),
    }
    let closed = held(close_all(&PUBLIC, "matching-entry", &NUMBER.0, bytes, &mut dice(53)));
    match Opened::open(NUMBER, &READER, &closed) {
        Ok(opened) => {
            assert!(opened.slots.iter().all(|(share, _)| share.check().is_ok()));
            for level in Level::ALL {
                if let Err(refusal) = opened.for_counsel(level, &[9; 32]) {
                    is_named(refusal);
                }
            }
        }
        Err(refusal) => is_named(refusal),
    }
    shares(&mut Cut::new(bytes));
    contact(&mut Cut::new(bytes));
}

fn shares(cut: &mut Cut<'_>) {
    let people = cut.u8();
    match Level::of(people) {
        Ok(level) => {
            assert_eq!(level.people(), people);
            let commitments = (0..cut.u8() % 7).map(|_| cut.exactly()).collect();
            let share = Share { level, commitments, x: cut.exactly(), y: cut.exactly() };
            if let Err(refusal) = share.check().and_then(|()| join(&[&share]).map(drop)) {
                is_named(refusal);
            }
        }
        Err(refusal) => is_named(refusal),
    }
}

fn contact(cut: &mut Cut<'_>) {
    let (length, stray, bits) = (cut.u16(), cut.below(CONTACT_BYTES), cut.u8());
    let mut inside = [&length.to_be_bytes()[..], cut.rest()].concat();
    if bits & 1 == 0 {
        inside.resize(CONTACT_BYTES, 0);
    }
    if let Some(byte) = inside.get_mut(stray) {
        *byte |= bits >> 1;
    }
    let at = [&NUMBER.0[..], &[2]].concat();
    let closed = held(close_all(&PUBLIC, "matching-contact", &at, &inside, &mut dice(54)));
    match second_reads(NUMBER, &READER, &closed) {
        Ok(contact) => assert!(inside.starts_with(&(contact.len() as u16).to_be_bytes())),
        Err(refusal) => is_named(refusal),
    }
}

/// An issuer, and a token that was spent on a question.
static ISSUED: LazyLock<(Issuer, Vec<u8>)> = LazyLock::new(|| {
    let issuer = held(Issuer::of(THREE.0[0].expose(), &[3; 32]));
    let asked = held(TokenAsked::draw(&mut dice(55)));
    let mut allowance = matching::token::Allowance::default();
    let issued = held(issuer.issue(&mut allowance, &asked.blinded(), 0, &mut dice(56)));
    let token = held(asked.finish(&issuer.public(), &issued));
    let spending = held(token.spend(&[4; 32]));
    (issuer, spending)
});

fn receipts(cut: &mut Cut<'_>) {
    let (key, question) = (held(ReceiptKey::of(&[8; 32])), cut.exactly());
    let mut receipt = key.receipt(Kind::Ask, &question);
    assert!(receipt::check(&key.public(), Kind::Leave, &question, &receipt).is_err());
    let changed = cut.spoil(&mut receipt);
    assert_eq!(receipt::check(&key.public(), Kind::Ask, &question, &receipt).is_ok(), !changed);
    assert!(receipt::check(&question, Kind::Ask, &question, &receipt).is_err(), "another key");
}

/// Tokens: what is spent counts once, for one question, and not at all when it was changed; what the issuer
/// answers has one form, and what it signs is of one question.
pub fn token(bytes: &[u8]) {
    match Issued::read(bytes) {
        Ok(issued) => assert_eq!(issued.bytes(), bytes, "one answer has one form"),
        Err(refusal) => is_named(refusal),
    }
    receipts(&mut Cut::new(bytes));
    let (issuer, spending) = &*ISSUED;
    let mut cut = Cut::new(bytes);
    let (times, mut allowance) = (cut.u8() % 12, matching::token::Allowance::default());
    let mut given = 0;
    let now = i64::from(cut.u32());
    for _ in 0..times {
        given += usize::from(allowance.take(now.saturating_sub(i64::from(cut.u16()))).is_ok());
    }
    assert!(given <= matching::token::TOKENS && given == usize::from(times).min(5), "at one time");
    let mut register = Register::default();
    assert!(issuer.redeem(&mut register, bytes, &[4; 32]).is_err() || bytes == spending);
    let blinded = issuer.issue(&mut allowance, cut.rest(), now, &mut dice(57));
    if let Err(refusal) = blinded {
        is_named(refusal);
    }
    let mut cut = Cut::new(bytes);
    let mut spoilt = spending.clone();
    let changed = cut.spoil(&mut spoilt);
    let mut register = Register::default();
    assert_eq!(issuer.redeem(&mut register, &spoilt, &[4; 32]).is_ok(), !changed);
    if !changed {
        assert!(issuer.redeem(&mut register, &spoilt, &[4; 32]).is_ok(), "the same question");
        assert!(issuer.redeem(&mut register, &spoilt, &[5; 32]).is_err(), "another question");
    }
}
